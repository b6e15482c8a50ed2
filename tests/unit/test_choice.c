/* Goal: the one that works is asked, one that fails is left alone longer each time, and never for
 * ever.
 * Method: every state of two and three upstreams, over a clock in the test.
 */
#include "node/choice.h"

#include <check.h>
#include <stdlib.h>

#define MS INT64_C(1000000)

static struct choice choice;
static int64_t at;

START_TEST(the_first_is_asked_first_and_again)
{
	choice_init(&choice, 3, 1);
	ck_assert(choice_pick(&choice, 0, &at));
	ck_assert_uint_eq(choice.current, 0);
	choice_worked(&choice, 0);
	ck_assert(choice_pick(&choice, MS, &at));
	ck_assert_uint_eq(choice.current, 0);
}
END_TEST

START_TEST(after_a_failure_the_next_is_asked)
{
	choice_init(&choice, 3, 1);
	choice_failed(&choice, 0, 0);
	ck_assert(choice_pick(&choice, 0, &at));
	ck_assert_uint_eq(choice.current, 1);
	choice_failed(&choice, 1, 0);
	ck_assert(choice_pick(&choice, 0, &at));
	ck_assert_uint_eq(choice.current, 2);
}
END_TEST

START_TEST(when_all_fail_it_says_when_one_may_be_asked)
{
	choice_init(&choice, 2, 1);
	choice_failed(&choice, 0, 0);
	choice_failed(&choice, 1, 0);
	ck_assert(!choice_pick(&choice, 0, &at));
	ck_assert_int_gt(at, 0);
	ck_assert_int_le(at, CHOICE_AGAIN_MS * MS);
	ck_assert(choice_pick(&choice, at, &at));
}
END_TEST

/* How long one is left alone after `failures` in a row. */
static int64_t pause_after(unsigned failures, uint64_t seed)
{
	choice_init(&choice, 1, seed);
	for (unsigned i = 0; i < failures; i++) {
		choice_failed(&choice, 0, 0);
	}
	ck_assert(!choice_is_open(&choice, 0, 0));
	ck_assert(!choice_pick(&choice, 0, &at));
	ck_assert(choice_is_open(&choice, 0, at));
	return at;
}

START_TEST(the_pause_doubles_up_to_its_bound_and_never_beyond)
{
	for (unsigned failures = 1; failures < 100; failures++) {
		int64_t longest = CHOICE_AGAIN_MS;

		for (unsigned i = 1; i < failures && longest < CHOICE_AGAIN_MAX_MS; i++) {
			longest *= 2;
		}
		longest = longest > CHOICE_AGAIN_MAX_MS ? CHOICE_AGAIN_MAX_MS : longest;
		int64_t pause = pause_after(failures, failures);

		ck_assert_int_le(pause, longest * MS);
		ck_assert_int_ge(pause, longest * MS / 2);
	}
}
END_TEST

START_TEST(success_forgets_failures)
{
	choice_init(&choice, 1, 3);
	for (unsigned i = 0; i < 10; i++) {
		choice_failed(&choice, 0, 0);
	}
	choice_worked(&choice, 0);
	ck_assert(choice_is_open(&choice, 0, 0));
	choice_failed(&choice, 0, 0);
	ck_assert(!choice_pick(&choice, 0, &at));
	ck_assert_int_le(at, CHOICE_AGAIN_MS * MS);
}
END_TEST

START_TEST(nodes_do_not_come_back_at_once)
{
	ck_assert_int_ne(pause_after(5, 1), pause_after(5, 2));
	ck_assert_int_eq(pause_after(5, 1), pause_after(5, 1));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("choice");
	TCase *tcase = tcase_create("choice");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, the_first_is_asked_first_and_again);
	tcase_add_test(tcase, after_a_failure_the_next_is_asked);
	tcase_add_test(tcase, when_all_fail_it_says_when_one_may_be_asked);
	tcase_add_test(tcase, the_pause_doubles_up_to_its_bound_and_never_beyond);
	tcase_add_test(tcase, success_forgets_failures);
	tcase_add_test(tcase, nodes_do_not_come_back_at_once);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
