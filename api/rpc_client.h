/* A gRPC client: unary calls, one after another or many in flight, and streams.
 *
 * It has no thread of its own. The owner starts calls and drives them with rpc_client_poll, which
 * runs the callbacks; nothing happens between two polls. That makes one call in flight as fast as
 * the core allows, and needs no locks in the caller.
 *
 *     struct rpc_outcome outcome;
 *     const ProtobufCMessage *response;
 *     status = rpc_client_unary(client, &response, &outcome, &arena, &request.base,
 *                               &(struct rpc_unary){ path, &response_descriptor, 5000 });
 *
 * Nothing is retried here: the caller knows whether a call may be repeated, and waits as long as
 * outcome.failure.retry_after_ms says. While a server is away, calls fail at once; a caller that
 * loops sets `waits_for_server`, and its calls wait for the connection up to their deadline.
 *
 * Thread: one owner for a client and its streams. */
#ifndef API_RPC_CLIENT_H
#define API_RPC_CLIENT_H

#include "api/rpc_tls.h"
#include "api/status_map.h"
#include "ledger/base/arena.h"
#include "ledger/base/bytes.h"

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>

enum {
	CLIENT_RECEIVE_BYTES_MAX = 64 * 1024 * 1024, /* of one message */
	CLIENT_METHODS_MAX = 64,                     /* different paths called by one client */
	CLIENT_SENDS_MAX = 64, /* messages of a stream that wait to be written */
};

struct rpc_client;
struct rpc_client_stream;

struct rpc_client_options {
	const char *target;      /* "127.0.0.1:7001", "node1.example:7001" */
	struct rpc_tls *tls;     /* NULL: plaintext, to 127.0.0.0/8 and [::1] only */
	const char *server_name; /* that the server's certificate must show; NULL: the target's */
	bool waits_for_server;
	const char *header; /* a header that goes with every call; NULL: none */
	const char *header_value;
};

/* How a call ended. Strings and violations of `failure` live where the function that gives the
 * outcome says; failure.detail points to `detail`. */
struct rpc_outcome {
	enum status_code code;
	enum status status;
	struct detail detail;   /* text: the server's message. path: first field, if any */
	struct failure failure; /* complete also when the server sent no details */
};

/* Connects lazily: a server that is not there shows in the first call. STATUS_OK, or
 *   STATUS_INVALID   plaintext was asked for another target than the loopback
 *   STATUS_IO        the certificates cannot be read
 *   STATUS_NO_MEMORY */
enum status rpc_client_new(struct rpc_client **out, struct detail *detail,
                           const struct rpc_client_options *options) NODISCARD;

/* Cancels what is under way and runs its last callbacks. Accepts NULL. */
void rpc_client_free(struct rpc_client *client);

/* A method to call. */
struct rpc_unary {
	const char *path;
	const ProtobufCMessageDescriptor *response;
	uint32_t deadline_ms; /* not 0 */
};

/* Calls and waits. Returns outcome->status. On STATUS_OK `*response` is unpacked into the arena;
 * the outcome's strings live there too. A response that does not parse is STATUS_IO. Callbacks of
 * other calls may run meanwhile. */
enum status rpc_client_unary(struct rpc_client *client, const ProtobufCMessage **response,
                             struct rpc_outcome *outcome, struct arena *arena,
                             const ProtobufCMessage *request,
                             const struct rpc_unary *unary) NODISCARD;

/* The end of a call. Outcome and response die with the return. */
typedef void rpc_done(void *state, const struct rpc_outcome *outcome, struct bytes response);

/* Starts a call and returns. `done` is called once, from a later poll. */
void rpc_client_start(struct rpc_client *client, const struct rpc_unary *unary,
                      struct bytes request, rpc_done *done, void *state);

/* Runs callbacks: waits up to `timeout_ms` for a first event, then takes all that are there.
 * Returns the number of calls and streams still under way. */
size_t rpc_client_poll(struct rpc_client *client, uint32_t timeout_ms);

/* Ends every unary call under way from here; their `done` follows with CODE_CANCELLED. */
void rpc_client_cancel(struct rpc_client *client);

/* What a stream tells its owner; each may be NULL but `done`. */
struct rpc_stream_callbacks {
	void (*message)(void *state, struct bytes message); /* bytes die with the return */
	void (*writable)(void *state); /* of a full stream, half of the places are free again */
	rpc_done *done;                /* once, at the end; the stream is freed when it returns */
};

/* Opens a stream of any kind; a request of a server stream is its one message. `deadline_ms` 0 is
 * none. NULL when memory is exhausted. */
struct rpc_client_stream *rpc_client_stream_open(struct rpc_client *client, const char *path,
                                                 uint32_t deadline_ms,
                                                 const struct rpc_stream_callbacks *callbacks,
                                                 void *state);

/* Number of messages that may be sent now, at most CLIENT_SENDS_MAX. */
size_t rpc_client_stream_room(const struct rpc_client_stream *stream);

/* Sends a copy of a message; needs room and an open sending side. */
void rpc_client_stream_send(struct rpc_client_stream *stream, struct bytes message);

/* No more messages from here. What was sent before still leaves. */
void rpc_client_stream_half_close(struct rpc_client_stream *stream);

/* Ends it from here; `done` follows with CODE_CANCELLED. */
void rpc_client_stream_cancel(struct rpc_client_stream *stream);

#endif
