/* Which acts came from an index on, and whose states they may have changed.
 *
 * An entry is a REGISTERED record that names a person; it holds no content. An act is urgent when
 * whoever relies on a person's papers must act at once: false_identity, death_revoked, unmerge,
 * address_protection_set. A call looks at no more than FEED_SCAN_MAX records; next_index says where
 * to go on.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_QUERY_LIST_FEED_H
#define LEDGER_QUERY_LIST_FEED_H

#include "ledger/view.h"

#include "civil/v1/feed_service.pb-c.h"

enum { FEED_SCAN_MAX = 10000, FEED_CLASSES_MAX = 32 };

/* STATUS_OK; STATUS_INVALID a negative page size, more than FEED_CLASSES_MAX classes;
 * STATUS_OUT_OF_RANGE known > size, from_index > known. */
enum status query_list_feed(struct view *view, Civil__V1__ListFeedResponse **out,
                            const Civil__V1__ListFeedRequest *request) NODISCARD;

#endif
