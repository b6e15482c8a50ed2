/* The one door to libsodium: hashes, MACs, signatures, sealing, randomness.
 *
 * Formulas (`||` joins, LF = 0x0A)
 *   event id     = SHA-256("civil-ledger/event-id/v1" LF || header)
 *   key id       = SHA-256("civil-ledger/key-id/v1" LF || 0x01 || public key)
 *   created id   = first 16 bytes of SHA-256(event id || u32 ordinal)
 *   commitment   = HMAC-SHA-256(opening, content)                                    RFC 2104
 *   signed bytes = domain LF || u32 length of payload || payload
 *   signature    = Ed25519(signed bytes)                                             RFC 8032
 * One domain string per use of a key, so that a signature of one kind is never one of another.
 *
 * A verdict on a signature is a function of the bytes alone, so all nodes agree. It is libsodium's,
 * without cofactor: S below the order, R and key canonical and not of small order. A key of mixed
 * order can pass now and then, so keys are also judged when they are enrolled. Every edge is pinned
 * by tests/vectors/crypto.txt.
 * Thread: any, after crypto_init. Memory: none is allocated. */
#ifndef LEDGER_BASE_CRYPTO_H
#define LEDGER_BASE_CRYPTO_H

#include "ledger/base/bytes.h"
#include "ledger/base/status.h"

/* Once per process, before anything else here. STATUS_UNAVAILABLE when libsodium cannot start. */
enum status crypto_init(void) NODISCARD;

struct hash crypto_sha256(struct bytes bytes);

/* SHA-256 over parts that lie apart. Begin, update any number of times, end once. */
struct crypto_sha256_state {
	/* libsodium's state, 104 bytes; opaque here so that its header stays behind the door. */
	uint64_t opaque[16];
};
void crypto_sha256_begin(struct crypto_sha256_state *state);
void crypto_sha256_update(struct crypto_sha256_state *state, struct bytes bytes);
struct hash crypto_sha256_end(struct crypto_sha256_state *state);

/* HMAC-SHA-256 with a 32 byte key. */
struct hash crypto_hmac(const uint8_t key[OPENING_BYTES], struct bytes message);

struct hash crypto_event_id(struct bytes header);
struct hash crypto_key_id(const uint8_t public_key[PUBLIC_KEY_BYTES]);
struct id crypto_created_id(const struct hash *event_id, uint32_t ordinal);

/* What a signature is for. */
enum crypto_domain {
	CRYPTO_DOMAIN_EVENT,       /* an officer signs a header */
	CRYPTO_DOMAIN_RECEIPT,     /* a node signs a receipt */
	CRYPTO_DOMAIN_PROVISIONAL, /* a replica signs "queued" */
	CRYPTO_DOMAIN_ACCESS,      /* a node signs its access log */
	CRYPTO_DOMAIN_ENROLMENT,   /* a new key proves that it is held */
	CRYPTO_DOMAIN_MANIFEST,    /* a node signs a backup or export */
};
enum { CRYPTO_DOMAINS = CRYPTO_DOMAIN_MANIFEST + 1, CRYPTO_PAYLOAD_MAX = 4096 };

/* Key pair from a 32 byte seed; deterministic. */
void crypto_keypair(uint8_t public_key[PUBLIC_KEY_BYTES], uint8_t secret_key[SECRET_KEY_BYTES],
                    const uint8_t seed[32]);

/* Signs a payload of at most CRYPTO_PAYLOAD_MAX bytes (asserted) in its domain. */
void crypto_sign_in(uint8_t signature[SIGNATURE_BYTES], enum crypto_domain domain,
                    struct bytes payload, const uint8_t secret_key[SECRET_KEY_BYTES]);

/* True when the signature is the key's over the payload in this domain. False for any other length
 * of key or signature, or a payload that is too long. */
bool crypto_verify_in(enum crypto_domain domain, struct bytes payload, struct bytes signature,
                      struct bytes public_key);

/* Plain Ed25519 over a message that begins with a text of its own (C2SP notes and cosignatures). */
void crypto_sign_plain(uint8_t signature[SIGNATURE_BYTES], struct bytes message,
                       const uint8_t secret_key[SECRET_KEY_BYTES]);
bool crypto_verify_plain(struct bytes message, struct bytes signature, struct bytes public_key);

/* True when a key may be enrolled: canonical point of the prime-order group. */
bool crypto_key_is_valid(const uint8_t public_key[PUBLIC_KEY_BYTES]);

/* SipHash-2-4: a short hash for tables, that nobody without the key can make collide. */
enum { CRYPTO_SHORT_KEY_BYTES = 16 };
uint64_t crypto_short_hash(struct bytes bytes, const uint8_t key[CRYPTO_SHORT_KEY_BYTES]);

/* Compares in time that depends on the size alone. */
bool crypto_equal(struct bytes a, struct bytes b);

/* Overwrites; never optimised away. */
void crypto_wipe(void *memory, size_t size);

/* Fills with random bytes. For node/ and tools/ only: ledger/ takes no randomness. */
void crypto_random(void *out, size_t size);

/* XChaCha20-Poly1305: out holds size + 16 bytes. The nonce must be fresh for every message. */
enum { CRYPTO_SEAL_KEY_BYTES = 32, CRYPTO_SEAL_NONCE_BYTES = 24, CRYPTO_SEAL_TAG_BYTES = 16 };
void crypto_seal(uint8_t *out, struct bytes message, struct bytes associated,
                 const uint8_t nonce[CRYPTO_SEAL_NONCE_BYTES],
                 const uint8_t key[CRYPTO_SEAL_KEY_BYTES]);

/* Opens into out, which holds sealed.size - 16 bytes. False when it was not sealed by this key, or
 * any byte of message, associated bytes or nonce differs; out then may hold zeros, never a part. */
bool crypto_open(uint8_t *out, struct bytes sealed, struct bytes associated,
                 const uint8_t nonce[CRYPTO_SEAL_NONCE_BYTES],
                 const uint8_t key[CRYPTO_SEAL_KEY_BYTES]);

#endif
