"""Marriages of one person and what follows for the civil status. Catalogue, D2.

A marriage holds on [date, end). It ends by death, divorce, on the day of a revocation ex nunc, or
on the day that the act itself names when it was registered after its end (already_ended). One whose
end was a death that never was is disputed when the survivor had married again.
"""
import dates
import wedlock
from wire import person as pb

IN_FORCE, ENDED = pb.MARRIAGE_STATUS_IN_FORCE, pb.MARRIAGE_STATUS_ENDED
DISPUTED = pb.MARRIAGE_STATUS_DISPUTED
DEATH, PRESUMED, DIVORCE, REVOKED = 1, 2, 3, 10  # EndReason
STATUS_AFTER = {DEATH: pb.CIVIL_STATUS_WIDOWED, PRESUMED: pb.CIVIL_STATUS_WIDOWED,
                REVOKED: pb.CIVIL_STATUS_ANNULLED,
                DIVORCE: pb.CIVIL_STATUS_DIVORCED, 4: pb.CIVIL_STATUS_ANNULLED,
                5: pb.CIVIL_STATUS_DIVORCED}


class Union:
    def __init__(self, act, spouse):
        self.act, self.spouse = act, spouse
        self.begin = act.valid
        self.end = None          # interval of days
        self.end_date = self.reason = self.end_act = None
        self.ended_by = None     # act at work when the end was written
        self.died_first = False  # the person died in this marriage
        self.removed = None      # the removed death that left it in dispute
        self.removed_at = 0      # moment of that
        self.bereaved = None     # the same, of one who returned to a dead spouse
        self.never = None        # the annulment from the beginning
        self.separated, self.standing = False, None  # by which act

    def is_open(self):
        return self.end is None and self.never is None

    def is_in_force_on(self, days):
        """Three-valued: begin <= days < end"""
        if self.never is not None:
            return dates.NO
        begun = dates.not_after(self.begin, days)
        return min(begun, dates.before(days, self.end)) if self.end else begun


class Unions:
    def __init__(self, fold):
        self.fold, self.list = fold, []
        self.death_act = None  # of the person
        self.moment = 0

    def finish_union(self, union, days, date, reason, act, end_act):
        self.moment += 1
        union.end, union.end_date, union.reason = days, date, reason
        union.ended_by, union.end_act, union.moment = act, end_act, self.moment
        union.died_first = self.death_act is not None

    def wedding(self, act, role):
        """A person known to be dead by then was married until the death."""
        spouse = act.of_role("spouse_b" if role == "spouse_a" else "spouse_a")
        union = Union(act, spouse)
        self.list.append(union)
        for notice in list(self.fold.state.notices):
            if notice.act == act.message.notice:
                self.fold.state.notices.remove(notice)
        union.never = self.fold.wedlock.annulment_of(act)
        if self.death_act is not None and union.is_open():
            self.finish_union(union, self.death_act.valid, date_of(self.death_act),
                              reason_of(self.death_act), act, self.death_act.event_id)

    def already_ended(self, act, role):
        ended = act.message.already_ended
        for union in self.list:
            if union.act is act and union.is_open():
                self.finish_union(union, dates.exact(dates.of_date(ended.on)), ended.on,
                                  ended.reason, act, ended.act)

    def divorce(self, act):
        for union in self.list:
            if union.act.event_id == act.message.target and union.is_open():
                self.finish_union(union, act.valid, act.message.date_final, DIVORCE, act,
                                  act.event_id)

    def revoked(self, act, role):
        """Ex nunc."""
        for union in self.list:
            if union.act is act and union.is_open():
                self.finish_union(union, dates.exact(act.void_day()), act.void.event.message.date,
                                  REVOKED, act, act.void.event.id)

    def is_with(self, union, act, other):
        """Whether somebody in an act is the spouse, as known when the act was recorded: merges and
        unmerges since name others, and change nothing for this person."""
        book = self.fold.book
        return book.was_same(union.act, union.spouse, act, other, act.index)

    def death(self, act, role):
        """Of the person: every marriage ends. Of the spouse: the marriage with that spouse."""
        deceased = act.of_role("deceased")
        is_presumed_only = act.kind.name == "presumed_death" and self.fold.dies
        if role == "deceased" and not is_presumed_only:
            self.death_act = act
        for union in self.list:
            if union.is_open() and (role == "deceased" or self.is_with(union, act, deceased)):
                self.finish_union(union, act.valid, date_of(act), reason_of(act), act,
                                  act.event_id)
                union.died_first |= role == "deceased"

    def death_removed(self, act, role):
        """The survivor may have married again."""
        other = act.of_role("surviving_spouse" if role == "deceased" else "deceased")
        if role not in ("deceased", "surviving_spouse") or not other \
                or not has_remarried(self.fold, act):
            return
        for union in self.list:
            if self.is_with(union, act, other) and union.is_open():
                self.moment += 1
                union.removed, union.removed_at = act, self.moment

    def bereavement(self, act):
        """Who returns may find the spouse dead: that death did not name who counted as dead."""
        survivor = act.of_role("surviving_spouse")
        if act.role_of(self.fold.person) != "deceased" or not survivor:
            return
        deaths = [d for d in self.fold.book.acts(survivor, act.void.index)
                  if d.kind.name in ("death", "presumed_death")
                  and d.role_of(survivor) == "deceased"
                  and d.role_of(self.fold.person) is None and d.valid[0] >= act.valid[0]]
        if deaths:
            yield (deaths[0].valid[0], act.index, 6, act,
                   lambda a, role, death=deaths[0]: self.bereave(a, death))

    def bereave(self, act, death):
        for union in self.list:
            if union.is_open() and self.is_with(union, death, death.of_role("deceased")):
                self.finish_union(union, death.valid, date_of(death), reason_of(death), death,
                                  death.event_id)
                union.bereaved = act

    def finish(self):
        for union in self.list:
            self.write(union)
        self.write_status()

    def provenance(self, union):
        source = self.fold.provenance(union.act, fields="date_of_marriage place")
        if union.end:
            self.fold.end(source, union.ended_by, union.end_date)
        return source

    def write(self, union):
        from fold import copy_date
        message, act = union.act.message, union.act
        out = self.fold.state.marriages.add(
            spouse=union.spouse, act=act.event_id,
            status=ENDED if union.end else DISPUTED if union.removed else IN_FORCE,
            place=message.place, place_code_now=self.fold.code_now(message.place),
            provenance=self.provenance(union))
        copy_date(getattr(out, "from"), act.date)
        if act.registration is not None:
            out.registration_number.CopyFrom(act.registration.registration_number)
        self.fold.wedlock.write(union, out)
        if union.end:
            copy_date(out.to, union.end_date)
            out.end_reason, out.end_act = union.reason, union.end_act

    def write_status(self):
        """Married while any marriage is in force; undetermined while one is disputed; else what the
        last end made of the person. The dead keep the status they died in."""
        lasting = [u for u in self.list if u.is_open() or u.died_first]
        married = [u for u in lasting if not u.removed]
        if married:
            last = married[-1]
            source = self.fold.wedlock.standing(last) if last.standing else \
                self.fold.provenance(last.act, fields="date_of_marriage place")
            self.set_status(pb.CIVIL_STATUS_SEPARATED if last.separated
                            else pb.CIVIL_STATUS_MARRIED, source)
        elif lasting:
            self.set_status(pb.CIVIL_STATUS_UNDETERMINED, self.undetermined(lasting))
        elif any(u.end for u in self.list):
            last = max((u for u in self.list if u.end), key=lambda u: u.moment)
            self.set_status(STATUS_AFTER[last.reason], self.after_end(last))

    def undetermined(self, disputed):
        """Since the death that was removed, or since another marriage ended after that."""
        first = max(disputed, key=lambda u: u.removed_at)
        ended = [u for u in self.list
                 if u.end and not u.died_first and u.moment > first.removed_at]
        if ended:
            return self.after_end(max(ended, key=lambda u: u.moment))
        return self.fold.void_provenance(first.removed, date_of(first.removed))

    def after_end(self, union):
        if union.reason == REVOKED or union.bereaved:
            return self.fold.void_provenance(union.bereaved or union.ended_by, union.end_date)
        fields = {DEATH: "date_of_death", PRESUMED: "presumed_date",
                  DIVORCE: "date_final", 4: "date_final", 5: "ended_on"}.get(union.reason, "")
        if union.ended_by is union.act:
            fields = "already_ended"
        return self.fold.provenance(union.ended_by, union.end_date, fields)

    def set_status(self, status, provenance):
        self.fold.state.civil_status.CopyFrom(
            pb.PersonCivilStatus(status=status, provenance=provenance))


def date_of(death):
    return death.message.presumed_date if death.kind.name == "presumed_death" \
        else death.message.date_of_death


def reason_of(death):
    return PRESUMED if death.kind.name == "presumed_death" else DEATH


def has_remarried(fold, death):
    """Whether the survivor had another marriage in force when the death was removed. The survivor's
    own fold reads the acts as known now, anybody else's as known then."""
    survivor, index = death.of_role("surviving_spouse"), death.void.index
    size = fold.size if survivor == fold.person else index
    acts = fold.book.acts(survivor, size)
    return any(act.kind.name == "marriage" and act.index < index and act.void is None
               and act.valid[0] >= death.valid[0] and not act.message.HasField("already_ended")
               and not any(ends(other, act, survivor) for other in acts
                           if other.index < index or wedlock.annuls(other))
               for act in acts)


def ends(act, marriage, person):
    if act.kind.name in ("death", "presumed_death"):
        spouses = {s.person for s in marriage.subjects}
        return act.of_role("deceased") in spouses
    return act.kind.name in ("divorce", "annulment", "marriage_resolved") \
        and act.message.target == marriage.event_id \
        and getattr(act.message, "outcome", wedlock.ENDED) == wedlock.ENDED


def surviving_spouse(matter):
    """Mandatory when a marriage is in force on that date; nobody else may be named."""
    deceased, named = matter.of_role("deceased"), matter.of_role("surviving_spouse")
    if deceased is None or matter.valid is None:
        return dates.YES
    unions = matter.life(deceased).unions
    in_force = {u.spouse: u.is_in_force_on(matter.valid) for u in unions}
    if named is not None:
        return dates.of_bool(in_force.get(named, dates.NO) != dates.NO)
    return dates.negate(max(in_force.values(), default=dates.NO))
