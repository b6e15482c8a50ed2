/* Goal: streams deliver every message in order, hold back who is too fast, and end for every reason
 * with everything freed.
 * Method: the echo service's streams on the loopback; states freed are counted by the service. */
#include "api/rpc_library.h"
#include "tests/support/rpc_fixture.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { STREAMS_MAX = 10, WINDOW = 8, MANY = 100000 };

static struct rpc_fixture fixture;
static struct rpc_seen seen;

static void setup(void)
{
	rpc_library_start(NULL);
	rpc_fixture_start(&fixture, NULL, 0, STREAMS_MAX);
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_library_stop();
}

static struct rpc_client_stream *open_with(const char *method, const char *text,
                                           struct rpc_seen *into)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, method, into);

	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, text));
	rpc_client_stream_half_close(stream);
	return stream;
}

START_TEST(a_server_stream_sends_all_messages_and_the_end) /* loop test: how many */
{
	static const char *const counts[] = { "0", "1", "63", "64", "65", "1000", "100000" };

	(void)open_with("Count", counts[_i], &seen);
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_OK);
	ck_assert_uint_eq(seen.messages, strtoull(counts[_i], NULL, 10));
	ck_assert_str_eq(seen.last, seen.messages == 0 ? "" : "0");
}
END_TEST

START_TEST(a_request_that_does_not_parse_ends_a_server_stream)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Count", &seen);

	rpc_client_stream_send(stream, bytes_of("\x0a\x7f", 2));
	rpc_client_stream_half_close(stream);
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(a_server_stream_without_a_request_is_invalid)
{
	rpc_client_stream_half_close(rpc_fixture_open(&fixture, "Count", &seen));
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(published_news_reaches_every_subscriber)
{
	struct rpc_seen all[STREAMS_MAX];
	struct rpc_client_stream *streams[STREAMS_MAX];

	for (size_t i = 0; i < STREAMS_MAX; i++) {
		streams[i] = open_with("News", "", &all[i]);
	}
	for (size_t i = 0; i < STREAMS_MAX; i++) {
		rpc_fixture_poll(&fixture, &all[i], 1);
	}
	echo_publish(fixture.echo);
	echo_publish(fixture.echo);
	for (size_t i = 0; i < STREAMS_MAX; i++) {
		rpc_fixture_poll(&fixture, &all[i], 3);
		ck_assert_str_eq(all[i].last, "news");
		rpc_client_stream_cancel(streams[i]);
		rpc_fixture_finish(&fixture, &all[i]);
		ck_assert_int_eq(all[i].code, CODE_CANCELLED);
	}
}
END_TEST

START_TEST(a_chat_echoes_in_order_and_ends_with_the_client)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Chat", &seen);
	size_t sent = 0;
	char text[16];

	while (sent < MANY) {
		while (sent < MANY && rpc_client_stream_room(stream) > 0) {
			(void)snprintf(text, sizeof(text), "%zu", ++sent);
			rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, text));
		}
		arena_reset(&fixture.arena);
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
		if (seen.messages > 0) {
			ck_assert_uint_eq(strtoull(seen.last, NULL, 10), seen.messages);
		}
	}
	rpc_client_stream_half_close(stream);
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_OK);
	ck_assert_uint_eq(seen.messages, MANY);
}
END_TEST

START_TEST(a_message_that_fails_ends_the_chat_after_the_answers_before_it)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Chat", &seen);

	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "one"));
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "two"));
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "fail"));
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "never"));
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_OUT_OF_RANGE);
	ck_assert_uint_eq(seen.messages, 2);
	ck_assert_str_eq(seen.last, "two");
}
END_TEST

START_TEST(a_message_that_does_not_parse_ends_the_chat)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Chat", &seen);

	rpc_client_stream_send(stream, bytes_of("\x0a\x7f", 2));
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_INVALID_ARGUMENT);
}
END_TEST

START_TEST(no_more_than_the_window_is_taken_until_it_is_consumed)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Hold", &seen);

	for (int i = 0; i < 2 * WINDOW; i++) {
		rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "x"));
	}
	rpc_client_stream_half_close(stream);
	/* The client has to be driven until all is with the server, or waits there. */
	while (echo_held(fixture.echo) < WINDOW) {
		(void)rpc_client_poll(fixture.client, 10);
	}
	(void)rpc_client_poll(fixture.client, 100);
	ck_assert_uint_eq(echo_held(fixture.echo), WINDOW);
	ck_assert(!seen.is_done);

	echo_wait_parked(fixture.echo, 1);
	echo_release(fixture.echo);
	while (echo_held(fixture.echo) < 2 * WINDOW) {
		(void)rpc_client_poll(fixture.client, 10);
	}
	rpc_client_stream_cancel(stream);
	rpc_fixture_finish(&fixture, &seen);
}
END_TEST

START_TEST(a_held_stream_outlives_its_client_and_is_freed_once)
{
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Hold", &seen);
	struct rpc_server_stats stats;

	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "x"));
	echo_wait_held(fixture.echo, 1);
	rpc_client_stream_cancel(stream);
	rpc_fixture_finish(&fixture, &seen);
	ck_assert_int_eq(seen.code, CODE_CANCELLED);
	ck_assert_uint_eq(echo_states_freed(fixture.echo), 0);
	rpc_server_stats(&stats, fixture.server);
	ck_assert_uint_eq(stats.streams, 1);

	echo_release(fixture.echo);
	rpc_client_free(fixture.client);
	fixture.client = NULL;
	rpc_server_stop(fixture.server, FIXTURE_DEADLINE_MS);
	fixture.server = NULL;
	ck_assert_uint_eq(echo_states_freed(fixture.echo), 1);
}
END_TEST

START_TEST(streams_over_the_limit_are_refused)
{
	static struct rpc_seen all[STREAMS_MAX + 1]; /* outlives the test: still open then */

	for (size_t i = 0; i < STREAMS_MAX; i++) {
		(void)open_with("News", "", &all[i]);
		rpc_fixture_poll(&fixture, &all[i], 1);
	}
	(void)open_with("News", "", &all[STREAMS_MAX]);
	rpc_fixture_finish(&fixture, &all[STREAMS_MAX]);
	ck_assert_int_eq(all[STREAMS_MAX].code, CODE_RESOURCE_EXHAUSTED);
	ck_assert_uint_eq(all[STREAMS_MAX].messages, 0);
}
END_TEST

START_TEST(a_stop_ends_streams_with_unavailable)
{
	struct rpc_seen news;
	struct rpc_seen chat;
	struct rpc_seen hold;

	(void)open_with("News", "", &news);
	rpc_fixture_poll(&fixture, &news, 1);
	struct rpc_client_stream *stream = rpc_fixture_open(&fixture, "Chat", &chat);
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "hello"));
	rpc_fixture_poll(&fixture, &chat, 1);
	stream = rpc_fixture_open(&fixture, "Hold", &hold);
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "x"));
	echo_wait_held(fixture.echo, 1);
	echo_release(fixture.echo);

	rpc_server_stop(fixture.server, FIXTURE_DEADLINE_MS);
	fixture.server = NULL;
	rpc_fixture_finish(&fixture, &news);
	rpc_fixture_finish(&fixture, &chat);
	rpc_fixture_finish(&fixture, &hold);
	ck_assert_int_eq(news.code, CODE_UNAVAILABLE);
	ck_assert_int_eq(chat.code, CODE_UNAVAILABLE);
	ck_assert_int_eq(hold.code, CODE_UNAVAILABLE);
	ck_assert_str_eq(chat.last, "hello");
	ck_assert_uint_eq(echo_states_freed(fixture.echo), 3);
}
END_TEST

/* Drives the fixture's own client with short streams, and nothing else. */
static void drive_others(void)
{
	for (int i = 0; i < 20; i++) {
		struct rpc_seen driven;

		(void)open_with("Count", "1000", &driven);
		rpc_fixture_finish(&fixture, &driven);
	}
}

START_TEST(a_client_that_reads_nothing_is_sent_no_more_than_the_windows_of_http2)
{
	enum { ASKED = 100000000, DRIVEN = 20000 };
	struct rpc_server_stats stats;
	struct rpc_fixture idle = { .server = fixture.server };
	struct rpc_client_options options = { .target = fixture.target };

	arena_init(&idle.arena, ECHO_TEXT_MAX);
	ck_assert_int_eq(rpc_client_new(&idle.client, NULL, &options), STATUS_OK);
	struct rpc_client_stream *stream = rpc_fixture_open(&idle, "Count", &seen);
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, "100000000"));
	rpc_client_stream_half_close(stream);
	rpc_fixture_poll(&idle, &seen, 1);
	drive_others();
	rpc_server_stats(&stats, fixture.server);
	ck_assert_uint_lt(stats.counters[RPC_COUNTER_MESSAGES_OUT], ASKED / 10);
	ck_assert_uint_ge(stats.counters[RPC_COUNTER_MESSAGES_OUT], DRIVEN);
	rpc_client_free(idle.client);
	arena_fini(&idle.arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rpc_stream");
	TCase *tcase = tcase_create("rpc_stream");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_server_stream_sends_all_messages_and_the_end, 0, 7);
	tcase_add_test(tcase, a_request_that_does_not_parse_ends_a_server_stream);
	tcase_add_test(tcase, a_server_stream_without_a_request_is_invalid);
	tcase_add_test(tcase, published_news_reaches_every_subscriber);
	tcase_add_test(tcase, a_chat_echoes_in_order_and_ends_with_the_client);
	tcase_add_test(tcase, a_message_that_fails_ends_the_chat_after_the_answers_before_it);
	tcase_add_test(tcase, a_message_that_does_not_parse_ends_the_chat);
	tcase_add_test(tcase, no_more_than_the_window_is_taken_until_it_is_consumed);
	tcase_add_test(tcase, a_held_stream_outlives_its_client_and_is_freed_once);
	tcase_add_test(tcase, streams_over_the_limit_are_refused);
	tcase_add_test(tcase, a_stop_ends_streams_with_unavailable);
	tcase_add_test(tcase,
	               a_client_that_reads_nothing_is_sent_no_more_than_the_windows_of_http2);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
