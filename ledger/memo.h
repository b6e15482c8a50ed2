/* What the applying thread read or wrote lately, so that rules which ask again read nothing.
 *
 *   record   index          the record, unpacked when it is first asked for
 *   event    event id       index of its record
 *   case     case id        indexes of its records
 *   version  person id      last record and number of records that name the person
 *   state    person id      the cached state, unpacked when it is first asked for
 *
 * The steps of a case and the acts of a family follow one another, so most of what judging an event
 * reads was written a moment ago. Two generations: entries go into the young one; when it is half
 * full it becomes the old one, and the old one is forgotten whole. What both lack is read from the
 * store.
 *
 * Invariants
 *   I1  An entry equals what the store's batch holds: whoever writes such a row writes it here too,
 *       or forgets it.
 *   I2  No answer depends on it: every entry can be read from the store.
 *   I3  Entries live until the next memo_turn or memo_clear, which nobody calls inside an event.
 * A view that carries a memo sees the whole ledger.
 * Thread: one owner. Memory: 2 * (MEMO_BYTES_MAX + 16 * MEMO_ENTRIES_MAX) = 17 MiB, and what arenas
 * lose between chunks; a full one keeps nothing more until the next turn. */
#ifndef LEDGER_MEMO_H
#define LEDGER_MEMO_H

#include "ledger/base/arena.h"

enum {
	MEMO_BYTES_MAX = 8 << 20, /* of a generation: some thousand events unpacked */
	MEMO_ENTRIES_MAX = 32768, /* of a generation: it turns on bytes long before */
	MEMO_KEY_BYTES_MAX = HASH_BYTES,
	MEMO_CASE_INDEXES_MAX = 30, /* a case with more records is read from the store */
};

enum memo_sort {
	MEMO_RECORD,
	MEMO_EVENT,
	MEMO_CASE,
	MEMO_VERSION,
	MEMO_STATE,
};

/* Values of the small sorts; ledger/view.c and ledger/person/cache.c have their own. */
struct memo_case {
	size_t count;
	uint64_t index[MEMO_CASE_INDEXES_MAX];
};

struct memo_version {
	uint64_t last; /* index + 1 */
	uint64_t count;
};

struct memo;

/* NULL when memory is exhausted: without a memo applying is slower. */
struct memo *memo_new(void);

/* Accepts NULL, as every call here does. */
void memo_free(struct memo *memo);

/* Forgets everything: after a batch that was not committed. */
void memo_clear(struct memo *memo);

/* Between two events: moves on when the young generation is half full. */
void memo_turn(struct memo *memo);

/* The value, or NULL. It may be changed in place; what it points to may be allocated in `*arena`,
 * unless `arena` is NULL, and lives as long as the value. */
void *memo_find(struct memo *memo, struct arena **arena, enum memo_sort sort, struct bytes key);

/* A zeroed value of `size` bytes, in the place of any there was; its arena as in memo_find. NULL
 * when it does not fit, and then the memo has no value for the key. The key is not empty. */
void *memo_put(struct memo *memo, struct arena **arena, enum memo_sort sort, struct bytes key,
               size_t size);

/* Takes back a value, if there is one. */
void memo_forget(struct memo *memo, enum memo_sort sort, struct bytes key);

#endif
