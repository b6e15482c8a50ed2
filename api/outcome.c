#include "api/outcome.h"

#include <stdio.h>

Civil__V1__Receipt *outcome_receipt(const Civil__V1__Receipt *receipt)
{
	union {
		const Civil__V1__Receipt *in;
		Civil__V1__Receipt *out;
	} pointer = { .in = receipt };

	return pointer.out;
}

/* One sentence on a finding: the rule, whether it is open or broken, and the facts used. */
static const char *describe(const Civil__V1__RuleFinding *finding, struct arena *arena)
{
	bool open = finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_UNDECIDED;
	const char *text = arena_printf(arena, "%s %s", finding->rule,
	                                open ? "cannot be decided" : "is broken");

	for (size_t i = 0; text != NULL && i < finding->n_facts; i++) {
		text = arena_printf(arena, "%s%s %s=%s", text, i == 0 ? ":" : ",",
		                    finding->facts[i]->name, finding->facts[i]->value);
	}
	return text == NULL ? "" : text;
}

bool outcome_is_refusing(const Civil__V1__RuleFinding *finding)
{
	return finding->strength != CIVIL__V1__RULE_STRENGTH__RULE_STRENGTH_WATCH &&
	       (finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_BROKEN ||
	        finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_UNDECIDED);
}

static void fail_by_rules(struct outcome_failure *out, const struct verdict *verdict,
                          struct arena *arena)
{
	for (size_t i = 0; i < verdict->finding_count; i++) {
		const Civil__V1__RuleFinding *finding = verdict->findings[i];

		if (!outcome_is_refusing(finding) ||
		    out->failure.violations_count == OUTCOME_VIOLATIONS_MAX) {
			continue;
		}
		out->violations[out->failure.violations_count] = (struct violation){
			.type = arena_printf(arena, "%s %s", finding->rule, finding->reason),
			.subject = finding->path,
			.description = describe(finding, arena),
		};
		if (out->violations[out->failure.violations_count].type == NULL) {
			continue;
		}
		out->failure.violations_count++;
	}
	out->failure.violations = out->violations;
	out->failure.reason = "RULE_BROKEN";
	out->failure.message_km = "សំណើនេះមិនត្រូវតាមវិធាន";
}

void outcome_fail(struct outcome_failure *out, const struct ledger_result *result,
                  struct arena *arena)
{
	*out = (struct outcome_failure){ .failure = { .status = result->status } };
	out->detail = result->detail;
	out->failure.detail = out->detail.text[0] == '\0' ? NULL : &out->detail;
	if (result->status == STATUS_REFUSED) {
		fail_by_rules(out, &result->verdict, arena);
	} else if (result->status == STATUS_EXISTS) {
		bytes_to_hex(out->first_event_id, bytes_of_hash(&result->first_event_id));
		detail_set(&out->detail, "header.request_id",
		           "the request id was used before, for event %s", out->first_event_id);
		out->failure.detail = &out->detail;
		out->failure.reason = "REQUEST_ID_USED";
		out->failure.facts[0] =
		        (struct fact){ .name = "event_id", .value = out->first_event_id };
		out->failure.facts_count = 1;
	} else if (result->status == STATUS_INVALID) {
		out->failure.reason = "EVENT_INVALID";
	}
}

Civil__V1__SubmitRefusal *outcome_refusal(const struct ledger_result *result, struct arena *arena)
{
	Civil__V1__SubmitRefusal *refusal = arena_alloc(arena, sizeof(*refusal));
	struct outcome_failure *failure = arena_alloc(arena, sizeof(*failure));
	char message[STATUS_MESSAGE_BYTES_MAX];

	if (refusal == NULL || failure == NULL) {
		return NULL;
	}
	outcome_fail(failure, result, arena);
	status_map_message(message, &failure->failure);
	civil__v1__submit_refusal__init(refusal);
	refusal->message = arena_string(arena, message);
	refusal->reason =
	        arena_string(arena, failure->failure.reason == NULL ? status_name(result->status)
	                                                            : failure->failure.reason);
	refusal->field = arena_string(arena, result->detail.path);
	refusal->code = (int32_t)status_map_code(result->status);
	if (result->status == STATUS_REFUSED) {
		refusal->findings = result->verdict.findings;
		refusal->n_findings = result->verdict.finding_count;
	}
	if (refusal->message == NULL || refusal->reason == NULL || refusal->field == NULL) {
		return NULL;
	}
	return refusal;
}

Civil__V1__SubmitOutcome *outcome_of(const struct ledger_result *result, struct arena *arena)
{
	Civil__V1__SubmitOutcome *outcome = arena_alloc(arena, sizeof(*outcome));

	if (outcome == NULL) {
		return NULL;
	}
	civil__v1__submit_outcome__init(outcome);
	if (result->status == STATUS_OK) {
		outcome->outcome_case = CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_RECEIPT;
		outcome->receipt = outcome_receipt(result->receipt);
		return outcome;
	}
	outcome->outcome_case = CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL;
	outcome->refusal = outcome_refusal(result, arena);
	return outcome->refusal == NULL ? NULL : outcome;
}
