#include "tests/support/rpc_fixture.h"

#include "grpc/health/v1/health.pb-c.h"

#include <check.h>
#include <sched.h>
#include <stdio.h>

enum { ARENA_MAX = 64 * 1024 * 1024 };

void rpc_fixture_start(struct rpc_fixture *fixture, struct rpc_tls *tls, size_t calls_max,
                       size_t streams_max)
{
	struct detail detail = { "", "" };

	*fixture = (struct rpc_fixture){ .echo = echo_new() };
	arena_init(&fixture->arena, ARENA_MAX);
	const struct service *services[] = { echo_service(fixture->echo), NULL };
	ck_assert_int_eq(health_new(&fixture->health, services, 1), STATUS_OK);
	services[1] = health_service(fixture->health);
	struct rpc_server_options options = {
		.address = "127.0.0.1:0",
		.tls = tls,
		.calls_max = calls_max,
		.streams_max = streams_max,
		.services = services,
		.services_count = 2,
	};
	enum status status = rpc_server_start(&fixture->server, &detail, &options);
	ck_assert_msg(status == STATUS_OK, "%s: %s", detail.path, detail.text);
	(void)snprintf(fixture->target, sizeof(fixture->target), "127.0.0.1:%u",
	               rpc_server_port(fixture->server));
	struct rpc_client_options client = { .target = fixture->target, .tls = tls };
	ck_assert_int_eq(rpc_client_new(&fixture->client, &detail, &client), STATUS_OK);
}

void rpc_fixture_stop(struct rpc_fixture *fixture)
{
	rpc_client_free(fixture->client);
	rpc_server_stop(fixture->server, FIXTURE_DEADLINE_MS);
	health_free(fixture->health);
	echo_free(fixture->echo);
	arena_fini(&fixture->arena);
}

void rpc_fixture_settle(struct rpc_fixture *fixture, struct rpc_server_stats *stats)
{
	rpc_server_stats(stats, fixture->server);
	while (stats->calls > 0) {
		(void)sched_yield();
		rpc_server_stats(stats, fixture->server);
	}
}

struct bytes rpc_fixture_pack(struct rpc_fixture *fixture, const char *text)
{
	Grpc__Health__V1__HealthCheckRequest request;

	grpc__health__v1__health_check_request__init(&request);
	request.service = (char *)(uintptr_t)text;
	uint8_t *packed = arena_alloc(
	        &fixture->arena, grpc__health__v1__health_check_request__get_packed_size(&request));
	ck_assert_ptr_nonnull(packed);
	return bytes_of(packed, grpc__health__v1__health_check_request__pack(&request, packed));
}

static const char *fixture_path(struct rpc_fixture *fixture, const char *method)
{
	const char *path = arena_printf(&fixture->arena, "/civil.test.Echo/%s", method);

	ck_assert_ptr_nonnull(path);
	return path;
}

enum status rpc_fixture_call(struct rpc_fixture *fixture, const char *method, const char *text,
                             const char **answer, struct rpc_outcome *outcome)
{
	Grpc__Health__V1__HealthCheckRequest request;
	const ProtobufCMessage *response = NULL;

	arena_reset(&fixture->arena);
	grpc__health__v1__health_check_request__init(&request);
	request.service = (char *)(uintptr_t)text;
	struct rpc_unary unary = {
		.path = fixture_path(fixture, method),
		.response = &grpc__health__v1__health_check_request__descriptor,
		.deadline_ms = FIXTURE_DEADLINE_MS,
	};
	enum status status = rpc_client_unary(fixture->client, &response, outcome, &fixture->arena,
	                                      &request.base, &unary);
	if (answer != NULL) {
		*answer =
		        status == STATUS_OK
		                ? ((const Grpc__Health__V1__HealthCheckRequest *)response)->service
		                : NULL;
	}
	return status;
}

static void seen_message(void *state, struct bytes message)
{
	struct rpc_seen *seen = state;
	Grpc__Health__V1__HealthCheckRequest *text =
	        grpc__health__v1__health_check_request__unpack(NULL, message.size, message.data);

	ck_assert_ptr_nonnull(text);
	seen->messages++;
	(void)snprintf(seen->last, sizeof(seen->last), "%s", text->service);
	grpc__health__v1__health_check_request__free_unpacked(text, NULL);
}

static void seen_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct rpc_seen *seen = state;

	(void)response;
	seen->is_done = true;
	seen->code = outcome->code;
	seen->status = outcome->status;
}

struct rpc_client_stream *rpc_fixture_open(struct rpc_fixture *fixture, const char *method,
                                           struct rpc_seen *seen)
{
	static const struct rpc_stream_callbacks callbacks = {
		.message = seen_message,
		.done = seen_done,
	};

	*seen = (struct rpc_seen){ 0 };
	struct rpc_client_stream *stream =
	        rpc_client_stream_open(fixture->client, fixture_path(fixture, method),
	                               FIXTURE_DEADLINE_MS, &callbacks, seen);
	ck_assert_ptr_nonnull(stream);
	return stream;
}

void rpc_fixture_poll(struct rpc_fixture *fixture, struct rpc_seen *seen, size_t messages)
{
	while (seen->messages < messages && !seen->is_done) {
		(void)rpc_client_poll(fixture->client, FIXTURE_DEADLINE_MS);
	}
}

void rpc_fixture_finish(struct rpc_fixture *fixture, struct rpc_seen *seen)
{
	rpc_fixture_poll(fixture, seen, SIZE_MAX);
}
