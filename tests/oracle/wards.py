"""Scenarios of guardians, capacity, new names, and children not born alive."""
from country import Draft, to_date, to_partial
from scenario import DAY, DECLARED, REGISTERED, Scenario
from wire import filiation, vital

USAGE, REPLACEMENT, AFTER_MARRIAGE = 1, 2, 3


class Wards(Scenario):
    def draft(self, message, officer, subjects, event_class=4):
        draft = Draft(event_class, REGISTERED, message, [officer], subjects)
        draft.content.common.CopyFrom(self.people.common(self.day))
        return draft

    def somebody(self, **limits):
        """Mostly alive; now and then anybody whom the register knew."""
        if self.chance(0.06):
            return self.random.choice(self.people.all)
        return self.people.living(self.day, **limits)

    def dated(self, message):
        first = self.day - self.pick(0, 0, 1, 30) * DAY
        getattr(message, "from").CopyFrom(to_date(first))
        if self.chance(0.4):
            message.until.CopyFrom(to_date(first + self.pick(-1, 0, 10, 400, 3000) * DAY))

    def ordered(self, message, kind, persons, targets=()):
        decision = yield from self.decision(kind, persons, targets)
        message.decision = decision.event_id if decision.is_ok else self.country.bytes(32)

    # Guardians and capacity

    def guarded(self):
        ward, guardian = self.somebody(oldest=25), self.somebody(youngest=18)
        if ward is None or guardian is None or ward is guardian:
            return
        self.hold(ward, guardian)
        message = filiation.GuardianshipSet(scope=self.pick("person", "property"))
        self.dated(message)
        yield from self.ordered(message, "guardianship_set", [ward, guardian])
        parts = [self.subject("ward", ward), self.subject("guardian", guardian)]
        officer = self.at("R", self.people.pick_commune())
        outcome = yield from self.settle(self.draft(message, officer, parts))
        target = outcome.event_id if outcome.is_ok else ward.birth_act
        for _ in range(self.pick(0, 1, 1, 2)):
            yield self.pick(0, 1, 20, 500)
            yield from self.end(ward, guardian, target)
        self.free(ward, guardian)

    def end(self, ward, guardian, target):
        message = filiation.GuardianshipEnded(target=target or self.country.bytes(32))
        getattr(message, "from").CopyFrom(to_date(self.day - self.pick(0, 0, 1, 40) * DAY))
        yield from self.ordered(message, "guardianship_ended", [ward, guardian],
                                [target] if self.chance(0.3) and target else [])
        other = guardian if self.chance(0.95) else self.random.choice(self.people.all)
        parts = [self.subject("ward", ward), self.subject("guardian", other)]
        officer = self.at("R", self.people.pick_commune())
        yield from self.settle(self.draft(message, officer, parts))

    def limited(self):
        person = self.somebody(youngest=16)
        if person is None:
            return
        for scope in self.pick(("limited",), ("none", "full"), ("limited", "limited", "full")):
            message = filiation.CapacitySet(scope=scope)
            self.dated(message)
            yield from self.ordered(message, "capacity_set", [person])
            officer = self.at("R", self.people.pick_commune())
            yield from self.settle(self.draft(message, officer,
                                              [self.subject("subject", person)]))
            yield self.pick(0, 5, 300)

    # Names

    def renamed(self):
        person = self.somebody()
        if person is None:
            return
        known = person.name  # as far as the generator knows
        for _ in range(self.pick(1, 1, 2, 3)):
            sort = self.pick(USAGE, REPLACEMENT, AFTER_MARRIAGE)
            message = filiation.NameChange(
                old_name=known, new_name=self.people.name(person.sex), sort=sort,
                effective_on=to_date(self.day - self.pick(0, 0, 3) * DAY))
            if self.chance(0.05):
                message.old_name.km_given += "ក"
            if sort == REPLACEMENT and self.chance(0.85):
                yield from self.ordered(message, "name_change", [person])
            outcome = yield from self.settle(self.draft(
                message, self.at("R", person.commune), [self.subject("holder", person)], 5))
            if outcome.is_ok and sort != USAGE:
                known = message.new_name
            yield self.pick(1, 30)

    # Children not born alive

    def lost(self):
        mother = self.somebody(sex=2, youngest=self.pick(8, 12, 16, 16, 16), oldest=60)
        if mother is None:
            return
        lost_on = self.day - self.pick(0, 1, 5, 200) * DAY
        commune, case_id = mother.commune, self.country.bytes(16)
        if self.chance(0.8) and commune[:4] in ("0701", "0708", "1202", "1401"):
            yield from self.run.births.notify("foetal_death", lost_on, commune, case_id)
        message = vital.FoetalDeath(
            date=to_partial(lost_on), place=self.people.place(commune, lost_on),
            gestation_weeks=self.pick(0, 21, 22, 30), weight_g=self.pick(0, 499, 500, 2000),
            sex=self.pick(1, 2), plurality=1)
        parts = [["mother", mother.id, 0]]
        draft = Draft(1, DECLARED, message, [self.at("R", commune)], parts, case_id)
        draft.content.common.CopyFrom(self.people.common(self.day))
        declared = yield from self.settle(draft)
        if not declared.is_ok:
            return
        if self.chance(0.1):
            yield self.end_case(1, self.country.at("R", commune), parts, case_id)
            return
        officer = self.at("R", commune)
        yield self.step(1, REGISTERED,
                        self.registration(officer.office, "F", declared.event_id), [officer],
                        parts, case_id)
