/* Folders, durably: made, listed, and files copied into them under their hash.
 *
 * Thread: any, one writer a folder. Memory: none is kept. */
#ifndef NODE_FOLDER_H
#define NODE_FOLDER_H

#include "ledger/base/bytes.h"
#include "ledger/base/detail.h"
#include "ledger/base/status.h"

#include <limits.h>

/* "folder/name". What would be longer than a path may be becomes the empty path, which no call of
 * the system takes, so that nothing happens at half a path. */
void folder_path(char out[PATH_MAX], const char *folder, const char *name);

/* Makes one folder for its owner alone. STATUS_OK, also when it is there; STATUS_IO. */
enum status folder_make(const char *path, struct detail *detail) NODISCARD;

/* Makes its entries durable. STATUS_OK, STATUS_IO. */
enum status folder_sync(const char *path, struct detail *detail) NODISCARD;

/* Removes a folder of files, and the files. STATUS_OK, also when there is none; STATUS_IO, also
 * when it holds a folder. */
enum status folder_remove_flat(const char *path, struct detail *detail) NODISCARD;

/* Calls `take` with each name in the folder but those that begin with a dot, in no order, until it
 * fails. STATUS_OK; STATUS_NOT_FOUND; STATUS_IO; what `take` gave. */
enum status folder_list(const char *path, enum status (*take)(void *context, const char *name),
                        void *context, struct detail *detail) NODISCARD;

/* Called with the number of bytes read since the last call; may be NULL. */
typedef void folder_progress(void *context, uint64_t bytes);

/* SHA-256 and size of a file. STATUS_OK; STATUS_NOT_FOUND; STATUS_IO. */
enum status folder_hash(struct hash *hash, uint64_t *size, const char *path,
                        folder_progress *progress, void *context, struct detail *detail) NODISCARD;

/* Copies a file that must have this hash; the copy is durable, its entry in its folder not yet.
 *   STATUS_OK        `to` is there, whole, mode 0600
 *   STATUS_EXISTS    there is such a file
 *   STATUS_CORRUPT   the source has another hash; nothing is left at `to`
 *   STATUS_NOT_FOUND, STATUS_IO */
enum status folder_copy(const char *from, const char *to, const struct hash *hash,
                        folder_progress *progress, void *context, struct detail *detail) NODISCARD;

#endif
