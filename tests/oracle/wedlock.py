"""What courts decide about a marriage, and objections to one: rules and fold of C2.

An objection stands in the notice that both spouses have until it is settled; upheld, it voids the
notice. Annulled from the beginning, a marriage never was; else annulments and settlements end it,
and separations leave it in force.
"""
import dates
from wire import person as pb

ENDED = 2          # MarriageOutcome
UPHELD = 2         # ObjectionOutcome
ANNULMENT, RESOLVED = 4, 5  # EndReason
DECREES = {"annulment", "separation", "reconciliation", "marriage_resolved"}
OBJECTIONS = {"objection": "notice", "objection_resolved": "objection"}
TARGETS = {"objection": ("notice", {"marriage_notice"}),
           "objection_resolved": ("objection", {"objection"}),
           **{name: ("target", {"marriage"}) for name in DECREES}}


def is_told(event):
    """S07: who objects is a subject or has a name."""
    return event.member != "objection" or event.message.HasField("objector_name") \
        or event.of_role("objector") is not None


def needs_decision(event):
    """L09: dismissing an objection takes no court."""
    return event.member != "objection_resolved" or event.message.outcome == UPHELD


def notices_of(world, person):
    state = world.state_at(person, dates.FOREVER) if person else None
    return list(state.notices) if state is not None else []


def annuls(act):
    """From the beginning: the marriage never was."""
    return act.kind.name == "annulment" and act.message.ab_initio


def stands(judging):
    """S14: the notice is posted and not void; the objection is open; the marriage goes on, and what
    is decided about it has something to change."""
    event, world = judging.event, judging.world
    if event.member == "objection":
        return any(n.act == event.message.notice and not n.voided
                   for n in notices_of(world, event.of_role("spouse_a")))
    if event.member == "objection_resolved":
        return any(event.message.objection in n.objections
                   for n in notices_of(world, event.of_role("spouse_a")))
    may = {"separation": lambda u: not u.separated, "reconciliation": lambda u: u.separated,
           "marriage_resolved": lambda u: u.removed is not None}.get(event.member)
    return any(u.act.event_id == event.message.target and u.is_open() and (may is None or may(u))
               for s in event.subjects for u in world.life(s.person).unions)


def l18(matter):
    """No open objection to any notice of the couple."""
    bride = matter.of_role("spouse_b")
    return dates.of_bool(not any(n.other == bride and n.objections for n in notices_of(
        matter.world, matter.of_role("spouse_a")) if bride))


def is_void(matter, notice):
    return any(n.act == notice and n.voided for person in matter.persons()
               for n in notices_of(matter.world, person))


class Wedlock:
    """Steps of a Fold about its unions and notices."""

    def __init__(self, fold):
        self.fold, self.unions = fold, fold.unions

    def take_objection(self, act, role):
        for notice in self.fold.state.notices:
            if notice.act == act.message.notice:
                notice.objections.append(act.event_id)

    def take_objection_resolved(self, act, role):
        for notice in self.fold.state.notices:
            if act.message.objection in notice.objections:
                notice.objections.remove(act.message.objection)
                notice.voided |= act.message.outcome == UPHELD

    def open_target(self, act):
        return [u for u in self.unions.list
                if u.act.event_id == act.message.target and u.is_open()]

    def end(self, act, date, reason):
        for union in self.open_target(act):
            self.unions.finish_union(union, dates.exact(dates.of_date(date)), date, reason, act,
                                     act.event_id)

    def take_annulment(self, act, role):
        if not act.message.ab_initio:
            self.end(act, act.message.date_final, ANNULMENT)

    def take_separation(self, act, role):
        for union in self.open_target(act):
            union.separated, union.standing = True, act

    def take_reconciliation(self, act, role):
        for union in self.open_target(act):
            if union.separated:
                union.separated, union.standing = False, act

    def take_marriage_resolved(self, act, role):
        if act.message.outcome == ENDED:
            self.end(act, act.message.ended_on, RESOLVED)
            return
        for union in self.open_target(act):
            if union.removed is not None:
                union.removed, union.standing = None, act

    def annulment_of(self, wedding):
        """The annulment from the beginning, whatever its day; None."""
        return next((act for act in self.fold.all_acts if annuls(act)
                     and act.message.target == wedding.event_id and act.void is None), None)

    def standing(self, union):
        return self.fold.provenance(union.standing, union.standing.message.date_final,
                                    "date_final")

    def write(self, union, out):
        out.separated = union.separated
        if union.standing is not None:
            out.standing.CopyFrom(self.standing(union))
        if union.never is not None:
            out.status = pb.MARRIAGE_STATUS_NEVER_WAS
            out.end_reason, out.end_act = ANNULMENT, union.never.event_id
