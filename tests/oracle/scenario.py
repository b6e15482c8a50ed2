"""What all scenarios share.

A scenario is a coroutine: `outcome = yield draft` submits, `yield days` waits. Scenarios choose
most values so that the register should agree, and some so that it should not; they look at the
outcome, and know no rule. `self.day` is today.
"""
import datetime

from country import Draft, to_date
from wire import case, court

DAY = datetime.timedelta(days=1)
NOTIFIED, DECLARED, VERIFIED, REGISTERED, REFUSED, WITHDRAWN = range(1, 7)


class Scenario:
    """Bound to the run: people, country, random, today."""

    def __init__(self, run):
        self.run, self.people, self.country = run, run.people, run.country
        self.random = run.country.random

    @property
    def day(self):
        return self.run.day

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, *choices):
        return self.random.choice(choices)

    def at(self, role, area):
        """An officer of the place; of two the second now and then, one who may sign if there is."""
        if f"{role}2.{area}" in self.country.officers and self.chance(0.3):
            officer = self.country.at(role, area, True)
            if not officer.is_bad:
                return officer
        return self.country.at(role, area)

    def subject(self, role, person):
        expected = person.version if self.chance(0.7) and role not in ("mother", "father") else 0
        return [role, person.id, expected]

    def second(self, draft):
        """Somebody who may sign beside the first."""
        first = draft.signers[0]
        area = first.office.split("-")[1] if "-" in first.office else ""
        if first.role in ("K", "R") and self.chance(0.6):
            officer = self.country.at("V", area[:4], self.chance(0.5))
        else:
            officer = self.country.colleague(first)
        return officer if officer not in draft.signers else None

    def settle(self, draft):
        """Submits; where only doubts stand in the way, comes again with a second officer."""
        outcome = yield draft
        if outcome.is_refused and self.is_doubt(outcome) and self.chance(0.75):
            again = draft.copy()
            second = self.second(again)
            if second is not None:
                again.signers.append(second)
                self.add_overrides(again, outcome)
                outcome = yield again
        return outcome

    def is_doubt(self, outcome):
        return all(rule[0] == "P" or word == "UNDECIDED"
                   for rule, word in outcome.findings.items() if word != "OVERRIDDEN")

    def add_overrides(self, draft, outcome, authority=b""):
        for rule in outcome.findings:
            if self.chance(0.97):
                draft.content.common.overrides.add(
                    rule=rule, ground="reviewed", reason="seen by two", authority=authority)

    def step(self, event_class, step, message, signers, subjects, case_id):
        return Draft(event_class, step, message, signers, subjects, case_id)

    def registration(self, office, letter, declaration, verification=b""):
        number = case.Registration(declaration=declaration, verification=verification,
                                   date_of_registration=to_date(self.day))
        number.registration_number.office_id = office
        number.registration_number.register = letter
        number.registration_number.year = self.day.year
        if self.chance(0.03) and self.run.used_numbers:
            number.registration_number.CopyFrom(self.random.choice(self.run.used_numbers))
        else:
            self.run.registrations += 1
            number.registration_number.number = self.run.registrations % 99999 + 1
        return number

    def refusal(self):
        return case.Refusal(reason="no_proof", text="not proven",
                            appeal_until=to_date(self.day + 30 * DAY))

    def withdrawal(self):
        return case.Withdrawal(by="mother", text="changed mind")

    def end_case(self, event_class, officer, subjects, case_id):
        """The case ends without an act."""
        if self.chance(0.6):
            return self.step(event_class, REFUSED, self.refusal(), [officer], subjects, case_id)
        return self.step(event_class, WITHDRAWN, self.withdrawal(), [officer], subjects, case_id)

    def decision(self, kind, persons, targets=(), **fields):
        """A court decision; mostly final, not stayed and about the right persons."""
        area = self.pick("07", "12", "14")
        message = court.CourtDecision(
            court="court-" + area, case_number=self.people.next_number("C"),
            decision_number=self.people.next_number("D"),
            date_of_decision=to_date(self.day - self.random.randint(0, 20) * DAY),
            date_final=to_date(self.day), final=True)
        if self.chance(0.06):
            message.final = False
            message.ClearField("date_final")
        message.stay = self.chance(0.04)
        named = list(persons)
        if self.chance(0.05) and len(named) > 1:
            named.pop()
        order = message.orders.add(kind=kind if self.chance(0.95) else "annulment",
                                   targets=targets, text="as asked")
        order.persons.extend(p.id for p in named)
        for key, value in fields.items():
            setattr(message, key, value)
        signer = self.country.at(self.pick("J", "CC"), area)
        draft = Draft(15, REGISTERED, message, [signer],
                      [self.subject("subject", p) for p in named])
        outcome = yield from self.settle(draft)
        return outcome

    def free(self, *persons):
        for person in persons:
            if person is not None:
                person.busy = False

    def hold(self, *persons):
        for person in persons:
            if person is not None:
                person.busy = True
