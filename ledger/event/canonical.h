/* One encoding per message: unpacks bytes from outside and refuses all but the canonical form.
 *
 * Protobuf lets one message be written in many ways (fields out of order, longer varints, doubled
 * fields, explicit zeros, unknown fields), and protobuf-c reads them all. We sign and store bytes,
 * so exactly one form of each message may pass. In this order:
 *   1 the length is within the limit                     before anything is read
 *   2 the bytes unpack, into an arena with a cap         a hostile message costs no more
 *   3 at every level: no unknown fields, repeated counts within limits, strings are UTF-8 without
 *     control characters save LF, enum numbers known
 *   4 packing gives the same bytes again                 order, varints, doubles, zeros, NUL
 *   5 meaning is somebody else's (ledger/event/constraint.h)
 *
 * Depends on the bytes alone. Thread: any. Memory: the message lives in the arena. */
#ifndef LEDGER_EVENT_CANONICAL_H
#define LEDGER_EVENT_CANONICAL_H

#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

/* What to unpack, and as what. */
struct canonical_source {
	const ProtobufCMessageDescriptor *descriptor;
	struct bytes bytes;
	size_t bytes_max;
	const char *path; /* name of the whole in field paths: "header" */
};

/* STATUS_OK; STATUS_INVALID with field path and reason in `detail`, also when the message does not
 * fit the arena's cap; STATUS_NO_MEMORY when the heap is exhausted. */
enum status canonical_unpack(ProtobufCMessage **out, const struct canonical_source *source,
                             struct arena *arena, struct detail *detail) NODISCARD;

/* Packs a message into the arena. STATUS_OK; STATUS_NO_MEMORY when it does not fit. */
enum status canonical_pack(struct bytes *out, const ProtobufCMessage *message,
                           struct arena *arena) NODISCARD;

#endif
