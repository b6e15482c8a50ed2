/* The method table: what a service file hands to the server.
 *
 *     static const struct method methods[] = {
 *             { .path = "/civil.v1.QueryService/GetPerson",
 *               .kind = METHOD_UNARY,
 *               .request_bytes_max = 4096,
 *               .request = &civil__v1__get_person_request__descriptor,
 *               .response = &civil__v1__get_person_response__descriptor,
 *               .start = get_person },
 *     };
 *     const struct service query_service = { "civil.v1.QueryService", methods, 1, context };
 *
 * The server receives, bounds and decodes; a callback sees a request that parses and answers with
 * the calls of api/rpc_call.h. All callbacks run on a queue thread of the server and must not
 * block: they answer at once, or hand the call to a worker that answers later.
 *
 *     kind           callbacks in order
 *     UNARY          start, with the request. Exactly one of rpc_call_reply and rpc_call_fail.
 *     SERVER_STREAM  start, with the request; then writable whenever the client can take more.
 *     BIDI           start, without a request; then message for each one received, half_closed
 *                    once when the client has sent all, and writable as above, in any order.
 * A stream ends with rpc_call_finish or rpc_call_fail, or because the client or the network went;
 * then no callback follows, and `state_free` gets the state when the last holder lets go.
 *
 * Thread: constant after rpc_server_start. Memory: the server keeps pointers to the tables. */
#ifndef API_SERVICE_H
#define API_SERVICE_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>

struct rpc_call;

enum method_kind {
	METHOD_UNARY,
	METHOD_SERVER_STREAM,
	METHOD_BIDI,
};

/* `context` is service.context. */
typedef void method_callback(struct rpc_call *call, void *context);

struct method {
	const char *path; /* "/package.Service/Method" */
	enum method_kind kind;
	size_t request_bytes_max; /* of one message; a longer one is INVALID_ARGUMENT */
	size_t window;            /* BIDI: messages received and not yet consumed; 0 is 64 */
	const ProtobufCMessageDescriptor *request;
	const ProtobufCMessageDescriptor *response;
	method_callback *start;
	method_callback *message;        /* BIDI, required */
	method_callback *half_closed;    /* BIDI; NULL finishes the call with OK */
	method_callback *writable;       /* streams; NULL when all is sent from the others */
	void (*state_free)(void *state); /* any thread; NULL when there is nothing to free */
};

struct service {
	const char *name; /* "package.Service", as reflection and health show it */
	const struct method *methods;
	size_t methods_count;
	void *context; /* borrowed until rpc_server_stop has returned */
};

#endif
