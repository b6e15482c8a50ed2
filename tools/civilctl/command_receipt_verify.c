/* civilctl receipt verify */
#include "api/json.h"
#include "ledger/base/limits.h"
#include "ledger/event/event.h"
#include "ledger/provisional.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/draft_file.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/pinned.h"
#include "tools/civilctl/session.h"

#include "civil/v1/registration_service.pb-c.h"

#include <stdio.h>

/* The answer that a node gave: what `-o json event submit` prints. */
static enum ctl_exit read_answer(struct ctl *ctl, const Civil__V1__SubmitBatchResponse **out,
                                 const char *path)
{
	struct detail detail = { "", "" };
	ProtobufCMessage *message;
	struct bytes text;
	enum ctl_exit code = ctl_read_file(ctl, &text, path);

	if (code != CTL_OK) {
		return code;
	}
	enum status status =
	        json_read_message(&message, &civil__v1__submit_batch_response__descriptor, text,
	                          "answer", &ctl->arena, &detail);
	if (status != STATUS_OK) {
		return ctl_fail(status, path, &detail);
	}
	*out = (const Civil__V1__SubmitBatchResponse *)message;
	return CTL_OK;
}

/* The provisional receipt of an event in an answer; NULL when there is none. */
static const Civil__V1__ProvisionalReceipt *find(const Civil__V1__SubmitBatchResponse *answer,
                                                 const struct hash *event_id)
{
	for (size_t i = 0; answer != NULL && i < answer->n_outcomes; i++) {
		const Civil__V1__SubmitOutcome *outcome = answer->outcomes[i];

		if (outcome->outcome_case == CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_PROVISIONAL &&
		    bytes_equal(bytes_of(outcome->provisional->event_id.data,
		                         outcome->provisional->event_id.len),
		                bytes_of_hash(event_id))) {
			return outcome->provisional;
		}
	}
	return NULL;
}

static enum ctl_exit tell(struct ctl *ctl, const Civil__V1__ProvisionalReceipt *receipt,
                          const struct note_key *key)
{
	if (ctl->output == CTL_JSON) {
		session_print_fields((const char *const[]){
		        "result", "good", "eventId", format_hex(ctl, receipt->event_id), "number",
		        format_u64(ctl, receipt->number), "queuedAt",
		        format_time(ctl, receipt->queued_at_ms), "signedBy", key->name, NULL });
		return CTL_OK;
	}
	(void)printf("Event     %s\nOutbox    %s\nQueued    %s\nSigned by %s\n\n"
	             "Good: the node kept the event for registration then. It does not say that "
	             "the event is registered.\n"
	             "ត្រឹមត្រូវ៖ ថ្នាំងបានទទួលទុកព្រឹត្តិការណ៍នេះ ប៉ុន្តែមិនបញ្ជាក់ថាបានចុះបញ្ជីរួចទេ។\n",
	             format_hex(ctl, receipt->event_id), format_u64(ctl, receipt->number),
	             format_time(ctl, receipt->queued_at_ms), key->name);
	return CTL_OK;
}

static enum ctl_exit verify(struct ctl *ctl, const struct event *event, const struct note_key *key)
{
	const Civil__V1__SubmitBatchResponse *answer = NULL;
	struct provisional claim = { .event_id = event->id };
	enum ctl_exit code = read_answer(ctl, &answer, ctl->arguments[0]);

	if (code != CTL_OK) {
		return code;
	}
	const Civil__V1__ProvisionalReceipt *receipt = find(answer, &event->id);
	if (receipt == NULL) {
		ctl_say("%s holds no provisional receipt of the event in %s", ctl->arguments[0],
		        ctl->arguments[1]);
		return CTL_NOT_FOUND;
	}
	memcpy(claim.ledger.bytes, event->header->ledger_id.data, ID_BYTES);
	claim.number = receipt->number;
	claim.queued_at_ms = receipt->queued_at_ms;
	if (!provisional_verify(&claim, bytes_of(receipt->signature.data, receipt->signature.len),
	                        key->public_key)) {
		ctl_say("verification failed: %s did not sign this", key->name);
		return CTL_VERIFICATION;
	}
	return tell(ctl, receipt, key);
}

static enum ctl_exit run(struct ctl *ctl)
{
	const char *vkey = ctl_option(ctl, "log-key");
	struct detail detail = { "", "" };
	struct note_key key;
	struct bytes bytes;
	struct event event;

	if (vkey == NULL) {
		ctl_say("receipt verify: name the node's key with --log-key; one that comes with "
		        "the receipt proves nothing");
		return CTL_USAGE;
	}
	enum ctl_exit code = pinned_key(&key, vkey);
	if (code == CTL_OK) {
		code = draft_file_signed(ctl, &bytes, ctl->arguments[1]);
	}
	if (code != CTL_OK) {
		return code;
	}
	enum status status = event_admit(&event, bytes, &ctl->arena, &detail);
	return status == STATUS_OK ? verify(ctl, &event, &key)
	                           : ctl_fail(status, ctl->arguments[1], &detail);
}

const struct command command_receipt_verify = {
	.name = "receipt verify",
	.synopsis = "ANSWER EVENT --log-key VKEY",
	.summary = "check a provisional receipt, without a network",
	.text = "ANSWER is what civilctl -o json event submit printed when a replica queued the "
	        "signed event in EVENT. The signature is checked with the pinned key of the node: "
	        "logKey of civilctl -o json status, brought by hand. Exit code 7 says that the key "
	        "did not sign it. A good one says that the node had the event then, not that the "
	        "event is registered.",
	.options = { { "log-key", "VKEY", "public key of the node that queued it" } },
	.arguments_min = 2,
	.arguments_max = 2,
	.examples = { { "civilctl receipt verify answer.json birth.event --log-key "
	                "ledger.example/kratie+00000000+AQ==",
	                "what an office was promised" },
	              { "civilctl -o json receipt verify answer.json birth.event --log-key "
	                "ledger.example/kratie+00000000+AQ==",
	                "for a program" } },
	.exits = CTL_BIT(CTL_NOT_FOUND) | CTL_BIT(CTL_VERIFICATION),
	.run = run,
};
