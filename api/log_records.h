/* Records of the ledger as wire bytes of civil.v1.LogRecord, straight from the store.
 *
 * A record is copied once, from the store's block into the answer; nothing is decoded but, when
 * content is asked for, the frame it is kept in. That is what lets one core stream some hundred
 * thousand records a second.
 * Thread: one per view. Memory: appends to the caller's buf. */
#ifndef API_LOG_RECORDS_H
#define API_LOG_RECORDS_H

#include "ledger/base/buf.h"
#include "ledger/view.h"

/* Appends the fields `records` (number 1) of a WatchResponse or ListRecordsResponse, from `*next`
 * on, until `count_max` records or more than `bytes_max` bytes are there, or the view ends. `*next`
 * moves behind the last one appended. */
enum status log_records_append(struct view *view, struct buf *out, uint64_t *next,
                               bool with_content, size_t count_max, size_t bytes_max) NODISCARD;

#endif
