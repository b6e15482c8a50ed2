/* Every record that names a person, oldest first, with its signers; and the notifications of the
 * cases that do, which may name nobody.
 *
 * A page ends after page_size entries; all pages are of the size of the first (page.h).
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_GET_HISTORY_H
#define LEDGER_QUERY_GET_HISTORY_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* STATUS_OK; STATUS_INVALID no person, a negative page size, a token that is none of ours;
 * STATUS_NOT_FOUND when the person is not registered at that position; STATUS_OUT_OF_RANGE known >
 * size. Whose address is protected `today`: no entry tells it (ledger/query/protection.h). */
enum status query_get_history(struct view *view, Civil__V1__GetHistoryResponse **out,
                              const Civil__V1__GetHistoryRequest *request, int32_t today) NODISCARD;

#endif
