/* civilctl document */
#include "tools/civilctl/ask.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/table.h"

static enum ctl_exit run(struct ctl *ctl)
{
	Civil__V1__GetDocumentStatusRequest request;
	const ProtobufCMessage *response;
	struct ctl_table table;
	bool known;

	civil__v1__get_document_status_request__init(&request);
	request.context = session_context(ctl);
	request.document_class = arena_string(&ctl->arena, ctl->arguments[0]);
	request.number = arena_string(&ctl->arena, ctl->arguments[1]);
	enum ctl_exit code = ask_valid(ctl, &request.valid);
	if (code == CTL_OK) {
		code = ask_known(ctl, "known", &known, &request.known_size);
	}
	if (code == CTL_OK) {
		request.known_case =
		        known ? CIVIL__V1__GET_DOCUMENT_STATUS_REQUEST__KNOWN_KNOWN_SIZE
		              : CIVIL__V1__GET_DOCUMENT_STATUS_REQUEST__KNOWN__NOT_SET;
		code = session_call(ctl, &response, "civil.v1.QueryService/GetDocumentStatus",
		                    &request.base,
		                    &civil__v1__get_document_status_response__descriptor);
	}
	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__GetDocumentStatusResponse *status =
	        (const Civil__V1__GetDocumentStatusResponse *)response;
	bool unknown = status->answer == CIVIL__V1__DOCUMENT_ANSWER__DOCUMENT_ANSWER_UNKNOWN;

	if (ctl->output == CTL_JSON) {
		code = session_print_json(response);
	} else {
		table_init(&table, ctl, (const char *const[]){ "CLASS", "NUMBER", "ANSWER", NULL });
		(void)table_add(&table,
		                (const char *const[]){
		                        request.document_class, request.number,
		                        format_enum(ctl, &civil__v1__document_answer__descriptor,
		                                    (int)status->answer) });
		table_print(&table, stdout);
	}
	return code == CTL_OK && unknown ? CTL_NOT_FOUND : code;
}

const struct command command_document = {
	.name = "document",
	.synopsis = "CLASS NUMBER",
	.summary = "say whether a document is good",
	.text = "CLASS is id_card, passport, permit or certificate. The answer is one word: valid, "
	        "expired, "
	        "lost, "
	        "revoked, suspended, superseded or unknown (exit code 3), and nothing of the "
	        "holder.",
	.options = { ASK_VALID, ASK_KNOWN },
	.arguments_min = 2,
	.arguments_max = 2,
	.examples = { { "civilctl document id_card N-123", "is it good today?" },
	              { "civilctl document id_card N-123 --valid 2026-01-31",
	                "was it good on that day?" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run,
};
