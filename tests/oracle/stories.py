"""What the acceptance stories share: the ground, the short forms, and one line for each step.

A story is a list of acts by named officers on named days, each with the rules it must break. Every
act goes to the oracle, and to the ledger as well when one is given; both must answer the same.
"""
import datetime

import dates
import kinds
import oracle
from country import Country, Draft, to_date, to_partial
from people import People
from wire import amendment, case, common, court, document, residence, union, vital

DECLARED, VERIFIED, REGISTERED, REFUSED = 2, 3, 4, 5
DAY = datetime.timedelta(days=1)


def day(text):
    return datetime.date.fromisoformat(text)


def days(text):
    """Day number of the oracle."""
    return dates.day_of(*map(int, text.split("-")))


def class_of(kind):
    return kinds.BY_NAME[kind].event_class


class Person:
    """A letter of the story."""

    def __init__(self, letter):
        self.letter, self.id, self.act, self.number = letter, None, None, None


class Wrong(Exception):
    """The story did not go as it is told."""


class Story:
    def __init__(self, ledger=None):
        self.oracle, self.ledger = oracle.Oracle(), ledger
        self.country = Country(20200102)
        self.people = People(self.country)
        self.numbers, self.now_ms, self.last = 0, 0, None
        self.cases, self.units = {}, {}
        for at, draft in self.country.foundation():
            self.submit(at, draft)
            officer = getattr(draft, "officer", None)
            if officer is not None:
                officer.id = oracle.wire.created_id(self.last["event_id"], 1)

    # Submitting

    def submit(self, at, draft):
        """At ten in Phnom Penh, one second after what came before on that day."""
        instant = datetime.datetime(at.year, at.month, at.day, 3, tzinfo=datetime.timezone.utc)
        self.now_ms = max(int(instant.timestamp() * 1000), self.now_ms + 1000)
        data = self.country.sign_event(draft, self.now_ms)
        return self.deliver(data)

    def deliver(self, data):
        theirs = self.ledger.submit(self.now_ms, data) if self.ledger else None
        given = theirs.get("numbers") if theirs else None
        self.last, self.last_bytes = self.oracle.submit(self.now_ms, data, given), data
        if theirs is not None:
            for key in ("status", "findings", "index", "created", "event_id"):
                if theirs.get(key) != self.last.get(key) and key in self.last:
                    raise Wrong(f"{key}: ledger {theirs.get(key)}, oracle {self.last[key]},"
                                f" {theirs.get('where')}")
        return self.last

    def step(self, at, signers, draft, *rules):
        """One act; `rules` are exactly those that refuse it, "L05?" for undecided."""
        draft.signers = [self.officer(name) for name in signers.split("+")]
        answer = self.submit(day(at) if isinstance(at, str) else at, draft)
        left = {rule + ("?" if word == "UNDECIDED" else "")
                for rule, word in answer.get("findings", {}).items() if word != "OVERRIDDEN"}
        if left != set(rules) or (answer["status"] == "OK") != (not rules):
            raise Wrong(f"{at} {signers} {draft.member}: {answer['status']} {sorted(left)}"
                        f" instead of {sorted(rules)}")
        return answer

    def officer(self, name):
        return self.country.officers[name]

    def size(self):
        return self.oracle.book.size()

    def state(self, person, valid, known=None):
        return self.oracle.state(person.id, days(valid), self.size() if known is None else known)

    # Drafts

    def common(self, draft, at, **fields):
        draft.content.common.CopyFrom(self.people.common(day(at) if isinstance(at, str) else at))
        return draft

    def override(self, draft, rule, authority=b""):
        draft.content.common.overrides.add(rule=rule, ground="reviewed", reason="told to",
                                           authority=authority)
        return draft

    def cite(self, draft, decision):
        draft.content.common.legal_basis.add(text="court", act=decision["event_id"])
        return draft

    def name(self, km, latin):
        return common.Name(km_surname="ឧទាហរណ៍", km_given=km, latin_surname="Udahar",
                           latin_given=latin, order=1)

    def place(self, code, at):
        return self.people.place(code, at)

    def case(self, key):
        return self.cases.setdefault(key, self.country.bytes(16))

    def birth(self, name, sex, date, place, residence, address, mother=None, father=None):
        birth = vital.Birth(
            name=name, sex=sex, date_of_birth=date, place_of_birth=place, plurality=1,
            mother_residence=residence, child_address=address, father_declared=father is not None)
        birth.nationality_at_birth.add(country="KHM", basis="descent")
        if mother is None:
            birth.mother_details.CopyFrom(
                self.people.parent_details(2, datetime.date(date.year, 1, 1)))
            birth.mother_details.birth.year = date.year - 38
        return birth

    def declare(self, kind, key, message, at, subjects):
        draft = Draft(class_of(kind), DECLARED, message, [], subjects, self.case(key))
        return self.common(draft, at)

    def verify(self, key, declared, subjects):
        message = case.Verification(declaration=declared["event_id"], kidc_source=1)
        return Draft(1, VERIFIED, message, [], subjects, self.case(key))

    def register(self, kind, key, declared, subjects, at, office, verified=None):
        self.numbers += 1
        message = case.Registration(
            declaration=declared["event_id"], date_of_registration=to_date(day(at)),
            verification=verified["event_id"] if verified else b"")
        message.registration_number.office_id = office
        message.registration_number.register = kind[0].upper()
        message.registration_number.year = day(at).year
        message.registration_number.number = self.numbers
        return Draft(class_of(kind), REGISTERED, message, [], subjects, self.case(key))

    def refuse(self, kind, key, subjects, at):
        message = case.Refusal(reason="no_proof_of_birth", text="not proven",
                               appeal_until=to_date(day(at) + 30 * DAY))
        return Draft(class_of(kind), REFUSED, message, [], subjects, self.case(key))

    def marriage(self, date, place, form=3, notice=b""):
        marriage = union.Marriage(date_of_marriage=date, place=place, form=form, notice=notice)
        for _ in range(2):
            marriage.witnesses.add(name=self.name("សុខ", "Sok"), id_shown="card")
        return marriage

    def notice(self, at):
        posted = day(at)
        return union.MarriageNotice(posted_on=to_date(posted), until=to_date(posted + 10 * DAY))

    def couple(self, a, b):
        return [["spouse_a", a.id, 0], ["spouse_b", b.id, 0]]

    def decision(self, at, signer, kind, persons, targets=(), final=None):
        at = day(at)
        message = court.CourtDecision(
            court="court-14", case_number="7", decision_number="8", date_of_decision=to_date(at),
            date_final=to_date(day(final) if final else at), final=True)
        message.orders.add(kind=kind, persons=[p.id for p in persons], targets=targets, text="so")
        return self.step(at, signer, Draft(15, REGISTERED, message, [],
                                           [["subject", p.id, 0] for p in persons]))

    # Short forms

    def paper(self, at, commune):
        """digitised and verified"""
        digitised = self.step(at, f"K.{commune}", self.people.digitised(commune, at))
        return self.step(at, f"V.{commune[:4]}",
                         self.people.checked(commune, digitised["event_id"], at))

    def legacy(self, letter, sex, birth, commune, name=None, place=None, parents=()):
        """LEGACY x (sex, birth, commune); parents are [role, id] of those who are subjects"""
        at, person = day("2020-02-03"), Person(letter)
        partial = birth if not isinstance(birth, str) else to_partial(day(birth))
        last = datetime.date(partial.year, partial.month or 12, partial.day or 31)
        verified = self.paper(at, commune)
        village = self.people.village(commune, last)
        message = self.birth(
            name or self.name("ស" + "ុ" * (letter == "M") + "ភា", letter + "ara"), sex, partial,
            place or self.place(commune, last), self.place(commune, last),
            common.Address(code=self.people.code(village, last),
                           gazetteer=self.people.gazetteer(last)),
            *(dict(parents).get(role) for role in ("mother", "father")))
        draft = self.people.linked(commune, verified["event_id"], message, last + 20 * DAY,
                                   [["child", None, 0], *([*parent, 0] for parent in parents)])
        linked = self.step(at, f"V.{commune[:4]}+R.{commune}", draft)
        person.id, person.act = linked["created"][0], linked["event_id"]
        number = document.NumberAllocated(scheme="kidc", reason=1, date=to_date(at),
                                          place=self.place(commune, at))
        given = self.step(at, f"V.{commune[:4]}+R.{commune}",
                          Draft(8, REGISTERED, number, [], [["holder", person.id, 0]]))
        person.number = given["numbers"][person.id]
        return person

    def legacy_marriage(self, groom, bride, date, commune):
        """LEGACY-MARRIAGE a b (date, commune)"""
        at, wedding = day("2020-02-05"), day(date)
        verified = self.paper(at, commune)
        draft = self.people.linked(
            commune, verified["event_id"],
            self.marriage(to_partial(wedding), self.place(commune, wedding)),
            wedding + 5 * DAY, self.couple(groom, bride))
        return self.step(at, f"V.{commune[:4]}+R.{commune}", draft)

    def reside(self, village, *persons):
        """RESIDE x (village)"""
        at, commune = day("2020-02-10"), village[:6]
        message = residence.ResidenceUnitOpened(
            address=common.Address(code=village, gazetteer="KH-2014"), sort=1, date=to_date(at))
        opened = self.step(at, f"PC.{commune}", Draft(6, REGISTERED, message, []))
        unit = oracle.wire.created_id(opened["event_id"], 1)
        self.units[village] = unit
        for person in persons:
            arrival = residence.ResidenceArrival(unit=unit, date=to_date(at), reason="first_entry")
            self.step(at, f"PC.{commune}",
                      Draft(6, REGISTERED, arrival, [], [["resident", person.id, 0]]))

    def card(self, at, person, number, snapshot, replaces=None):
        """applied and issued; the draft of the issue and whether it renews"""
        at = day(at)
        applied = document.DocumentApplied(sort="ordinary", reason=5 if replaces else 1,
                                           date=to_date(at), photo_digest=bytes(31) + b"1",
                                           delivery=1)
        holder = [["holder", person.id, 0]]
        application = self.step(at, "PD.1401", Draft(9, REGISTERED, applied, [], holder))
        issue = document.DocumentIssued(
            application=application["event_id"], document_number=number, serial="s" + number,
            issued_on=to_date(at), expires_on=to_date(at.replace(year=at.year + 10) - DAY),
            snapshot=snapshot)
        if replaces:
            issue = document.DocumentRenewed(issue=issue, replaces=replaces, reason="change")
        return Draft(9, REGISTERED, issue, [], holder)

    def snapshot(self, person, at):
        """What the register says."""
        state = self.oracle.state(person.id, dates.day_of(at.year, at.month, at.day), self.size())
        address = common.Address()
        address.CopyFrom(state.residence.address)
        address.gazetteer = "KH-2014"
        return document.DocumentSnapshot(
            name=state.names[0].name, sex=state.sex.sex, birth=state.birth.date,
            nationality="KHM", address=address, number=person.number)

    def change(self, path, old, new):
        change = amendment.FieldChange(path=path)
        change.old_value.partial_date.CopyFrom(to_partial(day(old)))
        change.new_value.partial_date.CopyFrom(to_partial(day(new)))
        return change
