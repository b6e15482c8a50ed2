/* A node made again from a backup.
 *
 * How it goes on without ever signing a size twice: the restored node gets a new key. What the old
 * key signed between the backup and the loss is not known here, so that key signs nothing any more;
 * nor is it in the backup. Those who pin the node's key are told the new one, as they would be of a
 * new node. And what others have seen signed bounds where it may go on:
 *
 *   at most the backup's records   compared: root by root
 *   more than those                refused; with `catch_up` the node is made with the largest of
 *                                  them beside it, and signs nothing before it holds as many
 *                                  records, the same ones (node/seen.h)
 * Invariants
 *   I1  The folder appears whole, under its name, or not at all: it is made beside, in
 *       <folder>.restoring, and renamed when durable.
 *   I2  Every file has the hash that the signed manifest names, and the ledger in it opens at the
 *       head that the manifest names.
 * Thread: any. Memory: none is kept. */
#ifndef NODE_RESTORE_H
#define NODE_RESTORE_H

#include "node/backup.h"

struct restore_options {
	const char *to;
	uint64_t number;               /* which backup; 0: the newest */
	const struct note_key *pinned; /* that must have signed it; NULL: any */
	const char *node;              /* name of the new node; NULL: the old one's */
	const uint8_t *seed;           /* 32 bytes, of its key */
	const struct bytes *seen;      /* checkpoints, their signatures verified by the caller */
	size_t seen_count;
	bool catch_up;
	struct backup_progress progress;
};

struct restore_made {
	struct ledger_head head;
	uint64_t seen_size; /* largest seen; 0: none */
	char node[NODE_NAME_MAX + 1];
	struct note_key key; /* the new node's */
};

/* Makes the folder.
 *   STATUS_OK
 *   STATUS_EXISTS        there is something at options->to
 *   STATUS_UNSUPPORTED   the backup is of a newer program; `detail` names both versions
 *   STATUS_OUT_OF_RANGE  more was seen signed than the backup holds; both numbers in `detail`
 *   STATUS_DIVERGED      what was seen signed are other records
 *   STATUS_CORRUPT       a file or the manifest is damaged, or a note is none
 *   what backup_manifest and the file system give */
enum status restore_make(const struct backup *backup, struct restore_made *made,
                         const struct restore_options *options, struct detail *detail) NODISCARD;

#endif
