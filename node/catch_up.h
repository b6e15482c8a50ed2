/* Records from elsewhere, for a node that the order has left behind: the batches that it lacks were
 * trimmed, so it takes what became of them from a peer.
 *
 * The order's newest batch says behind which size and head it was made. Up to exactly there records
 * are fetched, verified and applied; then the node goes on with the order at that batch.
 *
 * Thread: `pull` is called on the thread that applies; during the call the ledger is its to write.
 * Memory: the implementer's; outlives the pipeline. */
#ifndef NODE_CATCH_UP_H
#define NODE_CATCH_UP_H

#include "ledger/ledger.h"

/* Just before a batch that the order keeps. */
struct catch_up_target {
	uint64_t batch; /* number that the ledger's last batch will then have */
	uint64_t size;  /* records that it must hold */
	struct hash head;
};

struct catch_up {
	/* Applies records from ledger_head(ledger).size on, never beyond target->size, in batches
	 * numbered on from the ledger's own and never beyond target->batch (records of one time
	 * belong to one batch or to several that followed each other: a group of equal times needs
	 * no more numbers than there were). Returns within seconds with what it has.
	 *   STATUS_OK           the ledger holds target->size records
	 *   STATUS_UNAVAILABLE  not yet: no peer answers, or there is more to come; ask again
	 *   STATUS_DIVERGED, and any fatal status of the ledger: the node stops */
	enum status (*pull)(struct catch_up *catch_up, struct ledger *ledger,
	                    const struct catch_up_target *target, struct detail *detail);
};

#endif
