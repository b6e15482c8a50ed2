/* civilctl history, compare */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/history_table.h"
#include "tools/civilctl/table.h"

enum { PAGE_ENTRIES = 500 };

static enum ctl_exit make_request(struct ctl *ctl, Civil__V1__GetHistoryRequest *request)
{
	struct ask_person person;
	bool known;

	civil__v1__get_history_request__init(request);
	request->context = session_context(ctl);
	request->page_size = PAGE_ENTRIES;
	enum ctl_exit code = ask_person(ctl, &person, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request->known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request->known_case = CIVIL__V1__GET_HISTORY_REQUEST__KNOWN_KNOWN_SIZE;
	}
	if (person.by_id) {
		request->person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
		request->person_id = person.id;
	} else {
		request->person_case = CIVIL__V1__GET_HISTORY_REQUEST__PERSON_NUMBER;
		request->number = person.number;
	}
	return CTL_OK;
}

/* All pages, joined into one answer: a run reads one consistent size. */
static enum ctl_exit run_history(struct ctl *ctl)
{
	Civil__V1__GetHistoryRequest request;
	Civil__V1__GetHistoryResponse all;
	enum ctl_exit code = make_request(ctl, &request);
	bool more = true;

	civil__v1__get_history_response__init(&all);
	while (code == CTL_OK && more) {
		const ProtobufCMessage *response;

		code = session_call(ctl, &response, "civil.v1.QueryService/GetHistory",
		                    &request.base, &civil__v1__get_history_response__descriptor);
		if (code != CTL_OK) {
			return code;
		}
		const Civil__V1__GetHistoryResponse *page =
		        (const Civil__V1__GetHistoryResponse *)response;
		Civil__V1__HistoryEntry **entries =
		        arena_array(&ctl->arena, all.n_entries + page->n_entries, sizeof(*entries));
		if (entries == NULL) {
			return ctl_fail(STATUS_NO_MEMORY, "history", NULL);
		}
		for (size_t i = 0; i < all.n_entries; i++) {
			entries[i] = all.entries[i];
		}
		for (size_t i = 0; i < page->n_entries; i++) {
			entries[all.n_entries + i] = page->entries[i];
		}
		all.entries = entries;
		all.n_entries += page->n_entries;
		all.position = page->position;
		request.page_token = page->next_page_token;
		more = page->next_page_token[0] != '\0';
	}
	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&all.base);
	}
	history_table_print(ctl, all.entries, all.n_entries);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s\n", ask_position(ctl, all.position));
	}
	return CTL_OK;
}

static enum ctl_exit ask_changes(struct ctl *ctl, const Civil__V1__CompareKnownResponse **out)
{
	Civil__V1__CompareKnownRequest request;
	struct ask_person person;
	const ProtobufCMessage *response;
	bool from;
	bool to;

	civil__v1__compare_known_request__init(&request);
	request.context = session_context(ctl);
	enum ctl_exit code = ask_person(ctl, &person, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ask_valid(ctl, &request.valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "from", &from, &request.known_from);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "to", &to, &request.known_to);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (!from) {
		ctl_say("compare: say since when with --from RECORDS");
		return CTL_USAGE;
	}
	if (to) {
		request.known_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__KNOWN_KNOWN_TO;
	}
	if (person.by_id) {
		request.person_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_PERSON_ID;
		request.person_id = person.id;
	} else {
		request.person_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_NUMBER;
		request.number = person.number;
	}
	code = session_call(ctl, &response, "civil.v1.QueryService/CompareKnown", &request.base,
	                    &civil__v1__compare_known_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__CompareKnownResponse *)response;
	}
	return code;
}

static enum ctl_exit run_compare(struct ctl *ctl)
{
	const Civil__V1__CompareKnownResponse *changes;
	struct ctl_table table;
	enum ctl_exit code = ask_changes(ctl, &changes);
	const char *causes = "";

	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&changes->base);
	}
	table_init(&table, ctl, (const char *const[]){ "CHANGED", "BEFORE", "AFTER", NULL });
	for (size_t i = 0; i < changes->n_changes; i++) {
		const Civil__V1__AttributeChange *change = changes->changes[i];

		(void)table_add(&table, (const char *const[]){ change->path, change->before,
		                                               change->after });
	}
	table_print(&table, stdout);
	for (size_t i = 0; i < changes->n_causes; i++) {
		causes = format_text(ctl, "%s%s%llu", causes, i == 0 ? "" : ", ",
		                     (unsigned long long)changes->causes[i]);
	}
	if (ctl->output == CTL_TABLE) {
		(void)printf("\nby records: %s\n%s\n", causes[0] == '\0' ? "none" : causes,
		             ask_position(ctl, changes->position));
	}
	return CTL_OK;
}

const struct command command_history = {
	.name = "history",
	.synopsis = "ID|NUMBER",
	.summary = "list every record that names a person",
	.text = "Oldest first, with the signers, the law that judged it, rules that were passed "
	        "knowingly, and later records that amend it.",
	.options = { ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl history 12345678903", "by personal number" },
	              { "civilctl -o csv history 00112233445566778899aabbccddeeff",
	                "by id, for a spreadsheet" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_history,
};

const struct command command_compare = {
	.name = "compare",
	.synopsis = "ID|NUMBER --from RECORDS [--to RECORDS]",
	.summary = "show what the register learnt about a person between two positions",
	.text = "Compares the person's state on one day as known at the two positions, attribute "
	        "by "
	        "attribute, and names the records that made the difference.",
	.options = { { "from", "RECORDS", "the earlier position" },
	             { "to", "RECORDS", "the later one; all records" },
	             ASK_VALID },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl compare 12345678903 --from 5000", "what is new since then" },
	              { "civilctl compare 12345678903 --from 5000 --to 9000 --valid 2020-05-01",
	                "about one day, between two positions" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_compare,
};
