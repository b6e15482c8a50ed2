/* Carries the outbox to a core node: a state machine without a thread or a clock of its own;
 * courier_start gives it a thread.
 *
 *   entries that wait, in order ─▶ upstream_submit ─▶ receipt: it stands there; wait until it is
 * here ├─ refusal: kept with the entry, for the office └─ anything else: again later, from the
 * first One courier_step does the first thing that is due: 1  Remove entries whose events stand in
 * the node's own ledger. 2  Send what waits: what was never sent, or stands nowhere
 * COURIER_AGAIN_MS after it was. 3  Nothing of that: wait until `at_ns`.
 *
 * Invariants
 *   I1  An entry is removed when its event stands in this node's verified ledger, never because
 *       somebody says so.
 *   I2  Events go in the order of their numbers. Behind one that was not decided, refusals do not
 *       count: the event may have built on that one.
 *   I3  A refusal counts when it is one of the ledger's own: malformed, request id used, rules
 *       broken. It is believed: no proof of a refusal exists, and an office looks at it.
 *   I4  An unknown outcome is asked again for ever; the ledger knows an event that it has.
 * Thread: one owner of courier_step; courier_start's thread is one. Memory: opaque, heap; keeps
 * what `options` points to. */
#ifndef NODE_COURIER_H
#define NODE_COURIER_H

#include "ledger/ledger.h"
#include "node/choice.h"
#include "node/clock.h"
#include "node/outbox.h"
#include "node/upstream.h"

struct courier;

struct courier_options {
	struct outbox *outbox;
	struct ledger *ledger;
	struct upstream *const *upstreams; /* for this alone; in order of preference */
	size_t upstream_count;             /* 1 .. UPSTREAMS_MAX */
	const struct clock *clock;
	uint64_t seed; /* of the jitter between attempts */
	/* Called on the thread of courier_start when it cannot go on; must not return. */
	void (*fatal)(void *context, enum status status, const struct detail *detail);
	void *context;
};

struct courier_update {
	bool progress; /* step again at once */
	int64_t at_ns; /* else step again at this monotonic time, or when something was added */
};

/* STATUS_OK, STATUS_NO_MEMORY. */
enum status courier_new(struct courier **out, const struct courier_options *options) NODISCARD;

/* STATUS_OK with `update`; fatal statuses of outbox and ledger. */
enum status courier_step(struct courier *courier, struct courier_update *update,
                         struct detail *detail) NODISCARD;

/* Starts a thread that steps. STATUS_OK, STATUS_NO_MEMORY. */
enum status courier_start(struct courier *courier) NODISCARD;

/* Something was added to the outbox, or the ledger has grown. Any thread; accepts NULL. */
void courier_wake(struct courier *courier);

/* Ends the thread if there is one, and frees. Accepts NULL. */
void courier_free(struct courier *courier);

#endif
