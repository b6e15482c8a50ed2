/* Parts of the RocksDB store shared by store_rocksdb*.c, the only files that know RocksDB.
 *
 * Of RocksDB 7.8.3, in answer to faults fixed after it: one background flush and two write buffers
 * (updates could be reordered), the write-ahead log is never off, no file ingestion, no unordered
 * writes, no manual SyncWAL (engine_sync writes an empty synced batch instead). */
#ifndef LEDGER_STORE_STORE_ROCKSDB_H
#define LEDGER_STORE_STORE_ROCKSDB_H

#include "ledger/store/store_table.h"
#include "ledger/store/treap.h"

#include <rocksdb/c.h>

/* RocksDB insists on a family called "default". It stays empty, behind ours. */
enum { ENGINE_FAMILIES = STORE_FAMILIES + 1 };

struct engine {
	struct store base;
	rocksdb_t *db;
	rocksdb_column_family_handle_t *families[ENGINE_FAMILIES];
	rocksdb_writeoptions_t *synced;
	rocksdb_writeoptions_t *unsynced;
	rocksdb_readoptions_t *current; /* reads without a snapshot: the latest commit */
	bool read_only;
};

/* Options of the database and of each family, and the cache they share. */
struct engine_options {
	rocksdb_cache_t *cache;
	rocksdb_options_t *db;
	rocksdb_options_t *families[ENGINE_FAMILIES];
};

void engine_options_init(struct engine_options *options, const struct store_options *store_options);
void engine_options_fini(struct engine_options *options);

/* True when the keys of `family` have the fixed prefix that iteration may rely on. */
bool engine_family_has_prefix(enum store_family family);

static inline struct engine *engine_of(struct store *store)
{
	return (struct engine *)store;
}

/* Status of an engine's message: STATUS_BUSY for a lock held by another, STATUS_CORRUPT, else
 * STATUS_IO. */
enum status engine_status_of(const char *error);

/* Keeps the message for store_fault, frees it, and returns its status. */
enum status engine_fail(struct store *store, char *error);

/* store_rocksdb_io.c: these fill the table. */
struct store_batch *engine_batch_begin(struct store *base);
void engine_batch_put(struct store_batch *base, enum store_family family, struct bytes key,
                      struct bytes value);
void engine_batch_delete(struct store_batch *base, enum store_family family, struct bytes key);
enum status engine_batch_commit(struct store_batch *base, enum store_durability durability);
void engine_batch_end(struct store_batch *base);
struct store_view *engine_batch_view(struct store_batch *base);
struct store_view *engine_view_begin(struct store *base);
void engine_view_end(struct store_view *base);
enum status engine_get(struct store_view *base, struct buf *value, enum store_family family,
                       struct bytes key);

/* store_rocksdb_purge.c: this one too. */
enum status engine_purge(struct store *base, uint64_t *moment, const struct store_purge purged[],
                         size_t count);

/* store_rocksdb_cursor.c: and these. */
struct store_cursor *engine_cursor_open(struct store_view *base, enum store_family family,
                                        struct bytes prefix, struct bytes start);
bool engine_cursor_valid(const struct store_cursor *base);
void engine_cursor_next(struct store_cursor *base);
struct bytes engine_cursor_key(const struct store_cursor *base);
struct bytes engine_cursor_value(const struct store_cursor *base);
enum status engine_cursor_status(const struct store_cursor *base);
void engine_cursor_close(struct store_cursor *base);

struct engine_view {
	struct store_view base;
	const rocksdb_snapshot_t *snapshot; /* NULL for the view of a batch */
	rocksdb_readoptions_t *options;
};

struct engine_batch {
	struct store_batch base;
	/* What was written since the last commit, the latest of each key: read over the database,
	 * then handed to it in order. */
	struct treap_node *pending[STORE_FAMILIES];
	rocksdb_writebatch_t *writes; /* empty but within a commit */
	struct engine_view view;
	bool failed; /* a write found no memory */
};

#endif
