/* Goal: each piece of work is done once, whoever does it, and all are done when the call returns.
 * Method: many ranges, of every length around the number of threads; run under the thread
 * sanitizer.
 */
#include "node/crew.h"

#include <check.h>
#include <stdlib.h>

enum { PIECES = 1000, ROUNDS = 50 };

static unsigned done[PIECES];

static void mark(void *argument, size_t i)
{
	(void)argument;
	done[i]++;
}

static void ck_assert_each_done_once(struct crew *crew, size_t count)
{
	for (size_t i = 0; i < PIECES; i++) {
		done[i] = 0;
	}
	crew_each(crew, mark, NULL, count);
	for (size_t i = 0; i < PIECES; i++) {
		ck_assert_uint_eq(done[i], i < count ? 1 : 0);
	}
}

START_TEST(alone_all_is_done_in_order)
{
	ck_assert_each_done_once(NULL, PIECES);
	ck_assert_each_done_once(NULL, 0);
}
END_TEST

START_TEST(several_do_each_piece_once)
{
	static const size_t counts[] = { 0, 1, 2, 3, 4, 5, PIECES };

	for (unsigned workers = 1; workers <= 4; workers++) {
		struct crew *crew;

		ck_assert_int_eq(crew_start(&crew, workers), STATUS_OK);
		for (unsigned round = 0; round < ROUNDS; round++) {
			for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
				ck_assert_each_done_once(crew, counts[i]);
			}
		}
		crew_stop(crew);
	}
}
END_TEST

START_TEST(a_crew_that_never_worked_stops)
{
	struct crew *crew;

	ck_assert_int_eq(crew_start(&crew, 4), STATUS_OK);
	crew_stop(crew);
	crew_stop(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("crew");
	TCase *tcase = tcase_create("crew");

	tcase_add_test(tcase, alone_all_is_done_in_order);
	tcase_add_test(tcase, several_do_each_piece_once);
	tcase_add_test(tcase, a_crew_that_never_worked_stops);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
