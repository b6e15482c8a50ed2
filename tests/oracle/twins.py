"""Scenarios of two identities that may be one person: suspected, cleared, merged, taken apart."""
from country import Draft, to_date
from people import Person
from scenario import DAY, REGISTERED, Scenario
from wire import common, merge

NAMES, SEX, BIRTH, NATIONALITY = range(1, 5)
SURVIVOR, ABSORBED = 1, 2


class Twins(Scenario):
    def draft(self, message, signers, subjects):
        draft = Draft(16, REGISTERED, message, signers, subjects)
        draft.content.common.CopyFrom(self.people.common(self.day))
        return draft

    def twin(self):
        """Somebody was registered twice; both identities live on for a while."""
        first = self.somebody()
        if first is None:
            return
        second = yield from self.register_again(first)
        if second is None:
            return
        for person in (first, second):
            if self.chance(0.6):
                yield from self.card(person)
            if self.chance(0.35):
                yield from self.wed(person)
        yield self.pick(0, 10, 200, 900)
        yield from self.suspicion(first, second)
        if self.chance(0.85):
            yield from self.merged(first, second)

    def somebody(self):
        """Mostly of age; some were merged before."""
        known = [p for p in self.people.all if p.id and (p.twin or p.died_on)]
        if known and self.chance(0.25):
            return self.random.choice(known)
        return self.people.living(self.day, youngest=self.pick(1, 18, 18), oldest=70)

    def register_again(self, first):
        """Another paper, sometimes of another person who only looks alike."""
        if self.chance(0.06):
            kin = [p for p in (first.spouse, first.mother, first.father, *first.children)
                   if p is not None and p.id]
            return self.random.choice(kin) if kin else None
        sex = first.sex if self.chance(0.95) else 3 - first.sex
        born = first.birth
        if self.chance(0.5):
            born = born + self.pick(1, -1, 30, 400, -700, 14 * 365, 15 * 365 + 4, 16 * 365) * DAY
        if born > self.day - 400 * DAY:
            return None
        second = Person(sex, born, self.pick(first.commune, self.people.pick_commune()),
                        first.name if self.chance(0.6) else self.people.name(sex))
        if self.chance(0.1):
            second.partial = common.PartialDate(precision=3, year=born.year)
        second.is_khmer = first.is_khmer if self.chance(0.9) else not first.is_khmer
        if self.chance(0.3):
            second.mother, second.father = first.mother, first.father
        if second.mother is not None and not second.mother.id:
            second.mother = None
        if second.father is not None and not second.father.id:
            second.father = None
        yield from self.run.births.link_birth(second)
        return second if second.id else None

    def card(self, person):
        cards = self.run.cards
        if person.age_on(self.day) < 15 or person.died_on:
            return
        kind = "id_card" if person.is_khmer else "permit"
        application = yield from cards.apply(kind, person, 1)
        if application is not None:
            message = cards.issue(person, application)
            outcome = yield from self.settle(cards.draft(kind, message, person))
            if outcome.is_ok:
                person.cards.append((kind, message.document_number))

    def wed(self, person):
        other = self.people.living(self.day, sex=3 - person.sex, youngest=20, oldest=70)
        if other is None or person.busy or person.age_on(self.day) < 19 \
                or (other.spouse or person.spouse) and self.chance(0.8):
            return
        groom, bride = (person, other) if person.sex == 1 else (other, person)
        self.hold(groom, bride)
        yield from self.run.weddings.marry(groom, bride, bride.commune,
                                           self.day - self.pick(0, 3, 400) * DAY, form=3)
        self.free(groom, bride)

    # Suspected and cleared

    def pair(self, first, second):
        pair = [self.subject("subject", first), self.subject("subject", second)]
        return pair if self.chance(0.7) else pair[::-1]

    def suspicion(self, first, second):
        raiser = self.at(self.pick("R", "V"), first.commune) if self.chance(0.2) else None
        for _ in range(self.pick(1, 1, 2, 3)):
            signer = raiser or self.country.at(self.pick("V", "V2"), first.commune[:4])
            yield from self.suspect(first, second, signer)
            if self.chance(0.5):
                yield from self.clear(first, second, signer)

    def at(self, role, area):
        return super().at(role, area[:4] if role == "V" else area)

    def suspect(self, first, second, signer):
        message = merge.DuplicateSuspected(
            score=self.pick(0, 50, 100, 101 if self.chance(0.1) else 99),
            rule=self.pick("p05", "names"), fields=self.pick(["name"], ["name", "birth"]),
            date=to_date(self.day))
        yield from self.settle(self.draft(message, [signer], self.pair(first, second)))

    def clear(self, first, second, raiser):
        others = [self.country.at("V2", first.commune[:4]), self.country.at("V", first.commune[:4]),
                  self.country.at("P", first.commune[:2])]
        signer = self.random.choice([o for o in others if o is not raiser]
                                    if self.chance(0.9) else others)
        message = merge.DuplicateCleared(reason="two_persons", text="seen", date=to_date(self.day))
        yield from self.settle(self.draft(message, [signer], self.pair(first, second)))

    # Merged and taken apart

    def merged(self, first, second):
        for _ in range(self.pick(1, 1, 2)):
            outcome = yield from self.merge(first, second)
            if not outcome.is_ok:
                return
            self.become_one(first, second)
            yield self.pick(0, 20, 300)
            yield from self.later(first, second)
            yield self.pick(0, 20, 300)
            if self.chance(0.4):
                return
            outcome = yield from self.unmerge(first, second, outcome.event_id)
            if not outcome.is_ok:
                return
            self.become_two(first, second)
            yield self.pick(0, 20, 300)
            yield from self.later(first, second)

    def later(self, first, second):
        """What follows for either id."""
        for person in (first, second):
            if self.chance(0.35):
                yield from self.card(person)
            if self.chance(0.35):
                yield from self.wed(person)
            if self.chance(0.15) and not person.died_on:
                for other in person.selves:  # whom the other identity is married to
                    if person.spouse is None and other.spouse is not None and other.wedding:
                        person.spouse, person.wedding = other.spouse, other.wedding
                yield from self.run.births.die(person, self.day)
        if self.chance(0.3):
            other = self.people.living(self.day) or second
            for person in self.pick([first], [first, second], [second, first]):
                yield from self.suspicion(person, other)

    def become_one(self, first, second):
        selves = first.selves + [p for p in second.selves if p not in first.selves]
        for person in selves:
            person.selves = selves
        first.twin, second.twin = second, first

    def become_two(self, first, second):
        first.selves, second.selves = [first], [second]

    def nation(self):
        one, colleague, other = self.country.founders
        return self.pick(*[[one, other]] * 8, [one, colleague], [colleague, other], [one])

    def merge(self, first, second):
        message = merge.Merge(review_file="r-1")
        differing = [group for group, differs in (
            (NAMES, first.name != second.name), (SEX, first.sex != second.sex),
            (BIRTH, (first.partial, first.birth_commune) != (second.partial,
                                                             second.birth_commune)),
            (NATIONALITY, first.is_khmer != second.is_khmer)) if differs]
        if differing and self.chance(0.1):
            differing.pop()
        if self.chance(0.1):
            differing.append(self.pick(NAMES, SEX, BIRTH, NATIONALITY))
        for group in differing:
            message.winners.add(group=group, winner=self.pick(SURVIVOR, ABSORBED))
        for kind, number in first.cards + second.cards:
            if self.chance(0.5):
                message.live_documents.add(document_class=kind, number=number)
        if self.chance(0.25):
            message.review_file = "" if self.chance(0.8) else "r-2"
            decision = yield from self.decision("merge", [first, second])
            if decision.is_ok:
                message.decision = decision.event_id
        draft = self.draft(message, self.nation(),
                           [self.subject("survivor", first), self.subject("absorbed", second)])
        outcome = yield from self.settle(draft)
        broken = outcome.findings.keys()
        if outcome.is_refused and "S07" in broken and broken <= {"S07", "L27", "P08"}:
            for group in {NAMES, SEX, BIRTH, NATIONALITY} - set(differing):
                draft.message().winners.add(group=group, winner=self.pick(SURVIVOR, ABSORBED))
            outcome = yield from self.settle(draft)
        if outcome.is_refused and "L27" in outcome.findings and self.chance(0.8):
            decision = yield from self.decision("merge", [first, second])
            again = draft.copy()
            if decision.is_ok:
                self.add_overrides(again, outcome, decision.event_id)
            outcome = yield again
        return outcome

    def unmerge(self, first, second, target):
        message = merge.Unmerge(target=target, date=to_date(self.day))
        if self.chance(0.05):
            message.target = first.birth_act or target
        acts = sorted(set(first.acts + second.acts))[-8:]
        for index in self.random.sample(acts, min(len(acts), self.pick(0, 0, 1, 2))):
            message.reassign.add(record_index=index, person_id=self.pick(first, second).id)
        draft = self.draft(message, self.nation(),
                           [self.subject("survivor", first), self.subject("absorbed", second)])
        outcome = yield from self.settle(draft)
        if outcome.is_ok and self.chance(0.3):
            yield draft.copy()
        return outcome
