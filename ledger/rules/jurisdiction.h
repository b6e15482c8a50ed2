/* The places that rule S03 tests for an event, and whether an office covers them.
 *
 * Places that stand in the content come from the kind's row; those of persons, units, offices and
 * target acts are added by kind here. Codes are compared as they are after all successions up to
 * the date of declaration, or the valid date when none was declared.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_JURISDICTION_H
#define LEDGER_RULES_JURISDICTION_H

#include "ledger/rules/judgement.h"

enum { TESTED_PLACES_MAX = OFFICE_AREAS_MAX + KIND_PLACES_MAX + SUBJECTS_MAX };

struct tested_places {
	const char *code[TESTED_PLACES_MAX]; /* after successions */
	size_t count;
	const char *office; /* only this office covers; NULL: any */
	bool abroad;        /* one of them lies abroad: embassies cover it */
	bool missing; /* there is none: what they hang on is not there, as another rule says */
};

void jurisdiction_places(struct judgement *j, struct tested_places *places);

/* True when an area of the office contains one of the places; an office without areas covers the
 * nation, an embassy what lies abroad. */
bool jurisdiction_covers(const struct office *office, const struct tested_places *places);

#endif
