/* A disk that a simulation can cut off: what a store in memory would leave behind after a crash.
 *
 * From store_memory_simulate on the store keeps the versions of commits that no sync has covered.
 * A crash goes back to a version that a disk might show: everything synced, and any number of the
 * commits after it, in their order (store.h, I1 and I2).
 * Thread: nobody may use the store during a crash or a clone: no batch, view or cursor is open
 * (asserted). Memory: one version, a root for each family, for each commit not synced. */
#ifndef LEDGER_STORE_STORE_MEMORY_H
#define LEDGER_STORE_STORE_MEMORY_H

#include "ledger/store/store.h"

/* Another store that begins as `store` stands; they share what neither changes. */
enum status store_memory_clone(struct store **out, const struct store *store) NODISCARD;

void store_memory_simulate(struct store *store);

/* Commits that a crash may lose. */
size_t store_memory_unsynced(const struct store *store);

/* Keeps what is synced and the first `kept` commits after it. */
void store_memory_crash(struct store *store, size_t kept);

/* The commit or sync after `calls` more of them fails with STATUS_IO, and so do all that follow,
 * until the next crash. */
void store_memory_fail_after(struct store *store, size_t calls);

#endif
