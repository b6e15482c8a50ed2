/* The hash chain over the records: each record holds the hash of the one before it.
 *
 *     previous(0) = 32 zero bytes
 *     previous(n) = leaf(record n-1) = SHA-256(0x00 || bytes of record n-1)
 * The hash is the RFC 6962 leaf hash (ledger/log/merkle.h), so one hash serves the chain and the
 * tree. Whoever holds `head` can tell any record before it from a changed one.
 *
 * Invariants: `count` only grows; `head` is a function of the records alone.
 * Thread: one writer; a const chain may be read by any thread.
 * Memory: none; a plain value that may be copied, which makes a draft. */
#ifndef LEDGER_LOG_CHAIN_H
#define LEDGER_LOG_CHAIN_H

#include "ledger/base/bytes.h"
#include "ledger/base/status.h"

struct chain {
	uint64_t count;   /* records linked so far; also the next index */
	struct hash head; /* leaf hash of the last record; zero when there is none */
};

/* The chain without records. */
void chain_init(struct chain *chain);

/* Links the record with this index, which says that `previous` comes before it, and whose own leaf
 * hash is `leaf`.
 *
 * STATUS_OK, or `chain` is untouched and
 *   STATUS_OUT_OF_RANGE  index is not chain->count
 *   STATUS_DIVERGED      previous is not chain->head
 * Depends on the arguments alone, so all nodes agree. Does not look into the record. */
enum status chain_append(struct chain *chain, uint64_t index, const struct hash *previous,
                         const struct hash *leaf) NODISCARD;

#endif
