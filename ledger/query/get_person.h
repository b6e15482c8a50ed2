/* Who a person is, on a day, as known at a position.
 *
 * The answer carries the names of every place in the state: as recorded, from the area up to its
 * province, and the same for what the area has become after all
 * successions known at that position: the answer is a function of person, day and position.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_GET_PERSON_H
#define LEDGER_QUERY_GET_PERSON_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID no person, no day; STATUS_NOT_FOUND not registered at that position, or
 * not yet born on that day; STATUS_OUT_OF_RANGE known > size. `today` in Phnom Penh is the day when
 * the request names none. */
enum status query_get_person(struct view *view, Civil__V1__GetPersonResponse **out,
                             const Civil__V1__GetPersonRequest *request, int32_t today) NODISCARD;

#endif
