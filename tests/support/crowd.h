/* A population that grows by random acts, the same from the same seed.
 *
 * Births, weddings and their ends, moves, cards and what befalls them, numbers, corrections; on
 * random days, many of them known in part, late, or before acts that are already there. Rules are
 * not asked, so some of it could never be registered: a fold must bear it all the same. */
#ifndef TESTS_SUPPORT_CROWD_H
#define TESTS_SUPPORT_CROWD_H

#include "tests/support/life_act.h"

enum { CROWD_PERSONS_MAX = 12, CROWD_MARRIAGES_MAX = 64, CROWD_CARDS_MAX = 64 };

struct crowd {
	struct life life;
	uint64_t seed;
	struct id person[CROWD_PERSONS_MAX];
	struct hash birth[CROWD_PERSONS_MAX];
	bool dead[CROWD_PERSONS_MAX];
	size_t persons;
	struct {
		struct hash act;
		size_t groom;
		size_t bride;
		bool over;
	} marriage[CROWD_MARRIAGES_MAX];
	size_t marriages;
	struct {
		char number[16];
		size_t holder;
	} card[CROWD_CARDS_MAX];
	size_t cards;
	struct id unit[2];
};

/* Begins with two persons. End it with life_end(&crowd->life). */
void crowd_begin(struct crowd *crowd, uint64_t seed);

/* One random act. */
void crowd_act(struct crowd *crowd);

/* A random number below `below`, person, and day between two years; a partial day is sometimes only
 * its month or year. The text lives until the next call. */
uint64_t crowd_draw(struct crowd *crowd, uint64_t below);
size_t crowd_person(struct crowd *crowd);
const char *crowd_day(struct crowd *crowd, int first, int last, bool partial);

#endif
