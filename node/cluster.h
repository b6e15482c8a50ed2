/* What an operator does to the order of a cluster: begin it, begin it anew, say which nodes belong
 * to it, look at it. The keys stand in node/order_keys.h.
 *
 * Beginning anew (reseed) is for an order that is lost: etcd was wiped, or came back from an old
 * backup. Whoever does it names the ledger behind which life goes on: the longest one that the
 * nodes hold durably. Batches, tail and leader of the old order go; its nodes stop on sight of the
 * new one (STATUS_DIVERGED) and compare their ledgers with it when they are started again. Thread:
 * one owner of the map. Memory: lists in the caller's arena. */
#ifndef NODE_CLUSTER_H
#define NODE_CLUSTER_H

#include "node/order_keys.h"
#include "node/ordered_map.h"

enum { CLUSTER_NODES_MAX = 64 };

struct cluster_state {
	struct order_root root;
	struct order_tail tail;
	uint64_t oldest; /* slot that is kept */
	char leader[SEQUENCER_NAME_MAX + 1];
	struct order_node nodes[CLUSTER_NODES_MAX];
	size_t node_count;
};

/* Begins an order behind `root` (its generation is drawn here). STATUS_EXISTS: there is one.
 * Statuses of map_change besides; after STATUS_TIMEOUT look at the state. */
enum status cluster_begin(struct ordered_map *map, const struct id *ledger,
                          const struct order_root *root, struct arena *arena,
                          struct detail *detail) NODISCARD;

/* Replaces the order, whatever there is of it. Nodes stay. */
enum status cluster_reseed(struct ordered_map *map, const struct id *ledger,
                           const struct order_root *root, struct arena *arena,
                           struct detail *detail) NODISCARD;

/* STATUS_EXISTS; STATUS_NOT_FOUND when there is no order. */
enum status cluster_add_node(struct ordered_map *map, const struct id *ledger, const char *name,
                             struct arena *arena, struct detail *detail) NODISCARD;

/* STATUS_NOT_FOUND. A node that leads is not removed: STATUS_REFUSED. */
enum status cluster_remove_node(struct ordered_map *map, const struct id *ledger, const char *name,
                                struct arena *arena, struct detail *detail) NODISCARD;

/* Reads all of it. STATUS_NOT_FOUND when there is no order; STATUS_CORRUPT. */
enum status cluster_read(struct ordered_map *map, const struct id *ledger,
                         struct cluster_state *state, struct arena *arena,
                         struct detail *detail) NODISCARD;

#endif
