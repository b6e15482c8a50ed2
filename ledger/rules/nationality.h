/* Rule S14 of restored nationalities. Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_NATIONALITY_H
#define LEDGER_RULES_NATIONALITY_H

#include "ledger/rules/judgement.h"

/* The nationality that the target ended is the holder's and has not come back. */
void nationality_in_force(struct judgement *j);

#endif
