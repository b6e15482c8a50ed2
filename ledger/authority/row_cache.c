#include "ledger/authority/row_cache.h"

#include "ledger/base/arena.h"
#include "ledger/base/assert.h"

#include <stdlib.h>

_Static_assert((ROW_CACHE_SLOTS & (ROW_CACHE_SLOTS - 1)) == 0, "slots are found by a mask");
_Static_assert(ROW_CACHE_SLOTS >= 2 * ROW_CACHE_ROWS_MAX, "a search ends at an empty slot");

struct row {
	struct bytes key; /* no data: the slot is empty */
	struct bytes value;
	bool absent;
};

struct row_cache {
	struct row rows[ROW_CACHE_SLOTS];
	size_t count;
	size_t bytes;
	struct arena arena;
};

/* FNV-1a. An enemy who chooses keys makes searches longer, at most ROW_CACHE_ROWS_MAX steps. */
static size_t slot_of(struct bytes key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < key.size; i++) {
		hash = (hash ^ key.data[i]) * UINT64_C(0x100000001b3);
	}
	return (size_t)(hash ^ (hash >> 32)) & (ROW_CACHE_SLOTS - 1);
}

/* The row's slot, or the empty one where it belongs. */
static size_t search(const struct row_cache *cache, struct bytes key)
{
	size_t slot = slot_of(key);

	while (cache->rows[slot].key.data != NULL && !bytes_equal(cache->rows[slot].key, key)) {
		slot = (slot + 1) & (ROW_CACHE_SLOTS - 1);
	}
	return slot;
}

struct row_cache *row_cache_new(void)
{
	struct row_cache *cache = calloc(1, sizeof(*cache));

	if (cache != NULL) {
		/* Twice: an arena rounds what it gives. */
		arena_init(&cache->arena, 2 * (size_t)ROW_CACHE_BYTES_MAX);
	}
	return cache;
}

void row_cache_free(struct row_cache *cache)
{
	if (cache != NULL) {
		arena_fini(&cache->arena);
		free(cache);
	}
}

void row_cache_clear(struct row_cache *cache)
{
	if (cache != NULL && cache->count > 0) {
		memset(cache->rows, 0, sizeof(cache->rows));
		cache->count = 0;
		cache->bytes = 0;
		arena_reset(&cache->arena);
	}
}

bool row_cache_find(const struct row_cache *cache, struct bytes *value, bool *absent,
                    struct bytes key)
{
	if (cache == NULL) {
		return false;
	}
	const struct row *row = &cache->rows[search(cache, key)];

	if (row->key.data == NULL) {
		return false;
	}
	*value = row->value;
	*absent = row->absent;
	return true;
}

void row_cache_put(struct row_cache *cache, struct bytes key, struct bytes value, bool absent)
{
	size_t bytes = key.size + (absent ? 0 : value.size);

	if (cache == NULL || key.size == 0 || bytes > ROW_CACHE_BYTES_MAX) {
		return;
	}
	if (cache->count == ROW_CACHE_ROWS_MAX || cache->bytes + bytes > ROW_CACHE_BYTES_MAX) {
		row_cache_clear(cache);
	}
	struct row row = { .absent = absent };
	void *key_copy = arena_copy(&cache->arena, key);
	void *value_copy = absent ? NULL : arena_copy(&cache->arena, value);

	if (key_copy == NULL || (!absent && value_copy == NULL)) {
		return; /* a row more or less is only time */
	}
	row.key = bytes_of(key_copy, key.size);
	row.value = bytes_of(value_copy, absent ? 0 : value.size);
	size_t slot = search(cache, key);
	ASSERT(cache->rows[slot].key.data == NULL);
	cache->rows[slot] = row;
	cache->count++;
	cache->bytes += bytes;
}
