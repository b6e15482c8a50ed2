"""Scenarios of acts taken away and given back: revocations, deaths that never were, disputes and
holds, and what somebody tries meanwhile."""
from country import Draft, to_date, to_partial
from scenario import DAY, REGISTERED, Scenario
from wire import amendment, common, court, union, vital

EX_TUNC, EX_NUNC = 1, 2
ICD = ["I21.9", "V89.2", "A09", "C34"]


class Revocations(Scenario):
    # An act of somebody, with its subjects

    def some_act(self):
        """(event id, subjects, person): a birth, a wedding, an amendment or another record."""
        person = self.random.choice(self.people.all)
        if self.chance(0.12) and self.run.amended:
            return self.random.choice(self.run.amended)
        if person.wedding and self.chance(0.6):
            return person.wedding[0], self.couple_of(person), person
        if person.birth_act is None:
            return None
        return person.birth_act, self.family_of(person), person

    def couple_of(self, person):
        groom, bride = (person, person.spouse) if person.sex == 1 else (person.spouse, person)
        return [self.subject("spouse_a", groom), self.subject("spouse_b", bride)]

    def family_of(self, person):
        subjects = [self.subject("child", person)]
        for role, parent in (("mother", person.mother), ("father", person.father)):
            if parent is not None:
                subjects.append(self.subject(role, parent))
        return subjects

    def persons_of(self, subjects):
        return [self.run.by_id[s[1]] for s in subjects]

    def fresh(self, subjects):
        return [self.subject(role, self.run.by_id[person]) for role, person, _ in subjects]

    # Taking away and giving back

    def revocation(self):
        chosen = self.some_act()
        if chosen is None or any(s[1] not in self.run.by_id for s in chosen[1]):
            return
        target, subjects, person = chosen
        if self.chance(0.05) and person.death_act:
            target = person.death_act
        self.hold(*self.persons_of(subjects))
        effect = EX_NUNC if self.chance(0.3) else EX_TUNC
        message = amendment.Revocation(target=target, ground=1, effect=effect,
                                       date=to_date(self.day))
        revoked = yield from self.by_nation("revocation", message, subjects)
        if revoked.is_ok:
            self.run.amended = (self.run.amended + [(revoked.event_id, subjects, person)])[-12:]
            yield self.pick(0, 1, 5, 60)
            yield from self.meanwhile(target, subjects, person)
            if self.chance(0.6):
                yield from self.reinstatement(revoked.event_id, subjects, person)
        self.free(*self.persons_of(subjects))

    def reinstatement(self, revocation, subjects, person):
        message = amendment.Reinstatement(target=revocation, ground=6, date=to_date(self.day))
        back = yield from self.by_nation("reinstatement", message, subjects)
        if back.is_ok:
            self.run.amended.append((back.event_id, subjects, person))
            if self.chance(0.3):
                yield from self.by_nation("reinstatement", message, subjects)

    def by_nation(self, kind, message, subjects):
        """Two of the national office under a decision; sometimes without."""
        chief, other = self.country.founders[0], self.country.founders[2]
        subjects = self.fresh(subjects)
        draft = Draft(14, REGISTERED, message, [chief, other], subjects)
        if self.chance(0.93):
            target = message.target if self.chance(0.5) else b""
            decision = yield from self.decision(
                kind, self.persons_of(subjects), [target] if target else [])
            if decision.is_ok:
                draft.content.common.legal_basis.add(text="court", act=decision.event_id)
                draft.subjects = self.fresh(subjects)
        outcome = yield from self.settle(draft)
        return outcome

    def meanwhile(self, target, subjects, person):
        """What the revoked act stood in the way of, or was the ground of."""
        roles = [s[0] for s in subjects]
        if roles[0] == "spouse_a":
            groom, bride = self.persons_of(subjects)
            if self.chance(0.4):
                decision = yield from self.decision("divorce", [groom, bride], [target])
                message = union.Divorce(target=target, decision=decision.event_id or target,
                                        date_final=to_date(self.day))
                outcome = yield Draft(3, REGISTERED, message,
                                      [self.country.at("R", groom.commune)], self.fresh(subjects))
                if outcome.is_ok:
                    for spouse in (groom, bride):
                        spouse.spouse = spouse.wedding = None
            elif self.chance(0.7):
                other = self.people.living(self.day, sex=1, youngest=20, oldest=60)
                if other is not None and other.spouse is None:
                    yield from self.run.weddings.marry(other, bride, bride.commune, self.day,
                                                       form=3)
        elif roles[0] == "child" and self.chance(0.5):
            yield from self.run.births.link_birth(person, keep=True)

    def second_revocation(self):
        """The same act again, or what gave it back."""
        if not self.run.amended:
            return
        target, subjects, _ = self.random.choice(self.run.amended)
        message = amendment.Revocation(target=target, ground=4, effect=self.pick(1, 1, 2),
                                       date=to_date(self.day))
        yield from self.by_nation("revocation", message, subjects)

    # Deaths that never were

    def disappearance(self):
        person = self.people.living(self.day, youngest=18)
        for _ in range(8):  # mostly somebody who leaves a spouse
            if person and person.spouse is None and self.chance(0.9):
                person = self.people.living(self.day, youngest=18)
        if person is None:
            return
        self.hold(person)
        seen = self.day - self.random.randint(1, 900) * DAY
        if self.chance(0.9):
            message = vital.Disappearance(last_seen=to_partial(seen),
                                          place=self.people.place(person.commune, seen))
            if self.chance(0.2) and seen.year < self.day.year:
                message.last_seen.CopyFrom(common.PartialDate(precision=3, year=seen.year))
            message.reported_by.relationship = "brother"
            message.reported_by.name.CopyFrom(self.people.name(1))
            officer = self.country.at("PD", person.commune[:4]) if self.chance(0.7) \
                else self.country.at("CC", self.pick("07", "12", "14"))
            yield from self.settle(Draft(2, REGISTERED, message, [officer],
                                         [self.subject("deceased", person)]))
            yield self.pick(1, 30, 200)
        if self.chance(0.8) and person.died_on is None:
            yield from self.presume(person, seen + self.random.randint(0, 30) * DAY)
        self.free(person)

    def presume(self, person, day):
        day, spouse = min(day, self.day), person.spouse
        self.hold(spouse)
        persons = [person] + ([spouse] if spouse else [])
        decision = yield from self.decision("presumed_death", persons)
        message = vital.PresumedDeath(presumed_date=to_date(day),
                                      decision=decision.event_id or self.country.bytes(32))
        subjects = [self.subject("deceased", person)]
        if spouse is not None and self.chance(0.93):
            subjects.append(self.subject("surviving_spouse", spouse))
        outcome = yield from self.settle(Draft(
            2, REGISTERED, message, [self.country.at("R", person.commune)], subjects))
        if outcome.is_ok:
            wedding = person.wedding
            self.run.births.bury(person, day, outcome.event_id)
            yield from self.after_presumption(person, spouse, wedding, outcome.event_id, subjects)
        self.free(spouse)

    def after_presumption(self, person, spouse, wedding, act, subjects):
        if self.chance(0.15):
            yield from self.presume_again(person, act)
        if spouse is not None and self.chance(0.15):
            yield from self.run.births.die(spouse, self.day - self.random.randint(0, 9) * DAY)
        elif spouse is not None and self.chance(0.6):
            yield self.pick(10, 130, 200)
            other = self.people.living(self.day, sex=3 - spouse.sex, youngest=20, oldest=60)
            if other is not None and other.spouse is None:
                groom, bride = (other, spouse) if spouse.sex == 2 else (spouse, other)
                self.hold(other)
                yield from self.run.weddings.marry(groom, bride, bride.commune, self.day, form=3)
                self.free(other)
        yield self.pick(1, 100, 400)
        draw = self.random.random()
        if draw < 0.3:  # a body is found
            yield from self.run.births.die(person, person.died_on
                                           + self.random.randint(-40, 200) * DAY)
        elif draw < 0.9:
            yield from self.come_back(person, spouse, wedding, act, subjects)

    def presume_again(self, person, act):
        again = vital.PresumedDeath(presumed_date=to_date(self.day), decision=act)
        yield Draft(2, REGISTERED, again, [self.country.at("R", person.commune)],
                    [self.subject("deceased", person)])

    def come_back(self, person, spouse, wedding, act, subjects):
        """Found alive."""
        message = vital.DeathRevoked(target=act, found_on=to_date(self.day), proof="in_person",
                                     authority="police")
        if self.chance(0.05) and person.birth_act:
            message.target = person.birth_act
        second = self.country.at(self.pick("J", "P"), self.pick("07", "12", "14"))
        draft = Draft(2, REGISTERED, message, [self.country.founders[0], second],
                      self.fresh(subjects))
        outcome = yield from self.settle(draft)
        if not outcome.is_ok:
            return
        if self.chance(0.2):
            yield draft.copy()
        person.died_on, person.death_act = None, b""
        if spouse is not None and wedding is not None:
            yield self.pick(0, 20, 100)
            if self.chance(0.5) and spouse.id:
                yield from self.settle_marriage(person, spouse, wedding)
        if self.chance(0.4):
            yield from self.run.births.die(person, self.day - self.random.randint(0, 9) * DAY)

    def settle_marriage(self, person, spouse, wedding):
        """The marriage in dispute is settled or divorced, or the other one revoked."""
        groom, bride = (person, spouse) if person.sex == 1 else (spouse, person)
        if self.chance(0.5):
            for _ in range(self.pick(1, 1, 2)):
                yield from self.run.courts.decide("marriage_resolved", wedding[0], groom, bride)
            return
        if spouse.wedding and self.chance(0.4):
            message = amendment.Revocation(target=spouse.wedding[0], ground=3, effect=EX_TUNC,
                                           date=to_date(self.day))
            yield from self.by_nation("revocation", message, self.couple_of(spouse))
            return
        decision = yield from self.decision("divorce", [groom, bride], [wedding[0]])
        message = union.Divorce(target=wedding[0], decision=decision.event_id or wedding[0],
                                date_final=to_date(self.day))
        yield Draft(3, REGISTERED, message, [self.country.at("R", person.commune)],
                    [self.subject("spouse_a", groom), self.subject("spouse_b", bride)])

    def coding(self):
        """A health coder reads the causes of a death; sometimes again."""
        dead = [p for p in self.people.all if p.died_on and p.death_act]
        if not dead:
            return
        person = self.random.choice(dead)
        for _ in range(self.pick(1, 1, 2)):
            code = self.pick(*ICD)
            message = vital.CauseCoded(target=person.death_act, underlying=code,
                                       date=to_date(self.day))
            message.codes.add(line="a", icd_version="ICD-10", code=code)
            if self.chance(0.2):
                message.tool, message.tool_version = "Iris", "5.8"
            if self.chance(0.05):
                message.underlying = "Z99"
            yield Draft(2, REGISTERED, message, [self.country.officers[self.pick("HC", "HC2")]],
                        [self.subject("deceased", person)])

    # Disputes and holds

    def dispute(self):
        chosen = self.some_act()
        if chosen is None or any(s[1] not in self.run.by_id for s in chosen[1]):
            return
        target, subjects, person = chosen
        targets = [target]
        if person.birth_act and self.chance(0.2) and target != person.birth_act:
            targets.append(person.birth_act)
            subjects = subjects + self.family_of(person)
        persons = list({p.id: p for p in self.persons_of(subjects)}.values())
        message = court.DisputeOpened(targets=targets, authority="province", reason="a doubt",
                                      date=to_date(self.day))
        area = self.pick("07", "12", "14")
        opener = self.pick(self.country.at("R", person.commune), self.country.at("P", area),
                           self.country.at("CC", area), self.country.founders[0],
                           self.country.at("V", person.commune[:4]))
        opened = yield Draft(15, REGISTERED, message, [opener],
                             [self.subject("subject", p) for p in persons])
        if opened.is_ok or self.chance(0.3):
            yield self.pick(1, 30, 100)
            closed = court.DisputeClosed(targets=targets, authority="province",
                                         outcome=self.pick(1, 1, 2), date=to_date(self.day))
            yield Draft(15, REGISTERED, closed,
                        [self.country.at("P", area), self.country.at("V", person.commune[:4])],
                        [self.subject("subject", p) for p in persons])

    def legal_hold(self):
        """A court holds a person or an act; an office tries to correct, the court lets it."""
        person = self.random.choice(self.people.all)
        if person.id is None or person.birth_act is None:
            return
        area = self.pick("07", "12", "14")
        message = court.LegalHoldSet(scope=1, authority="court", date=to_date(self.day))
        persons = [person]
        if self.chance(0.4):
            message.scope = 2
            message.targets.append(person.birth_act)
            persons = self.persons_of(self.family_of(person))
        if self.chance(0.4):
            message.until.CopyFrom(to_date(self.day + self.pick(0, 1, 20) * DAY))
        subjects = [self.subject("subject", p) for p in persons]
        held = yield Draft(15, REGISTERED, message,
                           [self.country.at(self.pick("J", "CC"), area)], subjects)
        yield self.pick(0, 1, 5)
        yield from self.try_held(person, area)
        if held.is_ok and self.chance(0.7):
            lifted = court.LegalHoldLifted(target=held.event_id, authority="court",
                                           date=to_date(self.day))
            draft = Draft(15, REGISTERED, lifted, [self.country.at("J", area)],
                          self.fresh(subjects))
            yield draft
            if self.chance(0.2):
                yield draft.copy()
            yield from self.try_held(person, area)

    def try_held(self, person, area):
        change = amendment.FieldChange(path="birth.attendant")
        change.old_value.text = getattr(person, "attendant", "midwife") or "midwife"
        change.new_value.text = self.pick("nurse", "doctor")
        subjects = self.family_of(person)
        message = amendment.Correction(target=person.birth_act, changes=[change], ground=1,
                                       path=1, date=to_date(self.day))
        signers = [self.country.at("R", person.commune),
                   self.country.at("V", person.commune[:4])]
        draft = Draft(14, REGISTERED, message, signers, subjects)
        outcome = yield from self.settle(draft)
        if outcome.is_refused and "L19" in outcome.findings:
            where = area if self.chance(0.7) else self.pick("07", "12", "14")
            decision = yield from self.order(where, self.persons_of(subjects))
            again = draft.copy()
            again.subjects = self.fresh(subjects)
            if decision.is_ok:
                again.content.common.legal_basis.add(text="court", act=decision.event_id)
            if self.chance(0.85):
                self.add_overrides(again, outcome, decision.event_id)
            outcome = yield again
        if outcome.is_ok:
            person.attendant = change.new_value.text

    def order(self, area, persons):
        message = court.CourtDecision(
            court="court-" + area, case_number="1", decision_number="1",
            date_of_decision=to_date(self.day), date_final=to_date(self.day), final=True)
        order = message.orders.add(kind="correction", text="as asked")
        order.persons.extend(p.id for p in persons)
        outcome = yield Draft(15, REGISTERED, message, [self.country.at("J", area)],
                              [self.subject("subject", p) for p in persons])
        return outcome
