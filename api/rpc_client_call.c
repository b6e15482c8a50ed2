#include "api/rpc_client_internal.h"
#include "ledger/base/assert.h"

#include <grpc/slice.h>
#include <stdlib.h>

/* A unary call under way. */
struct client_call {
	struct rpc_client *client;
	struct client_call *previous, *next;
	grpc_call *call;
	struct client_tag tag;
	struct client_ending ending;
	grpc_byte_buffer *response;
	struct arena *arena; /* for the outcome: the client's scratch, or the waiting caller's */
	rpc_done *done;
	void *state;
};

/* A synchronous call: what `done` leaves for the waiting caller. */
struct client_waiting {
	struct rpc_outcome *outcome;
	struct arena *arena;
	const ProtobufCMessageDescriptor *type;
	const ProtobufCMessage *response;
	bool is_done;
};

static void call_unlink(struct client_call *call)
{
	struct rpc_client *client = call->client;

	if (call->previous != NULL) {
		call->previous->next = call->next;
	} else {
		client->calls = call->next;
	}
	if (call->next != NULL) {
		call->next->previous = call->previous;
	}
	client->active--;
}

static void call_on_done(void *owner, bool success)
{
	struct client_call *call = owner;
	struct rpc_client *client = call->client;
	grpc_slice response = client_slice(call->response);
	struct rpc_outcome outcome;

	(void)success; /* always true for a batch that waits for the status */
	client_ending_read(&outcome, call->arena, &call->ending);
	call_unlink(call);
	call->done(call->state, &outcome,
	           bytes_of(GRPC_SLICE_START_PTR(response), GRPC_SLICE_LENGTH(response)));
	if (call->arena == &client->scratch) {
		arena_reset(&client->scratch);
	}
	grpc_slice_unref(response);
	client_ending_fini(&call->ending);
	grpc_call_unref(call->call);
	free(call);
}

static void call_start_batch(struct client_call *call, struct bytes request)
{
	grpc_byte_buffer *message = client_buffer(request);
	grpc_op ops[] = {
		client_headers_op(call->client),
		{ .op = GRPC_OP_SEND_MESSAGE, .data.send_message.send_message = message },
		{ .op = GRPC_OP_SEND_CLOSE_FROM_CLIENT },
		{ .op = GRPC_OP_RECV_INITIAL_METADATA,
		  .data.recv_initial_metadata.recv_initial_metadata = &call->ending.headers },
		{ .op = GRPC_OP_RECV_MESSAGE, .data.recv_message.recv_message = &call->response },
		{ .op = GRPC_OP_RECV_STATUS_ON_CLIENT,
		  .data.recv_status_on_client = { .trailing_metadata = &call->ending.trailers,
		                                  .status = &call->ending.code,
		                                  .status_details = &call->ending.message } },
	};
	grpc_call_error error = grpc_call_start_batch(call->call, ops, sizeof(ops) / sizeof(ops[0]),
	                                              &call->tag, NULL);

	ASSERT(error == GRPC_CALL_OK);
	grpc_byte_buffer_destroy(message);
}

static void call_start(struct rpc_client *client, const struct rpc_unary *unary,
                       struct bytes request, struct arena *arena, rpc_done *done, void *state)
{
	struct client_call *call = calloc(1, sizeof(*call));

	ASSERT(call != NULL); /* no caller could do better than end */
	ASSERT(unary->deadline_ms > 0);
	call->client = client;
	call->tag = (struct client_tag){ call_on_done, call };
	call->arena = arena;
	call->done = done;
	call->state = state;
	call->next = client->calls;
	if (call->next != NULL) {
		call->next->previous = call;
	}
	client->calls = call;
	client->active++;
	client_ending_init(&call->ending);
	call->call = client_call_create(client, unary->path, unary->deadline_ms);
	call_start_batch(call, request);
}

void rpc_client_start(struct rpc_client *client, const struct rpc_unary *unary,
                      struct bytes request, rpc_done *done, void *state)
{
	call_start(client, unary, request, &client->scratch, done, state);
}

static void waiting_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct client_waiting *waiting = state;

	*waiting->outcome = *outcome;
	if (outcome->failure.detail != NULL) {
		waiting->outcome->failure.detail = &waiting->outcome->detail;
	}
	waiting->is_done = true;
	if (outcome->code != CODE_OK) {
		return;
	}
	waiting->response = protobuf_c_message_unpack(waiting->type, &waiting->arena->allocator,
	                                              response.size, response.data);
	if (waiting->response == NULL) {
		waiting->outcome->status = STATUS_IO;
		detail_set(&waiting->outcome->detail, "", "the answer does not parse as %s",
		           waiting->type->name);
	}
}

enum status rpc_client_unary(struct rpc_client *client, const ProtobufCMessage **response,
                             struct rpc_outcome *outcome, struct arena *arena,
                             const ProtobufCMessage *request, const struct rpc_unary *unary)
{
	struct client_waiting waiting = {
		.outcome = outcome,
		.arena = arena,
		.type = unary->response,
	};
	size_t size = protobuf_c_message_get_packed_size(request);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		*outcome = (struct rpc_outcome){ .status = STATUS_NO_MEMORY };
		return STATUS_NO_MEMORY;
	}
	(void)protobuf_c_message_pack(request, packed);
	call_start(client, unary, bytes_of(packed, size), arena, waiting_done, &waiting);
	while (!waiting.is_done) {
		(void)rpc_client_poll(client, UINT32_MAX);
	}
	if (outcome->status == STATUS_OK) {
		*response = waiting.response;
	}
	return outcome->status;
}

void rpc_client_cancel(struct rpc_client *client)
{
	for (struct client_call *call = client->calls; call != NULL; call = call->next) {
		(void)grpc_call_cancel(call->call, NULL); /* it may be over already */
	}
}
