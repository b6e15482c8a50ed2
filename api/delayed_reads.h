/* Reads that must wait: for records that the caller has seen elsewhere (min_size), or for all that
 * was acknowledged anywhere before the call (linearizable).
 *
 * One thread holds them. For all linearizable reads that have come it asks the order once how far
 * it is; whoever came before the question is served by its answer. A read is answered as soon as
 * the ledger has come so far, and refused with UNAVAILABLE when its deadline is near. Thread: any.
 * Memory: heap; holds at most DELAYED_READS_MAX calls. */
#ifndef API_DELAYED_READS_H
#define API_DELAYED_READS_H

#include "api/rpc_call.h"
#include "node/node.h"

enum { DELAYED_READS_MAX = 1024 };

struct delayed_reads;

/* What a read waits for. */
struct delay {
	uint64_t min_size; /* records; 0: any */
	bool linearizable;
};

/* True when an answer may be given at once. */
bool delay_is_over(const struct delay *delay, uint64_t size);

/* NULL when memory or threads are exhausted. */
struct delayed_reads *delayed_reads_new(void);

/* Takes a unary call: `answer` is called on the thread once it may be answered; it must answer. A
 * call that cannot be taken or comes too late is refused here. */
void delayed_reads_add(struct delayed_reads *reads, struct node *node, struct rpc_call *call,
                       const struct delay *delay, method_callback *answer, void *context);

/* The ledger has moved. Never blocks long. Accepts NULL. */
void delayed_reads_wake(struct delayed_reads *reads);

/* Refuses what waits and all that comes, so that a server can stop. Accepts NULL. */
void delayed_reads_stop(struct delayed_reads *reads);

/* After the server and the node are stopped. Accepts NULL. */
void delayed_reads_free(struct delayed_reads *reads);

#endif
