/* Civil dates as day numbers, intervals of days, and three-valued answers about them.
 *
 * A day is an int32 count from 1970-01-01 in the proleptic Gregorian calendar; a leap year is one
 * that 4 divides and 100 does not, or that 400 divides. The register knows the years 1850 to 2199:
 * who is alive was born later than the first, and no document lasts beyond the last. Text is
 * ISO 8601's YYYY-MM-DD.
 *
 * A date that is known in part is the interval [earliest, latest] of its possible days. A question
 * is answered YES when it holds for every choice of days, NO when for none, else UNKNOWN; because
 * each question grows or falls with each day, the bounds alone decide (catalogue, section G):
 *
 *     question             YES                           NO
 *     a before b           L(a) < E(b)                   E(a) >= L(b)
 *     a not after b        L(a) <= E(b)                  E(a) > L(b)
 *     a same as b          both exact and equal          they do not meet
 *     b - a >= n days      E(b) - L(a) >= n              L(b) - E(a) < n
 *     age on d >= n        years(L(birth), E(d)) >= n    years(E(birth), L(d)) < n
 *     a within [x, y]      x <= E(a) and L(a) <= y       L(a) < x or E(a) > y
 *
 * The days are taken for independent: asked about a marriage against itself, "before" may be
 * UNKNOWN. Values combine by Kleene's logic.
 *
 * Invariants: earliest <= latest, which whoever makes an interval has checked.
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

/* Day number of a date whose month is 1 to 12 (asserted), and back. Years outside of the register's
 * are computed too, for sums that lead there; they are right from the year 1 on. */
int32_t date_to_day(struct civil_date date);
struct civil_date date_of_day(int32_t day);

/* Days of a month (1 to 12, asserted): 28 to 31. */
int32_t date_month_length(int32_t year, int32_t month);

/* Reads "2026-03-01" of a valid date exactly; false, with `*day` untouched, for anything else.
 * Writes the same form with a NUL. */
bool date_parse(int32_t *day, const char *text);
void date_print(char out[DATE_TEXT_BYTES], int32_t day);

/* Day in Phnom Penh (UTC+7, no summer time) of an instant in milliseconds since 1970-01-01 UTC. An
 * instant beyond all calendars gives a day far outside of them, never an overflow. */
int32_t date_of_instant(int64_t instant_ms);

/* The first instant of a day in Phnom Penh. */
int64_t date_instant_of(int32_t day);

/* Minute of the day in Phnom Penh, 0 to 1439. */
int32_t date_minute_of_instant(int64_t instant_ms);

/* Full years from `birth` to `day` (negative when day lies before). Someone born on 29 February has
 * a birthday on 1 March in common years.. */
int32_t date_years(int32_t birth, int32_t day);

/* The same day of the month `months` later (or earlier, when negative, within the years above); the
 * last day of the month where that is shorter. "At most six months" is
 * until <= date_add_months(from, 6). */
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

/* The questions of the table above. `days` and `years` may be negative. */
enum ternary interval_before(struct interval a, struct interval b);    /* a < b */
enum ternary interval_not_after(struct interval a, struct interval b); /* a <= b */
enum ternary interval_same(struct interval a, struct interval b);      /* a = b */
enum ternary interval_days_at_least(struct interval a, struct interval b, int32_t days);
enum ternary interval_age_at_least(struct interval birth, struct interval day, int32_t years);
enum ternary interval_within(struct interval a, struct interval range); /* a in [x, y] */

#endif
