/* Pairs of persons under suspicion of being one, as an office has to settle them.
 *
 * An office sees what it raised itself and what the offices in its areas raised. An index remembers
 * every pair that was ever suspected; each is looked at as of the position asked about, so that one
 * that was cleared or merged by then is left out.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_DUPLICATES_H
#define LEDGER_QUERY_LIST_DUPLICATES_H

#include "ledger/view.h"

#include "civil/v1/office_service.pb-c.h"

enum { DUPLICATES_SCAN_MAX = 5000 /* pairs looked at for one page */ };

/* STATUS_OK; STATUS_INVALID a bad page; STATUS_NOT_FOUND no such office; STATUS_OUT_OF_RANGE known
 * > size. */
enum status query_list_duplicates(struct view *view, Civil__V1__ListDuplicatesResponse **out,
                                  const Civil__V1__ListDuplicatesRequest *request,
                                  int32_t today) NODISCARD;

#endif
