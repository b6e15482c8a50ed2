"""The state as a reader without a warrant has it: what adoptions seal, and what is told instead.

An adoption that stands seals the child's birth, the acts about its parents so far, papers about
these, its names where it gives one, and itself; with each of them all steps, what amends it and the
decisions it cites; and later what amends or cites any of it. Where the birth was, the reader finds
one by the adopters: the adoption's record as source, its event id, no registration number. Seals of
courts are not read here.
"""
import copy
import types

import dates
import filiations
from fold import Fold
from wire import person as pb

AMENDMENT, COURT = 14, 15


def follows(record):
    """What amends acts, and what courts record, goes with the acts that it refers to."""
    return record.event.header.event_class in (AMENDMENT, COURT)


def references(record):
    return set(record.event.header.references)


def decisions_of(book, record):
    cited = (book.by_event.get(i) for i in references(record))
    return {r.index for r in cited if r is not None and r.event.member == "court_decision"}


def case_of(book, record):
    case_id = record.event.header.case_id
    return book.by_case.get(case_id, []) if case_id else []


def sealed_by(book, adoption):
    """Indexes of all records that an adoption seals."""
    child, found = book.seen(adoption, book.size()).of_role("child"), {adoption.index}
    found |= decisions_of(book, adoption)
    for record in book.history(child, adoption.index):
        if filiations.is_replaced(book, record, adoption):
            found |= {r.index for r in [record, *case_of(book, record)]
                      if r.index < adoption.index}
            found |= decisions_of(book, record)
            first = record.event.subjects[0].person
            for other in book.history(first, adoption.index):
                if follows(other) and record.event.id in references(other):
                    found |= {other.index} | decisions_of(book, other)
    for record in book.records[adoption.index + 1:]:
        named = [book.by_event[i] for i in references(record) if i in book.by_event]
        case_id = record.event.header.case_id
        if any(r.index in found and (follows(record) or (
                case_id and r.event.header.case_id == case_id)) for r in named):
            found.add(record.index)
    return found


def is_court_sealed(book, person):
    """Whether a court has sealed anything about the person, about somebody in the same act, or
    about whoever stands in an act of a child that the person adopted."""
    near = set()
    for record in book.history(person, book.size()):
        near |= book.names(record, book.size())
        if filiations.is_full(record.event):
            child = book.seen(record, book.size()).of_role("child")
            near.update(*(book.names(r, book.size()) for r in book.history(child, book.size())))
    return any(book.names(seal, book.size()) & (near | {person}) for seal in book.seals)


def is_merged(book, person):
    """Whether merges ever joined the person with somebody, or somebody in the same act."""
    known = book.personas(book.size()).group
    return any(p in known for r in book.by_person.get(person, ()) for p in r.names)


def hidden(book):
    """Indexes of all that adoptions seal now."""
    if book.hidden is None or book.hidden[0] != book.size():
        found = set()
        for record in book.records:
            if filiations.is_full(record.event) and record.event.id not in book.unsealed:
                found |= sealed_by(book, record)
        book.hidden = book.size(), found
    return book.hidden[1]


def face(book, adoption, size):
    """What is told in an adoption's place; None before the child is known."""
    child = book.seen(adoption, book.size()).of_role("child")
    acts, whole = book.acts(child, size), book.act(adoption, len(book.records))
    births = [a for a in acts if a.kind.name == "birth" and a.role_of(child) == "child"
              and filiations.is_replaced(book, a.record, adoption)]
    if not acts:
        return None
    if not births:
        return copy.copy(whole)
    told, birth = copy.copy(births[0]), births[0]
    told.index, told.record, told.source = adoption.index, adoption, adoption
    told.event_id, told.verification = adoption.event.id, None
    told.registration = told.linked = None
    told.corrections = []
    told.numbers = [(person, number, adoption.index) for person, number, _ in birth.numbers]
    told.content = copy.deepcopy(birth.content)
    told.message = getattr(told.content, "birth")
    told.message.delivery_id, told.message.birth_order = b"", 0
    told.message.name.CopyFrom(name_given(book, whole, child))
    told.subjects = [types.SimpleNamespace(role=role, person=person, named=person, signed=person,
                                           is_new=False)
                     for role, person in [("child", child),
                                          *filiations.parents_by_adoption(book, whole)]]
    return told


def name_given(book, whole, child):
    """The adoption's, else the registered one of the child before."""
    if whole.message.HasField("new_name"):
        return whole.message.new_name
    return Fold(book, child, dates.FOREVER, whole.index).run().names[0].name


class SealedFold(Fold):
    """Folds what is left to see, and the faces of the adoptions."""

    def __init__(self, book, person, valid_day, size):
        super().__init__(book, person, valid_day, size)
        self.hidden, self.faces = hidden(book), []
        self.all_acts = [a for a in self.all_acts if a.index not in self.hidden]
        self.void_acts = [a for a in self.void_acts if a.index not in self.hidden]
        for record in book.history(person, book.size()):
            if filiations.is_full(record.event):
                self.tell(record)

    def tell(self, adoption):
        """The last adoption of the child that stands; a parent must be known already."""
        child = self.book.seen(adoption, self.book.size()).of_role("child")
        standing = filiations.standing(self.book, child)
        if not standing or standing[-1] is not adoption or \
                not (child == self.person or self.all_acts + self.void_acts):
            return
        told = face(self.book, adoption, self.size)
        if told is not None:
            self.faces.append(told)
            self.all_acts = sorted([*self.all_acts, told], key=lambda a: (a.valid[0], a.index))

    def provenance(self, act, date=None, fields=""):
        source = super().provenance(act, date, fields)
        if any(act is told for told in self.faces):
            source.disputed = False  # as far as this reader knows
        return source

    def take_adoption(self, act, role):
        """Of a child without a birth act: parents by birth, and one name."""
        if role != "child" or not any(act is told for told in self.faces):
            self.filiations.take_adoption(act, role)
            return
        for parent, person in filiations.parents_by_adoption(self.book, act):
            self.filiations.edge(act, person, parent, pb.PARENT_BASIS_BIRTH, act.date)
        for parent in self.state.parents:
            parent.act = b""
        if act.message.HasField("new_name") and self.state.names:
            self.state.names[0].name.CopyFrom(act.message.new_name)

    def disputes(self):
        """None of an act that is not seen."""
        seen = [a for a in self.all_acts if not any(a is told for told in self.faces)]
        for act in sorted(seen, key=lambda a: a.index):
            if act.valid[0] <= self.valid_day and self.book.dispute_of(act.event_id, self.size)[0]:
                self.state.disputed_acts.append(act.event_id)

    def run(self):
        state = super().run()
        if state is None:
            return None
        seen = [r for r in self.book.history(self.person, self.size)
                if r.index not in self.hidden]
        state.history_count = len(seen)
        state.version = seen[-1].index + 1 if seen else 0
        self.hide_names(state)
        return state

    def hide_names(self, state):
        """What older documents tell of an earlier name."""
        for told in self.faces:
            if told.role_of(self.person) != "child":
                continue
            old = {(d.document_class, d.number) for d in state.documents
                   if d.provenance.known_from < told.index}
            kept = [i for i in state.inconsistencies if i.field != "name"
                    or (i.document_class, i.document_number) not in old]
            copies = [pb.PersonInconsistency.FromString(i.SerializeToString()) for i in kept]
            del state.inconsistencies[:]
            state.inconsistencies.extend(copies)
