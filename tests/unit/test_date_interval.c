/* Goal: a question about intervals is YES when it holds for every pair of possible days, NO when
 * for none, UNKNOWN otherwise, which is what the table of the catalogue says in bounds alone.
 * Method: every pair of intervals in a few windows (around a leap day, years apart) is asked, and
 * the days are enumerated; the three values are those of Kleene, by all their pairs. */
#include "ledger/base/date.h"

#include <check.h>
#include <stdlib.h>

enum { WINDOW_DAYS = 7 };

static bool naive_is_leap(int32_t year)
{
	if (year % 400 == 0) {
		return true;
	}
	return year % 100 == 0 ? false : year % 4 == 0;
}

/* Birthdays that have come, counted one by one; the counterpart before birth is negative. */
static int32_t naive_years(int32_t birth, int32_t day)
{
	struct civil_date born = date_of_day(birth);
	int32_t years = -10;

	for (;; years++) {
		struct civil_date birthday = born;

		birthday.year = born.year + years + 1;
		if (born.month == 2 && born.day == 29 && !naive_is_leap(birthday.year)) {
			birthday.month = 3;
			birthday.day = 1;
		}
		if (date_to_day(birthday) > day) {
			return years;
		}
	}
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
	return date_to_day((struct civil_date){ .year = year, .month = month, .day = day });
}

/* A question about two intervals, and the same about two days. */
struct question {
	enum ternary (*ask)(struct interval a, struct interval b, int32_t number);
	bool (*holds)(int32_t a, int32_t b, int32_t number);
};

static enum ternary ask_before(struct interval a, struct interval b, int32_t number)
{
	(void)number;
	return interval_before(a, b);
}

static bool is_before(int32_t a, int32_t b, int32_t number)
{
	(void)number;
	return a < b;
}

static enum ternary ask_not_after(struct interval a, struct interval b, int32_t number)
{
	(void)number;
	return interval_not_after(a, b);
}

static bool is_not_after(int32_t a, int32_t b, int32_t number)
{
	(void)number;
	return a <= b;
}

static enum ternary ask_same(struct interval a, struct interval b, int32_t number)
{
	(void)number;
	return interval_same(a, b);
}

static bool is_same(int32_t a, int32_t b, int32_t number)
{
	(void)number;
	return a == b;
}

static bool is_days_at_least(int32_t a, int32_t b, int32_t number)
{
	return b - a >= number;
}

static bool is_age_at_least(int32_t a, int32_t b, int32_t number)
{
	return naive_years(a, b) >= number;
}

static const struct question questions[] = {
	{ ask_before, is_before },
	{ ask_not_after, is_not_after },
	{ ask_same, is_same },
	{ interval_days_at_least, is_days_at_least },
	{ interval_age_at_least, is_age_at_least },
};
enum { QUESTIONS = 5, AGE = 4 };

static enum ternary enumerate(const struct question *question, struct interval a, struct interval b,
                              int32_t number)
{
	bool all = true;
	bool any = false;

	for (int32_t i = a.earliest; i <= a.latest; i++) {
		for (int32_t j = b.earliest; j <= b.latest; j++) {
			bool holds = question->holds(i, j, number);

			all = all && holds;
			any = any || holds;
		}
	}
	return all ? TERNARY_YES : any ? TERNARY_UNKNOWN : TERNARY_NO;
}

/* Asks about all intervals of two windows of days, with one number. */
static void ck_assert_as_enumerated(const struct question *question, int32_t first_a,
                                    int32_t first_b, int32_t number)
{
	for (int32_t i = 0; i < WINDOW_DAYS * WINDOW_DAYS; i++) {
		struct interval a = { first_a + i / WINDOW_DAYS, first_a + i % WINDOW_DAYS };

		if (a.earliest > a.latest) {
			continue;
		}
		for (int32_t j = 0; j < WINDOW_DAYS * WINDOW_DAYS; j++) {
			struct interval b = { first_b + j / WINDOW_DAYS,
				              first_b + j % WINDOW_DAYS };

			if (b.earliest <= b.latest) {
				ck_assert_int_eq(question->ask(a, b, number),
				                 enumerate(question, a, b, number));
			}
		}
	}
}

START_TEST(an_answer_is_that_of_all_pairs_of_days) /* loop test over the questions */
{
	int32_t leap = day_of(2000, 2, 26);

	for (int32_t apart = -8; apart <= 8; apart += 4) {
		for (int32_t number = -3; number <= 9; number += 3) {
			ck_assert_as_enumerated(&questions[_i], leap, leap + apart, number);
		}
	}
}
END_TEST

START_TEST(an_age_is_that_of_all_pairs_of_days_around_the_birthday) /* loop test, 0 .. 4 */
{
	/* Born around a leap day; asked around the birthday of common and leap years. */
	int32_t birth = day_of(2000, 2, 26);
	int32_t day = day_of(2016 + _i, 2, 26);

	for (int32_t years = 15 + _i; years <= 17 + _i; years++) {
		ck_assert_as_enumerated(&questions[AGE], birth, day, years);
	}
}
END_TEST

START_TEST(being_within_a_range_is_that_of_all_days)
{
	for (int32_t i = 0; i < 10000; i++) {
		struct interval a = { i / 1000, i / 100 % 10 };
		struct interval range = { i / 10 % 10, i % 10 };
		bool all = true;
		bool any = false;

		if (a.earliest > a.latest || range.earliest > range.latest) {
			continue;
		}
		for (int32_t day = a.earliest; day <= a.latest; day++) {
			bool holds = range.earliest <= day && day <= range.latest;

			all = all && holds;
			any = any || holds;
		}
		ck_assert_int_eq(interval_within(a, range), all   ? TERNARY_YES
		                                            : any ? TERNARY_UNKNOWN
		                                                  : TERNARY_NO);
	}
}
END_TEST

START_TEST(differences_beyond_32_bits_are_still_right)
{
	struct interval past = interval_of_day(INT32_MIN);
	struct interval future = interval_of_day(INT32_MAX);

	ck_assert_int_eq(interval_days_at_least(past, future, INT32_MAX), TERNARY_YES);
	ck_assert_int_eq(interval_days_at_least(future, past, INT32_MIN), TERNARY_NO);
}
END_TEST

START_TEST(an_exact_interval_is_one_day)
{
	struct interval two_days = { 4, 5 };

	ck_assert(interval_is_exact(interval_of_day(-7)));
	ck_assert_int_eq(interval_of_day(-7).earliest, -7);
	ck_assert(!interval_is_exact(two_days));
}
END_TEST

START_TEST(values_combine_as_kleene_says)
{
	enum { no = TERNARY_NO, unknown = TERNARY_UNKNOWN, yes = TERNARY_YES };
	static const int both[3][3] = { { no, no, no },
		                        { no, unknown, unknown },
		                        { no, unknown, yes } };
	static const int either[3][3] = { { no, unknown, yes },
		                          { unknown, unknown, yes },
		                          { yes, yes, yes } };

	ck_assert(no < unknown && unknown < yes);
	for (int a = 0; a < 3; a++) {
		for (int b = 0; b < 3; b++) {
			enum ternary x = (enum ternary)a;
			enum ternary y = (enum ternary)b;

			ck_assert_int_eq(ternary_and(x, y), both[a][b]);
			ck_assert_int_eq(ternary_or(x, y), either[a][b]);
			ck_assert_int_eq(ternary_not(ternary_and(x, y)),
			                 ternary_or(ternary_not(x), ternary_not(y)));
		}
	}
	ck_assert_int_eq(ternary_not(TERNARY_NO), TERNARY_YES);
	ck_assert_int_eq(ternary_not(TERNARY_UNKNOWN), TERNARY_UNKNOWN);
	ck_assert_int_eq(ternary_of(true), TERNARY_YES);
	ck_assert_int_eq(ternary_of(false), TERNARY_NO);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("date_interval");
	TCase *tcase = tcase_create("date_interval");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, an_answer_is_that_of_all_pairs_of_days, 0, QUESTIONS);
	tcase_add_loop_test(tcase, an_age_is_that_of_all_pairs_of_days_around_the_birthday, 0, 5);
	tcase_add_test(tcase, being_within_a_range_is_that_of_all_days);
	tcase_add_test(tcase, differences_beyond_32_bits_are_still_right);
	tcase_add_test(tcase, an_exact_interval_is_one_day);
	tcase_add_test(tcase, values_combine_as_kleene_says);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
