/* Legal holds: which of them stop an act, and what lets it through all the same.
 *
 * A hold counts from its first to its last day as of the day of recording: it stops acts from being
 * made, whatever day they are about. A hold of scope person stops acts whose subject the person is;
 * one of scope act stops acts that target the act.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_HOLD_H
#define LEDGER_RULES_HOLD_H

#include "ledger/rules/judgement.h"

/* True when for every hold in the way a decision in force, of the court that set it, orders the
 * act. */
bool hold_released(struct judgement *j);

/* True when a hold in force on the party, or on the act that the event targets, stops the event. */
bool hold_stops(struct judgement *j, struct party *party);

#endif
