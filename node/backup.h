/* Backups of a node: a folder of files under the names of their hashes, and signed manifests.
 *
 *   FOLDER/lock                  held while a backup or a pruning writes
 *   FOLDER/files/<64 hex>        a file, named by its SHA-256; shared by all backups that hold it
 *   FOLDER/files/new             one that is being copied
 *   FOLDER/manifest-<8 digits>   node/manifest.h; written last, by renaming
 * A backup copies only what is not there yet: the store's files never change, so the next backup
 * takes those made since. Held are the store at one moment and the newest checkpoint that the node
 * had signed by then. Not held are the node's key and floor: the one is a secret and signs nothing
 * any more after a loss (node/restore.h), the other is made from the store.
 *
 * Invariants
 *   I1  A manifest that is there names only files that were durable before it. A cut at any moment
 *       leaves the backups before it whole; what was copied by then need not be copied again.
 *   I2  A file is never changed. Pruning removes manifests first, then files that none names.
 *   I3  A folder holds one ledger, and each backup a continuation of the one before.
 *   I4  Nothing is believed: every file is hashed when it is backed up, verified or restored.
 * Thread: any; other processes are kept out by the lock. Memory: backup_close. */
#ifndef NODE_BACKUP_H
#define NODE_BACKUP_H

#include "node/folder.h"
#include "node/manifest.h"

enum { BACKUP_PATH_MAX = 3072, BACKUPS_MAX = 4096 };

struct backup {
	char path[BACKUP_PATH_MAX];
	int lock;
	uint64_t numbers[BACKUPS_MAX]; /* of its manifests, ascending */
	size_t count;
};

/* Opens a folder of backups; with `create` it is made when it is not there, and locked.
 *   STATUS_NOT_FOUND  it is not there, or holds no backup (without `create`)
 *   STATUS_BUSY       another process writes
 *   STATUS_EXISTS     (with `create`) it holds other things
 *   STATUS_OUT_OF_RANGE  BACKUPS_MAX are there: prune
 *   STATUS_IO */
enum status backup_open(struct backup *backup, const char *path, bool create,
                        struct detail *detail) NODISCARD;
void backup_close(struct backup *backup);

/* Reads and verifies the manifest `number`. As manifest_open; STATUS_NOT_FOUND; STATUS_CORRUPT also
 * when it bears another number. `hash` may be NULL. */
enum status backup_manifest(const struct backup *backup, struct manifest *manifest,
                            struct hash *hash, uint64_t number, const struct note_key *pinned,
                            struct detail *detail) NODISCARD;

struct backup_progress {
	/* `total` is 0 while it is not known; may be NULL */
	void (*step)(void *context, uint64_t done, uint64_t total);
	void *context;
};

struct backup_made {
	uint64_t number;
	struct ledger_head head;
	uint64_t files, bytes;         /* of the backup */
	uint64_t new_files, new_bytes; /* that were not there */
};

/* Makes a backup of the node in `node_folder`, which may be running, into an open folder.
 *   STATUS_OK
 *   STATUS_DIVERGED      the folder holds another ledger, or another history of this one
 *   STATUS_OUT_OF_RANGE  the folder holds a backup with more records than the node has
 *   what snapshot_begin, identity_load, ledger_open and the file system give */
enum status backup_make(struct backup *backup, struct backup_made *made, const char *node_folder,
                        int64_t now_ms, const struct backup_progress *progress,
                        struct detail *detail) NODISCARD;

struct backup_verdict {
	uint64_t backups;
	uint64_t files, bytes; /* each file counted once */
};

/* Reads every manifest and every file that one of them names.
 *   STATUS_OK
 *   STATUS_CORRUPT   a manifest or a file is damaged, or a file is missing; `detail` names it and
 *                    says what to do
 *   STATUS_DIVERGED  a manifest does not continue the one before it
 *   what backup_manifest gives */
enum status backup_verify(const struct backup *backup, struct backup_verdict *verdict,
                          const struct note_key *pinned, const struct backup_progress *progress,
                          struct detail *detail) NODISCARD;

struct backup_pruned {
	uint64_t backups, files, bytes;
};

/* Removes all but the newest `keep` backups, at least one. Removes nothing unless every manifest
 * that stays can be read: what they name must be known. */
enum status backup_prune(struct backup *backup, struct backup_pruned *pruned, uint64_t keep,
                         struct detail *detail) NODISCARD;

/* Path of a file in it, by hash. */
void backup_file_path(char out[4096], const struct backup *backup, const struct hash *hash);

#endif
