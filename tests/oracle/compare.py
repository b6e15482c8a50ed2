#!/usr/bin/python3
"""Compares the ledger with the oracle, event by event and state by state.

    compare.py [--seed S] [--events N] [--build BUILD] [--questions Q] [--keep FILE]

The generator submits to the ledger (BUILD/tests/oracle/ledger_run) and looks at its answers; the
oracle judges the same bytes. Compared: status, broken and undecided rules of what is refused, rules
overridden in what is accepted, index, created persons, shape and uniqueness of numbers; then, for a
sample of persons, valid days and known sizes, every field of the state. Every rule in scope must
have been broken and have held. Ends with `oracle: N passed, M failed`.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import counts
import dates
import filiations
import generate
import numbers_of_persons as numbers
import oracle
import sealed
import wire

RULES = ("S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15 S16 S18 S19 S20 S21 "
         "S17 S22 S23 S24 L27 L01 L02 L03 L04 L05 L06 L07 L08 L09 L10 L11 L12 L13 L14 L15 L16 L17 "
         "L18 L19 L20 L21 L22 L23 L24 L25 L26 P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P11").split()
SHOWN_MAX = 25
# Kind, basis, each act once (1) or each person (0).
WHICH = [(kind, basis, once) for kind in range(1, 6) for basis in (1, 2) for once in (0, 1)]


class Ledger:
    """ledger_run as a process: one event in, one line out."""

    def __init__(self, program, questions):
        self.process = subprocess.Popen([program, "/dev/stdin", questions], bufsize=0,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.lines = os.fdopen(os.dup(self.process.stdout.fileno()), "r")

    def submit(self, recorded_at_ms, data):
        self.process.stdin.write(wire.frame(recorded_at_ms, data))
        line = self.lines.readline()
        if not line:
            raise SystemExit("ledger_run ended early")
        return read_answer(json.loads(line))

    def end_of_events(self):
        self.process.stdin.close()
        for line in self.lines:
            yield json.loads(line)


def read_answer(raw):
    """As the oracle answers. Of the findings of one rule the worst counts; W rules do not."""
    if raw["status"] == "STATUS_OK":
        raw["status"] = "OK"
    answer = {"status": raw["status"], "text": f"{raw.get('path')}: {raw.get('text')}"}
    worst = {"BROKEN": 3, "UNDECIDED": 2, "OVERRIDDEN": 1}
    findings, where = {}, {}
    for rule, outcome, path in raw.get("findings", ()):
        if rule[0] != "W":
            findings[rule] = max(findings.get(rule, outcome), outcome, key=worst.get)
            where.setdefault(rule, []).append(path)
    answer["findings"], answer["where"] = findings, where
    for key in ("event_id", "first"):
        if key in raw:
            answer[key] = bytes.fromhex(raw[key])
    if raw["status"] == "OK":
        answer["index"], answer["law"] = raw["index"], raw["law"]
        answer["numbers"] = {bytes.fromhex(p): n for p, n in raw["numbers"]}
        answer["created"] = [bytes.fromhex(p) for p in raw["created"]]
    return answer


class Comparison:
    def __init__(self, options):
        self.options = options
        self.questions = tempfile.NamedTemporaryFile("w", suffix=".questions")
        program = pathlib.Path(options.build) / "tests/oracle/ledger_run"
        self.ledger = Ledger(str(program), self.questions.name)
        self.oracle = oracle.Oracle()
        self.keep = open(options.keep, "wb") if options.keep else None
        self.counts, self.broken = collections.Counter(), collections.Counter()
        self.overridden, self.held = collections.Counter(), collections.Counter()
        self.mismatches, self.passed = 0, 0
        self.judged_steps = collections.Counter()

    # Events

    def submit(self, recorded_at_ms, data):
        if self.keep:
            self.keep.write(wire.frame(recorded_at_ms, data))
        theirs = self.ledger.submit(recorded_at_ms, data)
        size = self.oracle.book.size()
        ours = self.oracle.submit(recorded_at_ms, data, theirs.get("numbers"))
        self.count(ours)
        differences = list(self.differences(ours, theirs))
        if differences:
            self.show(data, size, differences, ours, theirs)
            self.follow(recorded_at_ms, data, ours, theirs)
        else:
            self.passed += 1
        return theirs

    def count(self, answer):
        self.counts[answer["status"]] += 1
        for rule, outcome in answer.get("findings", {}).items():
            (self.overridden if outcome == "OVERRIDDEN" else self.broken)[rule] += 1

    def differences(self, ours, theirs):
        keys = ["status"]
        if ours["status"] == theirs["status"] != "INVALID":
            keys += ["event_id"]
            keys += {"OK": ["index", "created", "findings", "law"], "REFUSED": ["findings"],
                     "EXISTS": ["first"]}.get(ours["status"], [])
        for key in keys:
            if ours.get(key) != theirs.get(key):
                yield f"{key}: oracle {text(ours.get(key))}, ledger {text(theirs.get(key))}"
        if ours["status"] == theirs["status"] == "OK":
            if ours["numbers"].keys() != theirs["numbers"].keys():
                yield f"numbers: oracle {text(ours['numbers'])}, ledger {text(theirs['numbers'])}"
            for number in theirs["numbers"].values():
                if not numbers.is_number(number):
                    yield f"number {number} is misshapen"

    def show(self, data, size, differences, ours, theirs):
        self.mismatches += 1
        if self.mismatches > SHOWN_MAX:
            return
        event = None
        try:
            event = wire.Event(data)
        except wire.Malformed:
            pass
        print(f"--- at size {size}: {event and event.member}"
              f" step {event and event.step} class {event and event.header.event_class}")
        for difference in differences:
            print("   ", difference)
        if ours["status"] != theirs["status"]:
            print("    oracle", ours.get("findings"), "ledger", theirs.get("findings"))
        print("    where", theirs.get("where"), theirs.get("text"), ours.get("text", ""))
        if self.options.verbose and event is not None:
            print(event.subjects, str(event.content).replace("\n", " ")[:3000])

    def follow(self, recorded_at_ms, data, ours, theirs):
        """After a difference the oracle takes the ledger's side, so that one counts once."""
        if ours["status"] == theirs["status"]:
            return
        if {ours["status"], theirs["status"]} != {"OK", "REFUSED"}:
            raise SystemExit("the two disagree about what an event is")
        event = wire.Event(data)
        if ours["status"] == "OK":
            self.oracle = self.rebuilt_without_last()
        else:
            record = self.oracle.book.append(
                recorded_at_ms, event, list(theirs["numbers"].items()), theirs["law"])
            record.findings = theirs["findings"]

    def rebuilt_without_last(self):
        fresh = oracle.Oracle()
        self.oracle.book.show(0)  # contents as they were before anything was erased
        fresh.ledger_id = self.oracle.ledger_id
        for record in self.oracle.book.records[:-1]:
            again = fresh.book.append(record.recorded_at_ms, record.event, record.numbers,
                                      record.law_version)
            again.findings = record.findings
        return fresh

    # States

    def ask(self):
        """Chooses persons, days and sizes; writes the questions."""
        book, chance = self.oracle.book, random.Random(self.options.seed)
        persons = sorted(p for p in book.by_person)
        asked = []
        for _ in range(self.options.questions):
            person = chance.choice(persons)
            history = book.history(person, book.size())
            size = chance.choice([book.size(), chance.choice(history).index + chance.choice([0, 1]),
                                  chance.randint(0, book.size())])
            asked.append((person, self.choose_day(chance, person, size), size))
        for person, day, size in asked:
            self.questions.write(f"{person.hex()} {day} {size}\n")
        self.sealed = self.choose_sealed(chance, persons)
        for person, day, size in self.sealed:
            self.questions.write(f"{person.hex()} {day} {size} sealed\n")
        for size in self.counted_sizes():
            for kind, basis, once in WHICH:
                self.questions.write(f"statistics {kind}{basis}{once} {size}\n")
        self.questions.flush()
        return asked

    def choose_sealed(self, chance, persons):
        """What a reader without a warrant sees; mostly of those whom adoptions name, and of their
        kin. Of nobody about whom a court sealed anything."""
        book, asked = self.oracle.book, []
        near = sorted({person for record in book.records if filiations.is_full(record.event)
                       for child in [record.event.of_role("child")]
                       for other in book.by_person[child] for person in other.names})
        for _ in range(self.options.questions // 4 if near else 0):
            person = chance.choice(near if chance.random() < 0.9 else persons)
            if not sealed.is_court_sealed(book, person) and not sealed.is_merged(book, person):
                size = chance.choice([book.size(), chance.randint(0, book.size()),
                                      chance.choice(book.by_person[person]).index + 1])
                asked.append((person, self.choose_day(chance, person, size), size))
        return asked

    def choose_day(self, chance, person, size):
        """Days about which something changes are worth more than others."""
        book = self.oracle.book
        edges = [day for act in book.acts(person, book.size())
                 for day in (act.valid[0], act.valid[1], act.registered_day)]
        today = book.records[-1].day
        choices = [today, chance.randint(-20000, today)]
        if edges:
            choices += [chance.choice(edges) + chance.choice([-1, 0, 0, 1, 30])] * 4
        return chance.choice(choices)

    def compare_states(self):
        asked = self.ask()
        answers = list(self.ledger.end_of_events())
        found = 0
        self.compare_statistics(answers[len(asked) + len(self.sealed):])
        self.oracle.book.show(self.oracle.book.size())
        for (person, day, size), theirs in zip(asked, answers):
            ours = self.oracle.state(person, day, size)
            found += ours is not None
            self.compare_state(person, day, size, ours, theirs)
        for (person, day, size), theirs in zip(self.sealed, answers[len(asked):]):
            ours = self.oracle.sealed_state(person, day, size)
            self.compare_state(person, day, size, ours, theirs)
        self.counts["sealed"] = len(self.sealed)
        self.questions.close()
        self.counts["states"], self.counts["states found"] = len(asked), found

    def compare_state(self, person, day, size, ours, theirs):
        packed = bytes.fromhex(theirs["state"]) if "state" in theirs else None
        if packed == (wire.pack(ours) if ours is not None else None):
            self.passed += 1
            return
        self.mismatches += 1
        if self.mismatches > SHOWN_MAX:
            return
        print(f"--- state of {person.hex()[:8]} on {dates.civil(day)} at size {size}:"
              f" ledger {theirs['status']}")
        if packed is None or ours is None:
            print("    oracle", "finds nobody" if ours is None else "finds the person")
            return
        other = wire.person.PersonState.FromString(packed)
        for path, a, b in unlike(ours, other, ""):
            print(f"    {path}: oracle {a!r}, ledger {b!r}")

    # Statistics

    def counted_sizes(self):
        size = self.oracle.book.size()
        return [size, size * 2 // 3]

    def compare_statistics(self, answers):
        """Every cell of every kind, at the end and before."""
        statistics, answers = counts.Statistics(self.oracle.book), iter(answers)
        for size in self.counted_sizes():
            ours = statistics.cells(size)
            for which in WHICH:
                theirs = sorted(next(answers)["cells"])
                self.compare_cells(which, size, ours.get(which, []), theirs)

    def compare_cells(self, which, size, ours, theirs):
        self.counts["cells"] += len(ours)
        if ours == theirs:
            self.passed += 1
            return
        self.mismatches += 1
        print(f"--- statistics {which} at size {size}")
        for who, first, second in (("oracle", ours, theirs), ("ledger", theirs, ours)):
            only = [cell for cell in first if cell not in second]
            print("    only", who, only[:SHOWN_MAX])

    # The end

    def report(self, seconds):
        c = self.counts
        events = c["OK"] + c["REFUSED"] + c["EXISTS"] + c["INVALID"]
        print(f"events {events}, accepted {c['OK']}, refused {c['REFUSED']}, request used"
              f" {c['EXISTS']}, malformed {c['INVALID']}; {100 * c['OK'] // max(events, 1)} %"
              f" accepted; states {c['states']}, of them found {c['states found']},"
              f" sealed {c['sealed']};"
              f" cells {c['cells']}; {seconds:.0f} s")
        line = []
        for rule in RULES:
            line.append(f"{rule} {self.broken[rule]}+{self.overridden[rule]}")
        print("broken + overridden:", ", ".join(line))
        missing = [rule for rule in RULES if not self.broken[rule]]
        if missing and events >= 15000:
            print("never provoked:", ", ".join(missing))
            self.mismatches += len(missing)
        print(f"oracle: {self.passed} passed, {self.mismatches} failed")
        return 1 if self.mismatches else 0


def text(value):
    if isinstance(value, bytes):
        return value.hex()[:16]
    return str(value)


def unlike(ours, theirs, path):
    """(path, ours, theirs) of every leaf that differs."""
    for field in ours.DESCRIPTOR.fields:
        here = f"{path}.{field.name}" if path else field.name
        a, b = getattr(ours, field.name), getattr(theirs, field.name)
        if field.label == field.LABEL_REPEATED:
            if len(a) != len(b):
                yield f"{here} count", len(a), len(b)
            for i, (x, y) in enumerate(zip(a, b)):
                if field.message_type:
                    yield from unlike(x, y, f"{here}[{i}]")
                elif x != y:
                    yield f"{here}[{i}]", x, y
        elif field.message_type:
            if ours.HasField(field.name) != theirs.HasField(field.name):
                yield f"{here} present", ours.HasField(field.name), theirs.HasField(field.name)
            elif ours.HasField(field.name):
                yield from unlike(a, b, here)
        elif a != b:
            yield here, a, b


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=20000)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--build", default=str(wire.ROOT / "build" / "check"))
    parser.add_argument("--keep", help="write the stream of events to this file")
    parser.add_argument("--verbose", action="store_true", help="show the content of what differs")
    comparison = Comparison(parser.parse_args())
    started = time.monotonic()
    generate.Run(comparison.options.seed, comparison.options.events, comparison.submit).go()
    comparison.compare_states()
    return comparison.report(time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(main())
