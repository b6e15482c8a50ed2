/* Goal: what was overwritten or deleted leaves every file of the store, wherever it had got to.
 * Method: text that no compression hides, in the log, in a file of the first level and in one of
 * the last; overwritten or deleted, purged, and looked for in every file of the folder. */
#include "tests/support/stores.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { FILE_BYTES_MAX = 8 << 20, NEIGHBOURS = 500 };

static const char secret[] = "q7Zw-Xk20vB!Jm4_uTpE9";
static struct detail detail;

static void write_value(const char *text)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	ck_assert_ptr_nonnull(batch);
	for (uint64_t i = 0; i < NEIGHBOURS; i++) {
		uint8_t key[8];

		bytes_write_u64(key, i);
		store_batch_put(batch, STORE_CONTENT, bytes_of(key, sizeof(key)),
		                bytes_of_string(i == NEIGHBOURS / 2 ? text : "neighbour"));
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	store_batch_end(batch);
}

/* Replaces the value of the one key; NULL deletes it. */
static void overwrite(const char *text)
{
	struct store_batch *batch = store_batch_begin(stores_store);
	uint8_t key[8];

	ck_assert_ptr_nonnull(batch);
	bytes_write_u64(key, NEIGHBOURS / 2);
	if (text == NULL) {
		store_batch_delete(batch, STORE_CONTENT, bytes_of(key, sizeof(key)));
	} else {
		store_batch_put(batch, STORE_CONTENT, bytes_of(key, sizeof(key)),
		                bytes_of_string(text));
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
}

static enum status purge(uint64_t *moment)
{
	uint8_t key[8];

	bytes_write_u64(key, NEIGHBOURS / 2);
	const struct store_purge purged = { STORE_CONTENT, bytes_of(key, sizeof(key)) };

	return store_purge(stores_store, moment, &purged, 1);
}

static bool file_has_secret(const char *path)
{
	static uint8_t bytes[FILE_BYTES_MAX];
	FILE *file = fopen(path, "rb");
	const size_t length = strlen(secret);
	bool found = false;

	if (file == NULL) {
		return false; /* the engine deletes files while the folder is read */
	}
	size_t size = fread(bytes, 1, sizeof(bytes), file);

	(void)fclose(file);
	for (size_t i = 0; !found && i + length <= size; i++) {
		found = memcmp(bytes + i, secret, length) == 0;
	}
	return found;
}

static bool disk_has_secret(void)
{
	DIR *folder = opendir(stores_path);
	const struct dirent *entry;
	bool found = false;

	ck_assert_ptr_nonnull(folder);
	while ((entry = readdir(folder)) != NULL) {
		char path[FOLDER_PATH_MAX + 300];

		(void)snprintf(path, sizeof(path), "%s/%s", stores_path, entry->d_name);
		found = found || (entry->d_name[0] != '.' && file_has_secret(path));
	}
	(void)closedir(folder);
	return found;
}

/* Writes the memory tables out, as a side effect of a copy. */
static void flush(unsigned number)
{
	char copy[FOLDER_PATH_MAX + 16];

	(void)snprintf(copy, sizeof(copy), "%s.%u", stores_path, number);
	ck_assert_int_eq(store_checkpoint(stores_store, copy, &detail), STATUS_OK);
}

START_TEST(from_the_log) /* loop test: overwritten, deleted */
{
	uint64_t moment = 0;

	write_value(secret);
	ck_assert(disk_has_secret());
	overwrite(_i == 0 ? "left" : NULL);
	ck_assert(disk_has_secret());
	ck_assert_int_eq(purge(&moment), STATUS_OK);
	ck_assert_uint_gt(moment, 0);
	ck_assert(!disk_has_secret());
}
END_TEST

START_TEST(from_a_file) /* loop test: overwritten, deleted */
{
	uint64_t moment = 0;

	write_value(secret);
	flush(1);
	ck_assert(disk_has_secret());
	overwrite(_i == 0 ? "left" : NULL);
	flush(2);
	ck_assert(disk_has_secret());
	ck_assert_int_eq(purge(&moment), STATUS_OK);
	ck_assert(!disk_has_secret());
}
END_TEST

START_TEST(from_the_last_level)
{
	uint64_t moment = 0;

	write_value(secret);
	ck_assert_int_eq(purge(&moment), STATUS_OK); /* nothing to lose yet: it moves down */
	ck_assert(disk_has_secret());
	moment = 0;
	overwrite("left");
	ck_assert_int_eq(purge(&moment), STATUS_OK);
	ck_assert(!disk_has_secret());
}
END_TEST

START_TEST(a_view_from_before_the_moment_is_busy_and_a_later_one_is_not)
{
	uint64_t moment = 0;

	write_value(secret);
	struct store_view *before = store_view_begin(stores_store);

	overwrite("left");
	ck_assert_int_eq(purge(&moment), STATUS_BUSY);
	overwrite("less");
	struct store_view *after = store_view_begin(stores_store);

	ck_assert_int_eq(purge(&moment), STATUS_BUSY);
	store_view_end(before);
	ck_assert_int_eq(purge(&moment), STATUS_OK);
	ck_assert(!disk_has_secret());
	store_view_end(after);
}
END_TEST

START_TEST(other_values_stay_and_all_of_it_survives_opening_again)
{
	uint64_t moment = 0;
	struct buf value;
	uint8_t key[8];

	write_value(secret);
	overwrite("left");
	ck_assert_int_eq(purge(&moment), STATUS_OK);
	stores_reopen();
	ck_assert(!disk_has_secret());
	struct store_view *view = store_view_begin(stores_store);

	buf_init(&value, 100);
	for (uint64_t i = 0; i < NEIGHBOURS; i++) {
		bytes_write_u64(key, i);
		ck_assert_int_eq(store_get(view, &value, STORE_CONTENT, bytes_of(key, sizeof(key))),
		                 STATUS_OK);
		ck_assert(bytes_equal(buf_bytes(&value),
		                      bytes_of_string(i == NEIGHBOURS / 2 ? "left" : "neighbour")));
	}
	buf_fini(&value);
	store_view_end(view);
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("store_purge");
	TCase *disk = tcase_create("disk");

	tcase_add_checked_fixture(disk, stores_setup_rocksdb, stores_teardown_rocksdb);
	tcase_set_timeout(disk, 60);
	tcase_add_loop_test(disk, from_the_log, 0, 2);
	tcase_add_loop_test(disk, from_a_file, 0, 2);
	tcase_add_test(disk, from_the_last_level);
	tcase_add_test(disk, a_view_from_before_the_moment_is_busy_and_a_later_one_is_not);
	tcase_add_test(disk, other_values_stay_and_all_of_it_survives_opening_again);
	suite_add_tcase(suite, disk);
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
