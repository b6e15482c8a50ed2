/* The key by which two names count as equal: Khmer surname and given name, byte for byte, after
 * dropping U+200B to U+200D, which nobody sees (catalogue, rule P05). Look-alike spellings stay
 * different.
 * Thread: pure. Memory: the arena given. */
#ifndef LEDGER_EVENT_NAME_KEY_H
#define LEDGER_EVENT_NAME_KEY_H

#include "ledger/base/arena.h"

#include "civil/v1/common.pb-c.h"

/* surname || 0x00 || given name, stripped; size 0 when `name` is NULL or memory is exhausted. */
struct bytes name_key(const Civil__V1__Name *name, struct arena *arena);

#endif
