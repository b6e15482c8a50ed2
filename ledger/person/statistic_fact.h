/* What of a state counts in the vital statistics. Internal to ledger/person.
 * Thread: pure. Memory: the arena given. */
#ifndef LEDGER_PERSON_STATISTIC_FACT_H
#define LEDGER_PERSON_STATISTIC_FACT_H

#include "ledger/person/statistic.h"

/* A countable fact as a state tells it. */
struct fact {
	Civil__V1__StatisticKind kind;
	Civil__V1__Sex sex; /* of the person */
	struct hash act;
	struct interval day;   /* tells one state from another; a row says the act's */
	struct interval birth; /* of the person; meaningful when has_birth */
	bool has_birth;
	bool has_place;
	char area[STATISTIC_AREA_MAX + 1];
};

struct state_facts {
	struct fact *fact;
	size_t count;
};

/* The facts of a state; none for NULL. STATUS_NO_MEMORY. */
enum status facts_of_state(struct state_facts *facts, const Civil__V1__PersonState *state,
                           struct arena *arena) NODISCARD;

/* The commune of a code. */
void fact_area(char out[STATISTIC_AREA_MAX + 1], const char *code);

#endif
