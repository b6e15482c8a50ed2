"""Clients that register lanes of events at random nodes until each is acknowledged, and note it.

A client knows nothing of who leads. It repeats what failed at another node, and now and then what
succeeded, since the same event must get the same answer for ever.
"""
import collections
import random
import threading
import time

import grpc
from civil.v1 import event_pb2, log_service_pb2, query_service_pb2, registration_service_pb2

CALL_SECONDS = 8
PAUSE_SECONDS = (0.01, 0.2)
PERSONS_MAX = 100
REPEAT_SHARE = 0.1  # of acknowledged events that are submitted once more


class Journal:
    """Every answer, with the moments between which it was given. Kept outside of the cluster."""

    def __init__(self):
        self.lock = threading.Lock()
        self.answers = {}  # event id -> (index, record hash), or reasons of a refusal
        self.spans = []    # (began, ended, index) of each first receipt
        self.faults = []
        self.operations = 0
        self.unknown = 0
        self.repeated = 0
        self.highest = -1
        self.persons = collections.deque(maxlen=PERSONS_MAX)  # whom acknowledged events created
        self.reads = 0

    def take(self, event, answer, began, ended):
        with self.lock:
            self.operations += 1
            known = self.answers.get(event.id)
            if known is None:
                self.answers[event.id] = answer
                if isinstance(answer[0], int):
                    self.spans.append((began, ended, answer[0]))
                    self.highest = max(self.highest, answer[0])
            elif isinstance(known[0], int):
                self.repeated += 1
                if known != answer:
                    self.faults.append(f"event {event.number} was {known[0]}, is {answer[0]}")

    def fault(self, text):
        with self.lock:
            self.faults.append(text)

    def answered(self, began, ended):
        """When new events were acknowledged within a span, in order."""
        with self.lock:
            return sorted(end for _, end, _ in self.spans if began <= end <= ended)

    def silence(self, began, ended):
        """The longest time within a span, from its beginning on, without an acknowledgement."""
        times = [began, *self.answered(began, ended)]
        return max((later - earlier for earlier, later in zip(times, times[1:])), default=0)

    def acknowledged(self):
        with self.lock:
            return len(self.answers)


def answer_of(outcome):
    if outcome.WhichOneof("outcome") == "receipt":
        return (outcome.receipt.index, bytes(outcome.receipt.record_hash))
    return (outcome.refusal.reason, tuple(finding.rule for finding in outcome.refusal.findings))


class Client(threading.Thread):
    """Registers one lane. `nodes` are asked for a channel each time, since nodes restart; `rest` is
    the longest time in seconds between what succeeded and what comes next."""

    def __init__(self, nodes, lane, journal, seed, rest=0):
        super().__init__(daemon=True)
        self.nodes, self.lane, self.journal = nodes, lane, journal
        self.rest = rest
        self.chance = random.Random(seed)
        self.stopping = threading.Event()
        self.position = 0
        self.first_tried = {}  # event id -> when; a try that failed may have registered it

    def run(self):
        while self.position < len(self.lane) and not self.stopping.is_set():
            count = self.chance.choice((1, 1, 2, 5))
            group = self.lane[self.position:self.position + count]
            if self.submit(group):
                self.position += len(group)
                if self.chance.random() < REPEAT_SHARE:
                    self.submit(group)
                self.stopping.wait(self.chance.uniform(0, self.rest))
            else:
                self.stopping.wait(self.chance.uniform(*PAUSE_SECONDS))

    def submit(self, group):
        """True when every event of the group was answered for good."""
        request = registration_service_pb2.SubmitBatchRequest()
        for event in group:
            request.events.append(event_pb2.SignedEvent.FromString(event.signed))
        now = time.monotonic()
        for event in group:
            self.first_tried.setdefault(event.id, now)
        try:
            response = self.chance.choice(self.nodes).call(
                "RegistrationService/SubmitBatch", request,
                registration_service_pb2.SubmitBatchResponse, CALL_SECONDS)
        except (grpc.RpcError, ValueError, AttributeError):
            with self.journal.lock:
                self.journal.unknown += 1
            return False  # the node is gone, cut off, or has no quorum: nobody knows
        ended = time.monotonic()
        final = True
        for event, outcome in zip(group, response.outcomes):
            if is_final(outcome):
                if outcome.receipt.created_persons:
                    self.journal.persons.append(outcome.receipt.created_persons[0])
                self.journal.take(event, answer_of(outcome), self.first_tried[event.id], ended)
            else:
                final = False
        return final


class Reader(threading.Thread):
    """Asks random nodes linearizably: an answer must know all that was acknowledged before."""

    def __init__(self, nodes, journal, seed):
        super().__init__(daemon=True)
        self.nodes, self.journal = nodes, journal
        self.chance = random.Random(seed)
        self.stopping = threading.Event()

    def run(self):
        while not self.stopping.wait(self.chance.uniform(*PAUSE_SECONDS)):
            if self.journal.persons:
                self.read()

    def read(self):
        request = query_service_pb2.GetPersonRequest(person_id=self.journal.persons[-1])
        request.context.linearizable = True
        known = self.journal.highest + 1
        try:
            position = self.chance.choice(self.nodes).call(
                "QueryService/GetPerson", request, query_service_pb2.GetPersonResponse,
                CALL_SECONDS).position
        except (grpc.RpcError, ValueError, AttributeError):
            return  # no answer is no wrong answer
        self.journal.reads += 1
        if position.size < known:
            self.journal.fault(f"a linearizable read saw {position.size} of {known} records")


def is_final(outcome):
    """A receipt, or a refusal of the event itself: not one that says come again."""
    if outcome.WhichOneof("outcome") == "receipt":
        return True
    return outcome.refusal.code not in (grpc.StatusCode.UNAVAILABLE.value[0],
                                        grpc.StatusCode.DEADLINE_EXCEEDED.value[0],
                                        grpc.StatusCode.RESOURCE_EXHAUSTED.value[0])


def read_log(node, seconds=60):
    """Every record of a node, in order: (index, record bytes)."""
    records = []
    while True:
        page = node.call("LogService/ListRecords", make_list(len(records)),
                         log_service_pb2.ListRecordsResponse, seconds)
        records += [bytes(record.record) for record in page.records]
        if page.next >= page.size:
            return records


def make_list(first):
    """`from` is a word of Python, so the field is set by name."""
    request = log_service_pb2.ListRecordsRequest(page_size=1000)
    setattr(request, "from", first)
    return request
