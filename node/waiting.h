/* Events that wait to be decided, found by their exact bytes.
 *
 * A decided batch may hold events that were submitted here and proposed elsewhere. Their bytes are
 * compared, not their ids: two submissions of one event can differ in their signatures, and so in
 * their fate. Equal bytes may wait more than once; each is found.
 *
 *   bucket = SipHash(bytes, key) mod WAITING_BUCKETS
 * The key is secret and random, so that nobody can choose events that share a bucket.
 *
 * Thread: one owner. Memory: waiters are the caller's and linked in place; nothing is allocated. */
#ifndef NODE_WAITING_H
#define NODE_WAITING_H

#include "ledger/base/crypto.h"

enum { WAITING_BUCKETS = 16384 }; /* twice the events that may wait: chains stay short */

struct waiter {
	struct waiter *next;
	uint64_t hash;
	struct bytes event; /* borrowed while it waits */
	void *owner;        /* the caller's */
	size_t index;       /* the caller's */
	bool waits;
};

struct waiting {
	uint8_t key[CRYPTO_SHORT_KEY_BYTES];
	size_t count;
	struct waiter *buckets[WAITING_BUCKETS];
};

void waiting_init(struct waiting *waiting, const uint8_t key[CRYPTO_SHORT_KEY_BYTES]);

/* Adds a waiter whose event, owner and index are set, and which does not wait (asserted). */
void waiting_add(struct waiting *waiting, struct waiter *waiter);

/* Takes it out. Accepts one that does not wait. */
void waiting_remove(struct waiting *waiting, struct waiter *waiter);

/* One that waits for these bytes, or NULL. To find the others, remove it and ask again. */
struct waiter *waiting_find(const struct waiting *waiting, struct bytes event);

#endif
