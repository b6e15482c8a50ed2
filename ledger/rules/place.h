/* Every place and address that a content names, with the days that it refers to.
 *
 * Places are found by their type, so a new field or kind needs no line here. They refer to the
 * valid date of the act; the exceptions stand in a table: where a child will live refers to the day
 * of declaration, a place that proves a birth may refer to the birth.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_PLACE_H
#define LEDGER_RULES_PLACE_H

#include "ledger/rules/judgement.h"

enum { NAMED_PLACES_MAX = 64 };

struct named_place {
	const char *code; /* "" for a place abroad */
	const char *gazetteer;
	const char *path;
	struct interval refers_to;
	bool or_refers_to_set;
	struct interval or_refers_to;
};

/* Writes the places of the content judged: the newest DECLARED at later steps. */
size_t places_of_content(struct judgement *j, struct named_place out[NAMED_PLACES_MAX]);

#endif
