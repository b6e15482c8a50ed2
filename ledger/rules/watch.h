/* What the watch rule W01 calls out of hours; also of what is asked (node/access_list.h).
 * Pure. Source: catalogue, section D. */
#ifndef LEDGER_RULES_WATCH_H
#define LEDGER_RULES_WATCH_H

#include "ledger/base/date.h"

enum { WATCH_BEGINS_MINUTE = 6 * 60, WATCH_ENDS_MINUTE = 20 * 60 };

/* True before 06:00 and after 20:00 in Phnom Penh. */
static inline bool watch_is_out_of_hours(int64_t instant_ms)
{
	int32_t minute = date_minute_of_instant(instant_ms);

	return minute < WATCH_BEGINS_MINUTE || minute > WATCH_ENDS_MINUTE;
}

#endif
