/* A queue and its thread: posts requests, and takes each event to the call that it belongs to. */
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <grpc/support/time.h>
#include <signal.h>
#include <stdlib.h>

enum { REQUESTS_POSTED = 16 }; /* for each method; each one taken is replaced at once */

/* Posts one request for a method, or for any unknown one. After the stop began it returns at once
 * with success 0. */
static void queue_post(struct rpc_queue *queue, const struct rpc_route *route)
{
	struct rpc_call *call = rpc_call_new(queue, route);
	grpc_completion_queue *completions = queue->completions;
	grpc_call_error error;

	if (call == NULL) {
		return; /* one place less; the next arrival of this method tries again */
	}
	if (route->method == NULL) {
		error = grpc_server_request_call(queue->server->core, &call->call, &call->details,
		                                 &call->metadata, completions, completions,
		                                 &call->tags[EVENT_REQUEST]);
	} else {
		bool payload = route->method->kind != METHOD_BIDI;

		error = grpc_server_request_registered_call(
		        queue->server->core, route->registered, &call->call, &call->deadline,
		        &call->metadata, payload ? &call->payload : NULL, completions, completions,
		        &call->tags[EVENT_REQUEST]);
	}
	ASSERT(error == GRPC_CALL_OK);
}

/* Deadlines are kept on the monotonic clock; a unary call has one even if its client set none. */
static void queue_set_deadline(struct rpc_call *call, bool unary)
{
	gpr_timespec latest =
	        gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
	                     gpr_time_from_millis(CALL_DEADLINE_MS_MAX, GPR_TIMESPAN));

	call->deadline = gpr_convert_clock_type(call->deadline, GPR_CLOCK_MONOTONIC);
	if (unary && gpr_time_cmp(call->deadline, latest) > 0) {
		call->deadline = latest;
	}
}

static void queue_begin_unary(struct rpc_call *call, bool admitted)
{
	struct rpc_server *server = call->queue->server;
	grpc_byte_buffer *payload = call->payload;
	struct failure failure;
	struct detail detail;

	call->payload = NULL;
	if (!admitted) {
		rpc_call_reject(call, STATUS_BUSY, "SERVER_BUSY", "too many calls are under way");
	} else if (rpc_call_decode(call, payload, &failure, &detail) != STATUS_OK) {
		rpc_server_count(server, RPC_COUNTER_MALFORMED);
		rpc_call_fail(call, &failure);
	} else {
		call->route->method->start(call, call->route->context);
	}
	if (payload != NULL) {
		grpc_byte_buffer_destroy(payload);
	}
}

/* A client's call has arrived. From here on it counts as live. */
static void queue_begin(struct rpc_call *call)
{
	struct rpc_server *server = call->queue->server;
	const struct method *method = call->route->method;
	bool unary = rpc_call_is_unary(call);
	bool admitted = rpc_server_admit(server, unary);

	queue_set_deadline(call, unary);
	call->peer = rpc_peer_of(call->queue, call->call);
	admitted = admitted && call->peer != NULL;
	rpc_server_count(server, method == NULL ? RPC_COUNTER_UNKNOWN : RPC_COUNTER_CALLS);
	if (!admitted) {
		rpc_server_count(server, RPC_COUNTER_BUSY);
	}
	if (method == NULL) {
		rpc_call_reject(call, STATUS_UNSUPPORTED, "METHOD_UNKNOWN",
		                "the server has no such method");
	} else if (unary) {
		queue_begin_unary(call, admitted);
	} else {
		rpc_stream_begin(call, admitted);
	}
}

static void queue_on_request(struct rpc_call *call, bool success)
{
	if (!success) {
		ASSERT(call->call == NULL);
		rpc_call_free(call);
		return;
	}
	queue_post(call->queue, call->route);
	queue_begin(call);
}

static void queue_on_event(struct rpc_queue *queue, const struct rpc_tag *tag, bool success)
{
	struct rpc_call *call = tag->call;

	if (tag->event == EVENT_STOPPED) {
		rpc_server_stopped(queue->server);
		return;
	}
	(void)atomic_load_explicit(&call->handed_over, memory_order_acquire);
	if (tag->event == EVENT_REQUEST) {
		queue_on_request(call, success);
	} else if (rpc_call_is_unary(call)) {
		ASSERT(tag->event == EVENT_WRITE);
		rpc_call_unref(call);
	} else {
		rpc_stream_event(call, tag->event, success);
	}
}

/* Waits for the server to start; false when it will not. */
static bool queue_wait_release(struct rpc_server *server)
{
	(void)pthread_mutex_lock(&server->lock);
	while (!server->released) {
		(void)pthread_cond_wait(&server->changed, &server->lock);
	}
	bool serving = server->serving;
	(void)pthread_mutex_unlock(&server->lock);
	return serving;
}

static void *queue_run(void *argument)
{
	struct rpc_queue *queue = argument;
	struct rpc_server *server = queue->server;

	if (queue_wait_release(server)) {
		for (size_t i = 0; i < server->routes_count * REQUESTS_POSTED; i++) {
			queue_post(queue, &server->routes[i / REQUESTS_POSTED]);
		}
	}
	for (;;) {
		grpc_event event = grpc_completion_queue_next(
		        queue->completions, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);

		if (event.type == GRPC_QUEUE_SHUTDOWN) {
			return NULL;
		}
		ASSERT(event.type == GRPC_OP_COMPLETE);
		queue_on_event(queue, event.tag, event.success != 0);
	}
}

enum status rpc_queue_start(struct rpc_queue *queue)
{
	sigset_t all;
	sigset_t before;

	/* Signals belong to the thread of main. */
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	queue->started = pthread_create(&queue->thread, NULL, queue_run, queue) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return queue->started ? STATUS_OK : STATUS_NO_MEMORY;
}

void rpc_queue_stop(struct rpc_queue *queue)
{
	grpc_completion_queue_shutdown(queue->completions);
	if (queue->started) {
		(void)pthread_join(queue->thread, NULL);
	} else {
		grpc_event event = grpc_completion_queue_next(
		        queue->completions, gpr_inf_future(GPR_CLOCK_REALTIME), NULL);

		ASSERT(event.type == GRPC_QUEUE_SHUTDOWN);
	}
	while (queue->spare != NULL) {
		struct rpc_call *call = queue->spare;

		queue->spare = call->next;
		rpc_call_dispose(call);
	}
	rpc_peer_cache_fini(queue);
}
