/* What rules ask about acts of governance: the offices, officers, institutions and nodes they name.
 *
 * Thread and memory as ledger/rules/judgement.h. */
#ifndef LEDGER_RULES_OFFICE_ACTS_H
#define LEDGER_RULES_OFFICE_ACTS_H

#include "ledger/rules/judgement.h"

/* S12: every office, key, institution and node that the act names is on the ledger. */
void office_acts_named(struct judgement *j);

/* S13: an office joins one of its sort; who is authorised to read is an institution. */
void office_acts_fits(struct judgement *j);

/* S14: what the act changes is in force: an open office, a key that nobody took away, an
 * institution that may read. */
void office_acts_in_force(struct judgement *j);

/* S15: keys, nodes and parts of code lists that the act makes are new. */
void office_acts_unused(struct judgement *j);

/* The key whose own signature the act asks for beside its seats: that of an officer who goes on
 * with another. Empty for other acts. */
struct bytes office_acts_own_key(const struct judgement *j);

/* Whether a node signs for itself: true for every other act. S02. */
bool office_acts_node_signs(struct judgement *j, struct bytes public_key);

#endif
