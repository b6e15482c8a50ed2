/* Checking that a leaf is in a tree, and that one tree continues another.
 *
 * Pure functions of their arguments: no store, so whoever doubts the ledger can run them alone.
 * Source: RFC 9162 section 2.1.3.2 (inclusion) and 2.1.4.2 (consistency). The edges:
 *
 *   inclusion    the length of the path follows from index and size; any other is refused. Size 1:
 *                empty path, root = leaf. Nothing is in a tree of size 0.
 *   consistency  equal sizes: empty proof and equal roots. Old size 0: empty proof, and the old
 * root is that of the empty tree. Old size a power of two: the old root is itself a node of the new
 * tree and is not repeated in the proof. Old size above new: refused.
 *
 * Sizes are at most TREE_SIZE_MAX. Hashes are compared plainly: nothing here is secret.
 * Thread: any. Memory: none. */
#ifndef LEDGER_LOG_PROOF_H
#define LEDGER_LOG_PROOF_H

#include "ledger/base/bytes.h"
#include "ledger/base/status.h"
#include "ledger/log/merkle.h"

enum { PROOF_HASHES_MAX = 64 }; /* a consistency proof has one more hash than the tree has levels */

/* Hashes from the leaf towards the root. */
struct proof {
	size_t count;
	struct hash hashes[PROOF_HASHES_MAX];
};

/* A tree as others know it. */
struct tree_head {
	uint64_t size;
	struct hash root;
};

/* Whether leaf hash `leaf` is number `index` in the tree `head`.
 * STATUS_OK, or STATUS_INVALID: index or size out of bounds, or not the path of that leaf. */
enum status proof_check_inclusion(const struct tree_head *head, uint64_t index,
                                  const struct hash *leaf, const struct proof *proof) NODISCARD;

/* Whether the tree `head` begins with the leaves of `old`, in the same order.
 * STATUS_OK, or STATUS_INVALID: sizes out of order or bounds, or not the proof of that. */
enum status proof_check_consistency(const struct tree_head *old, const struct tree_head *head,
                                    const struct proof *proof) NODISCARD;

#endif
