/* What a court leaves of an act whose content it has erased: part of rules S07 and S08.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_RESIDUE_H
#define LEDGER_RULES_RESIDUE_H

#include "ledger/rules/judgement.h"

/* Reports what a residue breaks of `rule`: it is a content of the kind of its target, keeps the
 * field rows of that kind (the fold reads it at every position, and reads rows as kept), and leaves
 * the numbers that the act gave to documents, which are never used again. Nothing for other
 * contents, and nothing without a target (S12, S13). */
void residue_check(struct judgement *j, enum rule_id rule);

#endif
