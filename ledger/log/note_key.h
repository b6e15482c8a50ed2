/* Names and public keys of those who sign notes, in C2SP's "vkey" form.
 *
 *   vkey    name "+" key id as 8 hex digits "+" base64(type || public key)
 *   key id  the first 4 bytes of SHA-256(name || LF || type || public key)
 *   type    0x01 Ed25519 over the text of a note
 *           0x04 Ed25519 over a dated statement about a checkpoint (cosignature/v1)
 * Source: c2sp.org/signed-note, c2sp.org/tlog-cosignature. The same Ed25519 key has a key id for
 * each type. A name is not empty and has neither spaces nor "+"; ours are printable ASCII besides.
 * Keys are pinned by configuration, never taken from what they are to verify.
 *
 * Thread: any. Memory: a plain value. */
#ifndef LEDGER_LOG_NOTE_KEY_H
#define LEDGER_LOG_NOTE_KEY_H

#include "ledger/base/buf.h"
#include "ledger/base/status.h"

enum {
	NOTE_NAME_MAX = 255, /* bytes; ours look like "civil.example/ledger" */
	NOTE_KEY_ID_BYTES = 4,
};

enum note_key_type {
	NOTE_KEY_ED25519 = 0x01,
	NOTE_KEY_COSIGNATURE = 0x04,
};

struct note_key {
	enum note_key_type type;
	uint8_t id[NOTE_KEY_ID_BYTES];
	uint8_t public_key[PUBLIC_KEY_BYTES];
	char name[NOTE_NAME_MAX + 1];
};

/* True for a name that we give or pin: 1 to NOTE_NAME_MAX printable ASCII characters without space
 * and plus. */
bool note_name_is_valid(struct bytes name);

/* Makes a key and computes its id. STATUS_INVALID when the name is not valid. */
enum status note_key_init(struct note_key *key, const char *name, enum note_key_type type,
                          const uint8_t public_key[PUBLIC_KEY_BYTES]) NODISCARD;

/* Reads a vkey. STATUS_OK; STATUS_INVALID: not one, or its id is not that of its key;
 * STATUS_UNSUPPORTED: well formed, of another type. */
enum status note_key_parse(struct note_key *key, struct bytes vkey) NODISCARD;

/* Appends the vkey, without a line feed. */
void note_key_format(struct buf *out, const struct note_key *key);

#endif
