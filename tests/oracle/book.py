"""The records of the ledger, and the acts that they bring into force, as known at any size.

Nothing is derived ahead of time but look-ups by person, case, number and so on; each holds indexes
of records, so that a reader at an earlier size leaves out what came later.
"""
import blocks
import dates
import filiations
import homes
import kinds
import paths
import wire
from erased import Erased
from geography import Gazetteer
from law import Law
from officers import Authority
from personas import People
from wire import DECLARED, REFUSED, REGISTERED, VERIFIED, WITHDRAWN


class Record:
    def __init__(self, index, recorded_at_ms, event, numbers, law_version):
        self.index, self.recorded_at_ms, self.event = index, recorded_at_ms, event
        self.day = dates.day_of_instant(recorded_at_ms)
        self.numbers = numbers  # [(person, number)] given or repeated
        self.law_version = law_version
        self.step = event.step
        self.names = {subject.person for subject in event.subjects}


EX_NUNC = 2  # RevocationEffect
AFFIRMED = 1  # DisputeOutcome
WHOLE_PERSON = 4  # SealScope
VOIDING = {"revocation", "reinstatement", "death_revoked"}
NO_ACTS = VOIDING - {"death_revoked"} | {"correction"}


class Act:
    """What a REGISTERED record brought into force, read with corrections below a size."""

    def __init__(self, record, source, kind, content, corrections):
        self.index, self.record, self.source, self.kind = record.index, record, source, kind
        self.content, self.message = content, getattr(content, kind.member)
        self.event_id = record.event.id
        self.subjects = record.event.subjects
        self.corrections = corrections
        self.common = content.common
        self.registration = None
        self.verification, self.verified = None, True  # not verified: a provisional birth
        self.linked, self.numbers = None, []
        self.void = None   # the record that took the effect away
        self.cause = None  # cause_coded: the newest
        self.registered_day = record.day
        declared = content.common.date_of_declaration
        self.declared_day = dates.of_date(declared) if declared.year else self.registered_day
        self.valid, self.date = valid_date(kind, self.message, self.declared_day)
        if not kind.valid:
            self.valid = dates.exact(record.day)  # works when it is recorded

    def role_of(self, person):
        for subject in self.subjects:
            if subject.person == person:
                return subject.role
        return None

    def of_role(self, role):
        for subject in self.subjects:
            if subject.role == role:
                return subject.person
        return None

    def order(self):
        return self.valid[0], self.index

    def has_end(self):
        """Revoked ex nunc: its effects end on a day."""
        return self.void is not None and self.void.event.member == "revocation" \
            and self.void.event.message.effect == EX_NUNC

    def is_void(self):
        """Without effect on any day."""
        return self.void is not None and not self.has_end()

    def void_day(self):
        message = self.void.event.message
        return dates.of_date(message.found_on if self.void.event.member == "death_revoked"
                             else message.date)

    def is_over(self, valid_day):
        """Nothing of it is left at that day; a marriage stays, ended."""
        return self.is_void() or (self.has_end() and self.void_day() <= valid_day
                                  and self.kind.name != "marriage")


def is_correction(extra):
    return extra is not None and extra.DESCRIPTOR.name == "Correction"


def valid_date(kind, message, declared_day):
    """The valid date as an interval, and as the message that states it; (None, None) if absent."""
    for path in kind.valid:
        date = kinds.dig(message, path)
        if date is None:
            continue
        if date.DESCRIPTOR.name == "PartialDate":
            return dates.of_partial(date, declared_day), date
        day = dates.of_date(date)
        return (dates.exact(day) if day is not None else None), date
    return None, None


class Case:
    """The records of a case, and what its last DECLARED says."""

    def __init__(self, records):
        self.records = records
        self.last = records[-1] if records else None
        declared = [r for r in records if r.step == DECLARED]
        self.declared = declared[-1] if declared else None
        self.verified = None
        for r in records:
            if (r.step == VERIFIED and self.declared
                    and r.event.message.declaration == self.declared.event.id):
                self.verified = r
        self.is_closed = bool(records) and self.last.step in (REGISTERED, REFUSED, WITHDRAWN)

    def numbers(self):
        """(person, number, index of the record that gave it) in order."""
        return [(person, number, record.index)
                for record in self.records for person, number in record.numbers]


class Book(Erased, People):
    def __init__(self):
        self.begin_people()
        self.records = []
        self.by_event, self.by_request = {}, {}
        self.by_person, self.by_case = {}, {}
        self.corrections = {}         # event id of target -> [index]
        self.voiding = {}             # the same of revocations, reinstatements, death_revoked
        self.disputes = {}            # the same of disputes opened and closed
        self.causes = {}              # the same of cause_coded
        self.rejected = {}            # event id of a paper -> index of its legacy_rejected
        self.registration_numbers = {}
        self.units = {}               # unit id -> record that opened it
        self.closed_units = {}        # unit id -> record that closed it first
        self.dwellers = {}            # unit id -> persons whom a record brought there
        self.family_books = {}        # number -> record that opened it
        self.book_persons = {}        # number -> persons whom a record brought there
        self.documents = {}           # (class, number) -> (holder, index)
        self.personal_numbers, self.returned = {}, set()  # event ids of blocks that came back
        self.births_of_delivery = {}  # delivery id -> [index of DECLARED or linked]
        self.deaths = []              # indexes of DECLARED and linked deaths
        self.signed = {}              # key -> [(signed at, index)] of REGISTERED, profiles V, D
        self.gazetteer, self.law, self.authority = Gazetteer(), Law(), Authority()
        self.act_cache = {}
        self.seals, self.unsealed = [], set()  # seals, and which of them were lifted
        self.hidden = None  # (size, records that adoptions seal): tests/oracle/sealed.py
        self.certificates, self.withdrawn = set(), set()  # serials; ids of certificates
        self.erasures, self.shown = [], 0  # (index, target, contents before and after, ...)

    def size(self):
        return len(self.records)

    # Taking records in

    def append(self, recorded_at_ms, event, numbers, law_version):
        record = Record(len(self.records), recorded_at_ms, event, numbers, law_version)
        self.records.append(record)
        self.by_event[event.id] = record
        self.by_request[event.header.request_id] = event.id
        for person in record.names:
            self.by_person.setdefault(person, []).append(record)
        if event.header.case_id:
            self.by_case.setdefault(event.header.case_id, []).append(record)
        for person, number in numbers:
            self.personal_numbers.setdefault(number, person)
        self.index_content(record)
        return record

    def index_content(self, record):
        event = record.event
        kind = kinds.of_event(event)
        if event.member == "registration":
            number = wire.pack(event.message.registration_number)
            self.registration_numbers[number] = record.index
            for key in event.signers:
                signed_at = event.header.signed_at_ms
                self.signed.setdefault(key, []).append((signed_at, record.index))
        if kind is None:
            return
        self.index_people(record, kind)
        kind, message = kinds.effective(kind, event.message)
        if kind.name == "birth" and message.delivery_id:
            self.births_of_delivery.setdefault(message.delivery_id, []).append(record)
        elif kind.name == "death":
            self.deaths.append(record)
        elif kind.name == "residence_unit_opened":
            self.units[wire.created_id(event.id, 1)] = record
        elif kind.name == "residence_unit_closed":
            self.closed_units.setdefault(message.unit, record)
        elif kind.name in ("residence_arrival", "temporary_residence"):
            self.dwellers.setdefault(message.unit, set()).update(record.names)
        elif homes.is_household(kind):
            self.index_household(record, kind, message)
        elif kind.name == "correction":
            self.corrections.setdefault(message.target, []).append(record.index)
        elif kind.name in VOIDING:
            self.voiding.setdefault(message.target, []).append(record.index)
        elif kind.name in ("dispute_opened", "dispute_closed"):
            for target in message.targets:
                self.disputes.setdefault(target, []).append(record.index)
        elif kind.name == "legacy_rejected":
            self.rejected.setdefault(message.act, record.index)
        elif kind.name == "certificate_issued":
            self.certificates.add(message.serial)
        elif kind.name == "block_returned":
            self.returned.add(message.block)
        elif kind.name == "certificate_withdrawn":
            self.withdrawn.add(message.target)
        elif kind.name == "seal":
            self.seals.append(record)
        elif kind.name in ("unseal", "adoption_revoked"):
            self.unsealed.add(message.target)
        elif kind.name == "content_erased":
            self.erase(record, message)
        elif kind.name == "cause_coded":
            self.causes.setdefault(message.target, []).append(record.index)
        elif kind.member in ("document_issued", "document_renewed", "document_replaced"):
            issue = message if kind.member == "document_issued" else message.issue
            self.documents[kind.document(), issue.document_number] = (
                event.of_role("holder"), record.index)
        elif kind.event_class == 18:
            self.govern(record, message)

    def index_household(self, record, kind, message):
        number = homes.book_entered(kind, message)
        if number is not None:
            self.book_persons.setdefault(number, set()).update(record.names)
        if kind.name in homes.OPENS:
            self.family_books.setdefault(number, record)

    def govern(self, record, message):
        self.authority.apply(record.index, record.event)
        if record.event.member == "genesis":
            for rule_set in message.rule_sets:
                self.law.publish(rule_set)
        elif record.event.member == "ruleset_published":
            self.law.publish(message.rule_set)
        elif record.event.member == "gazetteer_published":
            self.gazetteer.publish(message)

    # Reading at a size

    def case(self, case_id, size):
        return Case([r for r in self.by_case.get(case_id, ()) if r.index < size])

    def record_of(self, event_id, size):
        record = self.by_event.get(event_id)
        return record if record and record.index < size else None

    def act(self, record, size, extra=None):
        """The act that a record brought into force; None for preparing steps.

        `extra` is a correction or a reinstatement, not yet a record, to be read as if it were the
        last one."""
        if record.step != REGISTERED or record.event.member in NO_ACTS:
            return None
        corrections = [i for i in self.corrections.get(record.event.id, ()) if i < size
                       and self.voided_by(self.records[i].event.id, size, extra) is None]
        causes = [i for i in self.causes.get(record.event.id, ()) if i < size]
        void = self.voided_by(record.event.id, size, extra)
        is_extra = is_correction(extra) and extra.target == record.event.id
        late = blocks.late_verification(self, record, size)
        key = (record.index, tuple(corrections), void and void.index, len(causes), late is None,
               self.merges_about(record, size))
        if key in self.act_cache and not is_extra:
            return self.act_cache[key]
        act = self.make_act(record, corrections, extra if is_extra else None, late)
        if act is not None:
            act.void = void
            act.subjects = self.seen(record, size).subjects
            act.cause = self.records[causes[-1]].event.message if causes else None
        if not is_extra:
            self.act_cache[key] = act
        return act

    def make_act(self, record, corrections, extra, late):
        event, source = record.event, record
        registration = event.message if event.member == "registration" else None
        if registration is not None:
            source = self.by_event[registration.declaration]
        kind = kinds.of_event(source.event)
        if kind is None or kind.event_class == 18:
            return None
        effective, message = kinds.effective(kind, source.event.message)
        content = wire.content.Content()
        content.common.CopyFrom(source.event.content.common)
        getattr(content, effective.member).CopyFrom(message)
        for change in self.changes(corrections, extra):
            try:
                paths.write(content, change.path, change.new_value)
            except paths.NoSuchField:
                pass  # a correction that is only being judged; S07 says so
        act = Act(record, source, effective, content, corrections)
        act.numbers = self.case(event.header.case_id, (late or record).index + 1).numbers() \
            if registration is not None else [(*pair, record.index) for pair in record.numbers]
        if registration is not None:
            act.registration = registration
            act.registered_day = dates.of_date(registration.date_of_registration)
            act.verification = late or self.by_event.get(registration.verification)
            act.verified = kind.profile != "V" or act.verification is not None
        if kind.name == "legacy_linked":
            act.linked = event.message
        return act

    def voided_by(self, event_id, size, extra=None):
        """The newest record that takes the effect away and is not voided itself; else None."""
        if extra is not None and not is_correction(extra) and extra.target == event_id:
            return extra
        for index in reversed(self.voiding.get(event_id, ())):
            if index < size and self.voided_by(self.records[index].event.id, size, extra) is None:
                return self.records[index]
        return None

    def changes(self, corrections, extra):
        for index in corrections:
            yield from self.records[index].event.message.changes
        if extra is not None:
            yield from extra.changes

    def acts(self, person, size, extra=None, without=None, void=False):
        """The acts of a person in fold order; `without` leaves out one act, by its index. With
        `void` those that have no effect on any day, instead of those that have."""
        found = []
        for record in self.history(person, size):
            act = self.act(record, size, extra) if record.index != without else None
            if act is not None and act.valid is not None and act.is_void() == void:
                found.append(act)
        return sorted(found, key=Act.order)

    def open_declarations(self, person, kind_name, size):
        """Newest DECLARED records of open cases that name the person."""
        found = []
        for record in self.history(person, size):
            kind = kinds.of_event(record.event)
            if record.step != DECLARED or kind is None or kind.name != kind_name:
                continue
            case = self.case(record.event.header.case_id, size)
            if case.declared is record and not case.is_closed:
                found.append(record)
        return found

    def is_disputed(self, act, size):
        records = [act.record, act.source, act.verification]
        is_open, affirmed = self.dispute_of(act.event_id, size)
        return is_open or any(self.has_lost_key(r, size, affirmed)
                              for r in records if r is not None)

    def is_record_disputed(self, record, size):
        is_open, affirmed = self.dispute_of(record.event.id, size)
        return is_open or self.has_lost_key(record, size, affirmed)

    def has_lost_key(self, record, size, affirmed):
        return self.authority.disputed(record.event.signers, record.recorded_at_ms, size, affirmed)

    def dispute_of(self, event_id, size):
        """(whether a dispute is open, index of the last closing that affirmed)"""
        is_open, affirmed = False, -1
        for index in self.disputes.get(event_id, ()):
            if index < size:
                event = self.records[index].event
                is_open = event.member == "dispute_opened"
                if not is_open and event.message.outcome == AFFIRMED:
                    affirmed = index
        return is_open, affirmed

    def is_sealed(self, record, day):
        """A court's seal covers the record, one of its case, or a person it names; or an adoption
        has taken its place."""
        if filiations.seals(self, record):
            return True
        for seal in self.seals:
            message = seal.event.message
            until = dates.of_date(message.until) if message.HasField("until") else None
            named = [self.by_event[target] for target in message.targets]
            if seal.event.id in self.unsealed or (until is not None and until < day):
                continue
            if message.scope == WHOLE_PERSON \
                    and self.names(seal, self.size()) & self.names(record, self.size()):
                return True
            if any(record is other or (record.event.header.case_id and
                   record.event.header.case_id == other.event.header.case_id) for other in named):
                return True
        return False
