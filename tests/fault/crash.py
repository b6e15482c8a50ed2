#!/usr/bin/python3
"""Kills a node again and again, and looks whether it kept its word.

Goal: nothing acknowledged is lost, nothing is doubled, and the ledger is byte for byte the one of a
node that was never killed.
Method: a country's events are submitted in small batches. The process is killed with SIGKILL at a
random moment, or at a named failpoint, and started again; what was not acknowledged is submitted
again, with some of what was accepted. The journal of acknowledgements is kept here, outside of the
node. Wall time stands still in both runs, so head and root must be equal at the end.
"""
import os
import random
import signal
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import node as nodes  # noqa: E402
import grpc  # noqa: E402

FAILPOINTS = ["batch_formed", "batch_ordered", "batch_committed", "floor_raised", "before_reply",
              "checkpoint_made", "checkpoint_written"]
BATCH = 6
OVERLAP = 4
WHOLE_BATCH = 30  # gazetteer parts of 20 KB stay below the limit of a message


class Journal:
    """What the node has acknowledged: event number -> (index, record hash) or a refusal."""

    def __init__(self):
        self.outcomes = {}
        self.faults = []

    def take(self, numbers, response):
        for number, outcome in zip(numbers, response.outcomes):
            if outcome.WhichOneof("outcome") == "receipt":
                answer = (outcome.receipt.index, outcome.receipt.record_hash)
            else:
                answer = (outcome.refusal.reason,
                          tuple(finding.rule for finding in outcome.refusal.findings))
            known = self.outcomes.setdefault(number, answer)
            if known != answer:
                self.faults.append(f"event {number} was {known}, is {answer}")

    def is_refused(self, number):
        return number in self.outcomes and not isinstance(self.outcomes[number][0], int)

    def done(self):
        """Number of events acknowledged without a gap."""
        count = 0
        while count in self.outcomes:
            count += 1
        return count


def submit_until_dead(node, events, journal):
    """Submits until the process dies or everything is acknowledged. What was refused left nothing
    behind, and might pass when judged after its successors: it does not come again."""
    position = max(0, journal.done() - OVERLAP)
    numbers = [n for n in range(position, len(events)) if not journal.is_refused(n)]
    while numbers:
        try:
            response = node.submit_batch([events[n] for n in numbers[:BATCH]])
        except grpc.RpcError:
            return
        journal.take(numbers, response)
        numbers = numbers[len(response.outcomes):]


def check_kept(node, journal):
    """After a restart: the ledger must hold at least every receipt."""
    receipts = [answer[0] for answer in journal.outcomes.values() if isinstance(answer[0], int)]
    size = node.status().size
    if receipts and size <= max(receipts):
        journal.faults.append(f"{max(receipts) + 1} records acknowledged, {size} are there")


def run_cycle(node, events, journal, chance, cycle):
    """One life and death of the node."""
    failpoint = None
    if cycle % 2 == 0:
        name = FAILPOINTS[(cycle // 2) % len(FAILPOINTS)]
        failpoint = f"{name}:{chance.randint(1, 3)}"
    if not node.start(failpoint):
        # A failpoint of the first checkpoint may end it before its first screen.
        code = node.close()
        if code != -signal.SIGKILL or failpoint is None:
            with open(node.folder + ".log", encoding="utf-8") as log:
                journal.faults.append(f"life {cycle} began with {code}: {log.read()[-300:]}")
            return False
        return True
    try:
        check_kept(node, journal)
    except grpc.RpcError:
        pass  # a failpoint of the first checkpoint came before the question
    timer = threading.Timer(chance.uniform(0.002, 0.12), node.process.kill)
    if failpoint is None:
        timer.start()
    target = min(len(events), journal.done() + 40)
    submit_until_dead(node, events[:target], journal)
    timer.cancel()
    node.kill()
    return True


def is_the_same_later(outcome):
    """What is refused for a state may pass when its refusal was lost in a crash."""
    return (outcome.WhichOneof("outcome") == "receipt" or
            nodes.is_refused_for_ever(outcome.refusal))


def run_whole(folder, events, ledger, clock):
    """The events on a node that nobody kills: its status, its end, and those events whose outcome
    does not depend on when they are judged."""
    node = nodes.Node(os.path.join(folder, "whole"), clock)
    node.format(ledger)
    node.start()
    lasting = []
    for position in range(0, len(events), WHOLE_BATCH):
        part = events[position:position + WHOLE_BATCH]
        lasting += [event for event, outcome in zip(part, node.submit_batch(part).outcomes)
                    if is_the_same_later(outcome)]
    status = node.status()
    code = node.stop()
    return status, code, lasting


def main():
    cycles = 1000 if os.environ.get("EFFORT") == "long" else 200
    chance = random.Random(20261123)
    with nodes.scratch() as folder:
        events, ledger = nodes.populate(folder, 160 + 12 * cycles, 7, communes=2)
        clock = nodes.standing_clock(folder, 1790000000000)
        whole, code, events = run_whole(folder, events, ledger, clock)
        journal = Journal()
        node = nodes.Node(os.path.join(folder, "killed"), clock)
        node.format(ledger)
        lives = sum(run_cycle(node, events, journal, chance, cycle) for cycle in range(cycles))
        if not node.start():
            journal.faults.append("the node does not start after the last crash")
            status = None
        else:
            while journal.done() < len(events):
                submit_until_dead(node, events, journal)
            status = node.status()
            if node.stop() != 0:
                journal.faults.append("a graceful stop did not end with 0")
        if code != 0:
            journal.faults.append("the whole run did not stop with 0")
        if status is not None and (status.size, status.head, status.root) != (
                whole.size, whole.head, whole.root):
            journal.faults.append(f"{status.size} records, {whole.size} without crashes; "
                                  "head or root differ")
    for fault in journal.faults[:20]:
        print("crash:", fault)
    print(f"crash: {lives} lives, {len(journal.outcomes)} events acknowledged")
    failed = 1 if journal.faults else 0
    print(f"fault: {lives - failed if lives else 0} passed, {failed + (lives < cycles)} failed")
    return 1 if failed or lives < cycles else 0


if __name__ == "__main__":
    sys.exit(main())
