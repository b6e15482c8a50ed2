/* The sequencer: who says in which order batches happen.
 *
 * A batch is the bytes of a civil.v1.Batch. Slot n is decided once and for ever; every node gets
 * the same bytes for it. Three implementations: local (this file's sequencer_local_new: one
 * process, the order is the order of append), etcd, and simulated.
 *
 * Contract for all
 *   I1  append decides slot n only if n is free and slot n-1 holds the very bytes that `next` or
 *       `append` last gave or took here for it. Numbers alone would not do: an order that came back
 *       from an old backup may have decided slot n-1 for others since.
 *   I2  What next gives for n never changes.
 *   I3  After STATUS_TIMEOUT nobody knows: append the same bytes again, then ask next. Another
 *       encoding of the same events would be another batch.
 *   I4  Safety rests on I1 alone. Who leads, and what `state` says, only saves useless work.
 * Thread: one thread calls append, next and applied; state from any; `changed` is called on a
 * thread of the sequencer's and must not block or call back. Memory: bytes are borrowed during a
 * call; next copies into the caller's buf. */
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

enum { SEQUENCER_NAME_MAX = 127 };

/* What is known now, without asking anybody. */
struct sequencer_state {
	bool leading;    /* this node is the one that should append */
	bool reachable;  /* the order's keeper answered last time */
	bool full;       /* it takes no more batches until an operator makes room */
	uint64_t oldest; /* lowest slot that is still kept */
	uint64_t newest; /* highest slot known to be decided */
	char leader[SEQUENCER_NAME_MAX + 1];         /* node that leads; empty: not known */
	char leader_address[SEQUENCER_NAME_MAX + 1]; /* where it takes proposals */
};

/* How far this node has come: announced to the others, and what trimming waits for. */
struct sequencer_position {
	uint64_t applied; /* last batch in the ledger */
	uint64_t durable; /* last batch that a power cut leaves there */
	uint64_t size;    /* records */
	struct hash head;
};

struct sequencer_methods {
	enum status (*append)(struct sequencer *sequencer, uint64_t number, struct bytes batch,
	                      struct detail *detail);
	enum status (*next)(struct sequencer *sequencer, uint64_t number, struct buf *batch,
	                    struct detail *detail);
	/* Each of these may be NULL: the order is inside this process. */
	enum status (*confirm)(struct sequencer *sequencer, uint64_t *newest,
	                       struct detail *detail);
	void (*applied)(struct sequencer *sequencer, const struct sequencer_position *position);
	void (*state)(struct sequencer *sequencer, struct sequencer_state *state);
	void (*listen)(struct sequencer *sequencer, void (*changed)(void *context), void *context);
	void (*free)(struct sequencer *sequencer);
};

/* Proposes `batch` for slot `number`. STATUS_OK: it is decided for these bytes. STATUS_EXISTS:
 * other bytes stand there. STATUS_TIMEOUT: unknown. STATUS_UNAVAILABLE, STATUS_BUSY: not proposed.
 * STATUS_OUT_OF_RANGE: slot number-1 is not decided, or for other bytes than this node's. */
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

/* Asks the keeper of the order, linearizably, for the highest decided slot: whoever has applied it
 * has seen everything that was acknowledged anywhere before this call. May be called from any
 * thread. STATUS_OK; STATUS_UNAVAILABLE, STATUS_TIMEOUT. A local order has nobody to ask: 0. */
static inline enum status NODISCARD sequencer_confirm(struct sequencer *sequencer, uint64_t *newest,
                                                      struct detail *detail)
{
	*newest = 0;
	return sequencer->methods->confirm == NULL
	               ? STATUS_OK
	               : sequencer->methods->confirm(sequencer, newest, detail);
}

/* Tells how far this node is; after each batch applied, and each time more is durable. */
static inline void sequencer_applied(struct sequencer *sequencer,
                                     const struct sequencer_position *position)
{
	if (sequencer->methods->applied != NULL) {
		sequencer->methods->applied(sequencer, position);
	}
}

/* A local order always leads. */
static inline struct sequencer_state sequencer_state(struct sequencer *sequencer)
{
	struct sequencer_state state = { .leading = true, .reachable = true };

	if (sequencer->methods->state != NULL) {
		sequencer->methods->state(sequencer, &state);
	}
	return state;
}

/* `changed` is called when a slot may have been decided, or when leading or reachable changed.
 * Once, before any other call; a local order never calls it. Once more at the end, with NULL: when
 * that returns, no call is under way and none follows. */
static inline void sequencer_listen(struct sequencer *sequencer, void (*changed)(void *context),
                                    void *context)
{
	if (sequencer->methods->listen != NULL) {
		sequencer->methods->listen(sequencer, changed, context);
	}
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
