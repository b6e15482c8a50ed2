/* Goal: whatever a partial date holds, the three functions that read it agree.
 * Method: unpack the input as a PartialDate; well formed, an interval in the calendar's years, and
 * a text other than "invalid" must go together. */
#include "ledger/base/assert.h"
#include "ledger/event/partial_date.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Civil__V1__PartialDate *date = civil__v1__partial_date__unpack(NULL, size, data);

	if (date == NULL) {
		return 0;
	}
	const int32_t declared_day = 20000;
	struct interval interval;
	char text[PARTIAL_DATE_TEXT_MAX];
	const bool is_well_formed = partial_date_fault(date) == NULL;

	ASSERT(partial_date_interval(&interval, date, declared_day) == is_well_formed);
	partial_date_print(text, date);
	ASSERT(strnlen(text, sizeof(text)) < sizeof(text));
	ASSERT((strcmp(text, "invalid") != 0) == is_well_formed);
	if (is_well_formed) {
		ASSERT(interval.earliest <= interval.latest);
		ASSERT(date_of_day(interval.earliest).year >= DATE_YEAR_MIN);
		ASSERT(date_of_day(interval.latest).year <= DATE_YEAR_MAX);
	}
	civil__v1__partial_date__free_unpacked(date, NULL);
	return 0;
}
