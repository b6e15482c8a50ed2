/* A store of a node beside its ledger's, in a folder of its own: the outbox, the log of accesses.
 * Thread: whoever opens the node. Memory: the store is the caller's. */
#ifndef NODE_SIDE_STORE_H
#define NODE_SIDE_STORE_H

#include "ledger/store/store.h"

/* Opens the store `name` of the node's folder; makes it when there is none. A crash meanwhile
 * leaves none. Statuses of store_rocksdb_open. */
enum status side_store_open(struct store **out, const char *folder, const char *name,
                            struct detail *detail) NODISCARD;

#endif
