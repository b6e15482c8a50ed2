/* civilctl duplicates */
#include "civil/v1/office_service.pb-c.h"
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/pages.h"
#include <stdio.h>

static const char *fields_text(struct ctl *ctl, const Civil__V1__SuspectedPair *pair)
{
	const char *text = "";

	for (size_t i = 0; i < pair->n_fields; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ", pair->fields[i]);
	}
	return text;
}

static void add_pairs(struct ctl_table *table, const ProtobufCMessage *page)
{
	const Civil__V1__ListDuplicatesResponse *response =
	        (const Civil__V1__ListDuplicatesResponse *)page;
	struct ctl *ctl = table->ctl;

	for (size_t i = 0; i < response->n_pairs; i++) {
		const Civil__V1__SuspectedPair *pair = response->pairs[i];

		if (pair->n_person_ids < 2) {
			continue;
		}
		(void)table_add(table,
		                (const char *const[]){
		                        format_text(ctl, "%llu", (unsigned long long)pair->index),
		                        pair->office_id, format_hex(ctl, pair->person_ids[0]),
		                        format_hex(ctl, pair->person_ids[1]), pair->rule,
		                        fields_text(ctl, pair) });
	}
}

static enum ctl_exit run_duplicates(struct ctl *ctl)
{
	Civil__V1__ListDuplicatesRequest request;
	bool known;

	civil__v1__list_duplicates_request__init(&request);
	request.context = session_context(ctl);
	request.office_id = arena_string(&ctl->arena, ctl->arguments[0]);
	enum ctl_exit code = ask_known(ctl, "known", &known, &request.known_size);
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__LIST_DUPLICATES_REQUEST__KNOWN_KNOWN_SIZE;
	}
	return pages_print(ctl, &request.base, "civil.v1.OfficeService/ListDuplicates",
	                   &civil__v1__list_duplicates_response__descriptor,
	                   (const char *const[]){ "RECORD", "OFFICE", "PERSON", "OTHER", "RULE",
	                                          "FIELDS", NULL },
	                   add_pairs);
}

const struct command command_duplicates = {
	.name = "duplicates",
	.synopsis = "OFFICE",
	.summary = "list pairs of persons suspected of being one",
	.text = "Those that the office raised itself or that were raised in its areas, and that "
	        "nobody has cleared or merged. Oldest first.",
	.options = { ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl duplicates d-0708", "what a district has to settle" },
	              { "civilctl -o csv duplicates nat-registry", "those of the nation" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run_duplicates,
};
