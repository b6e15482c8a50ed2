/* Goal: the client tells truly how each call ended, keeps many in flight, and needs no server to
 * fail well.
 * Method: the echo service, a server that is away, and answers that are not what was expected. */
#include "api/rpc_client.h"
#include "api/rpc_library.h"
#include "google/rpc/status.pb-c.h"
#include "grpc/health/v1/health.pb-c.h"
#include "tests/support/rpc_fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { IN_FLIGHT = 1000 };

static struct rpc_fixture fixture;
static struct rpc_outcome outcome;

static void setup(void)
{
	rpc_library_start(NULL);
	rpc_fixture_start(&fixture, NULL, 0, 0);
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_library_stop();
}

static enum status echo_as(const ProtobufCMessageDescriptor *response, struct arena *arena)
{
	Grpc__Health__V1__HealthCheckRequest request;
	const ProtobufCMessage *answer = NULL;
	struct rpc_unary unary = {
		.path = "/civil.test.Echo/Echo",
		.response = response,
		.deadline_ms = FIXTURE_DEADLINE_MS,
	};

	grpc__health__v1__health_check_request__init(&request);
	request.service = (char *)(uintptr_t) "text";
	enum status status =
	        rpc_client_unary(fixture.client, &answer, &outcome, arena, &request.base, &unary);
	ck_assert_int_eq(answer != NULL, status == STATUS_OK);
	return status;
}

START_TEST(an_answer_that_does_not_parse_is_a_failure)
{
	ck_assert_int_eq(echo_as(&google__rpc__status__descriptor, &fixture.arena), STATUS_IO);
	ck_assert_ptr_nonnull(strstr(outcome.detail.text, "google.rpc.Status"));
	ck_assert_int_eq(
	        echo_as(&grpc__health__v1__health_check_request__descriptor, &fixture.arena),
	        STATUS_OK);
}
END_TEST

START_TEST(an_arena_without_room_fails_before_the_call)
{
	struct rpc_server_stats stats;
	struct arena none;

	arena_init(&none, 0);
	ck_assert_int_eq(echo_as(&grpc__health__v1__health_check_request__descriptor, &none),
	                 STATUS_NO_MEMORY);
	rpc_server_stats(&stats, fixture.server);
	ck_assert_uint_eq(stats.counters[RPC_COUNTER_CALLS], 0);
	arena_fini(&none);
}
END_TEST

START_TEST(a_server_that_is_away_is_unavailable_at_once)
{
	rpc_server_stop(fixture.server, 0);
	fixture.server = NULL;
	for (int i = 0; i < 3; i++) {
		ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", "", NULL, &outcome),
		                 STATUS_UNAVAILABLE);
		ck_assert_int_eq(outcome.code, CODE_UNAVAILABLE);
		ck_assert_str_eq(outcome.failure.reason, "UNAVAILABLE");
		ck_assert_ptr_eq(outcome.failure.detail, &outcome.detail);
	}
}
END_TEST

START_TEST(a_client_that_waits_is_answered_when_the_server_comes)
{
	struct rpc_client_options waiting = { .target = fixture.target, .waits_for_server = true };
	const struct service *services[] = { echo_service(fixture.echo) };
	struct rpc_server_options options = { .address = fixture.target,
		                              .services = services,
		                              .services_count = 1 };
	struct rpc_seen seen;
	const char *answer;

	rpc_server_stop(fixture.server, 0);
	fixture.server = NULL;
	rpc_client_free(fixture.client);
	ck_assert_int_eq(rpc_client_new(&fixture.client, NULL, &waiting), STATUS_OK);
	/* A stream that waits shows that nothing fails while nobody is there. */
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Chat", &seen);
	(void)rpc_client_poll(fixture.client, 100);
	ck_assert(!seen.is_done);
	ck_assert_int_eq(rpc_server_start(&fixture.server, NULL, &options), STATUS_OK);
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", "here", &answer, &outcome), STATUS_OK);
	ck_assert_str_eq(answer, "here");
	rpc_client_stream_half_close(stream);
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_OK);
}
END_TEST

/* Answers that came, by the number in their text. */
struct tally {
	size_t count;
	uint64_t sum;
};

static void tally_add(void *state, const struct rpc_outcome *told, struct bytes response)
{
	struct tally *tally = state;
	Grpc__Health__V1__HealthCheckRequest *text =
	        grpc__health__v1__health_check_request__unpack(NULL, response.size, response.data);

	ck_assert_int_eq(told->code, CODE_OK);
	ck_assert_ptr_nonnull(text);
	tally->count++;
	tally->sum += strtoull(text->service, NULL, 10);
	grpc__health__v1__health_check_request__free_unpacked(text, NULL);
}

START_TEST(many_calls_in_flight_are_each_answered_once)
{
	struct rpc_unary unary = { .path = "/civil.test.Echo/Echo",
		                   .deadline_ms = FIXTURE_DEADLINE_MS };
	struct tally tally = { 0 };
	char text[16];

	for (unsigned i = 1; i <= IN_FLIGHT; i++) {
		(void)snprintf(text, sizeof(text), "%u", i);
		rpc_client_start(fixture.client, &unary, rpc_fixture_pack(&fixture, text),
		                 tally_add, &tally);
	}
	while (rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS) > 0) {
	}
	ck_assert_uint_eq(tally.count, IN_FLIGHT);
	ck_assert_uint_eq(tally.sum, (uint64_t)IN_FLIGHT * (IN_FLIGHT + 1) / 2);
}
END_TEST

/* A stream that is refilled each time it says that it has room. */
struct refill {
	struct rpc_client_stream *stream;
	size_t times;
	bool is_done;
};

static void refill_writable(void *state)
{
	struct refill *refill = state;

	refill->times++;
	ck_assert_uint_ge(rpc_client_stream_room(refill->stream), CLIENT_SENDS_MAX / 2);
	if (refill->times == 3) {
		rpc_client_stream_half_close(refill->stream);
		return;
	}
	while (rpc_client_stream_room(refill->stream) > 0) {
		rpc_client_stream_send(refill->stream, rpc_fixture_pack(&fixture, "again"));
	}
}

static void refill_done(void *state, const struct rpc_outcome *told, struct bytes response)
{
	struct refill *refill = state;

	(void)response;
	ck_assert_int_eq(told->code, CODE_OK);
	refill->is_done = true;
}

START_TEST(a_full_stream_says_when_it_has_room_again)
{
	static const struct rpc_stream_callbacks callbacks = {
		.writable = refill_writable,
		.done = refill_done,
	};
	struct refill refill = { 0 };

	refill.stream = rpc_client_stream_open(fixture.client, "/civil.test.Echo/Chat",
	                                       FIXTURE_DEADLINE_MS, &callbacks, &refill);
	ck_assert_uint_eq(rpc_client_stream_room(refill.stream), CLIENT_SENDS_MAX);
	while (rpc_client_stream_room(refill.stream) > 0) {
		rpc_client_stream_send(refill.stream, rpc_fixture_pack(&fixture, "first"));
	}
	while (!refill.is_done) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	ck_assert_uint_eq(refill.times, 3);
}
END_TEST

START_TEST(a_poll_without_calls_returns_at_once)
{
	ck_assert_uint_eq(rpc_client_poll(fixture.client, UINT32_MAX), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rpc_client");
	TCase *tcase = tcase_create("rpc_client");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_answer_that_does_not_parse_is_a_failure);
	tcase_add_test(tcase, an_arena_without_room_fails_before_the_call);
	tcase_add_test(tcase, a_server_that_is_away_is_unavailable_at_once);
	tcase_add_test(tcase, a_client_that_waits_is_answered_when_the_server_comes);
	tcase_add_test(tcase, many_calls_in_flight_are_each_answered_once);
	tcase_add_test(tcase, a_full_stream_says_when_it_has_room_again);
	tcase_add_test(tcase, a_poll_without_calls_returns_at_once);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
