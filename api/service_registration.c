/* RegistrationService: submissions by one call, by batch, by stream; previews and receipts. */
#include "api/access.h"
#include "api/outbox_calls.h"
#include "api/outcome.h"
#include "api/services.h"
#include "api/submit_stream.h"
#include "ledger/base/limits.h"
#include "ledger/receipt.h"

#include <stdlib.h>

enum { EVENT_FRAME_BYTES = 64, GET_RECEIPT_BYTES_MAX = 64, LIST_OUTBOX_BYTES_MAX = 64 };

/* A unary call on its way through the pipeline; one block of memory. */
struct unary {
	struct submission submission;
	struct rpc_call *call;
	struct services *services;
	struct access_hold hold;
	struct bytes *events;
	struct ledger_result *results;
};

static void unary_free(struct unary *unary)
{
	arena_fini(&unary->submission.arena);
	free(unary);
}

static struct unary *unary_new(struct rpc_call *call, size_t count)
{
	struct unary *unary = calloc(1, sizeof(*unary) + count * sizeof(struct bytes) +
	                                        count * sizeof(struct ledger_result));

	if (unary == NULL) {
		return NULL;
	}
	unary->call = call;
	unary->results = (struct ledger_result *)(void *)(unary + 1);
	unary->events = (struct bytes *)(void *)(unary->results + count);
	unary->submission.events = unary->events;
	unary->submission.results = unary->results;
	unary->submission.count = count;
	unary->submission.context = unary;
	arena_init(&unary->submission.arena, CALL_ARENA_BYTES_MAX);
	return unary;
}

/* The bytes of a SignedEvent: its frame packed again, header and content byte for byte as sent. */
static bool pack_event(struct bytes *out, const Civil__V1__SignedEvent *event, struct arena *arena)
{
	size_t size = civil__v1__signed_event__get_packed_size(event);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return false;
	}
	*out = bytes_of(packed, civil__v1__signed_event__pack(event, packed));
	return true;
}

static void hand_over(struct services *services, struct unary *unary)
{
	struct rpc_call *call = unary->call;

	unary->services = services;
	enum status status = node_submit(services->node, &unary->submission);

	if (status != STATUS_OK) {
		unary_free(unary);
		rpc_call_refuse(call, status, NULL);
	}
}

static void submit_answer(struct submission *submission)
{
	struct unary *unary = submission->context;
	struct rpc_call *call = unary->call;

	if (unary->results[0].status == STATUS_OK) {
		Civil__V1__SubmitResponse response;

		civil__v1__submit_response__init(&response);
		response.receipt = outcome_receipt(unary->results[0].receipt);
		rpc_call_reply(call, &response.base);
	} else {
		struct outcome_failure failure;

		outcome_fail(&failure, &unary->results[0], &submission->arena);
		rpc_call_fail(call, &failure.failure);
	}
	unary_free(unary);
}

static void submit_done(struct submission *submission)
{
	struct unary *unary = submission->context;

	access_hold(&unary->hold, unary->call, unary->services, submission, false, submit_answer);
}

static void submit(struct rpc_call *call, void *context)
{
	const Civil__V1__SubmitRequest *request = rpc_call_request(call);
	struct services *services = context;
	struct detail detail;

	if (request->event == NULL) {
		detail_set(&detail, "event", "the request names no event");
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	struct unary *unary = unary_new(call, 1);
	if (unary == NULL || !pack_event(&unary->events[0], request->event, rpc_call_arena(call))) {
		if (unary != NULL) {
			unary_free(unary);
		}
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	if (node_follows(services->node)) {
		outbox_calls_submit(call, services, &unary->events[0]);
		unary_free(unary);
		return;
	}
	unary->submission.done = submit_done;
	hand_over(services, unary);
}

static void submit_batch_answer(struct submission *submission)
{
	struct unary *unary = submission->context;
	struct arena *arena = &submission->arena;
	Civil__V1__SubmitBatchResponse response;

	civil__v1__submit_batch_response__init(&response);
	response.outcomes =
	        arena_array(arena, submission->count, sizeof(Civil__V1__SubmitOutcome *));
	for (size_t i = 0; response.outcomes != NULL && i < submission->count; i++) {
		response.outcomes[i] = outcome_of(&unary->results[i], arena);
		if (response.outcomes[i] == NULL) {
			break;
		}
		response.n_outcomes++;
	}
	if (response.n_outcomes == submission->count) {
		rpc_call_reply(unary->call, &response.base);
	} else {
		rpc_call_refuse(unary->call, STATUS_NO_MEMORY, NULL);
	}
	unary_free(unary);
}

static void submit_batch_done(struct submission *submission)
{
	struct unary *unary = submission->context;

	access_hold(&unary->hold, unary->call, unary->services, submission, false,
	            submit_batch_answer);
}

static void submit_batch(struct rpc_call *call, void *context)
{
	const Civil__V1__SubmitBatchRequest *request = rpc_call_request(call);
	struct services *services = context;
	struct detail detail;

	if (request->n_events == 0 || request->n_events > BATCH_EVENTS_MAX) {
		detail_set(&detail, "events", "a batch has 1 to %d events, not %zu",
		           BATCH_EVENTS_MAX, request->n_events);
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	struct unary *unary = unary_new(call, request->n_events);
	bool packed = unary != NULL;

	for (size_t i = 0; packed && i < request->n_events; i++) {
		packed = pack_event(&unary->events[i], request->events[i], rpc_call_arena(call));
	}
	if (!packed) {
		if (unary != NULL) {
			unary_free(unary);
		}
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	if (node_follows(services->node)) {
		outbox_calls_submit_batch(call, services, unary->events, request->n_events);
		unary_free(unary);
		return;
	}
	unary->submission.done = submit_batch_done;
	hand_over(services, unary);
}

static enum status preview_event(struct services *services, struct ledger_view *view,
                                 struct ledger_result *result, struct bytes signed_event)
{
	struct event event;

	*result = (struct ledger_result){ .status = STATUS_OK };
	result->status = event_admit(&event, signed_event, &view->arena, &result->detail);
	if (result->status == STATUS_OK) {
		result->status = event_verify(&event, &result->detail);
	}
	if (result->status != STATUS_OK) {
		return STATUS_OK;
	}
	return ledger_preview(view, result, signed_event, clock_now_ms(node_clock(services->node)));
}

static void reply_preview(struct rpc_call *call, const struct ledger_view *view,
                          const struct ledger_result *result)
{
	Civil__V1__PreviewResponse response;

	if (result->status != STATUS_OK && result->status != STATUS_REFUSED) {
		struct outcome_failure failure;

		outcome_fail(&failure, result, rpc_call_arena(call));
		rpc_call_fail(call, &failure.failure);
		return;
	}
	civil__v1__preview_response__init(&response);
	response.acceptable = result->status == STATUS_OK;
	response.size = view->head.size;
	if (!result->repeated) {
		char *law = arena_string(rpc_call_arena(call), result->verdict.law_version);

		response.findings = result->verdict.findings;
		response.n_findings = result->verdict.finding_count;
		response.law_version = law == NULL ? response.law_version : law;
	}
	rpc_call_reply(call, &response.base);
}

static void preview(struct rpc_call *call, void *context)
{
	const Civil__V1__PreviewRequest *request = rpc_call_request(call);
	struct services *services = context;
	struct ledger_result result;
	struct ledger_view view;
	struct bytes signed_event;

	if (request->event == NULL ||
	    !pack_event(&signed_event, request->event, rpc_call_arena(call))) {
		rpc_call_refuse(call, STATUS_INVALID, NULL);
		return;
	}
	enum status status = node_view(services->node, &view);
	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	status = preview_event(services, &view, &result, signed_event);
	if (status == STATUS_OK) {
		reply_preview(call, &view, &result);
	} else {
		rpc_call_refuse(call, status, NULL);
	}
	ledger_view_end(&view);
}

/* The event id that the request means. */
static enum status find_event(struct view *view, struct hash *event_id,
                              const Civil__V1__GetReceiptRequest *request, struct detail *detail)
{
	if (request->key_case == CIVIL__V1__GET_RECEIPT_REQUEST__KEY_REQUEST_ID &&
	    request->request_id.len == ID_BYTES) {
		return view_event_of_request(view, event_id,
		                             bytes_of(request->request_id.data, ID_BYTES));
	}
	if (request->key_case == CIVIL__V1__GET_RECEIPT_REQUEST__KEY_EVENT_ID &&
	    request->event_id.len == HASH_BYTES) {
		memcpy(event_id->bytes, request->event_id.data, HASH_BYTES);
		return STATUS_OK;
	}
	detail_set(detail, "key", "give an event id of 32 bytes or a request id of 16");
	return STATUS_INVALID;
}

static void get_receipt(struct rpc_call *call, void *context)
{
	const Civil__V1__GetReceiptRequest *request = rpc_call_request(call);
	struct services *services = context;
	Civil__V1__GetReceiptResponse response;
	struct detail detail = { "", "no event with this id was accepted" };
	struct hash event_id;
	struct ledger_view view;
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	civil__v1__get_receipt_response__init(&response);
	status = find_event(&view.view, &event_id, request, &detail);
	if (status == STATUS_OK) {
		status = ledger_receipt(&view.view, &response.receipt, bytes_of_hash(&event_id));
	}
	if (status == STATUS_OK) {
		rpc_call_reply(call, &response.base);
	} else {
		rpc_call_refuse(call, status, &detail);
	}
	ledger_view_end(&view);
}

static const struct method methods[] = {
	{ .path = "/civil.v1.RegistrationService/Submit",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = SIGNED_EVENT_BYTES_MAX + EVENT_FRAME_BYTES,
	  .request = &civil__v1__submit_request__descriptor,
	  .response = &civil__v1__submit_response__descriptor,
	  .start = submit },
	{ .path = "/civil.v1.RegistrationService/SubmitBatch",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = 4 * BATCH_BYTES_MAX,
	  .request = &civil__v1__submit_batch_request__descriptor,
	  .response = &civil__v1__submit_batch_response__descriptor,
	  .start = submit_batch },
	{ .path = "/civil.v1.RegistrationService/SubmitStream",
	  .kind = METHOD_BIDI,
	  .request_bytes_max = SIGNED_EVENT_BYTES_MAX + EVENT_FRAME_BYTES,
	  .window = SUBMIT_STREAM_WINDOW,
	  .request = &civil__v1__submit_stream_request__descriptor,
	  .response = &civil__v1__submit_stream_response__descriptor,
	  .start = submit_stream_start,
	  .message = submit_stream_message,
	  .half_closed = submit_stream_half_closed,
	  .writable = submit_stream_writable,
	  .state_free = submit_stream_free },
	{ .path = "/civil.v1.RegistrationService/ListOutbox",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = LIST_OUTBOX_BYTES_MAX,
	  .request = &civil__v1__list_outbox_request__descriptor,
	  .response = &civil__v1__list_outbox_response__descriptor,
	  .start = outbox_calls_list },
	{ .path = "/civil.v1.RegistrationService/DismissOutboxEntry",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = LIST_OUTBOX_BYTES_MAX,
	  .request = &civil__v1__dismiss_outbox_entry_request__descriptor,
	  .response = &civil__v1__dismiss_outbox_entry_response__descriptor,
	  .start = outbox_calls_dismiss },
	{ .path = "/civil.v1.RegistrationService/Preview",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = SIGNED_EVENT_BYTES_MAX + EVENT_FRAME_BYTES,
	  .request = &civil__v1__preview_request__descriptor,
	  .response = &civil__v1__preview_response__descriptor,
	  .start = preview },
	{ .path = "/civil.v1.RegistrationService/GetReceipt",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = GET_RECEIPT_BYTES_MAX,
	  .request = &civil__v1__get_receipt_request__descriptor,
	  .response = &civil__v1__get_receipt_response__descriptor,
	  .start = get_receipt },
};

struct service service_registration(struct services *services)
{
	return (struct service){ .name = "civil.v1.RegistrationService",
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
