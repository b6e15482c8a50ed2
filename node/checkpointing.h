/* The thread that signs what the node holds: a C2SP checkpoint, as often as records come, at most
 * once in CHECKPOINT_INTERVAL_MS.
 *
 * Invariants
 *   I1  A size is signed once and only once, and never below a size signed before.
 *   I2  The signed note is in its own file, durably, before anybody gets it.
 *   I3  A node that was restored signs nothing before it holds what was seen signed (node/seen.h),
 *       and ends when it holds something else there.
 * Thread: one of its own; checkpointing_newest from any. Memory: opaque, heap. */
#ifndef NODE_CHECKPOINTING_H
#define NODE_CHECKPOINTING_H

#include "ledger/base/buf.h"
#include "ledger/head.h"
#include "ledger/log/proof.h"
#include "node/identity.h"

struct checkpointing;

struct checkpointing_options {
	const struct identity *identity; /* kept */
	const char *path;                /* file of the newest note; copied */
	struct tree_head seen;           /* zero: nothing */
	/* Called on failure; must not return. */
	void (*fatal)(void *context, enum status status, const struct detail *detail);
	void *context;
};

/* Reads the file and compares it with the ledger: `root_at` gives the ledger's root at a size.
 * Then starts the thread, which asks `root_at` again, once, when the ledger reaches what was seen.
 *   STATUS_OUT_OF_RANGE  the ledger is smaller than what this node has signed
 *   STATUS_DIVERGED      it has another root at the size signed
 *   STATUS_CORRUPT       the file is no checkpoint of this node */
enum status checkpointing_start(struct checkpointing **out,
                                const struct checkpointing_options *options,
                                const struct ledger_head *head,
                                enum status (*root_at)(void *context, struct hash *root,
                                                       uint64_t size),
                                void *root_context, struct detail *detail) NODISCARD;

/* Tells that the ledger has grown. Never blocks long. */
void checkpointing_notify(struct checkpointing *checkpointing, const struct ledger_head *head);

/* Newest note signed, copied; an empty buffer before the first. */
enum status checkpointing_newest(struct checkpointing *checkpointing, struct buf *note) NODISCARD;

/* Its size; 0 before the first. */
uint64_t checkpointing_size(struct checkpointing *checkpointing);

/* Signs the last size, ends the thread, frees. Accepts NULL. */
void checkpointing_stop(struct checkpointing *checkpointing);

#endif
