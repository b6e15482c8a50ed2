/* The order of a cluster: slots are keys of etcd, written by transactions (node/order_keys.h).
 *
 *   pipeline ──▶ append: one transaction ──▶ etcd ──▶ watcher's window ──▶ next ──▶ pipeline
 *                        keeper: lease, position, trimming
 *
 * Safety lies in the transaction: the slot is free, the tail is what this node last gave or took,
 * the order is the one it belongs to. The lease of `leader` only keeps others from trying. The
 * window and the watch only save reading: what they miss is read.
 *
 * Trimming: the leader removes slots that every node of the cluster holds durably, but keeps
 * ORDER_KEPT of them; a node that is ORDER_KEPT_MAX behind is waited for no longer: it takes
 * records from a peer. When etcd is full the leader keeps only ORDER_KEPT_FULL.
 *
 * Statuses besides those of node/sequencer.h, all fatal:
 *   STATUS_DIVERGED     the order that this node belonged to is gone: etcd was wiped or reseeded
 *   STATUS_NOT_FOUND    there has never been one for this ledger (from confirm)
 *   STATUS_DENIED       a batch is sealed with another key; or etcd does not let us in
 *   STATUS_CORRUPT      a batch was changed or moved; a value does not parse
 * Thread: two of its own; see node/sequencer.h. Memory: heap; maps are freed with it, options
 * copied. */
#ifndef NODE_SEQUENCER_ETCD_H
#define NODE_SEQUENCER_ETCD_H

#include "node/ordered_map.h"
#include "node/seal.h"
#include "node/sequencer.h"

enum {
	ORDER_LEASE_S = 2, /* etcd gives no shorter one with its usual election timeout */
	ORDER_KEPT = 1000,
	ORDER_KEPT_MAX = 10000,
	ORDER_KEPT_FULL = 10,
	ORDER_WINDOW = 64, /* slots held in memory as they come */
};

/* Connections to the same servers, one for each owner. */
enum sequencer_etcd_map { ORDER_MAP_APPEND, ORDER_MAP_CONFIRM, ORDER_MAP_KEEP, ORDER_MAP_WATCH };
enum { ORDER_MAPS = ORDER_MAP_WATCH + 1 };

struct sequencer_etcd_options {
	struct id ledger;
	const char *name;    /* of this node */
	const char *address; /* where other core nodes bring events */
	struct seal_key key;
	struct ordered_map *maps[ORDER_MAPS]; /* given to the sequencer, also when it is not made */
	uint64_t kept;                        /* instead of ORDER_KEPT; 0: that */
};

/* Asks nobody yet. STATUS_OK; STATUS_INVALID for a name or address that is too long;
 * STATUS_NO_MEMORY. */
enum status sequencer_etcd_new(struct sequencer **out, const struct sequencer_etcd_options *options,
                               struct detail *detail) NODISCARD;

#endif
