/* The log of accesses: who asked about whom and why, and what was tried and refused. Each node
 * keeps its own of what it was asked, in a store beside the ledger's, so that readers never wait
 * for who registers.
 *
 *   RECORD   index u64                       AccessEntry
 *   HISTORY  person id [16] · index u64      empty: an entry that the person is told of
 *   WORK     name NUL · at ms u64 · index u64   empty: of a caller, or of an office's event
 *   META     "head"                          count u64 · hash [32]
 * hash(entry) = SHA-256("civil-ledger/access/v1\n" || entry); each holds that of the one before
 *
 * Invariants
 *   I1  What access_log_append has returned survives a power cut.
 *   I2  Entries are never changed, and the head of all is that of the chain: who knows an old head
 *       (an access_anchor on the ledger) sees what was taken away or put in before it.
 * Thread: one appends; reads from any, each over a view of its own. Memory: the store is the
 * caller's and outlives it; entries that are read live in the arena given. */
#ifndef NODE_ACCESS_LOG_H
#define NODE_ACCESS_LOG_H

#include "ledger/base/arena.h"
#include "ledger/base/crypto.h"
#include "ledger/base/detail.h"
#include "ledger/store/store.h"

#include "civil/v1/access_service.pb-c.h"

#define ACCESS_DOMAIN "civil-ledger/access/v1\n"

enum {
	ACCESS_ENTRY_BYTES_MAX = 64 << 10, /* 1,000 persons of a page, rules, names */
	ACCESS_PERSONS_MAX = 64,           /* ids of one person */
};

struct access_head {
	uint64_t count;
	struct hash hash; /* of the last entry; zeros when there is none */
};

/* An entry on its way, and the persons who are told of it. */
struct access_draft {
	Civil__V1__AccessEntry *entry; /* index and previous are set by who appends */
	const struct id *told;
	size_t told_count;
};

/* The hash of an entry's bytes. */
struct hash access_log_hash(struct bytes entry);

/* The head. STATUS_OK; STATUS_CORRUPT when it is not that of the last entry; STATUS_IO. */
enum status access_log_head(struct store_view *view, struct access_head *out,
                            struct detail *detail) NODISCARD;

/* Whether the entry, once index and previous are set, is small enough to be appended: who makes
 * entries asks before, for a writer has nobody to refuse to. */
bool access_log_holds(const Civil__V1__AccessEntry *entry);

/* Appends entries, all or none, durably, and moves `head`. STATUS_OK; STATUS_NO_MEMORY, also for
 * one that access_log_holds does not allow; STATUS_IO: fatal. */
enum status access_log_append(struct store *store, struct access_head *head,
                              struct access_draft *const drafts[], size_t count) NODISCARD;

/* Entry `index`. STATUS_OK; STATUS_NOT_FOUND; STATUS_CORRUPT, STATUS_IO; STATUS_NO_MEMORY. */
enum status access_log_read(struct store_view *view, Civil__V1__AccessEntry **out, uint64_t index,
                            struct arena *arena) NODISCARD;

/* Up to `room` indexes >= `from` of entries that one of the persons (at most ACCESS_PERSONS_MAX,
 * asserted) is told of, ascending, each once. STATUS_OK; trouble of the store. */
enum status access_log_of_persons(struct store_view *view, uint64_t indexes[], size_t *count,
                                  size_t room, const struct id persons[], size_t person_count,
                                  uint64_t from) NODISCARD;

/* Where a list by name goes on. */
struct access_place {
	int64_t at_ms;
	uint64_t index;
};

/* Up to `room` entries of a caller or office in their order, from `from` on, before `end_ms`.
 * STATUS_OK; STATUS_INVALID: no name; trouble of the store. */
enum status access_log_of_name(struct store_view *view, struct access_place places[], size_t *count,
                               size_t room, const char *name, struct access_place from,
                               int64_t end_ms) NODISCARD;

#endif
