#!/usr/bin/python3
"""Erasure on a real node: no file of it keeps what a court had erased.

Goal: after a content_erased the bytes are nowhere in the node's folder, not after a power cut and a
start, not in a new backup, not in an export; the log still verifies and says who erased what.
Method: one paper birth under a name that nothing else resembles, in a node with a clock of its own;
every file of its folder is searched, byte by byte, before and after each of these.
"""
import errno
import os
import sys
import tempfile
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "stories"), os.path.join(HERE, "..", "backup")]

from ledger import Ledger, stories, wire  # noqa: E402
from command import civilctl  # noqa: E402
from country import Draft, to_date  # noqa: E402
from wire import REGISTERED  # noqa: E402

NAME, LEFT = "Qzxwvkjpyfbg", "Nobody"
AT = stories.day("2026-06-20")


def files_with(folder, text):
    """Paths of files that hold the text."""
    found = []
    for path, _, names in os.walk(folder):
        for name in names:
            at = os.path.join(path, name)
            try:
                with open(at, "rb") as file:
                    if text.encode() in file.read():
                        found.append(at)
            except OSError as error:  # a socket, or a file that the engine has just deleted
                assert error.errno in (errno.ENXIO, errno.ENOENT), error
    return found


class Erasure:
    """One node; the parts run in the order they stand here."""

    def __init__(self, folder):
        self.folder, self.ledger = folder, Ledger(folder)
        self.node = self.ledger.node
        self.ledger.found()
        self.person = self.ledger.legacy("A", 1, "1990-05-05", "070803",
                                         self.ledger.name("សុភា", NAME))

    def path(self, name):
        return os.path.join(self.folder, name)

    def nowhere(self):
        found = files_with(self.node.folder, NAME)
        assert not found, f"still in {found}"

    def name(self):
        return self.ledger.person(self.person.id, AT).state.names[0].name.latin_given

    def part_the_name_is_on_disk_first(self):
        assert files_with(self.node.folder, NAME)
        assert self.name() == NAME

    def part_an_erasure_leaves_it_nowhere(self):
        subjects = [["child", self.person.id, 0]]
        decision = self.ledger.decision("2026-06-20", "CC.14", "content_erased", [self.person])
        residue = wire.content.Content(legacy_linked=wire.identity.LegacyLinked(
            verified=bytes(31) + b"1", confidence=1,
            birth=self.ledger.birth(
                self.ledger.name("លុប", LEFT), 1, stories.to_partial(stories.day("1990-05-05")),
                self.ledger.place("070803", AT), self.ledger.place("070803", AT),
                stories.common.Address(code="07080301", gazetteer="KH-2014"))))
        order = wire.seal.ContentErased(target=self.person.act, residue=wire.pack(residue),
                                        decision=decision["event_id"], date=to_date(AT))
        self.ledger.step(AT, "G1+G2", Draft(15, REGISTERED, order, [], subjects))
        assert self.name() == LEFT
        self.nowhere()

    def part_a_power_cut_brings_nothing_back(self):
        self.node.kill()
        self.nowhere()
        assert self.node.start()
        assert self.name() == LEFT
        self.nowhere()

    def part_a_new_backup_and_an_export_are_free_of_it(self):
        civilctl("backup", self.path("backups"), "--node", self.node.folder)
        assert not files_with(self.path("backups"), NAME)
        civilctl("export", self.path("log"), "--server", f"127.0.0.1:{self.node.port}")
        assert not files_with(self.folder, NAME)
        assert files_with(self.folder, LEFT)

    def part_verify_names_what_was_erased_under_which_order(self):
        said = civilctl("verify", self.path("log")).stderr
        lines = [line for line in said.splitlines() if "content erased by record" in line]
        assert len(lines) == 3, said  # the act, and the two papers behind it
        assert all("court-14" in line for line in lines), said


def main():
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        erasure = Erasure(folder)
        for name in [name for name in vars(Erasure) if name.startswith("part_")]:
            try:
                getattr(erasure, name)()
                passed += 1
            except Exception:  # the parts behind may hold all the same
                failed += 1
                print(name)
                traceback.print_exc()
        erasure.node.stop()
    print(f"erasure: {passed} passed, {failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
