/* Batches, views and single reads of the RocksDB store.
 *
 * A batch is RocksDB's WriteBatchWithIndex with overwrite_key, so that it can be read through: its
 * index holds the latest write of each key. There is one writer, hence the view of a batch needs no
 * snapshot: nothing is committed below it but by itself. */
#include "ledger/base/assert.h"
#include "ledger/store/store_rocksdb.h"

#include <stdlib.h>

enum {
	/* Room the batch starts with: 100 events of 1 KiB and their index keys. It grows as needed.
	 */
	BATCH_RESERVED_BYTES = 256 * 1024,
};

static const char *chars(struct bytes bytes)
{
	return bytes.size == 0 ? "" : (const char *)bytes.data;
}

/* Mixes a key, eight bytes at a time (multiply and fold, as in wyhash); only speed rests on it. */
static uint64_t filter_hash(enum store_family family, struct bytes key)
{
	uint64_t hash = (uint64_t)family + 1;

	for (size_t at = 0; at < key.size; at += sizeof(uint64_t)) {
		size_t rest = key.size - at;
		uint64_t word = 0;

		memcpy(&word, key.data + at, rest < sizeof(word) ? rest : sizeof(word));
		hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
		hash ^= hash >> 32;
	}
	return hash % ((uint64_t)ENGINE_FILTER_WORDS * 64);
}

static void filter_add(struct engine_batch *batch, enum store_family family, struct bytes key)
{
	uint64_t bit = filter_hash(family, key);

	batch->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
	batch->written[family]++;
}

/* False when the batch holds no write of the key. */
static bool filter_may_hold(const struct engine_batch *batch, enum store_family family,
                            struct bytes key)
{
	if (batch->written[family] == 0) {
		return false;
	}
	uint64_t bit = filter_hash(family, key);

	return (batch->filter[bit / 64] >> (bit % 64) & 1) != 0;
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
	batch->writes = rocksdb_writebatch_wi_create(BATCH_RESERVED_BYTES, 1);
	batch->view.base = (struct store_view){ .store = base, .batch = &batch->base };
	batch->view.options = engine->current;
	return &batch->base;
}

void engine_batch_put(struct store_batch *base, enum store_family family, struct bytes key,
                      struct bytes value)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	rocksdb_writebatch_wi_put_cf(batch->writes, engine_of(base->store)->families[family],
	                             chars(key), key.size, chars(value), value.size);
	filter_add(batch, family, key);
}

void engine_batch_delete(struct store_batch *base, enum store_family family, struct bytes key)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	rocksdb_writebatch_wi_delete_cf(batch->writes, engine_of(base->store)->families[family],
	                                chars(key), key.size);
	filter_add(batch, family, key);
}

enum status engine_batch_commit(struct store_batch *base, enum store_durability durability)
{
	struct engine_batch *batch = (struct engine_batch *)base;
	struct engine *engine = engine_of(base->store);
	char *error = NULL;

	rocksdb_write_writebatch_wi(engine->db,
	                            durability == STORE_SYNCED ? engine->synced : engine->unsynced,
	                            batch->writes, &error);
	if (error != NULL) {
		return engine_fail(base->store, error);
	}
	rocksdb_writebatch_wi_clear(batch->writes);
	memset(batch->written, 0, sizeof(batch->written));
	memset(batch->filter, 0, sizeof(batch->filter));
	return STATUS_OK;
}

void engine_batch_end(struct store_batch *base)
{
	struct engine_batch *batch = (struct engine_batch *)base;

	rocksdb_writebatch_wi_destroy(batch->writes);
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

static enum status engine_get_overlaid(const struct engine_view *view, struct buf *value,
                                       enum store_family family, struct bytes key)
{
	const struct engine_batch *batch = (const struct engine_batch *)view->base.batch;
	struct engine *engine = engine_of(view->base.store);
	size_t size = 0;
	char *error = NULL;
	char *found = rocksdb_writebatch_wi_get_from_batch_and_db_cf(
	        batch->writes, engine->db, view->options, engine->families[family], chars(key),
	        key.size, &size, &error);

	if (found == NULL) {
		return error != NULL ? engine_fail(view->base.store, error) : STATUS_NOT_FOUND;
	}
	enum status status = buf_assign(value, bytes_of(found, size));

	rocksdb_free(found);
	return status;
}

enum status engine_get(struct store_view *base, struct buf *value, enum store_family family,
                       struct bytes key)
{
	const struct engine_view *view = (const struct engine_view *)base;
	const struct engine_batch *batch = (const struct engine_batch *)base->batch;

	if (batch != NULL && filter_may_hold(batch, family, key)) {
		return engine_get_overlaid(view, value, family, key);
	}
	return engine_get_committed(view, value, family, key);
}
