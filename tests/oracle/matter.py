"""What is being judged: an act with its persons and dates, in a world of known records.

The same rules judge an event at DECLARED (its own content), at REGISTERED (the newest DECLARED
content), a paper that is linked, the corrected content of an act, and, for the timeline, later acts
again: all of these are a Matter.
"""
import dates
import filiations
import guardians
import kinds
import personas
import wedlock
import wire
from book import valid_date
from fold import Fold
from lives import birth_of
from wire import NOTIFIED


class World:
    """The book as known at a size, perhaps with one correction read as if it were in force."""

    def __init__(self, book, size, extra=None):
        self.book, self.size, self.extra = book, size, extra
        self.lives = {}

    def acts(self, person, without=None):
        return self.book.acts(person, self.size, self.extra, without)

    def life(self, person, without=None):
        person = self.book.who(person, self.size)
        key = person, without
        if key not in self.lives:
            self.lives[key] = Life(self, person, without)
        return self.lives[key]

    def state_at(self, person, day, without=None):
        return Fold(self.book, person, day, self.size, self.extra, without).run()


class Life:
    """What the rules ask of a person, over all valid days."""

    def __init__(self, world, person, without):
        self.person = person
        self.acts = [a for a in world.acts(person, without) if not a.is_over(dates.FOREVER)]
        fold = Fold(world.book, person, dates.FOREVER, world.size, world.extra, without)
        fold.work(kinds=wedlock.DECREES | {"marriage", "divorce", "death", "presumed_death"})
        self.unions = fold.unions.list
        self.birth = birth_of(self.acts, person, world.book.personas(world.size))
        deaths = [a for a in self.acts
                  if a.kind.name == "death" and a.role_of(person) == "deceased"]
        presumed = [a for a in self.acts
                    if a.kind.name == "presumed_death" and a.role_of(person) == "deceased"]
        self.death_act = (deaths + presumed + [None])[0]
        self.death = self.death_act.valid if self.death_act else None
        self.is_presumed = bool(presumed) and not deaths
        births = [a for a in self.acts if a.kind.name == "birth" and a.role_of(person) == "child"
                  and personas.tells_birth(world.book, world.size, a)]
        self.birth_act = births[0] if births else None
        self.parents = [p for p in (self.birth_act.of_role("mother"),
                                    self.birth_act.of_role("father")) if p] if births else []
        if any(a.kind.name in filiations.KINDS for a in self.acts):
            self.parents = kin_of(world, person, without)
        self.bears = [a for a in self.acts
                      if a.kind.name == "birth" and a.role_of(person) == "mother"
                      and personas.tells_birth(world.book, world.size, a)]
        self.losses = guardians.losses(self.acts, person)
        self.children = [a.of_role("child") for a in self.acts
                         if a.kind.name in filiations.PARENTAGE | {"birth"}
                         and a.role_of(person) not in (None, "child")]

    def dead_before(self, days):
        """Three-valued; the day of death itself counts as alive."""
        return dates.before(self.death, days) if self.death else dates.NO


def kin_of(world, person, without):
    """Parents of every sort, those too whose place adopters took."""
    fold = Fold(world.book, person, dates.FOREVER, world.size, world.extra, without)
    fold.work(kinds=filiations.KINDS | {"birth"})
    return [parent.person_id
            for parent in [*fold.state.parents, *fold.state.former_parents]]


class Matter:
    def __init__(self, world, kind, message, common, subjects, recorded_day):
        self.world, self.book = world, world.book
        self.kind, self.message, self.common = kind, message, common
        self.subjects = subjects
        self.recorded_day = recorded_day
        declared = common.date_of_declaration if common.HasField("date_of_declaration") else None
        self.declared_day = dates.of_date(declared) if declared is not None else None
        base = self.declared_day if self.declared_day is not None else recorded_day
        self.valid, self.date = valid_date(kind, message, base) if message else (None, None)
        self.registered_day = recorded_day
        self.case_id = b""     # of the event; its own case is no other act
        self.without = None    # index of the act that this is a new reading of
        self.as_it_will_be = world  # in which that act is in force
        self.is_legacy = False
        self.new_persons = []  # as a linked paper describes them

    def of_role(self, role):
        for subject in self.subjects:
            if subject.role == role:
                return subject.person
        return None

    def persons(self):
        return [subject.person for subject in self.subjects]

    def life(self, person):
        return self.world.life(person, self.without)

    def birth_of(self, person):
        """Birth as registered, or as the paper tells that creates the person; None: unknown."""
        for subject in self.subjects:
            if subject.person == person and subject.is_new:
                for new in self.new_persons:
                    if wire.role_name(new.role) == subject.role:
                        return dates.of_partial(new.birth, self.valid[1])
        return self.life(person).birth

    def birth_of_parent(self, role):
        """(whether the birth act says something of that parent, birth as far as it is known). What
        was told of somebody whom no record knows does not bind a correction."""
        person = self.of_role(role)
        if person:  # S11 speaks of a person who is not there
            birth = self.birth_of(person)
            return birth is not None or self.book.exists(person, self.world.size), birth
        details = getattr(self.message, role + "_details", None)
        if details is None or not details.HasField("birth") or self.without is not None:
            return False, None
        day = self.declared_day if self.declared_day is not None else self.recorded_day
        birth = dates.of_partial(details.birth, day)
        return birth is not None, birth

    def couple(self):
        return [(role, self.of_role(role)) for role in ("spouse_a", "spouse_b")
                if self.of_role(role)]

    def laws(self):
        return self.book.law.spanning(self.valid)

    def by_each_law(self, judge):
        """A date that spans two sets is judged by each, and UNKNOWN when they differ."""
        answers = {judge(rule_set) for rule_set in self.laws()}
        return answers.pop() if len(answers) == 1 else dates.UNKNOWN


def of_act(world, act):
    """An act in force, as a matter to be judged again."""
    matter = Matter(world, act.kind, act.message, act.common, act.subjects, act.record.day)
    matter.registered_day = act.registered_day
    matter.without = act.index
    matter.case_id = act.record.event.header.case_id
    matter.is_legacy = act.linked is not None
    matter.new_persons = act.linked.new_persons if act.linked is not None else []
    return matter


def of_content(world, event, recorded_day):
    """The content that an event itself carries; for a linked paper the act on it."""
    kind = kinds.of_event(event)
    if kind is None:
        return None
    effective, message = kinds.effective(kind, event.message)
    matter = Matter(world, effective, message, event.content.common,
                    world.book.event_seen(event, world.size).subjects, recorded_day)
    matter.is_legacy = kind.name == "legacy_linked"
    matter.new_persons = event.message.new_persons if matter.is_legacy else []
    if kind.name == "foreigner_enrolled":
        matter.new_persons = [message.person]
    matter.case_id = event.header.case_id
    return matter


def of_declaration(world, record, event, recorded_day):
    """For VERIFIED and REGISTERED: the newest DECLARED of the case, with the event's subjects."""
    matter = of_content(world, record.event, recorded_day)
    matter.subjects = event.subjects
    if event.member == "registration":
        day = dates.of_date(event.message.date_of_registration)
        matter.registered_day = recorded_day if day is None else day
    return matter


def kind_of_case(event, case):
    """The kind judged: of the content, else of what the case declared or notified."""
    kind = kinds.of_event(event)
    if kind is not None or not kinds.is_step_content(event):
        return kind
    if case.declared:
        return kinds.of_event(case.declared.event)
    notified = [r for r in case.records if r.step == NOTIFIED]
    name = None
    if event.member == "notification":
        name = event.message.kind
    elif notified:
        name = notified[-1].event.message.kind
    if name is None:
        name = {1: "birth", 2: "death", 3: "marriage"}.get(event.header.event_class)
    return kinds.BY_NAME.get(name)

