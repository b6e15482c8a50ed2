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

    # Beside moving

    def somebody(self):
        person = self.people.living(self.day, youngest=0)
        if person is None or self.chance(0.05):
            person = self.random.choice(self.people.all) if self.people.all else None
        return person

    def residents(self, person):
        """The person, and now and then somebody else."""
        other = self.people.living(self.day) if self.chance(0.2) else None
        return [self.subject("resident", p) for p in {person, other or person}]

    def past_day(self):
        return self.day - self.pick(0, 0, 1, 30, 200) * DAY

    def stay(self):
        """A stay elsewhere of about six months."""
        person = self.somebody()
        if person is None:
            return
        commune = self.people.pick_commune()
        unit = yield from self.unit(commune)
        if unit is None:
            return
        first = self.past_day()
        message = residence.TemporaryResidence(
            unit=unit if self.chance(0.97) else self.country.bytes(16), host="a friend",
            until=to_date(first + self.pick(-1, 0, 30, 180, 181, 182, 183, 184, 185, 300) * DAY))
        getattr(message, "from").CopyFrom(to_date(first))
        draft = Draft(6, REGISTERED, message, [self.country.at("PC", commune)],
                      self.residents(person))
        if self.chance(0.15):
            draft.signers.append(self.country.at("PD", commune[:4]))
        yield from self.settle(draft)

    def renamed(self):
        """Houses are numbered anew."""
        person = self.somebody()
        if person is None or person.address is None:
            return
        self.hold(person)
        message = residence.AddressChanged(
            old_address=person.address, cause=self.random.randint(1, 5),
            effective_on=to_date(self.past_day()),
            new_address=self.people.address(person.commune, self.day))
        if self.chance(0.1):
            message.old_address.house = "0"
        signer = self.pick(self.country.at("PC", person.commune), self.country.founders[0])
        outcome = yield Draft(6, REGISTERED, message, [signer],
                              [self.subject("resident", person)])
        if outcome.is_ok:
            person.address = message.new_address
        self.free(person)

    def hidden(self):
        """A protected address, mostly lifted later."""
        person = self.somebody()
        if person is None:
            return
        self.hold(person)
        message = residence.AddressProtectionSet(level=self.pick(1, 2), authority="court 1/2")
        first = self.past_day()
        getattr(message, "from").CopyFrom(to_date(first))
        if self.chance(0.4):
            message.until.CopyFrom(to_date(first + self.pick(-1, 0, 10, 400) * DAY))
        yield from self.protection(person, message)
        yield self.random.randint(0, 90)
        if self.chance(0.6):
            message = residence.AddressProtectionLifted(authority="court 2/2")
            getattr(message, "from").CopyFrom(to_date(self.day))
            yield from self.protection(person, message)
        self.free(person)

    def protection(self, person, message):
        signer = self.pick(self.country.at("PD", person.commune[:4]),
                           self.country.at("CC", self.pick("07", "12", "14")))
        yield from self.settle(Draft(6, REGISTERED, message, [signer],
                                     [self.subject("resident", person)]))

    def abroad(self):
        person = self.somebody()
        if person is None:
            return
        self.hold(person)
        for kind in (residence.Emigration, residence.ImmigrationReturn):
            message = kind(country="THA", date=to_date(self.past_day()), basis="work")
            yield from self.settle(Draft(6, REGISTERED, message, [self.country.officers["IM"]],
                                         self.residents(person)))
            yield self.random.randint(1, 300)
        self.free(person)

    def closing(self):
        """A unit is closed, empty or not."""
        empty = [u for u in self.people.units if all(p.unit != u for p in self.people.all)]
        units = empty if empty and self.chance(0.6) else list(self.people.units)
        if not units:
            return
        unit = self.random.choice(units)
        commune = self.people.units[unit][0]
        message = residence.ResidenceUnitClosed(unit=unit, reason="empty",
                                                date=to_date(self.past_day()))
        draft = Draft(6, REGISTERED, message, [self.country.at("PC", commune)])
        if self.chance(0.1):
            draft.signers.append(self.country.at("PD", commune[:4]))
        yield draft
