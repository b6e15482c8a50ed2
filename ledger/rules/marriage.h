/* The part of rule S14 about marriages: what a court decides about one that goes on.
 *
 * Thread and memory as ledger/rules/judgement.h. */
#ifndef LEDGER_RULES_MARRIAGE_H
#define LEDGER_RULES_MARRIAGE_H

#include "ledger/rules/judgement.h"

/* S14 of divorce, annulment, separation, reconciliation, marriage_resolved: the marriage goes on (a
 * disputed one does); it is separated for a reconciliation and not for a separation, and disputed
 * for a settlement. Nothing for other contents. */
void marriage_in_force(struct judgement *j);

#endif
