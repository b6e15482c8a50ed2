#include "node/clock.h"

#include <stddef.h>
#include <time.h>

static int64_t read_ns(clockid_t clock)
{
	struct timespec now;

	(void)clock_gettime(clock, &now); /* cannot fail for these clocks */
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t system_now_ms(void *context)
{
	(void)context;
	return read_ns(CLOCK_REALTIME) / 1000000;
}

static int64_t system_monotonic_ns(void *context)
{
	(void)context;
	return read_ns(CLOCK_MONOTONIC);
}

const struct clock *clock_system(void)
{
	static const struct clock clock = { .now_ms = system_now_ms,
		                            .monotonic_ns = system_monotonic_ns };

	return &clock;
}

#ifdef FAILPOINTS_ENABLED
static int64_t standing_now_ms(void *context)
{
	return *(const int64_t *)context;
}

const struct clock *clock_standing(int64_t now_ms)
{
	static int64_t now;
	static const struct clock clock = { .now_ms = standing_now_ms,
		                            .monotonic_ns = system_monotonic_ns,
		                            .context = &now };

	now = now_ms;
	return &clock;
}
#endif
