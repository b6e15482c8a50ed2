/* Questions about the log of accesses: a person's, and an auditor's (catalogue, Q14 and Q15).
 *
 * What a person is told: entries that name the person, without the others whom they name; none of
 * purpose "law_enforcement" for 90 days; of what was read under an opened seal only what was opened
 * for this person (decided when the entry was kept); and the seals that were opened for the person.
 * What an auditor is told: all. Who may ask is not judged here.
 *
 * Thread and memory as ledger/view.h. */
#ifndef NODE_ACCESS_LIST_H
#define NODE_ACCESS_LIST_H

#include "ledger/view.h"

#include "civil/v1/access_service.pb-c.h"

enum {
	ACCESS_WITHHELD_DAYS = 90,
	ACCESS_SCAN_MAX = 5000, /* entries looked at for one page */
};

/* `log` is a view of the log's store. STATUS_OK; STATUS_INVALID a bad page, or no person;
 * STATUS_NOT_FOUND for a number that was never given; trouble of the stores. */
enum status access_list(struct view *view, struct store_view *log,
                        Civil__V1__ListAccessesResponse **out,
                        const Civil__V1__ListAccessesRequest *request, int32_t today) NODISCARD;

/* STATUS_OK; STATUS_INVALID a bad page, a day that is none, a period without a name; trouble of the
 * stores. */
enum status access_audit(struct view *view, struct store_view *log,
                         Civil__V1__AuditAccessesResponse **out,
                         const Civil__V1__AuditAccessesRequest *request, int32_t today) NODISCARD;

#endif
