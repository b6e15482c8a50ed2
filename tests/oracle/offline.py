"""Scenarios of offices without a network: blocks of numbers, provisional births, what comes back;
numbers that are closed."""
from country import Draft, to_date
from people import Person
from scenario import DAY, DECLARED, REGISTERED, VERIFIED, Scenario
from country import to_partial
from wire import case, document

COUNT_MAX = 500


class Offline(Scenario):
    def draft(self, message, signers, subjects=()):
        draft = Draft(8, REGISTERED, message, signers, list(subjects))
        draft.content.common.CopyFrom(self.people.common(self.day))
        return draft

    def block(self):
        """An office gets a block, uses some of it and mostly gives the rest back."""
        commune = self.people.pick_commune()
        message = document.BlockReserved(
            office_id="c-" + commune, scheme="kidc", count=self.pick(0, 1, 2, 3, COUNT_MAX + 1)
            if self.chance(0.1) else self.pick(2, 3), date=to_date(self.day),
            expires=to_date(self.day + self.pick(-1, 5, 30, 200) * DAY))
        if self.chance(0.04):
            message.office_id = "c-999999"
        verifier = self.at("V", commune[:4])
        outcome = yield from self.settle(self.draft(message, [verifier]))
        if not outcome.is_ok:
            return
        numbers = list(outcome.numbers.values())
        used = 0
        for _ in range(self.pick(1, 2, 3)):
            yield self.pick(1, 3, 20)
            used += yield from self.birth(commune, outcome.event_id, numbers)
        for _ in range(self.pick(0, 1, 1, 2)):
            yield self.pick(1, 30)
            left = len(numbers) - used + self.pick(0, 0, 0, 0, 1, -1)
            back = document.BlockReturned(block=outcome.event_id, unused_count=max(left, 0),
                                          date=to_date(self.day))
            yield from self.settle(self.draft(back, [self.at("V", commune[:4])]))

    def birth(self, commune, block, numbers):
        """Registered first, verified afterwards; 1 when a number was taken."""
        births = self.run.births
        if self.chance(0.06):
            commune = self.people.pick_commune()
        child = Person(self.pick(1, 2), self.day - self.random.randint(0, 20) * DAY, commune, None)
        child.name, child.partial = self.people.name(child.sex), to_partial(child.birth)
        message, case_id = self.people.birth(child, self.day), self.country.bytes(16)
        message.kidc_block.block = block
        message.kidc_block.number = self.random.choice(numbers)
        draft = Draft(1, DECLARED, message, [self.at("K", commune)],
                      self.people.birth_subjects(child), case_id)
        draft.content.common.CopyFrom(
            self.people.common(self.day, signed_offline=self.chance(0.9)))
        declared = yield from self.settle(draft)
        if not declared.is_ok:
            return 0
        subjects = [["child", declared.created[0], 0]] + draft.subjects[1:]
        if self.chance(0.15):
            declared = yield from births.declare_again(draft, subjects, declared)
        registration = self.registration("c-" + commune, "B", declared.event_id)
        registered = yield from self.settle(
            Draft(1, REGISTERED, registration, [self.at("R", commune)], subjects, case_id))
        if registered.is_ok:
            births.enter(child, registered, subjects[0][1], message)
            child.number = message.kidc_block.number
        yield self.pick(1, 10, 40)
        for source in self.pick((2,), (2,), (1,), (3,), (2, 2), ()):
            verification = case.Verification(declaration=declared.event_id, kidc_source=source,
                                             checks=["documents"])
            yield Draft(1, VERIFIED, verification, [self.at("V", commune[:4])], subjects, case_id)
        return 1

    def closing(self):
        """A number that too many know; mostly another one follows."""
        person = self.people.living(self.day)
        if person is None or person.number is None:
            return
        number = person.number
        if self.chance(0.15):
            number = self.random.choice(self.people.all).number or number
        message = document.NumberClosed(number=number, reason="compromised",
                                        date=to_date(self.day - self.pick(0, 0, 4) * DAY))
        signers = self.random.sample(self.country.founders, 2)
        for _ in range(self.pick(1, 1, 2)):
            yield from self.settle(self.draft(message, signers, [self.subject("holder", person)]))
        if self.chance(0.6):
            yield from self.run.births.number(person)
