/* A name as it is searched for: what people leave out or write either way when they type a name.
 *
 * Dropped are U+200B to U+200D, spaces, hyphens and apostrophes (U+0027, U+2019); ASCII letters are
 * small. Khmer is kept byte for byte otherwise: look-alike spellings stay different.
 * Thread: pure. Memory: the arena given. */
#ifndef LEDGER_EVENT_NAME_FOLD_H
#define LEDGER_EVENT_NAME_FOLD_H

#include "ledger/base/arena.h"

/* False when memory is exhausted. An empty name folds to an empty one. */
bool name_fold(struct bytes *out, const char *name, struct arena *arena) NODISCARD;

/* First 8 bytes of SHA-256 over the folded name; 0 for an empty one. */
uint64_t name_fold_hash(struct bytes folded);

#endif
