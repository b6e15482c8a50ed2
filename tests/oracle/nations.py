"""Nationality: the fold of C5, rules L17 and S14 of its kinds."""
import dates
from wire import person as pb

CAMBODIA = "KHM"
BASES = ["", "birth", "descent", "naturalisation", "marriage", "adoption"]
ENDS = {"nationality_renounced", "nationality_lost"}
# S12 and S13: field -> kinds that it may name; both fields may be absent.
TARGETS = {"nationality_restored": ("target", ENDS),
           "nationality_renounced": ("statelessness", {"statelessness_found"}),
           "nationality_lost": ("statelessness", {"statelessness_found"})}


def has_ended(nationality):
    return nationality.provenance.HasField("valid_to")


def held(state, country):
    """The person's nationality of a country that has not ended, or None."""
    return next((n for n in state.nationalities if n.country == country and not has_ended(n)), None)


class Nations:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def add(self, act, country, basis, fields):
        self.state.nationalities.add(country=country, basis=basis,
                                     provenance=self.fold.provenance(act, fields=fields))

    def take_nationality_acquired(self, act, role):
        if held(self.state, act.message.country) is None:
            self.add(act, act.message.country, BASES[act.message.basis],
                     "country basis effective_on")

    def take_nationality_lost(self, act, role):
        """Card and passport are suspended from that day when the country's own is lost."""
        ended = held(self.state, act.message.country)
        if ended is None:
            return
        self.fold.end(ended.provenance, act, act.date)
        ended.ended_by = act.event_id
        if act.message.country == CAMBODIA:
            self.fold.papers.suspend(act, ("id_card", "passport"))

    take_nationality_renounced = take_nationality_lost

    def take_nationality_restored(self, act, role):
        ended = [n for n in self.state.nationalities if n.ended_by == act.message.target]
        if ended and held(self.state, ended[-1].country) is None:
            self.add(act, ended[-1].country, "restored", "effective_on")

    def take_statelessness_found(self, act, role):
        self.state.statelessness.CopyFrom(pb.PersonStatelessness(
            act=act.event_id, provenance=self.fold.provenance(act, fields="date")))


def l17(matter):
    """One nationality remains, or a finding of statelessness about the holder is cited."""
    message, holder = matter.message, matter.of_role("holder")
    if any(country != message.country for country in message.other_nationalities):
        return dates.YES
    record = matter.book.record_of(message.statelessness, matter.world.size)
    finding = matter.book.act(record, matter.world.size) if record is not None else None
    if finding is not None and finding.kind.name == "statelessness_found" \
            and finding.of_role("holder") == holder:
        return dates.YES
    state = matter.world.state_at(holder, matter.valid[1])
    return dates.of_bool(state is None or any(
        n.country != message.country and not has_ended(n) for n in state.nationalities))


def restores(judging):
    """S14: the target ended a nationality of the holder, before, and it has not come back."""
    event, matter = judging.event, judging.matter
    holder = event.of_role("holder")
    act = judging.target_act()
    if act is None or act.kind.name not in ENDS or holder is None or not matter.valid:
        return True
    state = judging.world.state_at(holder, matter.valid[1])
    if state is None:
        return True
    return act.of_role("holder") == holder and act.valid[0] <= matter.valid[1] \
        and held(state, act.message.country) is None
