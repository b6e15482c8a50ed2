/* What an office did in a period and what waits, by class.
 *
 * Work counts on the day of the record that ended it, cases for the office where they stood; an act
 * without steps ends as it begins. What waits is told as of the position, and overdue as of the
 * last day of the period (list_cases.h says what is due).
 *
 * The cost grows with the work of the office, in the period and before, and with what is open.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_GET_PERFORMANCE_H
#define LEDGER_QUERY_GET_PERFORMANCE_H

#include "ledger/view.h"

#include "civil/v1/office_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID a period that is none; STATUS_NOT_FOUND no such office;
 * STATUS_OUT_OF_RANGE known > size. */
enum status query_get_performance(struct view *view, Civil__V1__GetPerformanceResponse **out,
                                  const Civil__V1__GetPerformanceRequest *request) NODISCARD;

#endif
