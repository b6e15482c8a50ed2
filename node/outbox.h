/* The outbox of a replica: signed events that were taken here and are not yet known to stand in the
 * ledger. A commune that is cut off works on with it.
 *
 *   add ─▶ WAITING ─▶ seen in the node's own verified ledger: removed
 *             ▲  └──▶ a core node refuses it: REFUSED, with why, for the office to handle
 *             └───────┘ submitted once more          └─▶ dismissed by an officer: removed
 * Kept in a store of its own (folder "outbox" of the node):
 *   META  "next"           u64: number of the next entry; never given twice
 *   WORK  number u64       queued at u64 | state u8 | event id 32 | request id 16 |
 *                          u32 length of refusal | refusal | signed event
 * The list is in memory without events and refusals; those are read when they are asked for.
 *
 * Invariants
 *   I1  What add has returned survives a power cut; what it refused was not kept.
 *   I2  An event has one entry: the same event again is the same entry.
 *   I3  Numbers ascend in the order of adding, over restarts.
 *   I4  At most OUTBOX_ENTRIES_MAX entries of OUTBOX_BYTES_MAX in all.
 * Thread: any; a lock guards it. Memory: opaque, heap; the store is the caller's and outlives it.
 */
#ifndef NODE_OUTBOX_H
#define NODE_OUTBOX_H

#include "ledger/base/buf.h"
#include "ledger/base/detail.h"
#include "ledger/store/store.h"

enum {
	OUTBOX_ENTRIES_MAX = 10000, /* a month of a busy commune */
	OUTBOX_BYTES_MAX = 64 << 20,
	OUTBOX_REFUSAL_BYTES_MAX = 64 << 10,
};

enum outbox_state { OUTBOX_WAITING, OUTBOX_REFUSED };

struct outbox_entry {
	uint64_t number;
	int64_t queued_at_ms;
	struct hash event_id;
	struct id request_id;
	size_t bytes; /* of the event */
	enum outbox_state state;
};

/* An admitted event. */
struct outbox_event {
	struct hash event_id;
	struct id request_id;
	struct bytes signed_event;
};

struct outbox_counts {
	size_t waiting;
	size_t refused;
	size_t bytes;
	int64_t oldest_at_ms; /* of those that wait; 0: none */
};

struct outbox;

/* STATUS_OK; STATUS_CORRUPT when an entry does not parse; STATUS_IO, STATUS_NO_MEMORY. */
enum status outbox_open(struct outbox **out, struct store *store, struct detail *detail) NODISCARD;
void outbox_close(struct outbox *outbox); /* accepts NULL */

/* Takes events, all or none, durably. One that is here already keeps its entry, and waits again
 * when it was refused.
 *   STATUS_OK      `entries` are those of the events, in their order
 *   STATUS_EXISTS  a request id of `*which` is used here, or before it in the call, for another
 *                  event: that of entries[*which]
 *   STATUS_BUSY    there is no room: `detail` says what is full
 *   STATUS_IO, STATUS_NO_MEMORY, STATUS_CORRUPT: fatal */
enum status outbox_add(struct outbox *outbox, struct outbox_entry entries[],
                       const struct outbox_event events[], size_t count, int64_t now_ms,
                       size_t *which, struct detail *detail) NODISCARD;

/* Copies entries with numbers above `after`, ascending; returns how many. */
size_t outbox_list(struct outbox *outbox, struct outbox_entry entries[], size_t max,
                   uint64_t after);

/* The entry of an event. False: there is none. */
bool outbox_find(struct outbox *outbox, struct outbox_entry *entry, const struct hash *event_id);

/* Bytes of an entry's signed event, or of its refusal (empty while it waits); either may be NULL.
 * STATUS_OK; STATUS_NOT_FOUND; fatal ones. */
enum status outbox_read(struct outbox *outbox, uint64_t number, struct buf *signed_event,
                        struct buf *refusal) NODISCARD;

/* Keeps why an entry was refused. STATUS_OK; STATUS_NOT_FOUND; fatal ones. */
enum status outbox_refuse(struct outbox *outbox, uint64_t number, struct bytes refusal) NODISCARD;

/* Forgets an entry. STATUS_OK; STATUS_NOT_FOUND; fatal ones. */
enum status outbox_remove(struct outbox *outbox, uint64_t number) NODISCARD;

/* Forgets a refused entry, with which an officer has dealt. STATUS_OK; STATUS_NOT_FOUND;
 * STATUS_REFUSED: it waits, perhaps because it was added again meanwhile; fatal ones. */
enum status outbox_dismiss(struct outbox *outbox, uint64_t number) NODISCARD;

struct outbox_counts outbox_counts(struct outbox *outbox);

#endif
