/* Goal: the store on disk opens only what is a store of ours, says why not, and its copies open.
 * Method: each state a folder can be in, made with the store itself or with RocksDB directly. */
#include "tests/support/stores.h"

#include <check.h>
#include <rocksdb/c.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct store *store;
static struct store *second;
static struct detail detail;
static struct buf value;

static const struct store_options creating = { .create = true };
static const struct store_options opening = { .create = false };
static const struct store_options reading = { .read_only = true };

static void setup(void)
{
	folder_new(&folder);
	folder_file(path, &folder, "store");
	buf_init(&value, 1000);
	store = NULL;
	second = NULL;
}

static void teardown(void)
{
	store_close(second);
	store_close(store);
	buf_fini(&value);
	folder_remove(&folder);
}

static enum status open_with(struct store **out, const struct store_options *options)
{
	return store_rocksdb_open(out, path, options, &detail);
}

static void create(void)
{
	ck_assert_int_eq(open_with(&store, &creating), STATUS_OK);
}

static void put(const char *key, const char *text)
{
	struct store_batch *batch = store_batch_begin(store);

	store_batch_put(batch, STORE_META, bytes_of_string(key), bytes_of_string(text));
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	store_batch_end(batch);
}

static void ck_assert_value(struct store *in, const char *key, const char *text)
{
	struct store_view *view = store_view_begin(in);
	enum status status = store_get(view, &value, STORE_META, bytes_of_string(key));

	ck_assert_int_eq(status, text == NULL ? STATUS_NOT_FOUND : STATUS_OK);
	ck_assert(text == NULL || bytes_equal(buf_bytes(&value), bytes_of_string(text)));
	store_view_end(view);
}

START_TEST(a_missing_or_empty_folder_does_not_become_a_store_by_opening)
{
	ck_assert_int_eq(open_with(&store, &opening), STATUS_NOT_FOUND);
	ck_assert_int_eq(open_with(&store, &reading), STATUS_NOT_FOUND);
	ck_assert_int_eq(access(path, F_OK), -1);
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_NOT_FOUND);
	ck_assert_ptr_null(store);
	ck_assert_int_eq(rmdir(path), 0); /* still empty */
}
END_TEST

START_TEST(a_store_is_created_in_an_empty_folder_and_once)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	create();
	put("k", "v");
	store_close(store);
	store = NULL;
	ck_assert_int_eq(open_with(&store, &creating), STATUS_EXISTS);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_OK);
	ck_assert_value(store, "k", "v");
}
END_TEST

START_TEST(a_folder_with_other_files_is_left_alone)
{
	char file[FOLDER_PATH_MAX + 10];

	ck_assert_int_eq(mkdir(path, 0700), 0);
	(void)snprintf(file, sizeof(file), "%s/letter", path);
	folder_write(file, "x", 1);
	ck_assert_int_eq(open_with(&store, &creating), STATUS_EXISTS);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_NOT_FOUND);
	ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(rmdir(path), 0);
}
END_TEST

START_TEST(a_file_in_place_of_the_folder_is_an_io_error)
{
	folder_write(path, "x", 1);
	ck_assert_int_eq(open_with(&store, &creating), STATUS_IO);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_IO);
	ck_assert_str_ne(detail.text, "");
}
END_TEST

START_TEST(a_second_writer_is_told_that_the_folder_is_taken)
{
	create();
	ck_assert_int_eq(open_with(&second, &opening), STATUS_BUSY);
	ck_assert_ptr_nonnull(strstr(detail.text, "another process"));
	ck_assert_ptr_null(second);
}
END_TEST

START_TEST(a_reader_opens_beside_the_writer_and_sees_that_moment)
{
	create();
	put("k", "before");
	ck_assert_int_eq(open_with(&second, &reading), STATUS_OK);
	put("k", "after");
	ck_assert_value(second, "k", "before");
	ck_assert_value(store, "k", "after");
	folder_file(path, &folder, "copy");
	ck_assert_int_eq(store_checkpoint(second, path, &detail), STATUS_UNSUPPORTED);
}
END_TEST

/* Makes a database of RocksDB's with the families given besides "default". */
static void make_foreign(const char *const names[], int count)
{
	rocksdb_options_t *options = rocksdb_options_create();
	char *error = NULL;
	rocksdb_t *db;

	rocksdb_options_set_create_if_missing(options, 1);
	db = rocksdb_open(options, path, &error);
	ck_assert_ptr_null(error);
	for (int i = 0; i < count; i++) {
		rocksdb_column_family_handle_t *family =
		        rocksdb_create_column_family(db, options, names[i], &error);

		ck_assert_ptr_null(error);
		rocksdb_column_family_handle_destroy(family);
	}
	rocksdb_close(db);
	rocksdb_options_destroy(options);
}

START_TEST(a_store_of_another_program_is_unsupported)
{
	make_foreign(NULL, 0);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_UNSUPPORTED);
	ck_assert_ptr_nonnull(strstr(detail.text, "lacks the family"));
}
END_TEST

START_TEST(a_store_with_a_family_too_many_or_too_few_is_unsupported) /* loop test */
{
	const char *names[STORE_FAMILIES + 1];

	for (int i = 0; i < STORE_FAMILIES; i++) {
		names[i] = store_family_name((enum store_family)i);
	}
	names[STORE_FAMILIES] = "of_next_year";
	make_foreign(names, (int)STORE_FAMILIES - 1 + _i);
	ck_assert_int_eq(open_with(&store, &opening), _i == 1 ? STATUS_OK : STATUS_UNSUPPORTED);
}
END_TEST

START_TEST(a_damaged_manifest_is_refused_with_the_engines_words)
{
	char file[FOLDER_PATH_MAX + 40];
	char name[40] = { 0 };
	uint8_t bytes[10000];

	create();
	store_close(store);
	store = NULL;
	(void)snprintf(file, sizeof(file), "%s/CURRENT", path);
	size_t size = folder_read(file, name, sizeof(name) - 1);
	name[size - 1] = 0; /* its line feed */
	(void)snprintf(file, sizeof(file), "%s/%.20s", path, name);
	size = folder_read(file, bytes, sizeof(bytes));
	bytes[size / 2] ^= 1;
	folder_write(file, bytes, size);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_CORRUPT);
	ck_assert_ptr_nonnull(strstr(detail.text, "Corruption"));
	ck_assert_int_eq(unlink(file), 0);
	ck_assert_int_eq(open_with(&store, &opening), STATUS_IO);
	ck_assert_str_ne(detail.text, "");
}
END_TEST

START_TEST(a_copy_opens_and_holds_what_was_committed)
{
	create();
	put("k", "v");
	folder_file(path, &folder, "copy");
	ck_assert_int_eq(store_checkpoint(store, path, &detail), STATUS_OK);
	put("k", "later");
	ck_assert_int_eq(store_checkpoint(store, path, &detail), STATUS_EXISTS);
	ck_assert_int_eq(open_with(&second, &opening), STATUS_OK);
	ck_assert_value(second, "k", "v");
	ck_assert_value(store, "k", "later");
}
END_TEST

START_TEST(a_copy_that_cannot_be_made_is_an_io_error_and_harms_nothing)
{
	create();
	folder_file(path, &folder, "no/such/folder");
	ck_assert_int_eq(store_checkpoint(store, path, &detail), STATUS_IO);
	ck_assert_str_eq(store_fault(store), "");
	put("k", "v");
	ck_assert_value(store, "k", "v");
}
END_TEST

START_TEST(figures_of_the_engine_are_read_by_name)
{
	uint64_t figure = 99;

	create();
	ck_assert(store_property(store, STORE_META, "rocksdb.background-errors", &figure));
	ck_assert_uint_eq(figure, 0);
	ck_assert(!store_property(store, STORE_META, "rocksdb.no-such-figure", &figure));
	ck_assert(!store_property(store, STORE_META, "nonsense", &figure));
}
END_TEST

START_TEST(closing_with_a_view_open_is_a_fault_of_ours)
{
	create();
	(void)store_view_begin(store);
	store_close(store); /* aborts */
}
END_TEST

START_TEST(writing_under_an_open_cursor_is_a_fault_of_ours)
{
	create();
	struct store_batch *batch = store_batch_begin(store);

	(void)store_cursor_open(store_batch_view(batch), STORE_META, bytes_of("", 0),
	                        bytes_of("", 0));
	store_batch_delete(batch, STORE_META, bytes_of_string("k")); /* aborts */
}
END_TEST

static void add_faults(TCase *tcase)
{
	tcase_add_test_raise_signal(tcase, closing_with_a_view_open_is_a_fault_of_ours, 6);
	tcase_add_test_raise_signal(tcase, writing_under_an_open_cursor_is_a_fault_of_ours, 6);
}

int main(void)
{
	Suite *suite = suite_create("store_rocksdb");
	TCase *tcase = tcase_create("store_rocksdb");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_missing_or_empty_folder_does_not_become_a_store_by_opening);
	tcase_add_test(tcase, a_store_is_created_in_an_empty_folder_and_once);
	tcase_add_test(tcase, a_folder_with_other_files_is_left_alone);
	tcase_add_test(tcase, a_file_in_place_of_the_folder_is_an_io_error);
	tcase_add_test(tcase, a_second_writer_is_told_that_the_folder_is_taken);
	tcase_add_test(tcase, a_reader_opens_beside_the_writer_and_sees_that_moment);
	tcase_add_test(tcase, a_store_of_another_program_is_unsupported);
	tcase_add_loop_test(tcase, a_store_with_a_family_too_many_or_too_few_is_unsupported, 0, 3);
	tcase_add_test(tcase, a_damaged_manifest_is_refused_with_the_engines_words);
	tcase_add_test(tcase, a_copy_opens_and_holds_what_was_committed);
	tcase_add_test(tcase, a_copy_that_cannot_be_made_is_an_io_error_and_harms_nothing);
	tcase_add_test(tcase, figures_of_the_engine_are_read_by_name);
	add_faults(tcase);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
