"""Scenarios of extracts and certificates: given out, printed wrong, withdrawn."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import certificate, court, seal

EXTRACT, NATIONALITY = 1, 4


class Extracts(Scenario):
    def certificate(self):
        """Mostly of a birth; some of a wedding; now and then of what nobody certifies."""
        person = self.random.choice(self.people.all)
        if person.birth_act is None:
            return
        revocations = self.run.revocations
        target, subjects = person.birth_act, revocations.family_of(person)
        if person.wedding and self.chance(0.4):
            target, subjects = person.wedding[0], revocations.couple_of(person)
        elif self.run.seen and self.chance(0.06):
            target = self.random.choice(self.run.seen)
        if self.chance(0.2):
            yield from self.trouble(person, target, subjects)
        serials = self.people.next_number("X"), self.people.next_number("X")
        for serial in self.pick(serials[:1], serials, serials[:1] * 2):
            issued = yield from self.issue(person, target, subjects, serial)
            if issued.is_ok and self.chance(0.5):
                yield self.pick(1, 20)
                yield from self.withdraw(person, issued.event_id, subjects, serial)

    def trouble(self, person, target, subjects):
        """The act is disputed or sealed when somebody asks for its extract."""
        persons = [["subject", *rest] for _, *rest in subjects]
        if any(s[1] not in self.run.by_id for s in subjects):
            return
        if self.chance(0.5):
            message = seal.Seal(scope=1, targets=[target], authority="court",
                                date=to_date(self.day), until=to_date(self.day + 10 * DAY))
            yield from self.run.erasures.by_court("seal", message, persons)
            return
        message = court.DisputeOpened(targets=[target], authority="province", reason="a doubt",
                                      date=to_date(self.day))
        yield Draft(15, REGISTERED, message, [self.country.founders[0]],
                    self.run.revocations.fresh(persons))

    def draft(self, message, signer, subjects):
        return Draft(12, REGISTERED, message, [signer], self.run.revocations.fresh(subjects))

    def issue(self, person, target, subjects, serial):
        template = self.pick(EXTRACT, EXTRACT, EXTRACT, 2, 3, NATIONALITY, 5, 6)
        commune = person.commune if template != EXTRACT or self.chance(0.5) \
            else self.people.pick_commune()
        office = "NA" if (template == NATIONALITY) != self.chance(0.05) else "R"
        signer = self.country.officers["NA"] if office == "NA" else self.at("R", commune)
        message = certificate.CertificateIssued(
            act=target, template=template, serial=serial, fee=5000, collector="holder",
            as_of=to_date(self.day - self.pick(0, 0, 0, 3) * DAY),
            rendering_digest=self.country.bytes(32))
        if any(s[1] not in self.run.by_id for s in subjects):
            subjects = subjects[:1]
        draft = self.draft(message, signer, subjects)
        if self.chance(0.08):
            decision = yield from self.decision(
                "certificate_issued", self.run.revocations.persons_of(subjects), [target])
            draft.content.common.overrides.add(rule="L26", ground="ordered", reason="for the court",
                                               authority=decision.event_id)
        return (yield from self.settle(draft))

    def withdraw(self, person, issued, subjects, serial):
        for _ in range(self.pick(1, 1, 2)):
            message = certificate.CertificateWithdrawn(
                target=issued, serial=serial if self.chance(0.93) else "none",
                reason="misprint", date=to_date(self.day))
            yield from self.settle(self.draft(message, self.at("R", person.commune), subjects))
