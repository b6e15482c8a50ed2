/* Goal: reflection answers every question of its protocol, with all files that an answer needs.
 * Method: the embedded set is read and looked into directly; then the service is asked through a
 * stream under both of its names. */
#include "api/reflection.h"

#include "api/descriptors.h"
#include "api/rpc_client.h"
#include "api/rpc_library.h"
#include "api/rpc_server.h"
#include "grpc/reflection/v1/reflection.pb-c.h"

#include <check.h>
#include <stdio.h>

typedef Grpc__Reflection__V1__ServerReflectionRequest Request;
typedef Grpc__Reflection__V1__ServerReflectionResponse Response;

#define ASKS(what)    GRPC__REFLECTION__V1__SERVER_REFLECTION_REQUEST__MESSAGE_REQUEST_##what
#define ANSWERS(what) GRPC__REFLECTION__V1__SERVER_REFLECTION_RESPONSE__MESSAGE_RESPONSE_##what

enum { WAIT_MS = 60000, ASKED_BYTES_MAX = 8192 };

static struct descriptors descriptors;
static struct reflection *reflection;
static struct rpc_server *server;
static struct rpc_client *client;
static Response *answer; /* of the last question */
static bool is_done;
static const struct service asked_service = { .name = "civil.v1.QueryService" };
static const char *path;

static void setup_set(void)
{
	ck_assert_int_eq(descriptors_init(&descriptors, descriptors_embedded()), STATUS_OK);
}

static void teardown_set(void)
{
	descriptors_fini(&descriptors);
}

START_TEST(the_embedded_set_has_every_service_and_message)
{
	static const struct {
		const char *name;
		enum descriptor_kind kind;
		const char *file;
	} known[] = {
		{ "civil.v1.QueryService", DESCRIPTOR_SERVICE, "civil/v1/query_service.proto" },
		{ "civil.v1.QueryService.GetPerson", DESCRIPTOR_METHOD,
		  "civil/v1/query_service.proto" },
		{ "civil.v1.SignedEvent", DESCRIPTOR_MESSAGE, "civil/v1/event.proto" },
		{ "civil.v1.RuleOutcome", DESCRIPTOR_ENUM, "civil/v1/receipt.proto" },
		{ "google.rpc.BadRequest.FieldViolation", DESCRIPTOR_MESSAGE,
		  "google/rpc/error_details.proto" },
		{ "grpc.health.v1.HealthCheckResponse.ServingStatus", DESCRIPTOR_ENUM,
		  "grpc/health/v1/health.proto" },
		{ "grpc.reflection.v1alpha.ServerReflection", DESCRIPTOR_SERVICE,
		  "grpc/reflection/v1alpha/reflection.proto" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct descriptor_symbol *symbol =
		        descriptors_symbol(&descriptors, known[i].name);

		ck_assert_msg(symbol != NULL, "%s", known[i].name);
		ck_assert_int_eq(symbol->kind, known[i].kind);
		ck_assert_str_eq(descriptors.files[symbol->file].name, known[i].file);
	}
	ck_assert_ptr_null(descriptors_symbol(&descriptors, "civil.v1"));
	ck_assert_ptr_null(descriptors_symbol(&descriptors, ""));
	ck_assert_ptr_null(descriptors_file(&descriptors, "civil/v1/missing.proto"));
}
END_TEST

START_TEST(a_closure_has_every_import_once_and_the_file_first)
{
	const struct descriptor_file *files[DESCRIPTOR_FILES_MAX];

	for (size_t i = 0; i < descriptors.files_count; i++) {
		size_t count = descriptors_closure(files, &descriptors, &descriptors.files[i]);

		ck_assert_ptr_eq(files[0], &descriptors.files[i]);
		for (size_t j = 0; j < count; j++) {
			for (size_t k = j + 1; k < count; k++) {
				ck_assert_ptr_ne(files[j], files[k]);
			}
			for (size_t k = 0; k < files[j]->imports_count; k++) {
				size_t found = 0;

				for (size_t l = 0; l < count; l++) {
					found += strcmp(files[l]->name, files[j]->imports[k]) == 0;
				}
				ck_assert_uint_eq(found, 1);
			}
		}
	}
}
END_TEST

static void setup_server(void)
{
	static const struct service *const listed[] = { &asked_service };
	const struct service *services[REFLECTION_VERSIONS];
	struct rpc_server_options options = { .address = "127.0.0.1:0",
		                              .services = services,
		                              .services_count = REFLECTION_VERSIONS };
	struct rpc_client_options client_options = { 0 };
	char target[64];

	rpc_library_start(NULL);
	ck_assert_int_eq(reflection_new(&reflection, listed, 1), STATUS_OK);
	services[0] = reflection_service(reflection, 0);
	services[1] = reflection_service(reflection, 1);
	ck_assert_int_eq(rpc_server_start(&server, NULL, &options), STATUS_OK);
	(void)snprintf(target, sizeof(target), "127.0.0.1:%u", rpc_server_port(server));
	client_options.target = target;
	ck_assert_int_eq(rpc_client_new(&client, NULL, &client_options), STATUS_OK);
	path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
}

static void answer_forget(void)
{
	if (answer != NULL) {
		grpc__reflection__v1__server_reflection_response__free_unpacked(answer, NULL);
		answer = NULL;
	}
}

static void teardown_server(void)
{
	answer_forget();
	rpc_client_free(client);
	rpc_server_stop(server, WAIT_MS);
	reflection_free(reflection);
	rpc_library_stop();
}

static void on_message(void *state, struct bytes message)
{
	(void)state;
	answer_forget();
	answer = grpc__reflection__v1__server_reflection_response__unpack(NULL, message.size,
	                                                                  message.data);
	ck_assert_ptr_nonnull(answer);
}

static void on_done(void *state, const struct rpc_outcome *outcome, struct bytes response)
{
	(void)state;
	(void)response;
	ck_assert_int_eq(outcome->code, CODE_OK);
	is_done = true;
}

/* Asks one question on a stream of its own, and waits for answer and end. */
static void ask(Request *request)
{
	static const struct rpc_stream_callbacks callbacks = { .message = on_message,
		                                               .done = on_done };
	struct rpc_client_stream *stream =
	        rpc_client_stream_open(client, path, WAIT_MS, &callbacks, NULL);
	uint8_t packed[ASKED_BYTES_MAX];

	ck_assert_ptr_nonnull(stream);
	is_done = false;
	request->host = (char *)(uintptr_t) "host";
	size_t size = grpc__reflection__v1__server_reflection_request__pack(request, packed);
	rpc_client_stream_send(stream, bytes_of(packed, size));
	rpc_client_stream_half_close(stream);
	while (!is_done) {
		(void)rpc_client_poll(client, WAIT_MS);
	}
	ck_assert_ptr_nonnull(answer);
	ck_assert_str_eq(answer->valid_host, "host");
	ck_assert_int_eq(answer->original_request->message_request_case,
	                 request->message_request_case);
}

static void ask_text(int what, const char *text)
{
	Request request;

	grpc__reflection__v1__server_reflection_request__init(&request);
	request.message_request_case = what;
	request.file_by_filename = (char *)(uintptr_t)text; /* all cases share the place */
	ask(&request);
}

START_TEST(services_are_listed_under_both_versions) /* loop test: version */
{
	static const char *const paths[] = {
		"/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
		"/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
	};

	path = paths[_i];
	ask_text(ASKS(LIST_SERVICES), "");
	ck_assert_int_eq(answer->message_response_case, ANSWERS(LIST_SERVICES_RESPONSE));
	ck_assert_uint_eq(answer->list_services_response->n_service, 3);
	ck_assert_str_eq(answer->list_services_response->service[0]->name, "civil.v1.QueryService");
}
END_TEST

START_TEST(a_file_and_a_symbol_come_with_all_imports)
{
	ask_text(ASKS(FILE_BY_FILENAME), "civil/v1/query_service.proto");
	ck_assert_int_eq(answer->message_response_case, ANSWERS(FILE_DESCRIPTOR_RESPONSE));
	size_t files = answer->file_descriptor_response->n_file_descriptor_proto;
	ck_assert_uint_gt(files, 5);
	ask_text(ASKS(FILE_CONTAINING_SYMBOL), "civil.v1.QueryService.GetPerson");
	ck_assert_int_eq(answer->message_response_case, ANSWERS(FILE_DESCRIPTOR_RESPONSE));
	ck_assert_uint_eq(answer->file_descriptor_response->n_file_descriptor_proto, files);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	ask_text(ASKS(FILE_BY_FILENAME), "civil/v1/nothing.proto");
	ck_assert_int_eq(answer->message_response_case, ANSWERS(ERROR_RESPONSE));
	ck_assert_int_eq(answer->error_response->error_code, CODE_NOT_FOUND);
	ask_text(ASKS(FILE_CONTAINING_SYMBOL), "civil.v1.Nothing");
	ck_assert_int_eq(answer->error_response->error_code, CODE_NOT_FOUND);
	ask_text(ASKS(ALL_EXTENSION_NUMBERS_OF_TYPE), "civil.v1.QueryService");
	ck_assert_int_eq(answer->error_response->error_code, CODE_NOT_FOUND);
}
END_TEST

START_TEST(a_message_has_no_extensions)
{
	Grpc__Reflection__V1__ExtensionRequest extension;
	Request request;

	ask_text(ASKS(ALL_EXTENSION_NUMBERS_OF_TYPE), "civil.v1.SignedEvent");
	ck_assert_int_eq(answer->message_response_case, ANSWERS(ALL_EXTENSION_NUMBERS_RESPONSE));
	ck_assert_uint_eq(answer->all_extension_numbers_response->n_extension_number, 0);

	grpc__reflection__v1__server_reflection_request__init(&request);
	grpc__reflection__v1__extension_request__init(&extension);
	extension.extension_number = 1;
	request.message_request_case = ASKS(FILE_CONTAINING_EXTENSION);
	request.file_containing_extension = &extension;
	ask(&request);
	ck_assert_int_eq(answer->error_response->error_code, CODE_NOT_FOUND);
}
END_TEST

START_TEST(a_question_without_a_question_is_invalid)
{
	Request request;

	grpc__reflection__v1__server_reflection_request__init(&request);
	ask(&request);
	ck_assert_int_eq(answer->message_response_case, ANSWERS(ERROR_RESPONSE));
	ck_assert_int_eq(answer->error_response->error_code, CODE_INVALID_ARGUMENT);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reflection");
	TCase *set = tcase_create("descriptors");
	TCase *asked = tcase_create("reflection");

	tcase_add_checked_fixture(set, setup_set, teardown_set);
	tcase_add_test(set, the_embedded_set_has_every_service_and_message);
	tcase_add_test(set, a_closure_has_every_import_once_and_the_file_first);
	tcase_set_timeout(asked, 60);
	tcase_add_checked_fixture(asked, setup_server, teardown_server);
	tcase_add_loop_test(asked, services_are_listed_under_both_versions, 0, 2);
	tcase_add_test(asked, a_file_and_a_symbol_come_with_all_imports);
	tcase_add_test(asked, what_is_not_there_is_not_found);
	tcase_add_test(asked, a_message_has_no_extensions);
	tcase_add_test(asked, a_question_without_a_question_is_invalid);
	suite_add_tcase(suite, set);
	suite_add_tcase(suite, asked);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
