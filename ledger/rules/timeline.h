/* The timeline of a correction or a reinstatement: later acts that it would break.
 *
 * A new date of death may lie before a wedding, a new date of birth may make a mother of nine years
 * of one of eight. So the rules that read a state on a day are asked again for every other act in
 * force of the persons named, twice: by the states as they are, and by the states as they would be.
 * What gets worse is a finding of the event; what was broken already is not its doing.
 *
 * L04 and L06 need no second question: they meet other acts in both directions.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_TIMELINE_H
#define LEDGER_RULES_TIMELINE_H

#include "ledger/rules/judgement.h"

/* Asks one rule of all other acts. For rules without a timeline nothing happens. j->rule is set. */
void timeline_judge(struct judgement *j, const struct rule *rule);

/* State that a party of the event would have if the event were recorded; NULL when there is none.
 */
const Civil__V1__PersonState *timeline_state(struct judgement *j, const struct party *party);

#endif
