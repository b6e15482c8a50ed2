"""The state of a person at (valid, known): everything from scratch, from all acts, each time.

Each known act of the person works at a moment, its earliest day (a few at a second one); the
moments up to the valid day are taken in order, and each does to the state what its row of the
catalogue says. What follows from several acts (civil status, what differs from documents) is worked
out at the end.
"""
import hashlib

import certificates
import dates
import documents
import filiations
import guardians
import homes
import identities
import lives
import marriages
import nations
import wedlock
import wire
from endings import DEATHS, Endings
from lives import Lives
from wire import person as pb

CERTAINTY = pb.Certainty
BY_COURT = 2  # CorrectionPath


class Fold(Endings, Lives):
    def __init__(self, book, person, valid_day, size, extra=None, without=None):
        person = book.who(person, size)
        self.book, self.person, self.size, self.valid_day = book, person, size, valid_day
        self.personas = book.personas(size)
        self.all_acts = book.acts(person, size, extra, without)
        self.void_acts = book.acts(person, size, extra, without, void=True)
        self.dies = any(a.kind.name == "death" and a.role_of(person) == "deceased"
                        for a in self.all_acts)
        self.state = pb.PersonState(person_id=person)
        self.unions = marriages.Unions(self)
        self.wedlock = wedlock.Wedlock(self)
        self.papers = documents.Papers(self)
        self.nations = nations.Nations(self)
        self.certificates = certificates.Certificates(self)
        self.identities = identities.Identities(self)
        self.homes = homes.Homes(self)
        self.filiations = filiations.Filiations(self)
        self.guardians = guardians.Guardians(self)
        self.day = None  # of the moment at work

    def run(self):
        """PersonState, or None for NOT_FOUND."""
        if not self.all_acts + self.void_acts or self.is_before_birth():
            return None
        self.work()
        self.unions.finish()
        self.disputes()
        self.papers.finish()
        self.certificates.finish()
        self.homes.finish()
        self.state.absorbed.extend(self.personas.absorbed(self.person))
        history = self.book.history(self.person, self.size)
        self.state.history_count = len(history)
        self.state.version = history[-1].index + 1
        return self.state

    def work(self, kinds=None):
        """Runs the moments up to the valid day, of all kinds or of some."""
        for day, _, _, act, step in sorted(self.moments(), key=lambda moment: moment[:3]):
            if day <= self.valid_day and (kinds is None or act.kind.name in kinds):
                self.day = day
                step(act, act.role_of(self.person))

    def moments(self):
        """(day, index, part, act, step): most acts work on one day, some again on another."""
        for act in self.all_acts + self.void_acts:
            if act.is_over(self.valid_day):
                yield from self.remains(act)
                continue
            created = lives.created_by(act, self.person)
            if created is not None and not self.is_told_by_birth(act):
                born = dates.of_partial(created.birth, act.valid[1])
                yield born[0], act.index, 0, act, self.take_created
            step = getattr(self, "take_" + act.kind.member, None)
            if step is not None:
                yield self.first_day(act), act.index, 1, act, step
            if act.kind.name in DEATHS:
                yield act.registered_day, act.index, 2, act, self.papers.cancel
            if act.kind.name == "false_identity":
                yield act.registered_day, act.index, 2, act, self.identities.suspend
            if act.kind.name == "marriage" and act.has_end():
                yield (max(act.void_day(), self.first_day(act)), act.index, 3, act,
                       self.unions.revoked)
            if act.kind.name == "marriage" and act.message.HasField("already_ended"):
                ended = dates.of_date(act.message.already_ended.on)
                yield max(ended, act.valid[0]), act.index, 2, act, self.unions.already_ended

    def first_day(self, act):
        """An act never works before the acts that it builds on, however vague its own date."""
        day = act.valid[0]
        while (act := self.anchor(act)) is not None:
            day = max(day, act.valid[0])
        return day

    def anchor(self, act):
        if act.kind.name in ("divorce", "nationality_restored", "certificate_withdrawn",
                             "adoption_revoked", "guardianship_ended"):
            found = [a for a in self.all_acts if a.event_id == act.message.target]
        elif act.kind.name in wedlock.TARGETS:
            target = getattr(act.message, wedlock.TARGETS[act.kind.name][0])
            found = [a for a in self.all_acts if a.event_id == target]
        elif act.kind.name == "legal_hold_lifted":
            found = [a for a in self.all_acts if a.event_id == act.message.target]
        elif act.kind.name in homes.APPLICATIONS:
            found = [a for a in self.all_acts if a.event_id == act.message.application]
        elif act.kind.name in DEATHS and act.role_of(self.person) == "surviving_spouse":
            found = [a for a in self.all_acts if a.kind.name == "marriage"
                     and a.index < act.index and a.valid[0] <= act.valid[1]
                     and a.role_of(act.of_role("deceased"))]
            return found[-1] if found else None
        elif act.kind.document():
            found = documents.anchors(self.all_acts, act)
        else:
            return None
        return max(found, key=lambda a: a.valid[0]) if found else None

    # What an attribute says of itself

    def provenance(self, act, date=None, fields=""):
        """`fields` of the kind's message make up the attribute: a correction of one of them is
        where its value comes from."""
        source = pb.Provenance(
            source=act.source.index, known_from=act.index, law_version=act.record.law_version,
            certainty=self.certainty(act), uncertain_at_valid=self.is_uncertain(act),
            disputed=self.book.is_disputed(act, self.size))
        for index in act.corrections:
            record = self.book.records[index]
            correction = record.event.message
            touched = {change.path.split(".")[1].partition("[")[0]
                       for change in correction.changes if "." in change.path}
            if touched & set(fields.split()):
                source.source = source.known_from = index
                source.disputed |= self.book.is_record_disputed(record, self.size)
                if correction.path == BY_COURT:
                    source.certainty = CERTAINTY.CERTAINTY_COURT
        copy_date(source.valid_from, date if date is not None else act.date)
        return source

    def void_provenance(self, act, date):
        """Of what follows from the end of the act's effect."""
        source = self.provenance(act, date)
        source.source = source.known_from = act.void.index
        source.law_version = act.void.law_version
        source.certainty = CERTAINTY.CERTAINTY_REGISTERED
        return source

    def is_uncertain(self, act):
        return self.valid_day < act.valid[1]

    def end(self, provenance, act, date):
        """The attribute ends on a date, because of an act."""
        copy_date(provenance.valid_to, date)
        provenance.uncertain_at_valid |= self.is_uncertain(act)
        provenance.disputed |= self.book.is_disputed(act, self.size)

    def certainty(self, act):
        if act.linked is not None:
            return CERTAINTY.CERTAINTY_LEGACY
        if act.kind.name in wedlock.DECREES | {
                "divorce", "presumed_death", "parentage_set", "adoption",
                "adoption_revoked"} or guardians.is_by_court(act):
            return CERTAINTY.CERTAINTY_COURT
        if not act.verified:
            return CERTAINTY.CERTAINTY_PROVISIONAL
        return CERTAINTY.CERTAINTY_REGISTERED

    def code_now(self, place):
        """The area's code after all successions, when it differs."""
        now = self.book.gazetteer.successor(place.gazetteer, place.code, dates.FOREVER)
        return now if now != place.code else ""

    # Steps, by the kind's member of Content

    def dwell(self, act, address, unit_id, fields):
        self.leave_residence(act)
        self.state.residence.CopyFrom(pb.PersonResidence(
            unit_id=unit_id, address=address, code_now=self.code_now(address) if address else "",
            provenance=self.provenance(act, fields=fields)))

    def take_number_allocated(self, act, role):
        if self.named(act) == self.person:
            self.close_numbers(act)
        self.numbers(act, act.message.scheme)

    def take_number_closed(self, act, role):
        for number in self.state.numbers:
            if number.status == pb.NUMBER_STATUS_LIVE and number.number == act.message.number:
                number.status = pb.NUMBER_STATUS_CLOSED
                self.end(number.provenance, act, act.date)

    def leave_residence(self, act):
        if self.state.HasField("residence"):
            former = self.state.former_residences.add()
            former.CopyFrom(self.state.residence)
            self.end(former.provenance, act, act.date)
            self.state.ClearField("residence")

    def take_marriage_notice(self, act, role):
        other = act.of_role("spouse_b" if role == "spouse_a" else "spouse_a")
        self.state.notices.add(other=other, act=act.event_id, posted_on=act.message.posted_on,
                               until=act.message.until)

    def take_marriage(self, act, role):
        self.unions.wedding(act, role)

    def take_divorce(self, act, role):
        self.unions.divorce(act)

    def __getattr__(self, name):
        for family in ("papers", "wedlock", "nations", "homes", "identities", "certificates",
                       "filiations", "guardians"):
            if name.startswith("take_") and hasattr(self.__dict__[family], name):
                return getattr(self.__dict__[family], name)
        raise AttributeError(name)


def copy_date(target, date):
    """A Date or PartialDate as a PartialDate."""
    if date.DESCRIPTOR.name == "PartialDate":
        target.CopyFrom(date)
    else:
        target.precision = dates.DAY
        target.year, target.month, target.day = date.year, date.month, date.day


def unit_of(book, unit_id, size):
    """The act that opened a residence unit; its id is made like a person's."""
    record = book.units.get(unit_id)
    return book.act(record, size) if record is not None and record.index < size else None


def state_hash(state):
    return hashlib.sha256(b"civil-ledger/person-state/v1\n" + wire.pack(state)).digest()
