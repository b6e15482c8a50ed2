"""The ledger as the catalogue describes it: events in, verdicts out, states when asked."""
import hashlib

import blocks
import dates
import numbers_of_persons as numbers
import wire
from book import Book
from fold import Fold
from sealed import SealedFold
from judge import Judging

NONE = 3  # NumberSource


class Oracle:
    def __init__(self):
        self.book, self.ledger_id = Book(), None

    def submit(self, recorded_at_ms, data, given=None):
        """Judges and, when it holds, records. `given` are the numbers of a receipt elsewhere;
        without them the oracle gives numbers of its own."""
        try:
            event = wire.Event(data)
        except wire.Malformed as fault:
            return {"status": "INVALID", "text": str(fault)}
        if self.ledger_id is None:
            self.ledger_id = event.header.ledger_id
        known = self.book.by_event.get(event.id)
        if known is not None:
            return self.receipt(known, event)
        first = self.book.by_request.get(event.header.request_id)
        if first is not None:
            return {"status": "EXISTS", "first": first, "event_id": event.id}
        return self.judge(event, recorded_at_ms, given)

    def judge(self, event, recorded_at_ms, given):
        judging = Judging(self.book, event, recorded_at_ms)
        findings, is_accepted = judging.judge()
        if not is_accepted:
            return {"status": "REFUSED", "findings": findings, "event_id": event.id}
        law = judging.law_version()
        numbers = self.numbers(event, judging, given)
        record = self.book.append(recorded_at_ms, event, numbers, law)
        record.findings = findings
        return self.receipt(record, event)

    def receipt(self, record, event):
        return {"status": "OK", "index": record.index, "event_id": event.id,
                "findings": record.findings, "numbers": dict(record.numbers),
                "created": event.created, "law": record.law_version}

    def numbers(self, event, judging, given):
        """Numbers given at VERIFIED with allocate (a case keeps its own) and number_allocated."""
        person = None
        if event.member == "block_reserved":
            return [(place, (given or {}).get(place) or self.draw(event.id, place))
                    for place in blocks.places(event.message.count)]
        takes_block = event.member == "birth" and event.message.HasField("kidc_block")
        if takes_block or (event.member == "verification" and event.message.kidc_source != NONE):
            kept = judging.case.numbers()
            if kept:
                return [kept[0][:2]]
            person = event.of_role("child")
            if takes_block:
                return [(person, event.message.kidc_block.number)]
        elif event.member == "number_allocated":
            person = event.of_role("holder")
        if person is None:
            return []
        number = (given or {}).get(person)
        return [(person, number or self.draw(event.id, person))]

    def draw(self, event_id, person):
        """Eleven digits with a Damm check digit, where no ledger gave one."""
        value = int.from_bytes(hashlib.sha256(event_id + person).digest()[:8], "big")
        digits = str(10**9 + value % (9 * 10**9))
        return digits + str(numbers.damm(digits))

    def state(self, person, valid_day, size):
        return Fold(self.book, person, valid_day, size).run()

    def sealed_state(self, person, valid_day, size):
        return SealedFold(self.book, person, valid_day, size).run()

    def state_now(self, person):
        return self.state(person, dates.FOREVER, self.book.size())
