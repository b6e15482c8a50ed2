/* Batches, views and single reads of the RocksDB store.
 *
 * A batch keeps its writes in a map a family until it is committed, and reads look there first.
 * There is one writer, hence the view of a batch needs no snapshot: nothing is committed below it
 * but by itself. */
#include "ledger/base/assert.h"
#include "ledger/store/store_rocksdb.h"

#include <stdlib.h>

static const char *chars(struct bytes bytes)
{
	return bytes.size == 0 ? "" : (const char *)bytes.data;
}

struct store_batch *engine_batch_begin(struct store *base)
{
	struct engine *engine = engine_of(base);
	struct engine_batch *batch = calloc(1, sizeof(*batch));

	ASSERT(!engine->read_only);
	if (batch == NULL) {
		return NULL;
	}
	batch->base.store = base;
	batch->writes = rocksdb_writebatch_create();
	batch->view.base = (struct store_view){ .store = base, .batch = &batch->base };
	batch->view.options = engine->current;
	return &batch->base;
}

void engine_batch_put(struct store_batch *base, enum store_family family, struct bytes key,
                      struct bytes value)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	if (!batch->failed && !treap_put(&batch->pending[family], key, value)) {
		batch->failed = true;
	}
}

void engine_batch_delete(struct store_batch *base, enum store_family family, struct bytes key)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	if (!batch->failed && !treap_bury(&batch->pending[family], key)) {
		batch->failed = true;
	}
}

/* The writes of one family on their way to the database. */
struct engine_handover {
	rocksdb_writebatch_t *writes;
	rocksdb_column_family_handle_t *family;
};

static void engine_hand_over(void *context, const struct treap_node *node)
{
	const struct engine_handover *handover = context;
	struct bytes key = treap_key(node);
	struct bytes value = treap_value(node);

	if (treap_is_grave(node)) {
		rocksdb_writebatch_delete_cf(handover->writes, handover->family, chars(key),
		                             key.size);
	} else {
		rocksdb_writebatch_put_cf(handover->writes, handover->family, chars(key), key.size,
		                          chars(value), value.size);
	}
}

static void engine_forget_pending(struct engine_batch *batch)
{
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		treap_release(batch->pending[i]);
		batch->pending[i] = NULL;
	}
}

enum status engine_batch_commit(struct store_batch *base, enum store_durability durability)
{
	struct engine_batch *batch = (struct engine_batch *)base;
	struct engine *engine = engine_of(base->store);
	char *error = NULL;

	if (batch->failed) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		struct engine_handover handover = { batch->writes, engine->families[i] };

		treap_walk(batch->pending[i], engine_hand_over, &handover);
	}
	rocksdb_write(engine->db, durability == STORE_SYNCED ? engine->synced : engine->unsynced,
	              batch->writes, &error);
	if (error != NULL) {
		return engine_fail(base->store, error);
	}
	rocksdb_writebatch_clear(batch->writes);
	engine_forget_pending(batch);
	return STATUS_OK;
}

void engine_batch_end(struct store_batch *base)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	engine_forget_pending(batch);
	rocksdb_writebatch_destroy(batch->writes);
	free(batch);
}

struct store_view *engine_batch_view(struct store_batch *base)
{
	return &((struct engine_batch *)base)->view.base;
}

struct store_view *engine_view_begin(struct store *base)
{
	struct engine *engine = engine_of(base);
	struct engine_view *view = calloc(1, sizeof(*view));

	if (view == NULL) {
		return NULL;
	}
	view->base.store = base;
	view->snapshot = rocksdb_create_snapshot(engine->db);
	view->options = rocksdb_readoptions_create();
	rocksdb_readoptions_set_snapshot(view->options, view->snapshot);
	return &view->base;
}

void engine_view_end(struct store_view *base)
{
	struct engine_view *view = (struct engine_view *)base;

	rocksdb_readoptions_destroy(view->options);
	rocksdb_release_snapshot(engine_of(base->store)->db, view->snapshot);
	free(view);
}

/* Reads committed data, pinned in the cache while it is copied once. */
static enum status engine_get_committed(const struct engine_view *view, struct buf *value,
                                        enum store_family family, struct bytes key)
{
	struct engine *engine = engine_of(view->base.store);
	char *error = NULL;
	rocksdb_pinnableslice_t *slice = rocksdb_get_pinned_cf(
	        engine->db, view->options, engine->families[family], chars(key), key.size, &error);

	if (slice == NULL) { /* means absence and failure alike */
		return error != NULL ? engine_fail(view->base.store, error) : STATUS_NOT_FOUND;
	}
	size_t size = 0;
	const char *start = rocksdb_pinnableslice_value(slice, &size);
	enum status status = buf_assign(value, bytes_of(start, size));

	rocksdb_pinnableslice_destroy(slice);
	return status;
}

enum status engine_get(struct store_view *base, struct buf *value, enum store_family family,
                       struct bytes key)
{
	const struct engine_view *view = (const struct engine_view *)base;
	const struct engine_batch *batch = (const struct engine_batch *)base->batch;
	const struct treap_node *node =
	        batch == NULL ? NULL : treap_find(batch->pending[family], key);

	if (node == NULL) {
		return engine_get_committed(view, value, family, key);
	}
	return treap_is_grave(node) ? STATUS_NOT_FOUND : buf_assign(value, treap_value(node));
}
