/* Writing an accepted event: the record, what is kept beside it, and every index.
 *
 * Everything goes into the batch; nothing is decided here. Thread: the applying thread. */
#ifndef LEDGER_APPEND_H
#define LEDGER_APPEND_H

#include "ledger/head.h"
#include "ledger/rules/rules.h"

struct appended {
	struct stored_record record; /* as a view reads it back */
	struct hash hash;            /* RFC 6962 leaf hash of the record */
};

/* Appends at head->size (which the caller then moves on). `view` is the batch's view and sees the
 * records before; messages made here live in its arena. */
enum status append_event(struct view *view, struct store_batch *batch, struct appended *out,
                         const struct ledger_head *head, const struct event *event,
                         const struct verdict *verdict, int64_t recorded_at_ms) NODISCARD;

#endif
