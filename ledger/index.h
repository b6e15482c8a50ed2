/* The indexes of a record: by event, request, case, number, name of a dead person, key and time.
 *
 * All are derived and can be rebuilt by replay. Layouts: ledger/store/keys.h.
 * Thread: the applying thread. Memory: scratch in the view's arena. */
#ifndef LEDGER_INDEX_H
#define LEDGER_INDEX_H

#include "ledger/view.h"

/* Writes the indexes of a record into the batch; `view` sees the records before it. */
enum status index_record(struct view *view, struct store_batch *batch,
                         const struct stored_record *record) NODISCARD;

#endif
