"""Scenarios of births, deaths and old papers."""
import datetime

from country import Draft, to_date, to_partial
from people import Person
from scenario import DAY, DECLARED, NOTIFIED, REGISTERED, VERIFIED, Scenario
from wire import case, common, document, vital


class Births(Scenario):
    # People of old

    def ancestor(self):
        """LEGACY: an old birth paper, then a number and mostly a first dwelling."""
        sex = self.pick(1, 2)
        year = self.random.randint(1938, 2004) if self.chance(0.9) else \
            self.random.randint(1895, 1935)
        born = datetime.date(year, 1, 1) + self.random.randint(0, 364) * DAY
        commune = self.people.pick_commune()
        person = Person(sex, born, commune, self.people.name(sex))
        if self.chance(0.08):
            person.partial = common.PartialDate(precision=3, year=year, basis=1)
        elif self.chance(0.05):
            person.partial = common.PartialDate(precision=2, year=year, month=born.month, basis=3)
        person.is_khmer = self.chance(0.96)
        if self.chance(0.2):
            self.give_parents(person)
        yield from self.link_birth(person)

    def give_parents(self, person):
        mother = self.people.living(person.birth, sex=2, youngest=16, oldest=45)
        if mother and not any(abs((c.birth - person.birth).days) < 300 for c in mother.children):
            person.mother = mother
            if mother.spouse and self.chance(0.8):
                person.father = mother.spouse

    def link_birth(self, person, keep=False):
        """Their paper; `keep` for a person whom the register knows without one."""
        commune = person.commune
        latest = datetime.date(person.birth.year, 12, 31) if person.partial.precision != 1 \
            else person.birth
        declared = latest + 20 * DAY
        digitised = yield self.people.digitised(commune, self.day)
        if not digitised.is_ok:
            return
        verified = yield self.people.checked(commune, digitised.event_id, self.day)
        if not verified.is_ok:
            return
        birth = self.people.birth(person, declared)
        birth.place_of_birth.CopyFrom(self.people.place(commune, person.birth))
        draft = self.people.linked(commune, verified.event_id, birth, declared,
                                   self.people.birth_subjects(person))
        linked = yield from self.settle(draft)
        if linked.is_ok:
            self.enter(person, linked, person.id if keep else linked.created[0], birth)
            yield from self.number(person)
            if self.chance(0.7):
                yield from self.first_dwelling(person)

    def enter(self, person, outcome, person_id, birth):
        """The register knows the person."""
        person.id, person.birth_act = person_id, outcome.event_id
        person.address = birth.child_address
        person.version = outcome.index + 1
        person.number = outcome.numbers.get(person_id, person.number)
        for parent in (person.mother, person.father):
            if parent is not None:
                parent.children.append(person)
        if person_id not in self.run.by_id:
            self.people.all.append(person)
        self.run.by_id[person_id] = person

    def number(self, person):
        message = document.NumberAllocated(scheme="kidc", reason=1, date=to_date(self.day),
                                           place=self.people.place(person.commune, self.day))
        outcome = yield Draft(8, REGISTERED, message,
                              [self.country.at("V", person.commune[:4]),
                               self.country.at("R", person.commune)],
                              [self.subject("holder", person)])
        if outcome.is_ok:
            person.number = outcome.numbers.get(person.id)

    def first_dwelling(self, person):
        yield from self.run.dwellings.arrive(person, person.commune, "first_entry")

    # Births of today

    def birth(self):
        mother, father = self.parents()
        commune = (mother or father).commune if mother or father else self.people.pick_commune()
        is_twin = mother is not None and self.chance(0.08)
        born = self.day - self.delay() * DAY
        delivery = self.country.bytes(16) if is_twin else b""
        self.hold(mother)
        for order in (1, 2) if is_twin else (1,):
            child = Person(self.pick(1, 2), born, commune, None)
            child.name = self.people.name(child.sex)
            child.mother, child.father = mother, father
            child.is_khmer = self.chance(0.97)
            if order == 2:
                child.birth = born + self.pick(0, 0, 0, 1, 2, 3) * DAY
            if child.birth > self.day:
                child.birth = born
            child.partial = to_partial(child.birth)
            if self.chance(0.04) and child.birth.year < self.day.year:
                child.partial = common.PartialDate(precision=3, year=child.birth.year, basis=1)
            elif self.chance(0.04):
                child.partial = common.PartialDate(
                    precision=2, year=child.birth.year, month=child.birth.month, basis=2)
            yield from self.declare_birth(child, order, delivery)
        self.free(mother)

    def parents(self):
        if self.chance(0.12):
            return None, None
        if self.chance(0.92):
            mother = self.people.living(self.day, sex=2, youngest=16, oldest=46)
        else:
            mother = self.people.living(self.day, sex=2)
        for _ in range(3):
            if mother and any((self.day - c.birth).days < 320 for c in mother.children) \
                    and self.chance(0.85):
                mother = self.people.living(self.day, sex=2, youngest=16, oldest=46)
        father = mother.spouse if mother and self.chance(0.93) else None
        if self.chance(0.03):
            father = self.people.living(self.day, sex=1, free=False)
        if self.chance(0.05):  # the dead may be named as well
            mother = self.dead(2) or mother
        if self.chance(0.04) and mother:
            father = self.dead(1) or father
        return mother, father

    def dead(self, sex):
        found = [p for p in self.people.all
                 if p.died_on and p.sex == sex and 16 < p.age_on(self.day) < 60]
        return self.random.choice(found) if found else None

    def delay(self):
        draw = self.random.random()
        if draw < 0.62:
            return self.random.randint(0, 25)
        if draw < 0.70:
            return self.pick(29, 30, 31, 32)
        if draw < 0.86:
            return self.random.randint(33, 360)
        if draw < 0.90:
            return self.pick(364, 365, 366, 367)
        return self.random.randint(400, 25000)

    def declare_birth(self, child, order, delivery):
        commune, case_id = child.commune, self.country.bytes(16)
        if self.chance(0.15) and commune[:4] in ("0701", "0708", "1202", "1401"):
            yield from self.notify("birth", child.birth, commune, case_id)
        birth = self.people.birth(child, self.day)
        if delivery:
            birth.plurality, birth.birth_order, birth.delivery_id = 2, order, delivery
            if self.chance(0.06):
                birth.plurality = 3
        if self.chance(0.02):
            birth.foundling = True
            birth.ClearField("mother_details")
            child.mother = child.father = None
        if self.chance(0.03):
            other = self.random.choice(self.people.all)
            child.id = other.id if other.birth_act else None  # who has a birth act already
        if self.chance(0.02):
            birth.kidc_block.block = self.country.bytes(32)
            birth.kidc_block.number = "12345678905"
        days_late = (self.day - child.birth).days
        if days_late > 300:
            birth.late.reason = "distance"
            for _ in range(self.pick(0, 1, 2, 2, 2, 3)):
                birth.late.witnesses.add(name=self.people.name(1), id_shown="card")
        draft = Draft(1, DECLARED, birth, [self.at(self.pick("K", "K", "R"), commune)],
                      self.people.birth_subjects(child), case_id)
        draft.content.common.CopyFrom(self.people.common(self.day))
        yield from self.run_birth_case(child, draft, days_late)

    def run_birth_case(self, child, draft, days_late):
        commune, case_id = child.commune, draft.case_id
        declared = yield from self.settle(draft)
        if not declared.is_ok:
            return
        child_id = child.id or declared.created[0]
        subjects = [["child", child_id, 0]] + draft.subjects[1:]
        if self.chance(0.12):
            yield self.random.randint(0, 3)
            declared = yield from self.declare_again(draft, subjects, declared)
        if self.chance(0.03):
            yield from self.elsewhere(draft)
        yield self.random.randint(0, 4)
        if self.chance(0.05):
            yield self.end_case(1, self.at("R", commune), subjects, case_id)
            return
        verification = yield from self.verify(commune, subjects, case_id, declared)
        yield self.random.randint(0, 6)
        if verification.is_ok and self.chance(0.05):
            declared = yield from self.declare_again(draft, subjects, declared)
            if self.chance(0.8):
                verification = yield from self.verify(commune, subjects, case_id, declared)
        verified = verification.event_id if verification.is_ok else b""
        signers = self.registrars(commune, days_late > 365)
        message = self.registration("c-" + commune, "B", declared.event_id, verified)
        registered = yield from self.settle(
            Draft(1, REGISTERED, message, signers, subjects, case_id))
        if registered.is_refused and self.chance(0.7):
            message = self.registration("c-" + commune, "B", declared.event_id, verified)
            signers = self.registrars(commune, True)
            registered = yield Draft(1, REGISTERED, message, signers, subjects, case_id)
        if registered.is_ok and child.id is None:
            self.run.used_numbers.append(message.registration_number)
            child.number = verification.numbers.get(child_id)
            self.enter(child, registered, child_id, declared.draft.message())

    def born_on(self, partial):
        return datetime.date(partial.year, partial.month or 1, partial.day or 1)

    def elsewhere(self, draft):
        """The same birth is declared to another office as well."""
        commune = self.people.pick_commune()
        again = draft.copy()
        again.case_id = self.country.bytes(16)
        again.message().mother_residence.CopyFrom(
            self.people.place(commune, self.born_on(again.message().date_of_birth)))
        again.signers = [self.country.at("K", commune)]
        yield from self.settle(again)

    def declare_again(self, draft, subjects, declared):
        again = draft.copy()
        again.subjects = subjects
        again.message().weight_g += 10
        again.content.common.date_of_declaration.CopyFrom(to_date(self.day))
        if again.message().late.reason:
            again.message().late.witnesses.add(name=self.people.name(2))
        outcome = yield again
        return outcome if outcome.is_ok else declared

    def verify(self, commune, subjects, case_id, declared):
        message = case.Verification(declaration=declared.event_id, kidc_source=1,
                                    checks=["documents"])
        signer = self.at("V", commune[:4])
        if self.chance(0.05):
            signer = self.country.at("P", commune[:2])
        outcome = yield Draft(1, VERIFIED, message, [signer], subjects, case_id)
        if outcome.is_refused and self.chance(0.7):
            other = self.country.at("V", commune[:4], not signer.name.startswith("V2"))
            outcome = yield Draft(1, VERIFIED, message, [other], subjects, case_id)
        return outcome

    def registrars(self, commune, with_province, with_district=False):
        signers = [self.at("R", commune)]
        if with_province and self.chance(0.9):
            signers.append(self.country.at("P", commune[:2]))
        elif with_district and self.chance(0.85):
            signers.append(self.country.at("V", commune[:4]))
        return signers

    def notify(self, kind, day, commune, case_id, subjects=()):
        message = case.Notification(kind=kind, date=to_partial(day), description="seen",
                                    place=self.people.place(commune, day))
        event_class = 1 if kind in ("birth", "foetal_death") else 2
        yield Draft(event_class, NOTIFIED, message, [self.country.at("N", commune[:4])],
                    subjects, case_id)

    # Deaths

    def death(self):
        if self.chance(0.9):
            person = self.people.living(self.day, youngest=self.pick(0, 40, 60))
        else:
            person = self.random.choice(self.people.all) if self.people.all else None
        if person is None or person.id is None:
            return
        yield from self.die(person, self.day - self.death_delay() * DAY)

    def death_delay(self):
        draw = self.random.random()
        if draw < 0.7:
            return self.random.randint(0, 12)
        if draw < 0.8:
            return self.pick(14, 15, 16)
        return self.random.randint(17, 364) if draw < 0.93 else self.random.randint(365, 2500)

    def die(self, person, died, commune=None):
        commune, case_id = commune or person.commune, self.country.bytes(16)
        self.hold(person, person.spouse)
        death = vital.Death(
            date_of_death=to_partial(died), place_of_death=self.people.place(commune, died),
            usual_residence=self.people.place(commune, died), manner=1, certification=1)
        if self.chance(0.05) and died.year < self.day.year:
            death.date_of_death.CopyFrom(common.PartialDate(precision=3, year=died.year))
        if self.chance(0.05):
            death.date_of_death.CopyFrom(common.PartialDate(
                precision=2, year=died.year, month=died.month))
        subjects = [self.subject("deceased", person)]
        if person.spouse is not None and self.chance(0.95):
            subjects.append(self.subject("surviving_spouse", person.spouse))
        self.name_heir(death, subjects, person)
        if self.chance(0.15) and commune[:4] in ("0701", "0708", "1202", "1401"):
            yield from self.notify("death", died, commune, case_id)
        draft = Draft(2, DECLARED, death, [self.at(self.pick("K", "R"), commune)], subjects,
                      case_id)
        draft.content.common.CopyFrom(self.people.common(self.day))
        declared = yield from self.settle(draft)
        if declared.is_ok:
            yield self.random.randint(0, 3)
            yield from self.register_death(person, died, commune, declared, case_id)
        self.free(person, person.spouse)

    def name_heir(self, death, subjects, person):
        """The new head of the family book of who died; sometimes nobody, or somebody else."""
        housemates = self.people.housemates(person)
        heir = self.random.choice(housemates) if person.is_head and housemates else None
        if self.chance(0.1):
            heir = None if heir is not None else self.people.living(self.day)
        if heir is not None and heir not in (person, person.spouse):
            death.new_head = heir.id
            subjects.append(self.subject("member", heir))

    def register_death(self, person, died, commune, declared, case_id):
        subjects = [[r, p, self.run.by_id[p].version if self.chance(0.7) else 0]
                    for r, p, _ in declared.draft.subjects]
        if self.chance(0.04):
            yield self.end_case(2, self.at("R", commune), subjects, case_id)
            return
        late = (self.day - died).days
        signers = self.registrars(commune, late > 365, late > 15)
        message = self.registration("c-" + commune, "D", declared.event_id)
        registered = yield from self.settle(
            Draft(2, REGISTERED, message, signers, subjects, case_id))
        if registered.is_refused and self.chance(0.7):
            message = self.registration("c-" + commune, "D", declared.event_id)
            signers = [self.country.at("R", commune, True), self.country.at("P", commune[:2])]
            registered = yield Draft(2, REGISTERED, message, signers, subjects, case_id)
        if registered.is_ok:
            self.run.used_numbers.append(message.registration_number)
            self.bury(person, died, registered.event_id)
            for role, heir, _ in subjects:
                if role == "member" and heir in self.run.by_id:
                    self.run.by_id[heir].is_head = True

    def bury(self, person, died, act):
        person.died_on, person.death_act = died, act
        person.book, person.is_head = None, False
        if person.spouse is not None:
            person.spouse.past_weddings.append((person.wedding[0], person, died))
            person.spouse.spouse, person.spouse.wedding = None, None
            person.spouse = person.wedding = None

    def burst(self):
        """One registrar registers many deaths within minutes."""
        commune = self.people.pick_commune()
        officer = self.country.at("R", commune)
        cases = []
        for _ in range(8):
            person = self.people.living(self.day, youngest=60)
            if person is None or person.commune != commune and self.chance(0.5):
                continue
            self.hold(person)
            died = self.day - 2 * DAY
            death = vital.Death(
                date_of_death=to_partial(died), manner=1, certification=4,
                place_of_death=self.people.place(commune, died),
                usual_residence=self.people.place(commune, died))
            subjects = [["deceased", person.id, 0]]
            if person.spouse is not None:
                subjects.append(["surviving_spouse", person.spouse.id, 0])
            draft = Draft(2, DECLARED, death, [self.country.at("K", commune)], subjects,
                          self.country.bytes(16))
            draft.content.common.CopyFrom(self.people.common(self.day))
            declared = yield from self.settle(draft)
            cases.append((person, died, declared))
        for person, died, declared in cases:
            if declared.is_ok and person.died_on is None:
                message = self.registration("c-" + commune, "D", declared.event_id)
                outcome = yield from self.settle(
                    Draft(2, REGISTERED, message, [officer], declared.draft.subjects,
                          declared.draft.case_id))
                if outcome.is_ok:
                    self.bury(person, died, outcome.event_id)
            self.free(person)


