#!/usr/bin/python3
"""Makes tests/vectors/event.txt: events, records and a checkpoint of a small ledger.

    tests/vectors/make_event_vectors.py OUTPUT

The second implementation: protobuf by Google's runtime, hashes by hashlib, signatures by
libsodium's Python binding, formulas from ledger/FORMATS.md. Everything follows from fixed seeds, so
a second run writes the same file. The file is never edited, and made anew only together with a new
format.
"""
import base64
import hashlib
import hmac
import importlib
import pathlib
import subprocess
import sys
import tempfile

from nacl.signing import SigningKey

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORIGIN = "ledger.example/vectors"
START_MS = 1_750_000_000_000
DAY_MS = 24 * 60 * 60 * 1000


def load_messages(folder):
    protos = sorted((ROOT / "proto" / "civil" / "v1").glob("*.proto"))
    subprocess.run(["protoc", f"-I{ROOT}/proto", f"--python_out={folder}", *map(str, protos)],
                   check=True)
    sys.path.insert(0, folder)
    names = ("common", "event", "content", "vital", "union", "case", "document", "governance",
             "court", "amendment")
    return {name: importlib.import_module(f"civil.v1.{name}_pb2") for name in names}


def seeded(text, size=32):
    return hashlib.sha256(f"civil-ledger vector {text}".encode()).digest()[:size]


def u32(value):
    return value.to_bytes(4, "big")


def signed_bytes(domain, payload):
    return domain.encode() + b"\n" + u32(len(payload)) + payload


def leaf_hash(record):
    return hashlib.sha256(b"\0" + record).digest()


def root_of(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while 2 * split < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


class Ledger:
    """Events in their order, and what becomes of them."""

    def __init__(self, messages):
        self.m = messages
        self.lines = []
        self.leaves = []
        self.previous = bytes(32)
        self.last_index = {}  # person -> index + 1 of the last record
        self.events = []

    def put(self, name, value):
        text = value.hex() if isinstance(value, bytes) else str(value)
        self.lines.append(f"{name} {text}")

    def key(self, number):
        return SigningKey(seeded(f"key {number}"))

    def subject(self, role, person=b"", ordinal=0, version=0):
        subject = self.m["event"].Subject(person_id=person, ordinal=ordinal,
                                          expected_version=version)
        subject.role = self.m["common"].SubjectRole.Value(f"SUBJECT_ROLE_{role}")
        return subject

    def add(self, content, event_class, step, office, keys, subjects=(), references=(), case=""):
        """Signs an event and appends its record. Returns (event id, ids of created persons)."""
        number = len(self.leaves)
        event = self.m["event"]
        content_bytes = content.SerializeToString(deterministic=True)
        opening = seeded(f"opening {number}")
        signed_at = START_MS + number * DAY_MS
        header = event.EventHeader(
            version=1, ledger_id=seeded("ledger", 16), request_id=seeded(f"request {number}", 16),
            event_class=event.EventClass.Value(f"EVENT_CLASS_{event_class}"),
            step=event.EventStep.Value(f"EVENT_STEP_{step}"), office_id=office,
            case_id=seeded(f"case {case}", 16) if case else b"",
            subjects=subjects, references=references,
            content_commitment=hmac.new(opening, content_bytes, hashlib.sha256).digest(),
            signed_at_ms=signed_at, expires_at_ms=signed_at + 60 * DAY_MS)
        header_bytes = header.SerializeToString(deterministic=True)
        event_id = hashlib.sha256(b"civil-ledger/event-id/v1\n" + header_bytes).digest()
        signatures = [
            event.Signature(
                algorithm=event.SIGNATURE_ALGORITHM_ED25519,
                public_key=bytes(self.key(key).verify_key),
                signature=self.key(key).sign(
                    signed_bytes("civil-ledger/event/v1", header_bytes)).signature)
            for key in keys]
        signed = event.SignedEvent(header=header_bytes, signatures=signatures,
                                   content=content_bytes, opening=opening)
        signed_event = signed.SerializeToString(deterministic=True)
        self.events.append(signed_event)

        persons = [subject.person_id or
                   hashlib.sha256(event_id + u32(subject.ordinal)).digest()[:16]
                   for subject in subjects]
        record = event.Record(
            index=number, recorded_at_ms=signed_at + 1000, previous=self.previous,
            header=header_bytes, signatures=signatures,
            links=[self.last_index.get(person, 0) for person in persons])
        record_bytes = record.SerializeToString(deterministic=True)
        for person in persons:
            self.last_index[person] = number + 1
        self.previous = leaf_hash(record_bytes)
        self.leaves.append(self.previous)

        self.put(f"event_{number}_signed", signed_event)
        self.put(f"event_{number}_header", header_bytes)
        self.put(f"event_{number}_content", content_bytes)
        self.put(f"event_{number}_opening", opening)
        self.put(f"event_{number}_commitment", header.content_commitment)
        self.put(f"event_{number}_id", event_id)
        self.put(f"event_{number}_keys", ",".join(map(str, keys)))
        for i, person in enumerate(persons):
            self.put(f"event_{number}_person_{i}", person)
        self.put(f"record_{number}", record_bytes)
        self.put(f"record_{number}_hash", self.previous)
        self.put(f"root_{number + 1}", root_of(self.leaves))
        return event_id, [p for p, s in zip(persons, subjects) if s.ordinal]


def date(messages, year, month, day):
    return messages["common"].Date(year=year, month=month, day=day)


def partial(messages, precision, **fields):
    value = messages["common"].PartialDate(**fields)
    value.precision = messages["common"].DatePrecision.Value(f"DATE_PRECISION_{precision}")
    return value


def name(messages, km_surname, km_given, latin_surname="", latin_given=""):
    return messages["common"].Name(
        km_surname=km_surname, km_given=km_given, latin_surname=latin_surname,
        latin_given=latin_given, order=messages["common"].NAME_ORDER_SURNAME_FIRST)


def genesis(ledger):
    m = ledger.m
    governance = m["governance"]
    rules = governance.RuleSet(version="KH-0", birth_in_time_days=30, birth_late_days=365,
                               mother_age_min=9, mother_age_max=65, father_age_min=10)
    content = m["content"].Content(genesis=governance.Genesis(
        name="\u1794\u1789\u17d2\u1787\u17b8\u179a", number_scheme="kidc", rule_sets=[rules],
        officers=[governance.FoundingOfficer(public_key=bytes(ledger.key(n).verify_key),
                                             office_id="national") for n in (1, 2, 3)],
        date=date(m, 2025, 6, 15)))
    ledger.add(content, "GOVERNANCE", "REGISTERED", "national", (1, 2, 3))


def governance(ledger):
    m = ledger.m
    content = m["content"].Content(office_opened=m["governance"].OfficeOpened(
        office_id="commune-010203", sort="OFFICE_SORT_COMMUNE", areas=["010203"],
        date=date(m, 2025, 6, 16)))
    ledger.add(content, "GOVERNANCE", "REGISTERED", "national", (1, 2))
    content = m["content"].Content(officer_enrolled=m["governance"].OfficerEnrolled(
        public_key=bytes(ledger.key(4).verify_key), office_id="commune-010203",
        roles=["OFFICER_ROLE_CLERK", "OFFICER_ROLE_REGISTRAR"]))
    getattr(content.officer_enrolled, "from").CopyFrom(date(m, 2025, 6, 17))
    ledger.add(content, "GOVERNANCE", "REGISTERED", "national", (2, 3))


def birth_content(m):
    vital = m["vital"]
    place = m["common"].Place(code="01020304", gazetteer="KH-2026")
    return m["content"].Content(
        common=m["common"].Common(
            date_of_declaration=date(m, 2025, 6, 18),
            informant=m["common"].Informant(
                name=name(m, "\u179f\u17bb\u1781", "\u1780\u1789\u17d2\u1789\u17b6"),
                relationship="mother"),
            language=m["common"].LANGUAGE_KM, signed_offline=True),
        birth=vital.Birth(
            name=name(m, "\u179f\u17bb\u1781", "\u178a\u17b6\u179a\u17b6", "Sok", "Dara"),
            sex=m["common"].SEX_FEMALE,
            date_of_birth=partial(m, "MONTH", year=2025, month=5,
                                  basis=m["common"].DATE_BASIS_DECLARED),
            time_of_birth="04:05", place_of_birth=place, plurality=vital.PLURALITY_SINGLE,
            mother_details=vital.ParentDetails(
                name=name(m, "\u179f\u17bb\u1781", "\u1780\u1789\u17d2\u1789\u17b6"),
                birth=partial(m, "RANGE", not_before=date(m, 1967, 3, 11),
                              not_after=date(m, 1968, 3, 10),
                              basis=m["common"].DATE_BASIS_ESTIMATED_FROM_AGE),
                nationality="KHM", residence=place),
            mother_residence=place,
            child_address=m["common"].Address(code="01020304", gazetteer="KH-2026", house="12A"),
            nationality_at_birth=[vital.NationalityAtBirth(country="KHM", basis="descent")],
            weight_g=3150))


def birth(ledger):
    """DECLARED, VERIFIED and REGISTERED of one child; returns the child and the last event."""
    m = ledger.m
    declared, (child,) = ledger.add(birth_content(m), "BIRTH", "DECLARED", "commune-010203", (4,),
                                    [ledger.subject("CHILD", ordinal=1)], case="birth")
    content = m["content"].Content(verification=m["case"].Verification(
        declaration=declared, checks=["identity", "place"],
        kidc_source="NUMBER_SOURCE_ALLOCATE"))
    verified, _ = ledger.add(content, "BIRTH", "VERIFIED", "district-0102", (5,),
                             [ledger.subject("CHILD", child)], [declared], case="birth")
    content = m["content"].Content(registration=m["case"].Registration(
        declaration=declared, verification=verified,
        registration_number=m["common"].RegistrationNumber(
            office_id="commune-010203", register="B", year=2025, number=1),
        date_of_registration=date(m, 2025, 6, 20)))
    registered, _ = ledger.add(content, "BIRTH", "REGISTERED", "commune-010203", (4,),
                               [ledger.subject("CHILD", child)], [declared, verified],
                               case="birth")
    return child, registered


def correction(ledger, child, target):
    m = ledger.m
    amendment = m["amendment"]
    content = m["content"].Content(correction=amendment.Correction(
        target=target, ground="CORRECTION_GROUND_SPELLING",
        path="CORRECTION_PATH_ADMINISTRATIVE", date=date(m, 2025, 6, 21),
        changes=[amendment.FieldChange(
            path="birth.name.latin_given", old_value=amendment.FieldValue(text="Dara"),
            new_value=amendment.FieldValue(text="Th\u00e9ar\u0101")),
                 amendment.FieldChange(
            path="birth.weight_g", old_value=amendment.FieldValue(number=3150),
            new_value=amendment.FieldValue(number=3510))]))
    ledger.add(content, "AMENDMENT", "REGISTERED", "commune-010203", (4, 5),
               [ledger.subject("CHILD", child, version=6)], [target])


def checkpoint(ledger):
    key = SigningKey(seeded("log key"))
    text = (f"{ORIGIN}\n{len(ledger.leaves)}\n"
            f"{base64.b64encode(root_of(ledger.leaves)).decode()}\n").encode()
    public = b"\x01" + bytes(key.verify_key)
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n" + public).digest()[:4]
    line = base64.b64encode(key_id + key.sign(text).signature).decode()
    ledger.put("checkpoint_vkey",
               f"{ORIGIN}+{key_id.hex()}+{base64.b64encode(public).decode()}")
    ledger.put("checkpoint_text", text)
    ledger.put("checkpoint_note", text + b"\n" + f"\u2014 {ORIGIN} {line}\n".encode())


def main():
    with tempfile.TemporaryDirectory() as folder:
        ledger = Ledger(load_messages(folder))
    for number in range(1, 6):
        ledger.put(f"key_{number}_seed", seeded(f"key {number}"))
        ledger.put(f"key_{number}_public", bytes(ledger.key(number).verify_key))
    genesis(ledger)
    governance(ledger)
    child, registered = birth(ledger)
    correction(ledger, child, registered)
    batch = ledger.m["event"].Batch(
        number=1, ledger_id=seeded("ledger", 16), proposer="node-1",
        recorded_at_ms=START_MS, head_before=bytes(32), events=ledger.events[:2])
    ledger.put("batch_1", batch.SerializeToString(deterministic=True))
    ledger.put("events", len(ledger.leaves))
    checkpoint(ledger)
    with open(sys.argv[1], "x", encoding="ascii") as output:
        output.write("# Made by tests/vectors/make_event_vectors.py; never edited.\n")
        output.write("\n".join(ledger.lines) + "\n")


if __name__ == "__main__":
    main()
