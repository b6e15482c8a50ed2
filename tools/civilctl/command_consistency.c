/* civilctl consistency */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/table.h"

#include "civil/v1/consistency.pb-c.h"

#include <stdio.h>

static enum ctl_exit ask(struct ctl *ctl, const Civil__V1__CompareDocumentsResponse **out)
{
	Civil__V1__CompareDocumentsRequest request;
	const ProtobufCMessage *response;
	struct ask_person person;
	bool known;

	civil__v1__compare_documents_request__init(&request);
	request.context = session_context(ctl);
	enum ctl_exit code = ask_person(ctl, &person, ctl->arguments[0]);
	if (code == CTL_OK) {
		code = ask_valid(ctl, &request.valid);
	}
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (known) {
		request.known_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__KNOWN_KNOWN_SIZE;
	}
	if (person.by_id) {
		request.person_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_PERSON_ID;
		request.person_id = person.id;
	} else {
		request.person_case = CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_NUMBER;
		request.number = person.number;
	}
	code = session_call(ctl, &response, "civil.v1.ConsistencyService/CompareDocuments",
	                    &request.base, &civil__v1__compare_documents_response__descriptor);
	if (code == CTL_OK) {
		*out = (const Civil__V1__CompareDocumentsResponse *)response;
	}
	return code;
}

static const char *likeness_text(struct ctl *ctl, Civil__V1__Likeness likeness)
{
	return format_enum(ctl, &civil__v1__likeness__descriptor, (int)likeness);
}

static void add_comparison(struct ctl_table *table, const Civil__V1__DocumentComparison *pair)
{
	struct ctl *ctl = table->ctl;
	const char *other =
	        pair->other_number[0] == '\0'
	                ? "register"
	                : format_text(ctl, "%s %s", pair->other_class, pair->other_number);

	for (size_t i = 0; i < pair->n_fields; i++) {
		const Civil__V1__FieldLikeness *field = pair->fields[i];

		(void)table_add(table,
		                (const char *const[]){
		                        format_text(ctl, "%s %s", pair->document_class,
		                                    pair->document_number),
		                        other, field->field, likeness_text(ctl, field->likeness),
		                        field->in_document, field->in_other });
	}
}

static enum ctl_exit run(struct ctl *ctl)
{
	const Civil__V1__CompareDocumentsResponse *response;
	struct ctl_table table;
	enum ctl_exit code = ask(ctl, &response);

	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output == CTL_JSON) {
		return session_print_json(&response->base);
	}
	table_init(&table, ctl,
	           (const char *const[]){ "DOCUMENT", "AGAINST", "FIELD", "LIKENESS", "IN DOCUMENT",
	                                  "IN OTHER", NULL });
	for (size_t i = 0; i < response->n_comparisons; i++) {
		add_comparison(&table, response->comparisons[i]);
	}
	table_print(&table, stdout);
	if (ctl->output == CTL_TABLE) {
		(void)printf("\n%s; %s\n",
		             response->n_comparisons == 0
		                     ? "no document in use"
		                     : format_text(ctl, "the worst is: %s",
		                                   likeness_text(ctl, response->worst)),
		             ask_position(ctl, response->position));
	}
	return CTL_OK;
}

const struct command command_consistency = {
	.name = "consistency",
	.synopsis = "ID|NUMBER",
	.summary = "compare a person's documents with the register and with each other",
	.text = "One row for each field that both sides show: equal; equivalent, the same said in "
	        "other letters; minor, what an office may correct; conflict, what needs a court, "
	        "or "
	        "is another person. Documents out of use are not compared.",
	.options = { ASK_VALID, ASK_KNOWN },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl consistency 12345678903", "the papers in use today" },
	              { "civilctl -o csv consistency 12345678903 --valid 2020-05-01",
	                "those of an earlier day, for a spreadsheet" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run,
};
