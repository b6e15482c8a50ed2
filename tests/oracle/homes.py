"""Stays, protection, life abroad, family books, applications: sections C3 and C7; rules L15 of
these kinds, L16, L23, and S14 of applications."""
import calendar

import dates
from wire import common
from wire import person as pb

MONTHS = 6  # of a stay, where the law does not say
APPLICATION_VERBS = {  # verb -> statuses from which it leads, status it leads to
    "processing": ({1}, 2), "ready": ({2}, 3), "delivered": ({3}, 4), "refused": ({1, 2}, 5),
    "withdrawn": ({1, 2, 3}, 6),
}
APPLICATIONS = {"application_" + verb for verb in APPLICATION_VERBS}
ENTERS = {"family_book_opened", "family_book_member_added"}
LEAVES = {"family_book_member_removed", "family_book_closed"}
OPENS = {"family_book_opened": "book_number", "family_book_split": "new_book_number",
         "family_book_merged": "new_book_number", "family_book_replaced": "new_book_number"}


def is_household(kind):
    return kind is not None and kind.event_class == 7


def books_left(kind, message):
    """Numbers of the books that the act speaks of, beside one that it opens."""
    if kind.name == "family_book_opened":
        return []
    return list(message.book_numbers) if kind.name == "family_book_merged" \
        else [message.book_number]


def book_entered(kind, message):
    if kind.name in LEAVES:
        return None
    return getattr(message, OPENS.get(kind.name, "book_number"))


class Homes:
    def __init__(self, fold):
        self.fold, self.state = fold, fold.state

    def __getattr__(self, name):
        """The step of a kind: all verbs of a book are one step, and of an application too."""
        if name.startswith("take_family_book_"):
            return self.take_family_book
        if name.startswith("take_application_"):
            return self.take_application
        raise AttributeError(name)

    def finish(self):
        """What had a last day ends with it."""
        for field in ("temporary_residence", "address_protection"):
            if self.state.HasField(field):
                until = getattr(self.state, field).until
                last = dates.of_date(until) if until.year else None
                if last is not None and last < self.fold.valid_day:
                    self.state.ClearField(field)

    def end_life(self, act):
        self.state.ClearField("temporary_residence")
        self.leave_book(act)

    def take_residence_departure(self, act, role):
        self.state.pending_move.CopyFrom(pb.PersonPendingMove(
            from_unit=act.message.from_unit, to=act.message.to, act=act.event_id,
            provenance=self.fold.provenance(act, fields="date from_unit to")))

    def take_residence_arrival(self, act, role):
        from fold import unit_of
        unit = unit_of(self.fold.book, act.message.unit, self.fold.size)
        self.fold.dwell(act, unit.message.address if unit else None, act.message.unit, "date unit")
        self.state.ClearField("pending_move")

    def take_temporary_residence(self, act, role):
        from fold import unit_of
        unit = unit_of(self.fold.book, act.message.unit, self.fold.size)
        stay = pb.PersonTemporaryResidence(
            unit_id=act.message.unit, until=act.message.until, host=act.message.host,
            provenance=self.fold.provenance(act, fields="unit from until host"))
        if unit is not None:
            stay.address.CopyFrom(unit.message.address)
            stay.code_now = self.fold.code_now(unit.message.address)
        self.state.temporary_residence.CopyFrom(stay)

    def take_address_changed(self, act, role):
        if self.state.HasField("residence"):
            self.fold.dwell(act, act.message.new_address, self.state.residence.unit_id,
                            "new_address effective_on")

    def take_address_protection_set(self, act, role):
        protection = pb.PersonAddressProtection(
            level=act.message.level, authority=act.message.authority, act=act.event_id,
            provenance=self.fold.provenance(act, fields="level authority until from"))
        if act.message.HasField("until"):
            protection.until.CopyFrom(act.message.until)
        self.state.address_protection.CopyFrom(protection)

    def take_address_protection_lifted(self, act, role):
        self.state.ClearField("address_protection")

    def take_emigration(self, act, role):
        self.state.abroad.CopyFrom(pb.PersonAbroad(
            country=act.message.country, basis=act.message.basis,
            provenance=self.fold.provenance(act, fields="country date basis")))

    def take_immigration_return(self, act, role):
        self.state.ClearField("abroad")

    # Family books

    def leave_book(self, act):
        if self.state.HasField("family_book"):
            former = self.state.former_family_books.add()
            former.CopyFrom(self.state.family_book)
            self.fold.end(former.provenance, act, act.date)
            self.state.ClearField("family_book")

    def enter_book(self, act, number, relation, fields):
        self.leave_book(act)
        self.state.family_book.CopyFrom(pb.PersonFamilyBook(
            book_number=number, relation=relation or "", head=relation is None,
            act=act.event_id, provenance=self.fold.provenance(act, fields=fields)))

    def take_family_book(self, act, role):
        kind, message = act.kind, act.message
        if kind.name in LEAVES:
            if self.state.family_book.book_number == message.book_number:
                self.leave_book(act)
            return
        relations = {self.fold.book.who(r.person_id, self.fold.size, act.index): r.relation
                     for r in message.relations}
        self.enter_book(act, book_entered(kind, message),
                        None if role == "head" else relations.get(self.fold.person),
                        "book_number new_book_number date relations")

    def take_new_head(self, act):
        """Whom a death names as the head in the place of who died."""
        if self.state.HasField("family_book") and not self.state.family_book.head:
            self.enter_book(act, self.state.family_book.book_number, None,
                            "date_of_death new_head")

    # Applications

    def take_application_submitted(self, act, role):
        message = act.message
        self.state.applications.add(
            act=act.event_id, for_kind=message.for_kind, office_id=message.office_id,
            application_number=message.application_number, channel=message.channel,
            delivery=message.delivery, status=1, status_since=self.today(),
            provenance=self.fold.provenance(
                act, fields="for_kind application_number channel delivery date office_id"))

    def take_application(self, act, role):
        message, verb = act.message, act.kind.member[len("application_"):]
        for application in self.state.applications:
            if application.act != message.application:
                continue
            application.status = APPLICATION_VERBS[verb][1]
            application.status_since.CopyFrom(self.today())
            if verb == "delivered":
                application.delivered_how = message.delivered_how
            if verb == "refused":
                application.reason = message.reason
                application.appeal_until.CopyFrom(message.appeal_until)

    def today(self):
        day = dates.civil(self.fold.day)
        return common.Date(year=day.year, month=day.month, day=day.day)


# Rules

def l23(matter):
    """until <= from + 6 months; the end of a month that has no such day."""
    until = dates.of_date(matter.message.until)
    if until is None:
        return dates.YES
    start = getattr(matter.message, "from")
    months = matter.book.law.on(matter.valid[0]).temporary_months or MONTHS
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return dates.of_bool(until <= dates.day_of(year, month, day))


def is_inhabited(matter):
    """Somebody lives in the unit, then or by what was registered since; or stays in it then."""
    unit = matter.message.unit
    for person in matter.book.dwellers.get(unit, ()):
        now = matter.world.state_at(person, dates.FOREVER)
        if now is not None and unit and now.residence.unit_id == unit:
            return True
        then = matter.world.state_at(person, matter.valid[1])
        if then is not None and unit in (then.residence.unit_id, then.temporary_residence.unit_id):
            return True
    return False


def closed_on(matter):
    record = matter.book.closed_units.get(matter.message.unit)
    return dates.FOREVER if record is None else dates.of_date(record.event.message.date)


def l16(matter):
    """At most one family book a person; exactly one head a book with members."""
    if matter.kind.name == "death":
        return dates.of_bool(head_is_followed(matter))
    if not is_household(matter.kind):
        return dates.YES
    return dates.of_bool(persons_fit(matter) and books_are_kept(matter)
                         and (matter.kind.name not in OPENS or
                              dwelling(matter, matter.message.unit) is not None))


def dwelling(matter, unit):
    from fold import unit_of
    return unit_of(matter.book, unit, matter.world.size)


def book_of(matter, person):
    state = matter.world.state_at(person, matter.valid[1])
    return state.family_book if state is not None and state.HasField("family_book") else None


def members(matter, number):
    """{person: is head} of a book on the day."""
    found = {}
    for named in matter.book.book_persons.get(number, ()):
        person = matter.book.who(named, matter.world.size)
        place = book_of(matter, person)
        if place is not None and place.book_number == number:
            found[person] = place.head
    return found


def persons_fit(matter):
    known = [p for p in matter.persons() if matter.book.exists(p, matter.world.size)]
    places = [book_of(matter, p) for p in known]
    if matter.kind.name in ENTERS:
        return all(place is None for place in places)
    left = books_left(matter.kind, matter.message)
    return all(place is not None and place.book_number in left for place in places)


def books_are_kept(matter):
    kind, message, named = matter.kind, matter.message, set(matter.persons())
    left = books_left(kind, message)
    in_books = [members(matter, number) for number in left]
    everybody = {p for book in in_books for p in book}
    heads = {p for book in in_books for p, is_head in book.items() if is_head}
    verb = kind.name[len("family_book_"):]
    if verb == "member_added":
        return len(heads) == 1
    if verb == "head_changed":
        return matter.of_role("head") is None or {matter.of_role("member")} - {None} == heads
    if verb in ("member_removed", "split"):
        return everybody <= named or not heads or not heads <= named
    if verb == "merged":
        return everybody <= named and len(everybody) >= len(left)
    return everybody <= named


def head_is_followed(matter):
    deceased, heir = matter.of_role("deceased"), matter.of_role("member")
    if deceased is None or not matter.book.exists(deceased, matter.world.size):
        return True
    place = book_of(matter, deceased)
    is_head = place is not None and place.head
    if heir is not None:
        other = book_of(matter, heir)
        return is_head and other is not None and other.book_number == place.book_number
    return not is_head or len(members(matter, place.book_number)) <= 1


def application_stands(judging):
    """The verb follows from what was done by its day, and nothing was done since."""
    event, matter = judging.event, judging.matter
    target = judging.book.record_of(event.message.application, judging.size)
    applicant = event.of_role("applicant")
    if target is None or matter.valid is None or applicant is None \
            or judging.book.seen(target, judging.size).of_role("applicant") != applicant:
        return True
    def status(day):
        state = judging.world.state_at(applicant, day)
        found = [a.status for a in state.applications if a.act == event.message.application] \
            if state else []
        return found[0] if found else 0
    now, then = status(dates.FOREVER), status(matter.valid[1])
    return now == then and now in APPLICATION_VERBS[event.member[len("application_"):]][0]


def old_address_stands(judging):
    """Of every resident the address now, byte for byte."""
    if not judging.event.message.HasField("old_address"):
        return True
    told = judging.event.message.old_address.SerializeToString(deterministic=True)
    for person in judging.matter.persons():
        state = judging.world.state_at(person, dates.FOREVER)
        if state is not None and (
                not state.residence.HasField("address")
                or state.residence.address.SerializeToString(deterministic=True) != told):
            return False
    return True
