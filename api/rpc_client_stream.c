#include "api/rpc_client_internal.h"
#include "ledger/base/assert.h"

#include <grpc/slice.h>
#include <stdlib.h>

enum { FLUSH_EVERY_SENDS = 64 };

struct rpc_client_stream {
	struct rpc_client *client;
	struct rpc_client_stream *previous, *next;
	grpc_call *call;
	struct rpc_stream_callbacks callbacks;
	void *state;
	struct client_tag headers_tag, read_tag, write_tag, close_tag, status_tag;
	struct client_ending ending;
	grpc_byte_buffer *received;
	grpc_byte_buffer *sends[CLIENT_SENDS_MAX]; /* ring */
	size_t first;
	size_t count;
	uint64_t written;
	unsigned batches; /* under way; the stream is freed at zero */
	bool writing;
	bool half_close;  /* wanted */
	bool half_closed; /* done */
	bool broken;      /* a write failed: only the status is awaited */
};

static void stream_batch(struct rpc_client_stream *stream, const grpc_op *op,
                         struct client_tag *tag)
{
	grpc_call_error error = grpc_call_start_batch(stream->call, op, 1, tag, NULL);

	ASSERT(error == GRPC_CALL_OK);
	stream->batches++;
}

static void stream_drop_sends(struct rpc_client_stream *stream)
{
	while (stream->count > 0) {
		grpc_byte_buffer_destroy(stream->sends[stream->first]);
		stream->first = (stream->first + 1) % CLIENT_SENDS_MAX;
		stream->count--;
	}
}

static void stream_unlink(struct rpc_client_stream *stream)
{
	struct rpc_client *client = stream->client;

	if (stream->previous != NULL) {
		stream->previous->next = stream->next;
	} else {
		client->streams = stream->next;
	}
	if (stream->next != NULL) {
		stream->next->previous = stream->previous;
	}
	client->active--;
}

/* The last batch is complete, so the status is known and nothing points here any more. */
static void stream_finish(struct rpc_client_stream *stream)
{
	struct rpc_client *client = stream->client;
	struct rpc_outcome outcome;

	client_ending_read(&outcome, &client->scratch, &stream->ending);
	stream_unlink(stream);
	stream->callbacks.done(stream->state, &outcome, bytes_of(NULL, 0));
	arena_reset(&client->scratch);
	stream_drop_sends(stream);
	client_ending_fini(&stream->ending);
	grpc_call_unref(stream->call);
	free(stream);
}

static void stream_batch_done(struct rpc_client_stream *stream)
{
	ASSERT(stream->batches > 0);
	stream->batches--;
	if (stream->batches == 0) {
		stream_finish(stream);
	}
}

static void stream_on_end(void *owner, bool success)
{
	(void)success; /* headers, close and status: what went wrong is in the status */
	stream_batch_done(owner);
}

static void stream_read(struct rpc_client_stream *stream)
{
	grpc_op batch = { .op = GRPC_OP_RECV_MESSAGE,
		          .data.recv_message.recv_message = &stream->received };

	stream_batch(stream, &batch, &stream->read_tag);
}

static void stream_on_read(void *owner, bool success)
{
	struct rpc_client_stream *stream = owner;

	if (success && stream->received != NULL) {
		grpc_slice slice = client_slice(stream->received);

		stream->received = NULL;
		if (stream->callbacks.message != NULL) {
			stream->callbacks.message(
			        stream->state,
			        bytes_of(GRPC_SLICE_START_PTR(slice), GRPC_SLICE_LENGTH(slice)));
		}
		grpc_slice_unref(slice);
		stream_read(stream);
	}
	stream_batch_done(stream);
}

static void stream_write(struct rpc_client_stream *stream)
{
	grpc_op op = { 0 };

	if (stream->writing || stream->broken) {
		return;
	}
	if (stream->count > 0) {
		grpc_byte_buffer *message = stream->sends[stream->first];

		stream->first = (stream->first + 1) % CLIENT_SENDS_MAX;
		stream->count--;
		stream->written++;
		bool more = stream->count > 0 && stream->written % FLUSH_EVERY_SENDS != 0;
		op.op = GRPC_OP_SEND_MESSAGE;
		op.flags = more ? GRPC_WRITE_BUFFER_HINT : 0;
		op.data.send_message.send_message = message;
		stream->writing = true;
		stream_batch(stream, &op, &stream->write_tag);
		grpc_byte_buffer_destroy(message);
	} else if (stream->half_close && !stream->half_closed) {
		stream->half_closed = true;
		op.op = GRPC_OP_SEND_CLOSE_FROM_CLIENT;
		stream_batch(stream, &op, &stream->close_tag);
	}
}

static void stream_on_write(void *owner, bool success)
{
	struct rpc_client_stream *stream = owner;

	stream->writing = false;
	if (!success) {
		stream->broken = true;
		stream_drop_sends(stream);
	} else if (stream->count == CLIENT_SENDS_MAX / 2 && stream->callbacks.writable != NULL) {
		stream->callbacks.writable(stream->state);
	}
	stream_write(stream);
	stream_batch_done(stream);
}

struct rpc_client_stream *rpc_client_stream_open(struct rpc_client *client, const char *path,
                                                 uint32_t deadline_ms,
                                                 const struct rpc_stream_callbacks *callbacks,
                                                 void *state)
{
	struct rpc_client_stream *stream = calloc(1, sizeof(*stream));
	grpc_op headers[2] = { client_headers_op(client), { .op = GRPC_OP_RECV_INITIAL_METADATA } };
	grpc_op status = { .op = GRPC_OP_RECV_STATUS_ON_CLIENT };

	if (stream == NULL) {
		return NULL;
	}
	stream->client = client;
	stream->callbacks = *callbacks;
	stream->state = state;
	stream->headers_tag = (struct client_tag){ stream_on_end, stream };
	stream->close_tag = (struct client_tag){ stream_on_end, stream };
	stream->status_tag = (struct client_tag){ stream_on_end, stream };
	stream->read_tag = (struct client_tag){ stream_on_read, stream };
	stream->write_tag = (struct client_tag){ stream_on_write, stream };
	client_ending_init(&stream->ending);
	stream->call = client_call_create(client, path, deadline_ms);
	stream->next = client->streams;
	if (stream->next != NULL) {
		stream->next->previous = stream;
	}
	client->streams = stream;
	client->active++;

	headers[1].data.recv_initial_metadata.recv_initial_metadata = &stream->ending.headers;
	grpc_call_error error =
	        grpc_call_start_batch(stream->call, headers, 2, &stream->headers_tag, NULL);
	ASSERT(error == GRPC_CALL_OK);
	stream->batches++;
	status.data.recv_status_on_client.trailing_metadata = &stream->ending.trailers;
	status.data.recv_status_on_client.status = &stream->ending.code;
	status.data.recv_status_on_client.status_details = &stream->ending.message;
	stream_batch(stream, &status, &stream->status_tag);
	stream_read(stream);
	return stream;
}

size_t rpc_client_stream_room(const struct rpc_client_stream *stream)
{
	return CLIENT_SENDS_MAX - stream->count;
}

void rpc_client_stream_send(struct rpc_client_stream *stream, struct bytes message)
{
	ASSERT(!stream->half_close);
	if (stream->broken) {
		return; /* `done` tells */
	}
	ASSERT(stream->count < CLIENT_SENDS_MAX);
	stream->sends[(stream->first + stream->count) % CLIENT_SENDS_MAX] = client_buffer(message);
	stream->count++;
	stream_write(stream);
}

void rpc_client_stream_half_close(struct rpc_client_stream *stream)
{
	stream->half_close = true;
	stream_write(stream);
}

void rpc_client_stream_cancel(struct rpc_client_stream *stream)
{
	(void)grpc_call_cancel(stream->call, NULL); /* it may be over already */
}

void client_streams_cancel(struct rpc_client *client)
{
	for (struct rpc_client_stream *stream = client->streams; stream != NULL;
	     stream = stream->next) {
		rpc_client_stream_cancel(stream);
	}
}
