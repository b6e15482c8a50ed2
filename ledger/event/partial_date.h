/* Dates as far as they are known: the messages Date and PartialDate as day numbers.
 *
 *     precision   fields that must be there     interval [earliest, latest] of days
 *     day         year, month, day              [that day, that day]
 *     month       year, month                   first to last day of the month
 *     year        year                          1 January to 31 December
 *     decade      year, ends in 0               1 January of it to 31 December nine years later
 *     range       not_before <= not_after       [not_before, not_after]
 *     unknown     none                          [1850-01-01, day of declaration]
 * Fields that do not belong to the precision must be absent. Source: catalogue of events, section
 * G. Days, intervals and their three-valued comparison: ledger/base/date.h.
 *
 * Thread: any. Memory: none. */
#ifndef LEDGER_EVENT_PARTIAL_DATE_H
#define LEDGER_EVENT_PARTIAL_DATE_H

#include "ledger/base/date.h"

#include "civil/v1/common.pb-c.h"

/* Longest text of partial_date_print, with its NUL: "2000-01-01 to 2000-12-31". */
enum { PARTIAL_DATE_TEXT_MAX = 32 };

/* Day number of a civil date. False, with `out` untouched, when `date` is NULL, no day of the
 * calendar, or outside the years of date.h. */
bool partial_date_day(int32_t *out, const Civil__V1__Date *date);

/* Days that the date may mean; an unknown date ends on `declared_day`, or is the one first day when
 * that lies before it. False, with `out` untouched, when `date` is NULL or malformed. */
bool partial_date_interval(struct interval *out, const Civil__V1__PartialDate *date,
                           int32_t declared_day);

/* NULL when the date is well formed, else what is wrong with it, such as "month is missing"; for
 * people, static text. Depends on the message alone: an unknown date is well formed. */
const char *partial_date_fault(const Civil__V1__PartialDate *date);

/* Fills the message of an exact day. The day must lie in the years of date.h. */
void partial_date_of_day(Civil__V1__Date *out, int32_t day);

/* Prints as known, never more: "1968-03-10", "1968-03", "1968", "1960s", "1967-03-11 to
 * 1968-03-10", "unknown"; "invalid" for a malformed date. `out` ends with NUL. */
void partial_date_print(char out[PARTIAL_DATE_TEXT_MAX], const Civil__V1__PartialDate *date);

#endif
