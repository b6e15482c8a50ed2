"""Scenarios of corrections, and of officers who come, go, and lose their keys."""


from country import Draft, to_date, to_partial
from scenario import DAY, REGISTERED, Scenario
from wire import amendment, governance


class Amendments(Scenario):
    def correction(self):
        """One field of a birth or a marriage, by the office or by a court."""
        person = self.random.choice(self.people.all)
        if person.birth_act is None:
            return
        if person.wedding and self.chance(0.25):
            yield from self.correct_wedding(person)
            return
        change, undo = self.pick(self.spelling, self.spelling, self.whole_name, self.sex,
                                 self.day_of_birth, self.day_of_birth, self.year_of_birth,
                                 self.weight, self.place, self.plurality)(person)
        if self.chance(0.06):
            change.old_value.text = "wrong"
        subjects = [self.subject("child", person)]
        for role, parent in (("mother", person.mother), ("father", person.father)):
            if parent is not None:
                subjects.append(self.subject(role, parent))
        outcome = yield from self.correct(person.commune, person.birth_act, change, subjects,
                                          person)
        if outcome.is_ok:
            undo()

    def correct_wedding(self, person):
        event_id, day = person.wedding
        groom, bride = (person, person.spouse) if person.sex == 1 else (person.spouse, person)
        new = day + self.random.randint(-400, 400) * DAY
        change = amendment.FieldChange(path="marriage.date_of_marriage")
        change.old_value.partial_date.CopyFrom(to_partial(day))
        change.new_value.partial_date.CopyFrom(to_partial(min(new, self.day - DAY)))
        subjects = [self.subject("spouse_a", groom), self.subject("spouse_b", bride)]
        outcome = yield from self.correct(bride.commune, event_id, change, subjects, groom)
        if outcome.is_ok:
            groom.wedding = bride.wedding = (event_id, min(new, self.day - DAY))

    def correct(self, commune, target, change, subjects, person):
        """First by the office; if that is refused, mostly by a court."""
        by_court = self.chance(0.3)
        message = amendment.Correction(target=target, changes=[change], ground=1,
                                       path=2 if by_court else 1, date=to_date(self.day))
        signers = [self.country.at("R", commune), self.country.at("V", commune[:4])]
        draft = Draft(14, REGISTERED, message, signers, subjects)
        outcome = yield from self.settle(draft)
        if outcome.is_refused and self.chance(0.6):
            persons = [self.run.by_id[s[1]] for s in subjects]
            decision = yield from self.decision("correction", persons, [target])
            if decision.is_ok:
                again = draft.copy()
                again.message().path = 2
                again.message().date.CopyFrom(to_date(self.day))
                again.content.common.legal_basis.add(text="court", act=decision.event_id)
                if self.chance(0.3):
                    self.add_overrides(again, outcome, decision.event_id)
                outcome = yield from self.settle(again)
        return outcome

    # What may be wrong with a birth

    def spelling(self, person):
        change = amendment.FieldChange(path="birth.name.latin_given")
        new = person.name.latin_given + self.pick("h", "a", "ng", "xxxxx")
        change.old_value.text, change.new_value.text = person.name.latin_given, new
        def keep():
            person.name.latin_given = new
        return change, keep

    def whole_name(self, person):
        change = amendment.FieldChange(path="birth.name")
        name = self.people.name(person.sex)
        change.old_value.name.CopyFrom(person.name)
        change.new_value.name.CopyFrom(name)
        def keep():
            person.name = name
        return change, keep

    def sex(self, person):
        change = amendment.FieldChange(path="birth.sex")
        words = {1: "SEX_MALE", 2: "SEX_FEMALE"}
        change.old_value.text = words[person.sex]
        change.new_value.text = words[3 - person.sex]
        def keep():
            pass  # men and women of the generator stay what they were
        return change, keep

    def date_change(self, person, new):
        change = amendment.FieldChange(path="birth.date_of_birth")
        change.old_value.partial_date.CopyFrom(person.partial)
        partial = to_partial(new)
        change.new_value.partial_date.CopyFrom(partial)
        def keep():
            person.birth, person.partial = new, partial
        return change, keep

    def day_of_birth(self, person):
        new = person.birth + self.random.randint(-40, 40) * DAY
        return self.date_change(person, min(new, self.day))

    def year_of_birth(self, person):
        new = person.birth + self.random.randint(-4000, 4000) * DAY
        return self.date_change(person, min(new, self.day))

    def weight(self, person):
        change = amendment.FieldChange(path="birth.attendant")
        change.old_value.text = getattr(person, "attendant", "midwife") or ""
        new = self.pick("nurse", "doctor", "midwife")
        change.new_value.text = new
        def keep():
            person.attendant = new
        return change, keep

    def place(self, person):
        change = amendment.FieldChange(path="birth.place_of_birth")
        old = getattr(person, "birth_place", None) or self.people.place(
            person.birth_commune, person.birth)
        new = self.people.place(self.people.pick_commune(), person.birth)
        if self.chance(0.1):
            new.code = "99" + new.code[2:]
        change.old_value.place.CopyFrom(old)
        change.new_value.place.CopyFrom(new)
        def keep():
            person.birth_place = new
        return change, keep

    def plurality(self, person):
        path = self.pick("birth.plurality", "birth.nationality_at_birth[0].country",
                         "birth.no_such_field", "birth.name")
        change = amendment.FieldChange(path=path)
        change.old_value.text = {"birth.plurality": "PLURALITY_SINGLE"}.get(path, "KHM")
        change.new_value.text = {"birth.plurality": "PLURALITY_TWIN"}.get(path, "THA")
        def keep():
            person.is_khmer = path != "birth.nationality_at_birth[0].country" and person.is_khmer
        return change, keep

    # Officers

    def trouble_with_officer(self):
        """An officer is suspended, or a key was in wrong hands; then somebody uses it."""
        officer = self.random.choice([o for o in self.country.officers.values()
                                      if "2" in o.name and o.role in ("K", "R", "V", "IC")])
        if officer.is_bad or sum(o.is_bad for o in self.country.officers.values()) > 12:
            return
        officer.is_bad = True
        chief = self.country.founders[0]
        if self.chance(0.5):
            message = governance.OfficerSuspended(public_key=officer.key, reason="inquiry",
                                                  date=to_date(self.day))
            yield Draft(18, REGISTERED, message, [chief, self.country.founders[2]])
        else:
            since = int((self.run.now_ms - self.random.randint(0, 400) * 86_400_000))
            message = governance.OfficerKeyCompromised(
                public_key=officer.key, since_ms=since, reason="stolen", date=to_date(self.day))
            yield Draft(18, REGISTERED, message, [chief])

    def local_officer(self):
        """A person of the register becomes a registrar, and soon has to do with kin."""
        person = self.people.living(self.day, youngest=21, oldest=60)
        if person is None or not (person.children or person.spouse or person.mother):
            return
        commune = person.commune
        self.run.local_officers += 1
        officer = self.country.officer(f"R.local.{self.run.local_officers}", "R", "c-" + commune)
        draft = self.country.enrolment(officer, self.day, person.id)
        outcome = yield draft
        if not outcome.is_ok:
            del self.country.officers[officer.name]
            return
        officer.person = person
        self.run.kin_officers.append((officer, person))

    def ghost_office(self):
        """An office opens with an officer, closes, and somebody still signs there."""
        self.run.local_officers += 1
        name = f"c-{self.people.pick_commune()}-{self.run.local_officers}"
        area = name.split("-")[1]
        message = governance.OfficeOpened(office_id=name, sort=1, areas=[area],
                                          date=to_date(self.day))
        opened = yield self.country.governed(message)
        if not opened.is_ok:
            return
        officer = self.country.officer(f"R.ghost.{self.run.local_officers}", "R", name)
        draft = self.country.enrolment(officer, self.day)
        draft.signers = [self.country.at("P", area[:2]), self.country.at("V", area[:4])]
        enrolled = yield draft
        if not enrolled.is_ok:
            del self.country.officers[officer.name]
            return
        yield 5
        closed = yield self.country.governed(
            governance.OfficeClosed(office_id=name, date=to_date(self.day)))
        if closed.is_ok:
            yield 30
            self.run.ghosts.append(officer)

    def strict_law(self, values):
        from country import rule_set
        yield self.country.governed(governance.RulesetPublished(rule_set=rule_set(values)))


