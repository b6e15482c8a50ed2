/* Sealed batches: etcd's disk never holds personal data in clear, and only core nodes make batches.
 *
 *   sealed   0   1  format of the batch, 1 (ledger/format.h)
 *            1   8  name of the key: first bytes of SHA-256 of the key
 *            9  24  nonce, random
 *           33   n  XChaCha20-Poly1305 of the batch, and its tag of 16 bytes
 *   associated bytes: generation of the order (16) | slot number (u64 big-endian)
 * So a batch cannot be moved to another slot or into another order, nor changed, without the key.
 *
 *   key file   64 hexadecimal digits and a line feed; mode 0600; the same on every core node
 * Thread: any. Memory: seal_key_wipe wipes the key. */
#ifndef NODE_SEAL_H
#define NODE_SEAL_H

#include "ledger/base/buf.h"
#include "ledger/base/crypto.h"
#include "ledger/base/detail.h"

enum {
	SEAL_NAME_BYTES = 8,
	SEAL_GENERATION_BYTES = 16,
	SEAL_HEADER_BYTES = 1 + SEAL_NAME_BYTES + CRYPTO_SEAL_NONCE_BYTES,
};

struct seal_key {
	uint8_t key[CRYPTO_SEAL_KEY_BYTES];
	uint8_t name[SEAL_NAME_BYTES];
};

/* Which slot of which order. */
struct seal_place {
	uint8_t generation[SEAL_GENERATION_BYTES];
	uint64_t number;
};

/* Makes a key file. STATUS_EXISTS, STATUS_IO. */
enum status seal_key_create(const char *path, struct detail *detail) NODISCARD;

/* STATUS_NOT_FOUND; STATUS_DENIED when others may read it; STATUS_CORRUPT; STATUS_IO. */
enum status seal_key_load(struct seal_key *key, const char *path, struct detail *detail) NODISCARD;

void seal_key_wipe(struct seal_key *key);

/* A batch is never empty. STATUS_OK; STATUS_NO_MEMORY when `out` is too small. */
enum status seal_batch(struct buf *out, const struct seal_key *key, const struct seal_place *place,
                       struct bytes batch) NODISCARD;

/* STATUS_OK; STATUS_DENIED: sealed with another key; STATUS_CORRUPT: not the sealed batch of this
 * place; STATUS_UNSUPPORTED: a later version; STATUS_NO_MEMORY. */
enum status seal_open(struct buf *out, const struct seal_key *key, const struct seal_place *place,
                      struct bytes sealed, struct detail *detail) NODISCARD;

#endif
