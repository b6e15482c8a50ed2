"""Scenarios of marriages, notices and divorces."""
import datetime

from country import Draft, to_date, to_partial
from people import Person
from scenario import DAY, DECLARED, REGISTERED, Scenario
from wire import common, union


class Weddings(Scenario):
    def couple(self):
        """Mostly two who may marry; sometimes kin, children, the dead, or the married."""
        groom = bride = None
        draw = self.random.random()
        if draw < 0.75:
            groom = self.people.living(self.day, sex=1, youngest=18, oldest=60)
            bride = self.people.living(self.day, sex=2, youngest=18, oldest=55)
            for _ in range(6):
                if groom and groom.spouse:
                    groom = self.people.living(self.day, sex=1, youngest=18, oldest=60)
                if bride and bride.spouse:
                    bride = self.people.living(self.day, sex=2, youngest=18, oldest=55)
        elif draw < 0.85:  # about the age
            groom = self.people.living(self.day, sex=1, youngest=14, oldest=21)
            bride = self.people.living(self.day, sex=2, youngest=14, oldest=19)
        elif draw < 0.92:
            groom, bride = self.kin()
        else:
            groom = self.random.choice([p for p in self.people.all if p.sex == 1])
            bride = self.random.choice([p for p in self.people.all if p.sex == 2])
        return (groom, bride) if groom and bride and groom.id != bride.id else (None, None)

    def kin(self):
        """Brother and sister, uncle and niece, cousins, father and daughter."""
        for _ in range(30):
            person = self.random.choice(self.people.all)
            parents = [p for p in (person.mother, person.father) if p]
            if not parents:
                continue
            near = list(parents) + [c for p in parents for c in p.children]
            near += [c for p in parents for g in (p.mother, p.father) if g for c in g.children]
            near += [k for p in parents for g in (p.mother, p.father) if g
                     for u in g.children for k in u.children]
            others = [o for o in near if o.sex != person.sex and o is not person and o.id]
            if others:
                other = self.random.choice(others)
                return (person, other) if person.sex == 1 else (other, person)
        return None, None

    def wedding(self):
        groom, bride = self.couple()
        if groom is None:
            return
        self.hold(groom, bride)
        commune = self.pick(groom, bride).commune
        notice = b""
        if self.chance(0.85):
            outcome = yield from self.notice(groom, bride, commune)
            if not outcome.is_ok and self.chance(0.7):
                self.free(groom, bride)
                return
            notice = outcome.event_id if outcome.is_ok else b""
            yield self.pick(8, 9, 10, 10, 11, 12, 14, 20)
        yield from self.marry(groom, bride, commune, self.day, notice)
        self.free(groom, bride)

    def notice(self, groom, bride, commune):
        message = union.MarriageNotice(posted_on=to_date(self.day),
                                       until=to_date(self.day + 10 * DAY))
        draft = Draft(3, REGISTERED, message, [self.at("R", commune)],
                      [self.subject("spouse_a", groom), self.subject("spouse_b", bride)])
        outcome = yield from self.settle(draft)
        return outcome

    def marry(self, groom, bride, commune, day, notice=b"", form=1):
        case_id = self.country.bytes(16)
        marriage = self.marriage(groom, bride, commune, day, notice, form)
        subjects = [self.subject("spouse_a", groom), self.subject("spouse_b", bride)]
        draft = Draft(3, DECLARED, marriage, [self.at(self.pick("K", "K", "R"), commune)],
                      subjects, case_id)
        draft.content.common.CopyFrom(self.people.common(self.day))
        declared = yield from self.settle(draft)
        if declared.is_refused and self.chance(0.5):
            declared = yield from self.with_court(draft, declared, groom, bride)
        if not declared.is_ok:
            return
        yield self.random.randint(0, 3)
        yield from self.register(groom, bride, commune, day, declared)

    def marriage(self, groom, bride, commune, day, notice, form):
        marriage = union.Marriage(date_of_marriage=to_partial(day), form=form, notice=notice,
                                  place=self.people.place(commune, day))
        for _ in range(2):
            marriage.witnesses.add(name=self.people.name(1), id_shown="card")
        if form != 1 and self.chance(0.2):
            marriage.date_of_marriage.CopyFrom(
                common.PartialDate(precision=2, year=day.year, month=day.month, basis=1))
        elif form != 1 and self.chance(0.15) and day.year < self.day.year:
            marriage.date_of_marriage.CopyFrom(common.PartialDate(precision=3, year=day.year))
        if self.chance(0.3) and min(groom.age_on(day), bride.age_on(day)) < 18 or \
                self.chance(0.02):
            marriage.guardian_consent.document.CopyFrom(self.paper("consent"))
        dead = [p for p in (groom, bride) if p.died_on is not None]
        if dead and self.chance(0.85):
            marriage.already_ended.on.CopyFrom(to_date(dead[0].died_on))
            marriage.already_ended.reason = 1
            marriage.already_ended.act = dead[0].death_act
        return marriage

    def paper(self, kind):
        return common.SupportingDocument(
            type=kind, issuer="hospital", number="7", date=to_date(self.day),
            digest=self.country.bytes(32), media_type="image/png")

    def with_court(self, draft, refused, groom, bride):
        """A court, or a paper, helps where a legal rule stands in the way."""
        decision = yield from self.decision("marriage", [groom, bride])
        again = draft.copy()
        if decision.is_ok:
            self.add_overrides(again, refused, decision.event_id)
            if self.chance(0.3):
                again.content.common.legal_basis.add(text="court", act=decision.event_id)
        if "L07" in refused.findings and self.chance(0.3):
            again.content.common.documents.append(self.paper("not_pregnant"))
        if self.chance(0.3):
            second = self.second(again)
            if second is not None:
                again.signers.append(second)
        outcome = yield again
        return outcome

    def register(self, groom, bride, commune, day, declared):
        subjects = [[role, person, self.run.by_id[person].version if self.chance(0.7) else 0]
                    for role, person, _ in declared.draft.subjects]
        if self.chance(0.04):
            yield self.end_case(3, self.at("R", commune), subjects, declared.draft.case_id)
            return
        late = (self.day - day).days
        for attempt in (0, 1):
            signers = [self.country.at("R", commune, attempt == 1)]
            if late > 365 and self.chance(0.9):
                signers.append(self.country.at("P", commune[:2]))
            elif late > 15 and self.chance(0.9):
                signers.append(self.country.at("V", commune[:4]))
            message = self.registration("c-" + commune, "M", declared.event_id)
            registered = yield from self.settle(
                Draft(3, REGISTERED, message, signers, subjects, declared.draft.case_id))
            if registered.is_ok:
                self.run.used_numbers.append(message.registration_number)
                self.join(groom, bride, registered.event_id, day)
                return

    def join(self, groom, bride, event_id, day):
        if groom.died_on or bride.died_on:
            return
        groom.spouse, bride.spouse = bride, groom
        groom.wedding = bride.wedding = (event_id, day)

    def old_wedding(self):
        """A wedding of long ago, by custom, known by month or year, declared today."""
        groom = self.people.living(self.day, sex=1, youngest=25)
        bride = self.people.living(self.day, sex=2, youngest=25)
        if groom is None or bride is None:
            return
        first = max(groom.birth, bride.birth)
        age = self.pick(16, 17, 18, 18, 19, 20, 21, 25)
        day = min(datetime.date(first.year + age, first.month, min(first.day, 28)),
                  self.day - 30 * DAY)
        if self.chance(0.15) and self.people.all:  # or somebody who died since
            dead = [p for p in self.people.all if p.died_on and p.sex == 1 and p.spouse is None]
            if dead:
                groom = self.random.choice(dead)
                day = min(day, groom.died_on - 40 * DAY)
        self.hold(groom, bride)
        commune = bride.commune if not self.chance(0.2) else groom.commune
        yield from self.marry(groom, bride, commune, day, form=self.pick(2, 3))
        self.free(groom, bride)

    def paper_wedding(self):
        """LEGACY-MARRIAGE: digitised, verified, linked."""
        groom = self.people.living(self.day, sex=1, youngest=25)
        bride = self.people.living(self.day, sex=2, youngest=25)
        if groom is None or bride is None or groom.spouse or bride.spouse and self.chance(0.8):
            return
        first = max(groom.birth, bride.birth)
        day = datetime.date(first.year + self.pick(19, 20, 21, 22), 6,
                            self.random.randint(1, 28))
        if day > self.day - 30 * DAY:
            return
        self.hold(groom, bride)
        commune = bride.commune
        stranger = self.stranger(day) if self.chance(0.25) else None
        digitised = yield self.people.digitised(commune, self.day)
        verified = digitised
        if digitised.is_ok:
            verified = yield self.people.checked(commune, digitised.event_id, self.day)
        if verified.is_ok:
            marriage = self.marriage(groom, bride, commune, day, b"", self.pick(1, 3))
            subjects = [self.subject("spouse_a", groom), self.subject("spouse_b", bride)]
            if stranger is not None:
                subjects[1] = ["spouse_b", None, 0]
            draft = self.people.linked(commune, verified.event_id, marriage, day + 5 * DAY,
                                       subjects)
            if stranger is not None:
                self.describe(draft, stranger)
            outcome = yield from self.settle(draft)
            if outcome.is_ok and stranger is not None:
                yield from self.meet(stranger, outcome)
            if outcome.is_ok:
                self.join(groom, stranger or bride, outcome.event_id, day)
        self.free(groom, bride)

    def stranger(self, day):
        """A bride whom no record knows: the paper describes her."""
        born = datetime.date(day.year - self.pick(16, 17, 18, 19, 25), 5, 5)
        stranger = Person(2, born, self.people.pick_commune(), self.people.name(2))
        if self.chance(0.3):
            stranger.partial = common.PartialDate(precision=3, year=born.year)
        return stranger

    def describe(self, draft, stranger):
        draft.message().new_persons.add(
            role=5, name=stranger.name, sex=2, birth=stranger.partial)

    def meet(self, stranger, outcome):
        """She is somebody now, mostly without a birth act; sometimes her paper turns up."""
        stranger.id, stranger.version = outcome.created[0], outcome.index + 1
        stranger.attendant = None
        self.people.all.append(stranger)
        self.run.by_id[stranger.id] = stranger
        if self.chance(0.5):
            yield from self.run.births.link_birth(stranger, keep=True)

    def divorce(self):
        person = self.people.living(self.day, youngest=18)
        for _ in range(8):
            if person and person.wedding is None:
                person = self.people.living(self.day, youngest=18)
        if person is None or person.wedding is None:
            return
        groom, bride = (person, person.spouse) if person.sex == 1 else (person.spouse, person)
        self.hold(groom, bride)
        event_id = person.wedding[0]
        decision = yield from self.decision("divorce", [groom, bride], [event_id])
        if decision.is_ok:
            final = self.day
            yield self.pick(0, 1, 3, 10)
            outcome = yield from self.end_by_court(groom, bride, event_id, decision, final)
            if outcome.is_ok:
                for spouse in (groom, bride):
                    other = bride if spouse is groom else groom
                    spouse.past_weddings.append((event_id, other, final))
                    spouse.spouse = spouse.wedding = None
                yield from self.after_divorce(groom, bride, final)
        self.free(groom, bride)

    def end_by_court(self, groom, bride, event_id, decision, final):
        message = union.Divorce(target=event_id, decision=decision.event_id,
                                date_final=to_date(final), ground="agreed")
        if self.chance(0.06):  # not the wedding, but somebody's birth
            message.target = groom.birth_act or event_id
        if self.chance(0.04):
            message.decision = message.target
        draft = Draft(3, REGISTERED, message, [self.country.at("R", self.people.pick_commune())],
                      [self.subject("spouse_a", groom), self.subject("spouse_b", bride)])
        outcome = yield from self.settle(draft)
        if outcome.is_ok and self.chance(0.15):
            again = draft.copy()  # a second time
            again.message().ground = "again"
            yield again
        return outcome

    def after_divorce(self, groom, bride, final):
        """She marries again about the end of the waiting period."""
        if not self.chance(0.5):
            return
        other = self.people.living(self.day, sex=1, youngest=20, oldest=60)
        if other is None or other.spouse or other is groom:
            return
        self.hold(other)
        notice = yield from self.notice(other, bride, bride.commune)
        wanted = final + self.pick(90, 118, 119, 120, 121, 150) * DAY
        yield max((wanted - self.day).days, 0)
        if notice.is_ok:
            yield from self.marry(other, bride, bride.commune, self.day, notice.event_id)
        self.free(other)
