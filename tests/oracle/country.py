"""A small country for the generator: offices, officers, areas, laws; and the making of events.

Everything comes from one seed. Nothing here knows a rule of the register: only which acts exist and
who usually signs them.
"""
import datetime
import hashlib
import pathlib
import random
import struct

from nacl.signing import SigningKey

import wire
from wire import common, content, event, governance

ROLES = {"N": 1, "K": 2, "R": 3, "V": 4, "P": 5, "G": 6, "J": 7, "CC": 8, "PC": 9, "PD": 10,
         "IC": 11, "PP": 12, "NA": 13, "IM": 14, "HC": 15, "ES": 16}
CLASSES = {"birth": 1, "death": 2, "marriage": 3, "residence": 6, "household": 7, "number": 8,
           "id_card": 9, "passport": 10, "permit": 11, "amendment": 14, "court": 15, "identity": 16,
           "nationality": 13, "governance": 18}
COMMUNES = ["070101", "070801", "070803", "120201", "140101", "020401", "030101", "230101",
            "230201", "250101"]
FACILITIES = ["0701", "0708", "1202", "1401"]
COURTS = ["07", "12", "14"]
OLD = {"0304": "2501", "030401": "250101", "03040101": "25010101"}  # old code -> code since 2014
NATIONAL = {"id-office": "IC", "passport-office": "PP", "nationality-office": "NA",
            "immigration-office": "IM", "health-office": "HC", "e-service-desk": "ES"}
SPLIT_DAY = datetime.date(2014, 1, 1)
LAW = {"impediment_degree": 3, "mother_age_min": 9, "mother_age_max": 65, "father_age_min": 10,
       "verification_days": 30, "birth_in_time_days": 30, "birth_late_days": 365,
       "death_in_time_days": 15, "death_late_days": 365, "marriage_in_time_days": 15,
       "marriage_late_days": 365, "id_card_age": 15, "release_days": 15, "rate_limit": 120,
       "rate_watch": 30}
LAWS = [
    dict(LAW, version="KH-0", day=(1900, 1, 1)),
    dict(LAW, version="KH-1989", day=(1989, 7, 26), groom_age=20, bride_age=18, under_age=1,
         notice_days=10, waiting_days=120),
    dict(LAW, version="KH-2011", day=(2011, 12, 21), groom_age=18, bride_age=18, under_age=2,
         consent_age=16, notice_days=10, waiting_days=120),
    dict(LAW, version="KH-2024", day=(2024, 7, 1), groom_age=18, bride_age=18, under_age=2,
         consent_age=16, notice_days=10, waiting_days=120),
]
# So that a burst of a few registrations meets the limit of the rate.
STRICT_LAW = dict(LAWS[-1], version="KH-2036", day=(2036, 1, 1), rate_limit=4)


def to_date(day):
    return common.Date(year=day.year, month=day.month, day=day.day)


def to_partial(day, basis=1):
    return common.PartialDate(precision=1, year=day.year, month=day.month, day=day.day,
                              basis=basis)


def rule_set(values):
    values = dict(values)
    day = datetime.date(*values.pop("day"))
    return governance.RuleSet(effective_on=to_date(day), **values)


class Officer:
    def __init__(self, seed, name, role, office):
        self.name, self.role, self.office = name, role, office
        self.secret = hashlib.sha256(f"{seed}/{name}".encode()).digest()
        self.key = public_key(self.secret)
        self.id = b""      # once enrolled
        self.person = None
        self.is_bad = False  # suspended or compromised


def public_key(secret):
    return bytes(SigningKey(secret).verify_key)


class Draft:
    """An event before it is signed. Mutations change drafts."""

    def __init__(self, event_class, step, message, signers, subjects=(), case_id=b""):
        self.event_class, self.step, self.signers = event_class, step, list(signers)
        self.content = content.Content()
        member = next(f.name for f in content.Content.DESCRIPTOR.oneofs_by_name["kind"].fields
                      if f.message_type is message.DESCRIPTOR)
        self.member = member
        getattr(self.content, member).CopyFrom(message)
        self.subjects = [list(s) for s in subjects]  # [role, person or None, expected version]
        self.case_id = case_id
        self.office = None       # of the first signer unless said
        self.expires_ms = None
        self.references = None   # all that the content names unless said
        self.spoil = None        # a change of the bytes at the very end

    def message(self):
        return getattr(self.content, self.member)

    def copy(self):
        twin = Draft(self.event_class, self.step, self.message(), self.signers, self.subjects,
                     self.case_id)
        twin.content.CopyFrom(self.content)
        twin.office = self.office
        return twin


REFERENCES = {"declaration", "verification", "target", "targets", "decision", "act",
              "application", "notice", "objection", "release", "digitised", "verified",
              "authority", "block", "statelessness", "marriage"}


def references_of(message):
    found = []
    for field, value in message.ListFields():
        values = value if field.label == field.LABEL_REPEATED else [value]
        for part in values:
            if field.message_type:
                found += references_of(part)
            elif field.name in REFERENCES and isinstance(part, bytes) and len(part) == 32:
                found.append(part)
    return list(dict.fromkeys(found))


class Country:
    def __init__(self, seed, sign=False):
        self.seed, self.sign = seed, sign
        self.random = random.Random(seed)
        self.ledger_id = hashlib.sha256(f"ledger {seed}".encode()).digest()[:16]
        self.officers = {}
        self.founders = [self.officer(n, "G", o) for n, o in (
            ("G1", "nat-registry"), ("G3", "nat-registry"), ("G2", "nat-identification"))]
        self.areas = read_areas()
        self.villages = {c: [a for a in self.areas if len(a) == 8 and a.startswith(c)]
                         for c in COMMUNES}

    def officer(self, name, role, office):
        officer = Officer(self.seed, name, role, office)
        self.officers[name] = officer
        return officer

    def bytes(self, size):
        return self.random.randbytes(size)

    def at(self, role, area, second=False):
        """Officer of a role whose office has this area; the second one if there is one."""
        name = f"{role}{'2' if second else ''}.{area}"
        return self.officers[name]

    def colleague(self, officer):
        """Another officer of the same role and office, if there is one."""
        others = [o for o in self.officers.values()
                  if o.role == officer.role and o.office == officer.office and o is not officer]
        return others[0] if others else None

    # Making events

    def sign_event(self, draft, now_ms):
        content_bytes = wire.pack(draft.content)
        opening = self.bytes(32)
        references = draft.references
        if references is None:
            references = references_of(draft.content)
        header = event.EventHeader(
            version=1, ledger_id=self.ledger_id, request_id=self.bytes(16),
            event_class=draft.event_class, step=draft.step,
            office_id=draft.office or draft.signers[0].office, case_id=draft.case_id,
            references=references,
            content_commitment=wire.commitment(opening, content_bytes),
            signed_at_ms=now_ms - 60_000,
            expires_at_ms=draft.expires_ms or now_ms + 60 * 86_400_000)
        ordinal = 0
        for role, person, expected in draft.subjects:
            subject = header.subjects.add(role=wire.role_number(role), expected_version=expected)
            if person is None:
                ordinal += 1
                subject.ordinal = ordinal
            else:
                subject.person_id = person
        if draft.spoil:
            draft.spoil(header)
        signed = event.SignedEvent(header=wire.pack(header), content=content_bytes,
                                   opening=opening)
        for officer in draft.signers:
            signed.signatures.add(algorithm=1, public_key=officer.key,
                                  signature=self.signature(officer, signed.header))
        return wire.pack(signed)

    def signature(self, officer, header):
        if not self.sign:
            return hashlib.sha512(officer.key + header).digest()
        payload = b"civil-ledger/event/v1\n" + struct.pack(">I", len(header)) + header
        return SigningKey(officer.secret).sign(payload).signature

    # The first acts

    def foundation(self):
        """Drafts that found the ledger, with the days on which they are signed."""
        first, second = datetime.date(2020, 1, 2), datetime.date(2020, 1, 3)
        genesis = governance.Genesis(name="Test", number_scheme="kidc", date=to_date(first))
        for founder in self.founders:
            genesis.officers.add(public_key=founder.key, office_id=founder.office)
        for values in LAWS[:2]:
            genesis.rule_sets.append(rule_set(values))
        yield first, Draft(18, 4, genesis, self.founders)
        for values in LAWS[2:]:
            yield first, self.governed(governance.RulesetPublished(rule_set=rule_set(values)))
        yield from ((first, self.governed(part)) for part in self.gazetteers())
        yield from ((second, draft) for draft in self.offices())

    def governed(self, message, signers=None, subjects=()):
        return Draft(18, 4, message, signers or [self.founders[0], self.founders[2]], subjects)

    def gazetteers(self):
        old = {c: a for c, a in self.areas.items() if not c.startswith("25")}
        for code, new in OLD.items():
            old[code] = self.areas[new]
        for version, day, areas in (("KH-H", datetime.date(1900, 1, 1), old),
                                    ("KH-2014", SPLIT_DAY, self.areas)):
            codes = sorted(areas)
            chunks = [codes[i:i + 40] for i in range(0, len(codes), 40)]
            for number, chunk in enumerate(chunks, 1):
                message = governance.GazetteerPublished(
                    version=version, effective_on=to_date(day), part=number, parts=len(chunks))
                for code in chunk:
                    km, latin = areas[code]
                    message.areas.add(code=code, km=km, latin=latin)
                if version == "KH-2014" and number == 1:
                    for before, after in OLD.items():
                        message.successions.add(old_code=before, new_code=after,
                                                on=to_date(SPLIT_DAY), sort=2)
                yield message

    def offices(self):
        """Every office, then its officers."""
        def office(name, sort, areas, *officers):
            message = governance.OfficeOpened(office_id=name, sort=sort, areas=areas,
                                              date=to_date(datetime.date(2020, 1, 3)))
            drafts = [self.governed(message)]
            for officer_name, role in officers:
                drafts.append(self.enrolment(self.officer(officer_name, role, name)))
            return drafts
        for code in sorted({c[:2] for c in COMMUNES}):
            yield from office(f"p-{code}", 3, [code], (f"P.{code}", "P"))
        for code in sorted({c[:4] for c in COMMUNES}):
            yield from office(f"d-{code}", 2, [code], (f"V.{code}", "V"), (f"V2.{code}", "V"))
            yield from office(f"pd-{code}", 7, [code], (f"PD.{code}", "PD"),
                              (f"PD2.{code}", "PD"))
        for code in COMMUNES:
            yield from office(f"c-{code}", 1, [code], (f"R.{code}", "R"), (f"R2.{code}", "R"),
                              (f"K.{code}", "K"), (f"K2.{code}", "K"))
            yield from office(f"pc-{code}", 6, [code], (f"PC.{code}", "PC"))
        for code in FACILITIES:
            yield from office(f"f-{code}", 8, [code], (f"N.{code}", "N"))
        for code in COURTS:
            yield from office(f"court-{code}", 5, [code], (f"J.{code}", "J"),
                              (f"CC.{code}", "CC"))
        for name, role in NATIONAL.items():
            yield from office(name, 11, [], (role, role), (role + "2", role))

    def enrolment(self, officer, day=datetime.date(2020, 1, 3), person=None):
        message = governance.OfficerEnrolled(
            public_key=officer.key, roles=[ROLES[officer.role]], office_id=officer.office)
        getattr(message, "from").CopyFrom(to_date(day))
        area = officer.office.split("-")[1]
        signers = None
        if officer.office[:2] in ("c-", "pc"):
            signers = [self.at("P", area[:2]), self.at("V", area[:4])]
        subjects = [["officer", person, 0]] if person else []
        draft = self.governed(message, signers, subjects)
        draft.officer = officer
        return draft


def read_areas():
    """Provinces, districts, communes and three villages of each commune of ours."""
    path = pathlib.Path(__file__).with_name("areas.tsv")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {code: (km, latin) for code, km, latin in rows}


def khmer_syllables():
    return ["សុ", "ភា", "ណា", "វុ", "ទ្ធី", "ម៉ា", "លា", "ពិ", "សិ", "ដ្ឋ", "ចន្ទ", "រ៉ា", "សោ", "ភ័", "ណ",
            "ស្រី",
            "ម៉ុំ", "ដារ៉ា", "កល្យាណ", "រស្មី"]


def latin_syllables():
    return ["so", "phea", "na", "vu", "thi", "ma", "la", "pi", "se", "th", "chan", "ra", "sok",
            "ny", "srey", "mom", "dara", "reak", "smey", "kol"]
