/* Memory for one batch, call or fold: allocate many times, release once.
 *
 * Every arena has a cap; reaching it makes arena_alloc return NULL, which is how the memory that a
 * hostile message can cost is bounded (protobuf-c unpacks through `arena_allocator`).
 * Invariants: used <= cap. Blocks are zeroed. Alignment suits any type. Chunks hold at most
 * 3 * cap + 32 KiB at any time, and cap + 16 KiB after a reset: without that bound, allocations
 * whose sizes change from call to call would leave ever more chunks that the next call cannot use.
 * Thread: one owner. Memory: heap chunks, kept over arena_reset, freed by arena_fini. */
#ifndef LEDGER_BASE_ARENA_H
#define LEDGER_BASE_ARENA_H

#include "ledger/base/bytes.h"
#include "ledger/base/status.h"

#include <protobuf-c/protobuf-c.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *first;
	struct arena_chunk *current;
	size_t used; /* bytes handed out since the last reset */
	size_t held; /* bytes of all chunks */
	size_t cap;
	bool cap_reached; /* an allocation since the last reset was refused by the cap */
	bool heap_failed; /* ... or by the heap: trouble of ours, not of the input */
	ProtobufCAllocator allocator; /* allocates here; its free does nothing */
};

/* Makes an empty arena that hands out at most `cap` bytes between resets, each allocation rounded
 * up to alignof(max_align_t); the cap is at most PTRDIFF_MAX (asserted). Allocates nothing. */
void arena_init(struct arena *arena, size_t cap);

/* Frees all. The arena is empty and may be used again; finishing it twice is allowed. */
void arena_fini(struct arena *arena);

/* Gives all that `from` has, what it handed out included, to `to`, which has nothing (any bytes).
 * `from` is as finished. */
void arena_move(struct arena *to, struct arena *from);

/* Takes back everything handed out. Pointers into the arena die. Keeps chunks for reuse, within the
 * bound above. */
void arena_reset(struct arena *arena);

/* Zeroed memory, or NULL when the cap (sets `cap_reached`) or the heap (sets `heap_failed`) is
 * exhausted; smaller allocations may still succeed then. `size` may be 0: a pointer to no bytes. */
void *arena_alloc(struct arena *arena, size_t size);

/* `count` zeroed elements of `size` bytes, overflow-safe. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies that live as long as the arena's contents; NULL when they do not fit. */
void *arena_copy(struct arena *arena, struct bytes bytes);
char *arena_string(struct arena *arena, const char *string);

/* printf into the arena; NULL when it does not fit. */
char *arena_printf(struct arena *arena, const char *format, ...)
        __attribute__((format(printf, 2, 3)));

#endif
