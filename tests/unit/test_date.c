/* Goal: days, dates, months and years are those of the calendar, and only dates are read as dates.
 * Method: a naive calendar walks through four centuries day by day beside ours, and judges every
 * text one character off; years are compared with birthdays counted one by one. Questions about
 * intervals: test_date_interval.c. */
#include "ledger/base/date.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MAX = 128000 };

/* All dates of the calendar as texts, in order. */
static char texts[DAYS_MAX][DATE_TEXT_BYTES];
static size_t texts_count;

static bool naive_is_leap(int32_t year)
{
	if (year % 400 == 0) {
		return true;
	}
	return year % 100 == 0 ? false : year % 4 == 0;
}

static struct civil_date naive_next(struct civil_date date)
{
	static const int32_t lengths[] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int32_t length = date.month == 2 && naive_is_leap(date.year) ? 29 : lengths[date.month];

	if (date.day < length) {
		date.day++;
	} else if (date.month < 12) {
		date.day = 1;
		date.month++;
	} else {
		date = (struct civil_date){ .year = date.year + 1, .month = 1, .day = 1 };
	}
	return date;
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

START_TEST(every_day_of_four_centuries_is_the_one_after_the_day_before)
{
	struct civil_date date = { .year = 1800, .month = 1, .day = 1 };
	int32_t day = -62091; /* 170 years of 365 days and 41 leap days before 1970-01-01 */

	uint32_t wrong = 0; /* one assertion for many: Check writes to a pipe at each */

	while (date.year < 2250) {
		struct civil_date ours = date_of_day(day);

		wrong += date_to_day(date) != day;
		wrong += ours.year != date.year || ours.month != date.month || ours.day != date.day;
		date = naive_next(date);
		day++;
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_int_eq(day_of(1970, 1, 1), 0);
}
END_TEST

START_TEST(the_calendar_runs_from_1850_to_2199)
{
	static const struct civil_date valid[] = {
		{ 1850, 1, 1 }, { 2199, 12, 31 }, { 2000, 2, 29 }, { 2024, 2, 29 }, { 1900, 2, 28 }
	};
	static const struct civil_date invalid[] = {
		{ 1849, 12, 31 },       { 2200, 1, 1 },  { 1900, 2, 29 }, { 2100, 2, 29 },
		{ 2023, 2, 29 },        { 2024, 2, 30 }, { 2024, 4, 31 }, { 2024, 0, 1 },
		{ 2024, 13, 1 },        { 2024, 1, 0 },  { 2024, 1, 32 }, { 2024, 1, -1 },
		{ 2024, -1, 1 },        { -2024, 1, 1 }, { 0, 0, 0 },     { INT32_MAX, 1, 1 },
		{ 2024, INT32_MAX, 1 },
	};

	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++) {
		ck_assert(date_is_valid(valid[i]));
	}
	for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++) {
		ck_assert(!date_is_valid(invalid[i]));
	}
}
END_TEST

START_TEST(a_printed_date_is_read_as_the_same_day)
{
	char text[DATE_TEXT_BYTES];
	int32_t day = 0;

	uint32_t wrong = 0;

	for (int32_t i = day_of(1850, 1, 1); i <= day_of(2199, 12, 31); i++) {
		date_print(text, i);
		wrong += !date_parse(&day, text) || day != i;
	}
	ck_assert_uint_eq(wrong, 0);
	date_print(text, day_of(2026, 3, 1));
	ck_assert_str_eq(text, "2026-03-01");
}
END_TEST

static void write_texts(void)
{
	struct civil_date date = { .year = 1850, .month = 1, .day = 1 };

	for (; date.year < 2200; date = naive_next(date)) {
		char text[64];

		(void)snprintf(text, sizeof(text), "%d-%02d-%02d", date.year, date.month, date.day);
		ck_assert_uint_lt(texts_count, DAYS_MAX);
		memcpy(texts[texts_count], text, DATE_TEXT_BYTES);
		texts_count++;
	}
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_date(const char *text)
{
	return bsearch(text, texts, texts_count, sizeof(texts[0]), compare_texts) != NULL;
}

START_TEST(any_other_character_makes_no_date_or_another) /* loop test over the places */
{
	static const char *const models[] = { "2024-02-29", "1999-12-31" };

	for (size_t model = 0; model < 2; model++) {
		for (int character = 1; character < 256; character++) {
			char text[DATE_TEXT_BYTES];
			int32_t day = 77;

			memcpy(text, models[model], sizeof(text));
			text[_i] = (char)character;
			bool accepted = date_parse(&day, text);
			ck_assert_int_eq(accepted, is_date(text));
			ck_assert(accepted || day == 77);
		}
	}
}
END_TEST

START_TEST(other_texts_are_no_dates) /* loop test */
{
	static const char *const wrong[] = {
		"",
		"2",
		"2024-02-2",
		"2024-02-290",
		"2024-02-29 ",
		" 2024-02-29",
		"20240229",
		"2024-2-29",
		"24-02-29",
		"+024-02-29",
		"2024/02/29",
		"2024-02-29T",
		"29-02-2024",
		"02024-02-29",
	};
	int32_t day = 77;

	ck_assert(!date_parse(&day, wrong[_i]));
	ck_assert_int_eq(day, 77);
}
END_TEST

START_TEST(a_day_in_phnom_penh_begins_at_seventeen_hours_utc)
{
	const int64_t hour_ms = 3600000;

	ck_assert_int_eq(date_of_instant(0), 0);
	ck_assert_int_eq(date_minute_of_instant(0), 7 * 60);
	ck_assert_int_eq(date_of_instant(17 * hour_ms - 1), 0);
	ck_assert_int_eq(date_minute_of_instant(17 * hour_ms - 1), 1439);
	ck_assert_int_eq(date_of_instant(17 * hour_ms), 1);
	ck_assert_int_eq(date_minute_of_instant(17 * hour_ms), 0);
	ck_assert_int_eq(date_of_instant(-7 * hour_ms), 0);
	ck_assert_int_eq(date_of_instant(-7 * hour_ms - 1), -1);
	ck_assert_int_eq(date_minute_of_instant(-7 * hour_ms - 1), 1439);
	ck_assert_int_eq(date_of_instant(1750000000000), day_of(2025, 6, 15));
	ck_assert_int_eq(date_minute_of_instant(1750000000000), 22 * 60 + 6);
	for (int32_t day = -800000; day < 800000; day += 9973) {
		ck_assert_int_eq(date_of_instant(date_instant_of(day)), day);
		ck_assert_int_eq(date_minute_of_instant(date_instant_of(day)), 0);
		ck_assert_int_eq(date_of_instant(date_instant_of(day) - 1), day - 1);
	}
}
END_TEST

START_TEST(any_instant_has_a_day_that_can_be_printed) /* loop test */
{
	static const int64_t instants[] = { INT64_MIN, INT64_MIN + 1, -1,
		                            1,         INT64_MAX - 1, INT64_MAX };
	char text[DATE_TEXT_BYTES];
	int32_t day = date_of_instant(instants[_i]);
	int32_t minute = date_minute_of_instant(instants[_i]);

	ck_assert((instants[_i] < 0) == (day < 0) || day == 0);
	ck_assert(minute >= 0 && minute < 1440);
	date_print(text, day);
	ck_assert_uint_eq(strlen(text), DATE_TEXT_BYTES - 1);
}
END_TEST

START_TEST(full_years_are_the_birthdays_that_have_come)
{
	static const int32_t first_years[] = { 1896, 1999, 2096 };

	for (size_t window = 0; window < 3; window++) {
		int32_t first = day_of(first_years[window], 2, 20);

		for (int32_t birth = first; birth < first + 380 * 5; birth += 3) {
			for (int32_t day = birth - 800; day < birth + 3000; day += 89) {
				ck_assert_int_eq(date_years(birth, day), naive_years(birth, day));
			}
		}
	}
}
END_TEST

START_TEST(a_leap_day_child_has_its_birthday_on_1_march_of_common_years)
{
	int32_t birth = day_of(2004, 2, 29);

	ck_assert_int_eq(date_years(birth, day_of(2022, 2, 28)), 17);
	ck_assert_int_eq(date_years(birth, day_of(2022, 3, 1)), 18);
	ck_assert_int_eq(date_years(birth, day_of(2024, 2, 28)), 19);
	ck_assert_int_eq(date_years(birth, day_of(2024, 2, 29)), 20);
	ck_assert_int_eq(date_years(birth, birth), 0);
	ck_assert_int_eq(date_years(birth, birth - 1), -1);
}
END_TEST

START_TEST(months_later_is_the_same_day_or_the_last_of_the_month)
{
	for (int32_t day = day_of(2023, 1, 1); day < day_of(2025, 1, 1); day++) {
		struct civil_date from = date_of_day(day);

		for (int32_t months = 0; months <= 26; months++) {
			struct civil_date to = date_of_day(date_add_months(day, months));
			int32_t whole = 12 * (to.year - from.year) + to.month - from.month;
			int32_t length = date_month_length(to.year, to.month);

			ck_assert_int_eq(whole, months);
			ck_assert_int_eq(to.day, from.day < length ? from.day : length);
		}
	}
	ck_assert_int_eq(date_add_months(day_of(2025, 8, 31), 6), day_of(2026, 2, 28));
	ck_assert_int_eq(date_add_months(day_of(2025, 12, 1), 1), day_of(2026, 1, 1));
	ck_assert_int_eq(date_add_months(day_of(2026, 3, 31), -1), day_of(2026, 2, 28));
}
END_TEST

START_TEST(a_month_has_the_days_until_the_next)
{
	for (int32_t year = 1890; year < 2110; year++) {
		for (int32_t month = 1; month <= 12; month++) {
			int32_t next =
			        month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);

			ck_assert_int_eq(date_month_length(year, month),
			                 next - day_of(year, month, 1));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("date");
	TCase *tcase = tcase_create("date");

	tcase_set_timeout(tcase, 60);
	tcase_add_unchecked_fixture(tcase, write_texts, NULL);
	tcase_add_test(tcase, every_day_of_four_centuries_is_the_one_after_the_day_before);
	tcase_add_test(tcase, the_calendar_runs_from_1850_to_2199);
	tcase_add_test(tcase, a_printed_date_is_read_as_the_same_day);
	tcase_add_loop_test(tcase, any_other_character_makes_no_date_or_another, 0,
	                    DATE_TEXT_BYTES - 1);
	tcase_add_loop_test(tcase, other_texts_are_no_dates, 0, 14);
	tcase_add_test(tcase, a_day_in_phnom_penh_begins_at_seventeen_hours_utc);
	tcase_add_loop_test(tcase, any_instant_has_a_day_that_can_be_printed, 0, 6);
	tcase_add_test(tcase, full_years_are_the_birthdays_that_have_come);
	tcase_add_test(tcase, a_leap_day_child_has_its_birthday_on_1_march_of_common_years);
	tcase_add_test(tcase, months_later_is_the_same_day_or_the_last_of_the_month);
	tcase_add_test(tcase, a_month_has_the_days_until_the_next);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
