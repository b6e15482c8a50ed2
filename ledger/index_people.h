/* The indexes of where people live: closed units, family books, and who may live in which.
 *
 * A row says that a record brought the person into the unit or book at some time; the person's own
 * state says whether and when. So a correction adds rows and nothing takes one away.
 *
 * Thread: of the writer. Memory: none kept. */
#ifndef LEDGER_INDEX_PEOPLE_H
#define LEDGER_INDEX_PEOPLE_H

#include "ledger/store/store.h"
#include "ledger/view.h"

/* Adds to the batch what the record is found by. STATUS_OK; trouble of the store. */
enum status index_people(struct view *view, struct store_batch *batch,
                         const struct stored_record *record) NODISCARD;

#endif
