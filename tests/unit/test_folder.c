/* Goal: folders and copies are what they must be, and each way to fail is told.
 * Method: make, list, hash, copy, remove; stand in the way of each.
 */
#include "ledger/base/crypto.h"
#include "node/folder.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static char copy[FOLDER_PATH_MAX];
static struct detail detail;
static struct hash hash;
static uint64_t size;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	folder_new(&folder);
	folder_file(path, &folder, "file");
	folder_file(copy, &folder, "copy");
}

static void teardown(void)
{
	folder_remove(&folder);
}

START_TEST(a_path_is_whole_or_empty)
{
	char out[PATH_MAX];
	char name[PATH_MAX];

	folder_path(out, "node", "store");
	ck_assert_str_eq(out, "node/store");
	memset(name, 'n', sizeof(name));
	name[PATH_MAX - 3] = '\0';
	folder_path(out, "f", name);
	ck_assert_uint_eq(strlen(out), PATH_MAX - 1);
	name[PATH_MAX - 3] = 'n';
	name[PATH_MAX - 2] = '\0';
	folder_path(out, "f", name);
	ck_assert_str_eq(out, "");
}
END_TEST

START_TEST(a_folder_is_made_for_its_owner_alone_and_may_be_there)
{
	struct stat made;

	ck_assert_int_eq(folder_make(copy, &detail), STATUS_OK);
	ck_assert_int_eq(folder_make(copy, &detail), STATUS_OK);
	ck_assert_int_eq(stat(copy, &made), 0);
	ck_assert_uint_eq(made.st_mode & 0777U, 0700);
	ck_assert_int_eq(folder_sync(copy, &detail), STATUS_OK);
	ck_assert_int_eq(folder_sync(path, &detail), STATUS_IO);
	ck_assert_int_eq(folder_make("/proc/none/here", &detail), STATUS_IO);
}
END_TEST

static enum status count_name(void *context, const char *name)
{
	unsigned *count = context;

	(*count)++;
	return strcmp(name, "stop") == 0 ? STATUS_EXISTS : STATUS_OK;
}

START_TEST(names_are_listed_but_hidden_ones)
{
	char hidden[FOLDER_PATH_MAX];
	unsigned count = 0;

	folder_file(hidden, &folder, ".hidden");
	folder_write(hidden, "x", 1);
	folder_write(path, "x", 1);
	folder_write(copy, "x", 1);
	ck_assert_int_eq(folder_list(folder.path, count_name, &count, &detail), STATUS_OK);
	ck_assert_uint_eq(count, 2);
	folder_file(path, &folder, "stop");
	folder_write(path, "x", 1);
	ck_assert_int_eq(folder_list(folder.path, count_name, &count, &detail), STATUS_EXISTS);
	ck_assert_int_eq(folder_list(hidden, count_name, &count, &detail), STATUS_IO);
	folder_file(hidden, &folder, "none");
	ck_assert_int_eq(folder_list(hidden, count_name, &count, &detail), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_flat_folder_is_removed_and_another_is_not)
{
	char inner[FOLDER_PATH_MAX];
	char *inside = inner;

	ck_assert_int_eq(folder_remove_flat(copy, &detail), STATUS_OK);
	ck_assert_int_eq(folder_make(copy, &detail), STATUS_OK);
	folder_file(inner, &folder, "copy/a");
	folder_write(inner, "x", 1);
	ck_assert_int_eq(folder_remove_flat(copy, &detail), STATUS_OK);
	ck_assert_int_eq(access(copy, F_OK), -1);
	ck_assert_int_eq(folder_make(copy, &detail), STATUS_OK);
	ck_assert_int_eq(folder_make(inside, &detail), STATUS_OK);
	ck_assert_int_eq(folder_remove_flat(copy, &detail), STATUS_IO);
}
END_TEST

static void count_bytes(void *context, uint64_t bytes)
{
	uint64_t *sum = context;

	*sum += bytes;
}

START_TEST(a_hash_is_that_of_all_bytes)
{
	const struct hash wanted = crypto_sha256(bytes_of_string("abc"));
	uint64_t sum = 0;

	folder_write(path, "abc", 3);
	ck_assert_int_eq(folder_hash(&hash, &size, path, count_bytes, &sum, &detail), STATUS_OK);
	ck_assert(hash_equal(&hash, &wanted));
	ck_assert_uint_eq(size, 3);
	ck_assert_uint_eq(sum, 3);
	ck_assert_int_eq(folder_hash(&hash, &size, copy, NULL, NULL, &detail), STATUS_NOT_FOUND);
	ck_assert_int_eq(folder_hash(&hash, &size, folder.path, NULL, NULL, &detail), STATUS_IO);
}
END_TEST

START_TEST(a_copy_has_the_hash_or_is_not_there)
{
	const struct hash right = crypto_sha256(bytes_of_string("abc"));
	const struct hash wrong = { { 1 } };

	folder_write(path, "abc", 3);
	ck_assert_int_eq(folder_copy(path, copy, &wrong, NULL, NULL, &detail), STATUS_CORRUPT);
	ck_assert_int_eq(access(copy, F_OK), -1);
	ck_assert_int_eq(folder_copy(path, copy, &right, NULL, NULL, &detail), STATUS_OK);
	ck_assert_int_eq(folder_copy(path, copy, &right, NULL, NULL, &detail), STATUS_EXISTS);
	ck_assert_int_eq(folder_hash(&hash, &size, copy, NULL, NULL, &detail), STATUS_OK);
	ck_assert(hash_equal(&hash, &right));
	ck_assert_int_eq(folder_copy("/proc/none", copy, &right, NULL, NULL, &detail),
	                 STATUS_NOT_FOUND);
	ck_assert_int_eq(folder_copy(path, "/proc/none/copy", &right, NULL, NULL, &detail),
	                 STATUS_IO);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("folder");
	TCase *tcase = tcase_create("folder");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_path_is_whole_or_empty);
	tcase_add_test(tcase, a_folder_is_made_for_its_owner_alone_and_may_be_there);
	tcase_add_test(tcase, names_are_listed_but_hidden_ones);
	tcase_add_test(tcase, a_flat_folder_is_removed_and_another_is_not);
	tcase_add_test(tcase, a_hash_is_that_of_all_bytes);
	tcase_add_test(tcase, a_copy_has_the_hash_or_is_not_there);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
