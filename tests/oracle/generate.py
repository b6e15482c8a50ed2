#!/usr/bin/python3
"""Makes a stream of events about a small country, some of them wrong.

    generate.py --seed S --events N --out FILE [--sign]

The same seed gives the same stream for the same answers: scenarios look at what became of their
events, so a run needs a ledger to submit to. Alone, this program submits to the oracle.
"""
import argparse
import datetime
import heapq

import wire
from aliens import Aliens
from amendments import Amendments
from births import Births
from cards import Cards
from decrees import Decrees
from country import OLD, STRICT_LAW, Country, Draft, Officer
from courts import Courts
from desk import Desk
from dwellings import Dwellings
from families import Families
from lineages import Lineages
from mutations import Mutations
from offline import Offline
from people import People
from erasures import Erasures
from extracts import Extracts
from revocations import Revocations
from staff import Staff
from twins import Twins
from wards import Wards
from weddings import Weddings

FIRST = datetime.datetime(2020, 2, 1, 9, tzinfo=datetime.timezone.utc)
YEARS_MS = 20 * 365 * 86_400_000
DAY_MS = 86_400_000
MUTATED = 0.22
EVENTS_OF_SCENARIO = 4.2  # about; scenarios are spread over the years by it


class Outcome:
    """What became of a draft."""

    def __init__(self, draft, answer):
        self.draft, self.status = draft, answer["status"]
        self.is_ok = self.status == "OK"
        self.is_refused = self.status == "REFUSED"
        self.event_id = answer.get("event_id", b"")
        self.index = answer.get("index", -1)
        self.findings = answer.get("findings", {})
        self.numbers = answer.get("numbers", {})
        self.created = answer.get("created", [])


class Run:
    """One stream: the scheduler of scenarios and all that they share."""

    def __init__(self, seed, events, submit, sign=False):
        self.country = Country(seed, sign)
        self.random, self.submit, self.events = self.country.random, submit, events
        self.people = People(self.country)
        self.births, self.weddings = Births(self), Weddings(self)
        self.dwellings, self.cards, self.amendments = Dwellings(self), Cards(self), \
            Amendments(self)
        self.decrees, self.aliens = Decrees(self), Aliens(self)
        self.staff = Staff(self)
        self.lineages, self.wards = Lineages(self), Wards(self)
        self.offline, self.twins = Offline(self), Twins(self)
        self.families, self.desk = Families(self), Desk(self)
        self.revocations, self.amended = Revocations(self), []
        self.courts = Courts(self)
        self.erasures, self.extracts = Erasures(self), Extracts(self)
        self.mutations = Mutations(self)
        self.stranger = Officer(seed, "stranger", "R", "")
        self.by_id, self.used_numbers, self.registrations = {}, [], 0
        self.kin_officers, self.ghosts, self.unborn, self.seen = [], [], [], []
        self.declarers, self.local_officers = {}, 0
        self.sent, self.last_bytes, self.now_ms = 0, [], 0
        self.queue, self.order = [], 0

    @property
    def day(self):
        instant = datetime.datetime.fromtimestamp(self.now_ms / 1000, datetime.timezone.utc)
        return (instant + datetime.timedelta(hours=7)).date()

    def created_id(self, event_id):
        return wire.created_id(event_id, 1)

    def code_now(self, code):
        return OLD.get(code, code)

    # Submitting

    def send(self, draft):
        """Signs and submits; takes note of what the ledger now knows."""
        data = self.country.sign_event(draft, self.now_ms)
        outcome = Outcome(draft, self.deliver(data))
        if outcome.is_ok:
            self.note(draft, outcome)
            self.last_bytes = (self.last_bytes + [data])[-20:]
        return outcome

    def deliver(self, data):
        self.sent += 1
        return self.submit(self.now_ms, data)

    def note(self, draft, outcome):
        created = list(outcome.created)
        for _, person, _ in draft.subjects:
            known = self.by_id.get(person)
            if known is not None:
                for person in known.selves:
                    person.version = outcome.index + 1
                if known.twin is not None and draft.member in ("registration", "legacy_linked"):
                    known.acts.append(outcome.index)
        if draft.step == 2:
            self.declarers[draft.case_id] = draft.signers[0]
            if draft.member == "birth" and created:
                self.unborn = (self.unborn + created)[-10:]
        self.seen = (self.seen + [outcome.event_id])[-40:]
        officer = getattr(draft, "officer", None)
        if officer is not None:
            officer.id = self.created_id(outcome.event_id)

    def try_draft(self, draft):
        """Now and then something wrong comes first; the draft itself follows when that fails."""
        if self.random.random() < MUTATED:
            damaged = self.mutations.apply(draft)
            outcome = self.send(damaged) if damaged is not None else None
            if outcome is not None and outcome.is_ok:
                return outcome
            if self.random.random() < 0.3:
                self.now_ms += 60_000
        if self.last_bytes and self.random.random() < 0.01:
            self.deliver(self.random.choice(self.last_bytes))  # the same bytes again
        if self.last_bytes and self.random.random() < 0.004:
            self.reuse_request(draft)
        return self.send(draft)

    def reuse_request(self, draft):
        twin = draft.copy()
        old = wire.event.SignedEvent.FromString(self.random.choice(self.last_bytes))
        request_id = wire.event.EventHeader.FromString(old.header).request_id
        def spoil(header):
            header.request_id = request_id
        twin.spoil = spoil
        self.send(twin)

    # Scheduling

    def start(self, at_ms, scenario):
        self.order += 1
        heapq.heappush(self.queue, (at_ms, self.order, scenario, None))

    def found(self):
        founded = self.country.foundation()
        for day, draft in founded:
            instant = datetime.datetime(day.year, day.month, day.day, 3,
                                        tzinfo=datetime.timezone.utc)
            self.now_ms = max(int(instant.timestamp() * 1000), self.now_ms + 1000)
            outcome = self.send(draft)
            assert outcome.is_ok, (self.sent, draft.member, outcome.status, outcome.findings)
        for officer in self.country.founders:
            officer.id = b"founder"

    def plan(self):
        """Scenarios over twenty years; people of old come first."""
        first = int(FIRST.timestamp() * 1000)
        count = max(int((self.events - self.sent) / EVENTS_OF_SCENARIO), 20)
        ancestors = max(count // 6, 12)
        for i in range(ancestors):
            self.start(first + i * 3_600_000 // 2, self.births.ancestor())
        table = self.table()
        names = [name for name, weight in table for _ in range(weight)]
        begin = first + ancestors * 3_600_000 // 2 + 10 * DAY_MS
        for i in range(count * 2):
            at = begin + int(YEARS_MS * i / count)
            self.order += 1
            heapq.heappush(self.queue, (at, self.order, None, self.random.choice(names)))
        strict = datetime.datetime(*STRICT_LAW["day"], tzinfo=datetime.timezone.utc)
        self.start(int(strict.timestamp() * 1000) - 30 * DAY_MS,
                   self.amendments.strict_law(STRICT_LAW))

    def table(self):
        return [("births.birth", 30), ("weddings.wedding", 14), ("weddings.old_wedding", 4),
                ("weddings.paper_wedding", 4), ("weddings.divorce", 7),
                ("courts.objection", 4), ("courts.decree", 6), ("births.death", 6),
                ("births.ancestor", 3), ("twins.twin", 4),
                ("lineages.recognised", 5), ("lineages.adopted", 5),
                ("wards.guarded", 3), ("wards.limited", 2), ("wards.renamed", 3), ("wards.lost", 3),
                ("offline.block", 4), ("offline.closing", 2),
                ("dwellings.move", 9), ("dwellings.stay", 4),
                ("dwellings.renamed", 3), ("dwellings.hidden", 3), ("dwellings.abroad", 2),
                ("dwellings.closing", 3),
                ("families.household", 7), ("desk.application", 4), ("cards.first_card", 10),
                ("cards.trouble", 10), ("decrees.decree", 4), ("amendments.correction", 12),
                ("amendments.trouble_with_officer", 1), ("amendments.local_officer", 2),
                ("amendments.ghost_office", 1), ("births.burst", 1),
                ("revocations.revocation", 5), ("revocations.second_revocation", 1),
                ("revocations.disappearance", 4), ("revocations.coding", 1),
                ("revocations.dispute", 3), ("revocations.legal_hold", 3),
                ("erasures.erasure", 3), ("erasures.sealing", 3), ("aliens.foreigner", 3),
                ("aliens.alive", 3), ("aliens.false_identity", 2), ("aliens.paper", 2),
                ("extracts.certificate", 6), ("staff.career", 2), ("staff.merger", 1),
                ("staff.institution", 1), ("staff.codes", 1), ("staff.node", 1)]

    def scenario(self, name):
        family, _, method = name.partition(".")
        return getattr(getattr(self, family), method)()

    def go(self):
        self.found()
        self.plan()
        while self.queue and self.sent < self.events:
            at_ms, _, scenario, name = heapq.heappop(self.queue)
            self.now_ms = max(self.now_ms + 1000, at_ms)
            self.advance(scenario if scenario is not None else self.scenario(name))

    def advance(self, scenario, value=None):
        """Runs a scenario until it waits or ends."""
        if not self.people.all and self.by_id == {} and self.sent > 400:
            raise SystemExit("nobody could be registered: the run makes no sense")
        try:
            while True:
                wanted = scenario.send(value)
                if isinstance(wanted, Draft):
                    value = self.try_draft(wanted)
                    self.now_ms += self.random.randint(20, 300) * 1000
                elif wanted > 0:
                    self.start(self.now_ms + wanted * DAY_MS, scenario)
                    return
                else:
                    value = None
        except StopIteration:
            pass


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--out", required=True)
    parser.add_argument("--sign", action="store_true", help="real Ed25519 signatures")
    options = parser.parse_args()
    from oracle import Oracle
    oracle = Oracle()
    with open(options.out, "wb") as out:
        def submit(recorded_at_ms, data):
            out.write(wire.frame(recorded_at_ms, data))
            return oracle.submit(recorded_at_ms, data)
        Run(options.seed, options.events, submit, options.sign).go()
    print(f"{oracle.book.size()} records")


if __name__ == "__main__":
    main()
