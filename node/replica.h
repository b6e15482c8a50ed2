/* Following another node: a state machine that brings its records here, believes none of them, and
 * applies those that are proven. It has no thread and no clock of its own, so that a simulation
 * runs this very code; node/follower.h gives it a thread.
 *
 *   upstreams ─▶ witness_ask: what is signed ─▶ page_read, page_prove, page_examine ─▶ page_apply
 *   (node/choice.h)  (node/witness.h)               (node/page.h)                      ─▶ ledger
 *
 * One replica_step does one thing, the first that is due:
 *   1  Make durable what was applied SYNC_INTERVAL_MS ago or more, and raise the floor.
 *   2  Every WITNESS_INTERVAL_MS ask each upstream, also those not followed, what it has signed.
 *   3  Fetch, prove and apply the next page up to the statement that is followed.
 *   4  Ask the upstream that is followed what it has signed since.
 *   5  Nothing of that: wait until `at_ns`.
 * An upstream that fails, or gives what is not proven, is left alone for a while and another one is
 * followed; so is one that lies behind another for longer than STALE_MS. A contradiction ends it:
 * no upstream is asked again, the ledger stays as far as it was verified.
 *
 * Invariants
 *   I1  A record is applied after it was proven to belong to a statement that a trusted key signed,
 *       and that continues what is here; and only if it becomes the same record here.
 *   I2  The floor is raised after the ledger was synced: floor <= synced.
 *   I3  From any size, and any time later, following goes on from what the ledger holds; nothing
 *       else is needed from the past.
 *   I4  Once contradicted, the ledger does not move again.
 * Thread: one owner for all calls. Memory: opaque, heap; keeps what `options` points to. */
#ifndef NODE_REPLICA_H
#define NODE_REPLICA_H

#include "node/choice.h"
#include "node/floor.h"
#include "node/page.h"
#include "node/witness.h"

struct replica;

struct replica_options {
	struct ledger *ledger;
	struct store *store; /* the ledger's */
	struct witness *witness;
	struct upstream *const *upstreams; /* in order of preference */
	size_t upstream_count;             /* 1 .. UPSTREAMS_MAX */
	const struct clock *clock;
	struct crew *crew; /* NULL: works alone */
	uint64_t seed;     /* of the jitter between attempts */
	/* Another owner writes the ledger, syncs it and keeps the floor: only statements are asked
	 * for, and records when replica_pull says so. */
	bool watches;

	struct floor_state floor; /* what an earlier run made durable */
	/* Raises the floor, durably. STATUS_OK; anything else is fatal. */
	enum status (*raise_floor)(void *context, const struct floor_state *state,
	                           struct detail *detail);
	void *context;
};

struct replica_update {
	bool applied;  /* the ledger has moved */
	bool durable;  /* all of it would survive a power cut now */
	bool progress; /* step again at once */
	bool stopped;  /* contradicted: nothing more will happen */
	int64_t at_ns; /* else step again at this monotonic time */
};

/* How it stands, for people and figures. */
struct replica_state {
	const char *upstream;   /* that is followed */
	bool connected;         /* it answered last time */
	uint64_t upstream_size; /* that it has signed, as far as known */
	uint64_t verified_size; /* of the newest statement whose records are all here */
	int64_t verified_at_ms; /* when it was last confirmed by a signed statement; 0: never */
	bool contradicted;
	struct detail trouble; /* the last one; text "" for none since it worked */
	uint64_t pages;        /* since the start, as the rest */
	uint64_t records;
	uint64_t switches; /* to another upstream */
	uint64_t failures; /* calls without an answer */
	uint64_t unproven; /* answers refused: not signed, not proven, not whole */
};

/* STATUS_OK, STATUS_NO_MEMORY. */
enum status replica_new(struct replica **out, const struct replica_options *options) NODISCARD;
void replica_free(struct replica *replica); /* accepts NULL */

/* Does the next thing. STATUS_OK with `update`; fatal statuses of ledger, store, floor and witness:
 * the node stops. */
enum status replica_step(struct replica *replica, struct replica_update *update,
                         struct detail *detail) NODISCARD;

/* Makes durable all that is applied, now. For a clean stop. */
enum status replica_make_durable(struct replica *replica, struct replica_update *update,
                                 struct detail *detail) NODISCARD;

/* Of one that watches: fetches, proves and applies the next page, up to `size` records and whole
 * batches' times, while nobody else writes the ledger. `update->progress` is false when no upstream
 * can give it now. STATUS_OK; fatal ones as replica_step. */
enum status replica_pull(struct replica *replica, struct replica_update *update, uint64_t size,
                         struct detail *detail) NODISCARD;

struct replica_state replica_state(const struct replica *replica);

#endif
