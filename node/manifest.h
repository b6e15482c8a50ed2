/* Manifests: what one backup holds, signed by the node that made it.
 *
 *   text, each line ending with LF
 *     civil-ledger/backup/v1
 *     node NAME                    who made it
 *     origin ORIGIN                name of its log, and of the key that signs
 *     ledger 32-hex
 *     key VKEY                     that key, in C2SP's form
 *     number N                     1 for the first backup of a folder, then one more each
 *     made MS                      milliseconds since 1970-01-01 UTC, by the machine's clock
 *     store-format N               ledger/format.h
 *     batch N, size N, recorded MS, head 64-hex, root 64-hex      one line each: ledger/head.h
 *     previous 64-hex              SHA-256 of the manifest before it; zeros in the first
 *     files N
 *     file 64-hex SIZE NAME        N times: SHA-256 of the file, its bytes, its path in the node
 *   signed note                    ledger/log/note.h: the text, an empty line, one signature
 * A manifest has one text: what is read is written again and must be the same bytes. Its first line
 * is never that of a checkpoint's text, because a checkpoint has three lines.
 *
 * The key inside says who claims to have signed; whether to believe it is for whoever pins keys.
 * Thread: any. Memory: manifest_init and manifest_fini; the list of files is heap. */
#ifndef NODE_MANIFEST_H
#define NODE_MANIFEST_H

#include "ledger/base/detail.h"
#include "ledger/head.h"
#include "ledger/log/note.h"
#include "node/identity.h"

enum {
	MANIFEST_FORMAT = 1,
	MANIFEST_FILES_MAX = 8000, /* the store's files have 64 MiB: half a terabyte */
	MANIFEST_NAME_MAX = 63,    /* "store/MANIFEST-000012" */
	MANIFEST_BYTES_MAX = NOTE_BYTES_MAX,
};

struct manifest_file {
	struct hash hash;
	uint64_t size;
	char name[MANIFEST_NAME_MAX + 1];
};

struct manifest {
	char node[NODE_NAME_MAX + 1];
	char origin[NODE_ORIGIN_MAX + 1];
	struct id ledger;
	struct note_key key;
	uint64_t number;
	int64_t made_at_ms;
	uint32_t store_format;
	struct ledger_head head;
	struct hash previous;
	struct manifest_file *files;
	size_t file_count;
};

void manifest_init(struct manifest *manifest);
void manifest_fini(struct manifest *manifest);

/* Room for one more file; NULL at MANIFEST_FILES_MAX or without memory. */
struct manifest_file *manifest_add(struct manifest *manifest);

/* True for a name that a backup may hold: a file of the node's folder, or of its store. */
bool manifest_name_is_valid(const char *name);

/* Bytes of all its files. */
uint64_t manifest_bytes(const struct manifest *manifest);

/* Appends the signed note. The key in the manifest must be `secret_key`'s.
 * STATUS_OK; STATUS_NO_MEMORY, also when it is larger than MANIFEST_BYTES_MAX. */
enum status manifest_seal(struct buf *out, const struct manifest *manifest,
                          const uint8_t secret_key[SECRET_KEY_BYTES]) NODISCARD;

/* Reads a note into an initialised manifest, and verifies it by `pinned`, or, when that is NULL, by
 * the key that it names.
 *   STATUS_OK
 *   STATUS_UNSUPPORTED  of a newer version; `detail` names both
 *   STATUS_DENIED       signed by another key than the pinned one
 *   STATUS_CORRUPT      not a manifest in its one form, or the signature is wrong
 *   STATUS_NO_MEMORY */
enum status manifest_open(struct manifest *manifest, struct bytes note,
                          const struct note_key *pinned, struct detail *detail) NODISCARD;

#endif
