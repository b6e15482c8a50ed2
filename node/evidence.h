/* What is kept of a contradiction: both signed statements, and what shows that they cannot both be
 * true. One file for each, text that a person can read and a program can check alone.
 *
 *   civil-ledger/evidence/v1
 *   kind: fork | rollback | record
 *   found: 1790000000000                     milliseconds since 1970-01-01 UTC
 *   from: 127.0.0.1:7431                     the node that gave theirs
 *   text: one sentence
 *   size: 300                                records of which both speak
 *   our root: 64 hex / their root: 64 hex    at that size
 *   our proof: hex,hex,... / their proof:    RFC 9162 consistency, from `size` to each statement
 *   record index: 12 / record: hex           of a record that the statement covers and cannot be
 *   (empty line, then) ours: LF, a signed note as it was, an empty line; theirs: the same
 * A line is left out where there is nothing to say. With `ours` signed for the size itself or
 * proven from it, the two notes convict their signers without this node's word.
 *
 *   fork      two histories: different roots at one size
 *   rollback  a node signs fewer records than it signed before
 *   record    a statement covers a record that no honest node accepts
 *
 * Files: <node>/evidence/<found>-<kind>; an operator who has settled it moves it to
 * <node>/evidence/settled/. Thread: any. Memory: borrowed. */
#ifndef NODE_EVIDENCE_H
#define NODE_EVIDENCE_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/log/proof.h"

enum {
	EVIDENCE_BYTES_MAX = 1 << 20,
	EVIDENCE_NAME_MAX = 64,
};

enum evidence_kind { EVIDENCE_FORK, EVIDENCE_ROLLBACK, EVIDENCE_RECORD };

struct evidence {
	enum evidence_kind kind;
	int64_t found_at_ms;
	const char *from;
	const char *text;
	uint64_t size;
	const struct hash *our_root; /* this and the next three: NULL where there is nothing */
	const struct hash *their_root;
	const struct proof *our_proof;
	const struct proof *their_proof;
	uint64_t record_index;
	struct bytes record; /* empty: none */
	struct bytes ours;   /* signed notes; empty: none */
	struct bytes theirs;
};

/* "fork", "rollback", "record". */
const char *evidence_kind_name(enum evidence_kind kind);

/* Appends the text. */
void evidence_format(struct buf *out, const struct evidence *evidence);

/* Stores it durably in a node's folder. STATUS_OK; STATUS_IO, STATUS_NO_MEMORY. */
enum status evidence_store(const char *folder, enum evidence_kind kind, int64_t found_at_ms,
                           struct bytes text, struct detail *detail) NODISCARD;

/* Number of pieces that no operator has settled. STATUS_OK, STATUS_IO. */
enum status evidence_count(const char *folder, size_t *count, struct detail *detail) NODISCARD;

/* Calls `each` with the name of every piece, oldest first. STATUS_OK, STATUS_IO,
 * STATUS_NO_MEMORY. */
enum status evidence_list(const char *folder,
                          void (*each)(void *context, const char *name, bool settled),
                          void *context, struct detail *detail) NODISCARD;

/* Reads a piece, settled or not. STATUS_OK; STATUS_NOT_FOUND; STATUS_INVALID for a name that none
 * has; STATUS_IO, STATUS_NO_MEMORY. */
enum status evidence_read(const char *folder, const char *name, struct buf *out,
                          struct detail *detail) NODISCARD;

/* The operator has acted: it no longer stops the node. STATUS_OK; STATUS_NOT_FOUND; STATUS_INVALID;
 * STATUS_IO. */
enum status evidence_settle(const char *folder, const char *name, struct detail *detail) NODISCARD;

#endif
