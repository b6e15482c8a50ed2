#include "ledger/store/store_memory_internal.h"

#include <stdlib.h>

void memory_forget_versions(struct memory_store *store)
{
	for (size_t i = 0; i < store->version_count; i++) {
		memory_version_release(&store->versions[i]);
	}
	store->version_count = 0;
}

bool memory_version_new(struct memory_store *store)
{
	if (!store->simulated || store->version_count < store->version_capacity) {
		return true;
	}
	size_t capacity = store->version_capacity == 0 ? 16 : 2 * store->version_capacity;
	struct memory_version *versions =
	        realloc(store->versions, capacity * sizeof(*store->versions));

	if (versions == NULL) {
		return false;
	}
	store->versions = versions;
	store->version_capacity = capacity;
	return true;
}

bool memory_is_willing(struct memory_store *store)
{
	if (!store->failing) {
		return true;
	}
	if (store->calls_left == 0) {
		return false;
	}
	store->calls_left--;
	return true;
}

enum status store_memory_clone(struct store **out, const struct store *base)
{
	const struct memory_store *store = (const struct memory_store *)base;
	enum status status = store_memory_open(out);

	for (size_t i = 0; status == STATUS_OK && i < STORE_FAMILIES; i++) {
		memory_store_of(*out)->committed.roots[i] = treap_retain(store->committed.roots[i]);
	}
	return status;
}

void store_memory_simulate(struct store *store)
{
	memory_store_of(store)->simulated = true;
}

size_t store_memory_unsynced(const struct store *store)
{
	return ((const struct memory_store *)store)->version_count;
}

void store_memory_crash(struct store *base, size_t kept)
{
	struct memory_store *store = memory_store_of(base);

	ASSERT(base->batch == NULL);
	ASSERT(atomic_load(&base->open) == 0);
	ASSERT(kept <= store->version_count);
	if (kept < store->version_count) {
		struct memory_version lost = store->committed;

		store->committed = store->versions[kept];
		store->versions[kept] = lost; /* to be released with the others */
	}
	memory_forget_versions(store);
	store->failing = false;
}

void store_memory_fail_after(struct store *base, size_t calls)
{
	struct memory_store *store = memory_store_of(base);

	store->failing = true;
	store->calls_left = calls;
}
