/* Parents by recognition, decision of a court and adoption: parts of rules that other files begin.
 *
 * Each does nothing for contents of other kinds. Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_FILIATION_H
#define LEDGER_RULES_FILIATION_H

#include "ledger/rules/judgement.h"

/* Rule S13: who is made legitimate has both parents, and the marriage is theirs. */
void filiation_fits(struct judgement *j);

/* Rule S14: the marriage by which a child is made legitimate has not ended, the adoption that is
 * revoked not been revoked, nor followed by another, the guardianship that ends is one of the day.
 */
void filiation_in_force(struct judgement *j);

/* Rule S17: nobody becomes the parent of an own ascendant. */
void filiation_no_cycle(struct judgement *j);

/* Day of birth of the child whose parents' ages rules S23 and P02 judge: the valid date of a birth,
 * what the register says of a child that is recognised. False: nothing is known. */
bool filiation_child_birth(struct judgement *j, struct interval *birth);

#endif
