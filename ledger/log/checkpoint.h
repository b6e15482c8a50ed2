/* Checkpoints: the text by which a ledger commits to its size and root.
 *
 *   origin LF                 the name of the log, and of its note key
 *   size LF                   decimal, no leading zero
 *   base64(root, 32 bytes) LF
 * Source: c2sp.org/tlog-checkpoint. Extension lines are allowed there; ours have none, and one that
 * has any is refused, so that a checkpoint has one text. It is signed as a note
 * (ledger/log/note.h).
 *
 * Invariants: size <= TREE_SIZE_MAX; a checkpoint of size 0 has the root of the empty tree.
 * Thread: any. Memory: a plain value. */
#ifndef LEDGER_LOG_CHECKPOINT_H
#define LEDGER_LOG_CHECKPOINT_H

#include "ledger/log/note.h"
#include "ledger/log/proof.h"

enum {
	CHECKPOINT_TEXT_MAX = NOTE_NAME_MAX + 1 + 19 + 1 + 44 + 1,
	/* Text and the signatures of a log and of 99 cosigners with the longest names. */
	CHECKPOINT_NOTE_MAX = CHECKPOINT_TEXT_MAX + 1 + NOTE_LINES_MAX * (NOTE_NAME_MAX + 128),
};

struct checkpoint {
	char origin[NOTE_NAME_MAX + 1];
	struct tree_head head;
};

/* Appends the text. The origin must be a valid note name (asserted). */
void checkpoint_format(struct buf *out, const struct checkpoint *checkpoint);

/* Reads a text. STATUS_OK; STATUS_INVALID: not a checkpoint in the one form above. */
enum status checkpoint_parse(struct checkpoint *checkpoint, struct bytes text) NODISCARD;

/* Reads a note that must hold a checkpoint of the log with this key, signed by it.
 *   STATUS_INVALID    not a note, not a checkpoint, or the signature is wrong
 *   STATUS_DENIED     the origin is another log's
 *   STATUS_NOT_FOUND  not signed by the key */
enum status checkpoint_open(struct checkpoint *checkpoint, struct bytes note,
                            const struct note_key *log_key) NODISCARD;

#endif
