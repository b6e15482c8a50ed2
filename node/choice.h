/* Which of several upstreams to ask next: the one that worked, until it fails; then the next, each
 * left alone for a time that doubles with every failure, from CHOICE_AGAIN_MS to
 * CHOICE_AGAIN_MAX_MS, less a random share of up to half, so that many nodes do not come back at
 * once.
 *
 * Thread: one owner. Memory: a plain value. */
#ifndef NODE_CHOICE_H
#define NODE_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UPSTREAMS_MAX = 16,
	CHOICE_AGAIN_MS = 200,
	CHOICE_AGAIN_MAX_MS = 30000,
};

struct choice_state {
	unsigned failures; /* since it last worked */
	int64_t not_before_ns;
};

struct choice {
	size_t count;
	size_t current;
	uint64_t random; /* state of the generator */
	struct choice_state states[UPSTREAMS_MAX];
};

/* `seed` makes the jitter: random on a node, from the seed of a simulation there. `count` is at
 * least 1. */
void choice_init(struct choice *choice, size_t count, uint64_t seed);

/* The one to ask now, in choice->current. False: none yet; `*at_ns` is when one may be asked. */
bool choice_pick(struct choice *choice, int64_t now_ns, int64_t *at_ns);

/* True when this one may be asked. */
bool choice_is_open(const struct choice *choice, size_t i, int64_t now_ns);

void choice_worked(struct choice *choice, size_t i);
void choice_failed(struct choice *choice, size_t i, int64_t now_ns);

/* Up to `ms`, less a random share of up to half, in nanoseconds. */
int64_t choice_jitter_ns(struct choice *choice, int64_t ms);

#endif
