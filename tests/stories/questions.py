"""The questions of the stories, and the fields of their answers as words.

A date is written as known (1968), an enumerator by its last words, an identifier in hexadecimal.
"""
import re

from ledger import query, stories
from civil.v1 import consistency_pb2 as consistency
from stories import day

SEGMENT = re.compile(r"(\w+)(?:\[(\d+)\])?")


def known_at(teller, text):
    """K[n] is `n`, the position just before it is `n-`."""
    step = teller.steps[text.rstrip("-")]
    return step.size_before if text.endswith("-") else step.size


def resolved(teller, word):
    """person:C, number:C, index:7, act:7 and unit:07080301 stand for what the ledger gave."""
    sort, colon, name = word.partition(":")
    if not colon:
        return word
    if sort == "person":
        return teller.persons[name].id.hex()
    if sort == "number":
        return teller.persons[name].number
    if sort == "index":
        return str(teller.steps[name].answer["index"])
    if sort == "act":
        return teller.steps[name].event().hex()
    if sort == "birth":
        return teller.persons[name].act.hex()
    if sort == "unit":
        return teller.ledger.units[name].hex()
    return word


def written(value, field):
    """One value as a word."""
    if field.message_type is None:
        if field.enum_type is not None:
            prefix = re.sub(r"(?<!^)([A-Z])", r"_\1", field.enum_type.name).upper() + "_"
            return field.enum_type.values_by_number[value].name.removeprefix(prefix).lower()
        return value.hex() if isinstance(value, bytes) else str(value)
    name = field.message_type.name
    if name in ("PartialDate", "Date"):
        if not value.year:
            return "none"
        parts = [f"{value.year:04}"] + [f"{n:02}" for n in (value.month, value.day) if n]
        return "-".join(parts)
    raise stories.Wrong(f"{field.name} is a {name}: name one of its fields")


def field_of(message, path):
    """Words of the field; `count x` the length of a list; `x[]` without index all of them."""
    if path.startswith("count "):
        head, _, last = path[6:].rpartition(".")
        return str(len(getattr(descend(message, head) if head else message, last)))
    if "[]" in path:
        list_path, rest = path.split("[].", 1)
        head, _, last = list_path.rpartition(".")
        parts = getattr(descend(message, head) if head else message, last)
        return " ".join(field_of(part, rest) for part in parts) or "none"
    head, _, last = path.rpartition(".")
    holder = descend(message, head) if head else message
    name, index = SEGMENT.fullmatch(last).groups()
    field = holder.DESCRIPTOR.fields_by_name[name]
    if field.label == field.LABEL_REPEATED and index is None:
        return " ".join(written(value, field) for value in getattr(holder, name)) or "none"
    value = getattr(holder, name)
    return written(value if index is None else value[int(index)], field)


def descend(message, path):
    for segment in path.split("."):
        name, index = SEGMENT.fullmatch(segment).groups()
        message = getattr(message, name)
        if index is not None:
            message = message[int(index)]
    return message


def fill_person(teller, request, name):
    if name.startswith("number:"):
        request.number = teller.persons[name[7:]].number
    else:
        request.person_id = teller.persons[name].id


def person(teller, words, options):
    request = query.GetPersonRequest()
    fill_person(teller, request, words[0])
    if "valid" in options:
        request.valid.CopyFrom(stories.to_date(day(options["valid"])))
    if "known" in options:
        request.known_size = known_at(teller, options["known"])
    request.context.case_reference = options.get("warrant", "")
    answer = teller.ledger.ask("GetPerson", request, query.GetPersonResponse)
    if not isinstance(answer, str):
        teller.ledger.asked.append((answer.state.person_id.hex(), answer,
                                    options.get("warrant", "")))
    return answer


def history(teller, words, options):
    request = query.GetHistoryRequest()
    fill_person(teller, request, words[0])
    if "known" in options:
        request.known_size = known_at(teller, options["known"])
    request.context.case_reference = options.get("warrant", "")
    return teller.ledger.ask("GetHistory", request, query.GetHistoryResponse)


def compare(teller, words, options):
    request = query.CompareKnownRequest(known_from=known_at(teller, options["from"]),
                                        known_to=known_at(teller, options["to"]))
    fill_person(teller, request, words[0])
    request.valid.CopyFrom(stories.to_date(day(options["valid"])))
    return teller.ledger.ask("CompareKnown", request, query.CompareKnownResponse)


def find_act(teller, words, options):
    request = query.FindActRequest()
    number = request.registration_number
    number.office_id, number.register = words[0], words[1]
    number.year, number.number = int(words[2]), int(words[3])
    if "known" in options:
        request.known_size = known_at(teller, options["known"])
    return teller.ledger.ask("FindAct", request, query.FindActResponse)


def document(teller, words, options):
    request = query.GetDocumentStatusRequest(document_class=words[0], number=words[1])
    request.valid.CopyFrom(stories.to_date(day(options["valid"])))
    if "known" in options:
        request.known_size = known_at(teller, options["known"])
    return teller.ledger.ask("GetDocumentStatus", request, query.GetDocumentStatusResponse)


def get_case(teller, words, options):
    request = query.GetCaseRequest(case_id=teller.ledger.case(words[0]))
    return teller.ledger.ask("GetCase", request, query.GetCaseResponse)


def consistent(teller, words, options):
    request = consistency.CompareDocumentsRequest()
    fill_person(teller, request, words[0])
    request.valid.CopyFrom(stories.to_date(day(options["valid"])))
    if "known" in options:
        request.known_size = known_at(teller, options["known"])
    return teller.ledger.ask("CompareDocuments", request, consistency.CompareDocumentsResponse,
                             "ConsistencyService")


QUESTIONS = {"person": person, "history": history, "compare": compare, "act": find_act,
             "document": document, "case": get_case, "consistency": consistent}
