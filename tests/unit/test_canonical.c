/* Goal: what is admitted keeps its limits, and its texts are texts. That it has one encoding is
 * tested in test_canonical_form.c.
 * Method: bytes, elements and memory at their limits and one beyond; texts and enums that a decoder
 * reads and we do not. */
#include "ledger/event/canonical.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "tests/support/sample.h"
#include "tests/support/wire.h"

#include <check.h>
#include <stdlib.h>

enum { FIELDS_MAX = 64 };

static struct arena arena;
static struct detail detail;
static struct buf buf;
static struct bytes header; /* canonical */
static struct bytes birth;  /* canonical content */

static struct bytes packed(const ProtobufCMessage *message)
{
	struct bytes bytes;

	ck_assert_int_eq(canonical_pack(&bytes, message, &arena), STATUS_OK);
	return bytes;
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 256 * 1024 * 1024);
	buf_init(&buf, 1024 * 1024);
	const Civil__V1__Content *content = sample_content(KIND_BIRTH, true, &arena);
	birth = packed(&content->base);
	header = packed(&sample_header(KIND_BIRTH, content, &arena)->base);
}

static void teardown(void)
{
	buf_fini(&buf);
	arena_fini(&arena);
}

static enum status unpack(const ProtobufCMessageDescriptor *descriptor, struct bytes bytes)
{
	const struct canonical_source source = { descriptor, bytes, CONTENT_BYTES_MAX, "whole" };
	ProtobufCMessage *message = NULL;

	detail = (struct detail){ .path = "" };
	return canonical_unpack(&message, &source, &arena, &detail);
}

static void ck_assert_refused(const ProtobufCMessageDescriptor *descriptor)
{
	ck_assert_int_eq(buf_status(&buf), STATUS_OK);
	ck_assert_int_eq(unpack(descriptor, buf_bytes(&buf)), STATUS_INVALID);
	ck_assert_int_eq(strncmp(detail.path, "whole", 5), 0);
	ck_assert_uint_gt(strlen(detail.text), 0);
	buf_reset(&buf);
}

static const struct {
	const char *bytes;
	size_t size;
} bad_texts[] = {
	{ "a\0b", 3 },             /* NUL: the decoder cuts here */
	{ "\xC0\xAF", 2 },         /* long form of '/' */
	{ "\xE0\x80\xAF", 3 },     /* the same in three bytes */
	{ "\xED\xA0\x80", 3 },     /* surrogate */
	{ "\xF4\x90\x80\x80", 4 }, /* above U+10FFFF */
	{ "\xFF", 1 },             /* no UTF-8 */
	{ "\xE1\x9E", 2 },         /* cut short */
	{ "\x80", 1 },             /* continuation alone */
	{ "\x07", 1 },             /* bell */
	{ "\xC2\x85", 2 },         /* next line, C1 */
	{ "a\xE2\x80\xAE"
	  "b",
	  5 }, /* right-to-left override */
};
enum { BAD_TEXTS = sizeof(bad_texts) / sizeof(bad_texts[0]) };

START_TEST(text_that_is_no_text_is_refused) /* loop test */
{
	wire_field_of_bytes(&buf, 3, bytes_of(bad_texts[_i].bytes, bad_texts[_i].size));
	ck_assert_refused(&civil__v1__place__descriptor);
}
END_TEST

START_TEST(khmer_text_and_line_feeds_are_admitted)
{
	wire_field_of_bytes(&buf, 3, bytes_of_string("\xE1\x9E\x80\n\xE1\x9F\x92"));
	ck_assert_int_eq(unpack(&civil__v1__place__descriptor, buf_bytes(&buf)), STATUS_OK);
}
END_TEST

START_TEST(an_unknown_enum_number_is_refused)
{
	wire_field_of_number(&buf, 5, 7); /* steps end at 6 */
	ck_assert_refused(&civil__v1__event_header__descriptor);
	ck_assert_str_eq(detail.path, "whole.step");
	wire_field_of_number(&buf, 5, UINT64_MAX);
	ck_assert_refused(&civil__v1__event_header__descriptor);
	wire_field_of_number(&buf, 5, 6);
	ck_assert_int_eq(unpack(&civil__v1__event_header__descriptor, buf_bytes(&buf)), STATUS_OK);
}
END_TEST

START_TEST(the_limit_of_bytes_is_reached_and_not_passed)
{
	char text[CONTENT_BYTES_MAX];

	memset(text, 'a', sizeof(text));
	wire_field_of_bytes(&buf, 3, bytes_of(text, CONTENT_BYTES_MAX - 4));
	ck_assert_uint_eq(buf.size, CONTENT_BYTES_MAX);
	ck_assert_int_eq(unpack(&civil__v1__place__descriptor, buf_bytes(&buf)), STATUS_OK);
	buf_reset(&buf);
	wire_field_of_bytes(&buf, 3, bytes_of(text, CONTENT_BYTES_MAX - 3));
	ck_assert_refused(&civil__v1__place__descriptor);
}
END_TEST

START_TEST(the_limit_of_elements_is_reached_and_not_passed)
{
	static const struct {
		const ProtobufCMessageDescriptor *descriptor;
		unsigned field;
		unsigned maximum;
	} limits[] = {
		{ &civil__v1__event_header__descriptor, 8, SUBJECTS_MAX },
		{ &civil__v1__event_header__descriptor, 9, REFERENCES_MAX },
		{ &civil__v1__signed_event__descriptor, 2, SIGNATURES_MAX },
		{ &civil__v1__gazetteer_published__descriptor, 5, GAZETTEER_AREAS_MAX },
		{ &civil__v1__common__descriptor, 3, REPEATED_MAX },
		{ &civil__v1__office_opened__descriptor, 3, REPEATED_MAX },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		for (unsigned j = 0; j < limits[i].maximum; j++) {
			wire_field_of_bytes(&buf, limits[i].field, bytes_of(NULL, 0));
		}
		ck_assert_int_eq(unpack(limits[i].descriptor, buf_bytes(&buf)), STATUS_OK);
		wire_field_of_bytes(&buf, limits[i].field, bytes_of(NULL, 0));
		ck_assert_refused(limits[i].descriptor);
	}
}
END_TEST

START_TEST(a_message_that_does_not_fit_the_cap_is_refused)
{
	const struct canonical_source source = { &civil__v1__content__descriptor, birth,
		                                 CONTENT_BYTES_MAX, "whole" };
	ProtobufCMessage *message = NULL;

	for (size_t cap = 0;; cap += 64) {
		struct arena small;

		arena_init(&small, cap);
		detail = (struct detail){ .path = "" };
		const enum status status = canonical_unpack(&message, &source, &small, &detail);
		arena_fini(&small);
		if (status == STATUS_OK) {
			ck_assert_uint_gt(cap, birth.size);
			break;
		}
		ck_assert_int_eq(status, STATUS_INVALID);
		ck_assert_str_eq(detail.text, "needs too much memory");
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("canonical");
	TCase *tcase = tcase_create("canonical");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, text_that_is_no_text_is_refused, 0, BAD_TEXTS);
	tcase_add_test(tcase, khmer_text_and_line_feeds_are_admitted);
	tcase_add_test(tcase, an_unknown_enum_number_is_refused);
	tcase_add_test(tcase, the_limit_of_bytes_is_reached_and_not_passed);
	tcase_add_test(tcase, the_limit_of_elements_is_reached_and_not_passed);
	tcase_add_test(tcase, a_message_that_does_not_fit_the_cap_is_refused);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
