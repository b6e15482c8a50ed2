/* What rules ask about identities: true persons, proofs of life, papers that were rejected.
 *
 * Thread and memory as ledger/rules/judgement.h. */
#ifndef LEDGER_RULES_IDENTITY_H
#define LEDGER_RULES_IDENTITY_H

#include "ledger/rules/judgement.h"

/* S11 of false_identity: the true person, when named, is on the register. */
void identity_true_person(struct judgement *j);

/* S14 of the acts about old papers: none of the papers that the act builds on was rejected. */
void identity_paper_in_force(struct judgement *j);

/* True when a proof of life of the party reaches the day. Rule P07. */
bool identity_lives(struct judgement *j, struct party *party, int32_t day);

#endif
