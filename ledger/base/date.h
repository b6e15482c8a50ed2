/* Civil dates as day numbers, intervals of days, and three-valued answers about them.
 *
 * A day is an int32 count from 1970-01-01, proleptic Gregorian, years 1850 to 2199. A date that is
 * known in part is the interval [earliest, latest] of its possible days. Questions about intervals
 * follow the catalogue, section G, and Kleene logic.
 * Thread: pure functions. Memory: values. */
#ifndef LEDGER_BASE_DATE_H
#define LEDGER_BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DATE_YEAR_MIN = 1850, DATE_YEAR_MAX = 2199, DATE_TEXT_BYTES = 11 };

/* NO < UNKNOWN < YES, so AND is the minimum and OR the maximum. */
enum ternary { TERNARY_NO = 0, TERNARY_UNKNOWN = 1, TERNARY_YES = 2 };

struct interval {
	int32_t earliest;
	int32_t latest; /* >= earliest */
};

struct civil_date {
	int32_t year;
	int32_t month; /* 1 to 12 */
	int32_t day;   /* 1 to 31 */
};

/* True for a real day of years 1850 to 2199. */
bool date_is_valid(struct civil_date date);

/* Day number of a valid date (asserted), and back. */
int32_t date_to_day(struct civil_date date);
struct civil_date date_of_day(int32_t day);

/* Days of a month: 28 to 31. */
int32_t date_month_length(int32_t year, int32_t month);

/* Reads "2026-03-01" exactly; false for anything else. Writes the same form with a NUL. */
bool date_parse(int32_t *day, const char *text);
void date_print(char out[DATE_TEXT_BYTES], int32_t day);

/* Day in Phnom Penh (UTC+7, no summer time) of an instant in milliseconds since 1970-01-01 UTC. */
int32_t date_of_instant(int64_t instant_ms);

/* Minute of that day, 0 to 1439. */
int32_t date_minute_of_instant(int64_t instant_ms);

/* Full years from `birth` to `day` (negative when day lies before). Someone born on 29 February has
 * a birthday on 1 March in common years. */
int32_t date_years(int32_t birth, int32_t day);

/* The same day of the month `months` later; the last day of the month where that is shorter. */
int32_t date_add_months(int32_t day, int32_t months);

static inline struct interval interval_of_day(int32_t day)
{
	return (struct interval){ .earliest = day, .latest = day };
}

static inline bool interval_is_exact(struct interval a)
{
	return a.earliest == a.latest;
}

static inline enum ternary ternary_of(bool value)
{
	return value ? TERNARY_YES : TERNARY_NO;
}

enum ternary ternary_and(enum ternary a, enum ternary b);
enum ternary ternary_or(enum ternary a, enum ternary b);
enum ternary ternary_not(enum ternary a);

/* The questions of section G; the table gives YES and NO, everything else is UNKNOWN. */
enum ternary interval_before(struct interval a, struct interval b);    /* a < b */
enum ternary interval_not_after(struct interval a, struct interval b); /* a <= b */
enum ternary interval_same(struct interval a, struct interval b);      /* a = b */
enum ternary interval_days_at_least(struct interval a, struct interval b, int32_t days);
enum ternary interval_age_at_least(struct interval birth, struct interval day, int32_t years);
enum ternary interval_within(struct interval a, struct interval range); /* a in [x, y] */

#endif
