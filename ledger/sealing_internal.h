/* Rows of seals, shared by sealing.c (who sees what), sealing_apply.c and sealing_release.c (what a
 * record does) alone. */
#ifndef LEDGER_SEALING_INTERNAL_H
#define LEDGER_SEALING_INTERNAL_H

#include "ledger/sealing.h"
#include "ledger/store/keys.h"

/* Seals that a record is under at once; more of them add nothing a reader could see. */
enum { SEALS_MAX = 64 };

/* A row of one of the sorts: which seal, or which record, and until when. */
struct sealing_row {
	uint64_t index;
	int32_t until;
};

/* Begins a key of NAME with the letter of a sort. */
void sealing_key(struct key *key, char letter);
void sealing_key_person(struct key *key, const struct id *person);
void sealing_key_warrant(struct key *key, const char *warrant);

/* Rows below a prefix, at most `room` of them. STATUS_CORRUPT; trouble of the store. */
enum status sealing_rows(struct view *view, struct sealing_row *rows, size_t *count,
                         const struct key *prefix, size_t room) NODISCARD;

/* sealing_release.c: takes the rows of a seal away; notes who may see through one. STATUS_OK, also
 * when there is no such seal; STATUS_NO_MEMORY; trouble of the store. */
enum status sealing_release(struct view *view, struct store_batch *batch,
                            struct bytes seal) NODISCARD;
enum status sealing_open(struct view *view, struct store_batch *batch,
                         const struct stored_record *opening) NODISCARD;

/* Whether there has ever been a seal. */
enum status sealing_any(struct view *view, bool *out) NODISCARD;

#endif
