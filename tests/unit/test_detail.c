/* Goal: a detail holds the path and the sentence, cut at their ends, never beyond.
 * Method: texts around the two limits, and guards behind the struct. */
#include "ledger/base/detail.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct {
	struct detail detail;
	char guard[64];
} kept;

static void setup(void)
{
	memset(&kept, '#', sizeof(kept));
}

static void ck_assert_guarded(void)
{
	for (size_t i = 0; i < sizeof(kept.guard); i++) {
		ck_assert_int_eq(kept.guard[i], '#');
	}
}

START_TEST(path_and_sentence_are_kept)
{
	detail_set(&kept.detail, "content.birth.sex", "is %d, at most %s", 7, "3");
	ck_assert_str_eq(kept.detail.path, "content.birth.sex");
	ck_assert_str_eq(kept.detail.text, "is 7, at most 3");
}
END_TEST

START_TEST(the_last_one_set_replaces_the_one_before)
{
	detail_set(&kept.detail, "a long path", "a long sentence");
	detail_set(&kept.detail, "", "%s", "");
	ck_assert_str_eq(kept.detail.path, "");
	ck_assert_str_eq(kept.detail.text, "");
}
END_TEST

START_TEST(nowhere_to_write_is_allowed)
{
	detail_set(NULL, "path", "%d", 1);
}
END_TEST

START_TEST(a_path_is_cut_at_its_end) /* loop test: bytes around the limit */
{
	char path[DETAIL_PATH_MAX + 2] = { 0 };
	size_t length = (size_t)_i;

	memset(path, 'p', length);
	detail_set(&kept.detail, path, "text");
	ck_assert_uint_eq(strlen(kept.detail.path),
	                  length < DETAIL_PATH_MAX ? length : DETAIL_PATH_MAX - 1);
	ck_assert_str_eq(kept.detail.text, "text");
	ck_assert_guarded();
}
END_TEST

START_TEST(a_sentence_is_cut_at_its_end) /* loop test: bytes around the limit */
{
	char text[DETAIL_TEXT_MAX + 2] = { 0 };
	size_t length = (size_t)_i;

	memset(text, 't', length);
	detail_set(&kept.detail, "path", "%s", text);
	ck_assert_uint_eq(strlen(kept.detail.text),
	                  length < DETAIL_TEXT_MAX ? length : DETAIL_TEXT_MAX - 1);
	ck_assert_str_eq(kept.detail.path, "path");
	ck_assert_guarded();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("detail");
	TCase *tcase = tcase_create("detail");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, path_and_sentence_are_kept);
	tcase_add_test(tcase, the_last_one_set_replaces_the_one_before);
	tcase_add_test(tcase, nowhere_to_write_is_allowed);
	tcase_add_loop_test(tcase, a_path_is_cut_at_its_end, DETAIL_PATH_MAX - 2,
	                    DETAIL_PATH_MAX + 2);
	tcase_add_loop_test(tcase, a_sentence_is_cut_at_its_end, DETAIL_TEXT_MAX - 2,
	                    DETAIL_TEXT_MAX + 2);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
