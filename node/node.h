/* A node: the ledger in its folder, the pipeline that fills it, the reads that it serves. Knows no
 * network; api/ puts gRPC before it, tests call it straight.
 *
 *   folder   identity, node.key   who it is (node/identity.h)
 *            store/               RocksDB
 *            floor                how far it has come (node/floor.h)
 *            checkpoint           what it signed last (node/checkpointing.h)
 *            seen                 after a restore: what others saw signed (node/seen.h)
 *            door                 for backups on this machine (node/snapshot.h)
 *            access/              who asked about whom (node/access_log.h)
 *            outbox/              role replica: events on their way (node/outbox.h)
 *            witnessed, evidence/ role replica: what others signed (node/follower.h)
 *
 * Opening compares four witnesses: the ledger's head with its own last record and tree, with the
 * floor, and with the last checkpoint signed. Any disagreement is a refusal that names both numbers
 * and the way out.
 * Any fatal status while running ends the process with one log line (fail-stop).
 * Threads: as node/pipeline.h and node/checkpointing.h; the calls here from any thread.
 * Memory: opaque, heap. */
#ifndef NODE_NODE_H
#define NODE_NODE_H

#include "node/access_writer.h"
#include "node/courier.h"
#include "node/follower.h"
#include "node/identity.h"
#include "node/pipeline.h"

struct node;

struct node_options {
	const char *folder; /* copied */
	size_t cache_bytes; /* of the store */
	unsigned workers;   /* verify threads */
	uint64_t disk_reserve_bytes;
	const struct clock *clock; /* kept */
	/* Role core: the order of the cluster, given to the node also when it does not open. NULL:
	 * a solo node, its own order. */
	struct sequencer *sequencer;
	struct peers *peers; /* kept; NULL: events are not brought to a leader */
	/* Kept. Role replica: whom to follow. Role core: the others of its cluster, to watch and to
	 * take records from; NULL: to be left behind by the order is fatal. */
	const struct following *following;
	/* After every commit, on the apply thread; may be NULL. Must not block. */
	void (*committed)(void *context, const struct ledger_head *head);
	void *context;
};

/* Makes an empty node in a folder, which is created when it is not there. `identity` names node,
 * origin and ledger. STATUS_EXISTS when the folder holds a node; STATUS_INVALID; STATUS_IO. */
enum status node_format(const char *folder, struct identity *identity, const uint8_t seed[32],
                        struct detail *detail) NODISCARD;

/* Opens and starts.
 *   STATUS_NOT_FOUND     not formatted
 *   STATUS_BUSY          another process has it open
 *   STATUS_UNSUPPORTED   format of another version
 *   STATUS_OUT_OF_RANGE  records are missing that were committed or signed here
 *   STATUS_DIVERGED      other records than were committed or signed here
 *   STATUS_CORRUPT, STATUS_IO, STATUS_NO_MEMORY, STATUS_DENIED */
enum status node_open(struct node **out, const struct node_options *options,
                      struct detail *detail) NODISCARD;

/* As pipeline_submit; besides STATUS_DISK_FULL below the reserve, and STATUS_UNSUPPORTED of a
 * replica: that has an outbox. */
enum status node_submit(struct node *node, struct submission *submission) NODISCARD;

/* A snapshot for queries and previews; end it with ledger_view_end. */
enum status node_view(struct node *node, struct ledger_view *view) NODISCARD;

struct node_status {
	struct ledger_head head;
	uint64_t checkpoint_size;
	uint64_t disk_free_bytes;
	int64_t started_at_ms;
	bool disk_full;
	struct pipeline_counts counts;
	struct sequencer_state order; /* of a solo node or a replica: reachable */
	bool follows;                 /* role replica, and how it stands */
	struct replica_state following;
	struct outbox_counts outbox;
	struct access_writer_counts access;
};
struct node_status node_status(struct node *node);

/* The outbox of a replica; NULL of other nodes. */
struct outbox *node_outbox(struct node *node);

/* As outbox_add, and on its way; STATUS_DISK_FULL below the reserve. Fatal statuses end the
 * process. */
enum status node_queue(struct node *node, struct outbox_entry entries[],
                       const struct outbox_event events[], size_t count, size_t *which,
                       struct detail *detail) NODISCARD;

/* True of a replica. */
bool node_follows(const struct node *node);

/* How far the ledger is. */
struct node_position {
	uint64_t size;
	uint64_t batch;
};
struct node_position node_position(struct node *node);

/* Asks the order for its newest batch, linearizably (sequencer_confirm); 0 of a solo node. Blocks
 * for about a second at most. STATUS_UNSUPPORTED of a replica, which has nobody to ask. */
enum status node_confirm(struct node *node, uint64_t *newest, struct detail *detail) NODISCARD;

/* Number of records committed. */
uint64_t node_size(struct node *node);
const struct identity *node_identity(const struct node *node);
const struct clock *node_clock(const struct node *node);

/* Size of the newest signed checkpoint; 0 before the first. */
uint64_t node_checkpoint_size(struct node *node);

/* Time of the last record that it covers; 0 before the first. */
int64_t node_checkpoint_at_ms(struct node *node);

/* Of a replica: when a signed statement of another node last confirmed what is here; 0 of others.
 */
int64_t node_verified_at_ms(struct node *node);

/* Newest signed checkpoint; empty before the first. */
enum status node_checkpoint(struct node *node, struct buf *note) NODISCARD;

/* Checkpoints of others that this node holds, in the form of witness_notes (node/witness.h); empty
 * where it follows nobody. STATUS_OK, STATUS_NO_MEMORY. */
enum status node_witnessed(struct node *node, struct buf *notes);

/* Who keeps what was asked; and its store, to read the log. */
struct access_writer *node_access(struct node *node);
struct store *node_access_store(struct node *node);

/* The store, for figures of the engine. */
struct store *node_store(struct node *node);

/* Answers what was taken, signs, closes, frees. Accepts NULL. */
void node_close(struct node *node);

#endif
