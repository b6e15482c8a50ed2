/* Goal: health answers for the names it knows, and tells watchers of each change once.
 * Method: our client calls Check and Watch by their wire names on a server of the fixture. */
#include "api/rpc_library.h"
#include "grpc/health/v1/health.pb-c.h"
#include "tests/support/rpc_fixture.h"

#include <check.h>

#define SERVING         GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVING
#define NOT_SERVING     GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__NOT_SERVING
#define SERVICE_UNKNOWN GRPC__HEALTH__V1__HEALTH_CHECK_RESPONSE__SERVING_STATUS__SERVICE_UNKNOWN

enum { UNANSWERED = -1 };

/* What a watch has been told. */
struct watch {
	int told;
	size_t messages;
	bool is_done;
};

static struct rpc_fixture fixture;
static struct watch watch;

static void setup(void)
{
	rpc_library_start(NULL);
	rpc_fixture_start(&fixture, NULL, 0, 0);
	watch = (struct watch){ .told = UNANSWERED };
}

static void teardown(void)
{
	rpc_fixture_stop(&fixture);
	rpc_library_stop();
}

/* The state of a name, or UNANSWERED for NOT_FOUND. */
static int check(const char *name)
{
	Grpc__Health__V1__HealthCheckRequest request;
	const ProtobufCMessage *response;
	struct rpc_outcome outcome;
	struct rpc_unary unary = {
		.path = "/grpc.health.v1.Health/Check",
		.response = &grpc__health__v1__health_check_response__descriptor,
		.deadline_ms = FIXTURE_DEADLINE_MS,
	};

	grpc__health__v1__health_check_request__init(&request);
	request.service = (char *)(uintptr_t)name;
	enum status status = rpc_client_unary(fixture.client, &response, &outcome, &fixture.arena,
	                                      &request.base, &unary);
	if (status == STATUS_NOT_FOUND) {
		return UNANSWERED;
	}
	ck_assert_int_eq(status, STATUS_OK);
	return (int)((const Grpc__Health__V1__HealthCheckResponse *)response)->status;
}

static void watch_message(void *state, struct bytes message)
{
	struct watch *seen = state;
	Grpc__Health__V1__HealthCheckResponse *response =
	        grpc__health__v1__health_check_response__unpack(NULL, message.size, message.data);

	ck_assert_ptr_nonnull(response);
	seen->told = (int)response->status;
	seen->messages++;
	grpc__health__v1__health_check_response__free_unpacked(response, NULL);
}

static void watch_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	struct watch *seen = state;

	(void)outcome;
	(void)response;
	seen->is_done = true;
}

static void watch_open(const char *name)
{
	static const struct rpc_stream_callbacks callbacks = {
		.message = watch_message,
		.done = watch_done,
	};
	struct rpc_client_stream *stream = rpc_client_stream_open(
	        fixture.client, "/grpc.health.v1.Health/Watch", 0, &callbacks, &watch);

	ck_assert_ptr_nonnull(stream);
	rpc_client_stream_send(stream, rpc_fixture_pack(&fixture, name));
	rpc_client_stream_half_close(stream);
}

static void watch_wait(size_t messages)
{
	while (watch.messages < messages) {
		ck_assert(!watch.is_done);
		(void)rpc_client_poll(fixture.client, FIXTURE_DEADLINE_MS);
	}
	ck_assert_uint_eq(watch.messages, messages);
}

START_TEST(every_known_name_starts_as_not_serving)
{
	static const char *const names[] = { "", "civil.read", "civil.write", "civil.test.Echo" };

	for (size_t i = 0; i < 4; i++) {
		ck_assert_int_eq(check(names[i]), NOT_SERVING);
		ck_assert(!health_get(fixture.health, names[i]));
	}
}
END_TEST

START_TEST(a_name_is_set_alone_and_all_are_set_together)
{
	health_set(fixture.health, HEALTH_READ, true);
	ck_assert_int_eq(check("civil.read"), SERVING);
	ck_assert_int_eq(check("civil.write"), NOT_SERVING);
	health_set_all(fixture.health, true);
	ck_assert_int_eq(check(""), SERVING);
	ck_assert_int_eq(check("civil.test.Echo"), SERVING);
	health_set(fixture.health, HEALTH_WRITE, false);
	ck_assert_int_eq(check("civil.write"), NOT_SERVING);
	ck_assert(health_get(fixture.health, "civil.read"));
}
END_TEST

START_TEST(an_unknown_name_is_not_found_and_cannot_be_set)
{
	ck_assert_int_eq(check("civil.reads"), UNANSWERED);
	health_set(fixture.health, "civil.reads", true);
	ck_assert_int_eq(check("civil.reads"), UNANSWERED);
	ck_assert(!health_get(fixture.health, "civil.reads"));
}
END_TEST

START_TEST(a_watch_tells_the_state_and_every_change_once)
{
	watch_open(HEALTH_WRITE);
	watch_wait(1);
	ck_assert_int_eq(watch.told, NOT_SERVING);
	health_set(fixture.health, HEALTH_WRITE, true);
	watch_wait(2);
	ck_assert_int_eq(watch.told, SERVING);
	health_set(fixture.health, HEALTH_WRITE, true);
	health_set(fixture.health, HEALTH_READ, true);
	health_set(fixture.health, HEALTH_WRITE, false);
	watch_wait(3);
	ck_assert_int_eq(watch.told, NOT_SERVING);
}
END_TEST

START_TEST(a_watch_of_an_unknown_name_says_so_and_goes_on) /* loop test: short, too long */
{
	static const char *const names[] = {
		"nobody",
		"a name that is longer than any name that the table of the health service can hold",
	};

	watch_open(names[_i]);
	watch_wait(1);
	ck_assert_int_eq(watch.told, SERVICE_UNKNOWN);
	ck_assert(!watch.is_done);
	ck_assert_int_eq(check(""), NOT_SERVING);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("health");
	TCase *tcase = tcase_create("health");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_known_name_starts_as_not_serving);
	tcase_add_test(tcase, a_name_is_set_alone_and_all_are_set_together);
	tcase_add_test(tcase, an_unknown_name_is_not_found_and_cannot_be_set);
	tcase_add_test(tcase, a_watch_tells_the_state_and_every_change_once);
	tcase_add_loop_test(tcase, a_watch_of_an_unknown_name_says_so_and_goes_on, 0, 2);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
