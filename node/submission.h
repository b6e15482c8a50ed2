/* Events on their way into the ledger: what whoever takes them hands to the pipeline, and what the
 * pipeline and the core keep beside them until they are answered.
 *
 * A submission is one or more events that are applied in their order and answered together. Each
 * event goes through these stages; `results[i].status` is OK until it is answered otherwise:
 *
 *   taken ─▶ verified (admitted event kept, or refused) ─▶ offered (in a proposal, or sent to the
 *   leader: it may now come to stand in the order) ─▶ answered
 *
 * Thread: one holder at a time: the caller, verify workers (each its own events), the core.
 * Memory: the caller's. The struct must be zeroed before its first fields are set. What the
 * pipeline keeps lies in `arena`, and in arenas of its own that are gone before done(). */
#ifndef NODE_SUBMISSION_H
#define NODE_SUBMISSION_H

#include "ledger/ledger.h"
#include "node/waiting.h"

#include <stdatomic.h>

/* One event of a submission. */
struct submitted {
	struct event admitted; /* once it is verified and results[i].status is OK */
	struct waiter waiter;
	int64_t sent_at_ns;    /* to the leader, the last time */
	uint64_t sent_round;   /* of forwarding (node/core.h); 0: not sent */
	uint64_t taken_turn;   /* the leader of this turn took it ... */
	uint64_t taken_behind; /* ... when it had applied this batch */
	uint64_t refused_in;   /* while in_flight: a copy was refused in this batch */
	bool in_flight;        /* on its way to the leader */
	bool offered;
	bool answered;
};

struct submission {
	const struct bytes *events;    /* bytes of SignedEvents */
	size_t count;                  /* 1 .. BATCH_EVENTS_MAX */
	struct ledger_result *results; /* count of them, written before done() */
	struct arena arena;            /* messages of the results; the caller inits and finis */
	void (*done)(struct submission *submission); /* on the reply thread */
	void *context;                               /* the caller's */
	/* Another core node sent it here because this one leads: its submitter waits there, so it
	 * is dropped when this node does not lead, and results have a status alone. */
	bool from_peer;
	uint64_t seen; /* from_peer: last batch that the sender had applied (node/refusals.h) */

	/* The pipeline's own. */
	struct submission *next;
	struct submitted *submitted; /* count of them */
	struct arena *admission;     /* one for each bite of the verify workers */
	size_t admissions;
	atomic_size_t unverified;
	size_t taken;      /* events that workers have begun */
	size_t unanswered; /* events */
	size_t bytes;
	int64_t arrived_ns;
};

/* Sets the pipeline's own fields and results, and makes room for what is kept beside the events.
 * `arrived_ns` is left to the caller. STATUS_OK, STATUS_NO_MEMORY. */
enum status submission_prepare(struct submission *submission) NODISCARD;

/* Admits the events from `from`, a multiple of VERIFY_CHUNK_EVENTS, up to `to`, and verifies their
 * signatures. A result stays OK for an event that may go into a batch. Bites of one submission may
 * be verified by several threads at once. Does not count down `unverified`. */
void submission_verify(struct submission *submission, size_t from, size_t to);

/* Takes back what submission_prepare gave, before done(). */
void submission_finish(struct submission *submission);

#endif
