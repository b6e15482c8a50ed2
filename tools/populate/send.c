#include "tools/populate/send.h"

#include "api/rpc_client.h"
#include "api/rpc_library.h"
#include "ledger/base/buf.h"
#include "ledger/base/limits.h"

#include "civil/v1/node_service.pb-c.h"
#include "civil/v1/registration_service.pb-c.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	WINDOW = 2048,     /* events sent and not yet answered */
	EXPECTED_MAX = 32, /* rule ids of one event */
	RULES_MAX = 256,
	POLL_MS = 200,
	POLL_EVERY = 16, /* events between looks at the answers */
	CALL_MS = 10000,
	FRAME_BYTES = 64,
};

struct sender {
	struct rpc_client *client;
	struct rpc_client_stream *stream;
	struct id ledger;
	struct arena arena;
	struct buf message;
	uint64_t sent;
	uint64_t decided;
	bool ended; /* the stream is over */
	bool differs;
	struct detail detail;                /* the first difference */
	char expected[WINDOW][EXPECTED_MAX]; /* of event n at n mod WINDOW */
};

static void differ(struct sender *sender, uint64_t sequence, const char *expected, const char *got)
{
	if (!sender->differs) {
		detail_set(&sender->detail, "", "event %llu: expected %s, got %s",
		           (unsigned long long)sequence - 1,
		           expected[0] == '\0' ? "a receipt" : expected, got);
	}
	sender->differs = true;
}

/* The broken and undecided rules of a refusal, each once, separated by commas. */
static void list_rules(char out[RULES_MAX], const Civil__V1__SubmitRefusal *refusal)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < refusal->n_findings; i++) {
		const Civil__V1__RuleFinding *finding = refusal->findings[i];
		bool refusing = finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_BROKEN ||
		                finding->outcome == CIVIL__V1__RULE_OUTCOME__RULE_OUTCOME_UNDECIDED;

		if (refusing && strstr(out, finding->rule) == NULL && used + 8 < RULES_MAX) {
			used += (size_t)snprintf(out + used, RULES_MAX - used, "%s%s",
			                         used == 0 ? "" : ",", finding->rule);
		}
	}
	if (used == 0) {
		(void)snprintf(out, RULES_MAX, "%.200s", refusal->message);
	}
}

static void take_refusal(struct sender *sender, const Civil__V1__StreamRefusal *refused)
{
	char *expected = sender->expected[refused->sequence % WINDOW];
	char got[RULES_MAX];

	list_rules(got, refused->refusal);
	if (strcmp(expected, got) != 0) {
		differ(sender, refused->sequence, expected, got);
	}
	expected[0] = '\0'; /* answered: what is left must be accepted */
}

static void take_message(void *state, struct bytes message)
{
	struct sender *sender = state;

	arena_reset(&sender->arena);
	const Civil__V1__SubmitStreamResponse *response = civil__v1__submit_stream_response__unpack(
	        &sender->arena.allocator, message.size, message.data);
	if (response == NULL) {
		differ(sender, sender->decided + 1, "an answer", "bytes that do not parse");
		return;
	}
	for (size_t i = 0; i < response->n_refusals; i++) {
		take_refusal(sender, response->refusals[i]);
	}
	for (uint64_t n = sender->decided + 1; n <= response->decided_through; n++) {
		if (sender->expected[n % WINDOW][0] != '\0') {
			differ(sender, n, sender->expected[n % WINDOW], "a receipt");
		}
	}
	sender->decided = response->decided_through;
}

static void take_end(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct sender *sender = state;

	(void)response;
	sender->ended = true;
	if (outcome->status != STATUS_OK) {
		differ(sender, sender->decided + 1, "an answer", outcome->detail.text);
	}
}

static bool ask_ledger(struct sender *sender, struct detail *detail)
{
	const struct rpc_unary unary = { .path = "/civil.v1.NodeService/GetStatus",
		                         .response = &civil__v1__get_status_response__descriptor,
		                         .deadline_ms = CALL_MS };
	Civil__V1__GetStatusRequest request;
	const ProtobufCMessage *message;
	struct rpc_outcome outcome;

	civil__v1__get_status_request__init(&request);
	enum status status = rpc_client_unary(sender->client, &message, &outcome, &sender->arena,
	                                      &request.base, &unary);
	if (status != STATUS_OK) {
		*detail = outcome.detail;
		return false;
	}
	const Civil__V1__GetStatusResponse *response =
	        (const Civil__V1__GetStatusResponse *)message;
	if (response->ledger_id.len != ID_BYTES) {
		detail_set(detail, "", "the node names no ledger");
		return false;
	}
	memcpy(sender->ledger.bytes, response->ledger_id.data, ID_BYTES);
	return true;
}

bool sender_open(struct sender **out, const char *address, struct detail *detail)
{
	static const struct rpc_stream_callbacks callbacks = { .message = take_message,
		                                               .done = take_end };
	const struct rpc_client_options options = { .target = address, .waits_for_server = true };
	struct sender *sender = calloc(1, sizeof(*sender));

	if (sender == NULL) {
		return false;
	}
	rpc_library_start(NULL);
	arena_init(&sender->arena, CLIENT_RECEIVE_BYTES_MAX);
	buf_init(&sender->message, SIGNED_EVENT_BYTES_MAX + FRAME_BYTES);
	bool good = rpc_client_new(&sender->client, detail, &options) == STATUS_OK &&
	            ask_ledger(sender, detail);
	if (good) {
		sender->stream = rpc_client_stream_open(
		        sender->client, "/civil.v1.RegistrationService/SubmitStream", 0, &callbacks,
		        sender);
	}
	*out = sender;
	return good && sender->stream != NULL;
}

struct id sender_ledger(const struct sender *sender)
{
	return sender->ledger;
}

bool sender_send(struct sender *sender, struct bytes signed_event, const char *expected)
{
	Civil__V1__SubmitStreamRequest request;

	while (!sender->ended && !sender->differs &&
	       (sender->sent - sender->decided >= WINDOW ||
	        rpc_client_stream_room(sender->stream) == 0)) {
		(void)rpc_client_poll(sender->client, POLL_MS);
	}
	if (sender->ended || sender->differs) {
		return false;
	}
	sender->sent++;
	(void)snprintf(sender->expected[sender->sent % WINDOW], EXPECTED_MAX, "%s", expected);
	civil__v1__submit_stream_request__init(&request);
	request.sequence = sender->sent;
	arena_reset(&sender->arena);
	request.event = civil__v1__signed_event__unpack(&sender->arena.allocator, signed_event.size,
	                                                signed_event.data);
	buf_reset(&sender->message);
	uint8_t *packed =
	        request.event == NULL
	                ? NULL
	                : buf_extend(&sender->message,
	                             civil__v1__submit_stream_request__get_packed_size(&request));
	if (packed == NULL) {
		return false;
	}
	(void)civil__v1__submit_stream_request__pack(&request, packed);
	rpc_client_stream_send(sender->stream, buf_bytes(&sender->message));
	if (sender->sent % POLL_EVERY == 0) {
		(void)rpc_client_poll(sender->client, 0);
	}
	return true;
}

bool sender_close(struct sender *sender, struct detail *detail)
{
	if (sender == NULL) {
		return true;
	}
	if (sender->stream != NULL && !sender->ended) {
		rpc_client_stream_half_close(sender->stream);
		while (!sender->ended) {
			(void)rpc_client_poll(sender->client, POLL_MS);
		}
	}
	bool good = !sender->differs && sender->stream != NULL;
	if (sender->differs) {
		*detail = sender->detail;
	}
	rpc_client_free(sender->client);
	arena_fini(&sender->arena);
	buf_fini(&sender->message);
	free(sender);
	rpc_library_stop();
	return good;
}
