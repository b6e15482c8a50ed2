/* Goal: a durable file is the old one or the new one, and each way to fail is told.
 * Method: write, replace, read back; stand in the way of each step. */
#include "node/durable_file.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static char path_new[FOLDER_PATH_MAX];
static struct buf contents;
static struct detail detail;

static void setup(void)
{
	folder_new(&folder);
	folder_file(path, &folder, "file");
	folder_file(path_new, &folder, "file.new");
	buf_init(&contents, 10000);
}

static void teardown(void)
{
	buf_fini(&contents);
	folder_remove(&folder);
}

static void ck_assert_contents(const char *text)
{
	ck_assert_int_eq(durable_file_read(path, &contents, &detail), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&contents), bytes_of_string(text)));
}

START_TEST(what_was_written_is_read_and_replaced)
{
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("one"), &detail), STATUS_OK);
	ck_assert_contents("one");
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("two, longer"), &detail),
	                 STATUS_OK);
	ck_assert_contents("two, longer");
	ck_assert_int_eq(durable_file_write(path, bytes_of("", 0), &detail), STATUS_OK);
	ck_assert_contents("");
	ck_assert_int_eq(access(path_new, F_OK), -1);
}
END_TEST

START_TEST(a_rest_of_an_interrupted_write_is_replaced)
{
	folder_write(path, "old", 3);
	folder_write(path_new, "half a new o", 12);
	ck_assert_contents("old");
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("new"), &detail), STATUS_OK);
	ck_assert_contents("new");
}
END_TEST

START_TEST(a_file_longer_than_one_read_comes_back_whole)
{
	uint8_t bytes[10000];

	for (size_t i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (uint8_t)(i * 7);
	}
	ck_assert_int_eq(durable_file_write(path, bytes_of(bytes, sizeof(bytes)), &detail),
	                 STATUS_OK);
	ck_assert_int_eq(durable_file_read(path, &contents, &detail), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&contents), bytes_of(bytes, sizeof(bytes))));
}
END_TEST

START_TEST(a_file_beyond_the_maximum_is_refused)
{
	struct buf small;

	buf_init(&small, 4);
	folder_write(path, "12345", 5);
	ck_assert_int_eq(durable_file_read(path, &small, &detail), STATUS_NO_MEMORY);
	folder_write(path, "1234", 4);
	ck_assert_int_eq(durable_file_read(path, &small, &detail), STATUS_OK);
	buf_fini(&small);
}
END_TEST

START_TEST(a_missing_file_is_not_found)
{
	ck_assert_int_eq(durable_file_read(path, &contents, &detail), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(what_stands_in_the_way_is_an_io_error)
{
	ck_assert_int_eq(mkdir(path, 0700), 0);
	ck_assert_int_eq(durable_file_read(path, &contents, &detail), STATUS_IO);
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("x"), &detail), STATUS_IO);
	ck_assert_int_eq(unlink(path_new), 0);
	ck_assert_int_eq(mkdir(path_new, 0700), 0);
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("x"), &detail), STATUS_IO);
	folder_file(path, &folder, "none/file");
	ck_assert_int_eq(durable_file_write(path, bytes_of_string("x"), &detail), STATUS_IO);
}
END_TEST

START_TEST(a_path_too_long_is_an_io_error)
{
	char long_path[5000];

	memset(long_path, 'a', sizeof(long_path));
	long_path[sizeof(long_path) - 1] = 0;
	ck_assert_int_eq(durable_file_write(long_path, bytes_of_string("x"), &detail), STATUS_IO);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("durable_file");
	TCase *tcase = tcase_create("durable_file");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, what_was_written_is_read_and_replaced);
	tcase_add_test(tcase, a_rest_of_an_interrupted_write_is_replaced);
	tcase_add_test(tcase, a_file_longer_than_one_read_comes_back_whole);
	tcase_add_test(tcase, a_file_beyond_the_maximum_is_refused);
	tcase_add_test(tcase, a_missing_file_is_not_found);
	tcase_add_test(tcase, what_stands_in_the_way_is_an_io_error);
	tcase_add_test(tcase, a_path_too_long_is_an_io_error);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
