/* Other core nodes, as this one speaks to them: it brings its events to the one that leads.
 *
 * Implemented over gRPC by api/peers.c (PeerService, mutual TLS), by simulations over a queue.
 * Thread: any number of threads may call. Memory: everything is borrowed during the call. */
#ifndef NODE_PEER_H
#define NODE_PEER_H

#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

#include <stdint.h>

struct peers {
	const struct peers_methods *methods;
};

/* Events for a leader. */
struct proposition {
	const struct bytes *events; /* bytes of SignedEvents, in their order */
	size_t count;               /* 1 .. BATCH_EVENTS_MAX, BATCH_BYTES_MAX in all */
	uint64_t seen;              /* last batch that the sender has applied (node/refusals.h) */
};

struct peers_methods {
	enum status (*propose)(struct peers *peers, const char *address,
	                       const struct proposition *proposition, uint64_t *behind,
	                       int timeout_ms, struct detail *detail);
};

/* Brings events to the node at `address` ("host:port"), for it to propose them. Blocks for at most
 * `timeout_ms`.
 *   STATUS_OK           taken, when it had applied batch `*behind`: whether they are decided, the
 *                       order will tell
 *   STATUS_BUSY         it has too much to do
 *   STATUS_UNAVAILABLE  it does not lead, or cannot be reached; not taken
 *   STATUS_TIMEOUT      unknown
 *   STATUS_DENIED       it does not know this node */
static inline enum status NODISCARD peers_propose(struct peers *peers, const char *address,
                                                  const struct proposition *proposition,
                                                  uint64_t *behind, int timeout_ms,
                                                  struct detail *detail)
{
	return peers->methods->propose(peers, address, proposition, behind, timeout_ms, detail);
}

#endif
