/* civilctl outbox list, show, dismiss */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/submit.h"
#include "tools/civilctl/table.h"

enum { PAGE_ENTRIES = 500 };

static const char *state_word(Civil__V1__OutboxState state)
{
	return state == CIVIL__V1__OUTBOX_STATE__OUTBOX_STATE_REFUSED ? "refused" : "waiting";
}

static enum ctl_exit list_page(struct ctl *ctl, const Civil__V1__ListOutboxResponse **out,
                               char *token)
{
	Civil__V1__ListOutboxRequest request;
	const ProtobufCMessage *response;

	civil__v1__list_outbox_request__init(&request);
	request.page_size = PAGE_ENTRIES;
	request.page_token = token;
	enum ctl_exit code =
	        session_call(ctl, &response, "civil.v1.RegistrationService/ListOutbox",
	                     &request.base, &civil__v1__list_outbox_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__ListOutboxResponse *)response;
	}
	return code;
}

static void add_entry(struct ctl_table *table, const Civil__V1__OutboxEntry *entry)
{
	struct ctl *ctl = table->ctl;

	(void)table_add(table, (const char *const[]){
	                               format_u64(ctl, entry->number),
	                               format_time(ctl, entry->queued_at_ms),
	                               state_word(entry->state), format_hex(ctl, entry->event_id),
	                               entry->refusal == NULL ? "" : entry->refusal->reason });
}

static enum ctl_exit run_list(struct ctl *ctl)
{
	char *token = arena_string(&ctl->arena, "");
	struct ctl_table table;

	table_init(
	        &table, ctl,
	        (const char *const[]){ "NUMBER", "QUEUED", "STATE", "EVENT ID", "REASON", NULL });
	do {
		const Civil__V1__ListOutboxResponse *page;
		enum ctl_exit code = token == NULL ? CTL_ERROR : list_page(ctl, &page, token);

		if (code != CTL_OK) {
			return code;
		}
		for (size_t i = 0; i < page->n_entries; i++) {
			add_entry(&table, page->entries[i]);
		}
		token = page->next_page_token;
	} while (token[0] != '\0');
	table_print(&table, stdout);
	return CTL_OK;
}

/* The number that was typed. CTL_USAGE after saying so. */
static enum ctl_exit read_number(struct ctl *ctl, uint64_t *number)
{
	const char *text = ctl->arguments[0];

	*number = 0;
	for (; *text >= '0' && *text <= '9' && *number < UINT64_MAX / 20; text++) {
		*number = 10 * *number + (uint64_t)(*text - '0');
	}
	if (*text != '\0' || *number == 0) {
		ctl_say("%s is no number of the outbox; see civilctl outbox list",
		        ctl->arguments[0]);
		return CTL_USAGE;
	}
	return CTL_OK;
}

static enum ctl_exit run_show(struct ctl *ctl)
{
	const Civil__V1__ListOutboxResponse *page;
	uint64_t number;
	enum ctl_exit code = read_number(ctl, &number);

	if (code != CTL_OK) {
		return code;
	}
	char *token = arena_printf(&ctl->arena, "%llu", (unsigned long long)(number - 1));
	code = token == NULL ? CTL_ERROR : list_page(ctl, &page, token);
	if (code != CTL_OK) {
		return code;
	}
	if (page->n_entries == 0 || page->entries[0]->number != number) {
		ctl_say("outbox show: there is no entry %llu: it was registered, or dismissed",
		        (unsigned long long)number);
		return CTL_NOT_FOUND;
	}
	const Civil__V1__OutboxEntry *entry = page->entries[0];
	if (ctl->output == CTL_JSON) {
		return session_print_json(&entry->base);
	}
	(void)printf("Number    %llu\nQueued    %s\nState     %s\nEvent     %s\nRequest   %s\n",
	             (unsigned long long)number, format_time(ctl, entry->queued_at_ms),
	             state_word(entry->state), format_hex(ctl, entry->event_id),
	             format_hex(ctl, entry->request_id));
	if (entry->refusal != NULL) {
		(void)printf("Refused   %s\n\n", entry->refusal->message);
		submit_print_findings(ctl, stdout, entry->refusal->findings,
		                      entry->refusal->n_findings);
		(void)printf("\nHandle it, submit the corrected act, then: civilctl outbox dismiss "
		             "%llu\n",
		             (unsigned long long)number);
	}
	return CTL_OK;
}

static enum ctl_exit run_dismiss(struct ctl *ctl)
{
	Civil__V1__DismissOutboxEntryRequest request;
	const ProtobufCMessage *response;

	civil__v1__dismiss_outbox_entry_request__init(&request);
	enum ctl_exit code = read_number(ctl, &request.number);
	if (code != CTL_OK) {
		return code;
	}
	if (!ctl_confirm(ctl, "Forget this refused event for ever")) {
		return CTL_USAGE;
	}
	code = session_call(ctl, &response, "civil.v1.RegistrationService/DismissOutboxEntry",
	                    &request.base, &civil__v1__dismiss_outbox_entry_response__descriptor);
	if (code == CTL_OK) {
		(void)printf("Dismissed %llu.\n", (unsigned long long)request.number);
	}
	return code;
}

const struct command command_outbox_list = {
	.name = "outbox list",
	.synopsis = "",
	.summary = "list events that a replica keeps until they are registered",
	.text = "A replica takes events while it is cut off, and brings them to a core node in "
	        "their "
	        "order when it can. An event leaves the outbox when it is seen in the ledger. One "
	        "that was refused stays until somebody has handled it.",
	.examples = { { "civilctl outbox list", "what is on its way" },
	              { "civilctl -o json outbox list", "for a program" } },
	.exits = CTL_SERVER_EXITS,
	.run = run_list,
};

const struct command command_outbox_show = {
	.name = "outbox show",
	.synopsis = "NUMBER",
	.summary = "show an event of the outbox, and why it was refused",
	.text = "Every rule that it breaks is shown with its reason in English and Khmer.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl outbox show 12", "one event" },
	              { "civilctl -o json outbox show 12", "for a program" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_show,
};

const struct command command_outbox_dismiss = {
	.name = "outbox dismiss",
	.synopsis = "NUMBER",
	.summary = "forget a refused event of the outbox",
	.text = "Only a refused one. One that waits cannot be taken back: it may be registered "
	        "already.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl outbox dismiss 12", "after asking" },
	              { "civilctl outbox dismiss 12 --yes", "without asking" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT),
	.run = run_dismiss,
};
