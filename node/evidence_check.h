/* Checking a piece of evidence without believing who kept it: the signatures of both statements by
 * keys that the reader trusts, and the proofs that carry them to the size of which both speak.
 *
 *   fork      convicts when both are signed and have, or are proven to have, different roots there
 *   rollback  both signed by one key, and the second covers less; that it came later is the
 *             witness's word
 *   record    convicts nobody by itself: that the statement covers the record is the witness's
 * word, proven to it when the page came; ask the signer for the record and its proof Thread: any.
 * Memory: borrowed. */
#ifndef NODE_EVIDENCE_CHECK_H
#define NODE_EVIDENCE_CHECK_H

#include "ledger/log/checkpoint.h"
#include "node/evidence.h"

struct evidence_statement {
	bool is_signed; /* by a key that the reader trusts */
	size_t key;     /* which one */
	struct tree_head head;
};

struct evidence_verdict {
	enum evidence_kind kind;
	uint64_t size;
	struct evidence_statement ours;
	struct evidence_statement theirs;
	/* The notes alone, with the proofs, show what the evidence says. */
	bool convicts;
};

/* STATUS_OK, whatever the verdict is; STATUS_INVALID: this is no evidence of version 1. */
enum status evidence_check(struct evidence_verdict *out, struct bytes text,
                           const struct note_key keys[], size_t key_count,
                           struct detail *detail) NODISCARD;

#endif
