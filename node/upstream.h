/* Another node, as one that follows it sees it: what it has signed, its records, and where to bring
 * events.
 *
 * Implemented over gRPC by api/upstream.c (LogService and RegistrationService over mutual TLS), by
 * tests and simulations over a ledger beside. Nothing that comes through here is trusted: answers
 * are bytes of messages, read by node/page.h and node/witness.h as any other bytes from outside.
 *
 * Every call blocks for at most `timeout_ms` and answers
 *   STATUS_OK           `out` holds the message
 *   STATUS_UNAVAILABLE  cannot be reached, is not ready or in trouble, or this node stops
 *   STATUS_TIMEOUT      no answer in time
 *   STATUS_BUSY         too much to do
 *   STATUS_DENIED       it does not know this node, or does not let it have contents
 *   STATUS_OUT_OF_RANGE it holds fewer records than were asked for
 *   any other refusal   it does not understand
 *   STATUS_NO_MEMORY    here; the only one that is trouble of ours
 * Thread: one at a time for each upstream; `stop` from any. Memory: an upstream outlives whoever
 * was given it; arguments are borrowed during the call. */
#ifndef NODE_UPSTREAM_H
#define NODE_UPSTREAM_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/base/limits.h"

enum {
	UPSTREAM_PAGE_RECORDS = 1000, /* as LogService gives at most */
	/* A page ends at 1 MiB; its last record may go beyond, and a proof and frames follow. */
	UPSTREAM_PAGE_BYTES_MAX = (1 << 20) + 4 * SIGNED_EVENT_BYTES_MAX,
	UPSTREAM_CHECKPOINT_BYTES_MAX = 1 << 19, /* with what 64 others have signed */
	UPSTREAM_ANSWER_BYTES_MAX = 8 << 20,     /* to a batch: 512 refusals and their facts */
};

struct upstream {
	const struct upstream_methods *methods;
	const char *name; /* for people: its address */
};

/* Records from `from` on. */
struct upstream_range {
	uint64_t from;
	uint64_t count;     /* at most; 1 .. UPSTREAM_PAGE_RECORDS */
	uint64_t proven_in; /* size of a checkpoint that the upstream gave; at least `from` */
};

struct upstream_methods {
	enum status (*checkpoint)(struct upstream *upstream, struct buf *out, uint64_t size,
	                          int timeout_ms, struct detail *detail);
	enum status (*records)(struct upstream *upstream, struct buf *out,
	                       const struct upstream_range *range, int timeout_ms,
	                       struct detail *detail);
	enum status (*submit)(struct upstream *upstream, struct buf *out,
	                      const struct bytes *events, size_t count, int timeout_ms,
	                      struct detail *detail);
	void (*stop)(struct upstream *upstream); /* NULL: calls never last */
};

/* Bytes of a GetCheckpointResponse: the newest checkpoint, and for a `size` above 0 the root there
 * with its proof. */
static inline enum status NODISCARD upstream_checkpoint(struct upstream *upstream, struct buf *out,
                                                        uint64_t size, int timeout_ms,
                                                        struct detail *detail)
{
	return upstream->methods->checkpoint(upstream, out, size, timeout_ms, detail);
}

/* Bytes of a ListRecordsResponse with contents, and the proof that its records belong to the
 * checkpoint. */
static inline enum status NODISCARD upstream_records(struct upstream *upstream, struct buf *out,
                                                     const struct upstream_range *range,
                                                     int timeout_ms, struct detail *detail)
{
	return upstream->methods->records(upstream, out, range, timeout_ms, detail);
}

/* Brings bytes of SignedEvents, at most a batch of them, in this order; gets bytes of a
 * SubmitBatchResponse. */
static inline enum status NODISCARD upstream_submit(struct upstream *upstream, struct buf *out,
                                                    const struct bytes *events, size_t count,
                                                    int timeout_ms, struct detail *detail)
{
	return upstream->methods->submit(upstream, out, events, count, timeout_ms, detail);
}

/* From now on every call, also one under way, answers STATUS_UNAVAILABLE soon. */
static inline void upstream_stop(struct upstream *upstream)
{
	if (upstream->methods->stop != NULL) {
		upstream->methods->stop(upstream);
	}
}

#endif
