#!/usr/bin/python3
"""Goal: the golden signatures and keys are what their maker makes, and each is what its name says.

Method: make the file again and compare; check the named properties with the maker's own arithmetic,
so that an edge that is no edge does not pass for a refusal.
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VECTORS = ROOT / "tests" / "vectors"
sys.path[:0] = [str(ROOT / "tests" / "support"), str(VECTORS)]

import make_crypto_vectors as maker  # noqa: E402
import summary  # noqa: E402

GOLDEN = VECTORS / "crypto.txt"


def decode(encoding):
    """As a lenient decoder would: reduces y, and takes any sign of x = 0."""
    number = int.from_bytes(encoding, "little")
    y, sign = number % maker.SIGN_BIT % maker.P, number >> 255
    x = maker.recover_x(y)
    return None if x is None else (x if x % 2 == sign or x == 0 else maker.P - x, y)


def holds(key, signature, message, cofactor):
    """The equation of RFC 8032, section 5.1.7, multiplied by the cofactor or by one."""
    point, r = decode(key), decode(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    challenge = maker.hash_scalar(signature[:32], key, message) % maker.L
    right = maker.add(r, maker.multiply(challenge, point))
    return maker.multiply(cofactor * s, maker.BASE) == maker.multiply(cofactor, right)


class CryptoVectors(unittest.TestCase):
    def setUp(self):
        lines = GOLDEN.read_text(encoding="utf-8").splitlines()
        pairs = (line.split(" ") for line in lines if not line.startswith("#"))
        self.values = {name: bytes.fromhex(value) for name, value in pairs}

    def test_making_them_again_gives_the_same_file(self):
        with tempfile.TemporaryDirectory() as folder:
            again = pathlib.Path(folder, "crypto.txt")
            subprocess.run([sys.executable, VECTORS / "make_crypto_vectors.py", again], check=True)
            self.assertEqual(again.read_bytes(), GOLDEN.read_bytes())

    def test_edges_satisfy_the_equation_that_a_lenient_verifier_checks(self):
        edges = [name for name in self.values if "ed_r_" in name or "ed_key_" in name]
        edges += ["refused_s_plus_l", "accepted_honest"]
        for name in edges:
            value = self.values[name]
            with self.subTest(name=name):
                self.assertTrue(holds(value[:32], value[32:96], value[96:], 8))

    def test_one_equation_decides_on_mixed_orders(self):
        for name, expected in (("refused_r_mixed_order", False), ("refused_key_mixed_order", False),
                               ("accepted_key_mixed_order", True), ("accepted_honest", True)):
            value = self.values[name]
            self.assertIs(holds(value[:32], value[32:96], value[96:], 1), expected, name)

    def test_the_small_points_are_the_eight_of_the_torsion(self):
        points = [maker.multiply(8, decode(self.values[f"not_enrolled_small_order_{i}"]))
                  for i in range(8)]
        self.assertEqual(points, [maker.IDENTITY] * 8)
        self.assertEqual(len({self.values[f"not_enrolled_small_order_{i}"] for i in range(8)}), 8)


if __name__ == "__main__":
    summary.main("crypto_vectors")
