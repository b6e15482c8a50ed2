"""Pairs under suspicion, merges and their end: the rules of these kinds in C7."""
import dates
import kin
import personas

APART_YEARS = 15
IDENTITY = 16  # EventClass


def pair_of(matter):
    """The two of a merge, when both are there; else None."""
    if matter is None or matter.kind.name != "merge":
        return None
    pair = [matter.of_role("survivor"), matter.of_role("absorbed")]
    if None in pair or pair[0] == pair[1] \
            or not all(matter.book.exists(p, matter.world.size) for p in pair):
        return None
    return pair


def states(matter):
    return [matter.world.state_at(p, dates.FOREVER) for p in pair_of(matter)]


def has_winners(matter):
    """S07: one winner for each group in which the two differ."""
    if pair_of(matter) is None:
        return True
    told = {winner.group for winner in matter.message.winners}
    return set(personas.differing(*states(matter))) <= told


def are_strangers(matter):
    """S17: neither is ascendant or spouse of the other."""
    if pair_of(matter) is None:
        return True
    a, b = pair_of(matter)
    married = {u.spouse for u in matter.life(a).unions if u.is_open()}
    return b not in married and b not in kin.ancestors(matter.world, a) \
        and a not in kin.ancestors(matter.world, b)


def l27(matter):
    """Not two marriages in force, one sex, births not too far apart; nothing done after a death."""
    if pair_of(matter) is None:
        return dates.YES
    a, b = pair_of(matter)
    lives, told = [matter.life(a), matter.life(b)], states(matter)
    wed = [{u.spouse for u in life.unions if u.is_open() and u.removed is None} for life in lives]
    if all(wed) and wed[0] != wed[1]:
        return dates.NO
    if told[0].sex.sex != told[1].sex.sex or not told[0].sex.sex:
        return dates.NO
    if lives[0].birth and lives[1].birth and dates.within_years(
            lives[0].birth, lives[1].birth, APART_YEARS) == dates.NO:
        return dates.NO
    dead = [life for life in lives if life.death]
    if len(dead) != 1:
        return dates.YES
    living = lives[1 - lives.index(dead[0])]
    return min([dates.not_after(act.valid, dead[0].death) for act in living.acts
                if act.kind.event_class != IDENTITY], default=dates.YES)


def is_same_pair(judging):
    """S16 of an unmerge: the two of the merge, as it named them; what it reassigns are acts of ids
    that merges have ever joined with theirs, and go to one of the two."""
    book, size = judging.book, judging.size
    record = book.record_of(judging.event.message.target, size)
    if record is None or record.event.member != "merge":
        return True
    joined = book.personas(size).group[record.event.subjects[0].person]
    for move in judging.event.message.reassign:
        if move.record_index >= size or move.person_id not in {
                s.person for s in judging.event.subjects} or not joined & {
                s.person for s in book.records[move.record_index].event.subjects}:
            return False
    return {(s.role, s.person) for s in record.event.subjects} \
        == {(s.role, s.person) for s in judging.event.subjects}


def merge_stands(judging):
    """S14 of an unmerge."""
    return not any(r.event.member == "unmerge" and r.index < judging.size
                   and r.event.message.target == judging.event.message.target
                   for r in judging.book.links)


def evidence(event):
    return event.message.rule, list(event.message.fields)


def newest(book, size, name, subjects, like=None):
    """The newest record of a kind about the pair, on the same evidence when that is said."""
    pair, found = {s.person for s in subjects}, None
    for record in book.suspicions:
        if record.index < size and record.event.member == name and len(pair) == 2 \
                and book.names(record, size) == pair \
                and (like is None or evidence(record.event) == evidence(like)):
            found = record
    return found


def are_raisers(signing, mine):
    """S05: who raised a suspicion does not settle it."""
    raised = None
    if signing.kind.name == "duplicate_cleared":
        raised = newest(signing.book, signing.world.size, "duplicate_suspected",
                        signing.event.subjects)
    return raised is not None and bool(mine & signing.officers_of(raised))


def is_of_one_office(signing):
    """S05 of a merge: two offices of the national authority."""
    return signing.kind.name == "merge" and len({o.office for o in signing.known}) < 2


def pair_stands(judging):
    """S14: a pair is not raised again on the evidence on which it was cleared; what is cleared is
    under suspicion."""
    book, size, event = judging.book, judging.size, judging.event
    if len({s.person for s in event.subjects}) != 2:
        return True  # S16
    is_cleared = event.member == "duplicate_cleared"
    raised = newest(book, size, "duplicate_suspected", event.subjects,
                    None if is_cleared else event)
    cleared = newest(book, size, "duplicate_cleared", event.subjects)
    is_settled = raised is not None and cleared is not None and cleared.index > raised.index
    return raised is not None and not is_settled if is_cleared else not is_settled


IN_FORCE = {"unmerge": merge_stands, "duplicate_suspected": pair_stands,
            "duplicate_cleared": pair_stands}
