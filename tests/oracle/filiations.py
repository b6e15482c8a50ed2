"""Parents by recognition, court and adoption: the fold of C2's filiation, its rules, what a full
adoption seals.

Edges stand in the state of the child. A full adoption sets the parents there were aside, where
rules still find them; its end puts them back.
"""
import dates
import kin
import personas
import wire
from wire import filiation, person as pb

PARENTAGE = {"recognition", "parentage_set", "adoption"}
KINDS = PARENTAGE | {"parentage_disputed", "legitimation", "adoption_revoked"}
ADOPTERS = ("adopter_a", "adopter_b")
ADOPTIVE = {pb.PARENT_BASIS_ADOPTIVE_FULL, pb.PARENT_BASIS_ADOPTIVE_SIMPLE}
FULL = filiation.ADOPTION_FORM_FULL
MALE = 1
ADOPTER_AGE, OLDER_MIN, OLDER_MAX, CONSENT_FROM = 30, 22, 45, 15


def is_full(event):
    return event.member == "adoption" and event.message.form == FULL


def sexes_before(book, person, index):
    """Sex of a person as known before a record."""
    from fold import Fold
    state = Fold(book, person, dates.FOREVER, index).run()
    return state.sex.sex if state is not None and state.HasField("sex") else 0


def parents_by_adoption(book, act):
    """(role, person) of the adopters: he is father, she is mother."""
    for role in ADOPTERS:
        person = act.of_role(role)
        if person:
            male = sexes_before(book, person, act.index) == MALE
            yield ("father" if male else "mother"), person


class Filiations:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def since_birth(self, act):
        return self.state.birth.date if self.state.birth.HasField("date") else act.date

    def hint(self, act):
        self.state.children.add(person_id=act.of_role("child"), source=act.index)

    def edge(self, act, person, role, basis, date):
        self.state.parents.add(person_id=person, role=wire.role_number(role), basis=basis,
                               act=act.event_id, provenance=self.fold.provenance(act, date))

    def rename(self, act):
        """The new name stands first, the registered one becomes a former one."""
        if not act.message.HasField("new_name"):
            return
        if not self.fold.wins(act, personas.NAMES):
            self.state.names.add(name=act.message.new_name, sort=pb.NAME_SORT_ALIAS,
                                 provenance=self.fold.provenance(act, fields="new_name"))
            return
        before = [pb.PersonName.FromString(wire.pack(name)) for name in self.state.names]
        del self.state.names[:]
        self.state.names.add(name=act.message.new_name, sort=pb.NAME_SORT_REGISTERED,
                             provenance=self.fold.provenance(act, fields="new_name"))
        for name in before:
            if name.sort == pb.NAME_SORT_REGISTERED:
                name.sort = pb.NAME_SORT_FORMER
                self.fold.end(name.provenance, act, act.date)
            self.state.names.add().CopyFrom(name)

    def take_recognition(self, act, role):
        parent = wire.role_name(act.message.parent_role)
        if role == parent:
            self.hint(act)
        if role != "child":
            return
        person = act.of_role(parent)
        if not any(p.person_id == person and p.role == act.message.parent_role
                   for p in self.state.parents):
            self.edge(act, person, parent, pb.PARENT_BASIS_RECOGNISED, self.since_birth(act))
        self.rename(act)

    def take_parentage_disputed(self, act, role):
        named = {(wire.role_number(r), act.of_role(r)) for r in ("mother", "father")
                 if act.of_role(r)}
        for parent in self.state.parents if role == "child" else ():
            if not named or (parent.role, parent.person_id) in named:
                parent.disputed = True

    def take_parentage_set(self, act, role):
        """The court's parents take the place of others in their role, adopters excepted."""
        message = act.message
        set_roles = [wire.role_name(link.role) for link in message.set]
        if role in set_roles:
            self.hint(act)
        if role != "child":
            return
        removed = {(link.role, self.fold.book.who(link.person_id, self.fold.size, act.index))
                   for link in message.remove}
        replaced = {link.role for link in message.set}
        for edges in (self.state.parents, self.state.former_parents):
            keep(edges, lambda p: (p.role, p.person_id) not in removed
                 and (p.role not in replaced or p.basis in ADOPTIVE))
            for parent in edges:
                parent.disputed = False
        for parent in set_roles:
            self.edge(act, act.of_role(parent), parent, pb.PARENT_BASIS_COURT,
                      self.since_birth(act))
        self.rename(act)

    def take_legitimation(self, act, role):
        if role == "child":
            self.state.legitimation.CopyFrom(pb.PersonLegitimation(
                act=act.event_id, provenance=self.fold.provenance(act, fields="date")))

    def take_adoption(self, act, role):
        if role != "child":
            self.hint(act)
            return
        basis = pb.PARENT_BASIS_ADOPTIVE_SIMPLE
        if act.message.form == FULL:
            basis = pb.PARENT_BASIS_ADOPTIVE_FULL
            for parent in self.state.parents:
                parent.displaced_by = act.event_id
                self.fold.end(parent.provenance, act, act.date)
                self.state.former_parents.add().CopyFrom(parent)
            del self.state.parents[:]
        for parent, person in parents_by_adoption(self.fold.book, act):
            self.edge(act, person, parent, basis, act.date)
        self.rename(act)

    def take_adoption_revoked(self, act, role):
        if role != "child":
            return
        target = act.message.target
        keep(self.state.parents, lambda p: p.act != target)
        for parent in self.state.former_parents:
            if parent.displaced_by == target:
                back = self.state.parents.add()
                back.CopyFrom(parent)
                back.displaced_by = b""
                back.provenance.ClearField("valid_to")
        keep(self.state.former_parents, lambda p: p.displaced_by != target)


def keep(edges, wanted):
    kept = [pb.PersonParent.FromString(wire.pack(edge)) for edge in edges if wanted(edge)]
    del edges[:]
    for edge in kept:
        edges.add().CopyFrom(edge)


# Rules


def role_numbers(message):
    return [link.role for link in message.set]


def subjects_fit(event):
    """S07: who recognises, and whom a court sets, is a subject of that role."""
    message = event.message
    if event.member == "recognition":
        role = wire.role_name(message.parent_role)
        return role in ("mother", "father") and event.of_role(role) is not None
    if event.member == "parentage_set":
        roles = role_numbers(message)
        return bool(roles or message.remove) and len(set(roles)) == len(roles) and all(
            wire.role_name(link.role) in ("mother", "father")
            and event.of_role(wire.role_name(link.role)) == link.person_id
            for link in message.set) and all(
            wire.role_name(link.role) in ("mother", "father") for link in message.remove)
    return True


def child_birth(matter):
    """Day of birth of the child whose parents' ages are judged; None: not known."""
    if matter.kind.name != "recognition":
        return matter.valid
    child = matter.of_role("child")
    return matter.birth_of(child) if child else None


def s23(matter):
    """Subjects and parents who are only described alike."""
    answers = [dates.YES]
    born = child_birth(matter)
    if born is None:
        return dates.YES
    for role in ("mother", "father"):
        is_told, birth = matter.birth_of_parent(role)
        if is_told and birth is None:
            answers.append(dates.UNKNOWN)
        elif is_told and role == "mother":
            answers.append(matter.by_each_law(lambda law, birth=birth: dates.age_within(
                birth, born, law.mother_age_min, law.mother_age_max)))
        elif is_told:
            answers.append(matter.by_each_law(lambda law, birth=birth: dates.age_at_least(
                birth, born, law.father_age_min)))
    return min(answers)


def edges_of(world, person):
    state = world.state_at(person, dates.FOREVER)
    return list(state.parents) if state is not None else []


def s17(judging):
    """Nobody becomes the parent of an own ascendant."""
    event = judging.event
    child = event.of_role("child")
    made = {"recognition": [wire.role_name(getattr(event.message, "parent_role", 0))],
            "parentage_set": [wire.role_name(role) for role in role_numbers(event.message)]
            if event.member == "parentage_set" else [],
            "adoption": ADOPTERS}.get(event.member, [])
    for role in made:
        person = event.of_role(role)
        if child and person and child in kin.ancestors(judging.world, person):
            return False
    return True


def legitimation_fits(judging):
    """S13: both are the child's parents, and the marriage is theirs."""
    event, child = judging.event, judging.event.of_role("child")
    if child is None or not judging.book.exists(child, judging.size):
        return True
    record = judging.book.record_of(event.message.marriage, judging.size)
    act = judging.book.act(record, judging.size) if record is not None else None
    edges = {(p.role, p.person_id) for p in edges_of(judging.world, child)}
    for role in ("mother", "father"):
        person = event.of_role(role)
        if person is None:
            continue
        if (wire.role_number(role), person) not in edges:
            return False
        if act is not None and act.kind.name == "marriage" and act.role_of(person) is None:
            return False
    return True


def stands(judging):
    """S14: a marriage that has not ended; an adoption whose child is the adopters' still."""
    event = judging.event
    if event.member == "legitimation":
        mother = event.of_role("mother")
        unions = judging.world.life(mother).unions if mother else []
        return not any(u.act.event_id == event.message.marriage and not u.is_open()
                       for u in unions)
    record = judging.book.record_of(event.message.target, judging.size)
    child = event.of_role("child")
    if child is None or judging.book.seen(record, judging.size).of_role("child") != child \
            or not judging.book.exists(child, judging.size):
        return True
    return any(p.act == event.message.target for p in edges_of(judging.world, child))


def l20(matter):
    """An existing child has no other parent in that role."""
    child = matter.of_role("child")
    roles = ["mother", "father"]
    if matter.kind.name == "recognition":
        roles = [wire.role_name(matter.message.parent_role)]
    edges = edges_of(matter.world, child) if child else []
    return dates.of_bool(all(
        p.person_id == matter.of_role(role) for role in roles if matter.of_role(role)
        for p in edges if p.role == wire.role_number(role)))


def mother_of(matter, child):
    for parent in edges_of(matter.world, child):
        if parent.role == wire.role_number("mother"):
            return parent.person_id
    return matter.of_role("mother")


def l21(matter):
    """A living mother consents to a father, a child old enough to adopters."""
    child, message = matter.of_role("child"), matter.message
    if matter.kind.name == "adoption":
        birth = matter.birth_of(child) if child else None
        consents = {wire.role_name(consent.role) for consent in message.consents}
        if birth is None or "child" in consents:
            return dates.YES
        return dates.negate(dates.age_at_least(birth, matter.valid, CONSENT_FROM))
    mother = mother_of(matter, child) if child else None
    if not mother or message.mother_consent or wire.role_name(message.parent_role) != "father":
        return dates.YES
    state = matter.world.state_at(mother, dates.FOREVER)
    if state is None:
        return dates.YES
    alive = dates.negate(matter.life(mother).dead_before(matter.valid))
    if state.life.status == pb.LIFE_STATUS_MISSING:
        alive = min(alive, dates.UNKNOWN)
    return dates.negate(alive)


def l22(matter):
    """Adopters from another country: two, of an age."""
    if not matter.message.inter_country:
        return dates.YES
    child = matter.of_role("child")
    birth = matter.birth_of(child) if child else None
    if birth is None:
        return dates.YES
    answers = []
    for role in ADOPTERS:
        person = matter.of_role(role)
        if person is None:
            answers.append(dates.NO)
        elif matter.book.exists(person, matter.world.size):
            own = matter.birth_of(person)
            answers.append(dates.UNKNOWN if own is None else min(
                dates.age_at_least(own, matter.valid, ADOPTER_AGE),
                dates.age_at_least(own, birth, OLDER_MIN),
                dates.negate(dates.age_at_least(own, birth, OLDER_MAX + 1))))
    return min(answers)


# What a full adoption seals


def standing(book, child, size=None):
    """Records of full adoptions of a child that no adoption_revoked has lifted, oldest first."""
    return [r for r in book.history(child, len(book.records) if size is None else size)
            if is_full(r.event) and book.seen(r, len(book.records)).of_role("child") == child
            and r.event.id not in book.unsealed]


def is_replaced(book, record, adoption):
    """Whether an adoption seals a record: birth, parents, papers about these, names."""
    import kinds
    now = len(book.records)
    child, seen = book.seen(adoption, now).of_role("child"), book.seen(record, now)
    if record.index >= adoption.index or child not in book.names(record, now):
        return False
    kind = kinds.of_event(record.event)
    header, is_child = record.event.header, seen.of_role("child") == child
    if header.event_class in (1, 4, 12):
        return is_child
    if header.event_class == 5:
        return adoption.event.message.HasField("new_name")
    return is_child and kind is not None and kind.name == "legacy_linked" \
        and record.event.message.WhichOneof("act") == "birth"


def seals(book, record):
    """Whether an adoption seals the act of a record, itself excepted."""
    return any(is_replaced(book, record, adoption)
               for person in book.names(record, len(book.records))
               for adoption in standing(book, person))


def face_subjects(judging, record):
    """Whom an extract of a full adoption names: what everybody sees of it, a birth."""
    act = judging.book.act(record, judging.size)
    return sorted([("child", act.of_role("child")), *parents_by_adoption(judging.book, act)])
