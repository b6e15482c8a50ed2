/* Time, as the node sees it: one function, so that a simulation can bring its own.
 *
 * Thread: any. Memory: the clock must outlive whoever keeps it. */
#ifndef NODE_CLOCK_H
#define NODE_CLOCK_H

#include <stdint.h>

struct clock {
	/* Milliseconds since 1970-01-01 UTC; may jump with the system's clock. */
	int64_t (*now_ms)(void *context);
	/* Nanoseconds of a clock that never goes back, from an arbitrary start. */
	int64_t (*monotonic_ns)(void *context);
	void *context;
};

/* The machine's clocks. */
const struct clock *clock_system(void);

#ifdef FAILPOINTS_ENABLED
/* Wall time stands at the number (milliseconds) that `path` holds, read at each look: records of
 * two runs are then the same bytes, and a test lets years pass. For tests. */
const struct clock *clock_of_file(const char *path);
#endif

static inline int64_t clock_now_ms(const struct clock *clock)
{
	return clock->now_ms(clock->context);
}

static inline int64_t clock_monotonic_ns(const struct clock *clock)
{
	return clock->monotonic_ns(clock->context);
}

#endif
