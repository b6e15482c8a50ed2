/* The two halves of rule P05. Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_DUPLICATE_H
#define LEDGER_RULES_DUPLICATE_H

#include "ledger/rules/judgement.h"

/* Another birth of the mother that may be the same child. In birth.c, beside spacing. */
void duplicate_birth(struct judgement *j);

#endif
