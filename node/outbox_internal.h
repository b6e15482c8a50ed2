/* The insides of an outbox, shared by outbox.c (what is asked of it) and outbox_load.c (its store)
 * alone. */
#ifndef NODE_OUTBOX_INTERNAL_H
#define NODE_OUTBOX_INTERNAL_H

#include "ledger/base/limits.h"
#include "node/outbox.h"

#include <pthread.h>

enum {
	HEAD_BYTES = 8 + 1 + HASH_BYTES + ID_BYTES + 4,
	VALUE_BYTES_MAX = HEAD_BYTES + OUTBOX_REFUSAL_BYTES_MAX + SIGNED_EVENT_BYTES_MAX,
};

struct outbox {
	struct store *store;
	pthread_mutex_t lock;         /* guards the rest, and the writing of the store */
	struct outbox_entry *entries; /* OUTBOX_ENTRIES_MAX, ascending */
	size_t count;
	size_t bytes;
	uint64_t next;
};

/* Keys of the store: the next number, and an entry. */
struct bytes outbox_next_key(void);
struct bytes outbox_key(uint8_t key[8], uint64_t number);

/* The value of an entry. False: it is none. `entry->number` is not part of it. */
bool outbox_parse(struct outbox_entry *entry, struct bytes *refusal, struct bytes *signed_event,
                  struct bytes value);
void outbox_put(struct store_batch *batch, const struct outbox_entry *entry, struct bytes refusal,
                struct bytes signed_event);

#endif
