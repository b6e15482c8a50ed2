/* From submitted bytes to answered receipts.
 *
 *   submit ─▶ order of arrival ─▶ verify workers: admission, signatures ─▶ apply thread: batch,
 *   sequencer, ledger_apply, floor ─▶ reply thread: done()
 *
 * A submission is one or more events that are applied in their order; submissions are applied in
 * the order in which they came. Workers verify ahead, in bites of VERIFY_CHUNK_EVENTS; the apply
 * thread takes what is verified at the front, as much as one batch holds. So a single event goes
 * through at once and a crowd shares one write.
 *
 * Invariants
 *   I1  done() is called exactly once for every submission that pipeline_submit took, after its
 *       accepted events are durable.
 *   I2  At most PENDING_EVENTS_MAX events and PENDING_BYTES_MAX bytes wait.
 *   I3  The floor is raised after the commit and before done().
 * Threads: submit from any; verify workers, one apply thread and one reply thread of its own.
 * Memory: a submission belongs to the caller and is borrowed until done(); results are copied into
 * its arena. */
#ifndef NODE_PIPELINE_H
#define NODE_PIPELINE_H

#include "ledger/ledger.h"
#include "node/clock.h"
#include "node/floor.h"
#include "node/sequencer.h"

#include <stdatomic.h>

struct submission {
	const struct bytes *events;    /* bytes of SignedEvents */
	size_t count;                  /* 1 .. BATCH_EVENTS_MAX */
	struct ledger_result *results; /* count of them, written before done() */
	struct arena arena;            /* messages of the results; the caller inits and finis */
	void (*done)(struct submission *submission); /* on the reply thread */
	void *context;                               /* the caller's */

	/* The pipeline's own. */
	struct submission *next;
	atomic_size_t unverified;
	size_t taken;   /* events that workers have begun */
	size_t applied; /* events that are in the ledger or refused */
	size_t bytes;
	int64_t arrived_ns;
};

/* What the pipeline tells, on the apply thread. */
struct pipeline_hooks {
	/* After every commit. */
	void (*committed)(void *context, const struct ledger_head *head);
	/* Something failed that cannot be answered; must not return. */
	void (*fatal)(void *context, enum status status, const struct detail *detail);
	void *context;
};

struct pipeline_options {
	struct ledger *ledger;       /* kept; the pipeline applies, others take views */
	struct sequencer *sequencer; /* kept */
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
	uint64_t refused; /* by rules, by admission, by a used request id */
	uint64_t busy;    /* submissions turned away */
	uint64_t batches;
	uint64_t pending_events; /* now */
	uint64_t commit_ns;      /* time in sequencer, apply and floor, in all */
};

struct pipeline;

/* Starts the threads. STATUS_OK; STATUS_NO_MEMORY when threads or memory are not to be had. */
enum status pipeline_start(struct pipeline **out, const struct pipeline_options *options) NODISCARD;

/* Takes a submission. STATUS_OK: done() will be called. STATUS_BUSY: too much waits.
 * STATUS_UNAVAILABLE: stopping. Never blocks. */
enum status pipeline_submit(struct pipeline *pipeline, struct submission *submission) NODISCARD;

struct pipeline_counts pipeline_counts(struct pipeline *pipeline);

/* Answers what was taken, then ends the threads and frees. Accepts NULL. */
void pipeline_stop(struct pipeline *pipeline);

#endif
