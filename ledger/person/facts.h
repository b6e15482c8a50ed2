/* What steps need from records other than the act's own: law, number scheme, address of a unit.
 *
 * Only records before the act are asked. A rule set, or a correction, that comes later names no
 * person of the act, so it must not change their states.
 *
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_PERSON_FACTS_H
#define LEDGER_PERSON_FACTS_H

#include "ledger/person/fold.h"

#include "civil/v1/governance.pb-c.h"

/* Looks up what the act's step for this person needs; the rest stays zero. STATUS_OK; trouble of
 * the store. */
enum status facts_of_act(struct facts *out, struct view *view, const struct act *act,
                         const struct id *person) NODISCARD;

/* How late an act was declared: declared_day - day, by the values of the law of the day of
 * registration (rule L11). A partial date counts from its last day, which is certain to have
 * passed: nobody is called late on a guess. */
Civil__V1__DelayClass facts_delay_class(const Civil__V1__RuleSet *law, enum kind_id kind,
                                        int32_t declared_day, int32_t day);

#endif
