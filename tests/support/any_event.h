/* Events of any kind from a stream of choices: a generator that knows the tables of the catalogue
 * and no kind.
 *
 * A kind's row says who signs and who is named; the rows of its fields say what stands there.
 * Values are such as a register might hold: days about today, codes of the ground, persons and acts
 * that are on the ledger, numbers given before; seldom something odd. Most of what comes out is
 * refused by one rule or another, much of it is accepted, and a new kind takes part by being there.
 *
 * Choices come from bytes (a fuzzer's input), or from a seed. The same choices give the same
 * events. Thread: one. Memory: the register's arena, until any_end. */
#ifndef TESTS_SUPPORT_ANY_EVENT_H
#define TESTS_SUPPORT_ANY_EVENT_H

#include "tests/support/register_content.h"

enum {
	ANY_PERSONS_MAX = 48,
	ANY_ACTS_MAX = 128,
	ANY_PARTS_MAX = 6,
};

/* An event that was accepted and can be the target of others. */
struct any_act {
	struct hash event;
	struct reg_part parts[ANY_PARTS_MAX + 1];
};

struct any {
	struct reg *reg;
	struct bytes data;            /* choices; behind them zeros */
	uint64_t random;              /* or, when not 0: they come from here, without end */
	size_t area;                  /* where the event at hand happens */
	const struct any_act *target; /* what it is mostly about; NULL: nothing */
	struct id person[ANY_PERSONS_MAX];
	size_t persons;
	struct any_act act[ANY_ACTS_MAX];
	size_t acts;
	size_t offered;
	size_t accepted;
};

/* A register with its ground and a few people. `seed` 0: choices come from `data`. */
void any_begin(struct any *any, struct bytes data, uint64_t seed);
void any_end(struct any *any);

/* False when the choices are used up. */
bool any_goes_on(const struct any *any);

/* Offers one event of any kind, or the steps of one case; days may pass before. */
void any_step(struct any *any);

/* A number below n, which is at least 1. */
size_t any_pick(struct any *any, size_t n);

/* Gives the content a message of the kind, filled as the choices say. */
void any_fill_content(struct any *any, Civil__V1__Content *content, const struct kind *kind);

#endif
