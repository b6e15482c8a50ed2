/* The insides of a replica, shared by replica.c (whom to ask, what has been said) and
 * replica_fetch.c (records) alone. */
#ifndef NODE_REPLICA_INTERNAL_H
#define NODE_REPLICA_INTERNAL_H

#include "node/replica.h"

struct replica {
	struct replica_options options;
	struct choice choice;
	struct page *page;
	struct buf answer;
	struct replica_state state;
	struct ledger_head head; /* applied */
	bool following;          /* `target` is of the current upstream */
	struct witness_answer target;
	int64_t target_at_ms;  /* when it was given */
	int64_t ask_at_ns;     /* next look for something new */
	int64_t witness_at_ns; /* next round */
	size_t witness_next;   /* upstream of this round to ask; beyond the last: none */
	int64_t synced_at_ns;
	int64_t stale_since_ns; /* another has more than the current gives; 0: none has */
	uint64_t signed_sizes[UPSTREAMS_MAX]; /* as last seen of each */
};

int64_t replica_now_ns(const struct replica *replica);
struct upstream *replica_current(const struct replica *replica);

/* Asks one upstream what it has signed. STATUS_OK, or fatal. */
enum status replica_ask(struct replica *replica, size_t i, struct detail *detail) NODISCARD;

/* Trouble of upstream `i` is not ours; a contradiction ends the following; the rest is fatal. */
enum status replica_sort_out(struct replica *replica, size_t i, enum status status,
                             const struct detail *detail) NODISCARD;

/* All records of a statement that was given are here. */
void replica_note_verified(struct replica *replica, uint64_t size, int64_t at_ms);

/* The next page up to the statement that is followed, and no more than `size` records in all. */
enum status replica_fetch(struct replica *replica, struct replica_update *update, uint64_t size,
                          struct detail *detail) NODISCARD;

#endif
