/* The insides of the store in memory, shared by store_memory.c and store_memory_simulate.c alone.
 */
#ifndef LEDGER_STORE_STORE_MEMORY_INTERNAL_H
#define LEDGER_STORE_STORE_MEMORY_INTERNAL_H

#include "ledger/base/assert.h"
#include "ledger/store/store_memory.h"
#include "ledger/store/store_table.h"
#include "ledger/store/treap.h"

#include <pthread.h>

struct memory_version {
	struct treap_node *roots[STORE_FAMILIES];
};

struct memory_store {
	struct store base;
	pthread_mutex_t lock;
	struct memory_version committed;

	/* Simulation. versions[0] is what is synced, then each commit after it but the last. */
	bool simulated;
	struct memory_version *versions;
	size_t version_count;
	size_t version_capacity;
	bool failing;
	size_t calls_left; /* before one fails, while `failing` */
};

static inline struct memory_store *memory_store_of(struct store *store)
{
	return (struct memory_store *)store;
}

void memory_version_release(struct memory_version *version);

/* Nothing is there any more that a crash could take. */
void memory_forget_versions(struct memory_store *store);

/* Room for one version more; where nothing is simulated none is kept. False: no memory. */
bool memory_version_new(struct memory_store *store);

/* False when this commit or sync is to fail. */
bool memory_is_willing(struct memory_store *store);

#endif
