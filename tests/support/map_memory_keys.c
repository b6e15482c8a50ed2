#include "tests/support/map_memory_internal.h"

#include <check.h>
#include <stdlib.h>

uint8_t *map_bytes(struct bytes bytes)
{
	uint8_t *copy = malloc(bytes.size + 1); /* one more: never NULL, even for no bytes */

	ck_assert_ptr_nonnull(copy);
	if (bytes.size > 0) {
		memcpy(copy, bytes.data, bytes.size);
	}
	return copy;
}

struct bytes map_key(const struct map_memory_entry *entry)
{
	return bytes_of(entry->key, entry->key_size);
}

struct bytes map_value(const struct map_memory_entry *entry)
{
	return bytes_of(entry->value, entry->value_size);
}

struct map_memory_entry map_entry_copy(const struct map_memory_entry *entry)
{
	struct map_memory_entry copy = *entry;

	copy.key = map_bytes(map_key(entry));
	copy.value = entry->value == NULL ? NULL : map_bytes(map_value(entry));
	return copy;
}

void map_entry_free(struct map_memory_entry *entry)
{
	free(entry->key);
	free(entry->value);
}

/* Bytewise, a prefix first: the order of etcd's keys. */
static int compare(struct bytes a, struct bytes b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size == 0 ? 0 : memcmp(a.data, b.data, size);

	return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

/* First entry whose key is not before `key`. */
static size_t position_of(const struct map_memory *servers, struct bytes key)
{
	size_t i = 0;

	while (i < servers->count && compare(map_key(&servers->entries[i]), key) < 0) {
		i++;
	}
	return i;
}

static struct map_memory_entry *find(struct map_memory *servers, struct bytes key)
{
	size_t i = position_of(servers, key);

	return i < servers->count && bytes_equal(map_key(&servers->entries[i]), key)
	               ? &servers->entries[i]
	               : NULL;
}

bool map_in_range(struct bytes key, struct bytes from, struct bytes end)
{
	return end.size == 0 ? bytes_equal(key, from)
	                     : compare(key, from) >= 0 && compare(key, end) < 0;
}

static void tell(struct map_memory *servers, const struct map_memory_entry *entry)
{
	ck_assert_uint_lt(servers->news_count, MAP_MEMORY_NEWS_MAX);
	servers->news[servers->news_count++] = map_entry_copy(entry);
	(void)pthread_cond_broadcast(&servers->changed);
}

void map_remove_at(struct map_memory *servers, size_t i)
{
	struct map_memory_entry gone = servers->entries[i];

	servers->count--;
	memmove(&servers->entries[i], &servers->entries[i + 1],
	        (servers->count - i) * sizeof(gone));
	free(gone.value);
	gone.value = NULL;
	gone.revision = servers->revision;
	tell(servers, &gone);
	map_entry_free(&gone);
}

static void put(struct map_memory *servers, const struct map_put *put)
{
	struct map_memory_entry *entry = find(servers, put->key);

	if (entry == NULL) {
		size_t i = position_of(servers, put->key);

		ck_assert_uint_lt(servers->count, MAP_MEMORY_ENTRIES_MAX);
		memmove(&servers->entries[i + 1], &servers->entries[i],
		        (servers->count - i) * sizeof(*entry));
		servers->count++;
		entry = &servers->entries[i];
		*entry = (struct map_memory_entry){ .key = map_bytes(put->key),
			                            .key_size = put->key.size };
	} else {
		free(entry->value);
	}
	entry->value = map_bytes(put->value);
	entry->value_size = put->value.size;
	entry->lease = put->lease;
	entry->revision = servers->revision;
	tell(servers, entry);
}

static bool holds(struct map_memory *servers, const struct map_condition *condition)
{
	const struct map_memory_entry *entry = find(servers, condition->key);

	switch (condition->kind) {
	case MAP_ABSENT:
		return entry == NULL;
	case MAP_PRESENT:
		return entry != NULL;
	case MAP_EQUAL:
		return entry != NULL && bytes_equal(map_value(entry), condition->value);
	}
	return false;
}

static struct bytes lend(struct arena *arena, struct bytes bytes)
{
	void *copy = bytes.size == 0 ? NULL : arena_copy(arena, bytes);

	ck_assert(bytes.size == 0 || copy != NULL);
	return bytes_of(copy, bytes.size);
}

struct map_found map_read_range(struct map_memory *servers, struct arena *arena,
                                const struct map_range *range)
{
	struct map_entry *entries = arena_array(arena, servers->count + 1, sizeof(*entries));
	struct map_found found = { .entries = entries };

	ck_assert_ptr_nonnull(entries);
	for (size_t n = 0; n < servers->count; n++) {
		const struct map_memory_entry *entry =
		        &servers->entries[range->descending ? servers->count - 1 - n : n];

		if (!map_in_range(map_key(entry), range->key, range->end)) {
			continue;
		}
		if (range->limit > 0 && found.count == range->limit) {
			found.more = true;
			break;
		}
		entries[found.count++] = (struct map_entry){
			.key = lend(arena, map_key(entry)),
			.value = range->keys_only ? bytes_of(NULL, 0)
			                          : lend(arena, map_value(entry)),
			.lease = entry->lease,
			.changed = entry->revision,
		};
	}
	return found;
}

void map_apply(struct map_memory *servers, struct map_outcome *outcome, struct arena *arena,
               const struct map_change *change)
{
	outcome->held = true;
	for (size_t i = 0; i < change->conditions_count; i++) {
		outcome->held = outcome->held && holds(servers, &change->conditions[i]);
	}
	if (!outcome->held) {
		for (size_t i = 0; i < change->reads_count; i++) {
			outcome->found[i] = map_read_range(servers, arena, &change->reads[i]);
		}
		return;
	}
	servers->revision++;
	for (size_t i = 0; i < change->removals_count; i++) {
		const struct map_range *range = &change->removals[i];

		for (size_t n = servers->count; n-- > 0;) {
			if (map_in_range(map_key(&servers->entries[n]), range->key, range->end)) {
				map_remove_at(servers, n);
				outcome->removed++;
			}
		}
	}
	for (size_t i = 0; i < change->puts_count; i++) {
		put(servers, &change->puts[i]);
	}
}
