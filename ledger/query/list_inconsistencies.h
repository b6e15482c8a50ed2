/* Persons of an area whose live documents differ from the register.
 *
 * A person belongs to the area of the registered residence, or of the birth without one, by its
 * code as recorded. An index remembers who ever had a differing document there; each is looked at
 * as of the day and position asked about, so the answer is exact at any of them. Who has a
 * protected address is listed nowhere, unless the reading belongs to a case (protection.h).
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_INCONSISTENCIES_H
#define LEDGER_QUERY_LIST_INCONSISTENCIES_H

#include "ledger/view.h"

#include "civil/v1/office_service.pb-c.h"

enum { INCONSISTENT_SCAN_MAX = 5000 /* persons looked at for one page */ };

/* STATUS_OK; STATUS_INVALID no scope, no day, a bad page; STATUS_NOT_FOUND no such office;
 * STATUS_OUT_OF_RANGE known > size. */
enum status query_list_inconsistencies(struct view *view,
                                       Civil__V1__ListInconsistenciesResponse **out,
                                       const Civil__V1__ListInconsistenciesRequest *request,
                                       int32_t today) NODISCARD;

#endif
