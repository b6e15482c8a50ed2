#include "api/rpc_server.h"

#include "api/rpc_address.h"
#include "api/rpc_internal.h"
#include "ledger/base/assert.h"

#include <stdlib.h>
#include <time.h>

enum {
	FRAME_SPARE_BYTES = 1024, /* so that our own length check speaks before the core's */
	METADATA_BYTES_MAX = 8192,
	HANDSHAKE_TIMEOUT_MS = 10000, /* the core's default of 120 s lets strangers hold sockets */
	KEEPALIVE_TIME_MS = 30000,
	KEEPALIVE_TIMEOUT_MS = 10000,
	PING_INTERVAL_MIN_MS = 10000,
	PING_STRIKES_MAX = 2,
	CONNECTION_AGE_MS = 30 * 60 * 1000, /* after it new certificates are in force everywhere */
	CONNECTION_AGE_GRACE_MS = 60 * 1000,
	CONNECTION_IDLE_MS = 10 * 60 * 1000,
	CONNECTION_STREAMS_MAX = 256,
	NO_COMPRESSION = 1, /* bit set of allowed algorithms: only "identity" */
};

void rpc_server_count(struct rpc_server *server, enum rpc_counter counter)
{
	atomic_fetch_add_explicit(&server->counters[counter], 1, memory_order_relaxed);
}

bool rpc_server_admit(struct rpc_server *server, bool unary)
{
	(void)pthread_mutex_lock(&server->lock);
	server->calls_live++;
	(void)pthread_mutex_unlock(&server->lock);
	if (unary) {
		return atomic_fetch_add(&server->unary_live, 1) < server->calls_max;
	}
	return atomic_fetch_add(&server->streams_live, 1) < server->streams_max;
}

void rpc_server_call_freed(struct rpc_server *server, bool unary)
{
	(void)atomic_fetch_sub(unary ? &server->unary_live : &server->streams_live, 1);
	(void)pthread_mutex_lock(&server->lock);
	ASSERT(server->calls_live > 0);
	server->calls_live--;
	if (server->calls_live == 0) {
		(void)pthread_cond_broadcast(&server->changed);
	}
	(void)pthread_mutex_unlock(&server->lock);
}

void rpc_server_stopped(struct rpc_server *server)
{
	(void)pthread_mutex_lock(&server->lock);
	server->stopped = true;
	(void)pthread_cond_broadcast(&server->changed);
	(void)pthread_mutex_unlock(&server->lock);
}

static size_t server_request_bytes_max(const struct rpc_server *server)
{
	size_t max = 0;

	for (size_t i = 0; i < server->routes_count; i++) {
		const struct method *method = server->routes[i].method;

		if (method != NULL && method->request_bytes_max > max) {
			max = method->request_bytes_max;
		}
	}
	return max + FRAME_SPARE_BYTES;
}

static grpc_arg server_argument(const char *key, size_t value)
{
	char *name = (char *)(uintptr_t)key; /* the core's struct lacks a const; it only reads */

	return (grpc_arg){
		.type = GRPC_ARG_INTEGER,
		.key = name,
		.value.integer = (int)value,
	};
}

static void server_create(struct rpc_server *server)
{
	grpc_arg arguments[] = {
		server_argument(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH,
		                server_request_bytes_max(server)),
		server_argument(GRPC_ARG_MAX_CONCURRENT_STREAMS, CONNECTION_STREAMS_MAX),
		server_argument(GRPC_ARG_MAX_METADATA_SIZE, METADATA_BYTES_MAX),
		server_argument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, HANDSHAKE_TIMEOUT_MS),
		server_argument(GRPC_ARG_KEEPALIVE_TIME_MS, KEEPALIVE_TIME_MS),
		server_argument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, KEEPALIVE_TIMEOUT_MS),
		server_argument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
		                PING_INTERVAL_MIN_MS),
		server_argument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, PING_STRIKES_MAX),
		server_argument(GRPC_ARG_MAX_CONNECTION_AGE_MS, CONNECTION_AGE_MS),
		server_argument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, CONNECTION_AGE_GRACE_MS),
		server_argument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, CONNECTION_IDLE_MS),
		server_argument(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, NO_COMPRESSION),
		server_argument(GRPC_ARG_ENABLE_CHANNELZ, 0),
		/* With its default of 1 two nodes would share a port without a word. */
		server_argument(GRPC_ARG_ALLOW_REUSEPORT, 0),
	};
	grpc_channel_args all = { sizeof(arguments) / sizeof(arguments[0]), arguments };

	server->core = grpc_server_create(&all, NULL);
	for (size_t i = 0; i < server->queues_count; i++) {
		struct rpc_queue *queue = &server->queues[i];

		queue->server = server;
		queue->completions = grpc_completion_queue_create_for_next(NULL);
		grpc_server_register_completion_queue(server->core, queue->completions, NULL);
	}
	for (size_t i = 0; i < server->routes_count; i++) {
		struct rpc_route *route = &server->routes[i];

		if (route->method == NULL) {
			continue;
		}
		route->registered = grpc_server_register_method(
		        server->core, route->method->path, NULL,
		        route->method->kind == METHOD_BIDI
		                ? GRPC_SRM_PAYLOAD_NONE
		                : GRPC_SRM_PAYLOAD_READ_INITIAL_BYTE_BUFFER,
		        0);
		ASSERT(route->registered != NULL); /* two rows of the tables have one path */
	}
}

static enum status server_listen(struct rpc_server *server, struct detail *detail,
                                 const struct rpc_server_options *options)
{
	grpc_server_credentials *credentials;

	if (options->tls != NULL) {
		credentials = rpc_tls_server_credentials(options->tls);
	} else if (rpc_address_is_loopback(options->address)) {
		credentials = grpc_insecure_server_credentials_create();
	} else {
		detail_set(detail, options->address,
		           "without TLS only 127.0.0.0/8 and [::1] may be listened on");
		return STATUS_INVALID;
	}
	int port = grpc_server_add_http2_port(server->core, options->address, credentials);
	grpc_server_credentials_release(credentials);
	if (port <= 0 || port > UINT16_MAX) {
		detail_set(detail, options->address,
		           "cannot listen: the port is taken or not allowed, or the certificates "
		           "do not fit together");
		return STATUS_IO;
	}
	server->port = (uint16_t)port;
	return STATUS_OK;
}

static enum status server_new(struct rpc_server **out, const struct rpc_server_options *options)
{
	struct rpc_server *server = calloc(1, sizeof(*server));
	pthread_condattr_t monotonic;
	size_t routes = 1;

	if (server == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < options->services_count; i++) {
		routes += options->services[i]->methods_count;
	}
	server->routes = calloc(routes, sizeof(*server->routes));
	server->open = rpc_topic_new();
	if (server->routes == NULL || server->open == NULL) {
		rpc_topic_free(server->open);
		free(server->routes);
		free(server);
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < options->services_count; i++) {
		const struct service *service = options->services[i];

		for (size_t j = 0; j < service->methods_count; j++) {
			server->routes[server->routes_count++] = (struct rpc_route){
				.method = &service->methods[j],
				.context = service->context,
			};
		}
	}
	server->routes_count++; /* the last one: unknown methods */
	server->queues_count = options->queues == 0 ? 1 : options->queues;
	server->calls_max = options->calls_max == 0 ? RPC_CALLS_MAX : options->calls_max;
	server->streams_max = options->streams_max == 0 ? RPC_STREAMS_MAX : options->streams_max;
	server->stopped_tag.event = EVENT_STOPPED;
	(void)pthread_mutex_init(&server->lock, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&server->changed, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	*out = server;
	return STATUS_OK;
}

static void server_release_queues(struct rpc_server *server, bool serving)
{
	(void)pthread_mutex_lock(&server->lock);
	server->released = true;
	server->serving = serving;
	(void)pthread_cond_broadcast(&server->changed);
	(void)pthread_mutex_unlock(&server->lock);
}

/* The queues' threads end when nothing is left to complete; then nobody uses the server. */
static void server_free(struct rpc_server *server)
{
	for (size_t i = 0; i < server->queues_count; i++) {
		rpc_queue_stop(&server->queues[i]);
	}
	grpc_server_destroy(server->core);
	for (size_t i = 0; i < server->queues_count; i++) {
		grpc_completion_queue_destroy(server->queues[i].completions);
	}
	rpc_topic_free(server->open);
	(void)pthread_cond_destroy(&server->changed);
	(void)pthread_mutex_destroy(&server->lock);
	free(server->routes);
	free(server);
}

enum status rpc_server_start(struct rpc_server **out, struct detail *detail,
                             const struct rpc_server_options *options)
{
	struct rpc_server *server;

	ASSERT(options->queues <= RPC_QUEUES_MAX);
	enum status status = server_new(&server, options);
	if (status != STATUS_OK) {
		return status;
	}
	server_create(server);
	for (size_t i = 0; status == STATUS_OK && i < server->queues_count; i++) {
		status = rpc_queue_start(&server->queues[i]);
	}
	if (status == STATUS_OK) {
		status = server_listen(server, detail, options);
	}
	if (status != STATUS_OK) {
		server_release_queues(server, false);
		server_free(server);
		return status;
	}
	grpc_server_start(server->core);
	server_release_queues(server, true);
	*out = server;
	return STATUS_OK;
}

uint16_t rpc_server_port(const struct rpc_server *server)
{
	return server->port;
}

void rpc_server_stats(struct rpc_server_stats *out, const struct rpc_server *server)
{
	for (size_t i = 0; i < RPC_COUNTERS; i++) {
		out->counters[i] = atomic_load(&server->counters[i]);
	}
	out->calls = atomic_load(&server->unary_live);
	out->streams = atomic_load(&server->streams_live);
}

/* Waits for the end of all calls, at most `grace_ms`. */
static void server_wait_grace(struct rpc_server *server, uint32_t grace_ms)
{
	struct timespec until;
	int error = 0;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += grace_ms / 1000;
	until.tv_nsec += (long)(grace_ms % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	(void)pthread_mutex_lock(&server->lock);
	while (server->calls_live > 0 && error == 0) {
		error = pthread_cond_timedwait(&server->changed, &server->lock, &until);
	}
	(void)pthread_mutex_unlock(&server->lock);
}

static void server_wait_end(struct rpc_server *server)
{
	(void)pthread_mutex_lock(&server->lock);
	while (server->calls_live > 0 || !server->stopped) {
		(void)pthread_cond_wait(&server->changed, &server->lock);
	}
	(void)pthread_mutex_unlock(&server->lock);
}

void rpc_server_stop(struct rpc_server *server, uint32_t grace_ms)
{
	if (server == NULL) {
		return;
	}
	grpc_server_shutdown_and_notify(server->core, server->queues[0].completions,
	                                &server->stopped_tag);
	/* The flag before the wakes: a stream that opens in between sees it by itself. */
	atomic_store(&server->stopping, true);
	rpc_topic_publish(server->open);
	server_wait_grace(server, grace_ms);
	grpc_server_cancel_all_calls(server->core);
	server_wait_end(server);
	server_free(server);
}
