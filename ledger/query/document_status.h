/* Whether a document is good on a day, and nothing else: no holder, no reason.
 *
 *     state of the document             answer
 *     live, delivered, found            valid; expired after its last day
 *     lost, stolen                      lost
 *     suspended                         suspended
 *     replaced                          superseded
 *     revoked, cancelled                revoked
 *     applied for, not yet issued, none unknown
 * A document whose issuing act, or whose holder's birth act, is disputed answers suspended where it
 * would answer valid (a signing key was called compromised).
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_DOCUMENT_STATUS_H
#define LEDGER_QUERY_DOCUMENT_STATUS_H

#include "ledger/view.h"

#include "civil/v1/query_service.pb-c.h"

/* STATUS_OK, also for a number that no document has; STATUS_INVALID unknown class, no day;
 * STATUS_OUT_OF_RANGE known > size. */
enum status query_document_status(struct view *view, Civil__V1__GetDocumentStatusResponse **out,
                                  const Civil__V1__GetDocumentStatusRequest *request,
                                  int32_t today) NODISCARD;

#endif
