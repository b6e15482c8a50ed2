/* The insides of a node, shared by node_open.c (from a folder to threads, and back) and node.c
 * (what callers ask) alone. */
#ifndef NODE_NODE_INTERNAL_H
#define NODE_NODE_INTERNAL_H

#include "node/checkpointing.h"
#include "node/node.h"

#include <limits.h>
#include <pthread.h>

struct node {
	char folder[PATH_MAX / 2];
	struct node_options options;
	struct identity identity;
	struct store *store;
	struct ledger *ledger;
	struct floor floor;
	struct sequencer *sequencer;
	struct pipeline *pipeline; /* NULL of a replica */
	struct store *access_store;
	struct access_writer *access;
	struct store *outbox_store; /* with the next two of a replica alone */
	struct outbox *outbox;
	struct courier *courier;
	struct follower *follower; /* NULL of a solo node */
	struct checkpointing *checkpointing;
	struct snapshot_door *door;
	int64_t started_at_ms;
	pthread_mutex_t lock; /* guards the rest */
	struct ledger_head head;
	uint64_t durable_batch; /* of a replica */
	int64_t disk_looked_at_ns;
	uint64_t disk_free_bytes;
	uint64_t checkpoint_size; /* whose last record has the time `checkpoint_at_ms` */
	int64_t checkpoint_at_ms;
};

/* Fail-stop: what is on disk is whole; a restart replays and checks it. */
_Noreturn void node_fatal(void *context, enum status status, const struct detail *detail);

#endif
