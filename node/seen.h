/* What others have seen signed of a ledger that was restored from a backup.
 *
 *   FOLDER/seen   a checkpoint, a C2SP signed note: the largest that the one who restored was shown
 * A node that was restored with fewer records than that must not go its own way: an office may hold
 * a receipt for what is missing. So it signs nothing before it holds as many records again, and the
 * same ones. Whether the note's signature is right was verified when it was put there; the file is
 * believed as the floor is.
 *
 * Thread: any. Memory: values. */
#ifndef NODE_SEEN_H
#define NODE_SEEN_H

#include "ledger/base/detail.h"
#include "ledger/log/checkpoint.h"

/* Reads the file. STATUS_OK; STATUS_NOT_FOUND: the node was never restored, or nothing was shown;
 * STATUS_CORRUPT; STATUS_IO. */
enum status seen_read(struct tree_head *seen, const char *path, struct detail *detail) NODISCARD;

/* Compares a ledger of `size` records with what was seen; `root_at` gives its root.
 *   STATUS_OK            it holds that, or `follows`: what is missing comes from elsewhere
 *   STATUS_OUT_OF_RANGE  it is behind, and nothing would bring the rest; both numbers in `detail`
 *   STATUS_DIVERGED      it holds other records
 *   what root_at gives */
enum status seen_check(const struct tree_head *seen, uint64_t size, bool follows,
                       enum status (*root_at)(void *context, struct hash *root, uint64_t size),
                       void *context, struct detail *detail) NODISCARD;

#endif
