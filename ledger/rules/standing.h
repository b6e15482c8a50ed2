/* What a person state says about a day: the questions that rules ask of the state with all acts
 * folded, answered by the intervals it holds. Three-valued, catalogue section G.
 *
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_RULES_STANDING_H
#define LEDGER_RULES_STANDING_H

#include "ledger/base/date.h"

#include "civil/v1/person.pb-c.h"

/* Latest day on which anything in the state began or ended; INT32_MIN for an empty state. */
int32_t standing_latest_day(const Civil__V1__PersonState *state);

/* Date of birth. False: unknown. `declared_day` bounds an unknown date. */
bool standing_birth(struct interval *birth, const Civil__V1__PersonState *state,
                    int32_t declared_day);

/* Date of death or presumed death. False: none. */
bool standing_death(struct interval *death, const Civil__V1__PersonState *state);

/* Alive or missing on every day of `valid`; the day of death itself counts as alive. */
enum ternary standing_alive_on(const Civil__V1__PersonState *state, struct interval valid);

/* A marriage as an interval: [from, to), `to` INT32_MAX when it has not ended. */
struct union_span {
	struct interval from;
	struct interval to;
	bool ended;
};

/* False for a marriage that never was, or has no readable date. */
bool standing_union(struct union_span *span, const Civil__V1__PersonMarriage *marriage);

/* Holds the nationality on every day of `valid`. */
enum ternary standing_national_on(const Civil__V1__PersonState *state, const char *country,
                                  struct interval valid);

/* Live: issued, delivered or found, and not past its last day on `day`. */
bool standing_document_live(const Civil__V1__PersonDocument *document, int32_t day);

/* The document of this class and number; NULL when the person has none. */
const Civil__V1__PersonDocument *standing_document(const Civil__V1__PersonState *state,
                                                   const char *document_class, const char *number);

/* The name registered now; NULL when there is none. */
const Civil__V1__Name *standing_name(const Civil__V1__PersonState *state);

#endif
