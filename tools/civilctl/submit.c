#include "tools/civilctl/submit.h"

#include "tools/civilctl/format.h"
#include "tools/civilctl/rule_text.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/table.h"

enum ctl_exit submit_batch(struct ctl *ctl, const Civil__V1__SubmitBatchResponse **out,
                           const struct bytes events[], size_t count)
{
	Civil__V1__SignedEvent *unpacked[SUBMIT_BATCH_EVENTS];
	Civil__V1__SubmitBatchRequest request;
	const ProtobufCMessage *response;

	civil__v1__submit_batch_request__init(&request);
	request.events = unpacked;
	for (size_t i = 0; i < count; i++) {
		unpacked[i] = civil__v1__signed_event__unpack(&ctl->arena.allocator, events[i].size,
		                                              events[i].data);
		if (unpacked[i] == NULL) {
			ctl_say("event %zu is no signed event", i + 1);
			return CTL_USAGE;
		}
		request.n_events++;
	}
	enum ctl_exit code =
	        session_call(ctl, &response, "civil.v1.RegistrationService/SubmitBatch",
	                     &request.base, &civil__v1__submit_batch_response__descriptor);
	if (code != CTL_OK) {
		return code;
	}
	*out = (const Civil__V1__SubmitBatchResponse *)response;
	if ((*out)->n_outcomes != count) {
		ctl_say("the node gave %zu answers for %zu events", (*out)->n_outcomes, count);
		return CTL_ERROR;
	}
	return CTL_OK;
}

/* "law=KH-2011 age_required=18" */
static const char *facts_text(struct ctl *ctl, const Civil__V1__RuleFinding *finding)
{
	const char *text = "";

	for (size_t i = 0; i < finding->n_facts; i++) {
		text = format_text(ctl, "%s%s%s=%s", text, i == 0 ? "" : " ",
		                   finding->facts[i]->name, finding->facts[i]->value);
	}
	return text;
}

void submit_print_findings(struct ctl *ctl, FILE *out, Civil__V1__RuleFinding *const findings[],
                           size_t count)
{
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "RULE", "REASON", "FOUND", "WHERE", "MEANING", "ន័យ",
	                                  "FACTS", NULL });
	for (size_t i = 0; i < count; i++) {
		const Civil__V1__RuleFinding *finding = findings[i];
		const struct rule_text *text = rule_text_of(finding->rule);

		(void)table_add(&table,
		                (const char *const[]){
		                        finding->rule, finding->reason,
		                        format_enum(ctl, &civil__v1__rule_outcome__descriptor,
		                                    (int)finding->outcome),
		                        finding->path, text->english, text->khmer,
		                        facts_text(ctl, finding) });
	}
	table_print(&table, out);
}

enum ctl_exit submit_tell_refusal(struct ctl *ctl, const char *name,
                                  const Civil__V1__SubmitRefusal *refusal)
{
	enum status status = status_map_status((enum status_code)refusal->code);

	if (refusal->n_findings > 0) {
		ctl_say("%s: refused by %zu rule%s (មិនត្រូវបានទទួល)", name, refusal->n_findings,
		        refusal->n_findings == 1 ? "" : "s");
		submit_print_findings(ctl, stderr, refusal->findings, refusal->n_findings);
	} else {
		ctl_say("%s: %s%s%s", name, refusal->field, refusal->field[0] == '\0' ? "" : ": ",
		        refusal->message);
	}
	return ctl_exit_of(status);
}
