/* The sequencer: who says in which order batches happen.
 *
 * A batch is the bytes of a civil.v1.Batch. Slot n is decided once and for ever; every node gets
 * the same bytes for it. Three implementations: local (this file's sequencer_local_new: one
 * process, the order is the order of append), etcd, and simulated.
 *
 * Contract for all
 *   I1  append decides slot n only if slot n-1 is decided and n is free.
 *   I2  What next gives for n never changes.
 *   I3  After STATUS_TIMEOUT nobody knows: append the same bytes again, then ask next. Another
 *       encoding of the same events would be another batch.
 * Thread: one thread calls append, one calls next; they may be the same. Memory: bytes are borrowed
 * during a call; next copies into the caller's buf. */
#ifndef NODE_SEQUENCER_H
#define NODE_SEQUENCER_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/store/store.h"

struct sequencer {
	const struct sequencer_methods *methods;
	/* How the applied batch must be written: SYNCED where the ledger's own disk is the only
	 * place that holds it, UNSYNCED where the sequencer keeps it durably. */
	enum store_durability durability;
};

struct sequencer_methods {
	enum status (*append)(struct sequencer *sequencer, uint64_t number, struct bytes batch,
	                      struct detail *detail);
	enum status (*next)(struct sequencer *sequencer, uint64_t number, struct buf *batch,
	                    struct detail *detail);
	void (*free)(struct sequencer *sequencer);
};

/* Proposes `batch` for slot `number`. STATUS_OK: it is decided for these bytes. STATUS_EXISTS:
 * other bytes stand there. STATUS_TIMEOUT: unknown. STATUS_UNAVAILABLE, STATUS_BUSY: not proposed.
 * STATUS_OUT_OF_RANGE: slot number-1 is not decided. */
static inline enum status NODISCARD sequencer_append(struct sequencer *sequencer, uint64_t number,
                                                     struct bytes batch, struct detail *detail)
{
	return sequencer->methods->append(sequencer, number, batch, detail);
}

/* Bytes of slot `number`. STATUS_OK; STATUS_NOT_FOUND: not decided yet; STATUS_OUT_OF_RANGE:
 * trimmed long ago, get records from a peer; STATUS_UNAVAILABLE. */
static inline enum status NODISCARD sequencer_next(struct sequencer *sequencer, uint64_t number,
                                                   struct buf *batch, struct detail *detail)
{
	return sequencer->methods->next(sequencer, number, batch, detail);
}

static inline void sequencer_free(struct sequencer *sequencer)
{
	if (sequencer != NULL) {
		sequencer->methods->free(sequencer);
	}
}

/* The order inside one process: holds the one batch in flight; durability is the ledger's commit.
 * `applied` is the last batch that the ledger holds. NULL when memory is exhausted. */
struct sequencer *sequencer_local_new(uint64_t applied);

#endif
