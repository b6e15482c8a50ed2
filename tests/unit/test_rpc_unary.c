/* Goal: a unary call is answered once, whatever the request, the handler and the load are.
 * Method: a server on the loopback with the echo service, called by our own client; each refusal
 * that the server itself makes is provoked, and a good call afterwards shows that it lives on. */
#include "api/rpc_library.h"
#include "tests/support/rpc_fixture.h"

#include <check.h>
#include <stdlib.h>

enum { CALLS_MAX = 20, MANY_CALLS = 1000 };

static struct rpc_fixture fixture;
static struct rpc_outcome outcome;

static void setup(void)
{
	rpc_library_start(NULL);
	rpc_fixture_start(&fixture, NULL, CALLS_MAX, 0);
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_library_stop();
}

static void ck_assert_echo_works(void)
{
	const char *answer;

	const char *text = "សួស្តី";

	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", text, &answer, &outcome), STATUS_OK);
	ck_assert_str_eq(answer, text);
}

START_TEST(a_request_is_answered)
{
	ck_assert_echo_works();
	ck_assert_int_eq(outcome.code, CODE_OK);
}
END_TEST

START_TEST(a_plaintext_caller_on_the_loopback_is_nobody)
{
	const char *answer;

	ck_assert_int_eq(rpc_fixture_call(&fixture, "Who", "", &answer, &outcome), STATUS_OK);
	ck_assert_str_eq(answer, "nobody");
}
END_TEST

START_TEST(an_unknown_method_is_unimplemented_at_once)
{
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Nothing", "", NULL, &outcome),
	                 STATUS_UNSUPPORTED);
	ck_assert_int_eq(outcome.code, CODE_UNIMPLEMENTED);
	ck_assert_str_eq(outcome.failure.reason, "METHOD_UNKNOWN");
	ck_assert_echo_works();
}
END_TEST

START_TEST(more_unknown_methods_than_are_posted_are_all_answered)
{
	for (int i = 0; i < 50; i++) {
		ck_assert_int_eq(rpc_fixture_call(&fixture, "Nothing", "", NULL, &outcome),
		                 STATUS_UNSUPPORTED);
	}
	ck_assert_echo_works();
}
END_TEST

START_TEST(a_request_of_the_largest_size_passes_and_one_byte_more_does_not)
{
	char text[ECHO_TEXT_MAX];
	const char *answer;

	/* Tag and a length of two bytes stand before the text. */
	memset(text, 'x', sizeof(text));
	text[ECHO_TEXT_MAX - 3] = '\0';
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", text, &answer, &outcome), STATUS_OK);
	ck_assert_str_eq(answer, text);

	text[ECHO_TEXT_MAX - 3] = 'x';
	text[ECHO_TEXT_MAX - 2] = '\0';
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", text, NULL, &outcome), STATUS_INVALID);
	ck_assert_str_eq(outcome.failure.reason, "REQUEST_TOO_LARGE");
	ck_assert_echo_works();
}
END_TEST

START_TEST(a_request_beyond_the_transport_s_limit_is_refused_by_the_core)
{
	size_t size = 1024 * 1024;
	char *text = malloc(size);

	ck_assert_ptr_nonnull(text);
	memset(text, 'x', size);
	text[size - 1] = '\0';
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", text, NULL, &outcome), STATUS_BUSY);
	ck_assert_int_eq(outcome.code, CODE_RESOURCE_EXHAUSTED);
	free(text);
	ck_assert_echo_works();
}
END_TEST

static void keep_outcome(void *state, const struct rpc_outcome *told, struct bytes response)
{
	struct rpc_seen *seen = state;

	(void)response;
	seen->is_done = true;
	seen->code = told->code;
	seen->status = told->status;
}

static enum status_code call_with_bytes(struct bytes request)
{
	struct rpc_seen seen = { 0 };
	struct rpc_unary unary = { .path = "/civil.test.Echo/Echo", .deadline_ms = 10000 };

	rpc_client_start(fixture.client, &unary, request, keep_outcome, &seen);
	while (!seen.is_done) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	return seen.code;
}

START_TEST(a_request_that_does_not_parse_is_invalid)
{
	ck_assert_int_eq(call_with_bytes(bytes_of("\x0a\x7fshort", 7)), CODE_INVALID_ARGUMENT);
	ck_assert_int_eq(call_with_bytes(bytes_of("\xff\xff\xff", 3)), CODE_INVALID_ARGUMENT);
	ck_assert_int_eq(call_with_bytes(bytes_of("\x0a\x02\xc3\x28", 4)), CODE_INVALID_ARGUMENT);
	ck_assert_int_eq(call_with_bytes(bytes_of("\x0a\x02\xc3\xa9", 4)), CODE_OK);
	ck_assert_int_eq(call_with_bytes(bytes_of(NULL, 0)), CODE_OK);
	ck_assert_echo_works();
}
END_TEST

START_TEST(a_refusal_carries_every_broken_rule)
{
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Refuse", "", NULL, &outcome), STATUS_REFUSED);
	ck_assert_int_eq(outcome.code, CODE_FAILED_PRECONDITION);
	ck_assert_str_eq(outcome.failure.reason, "RULES_BROKEN");
	ck_assert_uint_eq(outcome.failure.violations_count, 2);
	ck_assert_str_eq(outcome.failure.violations[0].type, "MARRIAGE_AGE");
	ck_assert_str_eq(outcome.failure.violations[1].subject, "spouse2");
	ck_assert_str_eq(outcome.failure.facts[0].value, "2007-1");
	ck_assert_ptr_nonnull(outcome.failure.message_km);
	ck_assert_ptr_nonnull(strstr(outcome.detail.text, "BIGAMY"));
}
END_TEST

START_TEST(a_parked_call_is_answered_from_another_thread)
{
	struct rpc_seen seen = { 0 };
	struct rpc_unary unary = { .path = "/civil.test.Echo/Park",
		                   .deadline_ms = FIXTURE_DEADLINE_MS };

	rpc_client_start(fixture.client, &unary, bytes_of(NULL, 0), keep_outcome, &seen);
	echo_wait_parked(fixture.echo, 1);
	ck_assert(!seen.is_done);
	echo_release(fixture.echo);
	while (!seen.is_done) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	ck_assert_int_eq(seen.code, CODE_OK);
}
END_TEST

START_TEST(a_deadline_ends_the_wait_and_the_answer_is_dropped)
{
	struct rpc_seen seen = { 0 };
	struct rpc_unary unary = { .path = "/civil.test.Echo/Park", .deadline_ms = 50 };

	rpc_client_start(fixture.client, &unary, bytes_of(NULL, 0), keep_outcome, &seen);
	while (!seen.is_done) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	ck_assert_int_eq(seen.code, CODE_DEADLINE_EXCEEDED);
	echo_wait_parked(fixture.echo, 1);
	echo_release(fixture.echo);
	ck_assert_echo_works();
}
END_TEST

START_TEST(no_handler_has_more_than_half_a_minute)
{
	const char *answer;

	/* The fixture's calls allow a minute. */
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Remaining", "", &answer, &outcome), STATUS_OK);
	uint64_t remaining = strtoull(answer, NULL, 10);
	ck_assert_uint_le(remaining, CALL_DEADLINE_MS_MAX);
	ck_assert_uint_gt(remaining, 0);
}
END_TEST

static void count_outcome(void *state, const struct rpc_outcome *told, struct bytes response)
{
	size_t *counts = state;

	(void)response;
	counts[told->code]++;
}

START_TEST(calls_over_the_limit_are_refused_and_the_others_answered)
{
	size_t counts[CODE_UNAUTHENTICATED + 1] = { 0 };
	struct rpc_unary unary = { .path = "/civil.test.Echo/Park",
		                   .deadline_ms = FIXTURE_DEADLINE_MS };
	struct rpc_server_stats stats;

	for (int i = 0; i < MANY_CALLS; i++) {
		rpc_client_start(fixture.client, &unary, bytes_of(NULL, 0), count_outcome, counts);
	}
	while (counts[CODE_RESOURCE_EXHAUSTED] < MANY_CALLS - CALLS_MAX) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	echo_wait_parked(fixture.echo, CALLS_MAX);
	rpc_server_stats(&stats, fixture.server);
	ck_assert_uint_ge(stats.calls, CALLS_MAX);
	ck_assert_uint_eq(stats.counters[RPC_COUNTER_BUSY], MANY_CALLS - CALLS_MAX);
	echo_release(fixture.echo);
	while (rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS) > 0) {
	}
	ck_assert_uint_eq(counts[CODE_OK], CALLS_MAX);
	rpc_fixture_settle(&fixture, &stats);
	ck_assert_echo_works();
}
END_TEST

START_TEST(clients_that_go_leave_nothing_behind)
{
	struct rpc_unary unary = { .path = "/civil.test.Echo/Park",
		                   .deadline_ms = FIXTURE_DEADLINE_MS };
	size_t counts[CODE_UNAUTHENTICATED + 1] = { 0 };
	struct rpc_client *other;
	struct rpc_server_stats stats;
	struct rpc_client_options options = { .target = fixture.target };

	ck_assert_int_eq(rpc_client_new(&other, NULL, &options), STATUS_OK);
	for (int i = 0; i < CALLS_MAX; i++) {
		rpc_client_start(other, &unary, bytes_of(NULL, 0), count_outcome, counts);
	}
	echo_wait_parked(fixture.echo, CALLS_MAX);
	rpc_client_free(other);
	ck_assert_uint_eq(counts[CODE_CANCELLED], CALLS_MAX);
	echo_release(fixture.echo);
	rpc_fixture_settle(&fixture, &stats);
	ck_assert_echo_works();
}
END_TEST

START_TEST(a_stop_under_load_answers_or_refuses_every_call)
{
	size_t counts[CODE_UNAUTHENTICATED + 1] = { 0 };
	struct rpc_unary unary = { .path = "/civil.test.Echo/Echo",
		                   .deadline_ms = FIXTURE_DEADLINE_MS };

	for (int i = 0; i < MANY_CALLS; i++) {
		rpc_client_start(fixture.client, &unary, bytes_of(NULL, 0), count_outcome, counts);
	}
	while (counts[CODE_OK] == 0) {
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	rpc_server_stop(fixture.server, 0);
	fixture.server = NULL;
	while (rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS) > 0) {
	}
	ck_assert_uint_eq(counts[CODE_OK] + counts[CODE_UNAVAILABLE] + counts[CODE_CANCELLED] +
	                          counts[CODE_RESOURCE_EXHAUSTED],
	                  MANY_CALLS);
	ck_assert_int_eq(rpc_fixture_call(&fixture, "Echo", "", NULL, &outcome),
	                 STATUS_UNAVAILABLE);
	ck_assert_uint_gt(strlen(outcome.detail.text), 0);
}
END_TEST

START_TEST(plaintext_is_for_the_loopback_alone) /* loop test */
{
	static const char *const addresses[] = { "0.0.0.0:0",         "[::]:0",  "localhost:0",
		                                 "192.0.2.1:0",       "127.0.0", "128.0.0.1:0",
		                                 "[::ffff:1.2.3.4]:0" };
	struct rpc_server_options options = { .address = addresses[_i] };
	struct rpc_client_options client = { .target = addresses[_i] };
	struct rpc_server *server = NULL;
	struct rpc_client *other = NULL;
	struct detail detail;

	ck_assert_int_eq(rpc_server_start(&server, &detail, &options), STATUS_INVALID);
	ck_assert_str_eq(detail.path, addresses[_i]);
	ck_assert_ptr_null(server);
	ck_assert_int_eq(rpc_client_new(&other, &detail, &client), STATUS_INVALID);
	ck_assert_ptr_null(other);
}
END_TEST

START_TEST(a_port_is_not_shared)
{
	struct rpc_server_options options = { .address = fixture.target };
	struct rpc_server *server = NULL;
	struct detail detail;

	ck_assert_int_eq(rpc_server_start(&server, &detail, &options), STATUS_IO);
	ck_assert_ptr_null(server);
	ck_assert_echo_works();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rpc_unary");
	TCase *tcase = tcase_create("rpc_unary");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_request_is_answered);
	tcase_add_test(tcase, a_plaintext_caller_on_the_loopback_is_nobody);
	tcase_add_test(tcase, an_unknown_method_is_unimplemented_at_once);
	tcase_add_test(tcase, more_unknown_methods_than_are_posted_are_all_answered);
	tcase_add_test(tcase, a_request_of_the_largest_size_passes_and_one_byte_more_does_not);
	tcase_add_test(tcase, a_request_beyond_the_transport_s_limit_is_refused_by_the_core);
	tcase_add_test(tcase, a_request_that_does_not_parse_is_invalid);
	tcase_add_test(tcase, a_refusal_carries_every_broken_rule);
	tcase_add_test(tcase, a_parked_call_is_answered_from_another_thread);
	tcase_add_test(tcase, a_deadline_ends_the_wait_and_the_answer_is_dropped);
	tcase_add_test(tcase, no_handler_has_more_than_half_a_minute);
	tcase_add_test(tcase, calls_over_the_limit_are_refused_and_the_others_answered);
	tcase_add_test(tcase, clients_that_go_leave_nothing_behind);
	tcase_add_test(tcase, a_stop_under_load_answers_or_refuses_every_call);
	tcase_add_loop_test(tcase, plaintext_is_for_the_loopback_alone, 0, 7);
	tcase_add_test(tcase, a_port_is_not_shared);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
