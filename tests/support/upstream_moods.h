/* An upstream that takes events, in any mood, over a ledger that stands for the whole country.
 *
 * Thread: one; `called` may be waited for on another. Memory: the caller's; keeps what it points
 * to. */
#ifndef TESTS_SUPPORT_UPSTREAM_MOODS_H
#define TESTS_SUPPORT_UPSTREAM_MOODS_H

#include "tests/support/founding.h"
#include "tests/support/upstream_ledger.h"

#include <semaphore.h>

enum mood {
	GOOD,
	AWAY,    /* cannot be reached */
	DEAF,    /* the request is lost */
	MUTE,    /* the answer is lost */
	BUSY,    /* has no room for event `busy_at` of a call */
	LYING,   /* gives receipts and does nothing */
	SHORT,   /* answers too few */
	OTHER,   /* gives receipts of other events */
	GARBAGE, /* gives bytes that are no answer */
	REFUSING /* refuses everything with `code`, and does nothing */
};

/* The ledger behind the upstreams, and its founding events in the order of its records. */
struct country_ledger {
	struct upstream_ledger ledger;
	struct bytes registered[FOUNDING_EVENTS_MAX];
	size_t count;
};

struct moody {
	struct upstream upstream; /* first */
	struct country_ledger *country;
	enum mood mood;
	size_t busy_at;
	int32_t code;
	size_t calls;
	sem_t *called; /* posted at each call; NULL: nobody waits */
};

void moody_init(struct moody *moody, const char *name, struct country_ledger *country);

/* Registers a founding event, unless it stands there; the result lives until the next call. */
struct ledger_result country_enter(struct country_ledger *country, struct bytes event);

#endif
