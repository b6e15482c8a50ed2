/* A small deterministic generator for the population (SplitMix64, Steele and others 2014): the same
 * seed gives the same country on every machine. Not for keys of real officers. */
#ifndef TOOLS_POPULATE_RANDOM_H
#define TOOLS_POPULATE_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
	uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
	random->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = random->state;

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0 .. bound - 1; the bias of the remainder is far below what a population needs. */
static inline uint32_t random_below(struct random *random, uint32_t bound)
{
	return (uint32_t)((random_next(random) >> 33) % bound);
}

/* from .. to, both inclusive. */
static inline int32_t random_between(struct random *random, int32_t from, int32_t to)
{
	return from + (int32_t)random_below(random, (uint32_t)(to - from + 1));
}

static inline bool random_percent(struct random *random, uint32_t percent)
{
	return random_below(random, 100) < percent;
}

#endif
