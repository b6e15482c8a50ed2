"""Scenarios of family books: opened, entered, left, headed anew, split, merged, closed."""
from country import Draft, to_date
from scenario import DAY, REGISTERED, Scenario
from wire import household


class Families(Scenario):
    def household(self):
        """One book goes through a few acts."""
        head = self.people.living(self.day, youngest=18)
        if head is None or head.unit is None:
            return
        self.hold(head)
        if head.book is None or self.chance(0.05):
            yield from self.opened(head)
        for _ in range(self.random.randint(1, 4)):
            yield self.random.randint(0, 60)
            if head.died_on is not None or head.unit not in self.people.units:
                break
            act = self.pick(self.added, self.added, self.removed, self.headed, self.split,
                            self.merged, self.replaced, self.closed)
            yield from act(head)
        self.free(head)

    # What all acts share

    def some(self, head, most):
        """Persons who may enter: kin first, and sometimes somebody of another book."""
        near = [p for p in [head.spouse, *head.children] if p is not None]
        found = [p for p in near if p.id is not None and p.died_on is None
                 and (p.book is None or self.chance(0.05))][:most]
        if len(found) < most and self.chance(0.7):
            other = self.people.living(self.day)
            if other is not None and other is not head and other not in found \
                    and (other.book is None or self.chance(0.2)):
                found.append(other)
        return [p for p in found if p is not head]

    def number(self):
        if self.chance(0.04):
            return f"FB{self.random.randint(1, 40):06d}"
        return self.people.next_number("FB")

    def offer(self, message, head, members, unit=None):
        """Signed by the police of the district of the dwelling."""
        message.date.CopyFrom(to_date(self.day - self.pick(0, 0, 0, 1, 40) * DAY))
        if hasattr(message, "relations"):
            for member in members:
                message.relations.add(person_id=member.id, relation="kin")
        if hasattr(message, "unit"):
            message.unit = unit if self.chance(0.97) else self.country.bytes(16)
        if hasattr(message, "reason"):
            message.reason = "asked"
        subjects = [self.subject("head", head)] if head is not None else []
        subjects += [self.subject("member", member) for member in members]
        district = self.people.units[unit][0][:4]
        draft = Draft(7, REGISTERED, message, [self.country.at("PD", district)], subjects)
        if self.chance(0.06):
            draft.signers.append(self.country.at("PD", district, True))
        return (yield from self.settle(draft))

    def place(self, number, head, members):
        for person in members:
            person.book, person.is_head = number, False
        if head is not None:
            head.book, head.is_head = number, True

    def leave(self, persons):
        for person in persons:
            person.book, person.is_head = None, False

    # The acts

    def opened(self, head):
        number, members = self.number(), self.some(head, 3)
        message = household.FamilyBookOpened(book_number=number)
        outcome = yield from self.offer(message, head, members, head.unit)
        if outcome.is_ok:
            self.place(number, head, members)

    def added(self, person):
        members = self.some(person, 2)
        if person.book is None or not members:
            return
        message = household.FamilyBookMemberAdded(book_number=person.book)
        outcome = yield from self.offer(message, None, members, person.unit)
        if outcome.is_ok:
            for member in members:
                member.book, member.is_head = person.book, False

    def removed(self, person):
        all_of = self.people.housemates(person)
        leaving = [p for p in all_of if not p.is_head][:2] if self.chance(0.8) else [person]
        if person.book is None or not leaving:
            return
        message = household.FamilyBookMemberRemoved(book_number=person.book)
        outcome = yield from self.offer(message, None, leaving, person.unit)
        if outcome.is_ok:
            self.leave(leaving)

    def headed(self, person):
        all_of = [person] + self.people.housemates(person)
        former = [p for p in all_of if p.is_head]
        others = [p for p in all_of if not p.is_head]
        if person.book is None or not others:
            return
        if self.chance(0.1):
            former = []
        message = household.FamilyBookHeadChanged(book_number=person.book)
        heir = self.random.choice(others)
        outcome = yield from self.offer(message, heir, former[:1], person.unit)
        if outcome.is_ok:
            self.place(person.book, heir, former[:1])

    def anew(self, message, person, persons):
        """Those named go into a new book; the first of them is its head."""
        number = message.new_book_number = self.number()
        outcome = yield from self.offer(message, persons[0], persons[1:], person.unit)
        if outcome.is_ok:
            self.place(number, persons[0], persons[1:])

    def split(self, person):
        leaving = [p for p in self.people.housemates(person) if not p.is_head][:2]
        if self.chance(0.15):
            leaving = [person] + leaving[:1]
        if person.book is not None and leaving:
            message = household.FamilyBookSplit(book_number=person.book)
            yield from self.anew(message, person, leaving)

    def merged(self, person):
        other = next((p for p in self.people.all if p.book and p.book != person.book
                      and p.unit in self.people.units and not p.busy), None)
        if person.book is None or other is None:
            return
        persons = [person, *self.people.housemates(person), other,
                   *self.people.housemates(other)]
        if self.chance(0.1):
            persons.pop()
        message = household.FamilyBookMerged(book_numbers=[person.book, other.book])
        if self.chance(0.05):
            message.book_numbers[1] = person.book
        if len(persons) <= 16:
            yield from self.anew(message, person, persons)

    def everybody(self, person):
        persons = [person, *self.people.housemates(person)]
        if self.chance(0.15) and len(persons) > 1:
            persons.pop()
        return persons

    def replaced(self, person):
        if person.book is not None:
            message = household.FamilyBookReplaced(book_number=person.book)
            yield from self.anew(message, person, self.everybody(person))

    def closed(self, person):
        if person.book is None or self.chance(0.5):
            return
        persons = self.everybody(person)
        message = household.FamilyBookClosed(book_number=person.book)
        outcome = yield from self.offer(message, persons[0], persons[1:], person.unit)
        if outcome.is_ok:
            self.leave(persons)
