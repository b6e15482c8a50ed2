"""Scenarios of residence: units, first entries, moves with and without release."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import residence


class Dwellings(Scenario):
    def unit(self, commune):
        """A unit of the commune, opened now unless one is at hand."""
        known = [u for u, (c, _, _) in self.people.units.items() if c == commune]
        if known and self.chance(0.7):
            return self.random.choice(known)
        message = residence.ResidenceUnitOpened(
            address=self.people.address(commune, self.day), sort=1, date=to_date(self.day))
        outcome = yield Draft(6, REGISTERED, message, [self.country.at("PC", commune)])
        if not outcome.is_ok:
            return self.random.choice(known) if known else None
        unit = self.run.created_id(outcome.event_id)
        self.people.units[unit] = commune, message.address, self.day
        return unit

    def arrive(self, person, commune, reason, release=b"", days_ago=0):
        unit = yield from self.unit(commune)
        if unit is None:
            return None
        message = residence.ResidenceArrival(
            unit=unit, date=to_date(self.day - days_ago * DAY), reason=reason, release=release)
        getattr(message, "from").CopyFrom(self.people.place(person.commune, self.day))
        if self.chance(0.02):
            message.unit = self.country.bytes(16)
        draft = Draft(6, REGISTERED, message, [self.country.at("PC", commune)],
                      [self.subject("resident", person)])
        if not release and reason != "first_entry" and self.chance(0.3):
            draft.signers.append(self.country.at("PD", commune[:4]))
        outcome = yield from self.settle(draft)
        if outcome.is_ok:
            person.unit, person.commune = unit, commune
            person.address = self.people.units[unit][1] if unit in self.people.units else None
        return outcome

    def move(self):
        person = self.people.living(self.day, youngest=0)
        if person is None:
            return
        self.hold(person)
        commune = self.people.pick_commune()
        if person.unit is None:
            reason = "first_entry" if self.chance(0.9) else "work"
            yield from self.arrive(person, commune, reason)
        elif self.chance(0.7):
            yield from self.with_release(person, commune)
        else:
            reason = "work" if self.chance(0.9) else "first_entry"
            days = self.pick(0, 3, 13, 14, 15, 16, 30)
            yield from self.arrive(person, commune, reason, days_ago=days)
        self.free(person)

    def with_release(self, person, commune):
        message = residence.ResidenceDeparture(
            date=to_date(self.day), from_unit=person.unit, reason="work",
            to=self.people.place(commune, self.day))
        if self.chance(0.05) and self.people.units:
            message.from_unit = self.random.choice(list(self.people.units))
        draft = Draft(6, REGISTERED, message, [self.country.at("PC", person.commune)],
                      [self.subject("resident", person)])
        if self.chance(0.05):
            draft.signers.append(self.country.at("PD", person.commune[:4]))
        outcome = yield from self.settle(draft)
        if not outcome.is_ok:
            return
        if self.chance(0.1):
            again = draft.copy()
            again.message().reason = "again"
            yield again
        yield self.random.randint(0, 20)
        release = outcome.event_id
        if self.chance(0.05) and person.birth_act:
            release = person.birth_act
        arrival = yield from self.arrive(person, commune, "work", release)
        if arrival is not None and arrival.is_ok and self.chance(0.1):
            yield from self.arrive(person, commune, "work", release)  # the release is used up
