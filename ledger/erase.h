/* Erasure that a court ordered: contents leave the store, records and proofs stay.
 *
 * A content_erased names an act (catalogue C6). In the batch that applies it, on every node alike,
 * the CONTENT rows of these records, all older, are written anew without content, opening and
 * findings:
 *
 *   the record whose content states the act: the act itself, or every DECLARED of its case residue
 *   NOTIFIED of its case nothing corrections of the act: the residue is what the court leaves after
 * them                  nothing the papers behind a linked act: legacy_verified, legacy_digitised
 * nothing
 *
 * VERIFIED and REGISTERED stay: they hold references, days and the registration number. So do the
 * numbers given and the version of the law. A row says by whom it was erased (`erased_by`). Because
 * a row holds what every known position reads, the fold reads the residue at all of them.
 *
 * Called by state_update, between taking the old counts of the statistics away and folding anew.
 *
 * A written-over value lies on in the engine's log and files until they are written anew, and an
 * open view keeps it alive: META "erasing" lists the records whose old bytes may still be on disk,
 * in the same commit; ledger_purge (ledger/ledger.h) makes them leave and then ends the list. Not
 * erased: keys of indexes, which hold ids, numbers and hashes of names; counts without persons.
 *
 *   META "erasing"   index u64 ... of the records written anew
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_ERASE_H
#define LEDGER_ERASE_H

#include "ledger/view.h"

/* Records whose old rows of CONTENT, and of PERSON for whom they name, must leave the disk. */
struct erase_list {
	uint64_t *index;
	size_t count;
};

/* True when the record is a content_erased. */
bool erase_is(const struct stored_record *record);

/* Writes the rows of whatever a content_erased, just put into the batch, erases. STATUS_OK;
 * STATUS_NO_MEMORY; trouble of the store. */
enum status erase_apply(struct view *view, struct store_batch *batch,
                        const struct stored_record *record) NODISCARD;

/* Ends the list of META "erasing". */
void erase_forget(struct store_batch *batch);

/* Reads META "erasing"; none of them is STATUS_OK. STATUS_CORRUPT. */
enum status erase_pending(struct view *view, struct erase_list *out) NODISCARD;

#endif
