#include "ledger/base/date.h"

#include "ledger/base/assert.h"

#include <stdio.h>

enum { MINUTES_PER_DAY = 1440, MS_PER_MINUTE = 60000, PHNOM_PENH_MINUTES = 7 * 60 };

static bool is_leap(int32_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int32_t date_month_length(int32_t year, int32_t month)
{
	static const int32_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	ASSERT(month >= 1 && month <= 12);
	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

bool date_is_valid(struct civil_date date)
{
	return date.year >= DATE_YEAR_MIN && date.year <= DATE_YEAR_MAX && date.month >= 1 &&
	       date.month <= 12 && date.day >= 1 &&
	       date.day <= date_month_length(date.year, date.month);
}

/* Days from 0000-03-01 to the first day of a year that begins in March: leap days fall on its end,
 * so a month's offset does not depend on the year. */
static int32_t days_to_march_year(int32_t year)
{
	return 365 * year + year / 4 - year / 100 + year / 400;
}

enum { DAYS_TO_1970 = 719468 }; /* from 0000-03-01 to 1970-01-01 */

int32_t date_to_day(struct civil_date date)
{
	ASSERT(date.month >= 1 && date.month <= 12);
	int32_t month = (date.month + 9) % 12; /* March is 0 */
	int32_t year = month >= 10 ? date.year - 1 : date.year;

	return days_to_march_year(year) + (153 * month + 2) / 5 + date.day - 1 - DAYS_TO_1970;
}

struct civil_date date_of_day(int32_t day)
{
	int32_t since = day + DAYS_TO_1970;
	int32_t year = (int32_t)(((int64_t)since * 400) / 146097);

	while (days_to_march_year(year) > since) {
		year--;
	}
	while (days_to_march_year(year + 1) <= since) {
		year++;
	}
	int32_t rest = since - days_to_march_year(year);
	int32_t month = (5 * rest + 2) / 153;
	struct civil_date date = {
		.year = month >= 10 ? year + 1 : year,
		.month = (month + 2) % 12 + 1,
		.day = rest - (153 * month + 2) / 5 + 1,
	};
	return date;
}

/* Value of `count` decimal digits, or -1. */
static int32_t digits(const char *text, int count)
{
	int32_t value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return -1;
		}
		value = 10 * value + (text[i] - '0');
	}
	return value;
}

bool date_parse(int32_t *day, const char *text)
{
	for (int i = 0; i < DATE_TEXT_BYTES - 1; i++) {
		if (text[i] == '\0') {
			return false;
		}
	}
	if (text[4] != '-' || text[7] != '-' || text[10] != '\0') {
		return false;
	}
	struct civil_date date = {
		.year = digits(text, 4),
		.month = digits(text + 5, 2),
		.day = digits(text + 8, 2),
	};
	if (!date_is_valid(date)) {
		return false;
	}
	*day = date_to_day(date);
	return true;
}

void date_print(char out[DATE_TEXT_BYTES], int32_t day)
{
	struct civil_date date = date_of_day(day);

	(void)snprintf(out, DATE_TEXT_BYTES, "%04u-%02u-%02u", (unsigned)date.year % 10000u,
	               (unsigned)date.month % 100u, (unsigned)date.day % 100u);
}

/* Minutes since 1970-01-01 00:00 in Phnom Penh, rounded down. */
static int64_t phnom_penh_minutes(int64_t instant_ms)
{
	int64_t minutes = instant_ms / MS_PER_MINUTE;

	if (instant_ms % MS_PER_MINUTE < 0) {
		minutes--;
	}
	return minutes + PHNOM_PENH_MINUTES;
}

int32_t date_of_instant(int64_t instant_ms)
{
	int64_t minutes = phnom_penh_minutes(instant_ms);
	int64_t day = minutes / MINUTES_PER_DAY - (minutes % MINUTES_PER_DAY < 0 ? 1 : 0);

	if (day < INT32_MIN / 2) {
		return INT32_MIN / 2; /* far outside of the calendar either way */
	}
	return day > INT32_MAX / 2 ? INT32_MAX / 2 : (int32_t)day;
}

int64_t date_instant_of(int32_t day)
{
	return (day * (int64_t)MINUTES_PER_DAY - PHNOM_PENH_MINUTES) * MS_PER_MINUTE;
}

int32_t date_minute_of_instant(int64_t instant_ms)
{
	int64_t minute = phnom_penh_minutes(instant_ms) % MINUTES_PER_DAY;

	return (int32_t)(minute < 0 ? minute + MINUTES_PER_DAY : minute);
}

int32_t date_years(int32_t birth, int32_t day)
{
	struct civil_date from = date_of_day(birth);
	struct civil_date to = date_of_day(day);
	int32_t years = to.year - from.year;
	bool birthday_reached =
	        to.month > from.month || (to.month == from.month && to.day >= from.day);

	return birthday_reached ? years : years - 1;
}

int32_t date_add_months(int32_t day, int32_t months)
{
	struct civil_date date = date_of_day(day);
	int32_t month = date.year * 12 + date.month - 1 + months;

	date.year = month / 12;
	date.month = month % 12 + 1;
	if (date.day > date_month_length(date.year, date.month)) {
		date.day = date_month_length(date.year, date.month);
	}
	return date_to_day(date);
}

enum ternary ternary_and(enum ternary a, enum ternary b)
{
	return a < b ? a : b;
}

enum ternary ternary_or(enum ternary a, enum ternary b)
{
	return a > b ? a : b;
}

enum ternary ternary_not(enum ternary a)
{
	return (enum ternary)(TERNARY_YES - a);
}

/* YES when `yes`, NO when `no`, UNKNOWN when neither; both never hold. */
static enum ternary decide(bool yes, bool no)
{
	ASSERT(!(yes && no));
	if (yes) {
		return TERNARY_YES;
	}
	return no ? TERNARY_NO : TERNARY_UNKNOWN;
}

enum ternary interval_before(struct interval a, struct interval b)
{
	return decide(a.latest < b.earliest, a.earliest >= b.latest);
}

enum ternary interval_not_after(struct interval a, struct interval b)
{
	return decide(a.latest <= b.earliest, a.earliest > b.latest);
}

enum ternary interval_same(struct interval a, struct interval b)
{
	bool apart = a.latest < b.earliest || b.latest < a.earliest;
	bool same = interval_is_exact(a) && interval_is_exact(b) && a.earliest == b.earliest;

	return decide(same, apart);
}

enum ternary interval_days_at_least(struct interval a, struct interval b, int32_t days)
{
	int64_t least = (int64_t)b.earliest - a.latest;
	int64_t most = (int64_t)b.latest - a.earliest;

	return decide(least >= days, most < days);
}

enum ternary interval_age_at_least(struct interval birth, struct interval day, int32_t years)
{
	return decide(date_years(birth.latest, day.earliest) >= years,
	              date_years(birth.earliest, day.latest) < years);
}

enum ternary interval_within(struct interval a, struct interval range)
{
	return decide(range.earliest <= a.earliest && a.latest <= range.latest,
	              a.latest < range.earliest || range.latest < a.earliest);
}
