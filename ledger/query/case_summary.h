/* A case in a queue, from its rows and records. Internal to ledger/query. */
#ifndef LEDGER_QUERY_CASE_SUMMARY_H
#define LEDGER_QUERY_CASE_SUMMARY_H

#include "ledger/query/query.h"
#include "ledger/work.h"

#include "civil/v1/office_service.pb-c.h"

/* What a case waits for after its newest step; UNSPECIFIED for one that has ended. `event_class`
 * says whether a declaration is verified: births are. */
Civil__V1__EventStep case_next_step(Civil__V1__EventClass event_class, Civil__V1__EventStep newest,
                                    bool ended);

/* Day on which the next step of a case, whose newest record is of `day`, is due. */
enum status case_due_day(struct query *query, int32_t *due, int32_t day) NODISCARD;

/* Sets class, newest step and day of an open row to what they were at the query's position. Rows
 * whose newest record lies behind it are read anew from the case's records. */
enum status case_refresh(struct query *query, struct work *work) NODISCARD;

/* The whole summary on a day. */
enum status case_summary(struct query *query, Civil__V1__CaseSummary **out, const struct work *work,
                         int32_t day) NODISCARD;

#endif
