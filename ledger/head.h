/* The position of a ledger, kept under META "head" in the same commit as what it counts.
 *
 *   value: size u64 || batch u64 || recorded at u64 || head 32 || root 32 || batch hash 32
 * Thread: any. Memory: values. */
#ifndef LEDGER_HEAD_H
#define LEDGER_HEAD_H

#include "ledger/store/store.h"

/* What two nodes compare. */
struct ledger_head {
	uint64_t size;          /* records */
	uint64_t batch;         /* last batch applied; 0 when none */
	int64_t recorded_at_ms; /* of that batch */
	struct hash head;       /* hash of the last record; zero when empty */
	struct hash root;       /* RFC 6962 root over all records */
	/* SHA-256 of that batch as the order gave it; zero where the records came otherwise. A
	 * batch of which every event was refused leaves no other trace. */
	struct hash batch_hash;
};

/* STATUS_OK; STATUS_NOT_FOUND when the store was never formatted; STATUS_CORRUPT. */
enum status head_read(struct store_view *view, struct ledger_head *head) NODISCARD;

void head_write(struct store_batch *batch, const struct ledger_head *head);

#endif
