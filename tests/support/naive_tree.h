/* The Merkle tree by the words of RFC 9162 section 2.1, recursively and with nothing stored: the
 * model that the real tree and its proofs are compared with. Remembers subtrees, nothing else. */
#ifndef TESTS_SUPPORT_NAIVE_TREE_H
#define TESTS_SUPPORT_NAIVE_TREE_H

#include "ledger/log/proof.h"

/* Makes leaves 0 .. count-1; leaf i is the hash of a short text with i in it. */
void naive_tree_init(size_t count);
void naive_tree_fini(void);

struct hash naive_tree_leaf(size_t index);
struct hash naive_tree_root(size_t size);
void naive_tree_path(struct proof *proof, size_t index, size_t size);
void naive_tree_consistency(struct proof *proof, size_t old_size, size_t size);

#endif
