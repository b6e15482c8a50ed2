#!/usr/bin/python3
"""Holds api/json.h against Python's json_format, both ways, over randomly filled messages.

    json_check.py CONVERT FOLDER ROUNDS

CONVERT is json_convert, FOLDER holds the messages that protoc made. A message and its two JSON
texts must mean the same to both libraries; what json_format refuses, ours must refuse too.
"""
import importlib
import json
import random
import subprocess
import sys

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor as Field

MODULES = ("draft", "event", "query_service", "registration_service", "node_service",
           "log_service")
TYPES = ("EventDraft", "SignedEvent", "Record", "Batch", "GetPersonResponse",
         "GetHistoryResponse", "CompareKnownResponse", "GetDocumentStatusResponse",
         "GetPersonRequest", "SubmitBatchResponse", "PreviewResponse", "GetStatusResponse",
         "GetLimitsResponse", "WatchResponse")
TEXTS = ("", "a", "ឧទាហរណ៍", "\"quoted\" \\ back", "line\nline\ttab", "é\u200b", "𝌆", "</script>")
EDGES = {
    Field.CPPTYPE_INT32: (0, 1, -1, 2**31 - 1, -2**31),
    Field.CPPTYPE_UINT32: (0, 1, 2**32 - 1),
    Field.CPPTYPE_INT64: (0, 1, -1, 2**63 - 1, -2**63, 2**53 + 1),
    Field.CPPTYPE_UINT64: (0, 1, 2**64 - 1, 2**53 + 1),
}
# Texts that no strict reader takes for an EventDraft.
REFUSED = (
    "", "{", "[]", '{"no": 1}', '{"header": 1}', '{"header": {"version": -1}}',
    '{"header": {"version": 4294967296}}', '{"header": {"version": "1 "}}',
    '{"header": {"version": ""}}', '{"header": {"version": true}}',
    '{"header": {"eventClass": "EVENT_CLASS_NONE"}}', '{"header": {"ledgerId": 7}}',
    '{"header": {"ledgerId": "A"}}', '{"header": {"subjects": {}}}',
    '{"header": {"subjects": [null]}}', '{"header": {"officeId": 1}}',
    '{"header": {"signedAtMs": "9223372036854775808"}}', '{"header": {}, "header": {}}',
    '{"content": {"birth": {}, "death": {}}}', '{"content": {"birth": {"foundling": "true"}}}',
    '{"header": {"version": 1}} x', '{"header": {"version": 1.5}}',
)

# Those among them that json_format lets pass.
STRICTER = ("[]",)


class Convert:
    """json_convert as a child."""

    def __init__(self, program):
        self.child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, direction, name, data):
        self.child.stdin.write(f"{direction} {name} {len(data)}\n".encode() + data)
        self.child.stdin.flush()
        word, size = self.child.stdout.readline().split()
        return word == b"ok", self.child.stdout.read(int(size))

    def end(self):
        self.child.stdin.close()
        assert self.child.wait(60) == 0, "json_convert ended with an error"


def value_of(field, chance):
    if field.cpp_type in EDGES:
        return chance.choice(EDGES[field.cpp_type])
    if field.cpp_type == Field.CPPTYPE_BOOL:
        return chance.random() < 0.5
    if field.cpp_type == Field.CPPTYPE_ENUM:
        return chance.choice([value.number for value in field.enum_type.values])
    if field.type == Field.TYPE_BYTES:
        return chance.randbytes(chance.choice((0, 1, 2, 3, 16, 32)))
    return chance.choice(TEXTS)


def fill(message, chance, depth=0):
    """Sets about half the fields; of a oneof the last one set stays."""
    for field in message.DESCRIPTOR.fields:
        if chance.random() < 0.5:
            continue
        repeated = field.label == Field.LABEL_REPEATED
        if field.cpp_type == Field.CPPTYPE_MESSAGE:
            for _ in range(chance.randrange(3) if repeated else 1):
                child = getattr(message, field.name)
                child = child.add() if repeated else child
                child.SetInParent()
                fill(child, chance, depth + 1)
        elif repeated:
            values = [value_of(field, chance) for _ in range(chance.randrange(4))]
            getattr(message, field.name).extend(values)
        else:
            setattr(message, field.name, value_of(field, chance))


def check_message(convert, name, message):
    wire = message.SerializeToString(deterministic=True)
    good, text = convert("w", name, wire)
    assert good, f"{name} was not written"
    theirs = json_format.MessageToJson(message)
    assert json.loads(text) == json.loads(theirs), f"{name}:\n{text.decode()}\nnot\n{theirs}"
    assert json_format.Parse(text, type(message)()) == message, f"{name} is read otherwise"
    snake = json_format.MessageToJson(message, preserving_proto_field_name=True, indent=0)
    for form in (theirs, snake):
        good, back = convert("r", name, form.encode())
        assert good, f"{name}: {back.decode()} in {form}"
        assert type(message).FromString(back) == message, f"{name} comes back otherwise"


def check_refusals(convert, draft):
    for text in REFUSED:
        good, why = convert("r", "EventDraft", text.encode())
        assert not good and b"message" in why, f"{text} was taken: {why}"
        try:
            json_format.Parse(text, draft())
        except json_format.ParseError:
            continue
        assert text in STRICTER, f"json_format takes {text}"


def main(program, folder, rounds):
    sys.path.insert(0, folder)
    modules = [importlib.import_module(f"civil.v1.{name}_pb2") for name in MODULES]
    types = {name: getattr(module, name) for module in modules for name in TYPES
             if hasattr(module, name)}
    assert set(types) == set(TYPES), "types are missing"
    chance = random.Random(2024)
    convert = Convert(program)
    for _ in range(int(rounds)):
        for name in TYPES:
            message = types[name]()
            fill(message, chance)
            check_message(convert, name, message)
    check_refusals(convert, types["EventDraft"])
    convert.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
