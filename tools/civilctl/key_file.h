/* Keys of officers in files that only their owner may read.
 *
 *     civil-ledger-key/v1 LF
 *     seed SP 64 hexadecimal digits LF
 * The seed is the whole key (RFC 8032). Losing the file loses the signature; copying it copies it.
 * Thread: any. Memory: the caller wipes keys with crypto_wipe. */
#ifndef TOOLS_CIVILCTL_KEY_FILE_H
#define TOOLS_CIVILCTL_KEY_FILE_H

#include "ledger/base/detail.h"
#include "ledger/event/compose.h"

/* Makes a new key at random and writes it, mode 0600, synced. STATUS_EXISTS when the file is
 * there; STATUS_IO. */
enum status key_file_create(struct compose_key *out, const char *path,
                            struct detail *detail) NODISCARD;

/* STATUS_NOT_FOUND; STATUS_DENIED when group or others may read it; STATUS_INVALID when it is no
 * key file; STATUS_IO. */
enum status key_file_read(struct compose_key *out, const char *path,
                          struct detail *detail) NODISCARD;

#endif
