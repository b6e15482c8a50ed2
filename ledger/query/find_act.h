/* An act by its number in the register of its office, or by its place in a paper register: the
 * first one there, and the indexes of the others (ledger/index_paper.h).
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_FIND_ACT_H
#define LEDGER_QUERY_FIND_ACT_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID not one of number and place, or a place without office, book or year;
 * STATUS_NOT_FOUND when no act below `known` has it; STATUS_OUT_OF_RANGE known > size. */
enum status query_find_act(struct view *view, Civil__V1__FindActResponse **out,
                           const Civil__V1__FindActRequest *request) NODISCARD;

#endif
