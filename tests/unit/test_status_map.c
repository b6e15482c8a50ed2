/* Goal: every status has one code and a sentence, and an error survives the way to a client.
 * Method: the table row by row; pack and unpack; details that are too many, too long or damaged. */
#include "api/status_map.h"
#include "google/rpc/status.pb-c.h"
#include "ledger/base/text.h"

#include <check.h>
#include <stdlib.h>

enum { ARENA_MAX = 8 * 1024 * 1024, MANY = 100 };

static struct arena arena;
static struct detail detail;
static struct detail told;
static struct failure read;

static void setup(void)
{
	arena_init(&arena, ARENA_MAX);
	detail = (struct detail){ "", "" };
}

static void teardown(void)
{
	arena_fini(&arena);
}

static struct bytes pack(const struct failure *failure)
{
	struct bytes packed;

	ck_assert_int_eq(status_map_pack(&packed, &arena, failure), STATUS_OK);
	ck_assert_uint_le(packed.size, STATUS_DETAILS_BYTES_MAX);
	ck_assert_int_eq(status_map_unpack(&read, &told, &arena, packed), STATUS_OK);
	return packed;
}

START_TEST(each_status_has_the_code_of_the_table)
{
	static const enum status_code codes[] = {
		[STATUS_OK] = CODE_OK,
		[STATUS_INVALID] = CODE_INVALID_ARGUMENT,
		[STATUS_REFUSED] = CODE_FAILED_PRECONDITION,
		[STATUS_NOT_FOUND] = CODE_NOT_FOUND,
		[STATUS_EXISTS] = CODE_ALREADY_EXISTS,
		[STATUS_DENIED] = CODE_PERMISSION_DENIED,
		[STATUS_UNSUPPORTED] = CODE_UNIMPLEMENTED,
		[STATUS_OUT_OF_RANGE] = CODE_OUT_OF_RANGE,
		[STATUS_BUSY] = CODE_RESOURCE_EXHAUSTED,
		[STATUS_UNAVAILABLE] = CODE_UNAVAILABLE,
		[STATUS_TIMEOUT] = CODE_DEADLINE_EXCEEDED,
		[STATUS_DISK_FULL] = CODE_RESOURCE_EXHAUSTED,
		[STATUS_IO] = CODE_INTERNAL,
		[STATUS_CORRUPT] = CODE_DATA_LOSS,
		[STATUS_DIVERGED] = CODE_DATA_LOSS,
		[STATUS_NO_MEMORY] = CODE_INTERNAL,
	};

	for (enum status status = STATUS_OK; status <= STATUS_NO_MEMORY; status++) {
		ck_assert_int_eq(status_map_code(status), codes[status]);
	}
}
END_TEST

START_TEST(each_status_comes_back_as_itself_with_a_sentence_in_two_languages)
{
	for (enum status status = STATUS_INVALID; status <= STATUS_NO_MEMORY; status++) {
		struct failure failure = { .status = status };

		(void)pack(&failure);
		ck_assert_int_eq(read.status, status);
		ck_assert_str_eq(read.reason, status_name(status));
		ck_assert_uint_gt(strlen(told.text), 0);
		ck_assert_uint_gt(strlen(read.message_km), 0);
		ck_assert(text_is_valid(bytes_of_string(read.message_km)));
		bool retry = status_class(status) == STATUS_CLASS_RETRY && status != STATUS_TIMEOUT;
		ck_assert_int_eq(read.retry_after_ms > 0, retry);
	}
}
END_TEST

START_TEST(codes_of_other_servers_have_a_status_too)
{
	ck_assert_int_eq(status_map_status(CODE_CANCELLED), STATUS_UNAVAILABLE);
	ck_assert_int_eq(status_map_status(CODE_UNKNOWN), STATUS_IO);
	ck_assert_int_eq(status_map_status(CODE_ABORTED), STATUS_REFUSED);
	ck_assert_int_eq(status_map_status(CODE_UNAUTHENTICATED), STATUS_DENIED);
	ck_assert_int_eq(status_map_status((enum status_code)17), STATUS_IO);
	ck_assert_int_eq(status_map_status((enum status_code) - 1), STATUS_IO);
	ck_assert_str_eq(status_map_code_name(CODE_DATA_LOSS), "DATA_LOSS");
	ck_assert_str_eq(status_map_code_name((enum status_code)17), "UNKNOWN");
	ck_assert_str_eq(status_map_code_name((enum status_code) - 1), "UNKNOWN");
}
END_TEST

START_TEST(a_malformed_request_names_its_field)
{
	struct failure failure = { .status = STATUS_INVALID,
		                   .reason = "DATE_INVALID",
		                   .detail = &detail };

	detail_set(&detail, "content.birth.date", "month 13");
	(void)pack(&failure);
	ck_assert_str_eq(told.path, "content.birth.date");
	ck_assert_str_eq(told.text, "content.birth.date: month 13");
	ck_assert_str_eq(read.reason, "DATE_INVALID");
	ck_assert_uint_eq(read.violations_count, 1);
	ck_assert_str_eq(read.violations[0].subject, "content.birth.date");
	ck_assert_str_eq(read.violations[0].description, "month 13");
}
END_TEST

START_TEST(broken_rules_facts_and_retry_come_back)
{
	static const struct violation violations[] = {
		{ "MARRIAGE_AGE", "spouse1", "is 17" },
		{ "BIGAMY", "spouse2", "is married" },
	};
	struct failure failure = {
		.status = STATUS_REFUSED,
		.reason = "RULES_BROKEN",
		.violations = violations,
		.violations_count = 2,
		.facts = { { "law", "2007-1" }, { "age_required", "18" } },
		.facts_count = 2,
		.retry_after_ms = 1500,
		.message_km = "អាយុមិនគ្រប់",
	};

	(void)pack(&failure);
	ck_assert_uint_eq(read.violations_count, 2);
	ck_assert_str_eq(read.violations[1].type, "BIGAMY");
	ck_assert_str_eq(read.violations[1].subject, "spouse2");
	ck_assert_uint_eq(read.facts_count, 2);
	ck_assert_str_eq(read.facts[1].name, "age_required");
	ck_assert_str_eq(read.facts[1].value, "18");
	ck_assert_uint_eq(read.retry_after_ms, 1500);
	ck_assert_str_eq(read.message_km, "អាយុមិនគ្រប់");
	ck_assert_str_eq(told.text,
	                 "rules of the register are broken: MARRIAGE_AGE spouse1: is 17; "
	                 "BIGAMY spouse2: is married");
}
END_TEST

START_TEST(violations_that_do_not_fit_are_counted)
{
	struct violation violations[MANY];
	char description[200];
	struct failure failure = {
		.status = STATUS_REFUSED,
		.violations = violations,
		.violations_count = MANY,
	};

	memset(description, 'x', sizeof(description));
	description[sizeof(description) - 1] = '\0';
	for (size_t i = 0; i < MANY; i++) {
		violations[i] = (struct violation){ "RULE", "subject", description };
	}
	(void)pack(&failure);
	ck_assert_uint_gt(read.violations_count, 5);
	ck_assert_uint_eq(read.facts_count, 1);
	ck_assert_str_eq(read.facts[0].name, "violations_omitted");
	ck_assert_uint_eq(strtoull(read.facts[0].value, NULL, 10), MANY - read.violations_count);
}
END_TEST

START_TEST(a_long_message_is_cut_between_characters) /* loop test: bytes before the cut */
{
	char message[STATUS_MESSAGE_BYTES_MAX];
	struct violation violation = { "RULE", "x", "" };
	char description[STATUS_MESSAGE_BYTES_MAX + 16] = "";
	struct failure failure = {
		.status = STATUS_REFUSED,
		.violations = &violation,
		.violations_count = 1,
	};

	for (int i = 0; i < _i; i++) {
		description[i] = 'x';
	}
	for (int i = _i; i + 3 < STATUS_MESSAGE_BYTES_MAX; i += 3) {
		memcpy(&description[i], "ក", 4);
	}
	violation.description = description;
	status_map_message(message, &failure);
	ck_assert(text_is_valid(bytes_of_string(message)));
	ck_assert_uint_ge(strlen(message), STATUS_MESSAGE_BYTES_MAX - 4);
}
END_TEST

START_TEST(a_full_arena_is_no_memory) /* loop test: its size */
{
	struct failure failure = { .status = STATUS_BUSY };
	struct arena small;
	struct bytes packed;

	arena_init(&small, (size_t)_i * 64);
	ck_assert_int_eq(status_map_pack(&packed, &small, &failure), STATUS_NO_MEMORY);
	arena_fini(&small);
}
END_TEST

START_TEST(damaged_details_are_refused_and_change_nothing)
{
	struct failure failure = { .status = STATUS_BUSY };
	struct bytes packed = pack(&failure);
	uint8_t *damaged = arena_copy(&arena, packed);

	ck_assert_ptr_nonnull(damaged);
	read.reason = "untouched";
	ck_assert_int_eq(
	        status_map_unpack(&read, &told, &arena, bytes_of(damaged, packed.size - 1)),
	        STATUS_INVALID);
	ck_assert_int_eq(status_map_unpack(&read, &told, &arena, bytes_of("\xff", 1)),
	                 STATUS_INVALID);
	ck_assert_str_eq(read.reason, "untouched");
}
END_TEST

START_TEST(a_detail_that_does_not_parse_is_refused_and_an_unknown_one_passed_over)
{
	Google__Rpc__Status status;
	Google__Protobuf__Any any;
	Google__Protobuf__Any *details[] = { &any };
	uint8_t packed[256];

	google__rpc__status__init(&status);
	google__protobuf__any__init(&any);
	status.code = CODE_NOT_FOUND;
	status.n_details = 1;
	status.details = details;
	any.type_url = (char *)(uintptr_t) "type.googleapis.com/google.rpc.ErrorInfo";
	any.value.data = (uint8_t *)(uintptr_t) "\xff";
	any.value.len = 1;
	size_t size = google__rpc__status__pack(&status, packed);
	ck_assert_int_eq(status_map_unpack(&read, &told, &arena, bytes_of(packed, size)),
	                 STATUS_INVALID);
	any.type_url = (char *)(uintptr_t) "type.googleapis.com/google.rpc.DebugInfo";
	size = google__rpc__status__pack(&status, packed);
	ck_assert_int_eq(status_map_unpack(&read, &told, &arena, bytes_of(packed, size)),
	                 STATUS_OK);
	ck_assert_int_eq(read.status, STATUS_NOT_FOUND);
	ck_assert_ptr_null(read.reason);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("status_map");
	TCase *tcase = tcase_create("status_map");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, each_status_has_the_code_of_the_table);
	tcase_add_test(tcase, each_status_comes_back_as_itself_with_a_sentence_in_two_languages);
	tcase_add_test(tcase, codes_of_other_servers_have_a_status_too);
	tcase_add_test(tcase, a_malformed_request_names_its_field);
	tcase_add_test(tcase, broken_rules_facts_and_retry_come_back);
	tcase_add_test(tcase, violations_that_do_not_fit_are_counted);
	tcase_add_loop_test(tcase, a_long_message_is_cut_between_characters, 0, 6);
	tcase_add_loop_test(tcase, a_full_arena_is_no_memory, 0, 8);
	tcase_add_test(tcase, damaged_details_are_refused_and_change_nothing);
	tcase_add_test(tcase,
	               a_detail_that_does_not_parse_is_refused_and_an_unknown_one_passed_over);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
