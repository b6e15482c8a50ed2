"""Scenarios of parents by other ways than birth: recognised, disputed, set by a court, adopters;
children made legitimate; adoptions that end."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import common, filiation

CHILD, MOTHER, FATHER = (common.SubjectRole.Value("SUBJECT_ROLE_" + name)
                         for name in ("CHILD", "MOTHER", "FATHER"))
ROLES = {"mother": MOTHER, "father": FATHER}


class Lineages(Scenario):
    def draft(self, message, officer, subjects):
        draft = Draft(4, REGISTERED, message, [officer], subjects)
        draft.content.common.CopyFrom(self.people.common(self.day))
        return draft

    def a_child(self, oldest=30):
        """Somebody with a birth act, mostly young; sometimes an ascendant of many."""
        has_children = self.chance(0.1)
        for _ in range(20):
            person = self.people.living(self.day, oldest=80 if has_children else oldest)
            if has_children and person is not None and not person.children:
                continue
            if person is not None and person.birth_act is not None:
                return person
        return None

    def elder(self, child, sex):
        """Somebody who could be the parent; sometimes a descendant, a child, or the dead."""
        if self.chance(0.5 if child.children else 0.08):
            kin = child.children or [child.mother, child.father]
            kin = [p for p in kin if p is not None and p.id and p.sex == sex]
            if kin:
                return self.random.choice(kin)
        if self.chance(0.05):
            return self.random.choice([p for p in self.people.all if p.sex == sex and p.id])
        age = max(child.age_on(self.day), 0)
        if self.chance(0.15):  # about the age at which a father is possible, and likely
            return self.people.living(self.day, sex=sex, youngest=age + 9, oldest=age + 13)
        slack = self.pick(8, 12, 15, 20, 22, 25)
        return self.people.living(self.day, sex=sex, youngest=age + slack, oldest=age + 60)

    def renamed(self, message, person):
        if self.chance(0.5):
            message.new_name.CopyFrom(self.people.name(person.sex))

    # Recognition, dispute, decision

    def recognised(self):
        child = self.a_child()
        if child is None:
            return
        role = self.pick("father", "father", "mother")
        parent = self.elder(child, 1 if role == "father" else 2)
        if parent is None or parent is child:
            return
        self.hold(child, parent)
        outcome = yield from self.recognise(child, parent, role)
        yield self.pick(0, 2, 30)
        if self.chance(0.4):
            yield from self.dispute(child, {role: parent} if self.chance(0.6) else {})
        if self.chance(0.5):
            yield from self.parentage(child, parent, role)
        if outcome.is_ok and self.chance(0.6):
            yield from self.legitimate(child, parent, role)
        self.free(child, parent)

    def recognise(self, child, parent, role):
        message = filiation.Recognition(
            date=to_date(self.day - self.pick(0, 0, 3) * DAY), parent_role=ROLES[role],
            form=self.pick(1, 2, 3, 4), mother_consent=self.chance(0.7))
        self.renamed(message, child)
        subjects = [self.subject("child", child), self.subject(role, parent)]
        other = "mother" if role == "father" else "father"
        known = getattr(child, other)
        if known is not None and known is not parent and known.id and self.chance(0.3):
            subjects.append(self.subject(other, known))
        draft = self.draft(message, self.at("R", self.pick(child, parent).commune), subjects)
        outcome = yield from self.settle(draft)
        if "L21" in outcome.findings and self.chance(0.5):
            outcome = yield from self.by_court(draft, "recognition", [child, parent], outcome)
        return outcome

    def by_court(self, draft, kind, persons, outcome):
        decision = yield from self.decision(kind, persons)
        if not decision.is_ok:
            return outcome
        again = draft.copy()
        self.add_overrides(again, outcome, decision.event_id)
        return (yield from self.settle(again))

    def dispute(self, child, parents):
        message = filiation.ParentageDisputed(date=to_date(self.day), court="court",
                                              case_number="1")
        area = self.pick("07", "12", "14")
        subjects = [self.subject("child", child)] + [
            self.subject(role, parent) for role, parent in parents.items()]
        yield from self.settle(self.draft(message, self.country.at("CC", area), subjects))

    def parentage(self, child, parent, role):
        """A court removes one, sets one, or does both."""
        message = filiation.ParentageSet(date_final=to_date(self.day))
        subjects, persons = [self.subject("child", child)], [child]
        known = getattr(child, role)
        plan = self.pick("remove", "set", "both", "nothing" if self.chance(0.1) else "set")
        if plan in ("remove", "both"):
            gone = known if known is not None and known.id and self.chance(0.5) else parent
            message.remove.add(role=ROLES[role], person_id=gone.id)
        if plan in ("set", "both"):
            message.set.add(role=ROLES[role], person_id=parent.id)
            subjects.append(self.subject(role, parent))
            persons.append(parent)
        self.renamed(message, child)
        decision = yield from self.decision("parentage_set", persons)
        message.decision = decision.event_id if decision.is_ok else child.birth_act
        officer = self.at("R", self.people.pick_commune())
        yield from self.settle(self.draft(message, officer, subjects))

    def legitimate(self, child, parent, role):
        """By the marriage of both parents, or by another one."""
        other = getattr(child, "mother" if role == "father" else "father")
        wedding = parent.wedding or (other.wedding if other is not None else None)
        if other is None or not other.id or other is parent:
            return
        if wedding is None:
            groom, bride = (parent, other) if role == "father" else (other, parent)
            yield from self.run.weddings.marry(groom, bride, child.commune, self.day, b"", 3)
            wedding = parent.wedding
        target = wedding[0] if wedding is not None else child.birth_act
        message = filiation.Legitimation(marriage=target, date=to_date(self.day))
        roles = {role: parent, "mother" if role == "father" else "father": other}
        subjects = [self.subject("child", child)] + [
            self.subject(name, roles[name]) for name in ("mother", "father")]
        yield from self.settle(self.draft(message, self.at("R", child.commune), subjects))

    # Adoption

    def adopted(self):
        child = self.a_child(oldest=self.pick(10, 20, 40))
        if child is None:
            return
        first = self.elder(child, self.pick(1, 2))
        if first is None or first is child:
            return
        second = first.spouse if first.spouse is not None else self.elder(child, 3 - first.sex)
        adopters = [p for p in (first, second) if p is not None and p.id and p is not child]
        if self.chance(0.15):
            adopters.pop()
        self.hold(child, *adopters)
        outcome = yield from self.adopt(child, adopters)
        for _ in range(self.pick(0, 0, 1, 2) if outcome.is_ok else 0):
            yield self.pick(0, 10, 300)
            yield from self.end(child, adopters, outcome.event_id)
        self.free(child, *adopters)

    def parts(self, child, adopters):
        return [self.subject("child", child)] + [
            self.subject(role, person) for role, person in zip(("adopter_a", "adopter_b"),
                                                               adopters)]

    def adopt(self, child, adopters):
        message = filiation.Adoption(
            date_final=to_date(self.day - self.pick(0, 0, 5) * DAY), form=self.pick(1, 1, 2),
            inter_country=self.chance(0.25), authority="authority")
        if self.chance(0.4):
            message.consents.add(role=CHILD, date=to_date(self.day))
        self.renamed(message, child)
        decision = yield from self.decision("adoption", [child, *adopters])
        message.decision = decision.event_id if decision.is_ok else child.birth_act
        draft = self.draft(message, self.at("R", self.people.pick_commune()),
                           self.parts(child, adopters))
        outcome = yield from self.settle(draft)
        if outcome.is_refused and outcome.findings.keys() <= {"L21", "L22"} and self.chance(0.6):
            again = draft.copy()
            self.add_overrides(again, outcome, message.decision)
            outcome = yield from self.settle(again)
        return outcome

    def end(self, child, adopters, adoption):
        target = adoption if self.chance(0.95) else child.birth_act
        decision = yield from self.decision("adoption_revoked", [child, *adopters], [target])
        message = filiation.AdoptionRevoked(
            target=target, date_final=to_date(self.day),
            decision=decision.event_id if decision.is_ok else target)
        yield from self.settle(self.draft(message, self.at("R", self.people.pick_commune()),
                                          self.parts(child, adopters)))
