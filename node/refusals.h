/* Events that were refused lately, so that a leader does not offer one again behind the back of its
 * submitter.
 *
 * An event that was accepted is known to the ledger for ever; one that was refused left nothing,
 * and judged again later it might be accepted, after its submitter was told that it is not. A node
 * may send the same event twice (a lost reply, a leader that went): with it goes `seen`, the last
 * batch that the node had applied, in which and before which the event was not decided. If it was
 * refused in a later one, that refusal is the answer and the copy is dropped. An office that sends
 * a refused event again of its own will has seen the refusal, so it passes.
 *
 * Invariant: every refusal in batches above `since` is here.
 * Thread: one owner. Memory: a plain value of 256 KiB. */
#ifndef NODE_REFUSALS_H
#define NODE_REFUSALS_H

#include "ledger/base/crypto.h"

#include <stdbool.h>

enum { REFUSALS_MAX = 16384 }; /* thirty full batches of nothing else */

struct refusal {
	uint64_t batch;
	uint64_t hash;
};

struct refusals {
	uint8_t key[CRYPTO_SHORT_KEY_BYTES];
	uint64_t since;
	uint64_t count; /* ever added; the newest lies at (count - 1) mod REFUSALS_MAX */
	struct refusal ring[REFUSALS_MAX];
};

/* Knows of nothing up to batch `since`. */
void refusals_init(struct refusals *refusals, const uint8_t key[CRYPTO_SHORT_KEY_BYTES],
                   uint64_t since);

/* Batches are added in their order (asserted). */
void refusals_add(struct refusals *refusals, uint64_t batch, struct bytes event);

/* True when the event was refused in a batch above `seen`, or may have been: `since` is above it.
 */
bool refusals_find(const struct refusals *refusals, uint64_t seen, struct bytes event);

#endif
