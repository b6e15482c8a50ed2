/* The steps of a case, oldest first, and how far it has come.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_GET_CASE_H
#define LEDGER_QUERY_GET_CASE_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID the id is not 16 bytes; STATUS_NOT_FOUND no record of that case. */
enum status query_get_case(struct view *view, Civil__V1__GetCaseResponse **out,
                           const Civil__V1__GetCaseRequest *request) NODISCARD;

#endif
