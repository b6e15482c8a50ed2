#!/usr/bin/python3
"""Goal: the golden events are what the formats say, and the reader that says so has teeth.

Method: read them with the independent reader; then change one digit of each value in turn, and
demand that the reader refuses; then make them again and compare.
"""
import contextlib
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "support"), str(ROOT / "tests" / "vectors")]

import read_event_vectors as reader  # noqa: E402
import summary  # noqa: E402

# Inputs of the making, which the reader does not need.
UNREAD = ("_seed", "_keys")


def changed(text):
    """Another text of the same form: its middle digit is another."""
    middle = len(text) // 2
    return text[:middle] + ("1" if text[middle] != "1" else "2") + text[middle + 1:]


class EventVectors(unittest.TestCase):
    def setUp(self):
        self.values = reader.load(reader.DEFAULT)

    def test_the_vectors_hold(self):
        self.assertEqual(reader.check(self.values), 7)

    def test_a_changed_value_is_noticed(self):
        for name, value in self.values.items():
            if name.endswith(UNREAD) or name == "key_3_public":
                continue
            with self.subTest(name=name):
                with contextlib.suppress(reader.Wrong, ValueError, KeyError, IndexError,
                                         reader.BadSignatureError):
                    reader.check(self.values | {name: changed(value)})
                    self.fail("the change was not noticed")

    def test_every_bit_of_a_signed_event_counts(self):
        signed = bytes.fromhex(self.values["event_3_signed"])
        for bit in range(0, 8 * len(signed), 5):
            other = bytearray(signed)
            other[bit // 8] ^= 1 << bit % 8
            with contextlib.suppress(reader.Wrong, ValueError, reader.BadSignatureError):
                reader.check(self.values | {"event_3_signed": other.hex()})
                self.fail(f"bit {bit} was not noticed")

    def test_making_them_again_gives_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            again = pathlib.Path(folder, "event.txt")
            subprocess.run([sys.executable, ROOT / "tests/vectors/make_event_vectors.py", again],
                           check=True)
            self.assertEqual(again.read_bytes(), reader.DEFAULT.read_bytes())


if __name__ == "__main__":
    summary.main("event_vectors")
