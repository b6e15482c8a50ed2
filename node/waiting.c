#include "node/waiting.h"

#include "ledger/base/assert.h"

_Static_assert((WAITING_BUCKETS & (WAITING_BUCKETS - 1)) == 0, "a mask takes the remainder");

static size_t bucket_of(uint64_t hash)
{
	return (size_t)(hash & (WAITING_BUCKETS - 1));
}

void waiting_init(struct waiting *waiting, const uint8_t key[CRYPTO_SHORT_KEY_BYTES])
{
	memset(waiting, 0, sizeof(*waiting));
	memcpy(waiting->key, key, CRYPTO_SHORT_KEY_BYTES);
}

void waiting_add(struct waiting *waiting, struct waiter *waiter)
{
	ASSERT(!waiter->waits);
	waiter->hash = crypto_short_hash(waiter->event, waiting->key);
	struct waiter **bucket = &waiting->buckets[bucket_of(waiter->hash)];

	waiter->next = *bucket;
	waiter->waits = true;
	*bucket = waiter;
	waiting->count++;
}

void waiting_remove(struct waiting *waiting, struct waiter *waiter)
{
	if (!waiter->waits) {
		return;
	}
	struct waiter **link = &waiting->buckets[bucket_of(waiter->hash)];

	while (*link != waiter) {
		ASSERT(*link != NULL);
		link = &(*link)->next;
	}
	*link = waiter->next;
	waiter->waits = false;
	waiting->count--;
}

struct waiter *waiting_find(const struct waiting *waiting, struct bytes event)
{
	if (waiting->count == 0) {
		return NULL;
	}
	uint64_t hash = crypto_short_hash(event, waiting->key);
	struct waiter *waiter = waiting->buckets[bucket_of(hash)];

	while (waiter != NULL && (waiter->hash != hash || !bytes_equal(waiter->event, event))) {
		waiter = waiter->next;
	}
	return waiter;
}
