/* Signed notes: a text and lines of signatures under it.
 *
 *   text            UTF-8 without control characters but LF; ends with LF
 *   empty line      LF
 *   one or more     U+2014 SP name SP base64(key id [4] || signature) LF
 * Source: c2sp.org/signed-note; cosignatures: c2sp.org/tlog-cosignature. What is signed:
 *
 *   type 0x01       Ed25519 over the text, its last LF included, the empty line not
 *   type 0x04       signature = u64 big-endian seconds since 1970 || Ed25519 over
 *                   "cosignature/v1" LF "time " decimal seconds LF || text
 * Reading rules: the text ends at the last empty line; signatures by unknown keys are ignored; one
 * bad signature by a known key refuses the whole note; of several by one key only the first is
 * looked at.
 *
 * Thread: any. Memory: a parsed note borrows the bytes it was parsed from. */
#ifndef LEDGER_LOG_NOTE_H
#define LEDGER_LOG_NOTE_H

#include "ledger/log/note_key.h"

enum {
	NOTE_BYTES_MAX = 1024 * 1024, /* as the Go library; a checkpoint of ours has 1 KiB */
	NOTE_LINES_MAX = 100,         /* signatures, of which 16 must be supported */
	NOTE_SIGNATURE_MAX = 4096,    /* decoded bytes of a line; ML-DSA-44 takes 2,432 */
};

struct note_line {
	struct bytes name;
	struct bytes encoded; /* base64 of key id and signature */
};

struct note {
	struct bytes text;
	size_t line_count;
	struct note_line lines[NOTE_LINES_MAX];
};

/* What one known key said of a note. */
struct note_verdict {
	bool signed_by;  /* it signed, and its signature is right */
	uint64_t time_s; /* of a cosignature: when, seconds since 1970; else 0 */
};

/* True when `text` may be the text of a note. */
bool note_text_is_valid(struct bytes text);

/* Appends the text and the empty line: a note still without signatures. The text must be valid
 * (asserted: texts that we sign are our own). */
void note_begin(struct buf *out, struct bytes text);

/* Appends a signature line over `text` by a key of type Ed25519 (asserted). */
void note_sign(struct buf *out, struct bytes text, const struct note_key *key,
               const uint8_t secret_key[SECRET_KEY_BYTES]);

/* Appends a cosignature line over `text`, dated `time_s`, by a key of type cosignature (asserted).
 */
void note_cosign(struct buf *out, struct bytes text, uint64_t time_s, const struct note_key *key,
                 const uint8_t secret_key[SECRET_KEY_BYTES]);

/* Splits a note. STATUS_OK; STATUS_INVALID: not a note. Verifies nothing. */
enum status note_parse(struct note *note, struct bytes bytes) NODISCARD;

/* Verifies the signatures of the `count` pinned `keys`; verdicts[i] is of keys[i].
 *   STATUS_OK         at least one of them signed, and all that did signed well
 *   STATUS_NOT_FOUND  none of them signed
 *   STATUS_INVALID    a signature by one of them is wrong */
enum status note_verify(const struct note *note, struct note_verdict verdicts[],
                        const struct note_key keys[], size_t count) NODISCARD;

#endif
