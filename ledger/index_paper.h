/* Acts by their place in a paper register: book, year, page, entry.
 *
 * A row stands for a REGISTERED record whose act was copied from paper, or entered in a book: by
 * the registration, else by what was declared; for a linked act by the paper that was digitised. A
 * book without an office is one of the office that signed. One entry may have several acts.
 *
 *   WORK 'p' · office NUL book NUL · year u32 · page NUL entry NUL · index u64   empty
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_INDEX_PAPER_H
#define LEDGER_INDEX_PAPER_H

#include "ledger/store/keys.h"
#include "ledger/view.h"

/* Writes the row of a record, if it has one. STATUS_OK; trouble of the store. */
enum status index_paper(struct view *view, struct store_batch *batch,
                        const struct stored_record *record) NODISCARD;

/* Prefix of the rows of a place; page, and entry behind it, may be left out. False when it is
 * longer than any place ever indexed. */
bool index_paper_prefix(struct key *key, const Civil__V1__PaperReference *paper);

#endif
