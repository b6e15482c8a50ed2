/* The founding events of a small made-up country, signed, in the order in which a ledger takes
 * them. Memory: static, until founding_free. Thread: one at a time to make, any to read. */
#ifndef TESTS_SUPPORT_FOUNDING_H
#define TESTS_SUPPORT_FOUNDING_H

#include "node/clock.h"

#include "ledger/base/bytes.h"

enum { FOUNDING_EVENTS_MAX = 1024 };

extern struct bytes founding_events[FOUNDING_EVENTS_MAX];
extern size_t founding_count;
extern struct id founding_ledger;

/* Stands at the time when the first of them was recorded. */
extern const struct clock founding_clock;

/* Makes at most `limit` events. */
void founding_make(size_t limit);
void founding_free(void);

#endif
