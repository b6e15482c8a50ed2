/* What would stand against a marriage on a day; nothing is the certificate of no impediment.
 *
 * Rules L03 to L07 as ledger/rules/impediments.h asks them; L06 only with the other. The answer
 * names rule, outcome and role: never a third person, a date or a place.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_IMPEDIMENTS_H
#define LEDGER_QUERY_LIST_IMPEDIMENTS_H

#include "ledger/view.h"

#include "civil/v1/attestation_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID no person, the same person twice, no day; STATUS_NOT_FOUND when one of
 * them is not registered at that position; STATUS_OUT_OF_RANGE known > size. */
enum status query_list_impediments(struct view *view, Civil__V1__ListImpedimentsResponse **out,
                                   const Civil__V1__ListImpedimentsRequest *request,
                                   int32_t today) NODISCARD;

#endif
