#include "ledger/store/store_rocksdb.h"

/* What a family's keys are used for decides its options. */
enum family_use {
	USE_APPEND, /* ever growing keys, read in order or by number: compaction only moves files */
	USE_LOOKUP, /* random keys, often absent: a bloom filter answers most misses */
	USE_PREFIX, /* all keys of one id, read in order: the filter holds the ids */
	USE_SCAN,   /* ranges of keys of several lengths: no filter helps */
};

static const enum family_use family_uses[STORE_FAMILIES] = {
	[STORE_META] = USE_SCAN,    [STORE_RECORD] = USE_APPEND,  [STORE_CONTENT] = USE_APPEND,
	[STORE_EVENT] = USE_LOOKUP, [STORE_REQUEST] = USE_LOOKUP, [STORE_HISTORY] = USE_PREFIX,
	[STORE_CASE] = USE_PREFIX,  [STORE_PERSON] = USE_LOOKUP,  [STORE_NUMBER] = USE_LOOKUP,
	[STORE_NAME] = USE_SCAN,    [STORE_AUTHORITY] = USE_SCAN, [STORE_WORK] = USE_SCAN,
	[STORE_TREE] = USE_APPEND,
};

#define MEMORY_BLOOM_SHARE 0.02 /* of the write buffer; 10 bits for keys of 60 bytes */

enum {
	KIBIBYTE = 1024,
	MEBIBYTE = 1024 * KIBIBYTE,

	CACHE_BYTES_DEFAULT = 8 * MEBIBYTE,
	/* Random keys pay a cache miss for each level of the memory table's list: keep it short.
	 * Keys in order go to its end. */
	WRITE_BUFFER_BYTES = 32 * MEBIBYTE,
	WRITE_BUFFER_BYTES_APPEND = 64 * MEBIBYTE,
	LEVEL_BYTES = 4 * WRITE_BUFFER_BYTES, /* as much as the files above it when they go down */
	WRITE_BUFFERS_TOTAL_BYTES = 256 * MEBIBYTE, /* of all families together */
	WAL_TOTAL_BYTES = 128 * MEBIBYTE,           /* recovery after a crash replays 1-3 s */
	SYNC_STEP_BYTES = MEBIBYTE,                 /* smooth writeback, no stall at the end */
	FILE_BYTES = 64 * MEBIBYTE,
	FILE_BYTES_APPEND = 256 * MEBIBYTE,
	BLOCK_BYTES = 16 * KIBIBYTE,
	METADATA_BLOCK_BYTES = 4 * KIBIBYTE,
	BLOCK_BYTES_LOOKUP = 4 * KIBIBYTE, /* a random read decompresses one block */
	OPEN_FILES_MAX = 1024,
	BACKGROUND_JOBS = 2, /* gives one flush and one compaction */
	BLOOM_BITS = 10,     /* per key: one miss in a hundred reads a block */
	TABLE_FORMAT = 5,

	/* Nothing after opening. Debian's library has its assertions on, and one of them ends the
	 * process at the second line that its log cannot write: a full disk would kill us before we
	 * could say why. What matters comes back as the message of a failed call. */
	LOG_LEVEL_FATAL = 4,
	LOG_FILES_KEPT = 4,
	LOG_FILE_BYTES = 4 * MEBIBYTE,
};

bool engine_family_has_prefix(enum store_family family)
{
	return family_uses[family] == USE_PREFIX;
}

static rocksdb_options_t *options_for_database(const struct store_options *store_options)
{
	rocksdb_options_t *options = rocksdb_options_create();

	rocksdb_options_set_create_if_missing(options, store_options->create);
	rocksdb_options_set_create_missing_column_families(options, store_options->create);
	rocksdb_options_set_error_if_exists(options, store_options->create);
	rocksdb_options_set_paranoid_checks(options, 1);
	/* The strict modes refuse some honest power cuts; this one drops damage silently. The floor
	 * file and the sequencer say what must be there. */
	rocksdb_options_set_wal_recovery_mode(options, rocksdb_point_in_time_recovery);
	rocksdb_options_set_max_total_wal_size(options, WAL_TOTAL_BYTES);
	rocksdb_options_set_db_write_buffer_size(options, WRITE_BUFFERS_TOTAL_BYTES);
	rocksdb_options_set_bytes_per_sync(options, SYNC_STEP_BYTES);
	rocksdb_options_set_wal_bytes_per_sync(options, SYNC_STEP_BYTES);
	rocksdb_options_set_max_background_jobs(options, BACKGROUND_JOBS);
	rocksdb_options_set_max_open_files(options, OPEN_FILES_MAX);
	rocksdb_options_set_info_log_level(options, LOG_LEVEL_FATAL);
	rocksdb_options_set_keep_log_file_num(options, LOG_FILES_KEPT);
	rocksdb_options_set_max_log_file_size(options, LOG_FILE_BYTES);
	rocksdb_options_set_stats_dump_period_sec(options, 0);
	rocksdb_options_set_stats_persist_period_sec(options, 0);
	return options;
}

static rocksdb_block_based_table_options_t *table_options_for(enum family_use use,
                                                              rocksdb_cache_t *cache)
{
	rocksdb_block_based_table_options_t *table = rocksdb_block_based_options_create();

	rocksdb_block_based_options_set_format_version(table, TABLE_FORMAT);
	rocksdb_block_based_options_set_block_cache(table, cache);
	rocksdb_block_based_options_set_cache_index_and_filter_blocks(table, 1);
	rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(table, 1);
	/* Whole filters have most of a megabyte; once a ledger has outgrown the cache, each look-up
	 * would read one. In parts only what is asked for is read. */
	rocksdb_block_based_options_set_index_type(
	        table, rocksdb_block_based_table_index_type_two_level_index_search);
	rocksdb_block_based_options_set_partition_filters(table, 1);
	rocksdb_block_based_options_set_metadata_block_size(table, METADATA_BLOCK_BYTES);
	rocksdb_block_based_options_set_pin_top_level_index_and_filter(table, 1);
	rocksdb_block_based_options_set_cache_index_and_filter_blocks_with_high_priority(table, 1);
	rocksdb_block_based_options_set_block_size(table, use == USE_LOOKUP ? BLOCK_BYTES_LOOKUP
	                                                                    : BLOCK_BYTES);
	if (use == USE_LOOKUP || use == USE_PREFIX) {
		rocksdb_block_based_options_set_filter_policy(
		        table, rocksdb_filterpolicy_create_bloom_full(BLOOM_BITS));
	}
	return table;
}

static rocksdb_options_t *options_for_family(enum family_use use, rocksdb_cache_t *cache)
{
	rocksdb_options_t *options = rocksdb_options_create();
	rocksdb_block_based_table_options_t *table = table_options_for(use, cache);

	rocksdb_options_set_block_based_table_factory(options, table);
	rocksdb_block_based_options_destroy(table);
	rocksdb_options_set_write_buffer_size(options, WRITE_BUFFER_BYTES);
	rocksdb_options_set_max_write_buffer_number(options, 2);
	rocksdb_options_set_level_compaction_dynamic_level_bytes(options, 1);
	rocksdb_options_set_target_file_size_base(options, use == USE_APPEND ? FILE_BYTES_APPEND
	                                                                     : FILE_BYTES);
	rocksdb_options_set_compression(options, rocksdb_lz4_compression);
	rocksdb_options_set_bottommost_compression(options, rocksdb_zstd_compression);
	if (use == USE_PREFIX) {
		rocksdb_options_set_prefix_extractor(
		        options, rocksdb_slicetransform_create_fixed_prefix(STORE_HISTORY_PREFIX));
	}
	if (use == USE_LOOKUP || use == USE_PREFIX) {
		/* Absent keys, the usual answer while judging an event, cost half as much. */
		rocksdb_options_set_memtable_whole_key_filtering(options, 1);
		rocksdb_options_set_memtable_prefix_bloom_size_ratio(options, MEMORY_BLOOM_SHARE);
	}
	return options;
}

void engine_options_init(struct engine_options *options, const struct store_options *store_options)
{
	size_t cache_bytes = store_options->cache_bytes;

	options->cache =
	        rocksdb_cache_create_lru(cache_bytes > 0 ? cache_bytes : CACHE_BYTES_DEFAULT);
	options->db = options_for_database(store_options);
	for (size_t i = 0; i < STORE_FAMILIES; i++) {
		options->families[i] = options_for_family(family_uses[i], options->cache);
	}
	options->families[STORE_FAMILIES] = options_for_family(USE_SCAN, options->cache);
}

void engine_options_fini(struct engine_options *options)
{
	for (size_t i = 0; i < ENGINE_FAMILIES; i++) {
		rocksdb_options_destroy(options->families[i]);
	}
	rocksdb_options_destroy(options->db);
	rocksdb_cache_destroy(options->cache);
}
