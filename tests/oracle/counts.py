"""Vital statistics, counted from scratch: every act in force, one after the other.

An act counts for the person it is about (each spouse of a wedding or divorce) where and when the
act says, with sex and age as known; what was counted when it was registered is counted again with
what was known just then, and the difference is the revision.
"""
import collections

import dates
import wire
from fold import Fold
from wire import person as pb

BIRTHS, DEATHS, MARRIAGES, DIVORCES, FOETAL_DEATHS = range(1, 6)
OCCURRENCE, REGISTRATION = 1, 2
MALE, FEMALE = 1, 2
LAST_DAY = dates.day_of(2199, 12, 31)
OWNERS = {BIRTHS: {"child"}, DEATHS: {"deceased"}, MARRIAGES: {"spouse_a", "spouse_b"},
          DIVORCES: {"spouse_a", "spouse_b"}, FOETAL_DEATHS: {"mother"}}


def facts(state):
    """(kind, event id of the act, place or None) of what a state holds."""
    if state.birth.act:
        yield BIRTHS, state.birth.act, state.birth.place
    if state.life.status in (pb.LIFE_STATUS_DEAD, pb.LIFE_STATUS_PRESUMED_DEAD):
        has_place = state.life.HasField("place_of_death")
        yield DEATHS, state.life.act, state.life.place_of_death if has_place else None
    for marriage in state.marriages:
        if marriage.status == pb.MARRIAGE_STATUS_NEVER_WAS:
            continue
        yield MARRIAGES, marriage.act, marriage.place
        if marriage.end_reason == wire.union.END_REASON_DIVORCE:
            yield DIVORCES, marriage.end_act, None
    for death in state.foetal_deaths:
        yield FOETAL_DEATHS, death.act, None


def group(age):
    """Youngest age of the group: 0, 1 to 4, five years each, 85 and more."""
    return 0 if age < 1 else 1 if age < 5 else min(age // 5 * 5, 85)


def age_on(birth, day):
    """Group of an age when it is certain, else -1."""
    youngest = group(dates.years(birth[1], day[0]))
    return youngest if youngest == group(dates.years(birth[0], day[1])) else -1


def delay(days):
    return 1 if days <= 30 else 2 if days <= 365 else 3 if days <= 1826 else 4


class Statistics:
    def __init__(self, book):
        self.book = book
        self.states = {}

    def state(self, person, size):
        if (person, size) not in self.states:
            shown = self.book.show(size)
            self.states[person, size] = Fold(self.book, person, dates.FOREVER, size).run()
            self.book.show(shown)
        return self.states[person, size]

    def counted(self, size):
        """{(person, kind, act): (cells, counts once)} at a size."""
        found, _ = {}, self.book.show(size)
        for person in self.book.by_person:
            state = self.state(person, size)
            if state is None or state.person_id != person:
                continue  # nobody, or somebody else's alias
            for kind, event_id, place in facts(state):
                row = self.row(person, state, kind, event_id, place, size)
                if row is not None:
                    found[person, kind, event_id] = row
        return found

    def row(self, person, state, kind, event_id, place, size):
        """What one fact counts as: {basis: (area, year, month, sex, age, delay)}, once."""
        act = self.book.act(self.book.by_event[event_id], size)
        role = act.role_of(person)
        if role not in OWNERS[kind]:
            return None
        sex = state.sex.sex
        if kind in (MARRIAGES, DIVORCES):
            sex = MALE if role == "spouse_a" else FEMALE
        if kind == FOETAL_DEATHS:
            sex, place = act.message.sex, act.message.place
        last = (self.area(act, place), sex, self.age(act, kind, state),
                delay(act.declared_day - act.valid[1]))
        first, end = dates.civil(act.valid[0]), dates.civil(act.valid[1])
        month = first.month if (first.year, first.month) == (end.year, end.month) else 0
        told = dates.civil(act.registered_day)
        cells = {OCCURRENCE: (last[0], first.year, month, *last[1:]),
                 REGISTRATION: (last[0], told.year, told.month, *last[1:])}
        return cells, role != "spouse_b"

    def area(self, act, place):
        if place is not None:
            return place.code[:6]
        office = self.book.authority.offices.get(act.record.event.header.office_id)
        return office.areas[0][:6] if office is not None and office.areas else ""

    def age(self, act, kind, state):
        if kind == BIRTHS:
            return self.age_of_mother(act)
        if not state.HasField("birth"):
            return -1
        birth = dates.of_partial(state.birth.date, LAST_DAY)
        return age_on(birth, act.valid) if birth is not None else -1

    def age_of_mother(self, act):
        """As known when the birth was registered."""
        mother = act.record.event.of_role("mother")  # as the record names her
        if mother is None:
            date = act.message.mother_details.birth
        else:
            state = self.state(mother, act.index)
            if state is None:
                return -1
            date = state.birth.date
        birth = dates.of_partial(date, act.declared_day)
        return age_on(birth, act.valid) if birth is not None else -1

    def original(self, person, kind, event_id):
        """The row as it was just after the act was registered; None when it was not there."""
        index = self.book.by_event[event_id].index
        self.book.show(index + 1)
        state = self.state(person, index + 1)
        for fact in facts(state) if state is not None else ():
            if fact[:2] == (kind, event_id):
                return self.row(person, state, *fact, index + 1)
        return None

    def originals(self, size):
        """The same of every act below a size, whatever became of it."""
        for record in self.book.records[:size]:
            if record.step != wire.REGISTERED:
                continue
            known = record.index + 1
            for person in {self.book.who(s.person, known) for s in record.event.subjects}:
                for kind in OWNERS:
                    row = self.original(person, kind, record.event.id)
                    if row is not None:
                        yield (person, kind, record.event.id), row

    def cells(self, size):
        """{(kind, basis, once): [[area, year, month, sex, age, delay, count, revision]]}"""
        sums = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0]))
        for at, rows in ((0, self.counted(size).items()), (1, self.originals(size))):
            for (_, kind, _), (cells, is_once) in rows:
                for basis, cell in cells.items():
                    sums[kind, basis, 0][cell][at] += 1
                    if is_once:
                        sums[kind, basis, 1][cell[:3] + (0, 0) + cell[5:]][at] += 1
        return {which: sorted([*cell, now, now - before] for cell, (now, before) in table.items()
                              if now or before)
                for which, table in sums.items()}
