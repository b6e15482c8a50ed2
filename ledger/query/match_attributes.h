/* Whether what somebody presents is what is registered, field by field, disclosing nothing.
 *
 * Names are compared part by part without the characters that nobody sees (U+200B to U+200D); a
 * surname left out is compared as empty. Dates: the same when both are exact and equal, another
 * when they cannot be the same day. The other fields as verify_attributes.h.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_MATCH_ATTRIBUTES_H
#define LEDGER_QUERY_MATCH_ATTRIBUTES_H

#include "ledger/view.h"

#include "civil/v1/attestation_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID no person, nothing presented, a date that is none; STATUS_NOT_FOUND
 * when the person is not registered on that day; STATUS_OUT_OF_RANGE known > size. */
enum status query_match_attributes(struct view *view, Civil__V1__MatchAttributesResponse **out,
                                   const Civil__V1__MatchAttributesRequest *request,
                                   int32_t today) NODISCARD;

#endif
