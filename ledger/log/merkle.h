/* The three hashes of the Merkle tree (RFC 6962 section 2.1, kept by RFC 9162 section 2.1.1).
 *
 *     empty           = SHA-256("")
 *     leaf(entry)     = SHA-256(0x00 || entry)
 *     node(left, right) = SHA-256(0x01 || left || right)
 *     root(D[n])      = node(root(D[0:k]), root(D[k:n])), k the largest power of two < n
 * The first byte keeps an entry from being passed off as a node. The leaf hash of a record is also
 * what the next record holds of it (ledger/log/chain.h).
 *
 * Thread: any. Memory: none. */
#ifndef LEDGER_LOG_MERKLE_H
#define LEDGER_LOG_MERKLE_H

#include "ledger/base/bytes.h"

/* Sizes and indexes of trees end here: no shift or sum below can overflow. */
#define TREE_SIZE_MAX ((uint64_t)INT64_MAX)

enum { TREE_LEVELS = 63 }; /* levels of nodes that a tree of TREE_SIZE_MAX leaves has, 0 .. 62 */

/* Root of the tree without leaves. */
void merkle_empty(struct hash *out);

void merkle_leaf(struct hash *out, struct bytes entry);

/* `out` may be `left` or `right`. */
void merkle_node(struct hash *out, const struct hash *left, const struct hash *right);

/* The largest power of two smaller than `count`, where a tree of `count` >= 2 leaves splits. */
uint64_t merkle_split(uint64_t count);

#endif
