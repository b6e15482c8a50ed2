/* The heart of a node: a state machine between submissions, an order and the ledger. It has no
 * thread, no network and no clock of its own, so that a simulation runs this very code; the
 * pipeline (node/pipeline.h) gives it threads.
 *
 *   core_offer ──▶ first in, first proposed ──▶ sequencer ──▶ ledger ──▶ update.answered
 *                        └─ another leads ──▶ core_forward ──▶ its pipeline ──┘
 *
 * One core_step does one thing, in this order:
 *   1  The next slot is decided: check that the batch was made behind our head, apply it, answer
 *      whoever waits for its events, whoever proposed it.
 *   2  This node leads and events wait: pack them behind our head and append. As long as the
 *      outcome is unknown, exactly these bytes are offered again for this slot and nothing else.
 *   3  Nothing of that: idle, or blocked until the order's keeper answers.
 * And at the end of each step: make durable what is due, give up what has waited too long.
 *
 * Invariants
 *   I1  An event is answered OK or REFUSED only after its batch was decided and applied here.
 *   I2  Events of this node are proposed, and sent to a leader, in the order in which they came; a
 *       loss begins again at the first that is not answered. Answers keep that order too.
 *   I3  One proposal at a time. Its bytes are kept until its slot is decided, or until it is
 *       certain that they were never offered.
 *   I4  A batch that was not made behind our very head stops the node, before it is applied.
 *   I5  An answer of TIMEOUT means that the event may stand in the order; UNAVAILABLE that it was
 *       never offered to anybody. The same event again is always right: the ledger knows it.
 *   I6  Where the order is kept elsewhere the ledger is written unsynced, synced once in
 *       SYNC_INTERVAL_MS, then the floor is raised, then the sequencer told: floor <= synced.
 *   I7  An event that was refused is not offered again unless its submitter has seen that. And a
 *       refusal answers the submissions that it came after, no others: those whose copy was in the
 *       batch, and those that the batch's proposer took before it made the batch. Another one that
 *       waits for the same bytes here is answered TIMEOUT.
 *   I8  Signatures of events in decided batches are not verified again: whoever proposes has done
 *       so, and only core nodes hold the key that seals a batch.
 *
 * Thread: one owner for all calls. Memory: opaque, heap; keeps what `options` points to;
 * submissions are borrowed until they come back in `update.answered`. */
#ifndef NODE_CORE_H
#define NODE_CORE_H

#include "ledger/base/limits.h"
#include "node/catch_up.h"
#include "node/clock.h"
#include "node/floor.h"
#include "node/sequencer.h"
#include "node/submission.h"

struct core;

struct core_options {
	struct ledger *ledger;
	struct store *store; /* the ledger's; not used where the sequencer demands STORE_SYNCED */
	struct sequencer *sequencer;
	const struct clock *clock;
	const char *node_name; /* named in batches; compared with the leader's */
	uint8_t table_key[CRYPTO_SHORT_KEY_BYTES]; /* random */

	/* What an earlier run made durable; the order must still know it. */
	struct floor_state floor;
	/* Raises the floor, durably. STATUS_OK; anything else is fatal. */
	enum status (*raise_floor)(void *context, const struct floor_state *state,
	                           struct detail *detail);
	void *context;
};

enum core_activity {
	CORE_IDLE,     /* nothing to do until something is offered or the order changes */
	CORE_PROGRESS, /* step again at once */
	CORE_BLOCKED,  /* the order does not answer: step again in CORE_RETRY_MS */
	CORE_BEHIND,   /* the order has dropped what comes next: see `behind` */
};

struct core_update {
	enum core_activity activity;
	bool applied;                /* the ledger has moved */
	bool durable;                /* more of it would survive a power cut */
	struct submission *answered; /* list by `next`, in the order in which they came */
	struct catch_up_target behind;
};

/* Figures since the start. */
struct core_counts {
	uint64_t batches;   /* applied */
	uint64_t own;       /* of them proposed here */
	uint64_t lost;      /* proposals whose slot another node took */
	uint64_t unknown;   /* appends without an answer */
	uint64_t forwarded; /* events sent to a leader */
	uint64_t again;     /* times that sending began again */
	uint64_t syncs;
};

/* STATUS_OK, STATUS_NO_MEMORY. */
enum status core_new(struct core **out, const struct core_options *options) NODISCARD;

/* Every submission must have been answered (core_abandon). Accepts NULL. */
void core_free(struct core *core);

/* Takes a submission whose events are verified: results say OK for those that go into the order. */
void core_offer(struct core *core, struct submission *submission);

/* Does the next thing. STATUS_OK with `update`; otherwise nothing can be trusted any more:
 *   STATUS_DIVERGED      a batch was made behind another head; or the order has forgotten batches
 *                        that this node holds
 *   STATUS_OUT_OF_RANGE  batches that were durable here are in neither ledger nor order
 *   STATUS_CORRUPT       a decided batch does not parse
 *   any fatal status of ledger, store or floor */
enum status core_step(struct core *core, struct core_update *update,
                      struct detail *detail) NODISCARD;

/* After CORE_BEHIND: the ledger was filled up to target->size. STATUS_OK; STATUS_UNAVAILABLE when
 * it is not there yet; STATUS_DIVERGED when it holds other records or too many. */
enum status core_caught_up(struct core *core, const struct catch_up_target *target,
                           struct detail *detail) NODISCARD;

/* Makes durable all that is applied, now. For a clean stop. */
enum status core_make_durable(struct core *core, struct core_update *update,
                              struct detail *detail) NODISCARD;

/* Answers everything that waits: TIMEOUT where it was offered, UNAVAILABLE where not. */
struct submission *core_abandon(struct core *core);

/* True while submissions wait. */
bool core_waits(const struct core *core);

struct core_counts core_counts(const struct core *core);
struct sequencer_position core_position(const struct core *core);

/* Events for the leader, in their order; a copy, so that it may outlive their submissions. */
struct forward {
	char address[SEQUENCER_NAME_MAX + 1];
	struct buf bytes;
	struct bytes events[BATCH_EVENTS_MAX];
	size_t count;
	uint64_t seen; /* last batch applied here */
};
void forward_init(struct forward *forward);
void forward_fini(struct forward *forward);

/* True when another node leads and events are due for it: fills `out` with the next ones. At most
 * one forward is under way; core_forwarded ends it. Events that are not answered FORWARD_AGAIN_MS
 * after they were taken, or when another node leads, are due again from the first. */
bool core_forward(struct core *core, struct forward *out);

/* The leader took them (STATUS_OK) when it had applied batch `behind`, or something else happened:
 * then they are due again, not before CORE_RETRY_MS. What this answers comes with the next step. */
void core_forwarded(struct core *core, enum status status, uint64_t behind);

#endif
