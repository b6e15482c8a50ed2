/* Seals: what a reader without a warrant does not see (catalogue F, kinds seal, unseal,
 * seal_opened).
 *
 * Applying a seal writes one row for each record that it covers; a view that carries a reader
 * leaves those records out of every list, case, number and look-up, so that for all questions they
 * are as if they had never been: same codes, counts and order. Rules, folds of the cached states
 * and statistics read through views without a reader and see everything.
 *
 *   a seal covers   the records of each act that it names: itself, or all steps of its case
 *                   or, of scope person, every record that names them
 *                   what amends such an act, and decisions that it or the seal cites
 *                   the seal, and every later amendment or court record that refers to any of these
 * A full adoption is a seal too, of itself and of the child's birth, earlier acts about its
 * parents, certificates of these, and names where it gives another; adoption_revoked ends it. What
 * a reader finds instead: ledger/person/veil.h.
 *
 * It holds for questions about any known position: a seal looks at the reader's rights now. It ends
 * with an unseal, or behind its last day.
 *
 *   NAME  'q'                                      index u64 of the first seal
 *         'q' · record u64 · seal u64              until u32 (a day; the last one for ever)
 *         'x' · seal u64 · record u64              until u32
 *         'z' · person [16] · seal u64             until u32
 *         'y' · person [16]                      empty: some record of the person was ever covered
 *         'w' · SHA-256(warrant)[0..16] · index u64    seal u64 · reader: an opening
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_SEALING_H
#define LEDGER_SEALING_H

#include "ledger/concerned.h"
#include "ledger/view.h"

enum { READER_OPENINGS_MAX = 64 }; /* seals opened under one warrant; more stay shut */

/* Who reads. Fill the first part, call reader_begin, and point view->reader at it. */
struct reader {
	int32_t today;
	const char *warrant; /* that the reading refers to; "" for none */
	/* True when the reader's certificate has this name. NULL: it has none. */
	bool (*is_called)(const void *context, const char *name);
	const void *context;
	struct concerned *concerned; /* filled with whom the reading is about; NULL: unasked */

	bool is_needed;                         /* there are seals at all */
	uint64_t opened[READER_OPENINGS_MAX];   /* seals */
	uint64_t openings[READER_OPENINGS_MAX]; /* the records that opened them */
	size_t opened_count;
};

/* Reads whether there are seals, and which of them the warrant opens for this reader. `view` has no
 * reader yet. STATUS_OK; trouble of the store. */
enum status reader_begin(struct reader *reader, struct view *view) NODISCARD;

/* Whether the record is sealed to the view's reader; false when it has none. */
enum status sealing_covers(struct view *view, bool *out, uint64_t index) NODISCARD;

/* Whether any record of the person may be sealed to the view's reader: false costs one look-up, and
 * is the answer for nearly everybody. */
enum status sealing_touches(struct view *view, bool *out, const struct id *person) NODISCARD;

/* Whether a court's seal covers the record on a day: what stands there is not for certificates.
 * STATUS_OK; trouble of the store. */
enum status sealing_by_court(struct view *view, bool *out, uint64_t index, int32_t day) NODISCARD;

/* Whether the reader's warrant opens the seal of this index. */
bool reader_opened(const struct reader *reader, uint64_t seal);

/* Whether one of the openings for this reader is for the person: names them. */
enum status reader_opened_for(const struct reader *reader, bool *out, struct view *view,
                              const struct id *person) NODISCARD;

/* Whether the seal of this index covers the record. */
enum status sealing_holds(struct view *view, bool *out, uint64_t seal, uint64_t record) NODISCARD;

/* Whether a seal of a court, not an adoption alone, shuts the record to the view's reader. */
enum status sealing_shut_by_court(struct view *view, bool *out, uint64_t index) NODISCARD;

/* Writes or ends the rows of a record that was just put into the batch. STATUS_OK;
 * STATUS_NO_MEMORY; trouble of the store. */
enum status sealing_apply(struct view *view, struct store_batch *batch,
                          const struct stored_record *record) NODISCARD;

/* Whether a seal still covers anything: an unseal has not ended it. */
enum status sealing_stands(struct view *view, bool *out, uint64_t seal) NODISCARD;

#endif
