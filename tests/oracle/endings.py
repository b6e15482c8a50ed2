"""What ends or stays behind, for the fold: deaths, holds, disputes, acts without effect."""
import fold
import lives
from wire import person as pb

DEATHS = {"death", "presumed_death"}


class Endings:
    """Steps of a Fold."""

    def remains(self, act):
        """What an act without effect leaves behind: numbers that resolve for ever, documents that
        only a document act brings back, marriages in dispute."""
        first = self.first_day(act)
        if lives.is_birth_of(act, self.person):
            yield first, act.index, 4, act, lambda a, role: self.numbers(a, self.scheme())
            yield (max(act.void_day(), first), act.index, 5, act,
                   lambda a, role: self.close_older_numbers(a))
        if act.kind.name in DEATHS:
            yield act.registered_day, act.index, 2, act, self.papers.cancel
            if act.void.event.member == "death_revoked":
                yield first, act.index, 4, act, self.unions.death_removed
                yield from self.unions.bereavement(act)

    def close_older_numbers(self, birth):
        """Of a revoked birth: the numbers known when it was revoked."""
        for number in self.state.numbers:
            if number.status == pb.NUMBER_STATUS_LIVE \
                    and number.provenance.known_from < birth.void.index:
                number.status = pb.NUMBER_STATUS_CLOSED
                fold.copy_date(number.provenance.valid_to, birth.void.event.message.date)

    def take_death(self, act, role):
        if role == "deceased":
            source = self.provenance(act, fields="date_of_death place_of_death")
            life = pb.PersonLife(
                status=pb.LIFE_STATUS_DEAD, date_of_death=act.message.date_of_death,
                place_of_death=act.message.place_of_death, act=act.event_id, provenance=source)
            if act.registration is not None:
                life.registration_number.CopyFrom(act.registration.registration_number)
            self.end_life(act, life)
        if role == "member":
            self.homes.take_new_head(act)
        if role in ("deceased", "surviving_spouse"):
            self.unions.death(act, role)

    def end_life(self, act, life):
        life.underlying_cause = act.cause.underlying if act.cause is not None else ""
        self.state.life.CopyFrom(life)
        self.close_numbers(act)
        self.leave_residence(act)
        self.homes.end_life(act)
        self.state.ClearField("pending_move")

    def take_presumed_death(self, act, role):
        """As a death; where a death is registered too, that one counts and not what was presumed,
        save that the marriage had ended."""
        if role == "deceased" and not self.dies:
            life = pb.PersonLife(status=pb.LIFE_STATUS_PRESUMED_DEAD, act=act.event_id,
                                 provenance=self.provenance(act, fields="presumed_date"))
            fold.copy_date(life.date_of_death, act.message.presumed_date)
            self.end_life(act, life)
        if role in ("deceased", "surviving_spouse"):
            self.unions.death(act, role)

    def take_disappearance(self, act, role):
        if self.state.life.status not in (pb.LIFE_STATUS_DEAD, pb.LIFE_STATUS_PRESUMED_DEAD):
            self.state.life.CopyFrom(pb.PersonLife(
                status=pb.LIFE_STATUS_MISSING, act=act.event_id,
                provenance=self.provenance(act, fields="last_seen")))

    def take_legal_hold_set(self, act, role):
        hold = self.state.legal_holds.add(
            act=act.event_id, scope=act.message.scope, targets=act.message.targets,
            provenance=self.provenance(act, fields="date until"))
        if act.message.HasField("until"):
            fold.copy_date(hold.provenance.valid_to, act.message.until)

    def take_legal_hold_lifted(self, act, role):
        for hold in list(self.state.legal_holds):
            if hold.act == act.message.target:
                self.state.legal_holds.remove(hold)

    def disputes(self):
        """Acts in force by then whose dispute is open."""
        for act in sorted(self.all_acts, key=lambda a: a.index):
            if act.valid[0] <= self.valid_day and self.book.dispute_of(act.event_id, self.size)[0]:
                self.state.disputed_acts.append(act.event_id)
