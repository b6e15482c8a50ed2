/* From submitted bytes to answered receipts: the threads around node/core.h.
 *
 *   submit ─▶ order of arrival ─▶ verify workers: admission, signatures ─▶ apply thread: core_step
 *   ─▶ reply thread: done()                   forward thread: what the core has for a leader ◀┘
 *
 * A submission is one or more events that are applied in their order; submissions are applied in
 * the order in which they came. Workers verify ahead, in bites of VERIFY_CHUNK_EVENTS; the apply
 * thread takes what is verified at the front, as much as one batch holds. So a single event goes
 * through at once and a crowd shares one write.
 *
 * Invariants
 *   I1  done() is called exactly once for every submission that pipeline_submit took, after its
 *       accepted events are durable: in the ledger, or in the order where that is kept elsewhere.
 *   I2  At most PENDING_EVENTS_MAX events and PENDING_BYTES_MAX bytes wait.
 *   I3  With an order inside this process the floor is raised after the commit and before done().
 *   I4  The core is called on the apply thread alone, and never with the lock held.
 * Threads: submit from any; verify workers, one apply, one reply and, with peers, one forward
 * thread of its own.
 * Memory: a submission belongs to the caller and is borrowed until done(); results are copied into
 * its arena. */
#ifndef NODE_PIPELINE_H
#define NODE_PIPELINE_H

#include "node/core.h"
#include "node/peer.h"

/* What the pipeline tells, on the apply thread. */
struct pipeline_hooks {
	/* After every commit. */
	void (*committed)(void *context, const struct ledger_head *head);
	/* A power cut leaves all up to here. */
	void (*durable)(void *context, const struct ledger_head *head);
	/* Something failed that cannot be answered; must not return. */
	void (*fatal)(void *context, enum status status, const struct detail *detail);
	void *context;
};

struct pipeline_options {
	struct ledger *ledger;       /* kept; the pipeline applies, others take views */
	struct store *store;         /* kept; the ledger's */
	struct sequencer *sequencer; /* kept */
	struct peers *peers;         /* kept; NULL: nobody to forward to */
	struct catch_up *catch_up;   /* kept; NULL: to be left behind by the order is fatal */
	struct floor *floor;         /* kept */
	const struct clock *clock;   /* kept */
	const char *node_name;       /* kept; the proposer named in batches */
	unsigned workers;            /* verify threads, 1 .. VERIFY_WORKERS_MAX */
	struct pipeline_hooks hooks;
};

/* Figures since the start; a copy, for metrics. */
struct pipeline_counts {
	uint64_t accepted;
	uint64_t repeated;
	uint64_t refused;  /* by rules, by admission, by a used request id */
	uint64_t given_up; /* undecided in time, or never offered */
	uint64_t busy;     /* submissions turned away */
	uint64_t batches;
	uint64_t pending_events; /* now */
	uint64_t commit_ns;      /* time in sequencer, apply and floor, in all */
	struct core_counts core;
	struct sequencer_position position;
};

struct pipeline;

/* Starts the threads. STATUS_OK; STATUS_NO_MEMORY when threads or memory are not to be had. */
enum status pipeline_start(struct pipeline **out, const struct pipeline_options *options) NODISCARD;

/* Takes a submission. STATUS_OK: done() will be called. STATUS_BUSY: too much waits.
 * STATUS_UNAVAILABLE: stopping; the order's keeper cannot be reached or is full; or it is a peer's
 * and this node does not lead. STATUS_NO_MEMORY. Never blocks. */
enum status pipeline_submit(struct pipeline *pipeline, struct submission *submission) NODISCARD;

struct pipeline_counts pipeline_counts(struct pipeline *pipeline);

/* Answers what was taken, then ends the threads and frees. Where the order does not answer within
 * STOP_WAIT_MS, what waits for it is given up (node/core.h I5). Accepts NULL. */
void pipeline_stop(struct pipeline *pipeline);

#endif
