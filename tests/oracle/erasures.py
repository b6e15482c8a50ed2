"""Scenarios of contents that a court has erased, and of what is tried with what is left; of seals,
which change no state."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import amendment, content, identity, pack, seal


class Erasures(Scenario):
    def erasure(self):
        """Mostly a birth, as declared or from paper; sometimes a wedding, a death, an amendment."""
        person = self.random.choice(self.people.all)
        if person.birth_act is None or person.busy:
            return
        self.hold(person)
        yield from self.erase(person, self.choose(person))
        self.free(person)

    def choose(self, person):
        """(target, subjects, residues that may fit)"""
        revocations = self.run.revocations
        if person.wedding and self.chance(0.3):
            couple = revocations.couple_of(person)
            groom, bride = revocations.persons_of(couple)
            wedding = self.run.weddings.marriage(
                groom, bride, groom.commune, self.day, b"", 3)
            wedding.ClearField("notice")
            return person.wedding[0], couple, [self.whole(marriage=wedding),
                                               self.paper(marriage=wedding)]
        if self.run.amended and self.chance(0.06):
            target, subjects, _ = self.random.choice(self.run.amended)
            return target, subjects, [self.whole(birth=self.what_is_left(person))]
        birth = self.what_is_left(person)
        return (person.birth_act, revocations.family_of(person),
                [self.whole(birth=birth), self.paper(birth=birth)])

    def what_is_left(self, person):
        """The birth under another name. Its day stays: mothers are counted by their age."""
        birth = self.people.birth(person, self.day)
        birth.name.CopyFrom(self.people.name(person.sex))
        if self.chance(0.08):
            birth.ClearField(self.pick("name", "mother_residence", "sex"))
        if self.chance(0.05):
            birth.name.latin_given = "Name7"
        return birth

    def whole(self, **act):
        residue = content.Content(**act)
        residue.common.date_of_declaration.CopyFrom(to_date(self.day))
        return residue

    def paper(self, **act):
        return self.whole(legacy_linked=identity.LegacyLinked(
            verified=self.country.bytes(32), confidence=1, **act))

    def erase(self, person, chosen):
        target, subjects, residues = chosen
        if any(s[1] not in self.run.by_id for s in subjects):
            return
        persons = self.run.revocations.persons_of(subjects)
        decision = yield from self.decision(
            "content_erased", persons, [target] if self.chance(0.5) else [])
        ordered = decision.event_id if decision.is_ok and self.chance(0.95) else target
        self.random.shuffle(residues)
        for residue in residues:
            message = self.order(target, residue, ordered)
            outcome = yield from self.settle(Draft(
                15, REGISTERED, message, [self.country.founders[0], self.country.founders[2]],
                self.run.revocations.fresh(subjects)))
            if outcome.is_ok:
                yield self.pick(0, 3, 40)
                yield from self.correct(person)
                return
            if "S07" not in outcome.findings:
                return

    def order(self, target, residue, decision):
        data = pack(residue)
        if self.chance(0.02):
            data = data[:-1]
        return seal.ContentErased(target=target, residue=data, decision=decision,
                                  date=to_date(self.day))

    def correct(self, person):
        """What a court left can be corrected; what was there before is nobody's old value."""
        if person.birth_act is None:
            return
        change = amendment.FieldChange(path="birth.attendant")
        change.old_value.text = self.pick("midwife", "nurse")
        change.new_value.text = "doctor"
        message = amendment.Correction(target=person.birth_act, changes=[change], ground=1,
                                       path=1, date=to_date(self.day - self.pick(0, 1) * DAY))
        signers = [self.country.at("R", person.commune),
                   self.country.at("V", person.commune[:4])]
        yield from self.settle(Draft(14, REGISTERED, message, signers,
                                     self.run.revocations.family_of(person)))

    # Seals

    def sealing(self):
        """An act or a person sealed, opened, unsealed; some of it twice, or for nobody."""
        person = self.random.choice(self.people.all)
        if person.id is None or person.birth_act is None:
            return
        subjects = [self.subject("subject", person)]
        message = seal.Seal(scope=4, authority="court", date=to_date(self.day))
        if self.chance(0.6):
            message.scope = self.pick(1, 1, 1, 1, 2, 3)
            message.targets.append(person.birth_act)
            subjects = [["subject", *rest]
                        for _, *rest in self.run.revocations.family_of(person)]
        if self.chance(0.3):
            message.until.CopyFrom(to_date(self.day + self.pick(0, 30) * DAY))
        shut = yield from self.by_court("seal", message, subjects)
        if not shut.is_ok:
            return
        yield self.pick(0, 5)
        opened = seal.SealOpened(target=shut.event_id, reader="court", warrant="w",
                                 date=to_date(self.day))
        few = subjects[:self.pick(1, len(subjects))]
        yield from self.by_court("seal_opened", opened, few, [shut.event_id])
        for _ in range(self.pick(0, 1, 2)):
            lifted = seal.Unseal(target=shut.event_id, authority="court", date=to_date(self.day))
            yield from self.by_court("unseal", lifted, subjects, [shut.event_id])
        yield from self.by_court("seal_opened", opened, few, [shut.event_id])

    def by_court(self, kind, message, subjects, targets=()):
        """Under a decision, mostly; by the national office and a court, or by a court alone."""
        area = self.pick("07", "12", "14")
        signers = [self.country.at("CC", area)]
        if kind != "seal_opened":
            signers.insert(0, self.country.founders[0])
        subjects = self.run.revocations.fresh(subjects)
        draft = Draft(15, REGISTERED, message, signers, subjects)
        if self.chance(0.93):
            decision = yield from self.decision(
                kind, self.run.revocations.persons_of(subjects), list(targets))
            if decision.is_ok:
                draft.content.common.legal_basis.add(text="court", act=decision.event_id)
        outcome = yield from self.settle(draft)
        return outcome
