"""A made-up country's events, divided so that many clients can register them at once.

Events that name the same person, case or earlier event belong together, in their order; groups that
share nothing may come in any order. What founds the country comes first.
"""
import hashlib

import node as nodes
from civil.v1 import event_pb2

EVENT_ID_DOMAIN = b"civil-ledger/event-id/v1\n"


def event_id(header_bytes):
    return hashlib.sha256(EVENT_ID_DOMAIN + header_bytes).digest()


def created_person(identity, ordinal):
    return hashlib.sha256(identity + ordinal.to_bytes(4, "big")).digest()[:16]


class Groups:
    """Union of things by the names that they share."""

    def __init__(self):
        self.parent = {}

    def find(self, name):
        self.parent.setdefault(name, name)
        while self.parent[name] != name:
            self.parent[name] = self.parent[self.parent[name]]
            name = self.parent[name]
        return name

    def join(self, names):
        first = self.find(names[0])
        for name in names[1:]:
            self.parent[self.find(name)] = first
        return first


class Event:
    def __init__(self, number, signed):
        self.number = number
        self.signed = signed
        envelope = event_pb2.SignedEvent.FromString(signed)
        self.header = event_pb2.EventHeader.FromString(envelope.header)
        self.id = event_id(envelope.header)

    def names(self):
        """What ties this event to others."""
        found = [b"event" + self.id]
        found += [b"event" + reference for reference in self.header.references]
        if self.header.case_id:
            found.append(b"case" + self.header.case_id)
        for subject in self.header.subjects:
            person = subject.person_id or created_person(self.id, subject.ordinal)
            found.append(b"person" + person)
        return found

    def founds(self):
        return self.header.event_class == event_pb2.EVENT_CLASS_GOVERNANCE


def divide(folder, count, seed, lanes):
    """(ledger id, founding events, one list of events for each lane)."""
    signed, ledger = nodes.populate(folder, count, seed, communes=2)
    events = [Event(number, bytes_) for number, bytes_ in enumerate(signed)]
    founding = [event for event in events if event.founds()]
    founded = {b"event" + event.id for event in founding}
    others = [event for event in events if not event.founds()]
    groups = Groups()
    for event in others:
        groups.join([name for name in event.names() if name not in founded])
    by_lane = [[] for _ in range(lanes)]
    lane_of = {}
    for event in others:
        group = groups.find(b"event" + event.id)
        lane = lane_of.setdefault(group, len(lane_of) % lanes)
        by_lane[lane].append(event)
    return ledger, founding, by_lane
