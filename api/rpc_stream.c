/* Streams: a small state machine for each call, run by its queue thread.
 *
 * After every event stream_advance looks at what is allowed now, in this order: let the service
 * produce, write one thing, read one message. Completions are the only clock: a batch that ends
 * brings the next one. Messages in the ring behind the one being written are the reason to tell the
 * core "more follows" (the buffer hint), which makes one system call of many small messages. */
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <grpc/byte_buffer.h>
#include <grpc/slice.h>
#include <stdlib.h>

enum { WINDOW_DEFAULT = 64 };

/* Takes the oldest message out of the ring. */
static grpc_byte_buffer *stream_take_send(struct rpc_stream *stream)
{
	grpc_byte_buffer *message = stream->sends[stream->first];

	ASSERT(stream->count > 0);
	stream->first = (stream->first + 1) % SENDS_MAX;
	stream->count--;
	stream->bytes -= grpc_byte_buffer_length(message);
	return message;
}

static void stream_drop_sends(struct rpc_stream *stream)
{
	while (stream->count > 0) {
		grpc_byte_buffer_destroy(stream_take_send(stream));
	}
}

static bool stream_is_over(const struct rpc_stream *stream)
{
	return stream->broken || atomic_load(&stream->closed);
}

/* Runs one callback of the service, and takes the callback's memory back. */
static void stream_callback(struct rpc_call *call, method_callback *callback)
{
	callback(call, call->route->context);
	rpc_call_forget_request(call);
	arena_reset(&call->arena);
}

static void stream_start(struct rpc_call *call, const grpc_op ops[], size_t count,
                         enum rpc_event event)
{
	rpc_call_hold(call); /* for the batch */
	rpc_call_start_batch(call, ops, count, event);
}

static void stream_produce(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;
	const struct method *method = call->route->method;

	if (stream->was_full && stream->count <= SENDS_MAX / 2 &&
	    stream->bytes <= SENDS_BYTES_MAX / 2) {
		stream->was_full = false;
		stream->wants_to_send = true;
	}
	if (method->writable == NULL || !stream->wants_to_send || stream->ending ||
	    rpc_call_room(call) == 0) {
		return;
	}
	stream->wants_to_send = false;
	stream_callback(call, method->writable);
}

/* A server that stops ends streams: those that only send at once, those that receive as soon as
 * the service has dealt with everything it was given and its answers are on their way. */
static void stream_stop(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;

	if (!atomic_load(&call->queue->server->stopping) || stream->ending) {
		return;
	}
	if (call->route->method->kind == METHOD_SERVER_STREAM ||
	    stream->received == atomic_load(&stream->consumed)) {
		rpc_call_reject(call, STATUS_UNAVAILABLE, "SERVER_STOPPING",
		                "the server is stopping");
	}
}

/* The oldest message of the ring. The core is told when more follow, but not each time: a message
 * now and then goes out for certain, and its completion holds us to the client's pace. Never with
 * the headers: their batch is complete only when they are on the wire, and a hint keeps them off
 * it, so that a quiet connection would wait for ever. */
static grpc_byte_buffer *stream_next(struct rpc_stream *stream, bool with_headers, uint32_t *flags)
{
	grpc_byte_buffer *message = stream_take_send(stream);

	stream->written++;
	bool more = stream->count > 0 && stream->written % FLUSH_EVERY != 0;
	*flags = more && !with_headers ? GRPC_WRITE_BUFFER_HINT : 0;
	return message;
}

/* Writes one thing: a message, or the status behind the last; before the first, the headers. */
static void stream_write(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;
	grpc_op ops[2] = { 0 };
	size_t count = 0;
	grpc_byte_buffer *message = NULL;
	grpc_slice text = stream->message;
	grpc_metadata trailer = {
		.key = grpc_slice_from_static_string("grpc-status-details-bin"),
		.value = stream->details,
	};

	if (stream->writing || stream->status_sent) {
		return;
	}
	if (!stream->headers_sent) {
		stream->headers_sent = true;
		ops[count++].op = GRPC_OP_SEND_INITIAL_METADATA;
	}
	if (stream->count > 0) {
		message = stream_next(stream, count > 0, &ops[count].flags);
		ops[count].op = GRPC_OP_SEND_MESSAGE;
		ops[count++].data.send_message.send_message = message;
	} else if (stream->ending) {
		stream->status_sent = true;
		ops[count].op = GRPC_OP_SEND_STATUS_FROM_SERVER;
		ops[count].data.send_status_from_server.status = (grpc_status_code)stream->code;
		ops[count].data.send_status_from_server.status_details = &text;
		ops[count].data.send_status_from_server.trailing_metadata = &trailer;
		ops[count++].data.send_status_from_server.trailing_metadata_count =
		        stream->has_details ? 1 : 0;
	}
	if (count > 0) {
		stream->writing = true;
		stream_start(call, ops, count, EVENT_WRITE);
	}
	if (message != NULL) {
		grpc_byte_buffer_destroy(message);
	}
}

static void stream_read(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;
	const struct method *method = call->route->method;
	uint64_t window = method->window == 0 ? WINDOW_DEFAULT : method->window;
	grpc_op batch = { .op = GRPC_OP_RECV_MESSAGE,
		          .data.recv_message.recv_message = &call->payload };

	if (method->kind != METHOD_BIDI || stream->reading || stream->has_read ||
	    stream->read_ended || stream->ending ||
	    stream->received - atomic_load(&stream->consumed) >= window) {
		return;
	}
	stream->reading = true;
	stream_start(call, &batch, 1, EVENT_READ);
}

static void stream_reject(struct rpc_call *call, const struct failure *failure)
{
	rpc_server_count(call->queue->server, RPC_COUNTER_MALFORMED);
	rpc_call_fail(call, failure);
	rpc_call_forget_request(call);
	arena_reset(&call->arena);
}

static void stream_take_message(struct rpc_call *call)
{
	grpc_byte_buffer *payload = call->payload;
	struct failure failure;
	struct detail detail;

	call->payload = NULL;
	call->stream.received++;
	rpc_server_count(call->queue->server, RPC_COUNTER_MESSAGES_IN);
	enum status status = rpc_call_decode(call, payload, &failure, &detail);
	grpc_byte_buffer_destroy(payload);
	if (status != STATUS_OK) {
		stream_reject(call, &failure);
		return;
	}
	stream_callback(call, call->route->method->message);
}

/* Hands what was read to the service, which finds room for an answer. */
static void stream_deliver(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;
	const struct method *method = call->route->method;

	if (!stream->has_read || stream->ending || rpc_call_room(call) == 0) {
		return;
	}
	stream->has_read = false;
	if (call->payload != NULL) {
		stream_take_message(call);
	} else if (method->half_closed != NULL) {
		stream_callback(call, method->half_closed);
	} else {
		rpc_call_finish(call);
	}
}

static void stream_on_read(struct rpc_call *call, bool success)
{
	struct rpc_stream *stream = &call->stream;

	stream->reading = false;
	stream->has_read = success;
	stream->read_ended = !success || call->payload == NULL;
}

static void stream_advance(struct rpc_call *call)
{
	if (stream_is_over(&call->stream)) {
		return;
	}
	stream_deliver(call);
	stream_produce(call);
	stream_stop(call);
	stream_write(call);
	stream_read(call);
}

static void stream_on_close(struct rpc_call *call)
{
	atomic_store(&call->stream.closed, true);
	stream_drop_sends(&call->stream);
	rpc_topic_remove(&call->stream.subscribed);
	rpc_topic_remove(&call->stream.open);
}

void rpc_stream_event(struct rpc_call *call, enum rpc_event event, bool success)
{
	struct rpc_stream *stream = &call->stream;

	switch (event) {
	case EVENT_READ:
		stream_on_read(call, success);
		break;
	case EVENT_WRITE:
		stream->writing = false;
		if (!success) {
			stream->broken = true;
			stream_drop_sends(stream);
		}
		break;
	case EVENT_WAKE:
		/* Cleared before the service looks, so that later news wakes again. */
		atomic_store(&stream->woken, false);
		stream->wants_to_send = true;
		break;
	case EVENT_CLOSE:
		stream_on_close(call);
		break;
	case EVENT_REQUEST:
	case EVENT_STOPPED:
		ASSERT(false);
	}
	stream_advance(call);
	rpc_call_unref(call);
}

void rpc_stream_begin(struct rpc_call *call, bool admitted)
{
	struct rpc_stream *stream = &call->stream;
	const struct method *method = call->route->method;
	grpc_byte_buffer *payload = call->payload;
	struct failure failure;
	struct detail detail;
	grpc_op batch = { .op = GRPC_OP_RECV_CLOSE_ON_SERVER,
		          .data.recv_close_on_server.cancelled = &stream->cancelled };

	/* First and alone, so that the end is seen early; holds the first reference. */
	rpc_topic_insert(call->queue->server->open, &stream->open, call);
	rpc_call_hold(call); /* for this function */
	rpc_call_start_batch(call, &batch, 1, EVENT_CLOSE);
	call->payload = NULL;

	if (!admitted) {
		rpc_call_reject(call, STATUS_BUSY, "STREAMS_BUSY", "too many streams are open");
	} else if (method->kind == METHOD_SERVER_STREAM &&
	           rpc_call_decode(call, payload, &failure, &detail) != STATUS_OK) {
		stream_reject(call, &failure);
	} else {
		stream_callback(call, method->start);
		stream->wants_to_send = true;
	}
	if (payload != NULL) {
		grpc_byte_buffer_destroy(payload);
	}
	stream_advance(call);
	rpc_call_unref(call);
}

void rpc_stream_end(struct rpc_call *call, enum status_code code, const char *message,
                    grpc_slice details, bool has_details)
{
	struct rpc_stream *stream = &call->stream;

	if (stream->ending || stream_is_over(stream)) {
		grpc_slice_unref(details);
		return;
	}
	stream->ending = true;
	stream->code = code;
	stream->message = grpc_slice_from_copied_string(message);
	stream->details = details;
	stream->has_details = has_details;
}

void rpc_stream_fini(struct rpc_call *call)
{
	struct rpc_stream *stream = &call->stream;
	const struct method *method = call->route->method;

	ASSERT(stream->subscribed.topic == NULL);
	stream_drop_sends(stream);
	if (stream->ending) {
		grpc_slice_unref(stream->message);
		grpc_slice_unref(stream->details);
	}
	if (method->state_free != NULL && stream->state != NULL) {
		method->state_free(stream->state);
	}
}

void rpc_call_set_state(struct rpc_call *call, void *state)
{
	ASSERT(call->stream.state == NULL);
	call->stream.state = state;
}

void *rpc_call_state(const struct rpc_call *call)
{
	return call->stream.state;
}

size_t rpc_call_room(const struct rpc_call *call)
{
	return call->stream.bytes >= SENDS_BYTES_MAX ? 0 : SENDS_MAX - call->stream.count;
}

static size_t stream_send(struct rpc_call *call, grpc_byte_buffer *message)
{
	struct rpc_stream *stream = &call->stream;

	if (stream->ending || stream_is_over(stream)) {
		grpc_byte_buffer_destroy(message);
		return 0;
	}
	ASSERT(stream->count < SENDS_MAX);
	stream->sends[(stream->first + stream->count) % SENDS_MAX] = message;
	stream->count++;
	stream->bytes += grpc_byte_buffer_length(message);
	rpc_server_count(call->queue->server, RPC_COUNTER_MESSAGES_OUT);
	size_t room = rpc_call_room(call);
	stream->was_full = room == 0;
	return room;
}

size_t rpc_call_send(struct rpc_call *call, const ProtobufCMessage *message)
{
	return stream_send(call, rpc_call_pack(call, message));
}

size_t rpc_call_send_bytes(struct rpc_call *call, struct bytes message)
{
	return stream_send(call, rpc_call_pack_bytes(message));
}

void rpc_call_finish(struct rpc_call *call)
{
	rpc_stream_end(call, CODE_OK, "", grpc_empty_slice(), false);
}

void rpc_call_consumed(struct rpc_call *call, size_t count)
{
	atomic_fetch_add(&call->stream.consumed, count);
	rpc_call_wake(call);
}

void rpc_call_wake(struct rpc_call *call)
{
	if (!atomic_exchange(&call->stream.woken, true)) {
		stream_start(call, NULL, 0, EVENT_WAKE);
	}
}
