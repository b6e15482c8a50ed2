/* Acts of numbers, and births that take a number of their office's block: parts of rules that other
 * files begin. Each does nothing for contents of other kinds.
 *
 * A block is open to the declarations of its office until its last day or its return. A number of
 * it is used from the declaration on that takes it, whatever becomes of that case.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_NUMBER_ACTS_H
#define LEDGER_RULES_NUMBER_ACTS_H

#include "ledger/rules/judgement.h"

/* Rule S07: of a block that comes back exactly what is unused is named. */
void number_acts_counted(struct judgement *j);

/* Rule S12: a number to close is a live one of the holder's, the office of a block is known. */
void number_acts_named(struct judgement *j);

/* Rule S14: a block comes back once. */
void number_acts_in_force(struct judgement *j);

/* Rule S15: a number of a block is one of this office's, unexpired and unused; a verification names
 * a block only where the declaration does. */
void number_acts_unused(struct judgement *j);

/* The office of the block that the content reserves or gives back; NULL when none is known. */
const char *number_acts_office(struct judgement *j);

#endif
