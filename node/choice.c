#include "node/choice.h"

#include "ledger/base/assert.h"

void choice_init(struct choice *choice, size_t count, uint64_t seed)
{
	ASSERT(count >= 1 && count <= UPSTREAMS_MAX);
	*choice = (struct choice){ .count = count, .random = seed };
}

/* SplitMix64: enough to spread retries. */
static uint64_t next_random(struct choice *choice)
{
	choice->random += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t mixed = choice->random;

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ mixed >> 31;
}

int64_t choice_jitter_ns(struct choice *choice, int64_t ms)
{
	int64_t whole = ms * 1000000;

	ASSERT(ms > 0);
	return whole - (int64_t)(next_random(choice) % (uint64_t)(whole / 2 + 1));
}

bool choice_is_open(const struct choice *choice, size_t i, int64_t now_ns)
{
	return choice->states[i].failures == 0 || choice->states[i].not_before_ns <= now_ns;
}

bool choice_pick(struct choice *choice, int64_t now_ns, int64_t *at_ns)
{
	int64_t earliest = INT64_MAX;

	for (size_t i = 0; i < choice->count; i++) {
		size_t candidate = (choice->current + i) % choice->count;

		if (choice_is_open(choice, candidate, now_ns)) {
			choice->current = candidate;
			return true;
		}
		if (choice->states[candidate].not_before_ns < earliest) {
			earliest = choice->states[candidate].not_before_ns;
		}
	}
	*at_ns = earliest;
	return false;
}

void choice_worked(struct choice *choice, size_t i)
{
	choice->states[i].failures = 0;
}

void choice_failed(struct choice *choice, size_t i, int64_t now_ns)
{
	struct choice_state *state = &choice->states[i];
	int64_t ms = CHOICE_AGAIN_MS;

	for (unsigned n = 0; n < state->failures && ms < CHOICE_AGAIN_MAX_MS; n++) {
		ms *= 2;
	}
	state->failures++;
	state->not_before_ns =
	        now_ns +
	        choice_jitter_ns(choice, ms < CHOICE_AGAIN_MAX_MS ? ms : CHOICE_AGAIN_MAX_MS);
}
