/* Who lives in a dwelling, and who is in a family book, on a day as known at a position.
 *
 * The index of persons (ledger/index_people.h) says who may, each person's state says who does: the
 * cost is that of the states of those who ever came. Whose address is protected is left out, unless
 * the reading belongs to a case.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_HOUSEHOLD_H
#define LEDGER_QUERY_LIST_HOUSEHOLD_H

#include "ledger/view.h"

#include "civil/v1/household_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID a unit that is not 16 bytes, no day, a bad page; STATUS_NOT_FOUND no
 * such unit; STATUS_OUT_OF_RANGE known > size. */
enum status query_list_residents(struct view *view, Civil__V1__ListResidentsResponse **out,
                                 const Civil__V1__ListResidentsRequest *request,
                                 int32_t today) NODISCARD;

/* The same of a book; STATUS_INVALID an empty number. */
enum status query_list_book_members(struct view *view, Civil__V1__ListBookMembersResponse **out,
                                    const Civil__V1__ListBookMembersRequest *request,
                                    int32_t today) NODISCARD;

#endif
