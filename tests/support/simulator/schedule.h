/* What happens next in a simulated world: a heap of happenings by time, a generator of chance, and
 * a hash of everything that was decided.
 *
 * Happenings of one moment come in an order drawn from the seed, so that two runs of a seed are the
 * same and two seeds are not. Whoever decides something adds it to the trace: equal traces mean
 * equal runs.
 * Thread: one owner. Memory: schedule_fini. */
#ifndef TESTS_SUPPORT_SIMULATOR_SCHEDULE_H
#define TESTS_SUPPORT_SIMULATOR_SCHEDULE_H

#include "tools/populate/random.h"

#include <stddef.h>

/* Something that will happen to `who`, unless its life is then another one. */
struct happening {
	int64_t at_ns;
	uint64_t tiebreak;
	void (*happen)(void *world, size_t who, uint64_t what);
	size_t who;
	uint64_t what;
};

struct schedule {
	struct random chance;
	int64_t now_ns;
	uint64_t trace;
	uint64_t steps;
	struct happening *heap;
	size_t count;
	size_t capacity;
};

void schedule_init(struct schedule *schedule, uint64_t seed);
void schedule_fini(struct schedule *schedule);

/* Plans a happening `after_ns` from now. */
void schedule_after(struct schedule *schedule, int64_t after_ns,
                    void (*happen)(void *world, size_t who, uint64_t what), size_t who,
                    uint64_t what);

/* Lets the next one happen; false when nothing is planned. */
bool schedule_step(struct schedule *schedule, void *world);

/* Adds a decision to the trace. */
void schedule_trace(struct schedule *schedule, uint64_t value);

/* A chance of `per_mille` in a thousand. A chance of none draws nothing. */
bool schedule_chance(struct schedule *schedule, uint32_t per_mille);

/* A time between two, in nanoseconds from milliseconds. */
int64_t schedule_between_ms(struct schedule *schedule, int32_t from, int32_t to);

#endif
