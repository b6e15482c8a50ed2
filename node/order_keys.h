/* What an order keeps in its map, and where.
 *
 *   /civil/<ledger id, 32 hex>/order          what this order is; written once, when it begins
 *   /civil/<ledger id>/tail                   its newest slot
 *   /civil/<ledger id>/batch/<20 digits>      a slot: a sealed batch (node/seal.h)
 *   /civil/<ledger id>/leader                 under a lease: who proposes now
 *   /civil/<ledger id>/node/<name>            a node of the cluster and how far it has come
 *
 *   order    generation 16 | begin u64 | size u64 | head 32
 *            behind which batch, records and head it began; the first slot is begin + 1
 *   tail     number u64 | SHA-256 of the sealed bytes of that slot, 32; zero at the beginning
 *   leader   name, NUL, address for the other core nodes
 *   node     applied u64 | durable u64 | size u64 | head 32 | address
 *
 * Every change of a slot names `order` and `tail` as they must be, so a node appends behind bytes
 * that it knows, in the order that it belongs to, or not at all (node/sequencer.h, I1).
 * Thread: any. Memory: keys and values in the caller's arena; NULL data when it is exhausted. */
#ifndef NODE_ORDER_KEYS_H
#define NODE_ORDER_KEYS_H

#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"
#include "node/seal.h"
#include "node/sequencer.h"

struct order_root {
	uint8_t generation[SEAL_GENERATION_BYTES];
	uint64_t begin;
	uint64_t size;
	struct hash head;
};

struct order_tail {
	uint64_t number;
	struct hash sealed;
};

/* A node of the cluster, as it says. */
struct order_node {
	char name[SEQUENCER_NAME_MAX + 1];
	char address[SEQUENCER_NAME_MAX + 1];
	struct sequencer_position position;
};

/* Keys. `name` is "order", "tail" or "leader". */
struct bytes order_key(struct arena *arena, const struct id *ledger, const char *name);
struct bytes order_key_of_slot(struct arena *arena, const struct id *ledger, uint64_t number);
struct bytes order_key_of_node(struct arena *arena, const struct id *ledger, const char *node);

/* Behind the last key of the ledger. */
struct bytes order_key_end(struct arena *arena, const struct id *ledger);

/* The number in the key of a slot; 0: it is another key. */
uint64_t order_slot_of_key(struct bytes key, const struct id *ledger);

/* The name in the key of a node, into `name`; false: it is another key. */
bool order_node_of_key(char name[SEQUENCER_NAME_MAX + 1], struct bytes key,
                       const struct id *ledger);

/* Values. Reading gives false for bytes that are none. */
struct bytes order_root_bytes(struct arena *arena, const struct order_root *root);
bool order_root_read(struct order_root *root, struct bytes value);
struct bytes order_tail_bytes(struct arena *arena, const struct order_tail *tail);
bool order_tail_read(struct order_tail *tail, struct bytes value);
struct bytes order_leader_bytes(struct arena *arena, const char *name, const char *address);
bool order_leader_read(char name[SEQUENCER_NAME_MAX + 1], char address[SEQUENCER_NAME_MAX + 1],
                       struct bytes value);
struct bytes order_node_bytes(struct arena *arena, const struct order_node *node);
bool order_node_read(struct order_node *node, struct bytes value);

#endif
