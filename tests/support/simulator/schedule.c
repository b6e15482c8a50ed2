#include "tests/support/simulator/schedule.h"

#include "ledger/base/assert.h"

#include <stdlib.h>

void schedule_init(struct schedule *schedule, uint64_t seed)
{
	*schedule = (struct schedule){ .chance = { .state = seed } };
}

void schedule_fini(struct schedule *schedule)
{
	free(schedule->heap);
}

static bool is_before(const struct happening *a, const struct happening *b)
{
	return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->tiebreak < b->tiebreak;
}

static void swap(struct happening *a, struct happening *b)
{
	struct happening kept = *a;

	*a = *b;
	*b = kept;
}

void schedule_after(struct schedule *schedule, int64_t after_ns,
                    void (*happen)(void *world, size_t who, uint64_t what), size_t who,
                    uint64_t what)
{
	if (schedule->count == schedule->capacity) {
		schedule->capacity = schedule->capacity == 0 ? 64 : 2 * schedule->capacity;
		schedule->heap =
		        realloc(schedule->heap, schedule->capacity * sizeof(*schedule->heap));
		ASSERT(schedule->heap != NULL);
	}
	size_t i = schedule->count++;
	schedule->heap[i] = (struct happening){ .at_ns = schedule->now_ns + after_ns,
		                                .tiebreak = random_next(&schedule->chance),
		                                .happen = happen,
		                                .who = who,
		                                .what = what };
	while (i > 0 && is_before(&schedule->heap[i], &schedule->heap[(i - 1) / 2])) {
		swap(&schedule->heap[i], &schedule->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
}

/* Moves the last happening to the top and down to its place. */
static void sink(struct schedule *schedule)
{
	size_t i = 0;

	schedule->count--;
	schedule->heap[0] = schedule->heap[schedule->count];
	for (;;) {
		size_t first = i;

		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
			if (child < schedule->count &&
			    is_before(&schedule->heap[child], &schedule->heap[first])) {
				first = child;
			}
		}
		if (first == i) {
			return;
		}
		swap(&schedule->heap[i], &schedule->heap[first]);
		i = first;
	}
}

bool schedule_step(struct schedule *schedule, void *world)
{
	if (schedule->count == 0) {
		return false;
	}
	struct happening next = schedule->heap[0];
	sink(schedule);
	schedule->now_ns = next.at_ns;
	schedule->steps++;
	schedule_trace(schedule, (uint64_t)next.at_ns);
	schedule_trace(schedule, next.who << 32 ^ next.what);
	next.happen(world, next.who, next.what);
	return true;
}

void schedule_trace(struct schedule *schedule, uint64_t value)
{
	/* One round of SplitMix64 over what came before. */
	struct random mixed = { .state = schedule->trace ^ value };

	schedule->trace = random_next(&mixed);
}

bool schedule_chance(struct schedule *schedule, uint32_t per_mille)
{
	return per_mille > 0 && random_below(&schedule->chance, 1000) < per_mille;
}

int64_t schedule_between_ms(struct schedule *schedule, int32_t from, int32_t to)
{
	int64_t ms = random_between(&schedule->chance, from, to);

	return ms * 1000000 + random_below(&schedule->chance, 1000000);
}
