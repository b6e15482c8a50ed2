/* The Merkle tree over all records, kept in the store so that any past root can be computed.
 *
 * Family STORE_TREE holds the hash of every complete subtree: node (level, index) covers the leaves
 * index * 2^level .. (index + 1) * 2^level - 1. Such a node never changes once written, so the tree
 * of any size n is there: its root combines the nodes that the bits of n name, at most 63 of them.
 *
 *     size 6 = 110b      level 2:  (2,0)             root(6) = node((2,0), (1,2))
 *                        level 1:  (1,0) (1,1) (1,2)
 *                        level 0:  0 1   2 3   4 5
 *
 * `struct tree` is the right edge: enough to append without reading. About two nodes are written
 * per leaf.
 *
 * Invariants: frontier[level] is the last complete subtree of 2^level leaves, and meaningful
 * exactly when bit `level` of size is set. Nodes are functions of the leaves alone. Thread: the
 * tree belongs to the applying thread; the functions over a view to any. Memory: none; a plain
 * value that may be copied. */
#ifndef LEDGER_LOG_TREE_H
#define LEDGER_LOG_TREE_H

#include "ledger/log/proof.h"
#include "ledger/store/store.h"

struct tree {
	uint64_t size; /* leaves */
	struct hash frontier[TREE_LEVELS];
};

/* The tree without leaves. */
void tree_init(struct tree *tree);

/* Loads the right edge of the tree of `size` leaves. STATUS_OK; STATUS_CORRUPT when a node is
 * missing or of another length, or size is beyond TREE_SIZE_MAX; STATUS_IO, STATUS_NO_MEMORY. On
 * failure the tree must not be used. */
enum status tree_open(struct tree *tree, struct store_view *view, uint64_t size) NODISCARD;

/* Appends a leaf and puts the nodes it completes into the batch; none is kept when `batch` is NULL,
 * for a tree of which only the root is wanted. A tree is a draft until the batch commits: keep a
 * copy to fall back on. */
void tree_append(struct tree *tree, struct store_batch *batch, const struct hash *leaf);

/* Root of the tree as it stands. Reads nothing. */
void tree_root(const struct tree *tree, struct hash *root);

/* Root over the first `size` leaves. STATUS_OK; STATUS_OUT_OF_RANGE beyond TREE_SIZE_MAX;
 * STATUS_CORRUPT when a node is missing: the caller compares `size` with the size of its view
 * before. Also STATUS_IO, STATUS_NO_MEMORY. */
enum status tree_root_at(struct store_view *view, struct hash *root, uint64_t size) NODISCARD;

/* Proof that leaf `index` is in the tree of `size` leaves. STATUS_OUT_OF_RANGE unless
 * index < size <= TREE_SIZE_MAX; else as tree_root_at. */
enum status tree_prove_inclusion(struct store_view *view, struct proof *proof, uint64_t index,
                                 uint64_t size) NODISCARD;

/* Proof that the tree of `size` leaves begins with that of `old_size`. Empty when the sizes are
 * equal or the old one is 0. STATUS_OUT_OF_RANGE unless old_size <= size <= TREE_SIZE_MAX. */
enum status tree_prove_consistency(struct store_view *view, struct proof *proof, uint64_t old_size,
                                   uint64_t size) NODISCARD;

/* Reads one node. STATUS_CORRUPT when it is missing or has another length. */
enum status tree_node(struct store_view *view, struct hash *out, uint8_t level,
                      uint64_t index) NODISCARD;

#endif
