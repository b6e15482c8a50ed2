/* civilctl event submit */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/draft_file.h"
#include "tools/civilctl/receipt_table.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/submit.h"

/* What was registered, and what a replica has queued. */
struct tables {
	struct ctl_table receipts;
	struct ctl_table queued;
};

/* Worst first: what the exit code tells when events end differently. */
static enum ctl_exit worse(enum ctl_exit a, enum ctl_exit b)
{
	return a == CTL_OK ? b : a;
}

/* Answers of one batch: receipts into the table, refusals told. */
static enum ctl_exit take_outcomes(struct tables *tables, const char *const names[],
                                   const Civil__V1__SubmitBatchResponse *response)
{
	struct ctl *ctl = tables->receipts.ctl;
	enum ctl_exit code = CTL_OK;

	for (size_t i = 0; i < response->n_outcomes; i++) {
		const Civil__V1__SubmitOutcome *outcome = response->outcomes[i];

		if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_RECEIPT) {
			receipt_table_add(&tables->receipts, names[i], outcome->receipt);
		} else if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL) {
			code = worse(code, submit_tell_refusal(ctl, names[i], outcome->refusal));
		} else if (outcome->outcome_case ==
		           CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_PROVISIONAL) {
			provisional_table_add(&tables->queued, names[i], outcome->provisional);
		}
	}
	if (ctl->output == CTL_JSON) {
		code = worse(code, session_print_json(&response->base));
	}
	return code;
}

static void print_tables(const struct tables *tables)
{
	if (tables->receipts.first != NULL) {
		table_print(&tables->receipts, stdout);
	}
	if (tables->queued.first == NULL) {
		return;
	}
	table_print(&tables->queued, stdout);
	if (tables->queued.ctl->output == CTL_TABLE) {
		(void)printf("\nProvisional: taken and kept, not yet registered. It may still be "
		             "refused; see civilctl outbox list.\n"
		             "បណ្តោះអាសន្ន៖ បានទទួលទុករួចហើយ ប៉ុន្តែមិនទាន់បានចុះបញ្ជីនៅឡើយទេ។\n");
	}
}

static enum ctl_exit run(struct ctl *ctl)
{
	struct bytes events[SUBMIT_BATCH_EVENTS];
	struct tables tables;
	enum ctl_exit code = CTL_OK;
	size_t next = 0;

	receipt_table_init(&tables.receipts, ctl);
	provisional_table_init(&tables.queued, ctl);
	while (next < ctl->argument_count && (code == CTL_OK || code == CTL_CONFLICT)) {
		const Civil__V1__SubmitBatchResponse *response;
		const size_t first = next;
		size_t bytes = 0;
		enum ctl_exit read = CTL_OK;

		while (next < ctl->argument_count && next - first < SUBMIT_BATCH_EVENTS &&
		       bytes < SUBMIT_BATCH_BYTES && read == CTL_OK) {
			read = draft_file_signed(ctl, &events[next - first], ctl->arguments[next]);
			bytes += read == CTL_OK ? events[next - first].size : 0;
			next++;
		}
		if (read == CTL_OK) {
			read = submit_batch(ctl, &response, events, next - first);
		}
		if (read == CTL_OK) {
			read = take_outcomes(&tables, ctl->arguments + first, response);
		}
		code = worse(code, read);
	}
	if (ctl->output != CTL_JSON) {
		print_tables(&tables);
	}
	return code;
}

const struct command command_event_submit = {
	.name = "event submit",
	.synopsis = "FILE...",
	.summary = "submit signed events and print their receipts",
	.text = "Events are taken in the order of the files, each on its own merits. A refused "
	        "event "
	        "changes nothing; every rule that it breaks is shown with its reason in English "
	        "and Khmer. Submitting an event again gives its first receipt. A draft in JSON is "
	        "signed first with the keys given.",
	.options = { { "key", "FILE", "key to sign drafts with; may come several times" } },
	.arguments_min = 1,
	.arguments_max = CTL_ARGUMENTS_MAX,
	.examples = { { "civilctl event submit birth.event", "register" },
	              { "civilctl event submit office.json --key national-1.key --key "
	                "national-2.key",
	                "sign and submit in one step" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT),
	.run = run,
};
