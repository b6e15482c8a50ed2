/* Every live document of a person against the register and against each other live document.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_COMPARE_DOCUMENTS_H
#define LEDGER_QUERY_COMPARE_DOCUMENTS_H

#include "ledger/view.h"

#include "civil/v1/consistency.pb-c.h"

/* A document is compared as it was issued, with the corrections of its issue that are in force; one
 * past its last day is not live. STATUS_OK; STATUS_INVALID no person or no day; STATUS_NOT_FOUND no
 * such person; STATUS_OUT_OF_RANGE known > size. */
enum status query_compare_documents(struct view *view, Civil__V1__CompareDocumentsResponse **out,
                                    const Civil__V1__CompareDocumentsRequest *request,
                                    int32_t today) NODISCARD;

#endif
