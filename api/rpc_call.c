#include "api/request.h"
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <grpc/byte_buffer.h>
#include <grpc/byte_buffer_reader.h>
#include <grpc/slice.h>
#include <grpc/support/time.h>
#include <stdlib.h>

struct rpc_call *rpc_call_new(struct rpc_queue *queue, const struct rpc_route *route)
{
	struct rpc_call *call = queue->spare;

	if (call != NULL) {
		queue->spare = call->next;
		queue->spare_count--;
		call->next = NULL;
	} else {
		call = calloc(1, sizeof(*call));
		if (call == NULL) {
			return NULL;
		}
		arena_init(&call->arena, CALL_ARENA_BYTES_MAX);
	}
	call->queue = queue;
	call->route = route;
	grpc_metadata_array_init(&call->metadata);
	grpc_call_details_init(&call->details);
	atomic_store(&call->references, 1);
	for (enum rpc_event event = 0; event < EVENTS_COUNT; event++) {
		call->tags[event] = (struct rpc_tag){ .call = call, .event = event };
	}
	return call;
}

bool rpc_call_is_unary(const struct rpc_call *call)
{
	return call->route->method == NULL || call->route->method->kind == METHOD_UNARY;
}

void rpc_call_dispose(struct rpc_call *call)
{
	arena_fini(&call->arena);
	free(call);
}

/* Unary calls are always freed on their queue's thread, which owns the spare list. */
static void call_recycle(struct rpc_call *call)
{
	struct rpc_queue *queue = call->queue;

	if (queue->spare_count == SPARE_CALLS_MAX || call->arena.used > SPARE_ARENA_BYTES_MAX) {
		rpc_call_dispose(call);
		return;
	}
	arena_reset(&call->arena);
	struct arena arena = call->arena;
	memset(call, 0, sizeof(*call));
	call->arena = arena;
	call->next = queue->spare;
	queue->spare = call;
	queue->spare_count++;
}

void rpc_call_free(struct rpc_call *call)
{
	struct rpc_server *server = call->queue->server;
	bool matched = call->call != NULL;
	bool unary = rpc_call_is_unary(call);

	if (matched && !unary) {
		rpc_stream_fini(call);
	}
	rpc_call_forget_request(call);
	if (call->payload != NULL) {
		grpc_byte_buffer_destroy(call->payload);
	}
	grpc_call_details_destroy(&call->details);
	grpc_metadata_array_destroy(&call->metadata);
	if (call->peer != NULL) {
		rpc_peer_unref(call->peer);
	}
	if (matched) {
		grpc_call_unref(call->call);
	}
	if (unary) {
		call_recycle(call);
	} else {
		rpc_call_dispose(call);
	}
	if (matched) {
		rpc_server_call_freed(server, unary);
	}
}

void rpc_call_unref(struct rpc_call *call)
{
	unsigned before = atomic_fetch_sub(&call->references, 1);

	ASSERT(before > 0);
	if (before == 1) {
		rpc_call_free(call);
	}
}

void rpc_call_hold(struct rpc_call *call)
{
	atomic_fetch_add(&call->references, 1);
}

void rpc_call_release(struct rpc_call *call)
{
	rpc_call_unref(call);
}

void rpc_call_start_batch(struct rpc_call *call, const grpc_op ops[], size_t ops_count,
                          enum rpc_event event)
{
	grpc_call *core = call->call;
	struct rpc_tag *tag = &call->tags[event];

	/* From here on the queue's thread may have the call: nothing of it is read any more. */
	atomic_fetch_add_explicit(&call->handed_over, 1, memory_order_release);
	grpc_call_error error = grpc_call_start_batch(core, ops, ops_count, tag, NULL);
	ASSERT(error == GRPC_CALL_OK);
}

static grpc_byte_buffer *call_buffer(grpc_slice slice)
{
	grpc_byte_buffer *buffer = grpc_raw_byte_buffer_create(&slice, 1);

	grpc_slice_unref(slice);
	return buffer;
}

grpc_byte_buffer *rpc_call_pack(const struct rpc_call *call, const ProtobufCMessage *message)
{
	ASSERT(call->route->method != NULL);
	ASSERT(message->descriptor == call->route->method->response);

	size_t size = protobuf_c_message_get_packed_size(message);
	grpc_slice slice = grpc_slice_malloc(size);
	size_t written = protobuf_c_message_pack(message, GRPC_SLICE_START_PTR(slice));

	ASSERT(written == size);
	return call_buffer(slice);
}

grpc_byte_buffer *rpc_call_pack_bytes(struct bytes message)
{
	return call_buffer(grpc_slice_from_copied_buffer((const char *)message.data, message.size));
}

static enum status decode_refuse(struct failure *failure, struct detail *detail, const char *reason)
{
	*failure = (struct failure){
		.status = STATUS_INVALID,
		.reason = reason,
		.detail = detail,
	};
	return STATUS_INVALID;
}

enum status rpc_call_decode(struct rpc_call *call, grpc_byte_buffer *payload,
                            struct failure *failure, struct detail *detail)
{
	const struct method *method = call->route->method;
	grpc_byte_buffer_reader reader;

	if (payload == NULL) {
		detail_set(detail, "", "the request has no message");
		return decode_refuse(failure, detail, "REQUEST_MISSING");
	}
	size_t size = grpc_byte_buffer_length(payload);
	if (size > method->request_bytes_max) {
		detail_set(detail, "", "the request has %zu bytes, at most %zu are taken", size,
		           method->request_bytes_max);
		return decode_refuse(failure, detail, "REQUEST_TOO_LARGE");
	}
	if (!grpc_byte_buffer_reader_init(&reader, payload)) {
		detail_set(detail, "", "the request cannot be decompressed");
		return decode_refuse(failure, detail, "REQUEST_MALFORMED");
	}
	call->request_slice = grpc_byte_buffer_reader_readall(&reader);
	call->has_request_slice = true;
	grpc_byte_buffer_reader_destroy(&reader);

	if (request_decode(&call->request, &call->arena, detail, method->request,
	                   rpc_call_request_bytes(call)) != STATUS_OK) {
		return decode_refuse(failure, detail, "REQUEST_MALFORMED");
	}
	return STATUS_OK;
}

void rpc_call_forget_request(struct rpc_call *call)
{
	if (call->has_request_slice) {
		grpc_slice_unref(call->request_slice);
		call->has_request_slice = false;
	}
	call->request = NULL;
}

const void *rpc_call_request(const struct rpc_call *call)
{
	return call->request;
}

struct bytes rpc_call_request_bytes(const struct rpc_call *call)
{
	if (!call->has_request_slice) {
		return bytes_of(NULL, 0);
	}
	return bytes_of(GRPC_SLICE_START_PTR(call->request_slice),
	                GRPC_SLICE_LENGTH(call->request_slice));
}

struct arena *rpc_call_arena(struct rpc_call *call)
{
	return &call->arena;
}

const struct rpc_peer *rpc_call_peer(const struct rpc_call *call)
{
	return &call->peer->peer;
}

const struct method *rpc_call_method(const struct rpc_call *call)
{
	return call->route->method;
}

struct bytes rpc_call_metadata(const struct rpc_call *call, const char *name)
{
	for (size_t i = 0; i < call->metadata.count; i++) {
		const grpc_metadata *entry = &call->metadata.metadata[i];

		if (grpc_slice_str_cmp(entry->key, name) == 0) {
			return bytes_of(GRPC_SLICE_START_PTR(entry->value),
			                GRPC_SLICE_LENGTH(entry->value));
		}
	}
	return bytes_of(NULL, 0);
}

uint64_t rpc_call_remaining_ms(const struct rpc_call *call)
{
	gpr_timespec end = call->deadline;
	gpr_timespec now = gpr_now(end.clock_type);

	if (gpr_time_cmp(end, gpr_inf_future(end.clock_type)) == 0) {
		return UINT64_MAX;
	}
	if (gpr_time_cmp(end, now) <= 0) {
		return 0;
	}
	/* Rounded up, so that 0 means passed. */
	gpr_timespec left = gpr_time_sub(end, now);
	return (uint64_t)left.tv_sec * 1000 + (uint64_t)left.tv_nsec / 1000000 + 1;
}

bool rpc_call_expired(const struct rpc_call *call)
{
	return atomic_load(&call->stream.closed) || rpc_call_remaining_ms(call) == 0;
}

/* The one batch that ends a unary call; it also waits for the close, as the core demands. */
static void call_answer(struct rpc_call *call, grpc_byte_buffer *message, enum status_code code,
                        const char *text, grpc_metadata *trailers, size_t trailers_count)
{
	grpc_slice text_slice = grpc_slice_from_copied_string(text);
	grpc_op ops[4] = { { .op = GRPC_OP_SEND_INITIAL_METADATA } };
	size_t count = 1;

	bool was_answered = atomic_exchange(&call->answered, true);
	ASSERT(!was_answered);
	if (message != NULL) {
		ops[count].op = GRPC_OP_SEND_MESSAGE;
		ops[count++].data.send_message.send_message = message;
	}
	ops[count].op = GRPC_OP_SEND_STATUS_FROM_SERVER;
	ops[count].data.send_status_from_server.status = (grpc_status_code)code;
	ops[count].data.send_status_from_server.status_details = &text_slice;
	ops[count].data.send_status_from_server.trailing_metadata = trailers;
	ops[count++].data.send_status_from_server.trailing_metadata_count = trailers_count;
	ops[count].op = GRPC_OP_RECV_CLOSE_ON_SERVER;
	ops[count++].data.recv_close_on_server.cancelled = &call->stream.cancelled;

	/* The answer may be complete, and the call gone, before start_batch returns. */
	rpc_call_start_batch(call, ops, count, EVENT_WRITE);
	grpc_slice_unref(text_slice);
	if (message != NULL) {
		grpc_byte_buffer_destroy(message);
	}
}

void rpc_call_reply(struct rpc_call *call, const ProtobufCMessage *response)
{
	ASSERT(call->route->method->kind == METHOD_UNARY);
	call_answer(call, rpc_call_pack(call, response), CODE_OK, "", NULL, 0);
}

void rpc_call_reply_bytes(struct rpc_call *call, struct bytes response)
{
	ASSERT(call->route->method->kind == METHOD_UNARY);
	call_answer(call, rpc_call_pack_bytes(response), CODE_OK, "", NULL, 0);
}

grpc_slice rpc_call_pack_details(struct rpc_call *call, const struct failure *failure, bool *has)
{
	struct bytes packed;

	/* Without memory the plain code and message go alone. */
	*has = status_map_pack(&packed, &call->arena, failure) == STATUS_OK;
	if (!*has) {
		return grpc_empty_slice();
	}
	return grpc_slice_from_copied_buffer((const char *)packed.data, packed.size);
}

void rpc_call_fail(struct rpc_call *call, const struct failure *failure)
{
	char message[STATUS_MESSAGE_BYTES_MAX];
	bool has_details;

	ASSERT(failure->status != STATUS_OK);
	grpc_slice details = rpc_call_pack_details(call, failure, &has_details);
	enum status_code code = status_map_code(failure->status);
	status_map_message(message, failure);
	rpc_server_count(call->queue->server, RPC_COUNTER_FAILED);
	if (!rpc_call_is_unary(call)) {
		rpc_stream_end(call, code, message, details, has_details);
		return;
	}

	grpc_metadata trailer = {
		.key = grpc_slice_from_static_string("grpc-status-details-bin"),
		.value = details,
	};
	call_answer(call, NULL, code, message, &trailer, has_details ? 1 : 0);
	grpc_slice_unref(details);
}

void rpc_call_refuse(struct rpc_call *call, enum status status, const struct detail *detail)
{
	struct failure failure = { .status = status, .detail = detail };

	rpc_call_fail(call, &failure);
}

void rpc_call_reject(struct rpc_call *call, enum status status, const char *reason,
                     const char *text)
{
	struct detail detail;
	struct failure failure = { .status = status, .reason = reason, .detail = &detail };

	detail_set(&detail, "", "%s", text);
	rpc_call_fail(call, &failure);
}
