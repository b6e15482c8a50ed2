"""Any kind of act as one line, by the names of its fields: a story about a new kind needs no code.

    4. 2026-03-01 CC.14 kind:court_decision subject=H,W orders[0].kind=divorce ... -> ok
    5. 2026-03-02 R.070803 DECLARED-death case=F deceased=F date_of_death=2026-03-01 ... -> ok

`kind:divorce` is the kind where acts.py has a shorter verb of the same name. A word is
`role=letters` (a role of section B; `+X` is a person that the act creates, to be called X),
`cite=STEP`, `override=RULE`, or `path=value` with a path of the content's message. A value is
written as its field wants: 2026-03-01, 1968, words of an enumeration, 070803 or 030401@KH-H, a
Khmer name / a Latin name, true. act:N, birth:X, person:X, number:X, unit:VILLAGE stand for what
the ledger gave. What a line does not say is filled with `date` = the day of the line, the first
value of an enumeration, and TEXTS.
"""
import re

import kinds
import questions
import stories
from country import Draft, to_date
from stories import day
from wire import common, content

SEGMENT = re.compile(r"(\w+)(?:\[(\d+)\])?")
STEPS = {"NOTIFIED": 1, "DECLARED": 2}
ROLES = {name[len("SUBJECT_ROLE_"):].lower() for name in common.SubjectRole.keys()}
OTHERS = {"case", "cite", "override", "office"}
DATES = {"date", "date_final", "posted_on", "effective_on", "from", "issued_on", "presumed_date",
         "found_on"}
TEXTS = {"reason": "so", "text": "so", "authority": "court-14", "basis": "decree",
         "decree_number": "1", "finding_number": "1", "report_number": "1", "by": "counter"}


def partial(text):
    """2026-03-02, 1995-02 or 1968"""
    parts = [int(part) for part in text.split("-")]
    return common.PartialDate(precision=4 - len(parts), basis=1,
                              **dict(zip(("year", "month", "day"), parts)))


def coded(kind, text):
    """Place or Address of 070801 or 030401@KH-H"""
    code, _, gazetteer = text.partition("@")
    return kind(code=code, gazetteer=gazetteer or "KH-2014")


def value_of(teller, field, text):
    """What the words mean for a field of this type."""
    if field.message_type is not None:
        name = field.message_type.name
        if name == "Date":
            return to_date(day(text))
        if name == "PartialDate":
            return partial(text)
        if name in ("Place", "Address"):
            return coded(getattr(common, name), text)
        if name == "Name":
            return teller.ledger.name(*text.split("/"))
        raise stories.Wrong(f"{field.name} is a {name}: name one of its fields")
    if field.enum_type is not None:
        return next(value.number for value in field.enum_type.values
                    if value.name.lower().endswith("_" + text))
    if field.type == field.TYPE_BYTES:
        return bytes.fromhex(questions.resolved(teller, text))
    if field.type == field.TYPE_BOOL:
        return text == "true"
    if field.type == field.TYPE_STRING:
        return questions.resolved(teller, text)
    return int(questions.resolved(teller, text))


def assign(holder, field, value):
    if field.label == field.LABEL_REPEATED:
        getattr(holder, field.name).append(value)
    elif field.message_type is not None:
        getattr(holder, field.name).CopyFrom(value)
    else:
        setattr(holder, field.name, value)


def put(teller, message, path, text):
    """Sets the field of a path; elements of lists are made as they are named."""
    *heads, last = path.split(".")
    for head in heads:
        name, index = SEGMENT.fullmatch(head).groups()
        message = getattr(message, name)
        while index is not None and len(message) <= int(index):
            message.add()
        message = message if index is None else message[int(index)]
    field = message.DESCRIPTOR.fields_by_name[last]
    texts = text.split(",") if field.label == field.LABEL_REPEATED else [text]
    for part in texts:
        assign(message, field, value_of(teller, field, part))


def fill(message, date):
    """What the line leaves out."""
    for field in message.DESCRIPTOR.fields:
        if field.label == field.LABEL_REPEATED or field.containing_oneof is not None:
            continue
        if field.message_type is not None:
            if field.name in DATES and not message.HasField(field.name):
                value = to_date(day(date)) if field.message_type.name == "Date" else partial(date)
                assign(message, field, value)
        elif field.enum_type is not None and not getattr(message, field.name):
            setattr(message, field.name, 1)
        elif field.name in TEXTS and not getattr(message, field.name):
            setattr(message, field.name, TEXTS[field.name])


def fill_issue(teller, issue, holder, date):
    """A document prints what the register says, for ten years less a day, unless the line says."""
    at = day(date)
    if not issue.HasField("snapshot"):
        issue.snapshot.CopyFrom(teller.ledger.snapshot(holder, at))
    if not issue.HasField("expires_on"):
        issue.expires_on.CopyFrom(to_date(at.replace(year=at.year + 10) - stories.DAY))
    issue.serial = issue.serial or "s" + issue.document_number


def draft_of(teller, date, verb, words):
    step, _, name = verb.rpartition("-")
    if name not in kinds.BY_NAME or (step and step not in STEPS):
        raise stories.Wrong(f"no kind {verb}")
    kind = kinds.BY_NAME[name]
    message = getattr(content.Content(), "notification" if step == "NOTIFIED" else kind.member)
    if step == "NOTIFIED":
        message.kind, message.description = name, name
    subjects = []
    for word, text in words.items():
        if word in ROLES and word not in message.DESCRIPTOR.fields_by_name:
            subjects += [[word, None if letter.startswith("+") else teller.persons[letter].id, 0]
                         for letter in text.split(",")]
        elif word not in OTHERS:
            put(teller, message, word, text)
    fill(message, date)
    if kind.member == "document_issued":
        fill_issue(teller, message, teller.persons[words["holder"]], date)
    if kind.member == "certificate_issued":
        message.collector, message.rendering_digest = "holder", bytes(31) + b"1"
        if not message.HasField("as_of"):
            message.as_of.CopyFrom(to_date(day(date)))
    if kind.member == "document_applied":
        message.sort = message.sort or "ordinary"
        message.photo_digest = message.photo_digest or bytes(31) + b"1"
    case_id = teller.ledger.case(words["case"]) if "case" in words else b""
    draft = Draft(kind.event_class, STEPS.get(step, stories.REGISTERED), message, [], subjects,
                  case_id)
    if step == "DECLARED":
        teller.ledger.common(draft, date)
    draft.kind, draft.key = name, words.get("case")
    return teller.passed(draft, words)


def created(words):
    """Letters of the persons that the line creates, in order."""
    return [letter[1:] for word, text in words.items() if word in ROLES
            for letter in text.split(",") if letter.startswith("+")]
