/* Receipts: what the ledger answers to an accepted event, made from the record alone, so that the
 * same event gets the same receipt for ever.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RECEIPT_H
#define LEDGER_RECEIPT_H

#include "ledger/rules/rules.h"
#include "ledger/view.h"

/* Makes the receipt of a record; borrows from the record and lives in the arena. NULL when memory
 * is exhausted. */
Civil__V1__Receipt *receipt_of(const struct stored_record *record, struct arena *arena);

/* A copy that lives in another arena. NULL when memory is exhausted. */
Civil__V1__Receipt *receipt_copy(const Civil__V1__Receipt *receipt, struct arena *arena);

/* Makes a verdict's findings and law live in another arena. STATUS_NO_MEMORY when they do not fit.
 */
enum status verdict_copy(struct verdict *verdict, struct arena *arena) NODISCARD;

#endif
