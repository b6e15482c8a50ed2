#include "tests/support/stores.h"

#include <check.h>

struct store *stores_store;
char stores_path[FOLDER_PATH_MAX];

static struct folder folder;
static bool persistent;

void stores_setup_memory(void)
{
	persistent = false;
	ck_assert_int_eq(store_memory_open(&stores_store), STATUS_OK);
}

void stores_teardown_memory(void)
{
	store_close(stores_store);
}

static void stores_open(bool create)
{
	const struct store_options options = { .cache_bytes = 1 << 20, .create = create };
	struct detail detail = { "", "" };

	ck_assert_msg(store_rocksdb_open(&stores_store, stores_path, &options, &detail) ==
	                      STATUS_OK,
	              "%s", detail.text);
}

void stores_setup_rocksdb(void)
{
	persistent = true;
	folder_new(&folder);
	folder_file(stores_path, &folder, "store");
	stores_open(true);
}

void stores_teardown_rocksdb(void)
{
	store_close(stores_store);
	folder_remove(&folder);
}

void stores_reopen(void)
{
	if (persistent) {
		store_close(stores_store);
		stores_open(false);
	}
}
