/* Goal: a partial date means exactly the days of the table in partial_date.h, and any other
 * combination of fields is no date.
 * Method: one row per precision and edge with its interval and its text; every field that does not
 * belong put into every precision; invalid days. */
#include "ledger/event/partial_date.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define PRECISION(name) CIVIL__V1__DATE_PRECISION__DATE_PRECISION_##name

static Civil__V1__Date first;
static Civil__V1__Date last;

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
	return date_to_day((struct civil_date){ .year = year, .month = month, .day = day });
}

static Civil__V1__Date date_of(int32_t year, int32_t month, int32_t day)
{
	Civil__V1__Date date;

	civil__v1__date__init(&date);
	date.year = year;
	date.month = month;
	date.day = day;
	return date;
}

static Civil__V1__PartialDate partial_of(Civil__V1__DatePrecision precision, int32_t year,
                                         int32_t month, int32_t day)
{
	Civil__V1__PartialDate date;

	civil__v1__partial_date__init(&date);
	date.precision = precision;
	date.year = year;
	date.month = month;
	date.day = day;
	if (precision == PRECISION(RANGE)) {
		date.not_before = &first;
		date.not_after = &last;
	}
	return date;
}

static void setup(void)
{
	first = date_of(1967, 3, 11);
	last = date_of(1968, 3, 10);
}

/* What a date means and how it reads; the range is that of setup. */
static const struct {
	Civil__V1__DatePrecision precision;
	int32_t date[3];
	int32_t earliest[3];
	int32_t latest[3];
	const char *text;
} rows[] = {
	{ PRECISION(DAY), { 2020, 2, 29 }, { 2020, 2, 29 }, { 2020, 2, 29 }, "2020-02-29" },
	{ PRECISION(DAY), { 1850, 1, 1 }, { 1850, 1, 1 }, { 1850, 1, 1 }, "1850-01-01" },
	{ PRECISION(DAY), { 2199, 12, 31 }, { 2199, 12, 31 }, { 2199, 12, 31 }, "2199-12-31" },
	{ PRECISION(MONTH), { 2020, 2, 0 }, { 2020, 2, 1 }, { 2020, 2, 29 }, "2020-02" },
	{ PRECISION(MONTH), { 1900, 2, 0 }, { 1900, 2, 1 }, { 1900, 2, 28 }, "1900-02" },
	{ PRECISION(MONTH), { 2199, 12, 0 }, { 2199, 12, 1 }, { 2199, 12, 31 }, "2199-12" },
	{ PRECISION(YEAR), { 1968, 0, 0 }, { 1968, 1, 1 }, { 1968, 12, 31 }, "1968" },
	{ PRECISION(DECADE), { 1960, 0, 0 }, { 1960, 1, 1 }, { 1969, 12, 31 }, "1960s" },
	{ PRECISION(DECADE), { 2190, 0, 0 }, { 2190, 1, 1 }, { 2199, 12, 31 }, "2190s" },
	{ PRECISION(RANGE),
	  { 0, 0, 0 },
	  { 1967, 3, 11 },
	  { 1968, 3, 10 },
	  "1967-03-11 to 1968-03-10" },
	{ PRECISION(UNKNOWN), { 0, 0, 0 }, { 1850, 1, 1 }, { 1990, 5, 6 }, "unknown" },
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

START_TEST(each_precision_means_its_days_and_prints_as_known) /* loop test, rows */
{
	const int32_t *date = rows[_i].date;
	const int32_t *from = rows[_i].earliest;
	const int32_t *to = rows[_i].latest;
	const Civil__V1__PartialDate partial =
	        partial_of(rows[_i].precision, date[0], date[1], date[2]);
	struct interval days;
	char text[PARTIAL_DATE_TEXT_MAX];

	ck_assert_ptr_null(partial_date_fault(&partial));
	ck_assert(partial_date_interval(&days, &partial, day_of(1990, 5, 6)));
	ck_assert_int_eq(days.earliest, day_of(from[0], from[1], from[2]));
	ck_assert_int_eq(days.latest, day_of(to[0], to[1], to[2]));
	partial_date_print(text, &partial);
	ck_assert_str_eq(text, rows[_i].text);
}
END_TEST

static void ck_assert_no_date(Civil__V1__PartialDate partial)
{
	struct interval days = { .earliest = 7, .latest = 7 };
	char text[PARTIAL_DATE_TEXT_MAX];

	ck_assert_ptr_nonnull(partial_date_fault(&partial));
	ck_assert(!partial_date_interval(&days, &partial, 0));
	ck_assert_int_eq(days.earliest, 7);
	partial_date_print(text, &partial);
	ck_assert_str_eq(text, "invalid");
}

START_TEST(a_field_that_does_not_belong_or_is_missing_spoils_the_date) /* loop test, rows */
{
	const int32_t *date = rows[_i].date;
	const Civil__V1__PartialDate good =
	        partial_of(rows[_i].precision, date[0], date[1], date[2]);
	Civil__V1__PartialDate bad = good;

	bad.year = good.year == 0 ? 1990 : 0;
	ck_assert_no_date(bad);
	bad = good;
	bad.month = good.month == 0 ? 1 : 0;
	ck_assert_no_date(bad);
	bad = good;
	bad.day = good.day == 0 ? 1 : 0;
	ck_assert_no_date(bad);
	bad = good;
	bad.not_before = good.not_before == NULL ? &first : NULL;
	ck_assert_no_date(bad);
	bad = good;
	bad.not_after = good.not_after == NULL ? &last : NULL;
	ck_assert_no_date(bad);
	bad = good;
	bad.precision = PRECISION(UNSPECIFIED);
	ck_assert_no_date(bad);
}
END_TEST

START_TEST(days_that_no_calendar_has_are_refused)
{
	ck_assert_no_date(partial_of(PRECISION(DAY), 2021, 2, 29));
	ck_assert_no_date(partial_of(PRECISION(DAY), 2021, 4, 31));
	ck_assert_no_date(partial_of(PRECISION(DAY), 2021, 13, 1));
	ck_assert_no_date(partial_of(PRECISION(DAY), 2021, -1, 1));
	ck_assert_no_date(partial_of(PRECISION(DAY), 2021, 1, -1));
	ck_assert_no_date(partial_of(PRECISION(DAY), 1849, 12, 31));
	ck_assert_no_date(partial_of(PRECISION(DAY), 2200, 1, 1));
	ck_assert_no_date(partial_of(PRECISION(MONTH), 2021, 13, 0));
	ck_assert_no_date(partial_of(PRECISION(YEAR), 1849, 0, 0));
	ck_assert_no_date(partial_of(PRECISION(YEAR), INT32_MAX, 0, 0));
	ck_assert_no_date(partial_of(PRECISION(YEAR), INT32_MIN, 0, 0));
	ck_assert_no_date(partial_of(PRECISION(DECADE), 1965, 0, 0));
	ck_assert_no_date(partial_of(PRECISION(DECADE), 2200, 0, 0));
}
END_TEST

START_TEST(a_range_may_be_one_day_and_never_less)
{
	struct interval days;

	last = first;
	const Civil__V1__PartialDate range = partial_of(PRECISION(RANGE), 0, 0, 0);
	ck_assert(partial_date_interval(&days, &range, 0));
	ck_assert(interval_is_exact(days));
	last.day--;
	ck_assert_no_date(partial_of(PRECISION(RANGE), 0, 0, 0));
	last = date_of(1968, 2, 30);
	ck_assert_no_date(partial_of(PRECISION(RANGE), 0, 0, 0));
	first = date_of(1968, 2, 30);
	ck_assert_no_date(partial_of(PRECISION(RANGE), 0, 0, 0));
}
END_TEST

START_TEST(an_unknown_date_declared_before_all_days_is_the_first_day)
{
	const Civil__V1__PartialDate unknown = partial_of(PRECISION(UNKNOWN), 0, 0, 0);
	struct interval days;

	ck_assert(partial_date_interval(&days, &unknown, INT32_MIN));
	ck_assert_int_eq(days.earliest, day_of(1850, 1, 1));
	ck_assert(interval_is_exact(days));
}
END_TEST

START_TEST(an_exact_date_becomes_its_day_and_back)
{
	Civil__V1__Date date = date_of(2024, 2, 29);
	Civil__V1__Date again;
	int32_t day = 5;

	ck_assert(partial_date_day(&day, &date));
	ck_assert_int_eq(day, day_of(2024, 2, 29));
	partial_date_of_day(&again, day);
	ck_assert_int_eq(again.year, 2024);
	ck_assert_int_eq(again.month, 2);
	ck_assert_int_eq(again.day, 29);

	date.year = 2023;
	day = 5;
	ck_assert(!partial_date_day(&day, &date));
	ck_assert(!partial_date_day(&day, NULL));
	ck_assert_int_eq(day, 5);
}
END_TEST

START_TEST(no_message_is_no_date)
{
	struct interval days;

	ck_assert(!partial_date_interval(&days, NULL, 0));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("partial_date");
	TCase *tcase = tcase_create("partial_date");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_loop_test(tcase, each_precision_means_its_days_and_prints_as_known, 0, ROWS);
	tcase_add_loop_test(tcase, a_field_that_does_not_belong_or_is_missing_spoils_the_date, 0,
	                    ROWS);
	tcase_add_test(tcase, days_that_no_calendar_has_are_refused);
	tcase_add_test(tcase, a_range_may_be_one_day_and_never_less);
	tcase_add_test(tcase, an_unknown_date_declared_before_all_days_is_the_first_day);
	tcase_add_test(tcase, an_exact_date_becomes_its_day_and_back);
	tcase_add_test(tcase, no_message_is_no_date);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
