/* Rule S14 of certificates. Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_CERTIFICATE_H
#define LEDGER_RULES_CERTIFICATE_H

#include "ledger/rules/judgement.h"

/* The certificate has the serial that is named and was not withdrawn before. */
void certificate_in_force(struct judgement *j);

#endif
