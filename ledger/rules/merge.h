/* What a merge, its undoing and suspected pairs must keep besides the table's rules.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_MERGE_H
#define LEDGER_RULES_MERGE_H

#include "ledger/rules/judgement.h"

/* S07: a winner for each group in which the two differ. */
void merge_require_winners(struct judgement *j);

/* S14: the merge is in force. */
void merge_in_force(struct judgement *j);

/* S14: the pair was not cleared before on the same rule and fields, or is under suspicion. */
void pair_in_force(struct judgement *j);

/* S05: whoever clears a pair did not raise it. */
bool pair_raised_by(struct judgement *j, const struct id *officer);

/* The part of S16: an unmerge gives acts of the two to one of the two. */
void merge_reassigned(struct judgement *j);

#endif
