/* Cursors of the RocksDB store: what is committed, and over it what the view's batch has written.
 */
#include "ledger/base/assert.h"
#include "ledger/store/store_rocksdb.h"

#include <stdlib.h>

struct engine_cursor {
	struct store_cursor base;
	rocksdb_readoptions_t *options; /* lends its bound to the iterator */
	rocksdb_iterator_t *iterator;
	const struct treap_node *pending; /* writes of the batch to this family; NULL for none */
	const struct treap_node *written; /* the first of them not yet passed; NULL at their end */
	bool on_written;                  /* the cursor stands there, not on the iterator */
	enum status status;               /* of the read that ended the iteration */
	bool valid;
	size_t prefix_size;
	size_t bound_size;
	uint8_t prefix[STORE_KEY_BYTES_MAX];
	uint8_t bound[STORE_KEY_BYTES_MAX]; /* the first key behind all that begin with prefix */
};

/* Writes the smallest key greater than every key with the prefix; empty when there is none, that is
 * for an empty prefix or one of 0xff bytes alone. */
static size_t cursor_make_bound(uint8_t bound[], struct bytes prefix)
{
	size_t size = prefix.size;

	while (size > 0 && prefix.data[size - 1] == 0xff) {
		size--;
	}
	if (size > 0) {
		memcpy(bound, prefix.data, size);
		bound[size - 1]++;
	}
	return size;
}

static rocksdb_readoptions_t *cursor_read_options(const struct engine_view *view,
                                                  const struct engine_cursor *cursor,
                                                  enum store_family family)
{
	rocksdb_readoptions_t *options = rocksdb_readoptions_create();

	if (view->snapshot != NULL) {
		rocksdb_readoptions_set_snapshot(options, view->snapshot);
	}
	if (cursor->bound_size > 0) {
		rocksdb_readoptions_set_iterate_upper_bound(options, (const char *)cursor->bound,
		                                            cursor->bound_size);
	}
	if (engine_family_has_prefix(family)) {
		if (cursor->prefix_size >= STORE_HISTORY_PREFIX) {
			rocksdb_readoptions_set_prefix_same_as_start(options, 1);
		} else {
			/* Without it a shorter prefix would silently miss keys. */
			rocksdb_readoptions_set_total_order_seek(options, 1);
		}
	}
	return options;
}

static bool cursor_covers(const struct engine_cursor *cursor, struct bytes key)
{
	return key.size >= cursor->prefix_size &&
	       memcmp(key.data, cursor->prefix, cursor->prefix_size) == 0;
}

/* Key of the iterator; false at its end, and when it failed, which looks alike. */
static bool cursor_committed_key(struct engine_cursor *cursor, struct bytes *key)
{
	char *error = NULL;

	if (rocksdb_iter_valid(cursor->iterator)) {
		size_t size = 0;
		const char *start = rocksdb_iter_key(cursor->iterator, &size);

		*key = bytes_of(start, size);
		return cursor_covers(cursor, *key);
	}
	rocksdb_iter_get_error(cursor->iterator, &error);
	if (error != NULL) {
		cursor->status = engine_fail(cursor->base.view->store, error);
	}
	return false;
}

static bool cursor_written_key(const struct engine_cursor *cursor, struct bytes *key)
{
	if (cursor->written == NULL) {
		return false;
	}
	*key = treap_key(cursor->written);
	return cursor_covers(cursor, *key);
}

/* Stands on the smaller of the two keys. A write of the batch hides the committed value of its key;
 * a grave hides itself too. */
static void cursor_settle(struct engine_cursor *cursor)
{
	for (;;) {
		struct bytes committed;
		struct bytes written;
		bool has_committed = cursor_committed_key(cursor, &committed);
		bool has_written = cursor_written_key(cursor, &written);
		int order = has_committed && has_written ? treap_compare(written, committed)
		                                         : has_committed - has_written;

		cursor->valid = (has_committed || has_written) && cursor->status == STATUS_OK;
		cursor->on_written = has_written && order <= 0;
		if (!cursor->valid || !cursor->on_written) {
			return;
		}
		if (order == 0) {
			rocksdb_iter_next(cursor->iterator);
		}
		if (!treap_is_grave(cursor->written)) {
			return;
		}
		cursor->written = treap_after(cursor->pending, written);
	}
}

struct store_cursor *engine_cursor_open(struct store_view *base, enum store_family family,
                                        struct bytes prefix, struct bytes start)
{
	const struct engine_view *view = (const struct engine_view *)base;
	const struct engine_batch *batch = (const struct engine_batch *)base->batch;
	struct engine *engine = engine_of(base->store);
	struct engine_cursor *cursor = malloc(sizeof(*cursor));

	if (cursor == NULL) {
		return NULL;
	}
	cursor->base.view = base;
	cursor->status = STATUS_OK;
	cursor->prefix_size = prefix.size;
	if (prefix.size > 0) {
		memcpy(cursor->prefix, prefix.data, prefix.size);
	}
	cursor->bound_size = cursor_make_bound(cursor->bound, prefix);
	cursor->options = cursor_read_options(view, cursor, family);
	cursor->iterator =
	        rocksdb_create_iterator_cf(engine->db, cursor->options, engine->families[family]);
	cursor->pending = batch == NULL ? NULL : batch->pending[family];
	cursor->written = treap_from(cursor->pending, start);
	rocksdb_iter_seek(cursor->iterator, start.size == 0 ? "" : (const char *)start.data,
	                  start.size);
	cursor_settle(cursor);
	return &cursor->base;
}

bool engine_cursor_valid(const struct store_cursor *base)
{
	return ((const struct engine_cursor *)base)->valid;
}

void engine_cursor_next(struct store_cursor *base)
{
	struct engine_cursor *cursor = (struct engine_cursor *)base;

	if (cursor->on_written) {
		cursor->written = treap_after(cursor->pending, treap_key(cursor->written));
	} else {
		rocksdb_iter_next(cursor->iterator);
	}
	cursor_settle(cursor);
}

struct bytes engine_cursor_key(const struct store_cursor *base)
{
	const struct engine_cursor *cursor = (const struct engine_cursor *)base;
	size_t size = 0;

	if (cursor->on_written) {
		return treap_key(cursor->written);
	}
	const char *key = rocksdb_iter_key(cursor->iterator, &size);

	return bytes_of(key, size);
}

struct bytes engine_cursor_value(const struct store_cursor *base)
{
	const struct engine_cursor *cursor = (const struct engine_cursor *)base;
	size_t size = 0;

	if (cursor->on_written) {
		return treap_value(cursor->written);
	}
	const char *value = rocksdb_iter_value(cursor->iterator, &size);

	return bytes_of(value, size);
}

enum status engine_cursor_status(const struct store_cursor *base)
{
	return ((const struct engine_cursor *)base)->status;
}

void engine_cursor_close(struct store_cursor *base)
{
	struct engine_cursor *cursor = (struct engine_cursor *)base;

	rocksdb_iter_destroy(cursor->iterator);
	rocksdb_readoptions_destroy(cursor->options);
	free(cursor);
}
