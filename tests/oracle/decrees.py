"""Scenarios of nationality: naturalised, given up, lost, restored, stateless."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import nationality

ENDS = (nationality.NationalityRenounced, nationality.NationalityLost)


class Decrees(Scenario):
    def draft(self, message, person):
        signers = [self.country.officers[self.pick("NA", "NA", "NA2")],
                   self.random.choice(self.country.founders)]
        if self.chance(0.03):
            signers.pop()
        return Draft(13, REGISTERED, message, signers, [self.subject("holder", person)])

    def somebody(self):
        person = self.people.living(self.day, youngest=0)
        if person is None or self.chance(0.05):
            person = self.random.choice(self.people.all) if self.people.all else None
        return person

    def dated(self, message, field="effective_on"):
        getattr(message, field).CopyFrom(to_date(self.day - self.pick(0, 0, 1, 40) * DAY))
        return message

    def decree(self):
        """One person goes through a few decrees."""
        person = self.somebody()
        if person is None:
            return
        self.hold(person)
        own = "KHM" if person.is_khmer else "VNM"
        plan = self.pick(["acquire"], ["lose"], ["acquire", "lose", "restore"],
                         ["acquire", "lose", "restore", "restore"], ["stateless", "lose"],
                         ["stateless", "lose", "restore"], ["lose", "lose"], ["restore"])
        finding, ended = b"", self.country.bytes(32) if self.chance(0.3) else person.birth_act
        for verb in plan:
            if verb == "acquire":
                outcome = yield from self.acquire(person)
            elif verb == "stateless":
                outcome = yield from self.stateless(person)
                finding = outcome.event_id if outcome.is_ok else b""
            elif verb == "lose":
                outcome = yield from self.lose(person, own, finding)
                ended = outcome.event_id if outcome.is_ok else ended
            elif ended:
                outcome = yield from self.restore(person, ended)
            yield self.random.randint(0, 20)
        self.free(person)

    def acquire(self, person):
        message = nationality.NationalityAcquired(
            country=self.pick("KHM", "VNM", "FRA"), basis=self.random.randint(1, 5),
            decree_number="d-1")
        return (yield from self.settle(self.draft(self.dated(message), person)))

    def stateless(self, person):
        message = nationality.StatelessnessFound(finding_number="f-1", authority="na-office")
        return (yield from self.settle(self.draft(self.dated(message, "date"), person)))

    def lose(self, person, country, finding):
        message = self.random.choice(ENDS)(country=country, basis="own_request",
                                           decree_number="d-2", statelessness=finding)
        if self.chance(0.3):
            message.other_nationalities.append(self.pick("USA", country))
        if self.chance(0.05) and person.birth_act:
            message.statelessness = person.birth_act
        return (yield from self.settle(self.draft(self.dated(message), person)))

    def restore(self, person, ended):
        message = nationality.NationalityRestored(target=ended, decree_number="d-3")
        return (yield from self.settle(self.draft(self.dated(message), person)))
