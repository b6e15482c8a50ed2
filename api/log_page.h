/* Answers of LogService, made from a view: what another node or an auditor asks to follow this one.
 *
 * Apart from the calls, so that tests and simulations give the same bytes without a network.
 * Thread: as the view. Memory: answers are packed into the caller's buf, replacing what it holds;
 * scratch lies in the view's arena. */
#ifndef API_LOG_PAGE_H
#define API_LOG_PAGE_H

#include "ledger/view.h"

#include "civil/v1/log_service.pb-c.h"

/* Bytes of a ListRecordsResponse. STATUS_OK; STATUS_INVALID when page_size is negative;
 * STATUS_OUT_OF_RANGE when `from` lies behind the view or behind `proven_in`, or `proven_in` behind
 * the view; fatal ones of the store. */
enum status log_page(struct view *view, struct buf *out,
                     const Civil__V1__ListRecordsRequest *request, struct detail *detail) NODISCARD;

/* The node's checkpoint, and those of others that it has witnessed. */
struct log_notes {
	struct bytes own; /* its size is at most the view's; empty: none yet */
	const struct bytes *witnessed;
	size_t count;
};

/* Bytes of a GetCheckpointResponse. STATUS_OK; STATUS_OUT_OF_RANGE when the view is smaller than
 * the size asked for; fatal ones of the store. */
enum status log_checkpoint(struct view *view, struct buf *out, const struct log_notes *notes,
                           const Civil__V1__GetCheckpointRequest *request,
                           struct detail *detail) NODISCARD;

#endif
