/* What an implementation of the store provides; for store*.c only.
 *
 * store.c checks the contract of store.h once (limits, prefixes, what is still open) and calls
 * through this table, so both implementations are held to the same contract. An implementation's
 * structs begin with the structs below, and it casts between the two.
 * The functions mean what their namesakes in store.h say; none is NULL. */
#ifndef LEDGER_STORE_STORE_TABLE_H
#define LEDGER_STORE_STORE_TABLE_H

#include "ledger/store/store.h"

#include <stdatomic.h>

enum { STORE_FAULT_MAX = 400 }; /* bytes of an engine's message kept, with its NUL */

struct store_table {
	void (*close)(struct store *store);
	enum status (*sync)(struct store *store);
	enum status (*checkpoint)(struct store *store, const char *path, struct detail *detail);
	enum status (*purge)(struct store *store, uint64_t *moment,
	                     const struct store_purge purged[], size_t count);
	bool (*property)(struct store *store, enum store_family family, const char *name,
	                 uint64_t *value);

	struct store_batch *(*batch_begin)(struct store *store);
	void (*batch_put)(struct store_batch *batch, enum store_family family, struct bytes key,
	                  struct bytes value);
	void (*batch_delete)(struct store_batch *batch, enum store_family family, struct bytes key);
	enum status (*batch_commit)(struct store_batch *batch, enum store_durability durability);
	void (*batch_end)(struct store_batch *batch);
	struct store_view *(*batch_view)(struct store_batch *batch);

	struct store_view *(*view_begin)(struct store *store);
	void (*view_end)(struct store_view *view);
	enum status (*get)(struct store_view *view, struct buf *value, enum store_family family,
	                   struct bytes key);

	struct store_cursor *(*cursor_open)(struct store_view *view, enum store_family family,
	                                    struct bytes prefix, struct bytes start);
	bool (*cursor_valid)(const struct store_cursor *cursor);
	void (*cursor_next)(struct store_cursor *cursor);
	struct bytes (*cursor_key)(const struct store_cursor *cursor);
	struct bytes (*cursor_value)(const struct store_cursor *cursor);
	enum status (*cursor_status)(const struct store_cursor *cursor);
	void (*cursor_close)(struct store_cursor *cursor);
};

struct store {
	const struct store_table *table;
	struct store_batch *batch; /* the one that has begun and not ended */
	atomic_size_t open;        /* views and cursors not yet ended */
	atomic_int fault_state;    /* 0 none, 1 being written, 2 readable */
	char fault[STORE_FAULT_MAX];
};

struct store_batch {
	struct store *store;
	size_t cursors; /* open on this batch's view */
};

struct store_view {
	struct store *store;
	struct store_batch *batch; /* NULL for a view of committed data */
};

struct store_cursor {
	struct store_view *view;
};

/* Keeps `message` for store_fault when it is the first. From any thread. */
void store_set_fault(struct store *store, const char *message);

#endif
