"""Identities beside the birth act: foreigners, false ones, proofs of life, rejected papers."""
import dates
import nations
import personas
from wire import person as pb

PASSPORT = "passport"
CLASSES = ("id_card", "passport", "permit")


class Identities:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def take_foreigner_enrolled(self, act, role):
        """What the passport says of nationality is known from the day of enrolment."""
        for country in act.message.nationalities:
            if nations.held(self.state, country) is None \
                    and self.fold.wins(act, personas.NATIONALITY):
                self.fold.nations.add(act, country, PASSPORT, "")

    def take_merge(self, act, role):
        """One person keeps one set of papers, also when the merge is undone."""
        kept = {(d.document_class, d.number) for d in act.message.live_documents}
        self.fold.papers.cancel_but(kept)

    def take_duplicate_suspected(self, act, role):
        for other in {s.person for s in act.subjects} - {self.fold.person}:
            self.state.suspicions.add(person_id=other, act=act.event_id, rule=act.message.rule)

    def take_duplicate_cleared(self, act, role):
        """Raised about the same two, as known when it is settled."""
        book, by_id = self.fold.book, {a.event_id: a for a in self.fold.all_acts}
        others = [s.person for s in act.subjects if s.person != self.fold.person]
        kept = [s for s in self.state.suspicions if not any(
            book.was_same(by_id[s.act], s.person_id, act, other, act.index) for other in others)]
        copies = [pb.PersonSuspicion.FromString(s.SerializeToString()) for s in kept]
        del self.state.suspicions[:]
        self.state.suspicions.extend(copies)

    def take_false_identity(self, act, role):
        self.state.false_identity.CopyFrom(pb.PersonFalseIdentity(
            true_identity=act.message.true_identity, true_person=act.message.true_person,
            act=act.event_id, provenance=self.fold.provenance(act)))

    def suspend(self, act, role):
        self.fold.papers.suspend(act, CLASSES)

    def take_proof_of_life(self, act, role):
        """The same day a year later; 29 February gives the 28th."""
        proof = pb.PersonProofOfLife(how=act.message.how, provenance=self.fold.provenance(act))
        day = act.message.date
        leap = (day.month, day.day) == (2, 29)
        proof.until.year, proof.until.month = day.year + 1, day.month
        proof.until.day = 28 if leap else day.day
        self.state.proof_of_life.CopyFrom(proof)


def lives(matter, person, day):
    """A proof of life reaches the day."""
    state = matter.world.state_at(person, day) if person else None
    return state is not None and state.HasField("proof_of_life") \
        and day <= dates.of_date(state.proof_of_life.until)


def papers_stand(judging, paper):
    """Neither the paper nor the one it builds on was rejected."""
    book = judging.book
    while paper:
        if book.rejected.get(paper, judging.size) < judging.size:
            return False
        record = book.record_of(paper, judging.size)
        is_check = record is not None and record.event.member == "legacy_verified"
        paper = record.event.message.digitised if is_check else b""
    return True


def true_person_exists(judging):
    """S11 of false_identity."""
    named = judging.event.message.true_person
    return len(named) != 16 or judging.book.exists(named, judging.size)


def comes_first(matter, child):
    """The birth of somebody whom the register knows without one comes before all acts since."""
    answers = [dates.YES]
    if matter.without is not None or not matter.book.exists(child, matter.world.size):
        return dates.YES  # a correction has a question of its own
    told = matter.life(child).birth
    for act in matter.world.acts(child):
        before = dates.not_after(told, act.valid) if told else dates.YES
        after = dates.not_after(matter.valid, act.valid)
        if act.kind.event_class != 15 and after < before:
            answers.append(after)
    return min(answers)
