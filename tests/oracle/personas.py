"""For whom an id stands: merges in force below a size, as the catalogue has them in C7.

An absorbed id is another name of the survivor; ids that merges joined form trees. Nothing is
rewritten: whoever reads a record reads each id as the root of its tree. An unmerge takes its merge
out as if it had never been, and gives some acts to the other of the two.
"""
import bisect
import copy

import dates
from wire import REGISTERED, merge as pb

GROUPS = NAMES, SEX, BIRTH, NATIONALITY = range(1, 5)


class Personas:
    def __init__(self, links):
        self.up, self.absorbed_at, self.winners = {}, {}, {}
        self.moves, self.group = {}, {}
        undone = {r.event.message.target for r in links if r.event.member == "unmerge"}
        for record in links:
            survivor, absorbed = (record.event.of_role(r) for r in ("survivor", "absorbed"))
            self.know(survivor, absorbed)
            if record.event.member == "merge" and record.event.id not in undone:
                self.join(record, self.root(survivor), self.root(absorbed))
        for record in links:
            for move in getattr(record.event.message, "reassign", ()):
                group = id(self.group[record.event.of_role("absorbed")])
                self.moves[group, move.record_index] = move.person_id

    def know(self, *persons):
        """Those whom merges ever joined, undone ones too."""
        joined = set().union(*(self.group.get(p, {p}) for p in persons))
        for person in joined:
            self.group[person] = joined

    def join(self, record, survivor, absorbed):
        if survivor == absorbed:
            return
        self.up[absorbed], self.absorbed_at[absorbed] = survivor, record.index
        for winner in record.event.message.winners:
            if winner.winner == pb.MERGE_SIDE_ABSORBED:
                self.winners[survivor, winner.group] = self.winner(absorbed, winner.group)

    def root(self, person):
        while person in self.up:
            person = self.up[person]
        return person

    def winner(self, root, group):
        """Whose attributes of a group stand in a tree."""
        return self.winners.get((root, group), root)

    def named(self, person, index):
        """The id by which a record names somebody, after what was reassigned."""
        if person not in self.group:
            return person
        return self.moves.get((id(self.group[person]), index), person)

    def of(self, person, index):
        """Whom a record means by an id."""
        return self.root(self.named(person, index))

    def absorbed(self, root):
        """Ids under a root in the order of the merges."""
        return sorted((p for p in self.up if self.root(p) == root), key=self.absorbed_at.get)

    def ids(self, root):
        return [root, *self.absorbed(root)]

    def moved_to(self, root):
        """Indexes of the acts that an unmerge gave to the person."""
        return [index for (group, index), person in self.moves.items()
                if group == id(self.group.get(root)) and self.root(person) == root]

    def read(self, subjects, index):
        """Subjects of a record as whom they stand for; `named` is the id that was used."""
        found = []
        for subject in subjects:
            seen = copy.copy(subject)
            seen.named = self.named(subject.person, index)
            seen.signed, seen.person = subject.person, self.root(seen.named)
            found.append(seen)
        return found


class People:
    """What a Book knows of merges: part of it."""

    def begin_people(self):
        self.links, self.linked = [], set()  # records of merge and unmerge; whom they name
        self.suspicions = []  # records of duplicate_suspected and duplicate_cleared
        self.personas_of = {}

    def index_people(self, record, kind):
        if kind.name in ("merge", "unmerge"):
            self.links.append(record)
            self.linked |= record.names
        elif kind.name in ("duplicate_suspected", "duplicate_cleared"):
            self.suspicions.append(record)

    def personas(self, size):
        count = bisect.bisect_left(self.links, size, key=lambda record: record.index)
        if count not in self.personas_of:
            self.personas_of[count] = Personas(self.links[:count])
        return self.personas_of[count]

    def merges_about(self, record, size):
        """How many merges might tell how to read a record's persons; 0 for most records."""
        if self.linked.isdisjoint(record.names):
            return 0
        return bisect.bisect_left(self.links, size, key=lambda link: link.index)

    def who(self, person, size, index=-1):
        """Whom an id stands for at a size; in a record of that index."""
        return self.personas(size).of(person, index) if person in self.linked else person

    def was_same(self, act, person, other_act, other, size):
        """Whether persons of two acts were one at a size, by the ids that were signed."""
        return self.who(signed(act, person), size) == self.who(signed(other_act, other), size)

    def seen(self, record, size):
        """The event of a record with its persons as they are known at a size."""
        return self.event_seen(record.event, size, record.index)

    def event_seen(self, event, size, index=-1):
        if event.member == "unmerge" or all(s.person not in self.linked for s in event.subjects):
            return event
        twin = copy.copy(event)
        twin.subjects = self.personas(size).read(event.subjects, index)
        return twin

    def names(self, record, size):
        return {subject.person for subject in self.seen(record, size).subjects}

    def records_of(self, person, size):
        """Records about whoever an id stands for, each once."""
        if person not in self.linked or person not in (personas := self.personas(size)).group:
            return self.by_person.get(person, ())
        root = personas.root(person)
        found = {r.index for p in personas.ids(root) for r in self.by_person.get(p, ())
                 if any(personas.of(s.person, r.index) == root for s in r.event.subjects)}
        return [self.records[i] for i in sorted(found.union(personas.moved_to(root)))
                if i < len(self.records)]

    def history(self, person, size):
        return [r for r in self.records_of(person, size) if r.index < size]

    def exists(self, person, size):
        return any(r.step == REGISTERED for r in self.history(person, size))

    def version(self, person, size):
        history = self.history(person, size)
        return history[-1].index + 1 if history else 0


def signed(act, person):
    """The id by which the record of an act names somebody."""
    return next((s.signed for s in act.subjects if s.person == person), person)


def differing(a, b):
    """Groups in which two states differ."""
    if names_of(a) != names_of(b):
        yield NAMES
    if a.sex.sex != b.sex.sex or not a.HasField("sex"):
        yield SEX
    if birth_of(a) != birth_of(b):
        yield BIRTH
    if {n.country for n in a.nationalities} != {n.country for n in b.nationalities}:
        yield NATIONALITY


def tells_birth(book, size, birth):
    """Of merged identities of a child one birth stands."""
    known = book.personas(size)
    return all(s.named == known.winner(s.person, BIRTH) for s in birth.subjects
               if s.role == "child" and s.person in known.group)


def names_of(state):
    registered = [n.name for n in state.names if n.sort == 1]
    return [(n.km_surname, n.km_given, n.latin_surname, n.latin_given) for n in registered[:1]]


def birth_of(state):
    if not state.HasField("birth"):
        return None
    place = state.birth.place
    return (dates.of_partial(state.birth.date, dates.FOREVER),
            (place.code, place.country) if state.birth.HasField("place") else None)
