/* Notices of a wedding and objections to them: rule L18, and what S14 and L08 ask of a notice.
 *
 * Thread and memory as ledger/rules/judgement.h. */
#ifndef LEDGER_RULES_NOTICE_H
#define LEDGER_RULES_NOTICE_H

#include "ledger/rules/judgement.h"

/* S14 of an objection: its notice is posted and not void. Of objection_resolved: the objection has
 * not been resolved. Nothing for other contents. */
void notice_in_force(struct judgement *j);

/* True when an objection to the notice (event id) was upheld: the party's state says so. */
bool notice_is_void(struct judgement *j, struct party *party, struct bytes notice);

#endif
