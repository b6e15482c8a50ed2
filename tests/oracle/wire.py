"""The bytes of events: messages, ids, commitments, frames.

Messages come from proto/ by protoc, made anew when a proto file is younger than what stands in
build/python. Formulas are those of the design, section 4.
"""
import hashlib
import hmac
import pathlib
import re
import struct
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATED = ROOT / "build" / "python"


def generate_messages():
    protos = sorted((ROOT / "proto" / "civil" / "v1").glob("*.proto"))
    stamp = GENERATED / "stamp"
    if not stamp.exists() or stamp.stat().st_mtime < max(p.stat().st_mtime for p in protos):
        GENERATED.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["protoc", f"-I{ROOT}/proto", f"--python_out={GENERATED}", *map(str, protos),
             f"{ROOT}/proto/google/protobuf/any.proto", f"{ROOT}/proto/google/rpc/status.proto"],
            check=True)
        stamp.touch()
    sys.path.insert(0, str(GENERATED))


generate_messages()

from civil.v1 import common_pb2 as common  # noqa: E402
from civil.v1 import amendment_pb2 as amendment  # noqa: E402
from civil.v1 import application_pb2 as application  # noqa: E402
from civil.v1 import case_pb2 as case  # noqa: E402
from civil.v1 import certificate_pb2 as certificate  # noqa: E402
from civil.v1 import content_pb2 as content  # noqa: E402
from civil.v1 import event_pb2 as event  # noqa: E402
from civil.v1 import filiation_pb2 as filiation  # noqa: E402
from civil.v1 import governance_pb2 as governance  # noqa: E402
from civil.v1 import court_pb2 as court  # noqa: E402
from civil.v1 import document_pb2 as document  # noqa: E402
from civil.v1 import household_pb2 as household  # noqa: E402
from civil.v1 import identity_pb2 as identity  # noqa: E402
from civil.v1 import merge_pb2 as merge  # noqa: E402
from civil.v1 import nationality_pb2 as nationality  # noqa: E402
from civil.v1 import person_pb2 as person
from civil.v1 import residence_pb2 as residence  # noqa: E402
from civil.v1 import seal_pb2 as seal  # noqa: E402
from civil.v1 import union_pb2 as union  # noqa: E402
from civil.v1 import vital_pb2 as vital  # noqa: E402  # noqa: E402

NOTIFIED, DECLARED, VERIFIED, REGISTERED, REFUSED, WITHDRAWN = range(1, 7)
STEP_CONTENT = {"notification": NOTIFIED, "verification": VERIFIED, "registration": REGISTERED,
                "refusal": REFUSED, "withdrawal": WITHDRAWN}


def role_name(role):
    return common.SubjectRole.Name(role)[len("SUBJECT_ROLE_"):].lower()


def role_number(name):
    return common.SubjectRole.Value("SUBJECT_ROLE_" + name.upper())


def pack(message):
    return message.SerializeToString(deterministic=True)


def event_id(header_bytes):
    return hashlib.sha256(b"civil-ledger/event-id/v1\n" + header_bytes).digest()


def created_id(event, ordinal):
    return hashlib.sha256(event + struct.pack(">I", ordinal)).digest()[:16]


def commitment(opening, content_bytes):
    return hmac.new(opening, content_bytes, hashlib.sha256).digest()


def frame(recorded_at_ms, signed_event):
    return struct.pack(">IQ", len(signed_event), recorded_at_ms) + signed_event


def read_frames(stream):
    while len(head := stream.read(12)) == 12:
        size, recorded_at_ms = struct.unpack(">IQ", head)
        yield recorded_at_ms, stream.read(size)


CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Malformed(Exception):
    """The bytes are no event: refused before any rule is asked."""


class Subject:
    def __init__(self, person_id, role, expected, is_new):
        self.person, self.role, self.expected, self.is_new = person_id, role, expected, is_new
        self.named = self.signed = person_id  # also where it stands for another

    def __repr__(self):
        return f"{self.role}:{self.person.hex()[:8]}"


class Event:
    """A SignedEvent, read. `member` names the member of Content's oneof that is set."""

    def __init__(self, signed_event):
        signed = read(event.SignedEvent, signed_event, "event")
        self.header = read(event.EventHeader, signed.header, "header")
        self.content = read(content.Content, signed.content, "content")
        self.id = event_id(signed.header)
        self.signers = [signature.public_key for signature in signed.signatures]
        self.member = self.content.WhichOneof("kind")
        self.message = getattr(self.content, self.member) if self.member else None
        self.step = self.header.step
        self.subjects = [
            Subject(s.person_id or created_id(self.id, s.ordinal), role_name(s.role),
                    s.expected_version, not s.person_id)
            for s in self.header.subjects]
        self.created = [created_id(self.id, s.ordinal)
                        for s in self.header.subjects if not s.person_id]
        self.admit(signed)

    def admit(self, signed):
        header = self.header
        require(header.version == 1, "header.version")
        require(1 <= len(signed.signatures) <= 8, "signatures")
        require(len(set(self.signers)) == len(self.signers), "signatures twice by one key")
        require(all(len(s.public_key) == 32 and len(s.signature) == 64 and s.algorithm == 1
                    for s in signed.signatures), "signatures")
        require(len(header.ledger_id) == 16 and len(header.request_id) == 16, "header ids")
        require(len(signed.opening) == 32, "opening")
        require(header.event_class and header.step, "header.step")
        require(len(header.subjects) <= 16 and len(header.references) <= 16, "header counts")
        require(all(s.role and len(s.person_id) in (0, 16) for s in header.subjects), "subjects")
        require([s.ordinal for s in header.subjects if not s.person_id]
                == list(range(1, len(self.created) + 1)), "ordinals")
        require(commitment(signed.opening, signed.content) == header.content_commitment,
                "content_commitment")
        require(self.member, "content.kind")
        require(not has_control(self.content), "control character")

    def of_role(self, role):
        for subject in self.subjects:
            if subject.role == role:
                return subject.person
        return None


def has_control(message):
    """Whether a text holds a control character other than a line feed, or a bidi control."""
    for field, value in message.ListFields():
        if field.type not in (field.TYPE_MESSAGE, field.TYPE_STRING):
            continue
        for part in value if field.label == field.LABEL_REPEATED else [value]:
            if field.type == field.TYPE_MESSAGE:
                if has_control(part):
                    return True
            elif CONTROL.search(part):
                return True
    return False


def read(kind, data, what):
    message = kind()
    try:
        message.ParseFromString(data)
    except Exception as error:
        raise Malformed(what) from error
    require(pack(message) == data, f"{what} is not canonical")
    return message


def require(holds, what):
    if not holds:
        raise Malformed(what)
