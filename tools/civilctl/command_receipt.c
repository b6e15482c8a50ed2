/* civilctl receipt */
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/receipt_table.h"
#include "tools/civilctl/session.h"

#include "civil/v1/registration_service.pb-c.h"

static enum ctl_exit run(struct ctl *ctl)
{
	Civil__V1__GetReceiptRequest request;
	const ProtobufCMessage *response;
	struct ctl_table table;
	uint8_t request_id[ID_BYTES];
	enum ctl_exit code = CTL_OK;

	civil__v1__get_receipt_request__init(&request);
	if (format_read_bytes(request_id, sizeof(request_id), ctl->arguments[0])) {
		request.key_case = CIVIL__V1__GET_RECEIPT_REQUEST__KEY_REQUEST_ID;
		request.request_id = (ProtobufCBinaryData){ .len = ID_BYTES, .data = request_id };
	} else {
		request.key_case = CIVIL__V1__GET_RECEIPT_REQUEST__KEY_EVENT_ID;
		code = format_read_id(ctl, &request.event_id, HASH_BYTES, ctl->arguments[0],
		                      "an event id");
	}
	if (code == CTL_OK) {
		code = session_call(ctl, &response, "civil.v1.RegistrationService/GetReceipt",
		                    &request.base, &civil__v1__get_receipt_response__descriptor);
	}
	if (code != CTL_OK || ctl->output == CTL_JSON) {
		return code == CTL_OK ? session_print_json(response) : code;
	}
	const Civil__V1__GetReceiptResponse *found =
	        (const Civil__V1__GetReceiptResponse *)response;
	receipt_table_init(&table, ctl);
	if (found->receipt != NULL) {
		receipt_table_add(&table, ctl->arguments[0], found->receipt);
	}
	table_print(&table, stdout);
	return CTL_OK;
}

const struct command command_receipt = {
	.name = "receipt",
	.synopsis = "EVENT|REQUEST",
	.summary = "find the receipt of an accepted event",
	.text = "By event id (32 bytes) or by the request id of its header (16 bytes), hexadecimal "
	        "or base64. The receipt is the same for ever.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl receipt 00112233445566778899aabbccddeeff", "by request id" },
	              { "civilctl -o json receipt 00112233445566778899aabbccddeeff",
	                "the whole receipt" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND),
	.run = run,
};
