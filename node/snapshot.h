/* Snapshots: the store of a node as it is at one moment, for a backup on the same machine.
 *
 *   FOLDER/snapshot   the copy: hard links to the store's files; there while somebody reads it
 *   FOLDER/door       Unix socket of a running node, mode 0600
 *
 *   the backup connects   -> the node copies its store and answers one line, "ok" LF, or
 *                            "failed " status " " text LF
 *   the backup hangs up   -> the node removes the copy
 * Who may open the socket owns the node's folder and could read its files; so no other permission
 * is asked, and nobody on the network can make a node fill its disk. One backup at a time: a second
 * waits in the socket's queue. A node that is stopped is opened by the backup itself.
 *
 * Invariants
 *   I1  A copy is gone when nobody reads it: the connection ends, the door closes, or the next
 *       start of the node finds it.
 *   I2  A failed copy stops the backup, never the node.
 * Thread: the door has one of its own. Memory: opaque, heap. */
#ifndef NODE_SNAPSHOT_H
#define NODE_SNAPSHOT_H

#include "ledger/base/detail.h"
#include "ledger/store/store.h"

enum { SNAPSHOT_PATH_MAX = 3072 }; /* of a node's folder, and "/snapshot" */

struct snapshot_door;

/* Opens the door of a node's folder and removes what a crash left behind. The store outlives it.
 * STATUS_OK; STATUS_IO; STATUS_NO_MEMORY. */
enum status snapshot_door_open(struct snapshot_door **out, const char *folder, struct store *store,
                               struct detail *detail) NODISCARD;

/* Ends the thread, hangs up, frees. Accepts NULL. */
void snapshot_door_close(struct snapshot_door *door);

/* A snapshot as the backup holds it. */
struct snapshot {
	int connection; /* to the running node; -1 when it was stopped */
	char folder[SNAPSHOT_PATH_MAX];
};

/* Takes a snapshot of the node in `folder`, running or not.
 *   STATUS_OK           it lies in snapshot->folder until snapshot_end
 *   STATUS_NOT_FOUND    no store there
 *   STATUS_INVALID      the path is too long
 *   STATUS_BUSY         a process holds the store and has no door, or the path of a copy is in use
 *   STATUS_UNAVAILABLE  the node hung up, or could not copy; see `detail`
 *   STATUS_DENIED       the folder is another user's
 *   what opening the store gives */
enum status snapshot_begin(struct snapshot *snapshot, const char *folder,
                           struct detail *detail) NODISCARD;

/* Lets it be removed. */
void snapshot_end(struct snapshot *snapshot);

#endif
