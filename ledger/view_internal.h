/* What ledger/view.c and ledger/view_record.c share: reading rows into a view's arena. */
#ifndef LEDGER_VIEW_INTERNAL_H
#define LEDGER_VIEW_INTERNAL_H

#include "ledger/view.h"

/* A value copied into the view's arena, so that it lives as long as the answer.
 * STATUS_NOT_FOUND; STATUS_NO_MEMORY; trouble of the store. */
enum status view_get(struct view *view, struct bytes *value, enum store_family family,
                     struct bytes key) NODISCARD;

/* Reads a value that is one big-endian index; STATUS_NOT_FOUND when it is not below size. */
enum status view_get_index(struct view *view, uint64_t *index, enum store_family family,
                           struct bytes key) NODISCARD;

/* A growing array of indexes in an arena. */
struct index_list {
	uint64_t *index;
	size_t count;
	size_t capacity;
};

/* STATUS_NO_MEMORY when the arena's cap is reached. */
enum status index_list_add(struct index_list *list, struct arena *arena, uint64_t index) NODISCARD;

/* Collects the indexes at the end of all keys `prefix || index u64` that lie below size. */
enum status view_scan_indexes(struct view *view, struct index_list *list, enum store_family family,
                              struct bytes prefix) NODISCARD;

#endif
