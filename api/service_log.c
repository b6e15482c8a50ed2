/* LogService: records byte for byte, checkpoints, and a stream that follows the ledger. */
#include "api/caller.h"
#include "api/log_page.h"
#include "api/log_records.h"
#include "api/services.h"
#include "ledger/base/limits.h"
#include "ledger/log/checkpoint.h"

#include "civil/v1/log_service.pb-c.h"

#include <stdlib.h>

enum {
	REQUEST_BYTES_MAX = 256,
	WATCH_RECORDS_MAX = 256,                                     /* in one message */
	WATCH_BYTES_MAX = 64 * 1024,                                 /* in one message */
	RESPONSE_BYTES_MAX = (1 << 20) + 4 * SIGNED_EVENT_BYTES_MAX, /* as node/upstream.h */
	CHECKPOINT_RESPONSE_BYTES_MAX = UPSTREAM_CHECKPOINT_BYTES_MAX,
};

/* Takes the witnessed notes apart; they stay in `bytes`. */
static size_t list_notes(struct bytes notes[WITNESS_KEYS_MAX], struct bytes bytes)
{
	size_t count = 0;

	if (witness_notes_begin(&bytes)) {
		while (count < WITNESS_KEYS_MAX && witness_notes_next(&bytes, &notes[count])) {
			count++;
		}
	}
	return count;
}

/* The note is read before the view begins, so that the view holds all that it signs. */
static void get_checkpoint(struct rpc_call *call, void *context)
{
	struct services *services = context;
	struct detail detail = { "", "" };
	struct ledger_view view;
	struct bytes witnessed[WITNESS_KEYS_MAX];
	struct buf note;
	struct buf others;
	struct buf out;

	buf_init(&note, CHECKPOINT_NOTE_MAX);
	buf_init(&others, WITNESS_NOTES_BYTES_MAX);
	buf_init(&out, CHECKPOINT_RESPONSE_BYTES_MAX);
	enum status status = node_checkpoint(services->node, &note);
	if (status == STATUS_OK) {
		status = node_witnessed(services->node, &others);
	}
	if (status == STATUS_OK) {
		status = node_view(services->node, &view);
	}
	if (status == STATUS_OK) {
		const struct log_notes notes = {
			.own = buf_bytes(&note),
			.witnessed = witnessed,
			.count = list_notes(witnessed, buf_bytes(&others)),
		};

		status = log_checkpoint(&view.view, &out, &notes, rpc_call_request(call), &detail);
		ledger_view_end(&view);
	}
	if (status == STATUS_OK) {
		rpc_call_reply_bytes(call, buf_bytes(&out));
	} else {
		rpc_call_refuse(call, status, &detail);
	}
	buf_fini(&out);
	buf_fini(&others);
	buf_fini(&note);
}

/* Appends varint fields behind the records; both messages allow any order. */
static void append_message(struct buf *out, const ProtobufCMessage *fields)
{
	uint8_t *packed = buf_extend(out, protobuf_c_message_get_packed_size(fields));

	if (packed != NULL) {
		(void)protobuf_c_message_pack(fields, packed);
	}
}

/* Records are for everybody who is let in; contents for those whom the operator has named. False
 * after refusing the call. */
static bool may_have_content(struct rpc_call *call, const struct services *services)
{
	struct detail detail;

	if (services->content_readers == NULL ||
	    caller_is_listed(rpc_call_peer(call), services->content_readers, services->demo)) {
		return true;
	}
	detail_set(&detail, "with_content",
	           "the certificate names nobody in content.readers; ask for records without "
	           "their content");
	rpc_call_refuse(call, STATUS_DENIED, &detail);
	return false;
}

static void get_record(struct rpc_call *call, void *context)
{
	const Civil__V1__GetRecordRequest *request = rpc_call_request(call);
	struct services *services = context;

	if (request->with_content && !may_have_content(call, services)) {
		return;
	}
	struct detail detail = { "index", "the ledger holds no such record yet" };
	struct ledger_view view;
	struct buf out;
	uint64_t next = request->index;
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	buf_init(&out, RESPONSE_BYTES_MAX);
	/* `record` of GetRecordResponse has the number and type of one `records`. */
	status = next < view.view.size ? log_records_append(&view.view, &out, &next,
	                                                    request->with_content, 1, SIZE_MAX)
	                               : STATUS_NOT_FOUND;
	if (status == STATUS_OK) {
		rpc_call_reply_bytes(call, buf_bytes(&out));
	} else {
		rpc_call_refuse(call, status, &detail);
	}
	buf_fini(&out);
	ledger_view_end(&view);
}

static void list_records(struct rpc_call *call, void *context)
{
	const Civil__V1__ListRecordsRequest *request = rpc_call_request(call);
	struct services *services = context;
	struct detail detail = { "", "" };
	struct ledger_view view;
	struct buf out;

	if (request->with_content && !may_have_content(call, services)) {
		return;
	}
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	buf_init(&out, RESPONSE_BYTES_MAX);
	status = log_page(&view.view, &out, request, &detail);
	if (status == STATUS_OK) {
		rpc_call_reply_bytes(call, buf_bytes(&out));
	} else {
		rpc_call_refuse(call, status, &detail);
	}
	buf_fini(&out);
	ledger_view_end(&view);
}

/* A follower: where it stands. */
struct follower {
	uint64_t next;
	uint64_t until; /* 0: for ever */
	bool with_content;
};

static void watch_writable(struct rpc_call *call, void *context)
{
	struct follower *follower = rpc_call_state(call);
	struct services *services = context;
	struct ledger_view view;
	struct buf out;
	enum status status = node_view(services->node, &view);

	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
		return;
	}
	if (follower->until != 0 && view.view.size > follower->until) {
		view.view.size = follower->until;
	}
	buf_init(&out, RESPONSE_BYTES_MAX);
	size_t room = rpc_call_room(call);
	while (status == STATUS_OK && room > 0 && follower->next < view.view.size) {
		Civil__V1__WatchResponse rest;

		buf_reset(&out);
		status = log_records_append(&view.view, &out, &follower->next,
		                            follower->with_content, WATCH_RECORDS_MAX,
		                            WATCH_BYTES_MAX);
		civil__v1__watch_response__init(&rest);
		rest.size = view.head.size;
		append_message(&out, &rest.base);
		if (status == STATUS_OK) {
			status = buf_status(&out);
		}
		if (status == STATUS_OK) {
			room = rpc_call_send_bytes(call, buf_bytes(&out));
		}
	}
	buf_fini(&out);
	ledger_view_end(&view);
	if (status != STATUS_OK) {
		rpc_call_refuse(call, status, NULL);
	} else if (follower->until != 0 && follower->next >= follower->until) {
		rpc_call_finish(call);
	}
}

static void watch_start(struct rpc_call *call, void *context)
{
	const Civil__V1__WatchRequest *request = rpc_call_request(call);
	struct services *services = context;
	struct detail detail = { "until", "does not lie behind from" };

	if (request->until != 0 && request->until <= request->from) {
		rpc_call_refuse(call, STATUS_INVALID, &detail);
		return;
	}
	if (request->with_content && !may_have_content(call, services)) {
		return;
	}
	struct follower *follower = calloc(1, sizeof(*follower));
	if (follower == NULL) {
		rpc_call_refuse(call, STATUS_NO_MEMORY, NULL);
		return;
	}
	follower->next = request->from;
	follower->until = request->until;
	follower->with_content = request->with_content;
	rpc_call_set_state(call, follower);
	rpc_call_subscribe(call, services->appended); /* then look: news between are not missed */
	watch_writable(call, context);
}

static const struct method methods[] = {
	{ .path = "/civil.v1.LogService/GetCheckpoint",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__get_checkpoint_request__descriptor,
	  .response = &civil__v1__get_checkpoint_response__descriptor,
	  .start = get_checkpoint },
	{ .path = "/civil.v1.LogService/GetRecord",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__get_record_request__descriptor,
	  .response = &civil__v1__get_record_response__descriptor,
	  .start = get_record },
	{ .path = "/civil.v1.LogService/ListRecords",
	  .kind = METHOD_UNARY,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__list_records_request__descriptor,
	  .response = &civil__v1__list_records_response__descriptor,
	  .start = list_records },
	{ .path = "/civil.v1.LogService/Watch",
	  .kind = METHOD_SERVER_STREAM,
	  .request_bytes_max = REQUEST_BYTES_MAX,
	  .request = &civil__v1__watch_request__descriptor,
	  .response = &civil__v1__watch_response__descriptor,
	  .start = watch_start,
	  .writable = watch_writable,
	  .state_free = free },
};

struct service service_log(struct services *services)
{
	return (struct service){ .name = "civil.v1.LogService",
		                 .methods = methods,
		                 .methods_count = sizeof(methods) / sizeof(methods[0]),
		                 .context = services };
}
