/* Judging an event by the rules of the register, catalogue section D.
 *
 * All structural rules are judged first; if one is broken, legal and plausibility rules are not.
 * All broken rules come back at once, ordered by id, each with reason, strength, outcome, role or
 * field path, and the facts used that the submitter may know: never facts of third persons.
 *
 * A rule is one row of the table in ledger/rules/rule.c and one function. Rules read the state as
 * known just before the event. The verdict depends on records and event alone, so all nodes agree.
 * Thread and memory as ledger/view.h. */
#ifndef LEDGER_RULES_RULES_H
#define LEDGER_RULES_RULES_H

#include "ledger/event/event.h"
#include "ledger/view.h"

#include "civil/v1/receipt.pb-c.h"

enum { FINDINGS_MAX = 128 };

struct verdict {
	bool accepted;
	Civil__V1__RuleFinding **findings; /* not plain HOLDS; ordered by rule id, then path */
	size_t finding_count;
	const char *law_version; /* rule set of the valid date; "" for governance */
};

/* Judges. `recorded_at_ms` is the batch's time. STATUS_OK whether accepted or not; other statuses
 * are trouble of ours. */
enum status rules_judge(struct view *view, struct verdict *out, const struct event *event,
                        int64_t recorded_at_ms) NODISCARD;

/* "S01", "SIGNER_NOT_ACTIVE". Total. */
const char *rule_name(enum rule_id rule);
const char *rule_reason(enum rule_id rule);

#endif
