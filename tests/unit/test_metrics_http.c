/* Goal: the figures are served to this machine alone, and nothing else is.
 * Method: requests written by hand to a port that the system chose. */
#include "node/metrics_http.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANSWER_MAX = 4096 };

static struct metrics_http *http;
static struct detail detail;
static char answer[ANSWER_MAX];
static bool is_healthy;

static void write_figures(void *context, struct buf *out)
{
	(void)context;
	buf_printf(out, "civil_records %d\n", 42);
}

static bool healthy(void *context)
{
	return *(const bool *)context;
}

static const struct metrics_source source = { .write = write_figures,
	                                      .healthy = healthy,
	                                      .context = &is_healthy };

static void setup(void)
{
	is_healthy = true;
	ck_assert_int_eq(metrics_http_start(&http, "127.0.0.1:0", &source, &detail), STATUS_OK);
	ck_assert_uint_ne(metrics_http_port(http), 0);
}

static void teardown(void)
{
	metrics_http_stop(http);
}

/* Sends one request; the answer is in `answer`. */
static void ask(const char *method, const char *path)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		                             .sin_port = htons(metrics_http_port(http)),
		                             .sin_addr = { htonl(INADDR_LOOPBACK) } };
	char request[256];
	size_t used = 0;
	ssize_t got;
	int length =
	        snprintf(request, sizeof(request),
	                 "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", method, path);
	int peer = socket(AF_INET, SOCK_STREAM, 0);

	ck_assert_int_eq(connect(peer, (const struct sockaddr *)&address, sizeof(address)), 0);
	ck_assert_int_eq(write(peer, request, (size_t)length), length);
	while ((got = read(peer, answer + used, sizeof(answer) - 1 - used)) > 0) {
		used += (size_t)got;
	}
	answer[used] = '\0';
	ck_assert_int_eq(close(peer), 0);
}

static void ck_assert_code(const char *code)
{
	ck_assert_msg(strncmp(answer, "HTTP/1.1 ", 9) == 0 && strncmp(answer + 9, code, 3) == 0,
	              "%s", answer);
}

START_TEST(figures_are_served_in_prometheus_format)
{
	ask("GET", "/metrics");
	ck_assert_code("200");
	ck_assert_ptr_nonnull(strstr(answer, "text/plain; version=0.0.4"));
	ck_assert_ptr_nonnull(strstr(answer, "\r\n\r\ncivil_records 42\n"));
}
END_TEST

START_TEST(health_is_what_the_node_says)
{
	ask("GET", "/healthz");
	ck_assert_code("200");
	is_healthy = false;
	ask("GET", "/healthz");
	ck_assert_code("503");
}
END_TEST

START_TEST(other_paths_are_not_found) /* loop 4 */
{
	static const char *const paths[] = { "/", "/metrics/", "/Metrics", "/../etc/passwd" };

	ask("GET", paths[_i]);
	ck_assert_code("404");
}
END_TEST

START_TEST(other_methods_are_not_allowed) /* loop 4 */
{
	static const char *const methods[] = { "POST", "PUT", "DELETE", "OPTIONS" };

	ask(methods[_i], "/metrics");
	ck_assert_code("405");
	ck_assert_ptr_null(strstr(answer, "civil_records"));
}
END_TEST

START_TEST(only_loopback_addresses_are_taken) /* loop 9 */
{
	static const char *const bad[] = { "0.0.0.0:0",   "10.0.0.1:0",      "128.0.0.1:0",
		                           "localhost:0", "127.0.0.1",       "127.0.0.1:",
		                           "[::1]:0",     "127.0.0.1:65536", "127.0.0.1:1 " };
	struct metrics_http *other = NULL;

	ck_assert_int_eq(metrics_http_start(&other, bad[_i], &source, &detail), STATUS_INVALID);
	ck_assert_ptr_null(other);
	ck_assert_str_eq(detail.path, "metrics.listen");
}
END_TEST

START_TEST(a_port_that_is_taken_is_an_error)
{
	struct metrics_http *other = NULL;
	char address[32];

	(void)snprintf(address, sizeof(address), "127.0.0.1:%u", metrics_http_port(http));
	ck_assert_int_eq(metrics_http_start(&other, address, &source, &detail), STATUS_IO);
	ck_assert_ptr_null(other);
	metrics_http_stop(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("metrics_http");
	TCase *tcase = tcase_create("metrics_http");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, figures_are_served_in_prometheus_format);
	tcase_add_test(tcase, health_is_what_the_node_says);
	tcase_add_loop_test(tcase, other_paths_are_not_found, 0, 4);
	tcase_add_loop_test(tcase, other_methods_are_not_allowed, 0, 4);
	tcase_add_loop_test(tcase, only_loopback_addresses_are_taken, 0, 9);
	tcase_add_test(tcase, a_port_that_is_taken_is_an_error);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
