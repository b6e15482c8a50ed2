/* An ordered map of byte keys whose old versions stay readable: the heart of store_memory.c, and
 * what a batch of store_rocksdb.c holds until it is committed.
 *
 * A treap with path copying: binary search tree by key, heap by a priority that is a hash of the
 * key, so the shape depends on the keys alone. A version is a root. Changing one copies the nodes
 * on the path that another version can reach too, and changes the others in place, so a batch of
 * many writes copies each shared node once. Expected depth is about 2 ln n.
 *
 * Invariants: a node reachable from two roots is never written. Reference counts are atomic, so
 * versions may be read and released on different threads; one version is changed by one thread.
 * Memory: heap; a root is a reference, released by treap_release. */
#ifndef LEDGER_STORE_TREAP_H
#define LEDGER_STORE_TREAP_H

#include "ledger/base/bytes.h"

struct treap_node;

/* Another reference to the same version. Accepts NULL, the empty map. */
struct treap_node *treap_retain(struct treap_node *root);

/* Gives a reference back. Accepts NULL. */
void treap_release(struct treap_node *root);

/* Puts or replaces `key` in `*root`, copying both. False when memory is exhausted: `*root` is then
 * a valid map with an unknown part of its keys, good only for treap_release. */
bool treap_put(struct treap_node **root, struct bytes key, struct bytes value);

/* Takes `key` out of `*root` if it is there. False as in treap_put. */
bool treap_delete(struct treap_node **root, struct bytes key);

/* Puts a grave in place of `key` and its value: in a map that lies over another, the key is gone
 * from that one too. False as in treap_put. */
bool treap_bury(struct treap_node **root, struct bytes key);
bool treap_is_grave(const struct treap_node *node);

/* Gives all nodes in the order of their keys. */
void treap_walk(const struct treap_node *root,
                void (*visit)(void *context, const struct treap_node *node), void *context);

/* Order of keys: below, equal to or above 0, by unsigned bytes, a beginning before the whole. */
int treap_compare(struct bytes a, struct bytes b);

/* The node of `key`, or of the first key after `key` (`>`), or not before it (`>=`); NULL when
 * there is none. Borrowed from the version. */
const struct treap_node *treap_find(const struct treap_node *root, struct bytes key);
const struct treap_node *treap_after(const struct treap_node *root, struct bytes key);
const struct treap_node *treap_from(const struct treap_node *root, struct bytes key);

struct bytes treap_key(const struct treap_node *node);
struct bytes treap_value(const struct treap_node *node);

#endif
