/* Goal: erased bytes are in no file of the store: not after the erasure, not in a new copy, not
 * when a reader held on to them, not when the ledger was closed in between. Method: a birth erased
 * over RocksDB; every file of the folder is searched for the name. */
#include "ledger/erase.h"
#include "tests/support/erasure.h"
#include "tests/support/stores.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW UINT64_MAX

static struct erasure given;
static struct reg *reg;

static void setup(void)
{
	stores_setup_rocksdb();
	erasure_begin(&given, stores_store);
	reg = given.reg;
}

static void teardown(void)
{
	erasure_end(&given);
	stores_teardown_rocksdb();
}

/* True when the bytes stand in the file. */
static bool file_has(const char *path, struct bytes wanted)
{
	static uint8_t bytes[64 << 20];
	FILE *file = fopen(path, "rb");
	bool found = false;

	if (file == NULL) {
		return false; /* the engine deletes files while the folder is read */
	}
	size_t size = fread(bytes, 1, sizeof(bytes), file);

	ck_assert_uint_lt(size, sizeof(bytes));
	(void)fclose(file);
	for (size_t i = 0; !found && i + wanted.size <= size; i++) {
		found = memcmp(bytes + i, wanted.data, wanted.size) == 0;
	}
	return found;
}

/* How many files of a folder hold the name. */
static size_t files_with_secret(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	size_t found = 0;

	ck_assert_ptr_nonnull(folder);
	while ((entry = readdir(folder)) != NULL) {
		char file[FOLDER_PATH_MAX + 300];

		(void)snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		found += entry->d_name[0] != '.' && file_has(file, bytes_of_string(erasure_secret));
	}
	(void)closedir(folder);
	return found;
}

/* Records whose old bytes may still be on disk. */
static size_t waiting(void)
{
	struct erase_list list;
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(erase_pending(&view.view, &list), STATUS_OK);
	ledger_view_end(&view);
	return list.count;
}

START_TEST(no_file_of_the_store_holds_erased_bytes)
{
	char copy[FOLDER_PATH_MAX + 8];
	struct detail detail;

	ck_assert_uint_gt(files_with_secret(stores_path), 0);
	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	ck_assert_int_eq(ledger_purge(reg->ledger), STATUS_OK);
	ck_assert_uint_eq(files_with_secret(stores_path), 0);

	(void)snprintf(copy, sizeof(copy), "%s.copy", stores_path);
	ck_assert_int_eq(store_checkpoint(stores_store, copy, &detail), STATUS_OK);
	ck_assert_uint_eq(files_with_secret(copy), 0);
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_left);
}
END_TEST

START_TEST(a_reader_from_before_delays_the_end_and_does_not_prevent_it)
{
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	ck_assert_int_eq(ledger_purge(reg->ledger), STATUS_BUSY);
	ck_assert_uint_gt(files_with_secret(stores_path), 0);
	ledger_view_end(&view);
	ck_assert_int_eq(ledger_purge(reg->ledger), STATUS_OK);
	ck_assert_uint_eq(files_with_secret(stores_path), 0);
	ck_assert_int_eq(ledger_purge(reg->ledger), STATUS_OK);
}
END_TEST

START_TEST(what_waited_when_the_ledger_closed_goes_when_it_is_open_again)
{
	struct ledger_view view;
	struct detail detail;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_str_eq(erasure_erase(&given, "2026"), "");
	ledger_view_end(&view);
	ledger_close(reg->ledger);
	stores_reopen();
	reg->store = stores_store;
	ck_assert_int_eq(ledger_open(&reg->ledger, stores_store, &detail), STATUS_OK);
	ck_assert_uint_gt(waiting(), 0);
	ck_assert_int_eq(ledger_purge(reg->ledger), STATUS_OK);
	ck_assert_uint_eq(files_with_secret(stores_path), 0);
	ck_assert_uint_eq(waiting(), 0);
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_left);
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("purge");
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_set_timeout(all, 60);
	tcase_add_test(all, no_file_of_the_store_holds_erased_bytes);
	tcase_add_test(all, a_reader_from_before_delays_the_end_and_does_not_prevent_it);
	tcase_add_test(all, what_waited_when_the_ledger_closed_goes_when_it_is_open_again);
	suite_add_tcase(suite, all);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());

	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
