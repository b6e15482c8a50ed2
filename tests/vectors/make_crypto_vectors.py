#!/usr/bin/python3
"""Makes tests/vectors/crypto.txt: ids, signatures in every domain, and Ed25519 at its edges.

    tests/vectors/make_crypto_vectors.py OUTPUT

The second implementation: hashlib, and the curve of RFC 8032 in plain integers, so that bytes can
be made which no honest signer makes. Nothing is random: a second run writes the same file. The file
is never edited, and made anew only together with a new format.
"""
import hashlib
import pathlib
import sys

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)
SIGN_BIT = 1 << 255
DOMAINS = ("event", "receipt", "provisional-receipt", "access", "enrolment", "manifest")


def add(a, b):
    (x1, y1), (x2, y2) = a, b
    t = D * x1 * x2 * y1 * y2
    return ((x1 * y2 + x2 * y1) * pow(1 + t, -1, P) % P,
            (y1 * y2 + x1 * x2) * pow(1 - t, -1, P) % P)


IDENTITY = (0, 1)


def multiply(scalar, point):
    result = IDENTITY
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def recover_x(y):
    """The even x of a point, or None when no point has this y."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_1 % P
    if x * x % P != square:
        return None
    return x if x % 2 == 0 else P - x


def little(number):
    return number.to_bytes(32, "little")


def encode(point):
    return little(point[1] | (point[0] & 1) << 255)


BASE_Y = 4 * pow(5, -1, P) % P
BASE = (recover_x(BASE_Y), BASE_Y)


def hash_scalar(*parts):
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little")


def small_order_points():
    """The eight points of the torsion, as the multiples of one of order eight."""
    y = 2
    while True:
        x = recover_x(y)
        if x is not None:
            torsion = multiply(L, (x, y))
            if multiply(4, torsion) != IDENTITY:
                return [multiply(i, torsion) for i in range(8)]
        y += 1


TORSION = small_order_points()


class Signer:
    def __init__(self, seed):
        digest = hashlib.sha512(seed).digest()
        self.secret = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254
        self.prefix = digest[32:]
        self.point = multiply(self.secret, BASE)
        self.key = encode(self.point)

    def sign(self, message, dom=b""):
        nonce = hash_scalar(dom, self.prefix, message) % L
        return self.finish(nonce, encode(multiply(nonce, BASE)), self.key, message, dom)

    def finish(self, nonce, r, key, message, dom=b""):
        """The equation solved for any R and key that are offered."""
        challenge = hash_scalar(dom, r, key, message)
        return r + little((nonce + challenge * self.secret) % L)


def message_where(challenge_fits, r, key):
    """The first message whose challenge, modulo 8, fits."""
    for i in range(1000):
        message = b"message %d" % i
        if challenge_fits(hash_scalar(r, key, message) % L % 8):
            return message
    raise AssertionError("no message")


def is_zero(challenge):
    return challenge == 0


def is_odd(challenge):
    return challenge % 2 == 1


def non_canonical_encodings():
    """Encodings of small points that a decoder which ignores the sign of 0 would take."""
    return {"identity_plus_p": little(P + 1), "identity_signed": little(1 | SIGN_BIT),
            "identity_plus_p_signed": little(P + 1 | SIGN_BIT), "zero_plus_p": little(P),
            "zero_plus_p_signed": little(P | SIGN_BIT), "order_2_signed": little(P - 1 | SIGN_BIT)}


def edge_signatures(signer):
    """Name, key, signature, message: what a verifier must refuse, or accept."""
    message = b"message"
    honest = signer.sign(message)
    yield "accepted_honest", signer.key, honest, message
    s = int.from_bytes(honest[32:], "little")
    yield "refused_s_plus_l", signer.key, honest[:32] + little(s + L), message
    for i, point in enumerate(TORSION):
        small = encode(point)
        yield f"refused_r_small_order_{i}", signer.key, signer.finish(
            0, small, signer.key, message), message
        fitting = message_where(is_zero, encode(IDENTITY), small)
        yield f"refused_key_small_order_{i}", small, encode(IDENTITY) + little(0), fitting
    for name, encoding in non_canonical_encodings().items():
        yield f"refused_r_{name}", signer.key, signer.finish(0, encoding, signer.key,
                                                             message), message
        fitting = message_where(is_zero, encode(IDENTITY), encoding)
        yield f"refused_key_{name}", encoding, encode(IDENTITY) + little(0), fitting
    nonce = hash_scalar(b"nonce") % L
    mixed_r = encode(add(multiply(nonce, BASE), TORSION[1]))
    yield "refused_r_mixed_order", signer.key, signer.finish(
        nonce, mixed_r, signer.key, message), message
    r, mixed_key = encode(multiply(nonce, BASE)), encode(add(signer.point, TORSION[1]))
    for verdict, fits in (("refused", is_odd), ("accepted", is_zero)):
        fitting = message_where(fits, r, mixed_key)
        yield f"{verdict}_key_mixed_order", mixed_key, signer.finish(
            nonce, r, mixed_key, fitting), fitting
    prehashed = hashlib.sha512(message).digest()
    ph = signer.sign(prehashed, b"SigEd25519 no Ed25519 collisions\1\0")
    yield "refused_prehash_of_message", signer.key, ph, message
    yield "refused_prehash_of_hash", signer.key, ph, prehashed
    yield "refused_zero_key", bytes(32), bytes(64), message
    yield "refused_zero_signature", signer.key, bytes(64), message


def keys_not_to_enrol(signer):
    for i, point in enumerate(TORSION):
        yield f"small_order_{i}", encode(point)
        if i > 0:
            yield f"mixed_order_{i}", encode(add(signer.point, point))
    yield from non_canonical_encodings().items()
    yield "large_plus_p", little(P + next(y for y in range(3, 19) if recover_x(y) is not None))
    yield "off_the_curve", little(next(y for y in range(2, 99) if recover_x(y) is None))
    yield "all_ones", bytes([255]) * 32


def vectors():
    seed = bytes(range(32))
    signer = Signer(seed)
    yield "seed", seed
    yield "public", signer.key
    for i, domain in enumerate(DOMAINS):
        text = f"civil-ledger/{domain}/v1\n".encode()
        yield f"signature_{i}", signer.sign(text + (7).to_bytes(4, "big") + b"payload")
        empty = text + bytes(4)
        yield f"signature_of_nothing_{i}", signer.sign(empty)
    event_id = hashlib.sha256(b"civil-ledger/event-id/v1\nheader").digest()
    yield "event_id", event_id
    yield "key_id", hashlib.sha256(b"civil-ledger/key-id/v1\n\1" + signer.key).digest()
    for ordinal in (0, 1, 0x01020304):
        created = hashlib.sha256(event_id + ordinal.to_bytes(4, "big")).digest()[:16]
        yield f"created_id_{ordinal}", created
    for name, key, signature, message in edge_signatures(signer):
        yield name, key + signature + message
    for name, key in keys_not_to_enrol(signer):
        yield f"not_enrolled_{name}", key


def main():
    lines = ["# Made by tests/vectors/make_crypto_vectors.py; never edited.",
             "# accepted_*, refused_*: public key, signature, message; not_enrolled_*: public key."]
    lines += [f"{name} {value.hex()}" for name, value in vectors()]
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
