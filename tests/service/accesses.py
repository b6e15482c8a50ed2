"""Goal: whoever was answered stands in the log of accesses, whatever happens to the node; what was
refused stands there with its rules; and nobody can take an entry out unseen.

Method: a node of its own is asked by several threads and killed; every answered question, each with
a purpose of its own, must be in the log of the node started again. The chain is hashed here, by its
definition, from the entries as they are told.
"""
import hashlib
import os
import sys
import threading
import unittest

import node as nodes
import grpc
from civil.v1 import access_service_pb2, event_pb2, query_service_pb2

EVENTS, SEED, THREADS, EACH = 420, 11, 4, 25
DOMAIN = b"civil-ledger/access/v1\n"


def setUpModule():
    """One node with a few families; the tests leave it running."""
    Accesses.folder = nodes.scratch()
    folder = Accesses.folder.name
    Accesses.events, ledger = nodes.populate(folder, EVENTS, SEED, communes=2)
    Accesses.node = nodes.Node(os.path.join(folder, "node"))
    Accesses.node.format(ledger)
    Accesses.node.start()
    Accesses.outcomes = []
    for first in range(0, EVENTS, 20):
        Accesses.outcomes += Accesses.node.submit_batch(
            Accesses.events[first:first + 20]).outcomes


def tearDownModule():
    Accesses.node.stop()
    Accesses.folder.cleanup()


def event_id(data):
    header = event_pb2.SignedEvent.FromString(data).header
    return hashlib.sha256(b"civil-ledger/event-id/v1\n" + header).digest()


class Accesses(unittest.TestCase):
    folder = node = events = outcomes = None

    def audit(self, **options):
        """All pages, and the last answer."""
        accesses, token = [], ""
        while True:
            answer = self.node.call(
                "AccessService/AuditAccesses",
                access_service_pb2.AuditAccessesRequest(page_token=token, page_size=60, **options),
                access_service_pb2.AuditAccessesResponse)
            accesses += [access.entry for access in answer.accesses]
            token = answer.next_page_token
            if not token:
                return accesses, answer

    def person(self):
        return next(outcome.receipt.created_persons[0] for outcome in self.outcomes
                    if outcome.receipt.created_persons)

    def ask(self, person, purpose):
        request = query_service_pb2.GetPersonRequest(person_id=person)
        request.context.purpose = purpose
        return self.node.call("QueryService/GetPerson", request,
                              query_service_pb2.GetPersonResponse)

    def test_a_question_stands_in_the_log_with_its_purpose_and_its_person(self):
        self.ask(self.person(), "clinic-visit")
        request = access_service_pb2.ListAccessesRequest(person_id=self.person())
        told = self.node.call("AccessService/ListAccesses", request,
                              access_service_pb2.ListAccessesResponse)
        entry = [entry for entry in told.entries if entry.purpose == "clinic-visit"][-1]
        self.assertEqual(entry.call, "QueryService/GetPerson")
        self.assertEqual(entry.result, "OK")
        self.assertEqual(list(entry.person_ids), [self.person()])

    def test_who_found_nobody_stands_there_too(self):
        nobody = os.urandom(16)
        with self.assertRaises(grpc.RpcError):
            self.ask(nobody, "curious")
        entry = [entry for entry in self.audit()[0] if entry.purpose == "curious"][0]
        self.assertEqual((entry.result, list(entry.person_ids)), ("NOT_FOUND", [nobody]))

    def test_the_chain_holds_from_the_first_entry_to_the_head(self):
        entries, answer = self.audit()
        previous = bytes(32)
        for index, entry in enumerate(entries):
            self.assertEqual((entry.index, entry.previous), (index, previous))
            previous = hashlib.sha256(DOMAIN + entry.SerializeToString(deterministic=True)).digest()
        self.assertEqual((answer.count, answer.head), (len(entries), previous))
        changed = access_service_pb2.AccessEntry.FromString(entries[0].SerializeToString())
        changed.at_ms += 1
        self.assertNotEqual(
            hashlib.sha256(DOMAIN + changed.SerializeToString(deterministic=True)).digest(),
            entries[1].previous)

    def test_every_refused_event_stands_there_with_its_rules(self):
        wanted = []
        for data, outcome in zip(self.events, self.outcomes):
            rules = []
            for finding in outcome.refusal.findings:
                if finding.rule not in rules[-1:]:
                    rules.append(finding.rule)
            if rules:
                wanted.append((event_id(data), rules))
        self.assertGreater(len(wanted), 3)
        got = [(entry.attempt.event_id, list(entry.attempt.rules))
               for entry in self.audit()[0] if entry.attempt.event_id]
        self.assertEqual(got[:len(wanted)], wanted)

    def test_whoever_was_answered_is_in_the_log_of_a_node_that_was_killed(self):
        answered, person = [], self.person()
        half = threading.Event()

        def read(number):
            for nth in range(EACH):
                purpose = f"kill-{number}-{nth}"
                try:
                    self.ask(person, purpose)
                except grpc.RpcError:
                    return
                answered.append(purpose)
                if len(answered) >= THREADS * EACH // 2:
                    half.set()
        threads = [threading.Thread(target=read, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        self.assertTrue(half.wait(nodes.CALL_SECONDS))
        self.node.kill()
        for thread in threads:
            thread.join()
        self.node.start()
        kept = {entry.purpose for entry in self.audit()[0]}
        self.assertGreaterEqual(len(answered), THREADS * EACH // 2)
        self.assertEqual([purpose for purpose in answered if purpose not in kept], [])

    def test_an_entry_comes_before_its_answer(self):
        self.node.stop()
        self.node.start(failpoint="access_kept:1")
        with self.assertRaises(grpc.RpcError):
            self.ask(self.person(), "unanswered")
        self.node.kill()
        self.node.start()
        self.assertIn("unanswered", {entry.purpose for entry in self.audit()[0]})


if __name__ == "__main__":
    sys.exit("run by tests/service/run")
