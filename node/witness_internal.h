/* The insides of a witness, shared by witness.c (asking, judging), witness_notes.c (what is kept)
 * and witness_evidence.c alone. */
#ifndef NODE_WITNESS_INTERNAL_H
#define NODE_WITNESS_INTERNAL_H

#include "node/witness.h"

/* A signed statement; `size` of note 0: none. */
struct statement {
	struct tree_head head;
	size_t size;
	uint8_t note[WITNESS_NOTE_BYTES_MAX];
};

struct signer {
	struct note_key key;
	struct statement held;
	struct statement ahead;
};

struct witness {
	struct witness_options options;
	bool contradicted;
	bool changed; /* held statements, since they were stored */
	size_t signer_count;
	struct signer signers[WITNESS_KEYS_MAX];
	struct arena arena; /* of one answer */
	struct buf answer;
};

/* What two statements say differently. */
struct contradiction {
	enum evidence_kind kind;
	const char *from;
	struct bytes ours; /* empty: the best that there is */
	struct bytes theirs;
	uint64_t size; /* records of which both speak */
	const struct hash *their_root;
	const struct proof *their_proof;
	uint64_t record_index;
	struct bytes record;
};

static inline struct bytes statement_note(const struct statement *statement)
{
	return bytes_of(statement->note, statement->size);
}

void statement_set(struct statement *statement, struct bytes note, const struct tree_head *head);

/* Finds who signed a note. False when no trusted key did. */
bool witness_open_note(const struct witness *witness, struct bytes note, size_t *key,
                       struct tree_head *head);

/* Stores the evidence, with the text of `detail`. STATUS_DIVERGED, or what went wrong. */
enum status witness_contradict(struct witness *witness, const struct contradiction *found,
                               struct ledger_view *view, struct detail *detail) NODISCARD;

#endif
