/* Goal: a damaged or full disk never gives a wrong answer: each read gives what was written or an
 * error, each batch is there whole or not at all, and a failed write says so.
 * Method: flip bytes in the log and in the tables of a copy; make writes fail with a limit on the
 * size of files, one size after the other; open again and read everything. */
#include "tests/support/effort.h"
#include "tests/support/stores.h"

#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* Places of a file to damage, and sizes at which the disk is full. */
static int places;
static int sizes;

enum { BATCHES = 60, FILE_BYTES_MAX = 1 << 20, PATH_BYTES = FOLDER_PATH_MAX + 300 };

/* Each batch b writes its number to these, and one key of its own. */
static const enum store_family families[] = { STORE_META, STORE_PERSON, STORE_HISTORY };
enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

static struct buf value;
static struct detail detail;
static uint8_t file_bytes[FILE_BYTES_MAX];

static void setup(void)
{
	buf_init(&value, 10000);
}

static void teardown(void)
{
	buf_fini(&value);
}

static void put_number(struct store_batch *batch, enum store_family family, uint64_t key,
                       uint64_t number)
{
	uint8_t bytes[200] = { 0 };
	uint8_t key_bytes[24] = { 7 };

	bytes_write_u64(key_bytes + 16, key);
	bytes_write_u64(bytes, number);
	store_batch_put(batch, family, bytes_of(key_bytes, sizeof(key_bytes)),
	                bytes_of(bytes, sizeof(bytes)));
}

/* Commits one batch: key 0 of every family and a key of its own have its number. */
static enum status commit_number(struct store_batch *batch, uint64_t number,
                                 enum store_durability durability)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		put_number(batch, families[i], 0, number);
		put_number(batch, families[i], number, number);
	}
	return store_batch_commit(batch, durability);
}

static void commit_all(void)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	for (uint64_t number = 1; number <= BATCHES; number++) {
		ck_assert_int_eq(commit_number(batch, number, STORE_UNSYNCED), STATUS_OK);
	}
	store_batch_end(batch);
}

/* Reads a number back. STATUS_OK with what was once written there, or another status. */
static enum status get_number(struct store_view *view, enum store_family family, uint64_t key,
                              uint64_t *number)
{
	uint8_t key_bytes[24] = { 7 };

	bytes_write_u64(key_bytes + 16, key);
	enum status status =
	        store_get(view, &value, family, bytes_of(key_bytes, sizeof(key_bytes)));
	if (status == STATUS_OK) {
		ck_assert_uint_eq(value.size, 200);
		*number = bytes_read_u64(value.data);
	}
	return status;
}

/* Every family stands at the same batch, whose predecessors are all there. Returns that batch. */
static uint64_t ck_assert_one_moment(void)
{
	struct store_view *view = store_view_begin(stores_store);
	uint64_t last = 0;

	for (size_t i = 0; i < FAMILIES; i++) {
		uint64_t number = 0;
		enum status status = get_number(view, families[i], 0, &number);

		ck_assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
		ck_assert(i == 0 || number == last);
		last = number;
	}
	for (uint64_t key = 1; key <= BATCHES + 1; key++) {
		for (size_t i = 0; i < FAMILIES; i++) {
			uint64_t number = 0;
			enum status status = get_number(view, families[i], key, &number);

			ck_assert_int_eq(status, key <= last ? STATUS_OK : STATUS_NOT_FOUND);
			ck_assert(status != STATUS_OK || number == key);
		}
	}
	store_view_end(view);
	return last;
}

/* The nth file of the store with this ending; false when there are fewer. */
static bool nth_file(char path[PATH_BYTES], const char *ending, int nth)
{
	DIR *folder = opendir(stores_path);
	const struct dirent *entry;
	bool found = false;

	ck_assert_ptr_nonnull(folder);
	while (!found && (entry = readdir(folder)) != NULL) {
		size_t size = strlen(entry->d_name);

		if (size > strlen(ending) &&
		    strcmp(entry->d_name + size - strlen(ending), ending) == 0 && nth-- == 0) {
			(void)snprintf(path, PATH_BYTES, "%s/%s", stores_path, entry->d_name);
			found = true;
		}
	}
	(void)closedir(folder);
	return found;
}

static enum status open_again(void)
{
	const struct store_options options = { .create = false };
	enum status status = store_rocksdb_open(&stores_store, stores_path, &options, &detail);

	if (status != STATUS_OK) {
		stores_store = NULL;
	}
	return status;
}

static void close_store(void)
{
	store_close(stores_store);
	stores_store = NULL;
}

START_TEST(a_flipped_byte_in_the_log_gives_an_earlier_moment) /* loop test: where */
{
	char path[PATH_BYTES];
	size_t size = 0;

	commit_all();
	close_store();
	for (int nth = 0; size == 0 && nth_file(path, ".log", nth); nth++) {
		size = folder_read(path, file_bytes, sizeof(file_bytes));
	}
	ck_assert_uint_gt(size, 0);
	file_bytes[size * (size_t)_i / (size_t)places] ^= 0x10;
	folder_write(path, file_bytes, size);
	if (open_again() == STATUS_OK) {
		ck_assert_uint_le(ck_assert_one_moment(), BATCHES);
	} else {
		ck_assert_str_ne(detail.text, "");
	}
}
END_TEST

START_TEST(a_log_cut_short_gives_an_earlier_moment) /* loop test: where */
{
	char path[PATH_BYTES];
	size_t size = 0;

	commit_all();
	close_store();
	for (int nth = 0; size == 0 && nth_file(path, ".log", nth); nth++) {
		size = folder_read(path, file_bytes, sizeof(file_bytes));
	}
	folder_write(path, file_bytes, size * (size_t)_i / (size_t)places);
	ck_assert_int_eq(open_again(), STATUS_OK);
	ck_assert_uint_le(ck_assert_one_moment(), BATCHES);
}
END_TEST

/* Reads everything and counts what failed; an answer given must be the one written. */
static size_t count_failures(void)
{
	struct store_view *view = store_view_begin(stores_store);
	size_t failures = 0;

	for (size_t i = 0; i < FAMILIES; i++) {
		for (uint64_t key = 0; key <= BATCHES; key++) {
			uint64_t number = 0;
			enum status status = get_number(view, families[i], key, &number);

			ck_assert(status == STATUS_OK || status_is_fatal(status));
			ck_assert(status != STATUS_OK || number == (key == 0 ? BATCHES : key));
			failures += status != STATUS_OK;
		}
	}
	store_view_end(view);
	return failures;
}

/* A scan that meets damage ends with an error, not as if there were nothing more. */
static size_t count_broken_scans(void)
{
	struct store_view *view = store_view_begin(stores_store);
	size_t broken = 0;

	for (size_t i = 0; i < FAMILIES; i++) {
		struct store_cursor *cursor =
		        store_cursor_open(view, families[i], bytes_of("\7", 1), bytes_of("", 0));
		size_t count = 0;

		for (; store_cursor_valid(cursor); store_cursor_next(cursor)) {
			count++;
		}
		if (store_cursor_status(cursor) == STATUS_OK) {
			ck_assert_uint_eq(count, BATCHES + 1);
		} else {
			ck_assert(status_is_fatal(store_cursor_status(cursor)));
			broken++;
		}
		store_cursor_close(cursor);
	}
	store_view_end(view);
	return broken;
}

START_TEST(a_flipped_byte_in_a_table_is_an_error_or_makes_no_difference) /* loop test: where */
{
	char path[PATH_BYTES];
	char copy[FOLDER_PATH_MAX + 10];

	commit_all();
	/* Making a copy writes the tables out. */
	(void)snprintf(copy, sizeof(copy), "%.*s.copy", FOLDER_PATH_MAX - 1, stores_path);
	ck_assert_int_eq(store_checkpoint(stores_store, copy, &detail), STATUS_OK);
	close_store();
	int tables = 0;
	for (; nth_file(path, ".sst", tables); tables++) {
		size_t size = folder_read(path, file_bytes, sizeof(file_bytes));

		file_bytes[size * (size_t)_i / (size_t)places] ^= 0x10;
		folder_write(path, file_bytes, size);
	}
	ck_assert_int_ge(tables, (int)FAMILIES);
	if (open_again() != STATUS_OK) {
		ck_assert_str_ne(detail.text, "");
		return;
	}
	size_t failures = count_failures() + count_broken_scans();
	ck_assert((failures > 0) == (strcmp(store_fault(stores_store), "") != 0));
}
END_TEST

/* From now on no file of this process grows beyond `bytes`: the disk is full. */
static void limit_files(rlim_t bytes)
{
	const struct rlimit limit = { .rlim_cur = bytes, .rlim_max = RLIM_INFINITY };

	(void)signal(SIGXFSZ, SIG_IGN); /* so that the write fails instead */
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

START_TEST(a_full_disk_fails_the_commit_and_loses_none_before) /* loop test: size */
{
	struct store_batch *batch = store_batch_begin(stores_store);
	enum status status = STATUS_OK;
	uint64_t number = 0;

	limit_files(4096 + 24576 / (rlim_t)sizes * (rlim_t)_i);
	while (status == STATUS_OK) {
		number++;
		ck_assert_uint_lt(number, BATCHES);
		status = commit_number(batch, number, STORE_SYNCED);
	}
	ck_assert_int_eq(status, STATUS_IO);
	ck_assert_str_ne(store_fault(stores_store), "");
	store_batch_end(batch);
	close_store();
	limit_files(RLIM_INFINITY);
	ck_assert_int_eq(open_again(), STATUS_OK);
	/* The one that failed may have come through whole. */
	uint64_t last = ck_assert_one_moment();
	ck_assert(last == number - 1 || last == number);
}
END_TEST

int main(void)
{
	places = effort(10, 64);
	sizes = effort(12, 64);
	Suite *suite = suite_create("store_damage");
	TCase *tcase = tcase_create("store_damage");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, stores_setup_rocksdb, stores_teardown_rocksdb);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_flipped_byte_in_the_log_gives_an_earlier_moment, 0, places);
	tcase_add_loop_test(tcase, a_log_cut_short_gives_an_earlier_moment, 0, places);
	tcase_add_loop_test(tcase, a_flipped_byte_in_a_table_is_an_error_or_makes_no_difference, 0,
	                    places);
	tcase_add_loop_test(tcase, a_full_disk_fails_the_commit_and_loses_none_before, 0, sizes);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
