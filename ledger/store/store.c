#include "ledger/store/store.h"

#include "ledger/base/assert.h"
#include "ledger/store/store_table.h"

#include <stdio.h>

const char *store_family_name(enum store_family family)
{
	switch (family) {
	case STORE_META:
		return "meta";
	case STORE_RECORD:
		return "record";
	case STORE_CONTENT:
		return "content";
	case STORE_EVENT:
		return "event";
	case STORE_REQUEST:
		return "request";
	case STORE_HISTORY:
		return "history";
	case STORE_CASE:
		return "case";
	case STORE_PERSON:
		return "person";
	case STORE_NUMBER:
		return "number";
	case STORE_NAME:
		return "name";
	case STORE_AUTHORITY:
		return "authority";
	case STORE_WORK:
		return "work";
	case STORE_TREE:
		return "tree";
	}
	ASSERT(false);
}

void store_set_fault(struct store *store, const char *message)
{
	int none = 0;

	if (atomic_compare_exchange_strong(&store->fault_state, &none, 1)) {
		(void)snprintf(store->fault, sizeof(store->fault), "%s", message); /* may cut */
		atomic_store(&store->fault_state, 2);
	}
}

const char *store_fault(const struct store *store)
{
	return atomic_load(&store->fault_state) == 2 ? store->fault : "";
}

void store_close(struct store *store)
{
	if (store == NULL) {
		return;
	}
	ASSERT(store->batch == NULL);
	ASSERT(atomic_load(&store->open) == 0);
	store->table->close(store);
}

enum status store_sync(struct store *store)
{
	return store->table->sync(store);
}

enum status store_purge(struct store *store, uint64_t *moment, const struct store_purge purged[],
                        size_t count)
{
	ASSERT(store->batch == NULL);
	return store->table->purge(store, moment, purged, count);
}

enum status store_checkpoint(struct store *store, const char *path, struct detail *detail)
{
	return store->table->checkpoint(store, path, detail);
}

bool store_property(struct store *store, enum store_family family, const char *name,
                    uint64_t *value)
{
	return store->table->property(store, family, name, value);
}

struct store_batch *store_batch_begin(struct store *store)
{
	ASSERT(store->batch == NULL);
	store->batch = store->table->batch_begin(store);
	return store->batch;
}

static void store_check_write(const struct store_batch *batch, struct bytes key)
{
	ASSERT(batch->cursors == 0);
	ASSERT(key.size > 0);
	ASSERT(key.size <= STORE_KEY_BYTES_MAX);
}

void store_batch_put(struct store_batch *batch, enum store_family family, struct bytes key,
                     struct bytes value)
{
	store_check_write(batch, key);
	batch->store->table->batch_put(batch, family, key, value);
}

void store_batch_delete(struct store_batch *batch, enum store_family family, struct bytes key)
{
	store_check_write(batch, key);
	batch->store->table->batch_delete(batch, family, key);
}

enum status store_batch_commit(struct store_batch *batch, enum store_durability durability)
{
	ASSERT(batch->cursors == 0);
	return batch->store->table->batch_commit(batch, durability);
}

void store_batch_end(struct store_batch *batch)
{
	if (batch == NULL) {
		return;
	}
	ASSERT(batch->cursors == 0);
	ASSERT(batch->store->batch == batch);
	batch->store->batch = NULL;
	batch->store->table->batch_end(batch);
}

struct store_view *store_batch_view(struct store_batch *batch)
{
	return batch->store->table->batch_view(batch);
}

struct store_view *store_view_begin(struct store *store)
{
	struct store_view *view = store->table->view_begin(store);

	if (view != NULL) {
		atomic_fetch_add(&store->open, 1);
	}
	return view;
}

void store_view_end(struct store_view *view)
{
	if (view == NULL) {
		return;
	}
	ASSERT(view->batch == NULL);
	atomic_fetch_sub(&view->store->open, 1);
	view->store->table->view_end(view);
}

enum status store_get(struct store_view *view, struct buf *value, enum store_family family,
                      struct bytes key)
{
	return view->store->table->get(view, value, family, key);
}

struct store_cursor *store_cursor_open(struct store_view *view, enum store_family family,
                                       struct bytes prefix, struct bytes start)
{
	if (start.size == 0) {
		start = prefix;
	}
	ASSERT(prefix.size <= STORE_KEY_BYTES_MAX);
	ASSERT(start.size >= prefix.size);
	ASSERT(bytes_equal(bytes_of(start.data, prefix.size), prefix));

	struct store_cursor *cursor = view->store->table->cursor_open(view, family, prefix, start);

	if (cursor != NULL) {
		atomic_fetch_add(&view->store->open, 1);
		if (view->batch != NULL) {
			view->batch->cursors++;
		}
	}
	return cursor;
}

void store_cursor_close(struct store_cursor *cursor)
{
	if (cursor == NULL) {
		return;
	}
	struct store_view *view = cursor->view;

	atomic_fetch_sub(&view->store->open, 1);
	if (view->batch != NULL) {
		view->batch->cursors--;
	}
	view->store->table->cursor_close(cursor);
}

bool store_cursor_valid(const struct store_cursor *cursor)
{
	return cursor->view->store->table->cursor_valid(cursor);
}

void store_cursor_next(struct store_cursor *cursor)
{
	ASSERT(store_cursor_valid(cursor));
	cursor->view->store->table->cursor_next(cursor);
}

struct bytes store_cursor_key(const struct store_cursor *cursor)
{
	ASSERT(store_cursor_valid(cursor));
	return cursor->view->store->table->cursor_key(cursor);
}

struct bytes store_cursor_value(const struct store_cursor *cursor)
{
	ASSERT(store_cursor_valid(cursor));
	return cursor->view->store->table->cursor_value(cursor);
}

enum status store_cursor_status(const struct store_cursor *cursor)
{
	return cursor->view->store->table->cursor_status(cursor);
}
