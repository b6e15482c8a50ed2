/* Goal: a node restored from a backup never goes behind, or beside, what others saw signed.
 * Method: each position against what was seen; files that are no checkpoint.
 */
#include "node/seen.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct detail detail;
static struct tree_head seen;
static const struct hash right = { { 1 } };
static const struct hash wrong = { { 2 } };

static void setup(void)
{
	folder_new(&folder);
	folder_file(path, &folder, "seen");
	seen = (struct tree_head){ .size = 10, .root = right };
}

static void teardown(void)
{
	folder_remove(&folder);
}

static enum status give_root(void *context, struct hash *root, uint64_t size)
{
	const struct hash *given = context;

	ck_assert_uint_eq(size, seen.size);
	if (given == NULL) {
		return STATUS_IO;
	}
	*root = *given;
	return STATUS_OK;
}

static enum status check(uint64_t size, bool follows, const struct hash *root)
{
	struct hash given = root == NULL ? (struct hash){ { 0 } } : *root;

	return seen_check(&seen, size, follows, give_root, root == NULL ? NULL : &given, &detail);
}

START_TEST(as_many_records_or_more_with_the_same_root_are_well)
{
	ck_assert_int_eq(check(10, false, &right), STATUS_OK);
	ck_assert_int_eq(check(11, false, &right), STATUS_OK);
	ck_assert_int_eq(check(11, true, &right), STATUS_OK);
}
END_TEST

START_TEST(fewer_records_are_well_only_where_the_rest_will_come)
{
	ck_assert_int_eq(check(9, true, &wrong), STATUS_OK);
	ck_assert_int_eq(check(9, false, &right), STATUS_OUT_OF_RANGE);
	ck_assert_ptr_nonnull(strstr(detail.text, "10 records"));
	ck_assert_ptr_nonnull(strstr(detail.text, "with 9"));
}
END_TEST

START_TEST(other_records_are_a_divergence)
{
	ck_assert_int_eq(check(10, false, &wrong), STATUS_DIVERGED);
	ck_assert_int_eq(check(11, true, &wrong), STATUS_DIVERGED);
}
END_TEST

START_TEST(what_the_root_gives_comes_through)
{
	ck_assert_int_eq(check(10, false, NULL), STATUS_IO);
}
END_TEST

START_TEST(a_checkpoint_is_read)
{
	static const char note[] = "civil.example/log\n3\n"
	                           "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n"
	                           "\xe2\x80\x94 civil.example/log AAAAAAAA\n";
	struct tree_head head;

	folder_write(path, note, sizeof(note) - 1);
	ck_assert_int_eq(seen_read(&head, path, &detail), STATUS_OK);
	ck_assert_uint_eq(head.size, 3);
	ck_assert(hash_equal(&head.root, &right));
}
END_TEST

START_TEST(no_file_and_no_checkpoint_are_told_apart)
{
	char large[CHECKPOINT_NOTE_MAX + 1];
	struct tree_head head;

	ck_assert_int_eq(seen_read(&head, path, &detail), STATUS_NOT_FOUND);
	folder_write(path, "", 0);
	ck_assert_int_eq(seen_read(&head, path, &detail), STATUS_CORRUPT);
	folder_write(path, "3\n", 2);
	ck_assert_int_eq(seen_read(&head, path, &detail), STATUS_CORRUPT);
	memset(large, 'a', sizeof(large));
	folder_write(path, large, sizeof(large));
	ck_assert_int_eq(seen_read(&head, path, &detail), STATUS_CORRUPT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("seen");
	TCase *tcase = tcase_create("seen");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, as_many_records_or_more_with_the_same_root_are_well);
	tcase_add_test(tcase, fewer_records_are_well_only_where_the_rest_will_come);
	tcase_add_test(tcase, other_records_are_a_divergence);
	tcase_add_test(tcase, what_the_root_gives_comes_through);
	tcase_add_test(tcase, a_checkpoint_is_read);
	tcase_add_test(tcase, no_file_and_no_checkpoint_are_told_apart);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
