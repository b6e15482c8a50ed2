/* The cases of an office: what waits for a step, what is overdue, what was refused.
 *
 * A step is due `verification_days` of the law (30 where the law does not say) after the newest
 * record of its case. A case in which nothing happened for CASE_DAYS has expired: the office
 * declares it anew, refuses it or records its withdrawal; nothing ends by itself. A refusal can be
 * appealed up to and including its last day of appeal.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_CASES_H
#define LEDGER_QUERY_LIST_CASES_H

#include "ledger/view.h"

#include "civil/v1/office_service.pb-c.h"

enum {
	CASE_DAYS = 365,
	CASE_DUE_DAYS = 30,
	CASES_SCAN_MAX = 5000, /* rows looked at for one page */
};

/* STATUS_OK; STATUS_INVALID a filter or page that is none; STATUS_NOT_FOUND no such office;
 * STATUS_OUT_OF_RANGE known > size. */
enum status query_list_cases(struct view *view, Civil__V1__ListCasesResponse **out,
                             const Civil__V1__ListCasesRequest *request, int32_t today) NODISCARD;

#endif
