#!/usr/bin/python3
"""Checks tests/vectors/event.txt with nothing of ours and no protobuf library.

    tests/vectors/read_event_vectors.py [FILE]

Reads the bytes field by field from ledger/FORMATS.md's tables of field numbers, recomputes every
hash, commitment, link and root, and checks every signature. What a court's expert would write.
"""
import base64
import hashlib
import hmac
import pathlib
import sys

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

DEFAULT = pathlib.Path(__file__).resolve().parent / "event.txt"


class Wrong(Exception):
    """A value is not what the formats say."""


def demand(condition, what):
    if not condition:
        raise Wrong(what)


def varint(data, at):
    value = shift = 0
    while True:
        demand(at < len(data) and shift < 64, "a number is cut short")
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        shift += 7
        if byte < 0x80:
            demand(byte != 0 or shift == 7, "a number is longer than it needs")
            return value, at


def fields(data):
    """[(field number, int or bytes)] of a message, in canonical order."""
    found, at, last = [], 0, 0
    while at < len(data):
        tag, at = varint(data, at)
        number, wire = tag >> 3, tag & 7
        demand(wire in (0, 2) and number >= last, f"field {number} is out of order")
        last = number
        value, at = varint(data, at)
        if wire == 2:
            demand(at + value <= len(data), f"field {number} is cut short")
            value, at = data[at:at + value], at + value
        else:
            demand(value != 0, f"field {number} is an explicit default")
        found.append((number, value))
    return found


def one(message, number, default=None):
    values = [value for field, value in message if field == number]
    demand(len(values) <= 1, f"field {number} is there twice")
    demand(values or default is not None, f"field {number} is missing")
    return values[0] if values else default


def many(message, number):
    return [value for field, value in message if field == number]


def packed_numbers(data):
    numbers, at = [], 0
    while at < len(data):
        value, at = varint(data, at)
        numbers.append(value)
    return numbers


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root_of(leaves):
    """RFC 9162 section 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1", root_of(leaves[:split]), root_of(leaves[split:]))


def load(path):
    values = {}
    for line in path.read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            name, value = line.split(" ", 1)
            demand(name not in values, f"{name} is there twice")
            values[name] = value
    return values


def check_signatures(signatures, header):
    keys = []
    for data in signatures:
        signature = fields(data)
        demand(one(signature, 1) == 1, "a signature is not Ed25519")
        keys.append(one(signature, 2))
        signed = b"civil-ledger/event/v1\n" + len(header).to_bytes(4, "big") + header
        try:
            VerifyKey(keys[-1]).verify(signed, one(signature, 3))
        except BadSignatureError as error:
            raise Wrong("a signature is not the key's") from error
    demand(len(set(keys)) == len(keys) and keys, "each key signs once, and one must")
    return keys


def check_event(values, number):
    """Checks one event; gives header, signatures, event id and persons for its record."""
    def get(name):
        return bytes.fromhex(values[f"event_{number}_{name}"])

    signed = fields(get("signed"))
    header, content, opening = one(signed, 1), one(signed, 3), one(signed, 4)
    demand(header == get("header"), "header differs")
    demand(content == get("content"), "content differs")
    demand(opening == get("opening") and len(opening) == 32, "opening differs")
    commitment = hmac.new(opening, content, hashlib.sha256).digest()
    demand(commitment == get("commitment"), "commitment differs")

    parsed = fields(header)
    demand(one(parsed, 1) == 1, "version is not 1")
    demand([len(one(parsed, n)) for n in (2, 3)] == [16, 16], "ids are not 16 bytes")
    demand(one(parsed, 10) == commitment, "the header has another commitment")
    demand(one(parsed, 12) > one(parsed, 11), "the event expires before it is signed")
    event_id = sha256(b"civil-ledger/event-id/v1\n", header)
    demand(event_id == get("id"), "event id differs")

    persons = []
    for i, data in enumerate(many(parsed, 8)):
        subject = fields(data)
        ordinal = one(subject, 2, 0)
        created = sha256(event_id, ordinal.to_bytes(4, "big"))[:16]
        persons.append(created if ordinal else one(subject, 1))
        demand(persons[-1] == get(f"person_{i}"), f"person {i} differs")
    keys = check_signatures(many(signed, 2), header)
    named = values[f"event_{number}_keys"].split(",")
    demand(keys == [bytes.fromhex(values[f"key_{n}_public"]) for n in named], "keys differ")
    return header, many(signed, 2), persons


def check_records(values):
    """Checks events and records in their order; gives the leaves."""
    leaves, last, recorded_at = [], {}, 0
    for number in range(int(values["events"])):
        header, signatures, persons = check_event(values, number)
        data = bytes.fromhex(values[f"record_{number}"])
        record = fields(data)
        demand(one(record, 1, 0) == number, "index differs")
        demand(one(record, 2) >= recorded_at, "recorded_at decreases")
        recorded_at = one(record, 2)
        demand(one(record, 3) == (leaves[-1] if leaves else bytes(32)), "the chain is broken")
        demand(one(record, 4) == header, "the record has another header")
        demand(many(record, 5) == signatures, "the record has other signatures")
        links = packed_numbers(one(record, 6, b""))
        demand(links == [last.get(person, 0) for person in persons], "links differ")
        last.update((person, number + 1) for person in persons)
        leaves.append(sha256(b"\0", data))
        demand(leaves[-1].hex() == values[f"record_{number}_hash"], "record hash differs")
        demand(root_of(leaves).hex() == values[f"root_{number + 1}"], "root differs")
    return leaves


def check_checkpoint(values, leaves):
    name, key_id, key = values["checkpoint_vkey"].split("+", 2)
    key = base64.b64decode(key, validate=True)
    demand(key[0] == 1 and sha256(name.encode(), b"\n", key)[:4].hex() == key_id,
           "the key's id differs")
    text = bytes.fromhex(values["checkpoint_text"])
    origin, size, root, rest = text.decode().split("\n")
    demand((origin, size, rest) == (name, str(len(leaves)), ""), "the checkpoint differs")
    demand(base64.b64decode(root, validate=True) == root_of(leaves), "its root differs")
    note = bytes.fromhex(values["checkpoint_note"])
    signed, line = note.split(b"\n\n")
    demand(signed + b"\n" == text, "the note has another text")
    dash, signer, signature = line.decode().rstrip("\n").split(" ")
    signature = base64.b64decode(signature, validate=True)
    demand((dash, signer, signature[:4].hex()) == ("\u2014", name, key_id), "the line differs")
    VerifyKey(key[1:]).verify(text, signature[4:])


def check_batch(values):
    batch = fields(bytes.fromhex(values["batch_1"]))
    demand(one(batch, 1) == 1 and one(batch, 6) == bytes(32), "the batch differs")
    demand([event.hex() for event in many(batch, 7)] ==
           [values["event_0_signed"], values["event_1_signed"]], "its events differ")


def check(values):
    leaves = check_records(values)
    check_checkpoint(values, leaves)
    check_batch(values)
    return len(leaves)


if __name__ == "__main__":
    count = check(load(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT))
    print(f"{count} events, records and signatures, the chain, the tree and a checkpoint hold")
