/* Holding what other nodes sign against the records that this node holds.
 *
 * Every node signs (size, root). Of each trusted key two statements are kept:
 *   held    the newest one whose records are all here, and whose root is ours
 *   ahead   the first one that signs more than is here; held against our records once they are here
 * A statement comes from its signer, with the proof that our records are its first ones, or through
 * another node, without one. What contradicts ours is stored as evidence (node/evidence.h), and
 * from then on nothing more is asked: an operator has to act.
 *
 *   same size, other root; or a proof that other records lead to it   fork
 *   its signer itself gives a smaller one than before                 rollback
 *   a record that it covers is refused here                           record
 * A statement that is not signed by a trusted key, or does not prove what it says, is no evidence
 * against anybody, and not followed either.
 *
 * Invariants
 *   I1  A held statement has our root at its size.
 *   I2  Of one key, sizes of held statements never go down.
 *   I3  Evidence is durable before anybody learns of the contradiction.
 * Thread: one owner for all calls; the ledger may move meanwhile. Memory: opaque, heap. */
#ifndef NODE_WITNESS_H
#define NODE_WITNESS_H

#include "ledger/ledger.h"
#include "ledger/log/checkpoint.h"
#include "node/clock.h"
#include "node/evidence.h"
#include "node/upstream.h"

enum {
	WITNESS_KEYS_MAX = 64,
	WITNESS_NOTE_BYTES_MAX = 4096, /* a checkpoint and its signature have some 250 */
	WITNESS_NOTES_BYTES_MAX = 64 + WITNESS_KEYS_MAX * (WITNESS_NOTE_BYTES_MAX + 4),
};

struct witness;

struct witness_options {
	struct ledger *ledger;       /* kept */
	const struct clock *clock;   /* kept */
	const struct note_key *keys; /* trusted; copied */
	size_t key_count;            /* at most WITNESS_KEYS_MAX */

	/* This node's own newest signed note, as node/checkpointing.h has it. May be NULL. */
	enum status (*own_note)(void *context, struct buf *note);
	/* Both durably. STATUS_OK; anything else is fatal. */
	enum status (*store_evidence)(void *context, enum evidence_kind kind, int64_t found_at_ms,
	                              struct bytes text, struct detail *detail);
	enum status (*store_notes)(void *context, struct bytes notes, struct detail *detail);
	void *context;
};

/* What a node says, and may be followed to. */
struct witness_answer {
	struct tree_head head;
	size_t key; /* who signed it */
	size_t note_size;
	uint8_t note[WITNESS_NOTE_BYTES_MAX];
};

/* STATUS_OK, STATUS_NO_MEMORY. */
enum status witness_new(struct witness **out, const struct witness_options *options) NODISCARD;
void witness_free(struct witness *witness); /* accepts NULL */

/* Reads trusted keys: vkeys (ledger/log/note_key.h), one a line; empty lines and those that begin
 * with # say nothing. STATUS_OK; STATUS_INVALID with the line; STATUS_OUT_OF_RANGE when there are
 * more than WITNESS_KEYS_MAX, or none. */
enum status witness_read_keys(struct note_key keys[WITNESS_KEYS_MAX], size_t *count,
                              struct bytes text, struct detail *detail) NODISCARD;

/* Takes what store_notes kept in an earlier run. STATUS_OK; STATUS_CORRUPT; STATUS_DIVERGED, with
 * evidence stored, when our records are no longer those; fatal ones. */
enum status witness_load(struct witness *witness, struct bytes notes,
                         struct detail *detail) NODISCARD;

/* Asks a node what it and those it knows have signed, and judges all of it.
 *   STATUS_OK         `out` is what may be followed there
 *   STATUS_DENIED     no trusted key signed anything of it
 *   STATUS_INVALID    it does not parse, or does not prove what it says
 *   STATUS_DIVERGED   contradiction, now or before; evidence is stored
 *   any other retry or refusal of node/upstream.h; any other fatal status: trouble of ours */
enum status witness_ask(struct witness *witness, struct upstream *upstream,
                        struct witness_answer *out, int timeout_ms,
                        struct detail *detail) NODISCARD;

/* A record that the statement of `answer` covers cannot be one: `detail` says why. Stores the
 * evidence; STATUS_DIVERGED, or fatal as it was not stored. */
enum status witness_denounce(struct witness *witness, const struct upstream *upstream,
                             const struct witness_answer *answer, uint64_t index,
                             struct bytes record, struct detail *detail) NODISCARD;

/* Holds statements that were ahead against records that have come. STATUS_OK; STATUS_DIVERGED with
 * evidence stored; fatal ones. */
enum status witness_settle(struct witness *witness, struct detail *detail) NODISCARD;

/* Stores held statements when they have changed. STATUS_OK, or as store_notes. */
enum status witness_store(struct witness *witness, struct detail *detail) NODISCARD;

/* Appends the held statements, in the form that store_notes gets:
 *   "civil-ledger/witnessed/v1" LF, then each: u32 length || note */
void witness_notes(const struct witness *witness, struct buf *out);

/* Takes the next note of that form off the front of `rest`, which begins behind the first line
 * (witness_notes_begin). False at the end, or where the bytes are others. */
bool witness_notes_begin(struct bytes *rest);
bool witness_notes_next(struct bytes *rest, struct bytes *note);

/* True since a contradiction was found. */
bool witness_contradicted(const struct witness *witness);

#endif
