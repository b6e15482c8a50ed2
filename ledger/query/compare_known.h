/* What changed in a person's state between two known positions, and by which records.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_COMPARE_KNOWN_H
#define LEDGER_QUERY_COMPARE_KNOWN_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* A person who is not there at one of the positions has no value on that side.
 * STATUS_OK; STATUS_INVALID no person, no day, known_from > known_to; STATUS_NOT_FOUND when the
 * person is there at neither; STATUS_OUT_OF_RANGE known_to > size. */
enum status query_compare_known(struct view *view, Civil__V1__CompareKnownResponse **out,
                                const Civil__V1__CompareKnownRequest *request,
                                int32_t today) NODISCARD;

#endif
