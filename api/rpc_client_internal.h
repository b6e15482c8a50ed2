/* What the client's files share. One tag for each batch; `event` runs when it is complete. */
#ifndef API_RPC_CLIENT_INTERNAL_H
#define API_RPC_CLIENT_INTERNAL_H

#include "api/rpc_client.h"

#include <grpc/byte_buffer.h>
#include <grpc/grpc.h>

struct client_tag {
	void (*event)(void *owner, bool success);
	void *owner;
};

struct client_method {
	char *path; /* the core keeps the pointer */
	void *registered;
};

struct rpc_client {
	grpc_channel *channel;
	grpc_completion_queue *completions;
	bool waits_for_server;
	grpc_metadata header; /* goes with every call, when header_count is 1 */
	size_t header_count;
	size_t active; /* calls and streams that are not done */
	struct client_method methods[CLIENT_METHODS_MAX];
	size_t methods_count;
	struct arena scratch; /* outcomes of asynchronous calls; reset after each */
	struct rpc_client_stream *streams;
	struct client_call *calls;
};

/* What comes back at the end of any call. */
struct client_ending {
	grpc_metadata_array headers;
	grpc_metadata_array trailers;
	grpc_status_code code;
	grpc_slice message;
};

void client_ending_init(struct client_ending *ending);
void client_ending_fini(struct client_ending *ending);

/* Fills the outcome; strings go to the arena. */
void client_ending_read(struct rpc_outcome *outcome, struct arena *arena,
                        const struct client_ending *ending);

/* The batch entry that begins a call: what goes before the first message. */
grpc_op client_headers_op(struct rpc_client *client);

grpc_call *client_call_create(struct rpc_client *client, const char *path, uint32_t deadline_ms);
grpc_byte_buffer *client_buffer(struct bytes message);

/* All bytes of a received message in one slice, which the caller unrefs. Frees the buffer. */
grpc_slice client_slice(grpc_byte_buffer *buffer);

/* Cancels every stream. */
void client_streams_cancel(struct rpc_client *client);

#endif
