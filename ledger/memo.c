#include "ledger/memo.h"

#include "ledger/base/assert.h"

#include <stdlib.h>

enum {
	SLOTS = 2 * MEMO_ENTRIES_MAX,
	PROBES_MAX = 16, /* bounds what keys chosen to collide can cost; beyond it, not kept */
	GENERATIONS = 2,
};

_Static_assert((SLOTS & (SLOTS - 1)) == 0, "slots are found by a mask");

struct entry {
	uint64_t hash;
	void *value; /* NULL: forgotten */
	enum memo_sort sort;
	uint32_t key_size;
	uint8_t key[MEMO_KEY_BYTES_MAX];
};

struct generation {
	struct entry *slots[SLOTS];
	size_t count;
	struct arena arena;
};

struct memo {
	struct generation generations[GENERATIONS];
	size_t young; /* which of the two */
};

struct memo *memo_new(void)
{
	struct memo *memo = calloc(1, sizeof(*memo));

	for (size_t i = 0; memo != NULL && i < GENERATIONS; i++) {
		arena_init(&memo->generations[i].arena, MEMO_BYTES_MAX);
	}
	return memo;
}

void memo_free(struct memo *memo)
{
	for (size_t i = 0; memo != NULL && i < GENERATIONS; i++) {
		arena_fini(&memo->generations[i].arena);
	}
	free(memo);
}

static void generation_clear(struct generation *generation)
{
	memset(generation->slots, 0, sizeof(generation->slots));
	generation->count = 0;
	arena_reset(&generation->arena);
}

void memo_clear(struct memo *memo)
{
	for (size_t i = 0; memo != NULL && i < GENERATIONS; i++) {
		generation_clear(&memo->generations[i]);
	}
}

void memo_turn(struct memo *memo)
{
	if (memo == NULL) {
		return;
	}
	const struct generation *young = &memo->generations[memo->young];

	if (young->arena.used > MEMO_BYTES_MAX / 2 || young->count > MEMO_ENTRIES_MAX / 2) {
		memo->young = 1 - memo->young;
		generation_clear(&memo->generations[memo->young]);
	}
}

/* Keys are hashes, ids and numbers: their ends tell them apart. */
static uint64_t hash_of(enum memo_sort sort, struct bytes key)
{
	uint64_t head = 0;
	uint64_t tail = 0;
	size_t size = key.size < sizeof(head) ? key.size : sizeof(head);

	memcpy(&head, key.data, size);
	memcpy(&tail, key.data + key.size - size, size);
	uint64_t hash = (head ^ (tail >> 32 | tail << 32)) + (uint64_t)sort;

	hash *= UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 32;
}

static bool is_entry(const struct entry *entry, uint64_t hash, enum memo_sort sort,
                     struct bytes key)
{
	return entry->hash == hash && entry->sort == sort &&
	       bytes_equal(bytes_of(entry->key, entry->key_size), key);
}

/* The slot of the key, or the empty one where it belongs; SLOTS when neither is near. */
static size_t search(const struct generation *generation, uint64_t hash, enum memo_sort sort,
                     struct bytes key)
{
	for (size_t i = 0; i < PROBES_MAX; i++) {
		size_t slot = (size_t)(hash + i) & (SLOTS - 1);
		const struct entry *entry = generation->slots[slot];

		if (entry == NULL || is_entry(entry, hash, sort, key)) {
			return slot;
		}
	}
	return SLOTS;
}

static struct entry *find_in(const struct generation *generation, uint64_t hash,
                             enum memo_sort sort, struct bytes key)
{
	size_t slot = search(generation, hash, sort, key);

	return slot == SLOTS ? NULL : generation->slots[slot];
}

void *memo_find(struct memo *memo, struct arena **arena, enum memo_sort sort, struct bytes key)
{
	if (memo == NULL) {
		return NULL;
	}
	ASSERT(key.size > 0 && key.size <= MEMO_KEY_BYTES_MAX);
	uint64_t hash = hash_of(sort, key);

	for (size_t i = 0; i < GENERATIONS; i++) {
		struct generation *generation =
		        &memo->generations[i == 0 ? memo->young : 1 - memo->young];
		const struct entry *entry = find_in(generation, hash, sort, key);

		if (entry != NULL && entry->value != NULL) {
			if (arena != NULL) {
				*arena = &generation->arena;
			}
			return entry->value;
		}
	}
	return NULL;
}

void memo_forget(struct memo *memo, enum memo_sort sort, struct bytes key)
{
	for (size_t i = 0; memo != NULL && i < GENERATIONS; i++) {
		struct entry *entry = find_in(&memo->generations[i], hash_of(sort, key), sort, key);

		if (entry != NULL) {
			entry->value = NULL;
		}
	}
}

/* The entry of the key in this generation, made when there is none; NULL when there is no room. */
static struct entry *entry_of(struct generation *generation, enum memo_sort sort, struct bytes key)
{
	uint64_t hash = hash_of(sort, key);
	size_t slot = search(generation, hash, sort, key);

	if (slot == SLOTS || generation->slots[slot] != NULL) {
		return slot == SLOTS ? NULL : generation->slots[slot];
	}
	struct entry *entry = generation->count == MEMO_ENTRIES_MAX
	                              ? NULL
	                              : arena_alloc(&generation->arena, sizeof(*entry));
	if (entry != NULL) {
		entry->hash = hash;
		entry->sort = sort;
		entry->key_size = (uint32_t)key.size;
		memcpy(entry->key, key.data, key.size);
		generation->slots[slot] = entry;
		generation->count++;
	}
	return entry;
}

void *memo_put(struct memo *memo, struct arena **arena, enum memo_sort sort, struct bytes key,
               size_t size)
{
	if (memo == NULL) {
		return NULL;
	}
	ASSERT(key.size > 0 && key.size <= MEMO_KEY_BYTES_MAX);
	memo_forget(memo, sort, key);

	struct generation *young = &memo->generations[memo->young];
	void *value = arena_alloc(&young->arena, size);
	struct entry *entry = value == NULL ? NULL : entry_of(young, sort, key);

	if (entry == NULL) {
		return NULL;
	}
	entry->value = value;
	if (arena != NULL) {
		*arena = &young->arena;
	}
	return value;
}
