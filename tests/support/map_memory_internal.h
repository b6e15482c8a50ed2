/* The keys of a map in memory, shared by map_memory.c (connections) and map_memory_keys.c alone.
 * All functions that take `servers` want its lock held. */
#ifndef TESTS_SUPPORT_MAP_MEMORY_INTERNAL_H
#define TESTS_SUPPORT_MAP_MEMORY_INTERNAL_H

#include "tests/support/map_memory.h"

/* A copy in the heap; never NULL, even of no bytes. */
uint8_t *map_bytes(struct bytes bytes);
struct bytes map_key(const struct map_memory_entry *entry);
struct bytes map_value(const struct map_memory_entry *entry);
struct map_memory_entry map_entry_copy(const struct map_memory_entry *entry);
void map_entry_free(struct map_memory_entry *entry);
bool map_in_range(struct bytes key, struct bytes from, struct bytes end);
/* Removes the i-th entry, and tells. */
void map_remove_at(struct map_memory *servers, size_t i);
/* Entries of a range, lent by the arena. */
struct map_found map_read_range(struct map_memory *servers, struct arena *arena,
                                const struct map_range *range);
/* A change, wholly or not at all. */
void map_apply(struct map_memory *servers, struct map_outcome *outcome, struct arena *arena,
               const struct map_change *change);

#endif
