/* What lets a broken or undecided rule pass: the last column of the catalogue's table of rules.
 *
 * A rule passes by a signature, or by an act; for an act, and for a second officer, an overrides
 * item must name the rule. What was passed at DECLARED stays passed at the later steps: items and
 * signatures of the newest declaration count with those of the event.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_PASS_H
#define LEDGER_RULES_PASS_H

#include "ledger/rules/judgement.h"

/* Marks every finding from `first` on that passes as OVERRIDDEN; returns how many do not pass,
 * watch rules not counted. */
size_t pass_findings(struct judgement *j, size_t first);

#endif
