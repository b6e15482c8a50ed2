"""Marriages of one person and what follows for the civil status. Catalogue, D2.

A marriage holds on [date, end). It ends by death, divorce, or on the day that the act itself names
when it was registered after its end (already_ended).
"""
import dates
from wire import person as pb

IN_FORCE, ENDED = pb.MARRIAGE_STATUS_IN_FORCE, pb.MARRIAGE_STATUS_ENDED
DEATH, DIVORCE = 1, 3  # EndReason
STATUS_AFTER = {DEATH: pb.CIVIL_STATUS_WIDOWED, 2: pb.CIVIL_STATUS_WIDOWED,
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

    def is_in_force_on(self, days):
        """Three-valued: begin <= days < end"""
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
        if self.death_act is not None:
            self.finish_union(union, self.death_act.valid, self.death_act.message.date_of_death,
                              DEATH, act, self.death_act.event_id)

    def already_ended(self, act, role):
        ended = act.message.already_ended
        for union in self.list:
            if union.act is act and union.end is None:
                self.finish_union(union, dates.exact(dates.of_date(ended.on)), ended.on,
                                  ended.reason, act, ended.act)

    def divorce(self, act):
        for union in self.list:
            if union.act.event_id == act.message.target and union.end is None:
                self.finish_union(union, act.valid, act.message.date_final, DIVORCE, act,
                                  act.event_id)

    def death(self, act, role):
        """Of the person: every marriage ends. Of the spouse: the marriage with that spouse."""
        deceased = act.of_role("deceased")
        if role == "deceased":
            self.death_act = act
        for union in self.list:
            if union.end is None and (role == "deceased" or union.spouse == deceased):
                self.finish_union(union, act.valid, act.message.date_of_death, DEATH, act,
                                  act.event_id)

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
            spouse=union.spouse, status=ENDED if union.end else IN_FORCE, act=act.event_id,
            place=message.place, place_code_now=self.fold.code_now(message.place),
            provenance=self.provenance(union))
        copy_date(getattr(out, "from"), act.date)
        if act.registration is not None:
            out.registration_number.CopyFrom(act.registration.registration_number)
        if union.end:
            copy_date(out.to, union.end_date)
            out.end_reason, out.end_act = union.reason, union.end_act

    def write_status(self):
        """Married while any marriage is in force; else what the last end made of the person. The
        dead keep the status they died in."""
        lasting = [u for u in self.list if u.end is None or u.died_first]
        if lasting:
            source = self.fold.provenance(lasting[-1].act, fields="date_of_marriage place")
            self.set_status(pb.CIVIL_STATUS_MARRIED, source)
        elif self.list:
            last = max(self.list, key=lambda u: u.moment)
            fields = {DEATH: "date_of_death", DIVORCE: "date_final"}.get(last.reason, "")
            if last.ended_by is last.act:
                fields = "already_ended"
            self.set_status(STATUS_AFTER[last.reason],
                            self.fold.provenance(last.ended_by, last.end_date, fields))

    def set_status(self, status, provenance):
        self.fold.state.civil_status.CopyFrom(
            pb.PersonCivilStatus(status=status, provenance=provenance))
