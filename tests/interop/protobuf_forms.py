#!/usr/bin/python3
"""Goal: our canonical form is what Google's protobuf writes deterministically, and nothing else is.

Method: (1) samples of every kind, packed in C, parse there and serialise to the same bytes; (2)
random contents and headers serialised there are admitted here; (3) the same with one field moved or
unknown, or a number written too long, are refused.

    protobuf_forms.py PROGRAM [COUNT]
"""
import importlib
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEED = 20260101
TEXTS = ("a", "Sok Dara", "\u1780\u17d2\u1781\u17b6", "line\nline", "\u00e9\u0101", "01",
         "x" * 70)
ELEMENTS_MAX = 3


def load_messages(folder):
    protos = sorted((ROOT / "proto" / "civil" / "v1").glob("*.proto"))
    subprocess.run(["protoc", f"-I{ROOT}/proto", f"--python_out={folder}", *map(str, protos)],
                   check=True)
    sys.path.insert(0, folder)
    return {"content": importlib.import_module("civil.v1.content_pb2").Content,
            "header": importlib.import_module("civil.v1.event_pb2").EventHeader}


def value_of(field, draw):
    if field.type == field.TYPE_STRING:
        return draw.choice(TEXTS)
    if field.type == field.TYPE_BYTES:
        return draw.randbytes(draw.choice((1, 16, 32)))
    if field.type == field.TYPE_BOOL:
        return True
    if field.type == field.TYPE_ENUM:
        return draw.choice(field.enum_type.values[1:]).number
    bits = 31 if field.type in (field.TYPE_INT32, field.TYPE_UINT32) else 63
    number = draw.randrange(1, 1 << draw.randrange(1, bits))
    negative = field.type in (field.TYPE_INT32, field.TYPE_INT64) and draw.random() < 0.2
    return -number if negative else number


def fill(message, draw):
    """Sets about half of the fields; of a oneof, one member."""
    fields = [field for field in message.DESCRIPTOR.fields if field.containing_oneof is None]
    chosen = [field for field in fields if draw.random() < 0.5]
    chosen += [draw.choice(oneof.fields) for oneof in message.DESCRIPTOR.oneofs]
    for field in chosen:
        if field.label == field.LABEL_REPEATED:
            elements = getattr(message, field.name)
            for _ in range(draw.randrange(1, ELEMENTS_MAX + 1)):
                if field.message_type:
                    fill(elements.add(), draw)
                else:
                    elements.append(value_of(field, draw))
        elif field.message_type:
            below = getattr(message, field.name)
            below.SetInParent()
            fill(below, draw)
        else:
            setattr(message, field.name, value_of(field, draw))


def varint_end(data, at):
    while data[at] & 0x80:
        at += 1
    return at + 1


def split(data):
    """The fields of a message, each with its tag."""
    parts, at = [], 0
    while at < len(data):
        start = at
        wire = data[at] & 7
        at = varint_end(data, at)
        end = varint_end(data, at)
        if wire == 2:
            length = sum((byte & 0x7F) << 7 * i for i, byte in enumerate(data[at:end]))
            end += length
        parts.append(data[start:end])
        at = end
    return parts


def spoiled(data, draw):
    """The same message in another form, or None when it is too small to have one."""
    parts = split(data)
    tags = [part[:varint_end(part, 0)] for part in parts]
    i = draw.randrange(len(parts))
    way = draw.choice(("moved", "unknown", "long tag", "long number"))
    if way == "moved":
        others = [j for j in range(len(parts)) if tags[j] != tags[i]]
        if not others:
            return None
        j = draw.choice(others)
        parts[i], parts[j] = parts[j], parts[i]
    elif way == "unknown":
        parts.append(b"\xf8\x7f\x01")  # field 2047 as a number
    elif way == "long tag":
        tag = tags[i][:-1] + bytes([tags[i][-1] | 0x80, 0])
        parts[i] = tag + parts[i][len(tags[i]):]
    else:
        start, end = len(tags[i]), varint_end(parts[i], len(tags[i]))
        if end - start > 8:
            return None
        number = parts[i][start:end - 1] + bytes([parts[i][end - 1] | 0x80, 0])
        parts[i] = parts[i][:start] + number + parts[i][end:]
    return b"".join(parts)


def answers(program, lines):
    text = "".join(f"{what} {data.hex()}\n" for what, data in lines)
    result = subprocess.run([program, "check"], input=text, capture_output=True, text=True,
                            check=True)
    return result.stdout.splitlines()


def main():
    program = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        types = load_messages(folder)

    samples = subprocess.run([program, "samples"], capture_output=True, text=True, check=True)
    for line in samples.stdout.splitlines():
        what, digits = line.split(" ")
        message = types[what].FromString(bytes.fromhex(digits))
        assert message.SerializeToString(deterministic=True).hex() == digits, line
    assert len(samples.stdout.splitlines()) > 100

    good = []
    for _ in range(count):
        what = draw.choice(("content", "content", "header"))
        message = types[what]()
        fill(message, draw)
        good.append((what, message.SerializeToString(deterministic=True)))
    limits = {"content": 32768, "header": 4096}
    good = [(what, data) for what, data in good if len(data) <= limits[what]]
    for (what, data), said in zip(good, answers(program, good), strict=True):
        assert said == "ok", (what, said, data.hex())

    bad = [(what, spoiled(data, draw)) for what, data in good if data]
    bad = [(what, data) for what, data in bad if data and len(data) <= limits[what]]
    for (what, data), said in zip(bad, answers(program, bad), strict=True):
        assert said != "ok", (what, data.hex())
    print(f"{len(good)} random messages admitted, {len(bad)} in other forms refused")


if __name__ == "__main__":
    main()
