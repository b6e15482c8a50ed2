"""Guardians, capacity, changes of name and foetal deaths: the fold of their kinds, their rules."""
import dates
import wire
from wire import filiation, person as pb

ENDS = "guardianship_ended"
BY_COURT = {"guardianship_set", "capacity_set"}
USAGE, REPLACEMENT = filiation.NAME_CHANGE_SORT_USAGE, filiation.NAME_CHANGE_SORT_REPLACEMENT


def is_by_court(act):
    """Whether what the act says was said by a court."""
    return act.kind.name in BY_COURT or (
        act.kind.name == "name_change" and act.message.sort == REPLACEMENT)


class Guardians:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def until(self, provenance, act):
        if act.message.HasField("until"):
            self.fold.end(provenance, act, act.message.until)

    def take_guardianship_set(self, act, role):
        """Ward and guardian each keep the other."""
        other = "guardian" if role == "ward" else "ward"
        entry = self.state.guardianships.add(
            person_id=act.of_role(other), role=wire.role_number(other), scope=act.message.scope,
            act=act.event_id, provenance=self.fold.provenance(act, fields="scope from until"))
        self.until(entry.provenance, act)

    def take_guardianship_ended(self, act, role):
        for entry in self.state.guardianships:
            if entry.act == act.message.target:
                entry.ended_by = act.event_id
                self.fold.end(entry.provenance, act, act.date)

    def take_capacity_set(self, act, role):
        self.state.capacity.CopyFrom(pb.PersonCapacity(
            scope=act.message.scope, act=act.event_id,
            provenance=self.fold.provenance(act, fields="scope from until")))
        self.until(self.state.capacity.provenance, act)

    def take_name_change(self, act, role):
        """In use beside the registered name, or in its place."""
        if act.message.sort != USAGE:
            self.fold.filiations.rename(act)
            return
        for name in self.state.names:
            if name.sort == pb.NAME_SORT_USAGE:
                name.sort = pb.NAME_SORT_FORMER
                self.fold.end(name.provenance, act, act.date)
        self.state.names.add(
            name=act.message.new_name, sort=pb.NAME_SORT_USAGE,
            provenance=self.fold.provenance(act, fields="new_name effective_on"))

    def take_foetal_death(self, act, role):
        self.state.foetal_deaths.add(
            date=act.message.date, act=act.event_id,
            registration_number=act.registration.registration_number,
            provenance=self.fold.provenance(act, fields="date"))


def stands(judging):
    """S14: the guardianship has begun by that day, and neither ended nor run out."""
    ward, day = judging.event.of_role("ward"), judging.matter.valid
    state = judging.world.state_at(ward, dates.FOREVER) if ward and day else None
    for entry in state.guardianships if state is not None else ():
        if entry.act != judging.event.message.target:
            continue
        source = entry.provenance
        if entry.ended_by or dates.of_partial(source.valid_from, 0)[0] > day[0]:
            return False
        if source.HasField("valid_to") and dates.of_partial(source.valid_to, 0)[1] < day[0]:
            return False
    return True


def old_name_stands(judging):
    """S19: the old name is the registered one, byte for byte."""
    holder = judging.event.of_role("holder")
    state = judging.world.state_at(holder, dates.FOREVER) if holder else None
    if state is None or not judging.event.message.HasField("old_name"):
        return True
    registered = [n.name for n in state.names if n.sort == pb.NAME_SORT_REGISTERED]
    return bool(registered) and wire.pack(registered[0]) == wire.pack(
        judging.event.message.old_name)


def needs_court(judging):
    """L09: of the changes of name a replacement alone."""
    return judging.kind.name != "name_change" or judging.event.message.sort == REPLACEMENT


def losses(acts, person):
    """Foetal deaths in force of a mother."""
    return [a for a in acts if a.kind.name == "foetal_death" and a.role_of(person) == "mother"]
