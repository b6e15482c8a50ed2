"""Documents of one person: how the verbs move them, and where they differ from the register.

A death cancels live documents from the day of its registration, whatever becomes of the death.
"""
import hashlib

import dates
import wire
from wire import person as pb

(APPLIED, LIVE, DELIVERED, LOST, STOLEN, FOUND, SUSPENDED, REPLACED, REVOKED, CANCELLED,
 EXPIRED) = range(1, 12)
USABLE = {LIVE, DELIVERED, FOUND}
# From which states a verb leads (S14), and where to.
VERBS = {"delivered": ({LIVE, FOUND}, DELIVERED), "lost": (USABLE, LOST),
         "stolen": (USABLE, STOLEN), "found": ({LOST, STOLEN}, FOUND),
         "suspended": (USABLE, SUSPENDED), "resumed": ({SUSPENDED}, LIVE),
         "revoked": (USABLE | {LOST, STOLEN, SUSPENDED}, REVOKED)}


SUCCESSIONS = ("document_renewed", "document_replaced")


class Papers:
    def __init__(self, fold):
        self.fold = fold

    def entries(self):
        return self.fold.state.documents

    def by_number(self, act, number):
        for entry in self.entries():
            if entry.number == number and entry.document_class == act.kind.document():
                return entry
        return None

    def set_status(self, entry, status, day):
        entry.status = status
        date = dates.civil(day)
        entry.status_since.year, entry.status_since.month = date.year, date.month
        entry.status_since.day = date.day

    def take_document_applied(self, act, role):
        entry = self.entries().add(
            document_class=act.kind.document(), sort=act.message.sort, application=act.event_id,
            provenance=self.fold.provenance(act, fields="sort date"))
        self.set_status(entry, APPLIED, act.valid[0])

    def take_document_issued(self, act, role):
        self.issue(act, act.message)

    def take_document_renewed(self, act, role):
        old = self.by_number(act, act.message.replaces)
        if old is not None:
            self.set_status(old, REPLACED, act.valid[0])
            old.provenance.uncertain_at_valid |= self.fold.is_uncertain(act)
            old.replaced_by = act.message.issue.document_number
        self.issue(act, act.message.issue)

    take_document_replaced = take_document_renewed

    def issue(self, act, issue):
        """The entry of the application becomes the document."""
        pending = [e for e in self.entries() if e.application == issue.application
                   and e.status == APPLIED]
        entry = pending[0] if pending else self.entries().add(
            document_class=act.kind.document())
        entry.number, entry.application = issue.document_number, issue.application
        entry.issued_on.CopyFrom(issue.issued_on)
        entry.expires_on.CopyFrom(issue.expires_on)
        entry.issued_by = act.event_id
        entry.snapshot_digest = hashlib.sha256(wire.pack(issue.snapshot)).digest()
        entry.provenance.CopyFrom(self.fold.provenance(act))
        self.set_status(entry, LIVE, act.valid[0])

    def change(self, act, verb):
        entry = self.by_number(act, act.message.document_number)
        if entry is not None:
            self.set_status(entry, VERBS[verb][1], self.fold.day)
            entry.provenance.uncertain_at_valid |= self.fold.is_uncertain(act)

    def suspend(self, act, classes):
        for entry in self.entries():
            if entry.status in USABLE and entry.document_class in classes:
                self.set_status(entry, SUSPENDED, self.fold.day)
                entry.provenance.uncertain_at_valid |= self.fold.is_uncertain(act)

    def cancel(self, death, role):
        if role == "deceased":
            self.cancel_but(set())

    def cancel_but(self, kept):
        """All that is in use but those, by class and number."""
        for entry in self.entries():
            if entry.status in USABLE and (entry.document_class, entry.number) not in kept:
                self.set_status(entry, CANCELLED, self.fold.day)

    def finish(self):
        for entry in self.entries():
            if entry.status in USABLE and dates.of_date(entry.expires_on) < self.fold.valid_day:
                self.set_status(entry, EXPIRED, dates.of_date(entry.expires_on) + 1)
        for entry in self.entries():
            if entry.status in USABLE:
                self.compare(entry)

    def compare(self, entry):
        record = self.fold.book.by_event[entry.issued_by]
        message = record.event.message
        issue = message.issue if record.event.member != "document_issued" else message
        day = dates.of_date(issue.issued_on)
        for field, printed, registered in differing(
                self.fold.book, issue.snapshot, self.fold.state, day):
            self.fold.state.inconsistencies.add(
                document_class=entry.document_class, document_number=entry.number, field=field,
                in_document=printed, in_register=registered)


def issue_of(act):
    """The issue inside issued, renewed, replaced; None for other acts."""
    if act.kind.member == "document_issued":
        return act.message
    return act.message.issue if act.kind.member in SUCCESSIONS else None


def anchors(acts, act):
    """Acts that this one builds on: the issue of the number it names, and its application."""
    issue = issue_of(act)
    number = getattr(act.message, "replaces" if issue is not None else "document_number", "")
    found = []
    for other in acts:
        theirs = issue_of(other)
        if other.kind.event_class != act.kind.event_class:
            continue
        if other is not act and theirs is not None and theirs.document_number == number:
            found.append(other)
        elif other is not act and issue is not None and other.event_id == issue.application:
            found.append(other)
    return found


def make_verb(verb):
    return lambda self, act, role: self.change(act, verb)


for _verb in VERBS:
    setattr(Papers, "take_document_" + _verb, make_verb(_verb))


def differing(book, snapshot, state, issued_day):
    """(field, as printed, as registered) where the two differ."""
    registered = [n.name for n in state.names if n.sort == pb.NAME_SORT_REGISTERED]
    name = registered[0] if registered else wire.common.Name()
    if not registered or name_parts(name) != name_parts(snapshot.name):
        yield "name", name_text(snapshot.name), name_text(name)
    if state.sex.sex != snapshot.sex:
        yield "sex", SEXES[snapshot.sex], SEXES[state.sex.sex]
    if days_printed(state.birth.date) != days_printed(snapshot.birth):
        yield "birth", date_text(snapshot.birth), date_text(state.birth.date)
    countries = [n.country for n in state.nationalities if not n.provenance.HasField("valid_to")]
    if snapshot.nationality not in countries:
        yield "nationality", snapshot.nationality, " ".join(countries)
    address = state.residence.address
    if not is_same_address(book, snapshot.address, address, issued_day):
        yield "address", address_text(snapshot.address), address_text(address)
    live = [n.number for n in state.numbers if n.status == pb.NUMBER_STATUS_LIVE]
    if snapshot.number not in live:
        yield "number", snapshot.number, live[-1] if live else ""


SEXES = ["", "male", "female", "undetermined"]


def name_parts(name):
    return name.km_surname, name.km_given, name.latin_surname, name.latin_given


def name_text(name):
    khmer = " ".join(p for p in (name.km_surname, name.km_given) if p)
    latin = " ".join(p for p in (name.latin_surname, name.latin_given) if p)
    return f"{khmer} / {latin}" if latin else khmer


def days_printed(date):
    """A date without its basis and the lunar date told with it."""
    plain = wire.common.PartialDate()
    plain.CopyFrom(date)
    plain.ClearField("basis")
    plain.ClearField("lunar")
    return wire.pack(plain)


def date_text(date):
    """As known, never more."""
    def civil(day):
        return f"{day.year:04}-{day.month:02}-{day.day:02}"
    return {0: "", dates.DAY: civil(date), dates.MONTH: f"{date.year:04}-{date.month:02}",
            dates.YEAR: f"{date.year:04}", dates.DECADE: f"{date.year:04}s",
            dates.RANGE: f"{civil(date.not_before)} to {civil(date.not_after)}",
            dates.UNKNOWN_DATE: "unknown"}[date.precision]


def is_same_address(book, printed, registered, issued_day):
    """A residence of old may be printed with the code that its area has on the day of issue."""
    code = book.gazetteer.successor(registered.gazetteer, registered.code, issued_day)
    return (printed.code in (registered.code, code) and printed.house == registered.house
            and printed.street == registered.street)


def address_text(address):
    return " ".join(p for p in (address.code, address.house, address.street) if p)
