/* civilctl event show, event preview */
#include "api/json.h"
#include "ledger/base/crypto.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/draft_file.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/session.h"
#include "tools/civilctl/submit.h"
#include "tools/civilctl/table.h"

static void print_signatures(struct ctl *ctl, const Civil__V1__SignedEvent *event)
{
	struct hash id = crypto_event_id(bytes_of(event->header.data, event->header.len));
	struct ctl_table table;

	table_init(&table, ctl, (const char *const[]){ "SIGNED BY", "SIGNATURE", NULL });
	for (size_t i = 0; i < event->n_signatures; i++) {
		const Civil__V1__Signature *signature = event->signatures[i];
		bool good = crypto_verify_in(
		        CRYPTO_DOMAIN_EVENT, bytes_of(event->header.data, event->header.len),
		        bytes_of(signature->signature.data, signature->signature.len),
		        bytes_of(signature->public_key.data, signature->public_key.len));

		(void)table_add(&table,
		                (const char *const[]){ format_hex(ctl, signature->public_key),
		                                       good ? "good" : "WRONG" });
	}
	table_print(&table, stderr);
	ctl_say("event id %s",
	        format_hex(ctl, (ProtobufCBinaryData){ .len = HASH_BYTES, .data = id.bytes }));
}

static enum ctl_exit run_show(struct ctl *ctl)
{
	Civil__V1__SignedEvent *event;
	Civil__V1__EventDraft *draft;
	struct bytes bytes;
	enum ctl_exit code = ctl_read_file(ctl, &bytes, ctl->arguments[0]);

	if (code == CTL_OK) {
		code = draft_file_open(ctl, &event, &draft, bytes, ctl->arguments[0]);
	}
	if (code != CTL_OK) {
		return code;
	}
	if (ctl->output != CTL_JSON) {
		print_signatures(ctl, event);
	}
	return session_print_json(&draft->base);
}

static enum ctl_exit run_preview(struct ctl *ctl)
{
	Civil__V1__PreviewRequest request;
	const ProtobufCMessage *response;
	struct bytes bytes;
	enum ctl_exit code = draft_file_signed(ctl, &bytes, ctl->arguments[0]);

	if (code != CTL_OK) {
		return code;
	}
	civil__v1__preview_request__init(&request);
	request.event =
	        civil__v1__signed_event__unpack(&ctl->arena.allocator, bytes.size, bytes.data);
	if (request.event == NULL) {
		ctl_say("%s: is no signed event", ctl->arguments[0]);
		return CTL_USAGE;
	}
	code = session_call(ctl, &response, "civil.v1.RegistrationService/Preview", &request.base,
	                    &civil__v1__preview_response__descriptor);
	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__PreviewResponse *preview = (const Civil__V1__PreviewResponse *)response;
	if (ctl->output == CTL_JSON) {
		code = session_print_json(response);
	} else {
		submit_print_findings(ctl, stdout, preview->findings, preview->n_findings);
		ctl_say("%s under %s, judged against %llu records",
		        preview->acceptable ? "would be accepted" : "would be refused",
		        preview->law_version[0] == '\0' ? "no law" : preview->law_version,
		        (unsigned long long)preview->size);
	}
	return code == CTL_OK && !preview->acceptable ? CTL_CONFLICT : code;
}

const struct command command_event_show = {
	.name = "event show",
	.synopsis = "FILE",
	.summary = "print what a signed event says, and check its signatures",
	.text = "Header and content go to stdout as JSON, from which a new draft can be made. "
	        "Whether "
	        "the keys are enrolled is the ledger's to say: see event preview.",
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl event show birth.event", "what will be submitted" },
	              { "civilctl -o json event show birth.event", "for a program" } },
	.exits = CTL_BIT(CTL_NOT_FOUND),
	.run = run_show,
};

const struct command command_event_preview = {
	.name = "event preview",
	.synopsis = "FILE",
	.summary = "say whether an event would be accepted now",
	.text = "The node judges the event as if it were submitted and changes nothing. Exit code "
	        "5 "
	        "when it would be refused. A draft in JSON is signed first with the keys given.",
	.options = { { "key", "FILE", "key to sign a draft with; may come several times" } },
	.arguments_min = 1,
	.arguments_max = 1,
	.examples = { { "civilctl event preview birth.event", "would this birth be accepted?" },
	              { "civilctl event preview birth.json --key clerk.key", "sign, then ask" } },
	.exits = CTL_SERVER_EXITS | CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_CONFLICT),
	.run = run_preview,
};
