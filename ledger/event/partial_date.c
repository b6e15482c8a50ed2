#include "ledger/event/partial_date.h"

#include "ledger/base/assert.h"

#include <stdio.h>

#define PRECISION(name) CIVIL__V1__DATE_PRECISION__DATE_PRECISION_##name

static bool day_of(int32_t *out, int32_t year, int32_t month, int32_t day)
{
	const struct civil_date date = { .year = year, .month = month, .day = day };

	if (!date_is_valid(date)) {
		return false;
	}
	*out = date_to_day(date);
	return true;
}

bool partial_date_day(int32_t *out, const Civil__V1__Date *date)
{
	return date != NULL && day_of(out, date->year, date->month, date->day);
}

/* Which fields a precision has. */
struct precision_fields {
	bool year;
	bool month;
	bool day;
	bool range;
};

static bool fields_of(struct precision_fields *out, Civil__V1__DatePrecision precision)
{
	switch (precision) {
	case PRECISION(DAY):
		*out = (struct precision_fields){ .year = true, .month = true, .day = true };
		return true;
	case PRECISION(MONTH):
		*out = (struct precision_fields){ .year = true, .month = true };
		return true;
	case PRECISION(YEAR):
	case PRECISION(DECADE):
		*out = (struct precision_fields){ .year = true };
		return true;
	case PRECISION(RANGE):
		*out = (struct precision_fields){ .range = true };
		return true;
	case PRECISION(UNKNOWN):
		*out = (struct precision_fields){ .year = false };
		return true;
	case PRECISION(UNSPECIFIED):
	case _CIVIL__V1__DATE_PRECISION_IS_INT_SIZE:
		break;
	}
	return false;
}

/* What is wrong with which fields are there; NULL when nothing is. */
static const char *presence_fault(const Civil__V1__PartialDate *date)
{
	struct precision_fields fields;

	if (!fields_of(&fields, date->precision)) {
		return "precision is missing";
	}
	if (fields.year != (date->year != 0)) {
		return fields.year ? "year is missing" : "year does not belong to the precision";
	}
	if (fields.month != (date->month != 0)) {
		return fields.month ? "month is missing" : "month does not belong to the precision";
	}
	if (fields.day != (date->day != 0)) {
		return fields.day ? "day is missing" : "day does not belong to the precision";
	}
	if (fields.range != (date->not_before != NULL)) {
		return fields.range ? "not_before is missing"
		                    : "not_before does not belong to the precision";
	}
	if (fields.range != (date->not_after != NULL)) {
		return fields.range ? "not_after is missing"
		                    : "not_after does not belong to the precision";
	}
	return NULL;
}

static const char *range_fault(const Civil__V1__PartialDate *date)
{
	int32_t first;
	int32_t last;

	if (!partial_date_day(&first, date->not_before)) {
		return "not_before is no day of the calendar";
	}
	if (!partial_date_day(&last, date->not_after)) {
		return "not_after is no day of the calendar";
	}
	return first <= last ? NULL : "not_before lies after not_after";
}

const char *partial_date_fault(const Civil__V1__PartialDate *date)
{
	const char *fault = presence_fault(date);
	int32_t day;

	if (fault != NULL) {
		return fault;
	}
	if (date->precision == PRECISION(RANGE)) {
		return range_fault(date);
	}
	if (date->precision == PRECISION(UNKNOWN)) {
		return NULL;
	}
	if (!day_of(&day, date->year, 1, 1)) {
		return "year is outside 1850 to 2199";
	}
	if (date->precision == PRECISION(DECADE) && date->year % 10 != 0) {
		return "a decade begins with a year that ends in 0";
	}
	if (date->month != 0 && !day_of(&day, date->year, date->month, 1)) {
		return "month is no month of the calendar";
	}
	if (date->day != 0 && !day_of(&day, date->year, date->month, date->day)) {
		return "day is no day of the calendar";
	}
	return NULL;
}

/* From the first day of one month to the last day of another. */
static struct interval months(struct civil_date first, struct civil_date last)
{
	first.day = 1;
	last.day = date_month_length(last.year, last.month);
	return (struct interval){ .earliest = date_to_day(first), .latest = date_to_day(last) };
}

static struct interval years(int32_t first, int32_t last)
{
	return months((struct civil_date){ .year = first, .month = 1 },
	              (struct civil_date){ .year = last, .month = 12 });
}

bool partial_date_interval(struct interval *out, const Civil__V1__PartialDate *date,
                           int32_t declared_day)
{
	struct interval days = { .earliest = 0, .latest = 0 };

	if (date == NULL || partial_date_fault(date) != NULL) {
		return false;
	}
	switch (date->precision) {
	case PRECISION(DAY):
		days = interval_of_day(
		        date_to_day((struct civil_date){ date->year, date->month, date->day }));
		break;
	case PRECISION(MONTH):
		days = months((struct civil_date){ date->year, date->month, 1 },
		              (struct civil_date){ date->year, date->month, 1 });
		break;
	case PRECISION(YEAR):
		days = years(date->year, date->year);
		break;
	case PRECISION(DECADE):
		days = years(date->year, date->year + 9);
		break;
	case PRECISION(RANGE):
		(void)partial_date_day(&days.earliest, date->not_before);
		(void)partial_date_day(&days.latest, date->not_after);
		break;
	case PRECISION(UNKNOWN):
		days.earliest = date_to_day((struct civil_date){ DATE_YEAR_MIN, 1, 1 });
		days.latest = declared_day > days.earliest ? declared_day : days.earliest;
		break;
	case PRECISION(UNSPECIFIED):
	case _CIVIL__V1__DATE_PRECISION_IS_INT_SIZE:
		ASSERT(false);
	}
	ASSERT(days.earliest <= days.latest);
	*out = days;
	return true;
}

void partial_date_of_day(Civil__V1__Date *out, int32_t day)
{
	const struct civil_date date = date_of_day(day);

	ASSERT(date_is_valid(date));
	civil__v1__date__init(out);
	out->year = date.year;
	out->month = date.month;
	out->day = date.day;
}

void partial_date_print(char out[PARTIAL_DATE_TEXT_MAX], const Civil__V1__PartialDate *date)
{
	const Civil__V1__Date *first = date->not_before;
	const Civil__V1__Date *last = date->not_after;
	const size_t size = PARTIAL_DATE_TEXT_MAX;

	if (partial_date_fault(date) != NULL) {
		(void)snprintf(out, size, "invalid");
		return;
	}
	switch (date->precision) {
	case PRECISION(DAY):
		(void)snprintf(out, size, "%04d-%02d-%02d", date->year, date->month, date->day);
		break;
	case PRECISION(MONTH):
		(void)snprintf(out, size, "%04d-%02d", date->year, date->month);
		break;
	case PRECISION(YEAR):
		(void)snprintf(out, size, "%04d", date->year);
		break;
	case PRECISION(DECADE):
		(void)snprintf(out, size, "%04ds", date->year);
		break;
	case PRECISION(RANGE):
		(void)snprintf(out, size, "%04d-%02d-%02d to %04d-%02d-%02d", first->year,
		               first->month, first->day, last->year, last->month, last->day);
		break;
	case PRECISION(UNKNOWN):
		(void)snprintf(out, size, "unknown");
		break;
	case PRECISION(UNSPECIFIED):
	case _CIVIL__V1__DATE_PRECISION_IS_INT_SIZE:
		ASSERT(false);
	}
}
