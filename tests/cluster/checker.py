"""What must hold of a cluster after everything that happened to it.

Nothing here asks the product whether it is right: records are hashed in Python and held against the
journal of the clients.
"""
import hashlib

from civil.v1 import event_pb2

from client import read_log
from lanes import event_id


def leaf(record):
    return hashlib.sha256(b"\0" + record).digest()


def check_chain(records, name):
    """Each record names its index and the hash of the one before."""
    faults = []
    previous = bytes(32)
    recorded_at = 0
    for index, bytes_ in enumerate(records):
        record = event_pb2.Record.FromString(bytes_)
        if record.index != index or (index and bytes(record.previous) != previous):
            faults.append(f"{name}: record {index} breaks the chain")
        if record.recorded_at_ms < recorded_at:
            faults.append(f"{name}: time goes back at record {index}")
        recorded_at = record.recorded_at_ms
        previous = leaf(bytes_)
    return faults


def check_equal(logs):
    """Every node holds the same bytes."""
    first_name, first = next(iter(logs.items()))
    return [f"{name} differs from {first_name} at record {common_prefix(first, records)} "
            f"({len(records)} and {len(first)} records)"
            for name, records in logs.items() if records != first]


def common_prefix(a, b):
    return next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))


def check_answers(records, journal):
    """(faults, lost, doubled): each acknowledged event is one record, the one acknowledged."""
    places = {}
    doubled = 0
    for index, bytes_ in enumerate(records):
        identity = event_id(event_pb2.Record.FromString(bytes_).header)
        if identity in places:
            doubled += 1
        places[identity] = index
    faults = []
    lost = 0
    for identity, answer in journal.answers.items():
        if not isinstance(answer[0], int):
            continue
        if identity not in places:
            lost += 1
        elif (places[identity], leaf(records[places[identity]])) != answer:
            faults.append(f"record {answer[0]} is not the one acknowledged")
    if lost:
        faults.append(f"{lost} acknowledged events are lost")
    if doubled:
        faults.append(f"{doubled} events stand twice")
    return faults, lost, doubled


def check_order(journal):
    """Real time: what was acknowledged before another submission began comes before it."""
    faults = []
    ends = sorted(journal.spans, key=lambda span: span[1])
    begins = sorted(journal.spans, key=lambda span: span[0])
    highest, position = -1, 0
    for began, _, index in begins:
        while position < len(ends) and ends[position][1] < began:
            highest = max(highest, ends[position][2])
            position += 1
        if index < highest:
            faults.append(f"record {index} was submitted after {highest} was acknowledged")
    return faults


def check(nodes, journal):
    """All of it over nodes that are well again. (faults, lost, doubled, divergences)"""
    logs = {node.name: read_log(node) for node in nodes}
    records = next(iter(logs.values()))
    differing = check_equal(logs)
    faults, lost, doubled = check_answers(records, journal)
    faults += differing + check_chain(records, nodes[0].name) + check_order(journal)
    return faults + journal.faults, lost, doubled, len(differing)
