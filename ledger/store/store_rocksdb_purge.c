/* Making overwritten values leave the disk. */
#include "ledger/store/store_rocksdb.h"

#include "ledger/base/assert.h"

/* A snapshot from before the moment keeps what was overwritten at it: compaction would carry the
 * old version along. The engine answers 0 when there is no snapshot. */
static bool is_seen_from_before(struct engine *engine, uint64_t moment)
{
	uint64_t oldest = 0;

	return rocksdb_property_int(engine->db, "rocksdb.oldest-snapshot-sequence", &oldest) == 0 &&
	       oldest != 0 && oldest < moment;
}

/* Writes out the memory tables of all families: the log below them is needed no more, and the
 * engine deletes it. */
static enum status flush_all(struct engine *engine)
{
	rocksdb_flushoptions_t *options = rocksdb_flushoptions_create();
	enum status status = STATUS_OK;

	rocksdb_flushoptions_set_wait(options, 1);
	for (size_t i = 0; status == STATUS_OK && i < ENGINE_FAMILIES; i++) {
		char *error = NULL;

		rocksdb_flush_cf(engine->db, options, engine->families[i], &error);
		status = error == NULL ? STATUS_OK : engine_fail(&engine->base, error);
	}
	rocksdb_flushoptions_destroy(options);
	return status;
}

/* Rewrites the files that hold the key, down to the last level and that one too, so that only the
 * newest version is carried along. */
static void compact_key(struct engine *engine, const struct store_purge *purged)
{
	enum { REWRITE_BOTTOMMOST_LEVEL = 2 };
	rocksdb_compactoptions_t *options = rocksdb_compactoptions_create();
	const char *key = (const char *)purged->key.data;

	rocksdb_compactoptions_set_exclusive_manual_compaction(options, 0);
	rocksdb_compactoptions_set_bottommost_level_compaction(options, REWRITE_BOTTOMMOST_LEVEL);
	rocksdb_compact_range_cf_opt(engine->db, engine->families[purged->family], options, key,
	                             purged->key.size, key, purged->key.size);
	rocksdb_compactoptions_destroy(options);
}

enum status engine_purge(struct store *base, uint64_t *moment, const struct store_purge purged[],
                         size_t count)
{
	struct engine *engine = engine_of(base);

	if (engine->read_only) {
		return STATUS_UNSUPPORTED;
	}
	if (*moment == 0) {
		*moment = rocksdb_get_latest_sequence_number(engine->db);
	}
	if (is_seen_from_before(engine, *moment)) {
		return STATUS_BUSY;
	}
	enum status status = flush_all(engine);

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		compact_key(engine, &purged[i]);
	}
	return status;
}
