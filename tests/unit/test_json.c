/* Goal: a message and its JSON mean the same, and text that is not of the type is refused with the
 * place of the mistake.
 * Method: texts written by hand in both spellings, every sort of near miss, round trips of samples
 * of every kind. Python's json_format judges the same in tests/interop/json_check.py. */
#include "api/json.h"
#include "ledger/event/message.h"
#include "tests/support/sample.h"

#include "civil/v1/draft.pb-c.h"
#include "civil/v1/node_service.pb-c.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static struct buf text;
static struct detail detail;

static void setup(void)
{
	arena_init(&arena, 16 * 1024 * 1024);
	buf_init(&text, 1024 * 1024);
	detail = (struct detail){ "", "" };
}

static void teardown(void)
{
	buf_fini(&text);
	arena_fini(&arena);
}

static enum status read(ProtobufCMessage **out, const char *json)
{
	return json_read_message(out, &civil__v1__event_draft__descriptor, bytes_of_string(json),
	                         "event", &arena, &detail);
}

static const Civil__V1__EventHeader *read_header(const char *json)
{
	ProtobufCMessage *message;

	ck_assert_msg(read(&message, json) == STATUS_OK, "%s: %s %s", json, detail.path,
	              detail.text);
	return ((Civil__V1__EventDraft *)message)->header;
}

START_TEST(both_spellings_of_a_name_are_read) /* loop test, 0 .. 1 */
{
	static const char *const texts[] = { "{\"header\":{\"officeId\":\"x1\"}}",
		                             "{\"header\":{\"office_id\":\"x1\"}}" };

	ck_assert_str_eq(read_header(texts[_i])->office_id, "x1");
}
END_TEST

START_TEST(long_integers_are_read_as_strings_and_as_numbers) /* loop test, 0 .. 1 */
{
	static const char *const texts[] = { "{\"header\":{\"signedAtMs\":\"-9007199254740993\"}}",
		                             "{\"header\":{\"signedAtMs\":-9007199254740993}}" };

	ck_assert_int_eq(read_header(texts[_i])->signed_at_ms, INT64_C(-9007199254740993));
}
END_TEST

START_TEST(enums_are_read_by_name_and_by_number) /* loop test, 0 .. 1 */
{
	static const char *const texts[] = { "{\"header\":{\"step\":\"EVENT_STEP_VERIFIED\"}}",
		                             "{\"header\":{\"step\":3}}" };

	ck_assert_int_eq((int)read_header(texts[_i])->step, 3);
}
END_TEST

START_TEST(bytes_are_read_in_both_alphabets_with_or_without_padding) /* loop test, 0 .. 3 */
{
	static const char *const texts[] = { "{\"header\":{\"caseId\":\"+/+/AA==\"}}",
		                             "{\"header\":{\"caseId\":\"-_-_AA==\"}}",
		                             "{\"header\":{\"caseId\":\"+/+/AA\"}}",
		                             "{\"header\":{\"caseId\":\"-_-_AA\"}}" };
	static const uint8_t expected[] = { 0xfb, 0xff, 0xbf, 0x00 };
	const Civil__V1__EventHeader *header = read_header(texts[_i]);

	ck_assert_uint_eq(header->case_id.len, sizeof(expected));
	ck_assert_mem_eq(header->case_id.data, expected, sizeof(expected));
}
END_TEST

START_TEST(null_is_absent)
{
	const Civil__V1__EventHeader *header =
	        read_header("{\"header\":{\"officeId\":null,\"subjects\":null},\"content\":null}");

	ck_assert_str_eq(header->office_id, "");
	ck_assert_uint_eq(header->n_subjects, 0);
}
END_TEST

START_TEST(what_does_not_fit_is_refused_with_its_path) /* loop test */
{
	static const struct {
		const char *json;
		const char *path;
	} wrong[] = {
		{ "", "event" },
		{ "[]", "event" },
		{ "{\"header\":{}} x", "event" },
		{ "{\"nothing\":1}", "event.nothing" },
		{ "{\"header\":[]}", "event.header" },
		{ "{\"header\":{\"version\":-1}}", "event.header.version" },
		{ "{\"header\":{\"version\":4294967296}}", "event.header.version" },
		{ "{\"header\":{\"version\":1.5}}", "event.header.version" },
		{ "{\"header\":{\"version\":\" 1\"}}", "event.header.version" },
		{ "{\"header\":{\"version\":\"+1\"}}", "event.header.version" },
		{ "{\"header\":{\"version\":\"\"}}", "event.header.version" },
		{ "{\"header\":{\"signedAtMs\":\"9223372036854775808\"}}",
		  "event.header.signed_at_ms" },
		{ "{\"header\":{\"signedAtMs\":\"99999999999999999999\"}}",
		  "event.header.signed_at_ms" },
		{ "{\"header\":{\"step\":\"VERIFIED\"}}", "event.header.step" },
		{ "{\"header\":{\"step\":true}}", "event.header.step" },
		{ "{\"header\":{\"officeId\":1}}", "event.header.office_id" },
		{ "{\"header\":{\"caseId\":1}}", "event.header.case_id" },
		{ "{\"header\":{\"caseId\":\"A\"}}", "event.header.case_id" },
		{ "{\"header\":{\"caseId\":\"AB!=\"}}", "event.header.case_id" },
		{ "{\"header\":{\"subjects\":{}}}", "event.header.subjects" },
		{ "{\"header\":{\"subjects\":[{},{\"role\":\"MOTHER\"}]}}",
		  "event.header.subjects[1].role" },
		{ "{\"header\":{\"references\":[null]}}", "event.header.references[0]" },
		{ "{\"header\":{\"officeId\":\"a\",\"office_id\":\"b\"}}",
		  "event.header.office_id" },
		{ "{\"content\":{\"birth\":{},\"death\":{}}}", "event.content.death" },
		{ "{\"content\":{\"birth\":{\"foundling\":1}}}", "event.content.birth.foundling" },
	};
	ProtobufCMessage *message = NULL;

	ck_assert_int_eq(_i < (int)(sizeof(wrong) / sizeof(wrong[0])), 1);
	ck_assert_int_eq(read(&message, wrong[_i].json), STATUS_INVALID);
	ck_assert_str_eq(detail.path, wrong[_i].path);
	ck_assert_ptr_null(message);
}
END_TEST

START_TEST(a_key_that_comes_twice_is_refused)
{
	ProtobufCMessage *message;

	ck_assert_int_eq(read(&message, "{\"header\":{},\"header\":{}}"), STATUS_INVALID);
}
END_TEST

START_TEST(text_that_is_too_long_is_refused_unread)
{
	ProtobufCMessage *message;
	static char long_text[JSON_TEXT_BYTES_MAX + 2];

	memset(long_text, ' ', sizeof(long_text) - 1);
	ck_assert_int_eq(read(&message, long_text), STATUS_INVALID);
}
END_TEST

START_TEST(a_message_that_does_not_fit_the_arena_is_no_memory)
{
	ProtobufCMessage *message;
	struct arena small;

	arena_init(&small, 16);
	ck_assert_int_eq(json_read_message(&message, &civil__v1__event_draft__descriptor,
	                                   bytes_of_string("{\"header\":{}}"), "event", &small,
	                                   &detail),
	                 STATUS_NO_MEMORY);
	arena_fini(&small);
}
END_TEST

START_TEST(samples_of_every_kind_come_back) /* loop test, 0 .. KINDS - 1 */
{
	Civil__V1__EventDraft draft;
	ProtobufCMessage *back;

	civil__v1__event_draft__init(&draft);
	draft.content = sample_content((enum kind_id)_i, true, &arena);
	draft.header = sample_header((enum kind_id)_i, draft.content, &arena);
	for (int layout = JSON_COMPACT; layout <= JSON_INDENTED; layout++) {
		buf_reset(&text);
		json_write_message(&text, &draft.base, (enum json_layout)layout);
		buf_append_u8(&text, '\0');
		ck_assert_int_eq(buf_status(&text), STATUS_OK);
		ck_assert_int_eq(read(&back, (const char *)text.data), STATUS_OK);
		ck_assert(message_equal(&draft.base, back));
	}
}
END_TEST

static void ck_assert_written(const char *expected, const char *name)
{
	Civil__V1__Limit limit;

	civil__v1__limit__init(&limit);
	limit.name = arena_string(&arena, name);
	limit.value = UINT64_MAX;
	buf_reset(&text);
	json_write_message(&text, &limit.base, JSON_COMPACT);
	buf_append_u8(&text, '\0');
	ck_assert_str_eq((const char *)text.data, expected);
}

START_TEST(written_text_cannot_steer_a_terminal)
{
	ck_assert_written("{\"name\":\"a\\u001b[1m\\u202e\\n\\\"\\\\\",\"value\":"
	                  "\"18446744073709551615\"}",
	                  "a\033[1m\xe2\x80\xae\n\"\\");
	ck_assert_written("{\"name\":\"\\ufffd.\",\"value\":\"18446744073709551615\"}", "\xff.");
}
END_TEST

START_TEST(names_are_those_of_protoc)
{
	char name[JSON_NAME_MAX];
	const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(
	        &civil__v1__event_header__descriptor, "signed_at_ms");

	json_name(name, field);
	ck_assert_str_eq(name, "signedAtMs");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json");
	TCase *tcase = tcase_create("json");
	SRunner *runner = srunner_create(suite);

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, both_spellings_of_a_name_are_read, 0, 2);
	tcase_add_loop_test(tcase, long_integers_are_read_as_strings_and_as_numbers, 0, 2);
	tcase_add_loop_test(tcase, enums_are_read_by_name_and_by_number, 0, 2);
	tcase_add_loop_test(tcase, bytes_are_read_in_both_alphabets_with_or_without_padding, 0, 4);
	tcase_add_test(tcase, null_is_absent);
	tcase_add_loop_test(tcase, what_does_not_fit_is_refused_with_its_path, 0, 25);
	tcase_add_test(tcase, a_key_that_comes_twice_is_refused);
	tcase_add_test(tcase, text_that_is_too_long_is_refused_unread);
	tcase_add_test(tcase, a_message_that_does_not_fit_the_arena_is_no_memory);
	tcase_add_loop_test(tcase, samples_of_every_kind_come_back, 0, KINDS);
	tcase_add_test(tcase, written_text_cannot_steer_a_terminal);
	tcase_add_test(tcase, names_are_those_of_protoc);
	suite_add_tcase(suite, tcase);
	srunner_run_all(runner, CK_ENV);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
