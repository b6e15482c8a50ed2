/* What was read of the tables of authority, kept from one view of committed data to the next: rows
 * of offices, keys and places, and the reference.
 *
 * Governance alone changes these tables, and leaves the index of its last record in the row 't' of
 * AUTHORITY. A view whose own snapshot has the row that was noted reads nothing anew.
 *
 * Invariants: a view that entered reads what its snapshot holds. No answer depends on what was
 * kept. Thread: one view at a time; different views may be on different threads. Memory: heap,
 * bounded by row_cache.h and the cap of the reference. */
#ifndef LEDGER_AUTHORITY_TABLES_H
#define LEDGER_AUTHORITY_TABLES_H

#include "ledger/view.h"

struct tables;

/* NULL when memory is exhausted: a view can do without. */
struct tables *tables_new(void);

/* Accepts NULL. */
void tables_free(struct tables *tables);

/* Lets a view of the newest position read through the tables, until it ends. Forgets what the
 * snapshot no longer has. STATUS_OK; STATUS_NO_MEMORY; trouble of the store. */
enum status tables_enter(struct tables *tables, struct view *view) NODISCARD;

/* Notes that record `index` changed the tables. */
void tables_changed(struct store_batch *batch, uint64_t index);

#endif
