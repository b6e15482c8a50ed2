/* Goal: of all encodings of a message exactly one is admitted.
 * Method: take the canonical bytes of headers and contents apart and put them together again in
 * every way that a protobuf decoder reads: each must be refused, and with a path. Then every
 * truncation and flipped bit: accepted means that packing gives the same bytes. */
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

START_TEST(canonical_bytes_are_admitted)
{
	ck_assert_int_eq(unpack(&civil__v1__event_header__descriptor, header), STATUS_OK);
	ck_assert_int_eq(unpack(&civil__v1__content__descriptor, birth), STATUS_OK);
	ck_assert_int_eq(unpack(&civil__v1__content__descriptor, bytes_of(NULL, 0)), STATUS_OK);
}
END_TEST

/* The message with one change at field `i`. */
enum change {
	SWAPPED,     /* behind the next field of another number */
	DOUBLED,     /* there twice */
	LONG_TAG,    /* a tag with a byte too many */
	LONG_NUMBER, /* a length or varint with a byte too many */
};
enum { CHANGES = LONG_NUMBER + 1 };

static void write_long_tag(const struct wire_field *field)
{
	const uint64_t tag = (uint64_t)field->number << 3 | field->type;
	const size_t tag_size = tag < 0x80 ? 1 : 2;

	wire_varint(&buf, tag, true);
	buf_append(&buf, bytes_of(field->whole.data + tag_size, field->whole.size - tag_size));
}

static void write_long_number(const struct wire_field *field)
{
	wire_tag(&buf, field->number, field->type);
	if (field->type == WIRE_LENGTH) {
		wire_varint(&buf, field->value.size, true);
		buf_append(&buf, field->value);
		return;
	}
	buf_append(&buf, bytes_of(field->value.data, field->value.size - 1));
	buf_append_u8(&buf, field->value.data[field->value.size - 1] | 0x80u);
	buf_append_u8(&buf, 0);
}

/* False when the change makes no sense for this field. */
static bool write_changed(const struct wire_field fields[], size_t count, size_t i,
                          enum change change)
{
	/* A repeated field may well be there twice. */
	const bool repeated = (i + 1 < count && fields[i + 1].number == fields[i].number) ||
	                      (i > 0 && fields[i - 1].number == fields[i].number);

	if (change == SWAPPED && (i + 1 == count || fields[i + 1].number == fields[i].number)) {
		return false;
	}
	if (change == DOUBLED && repeated) {
		return false;
	}
	for (size_t j = 0; j < count; j++) {
		const size_t k = change == SWAPPED && (j == i || j == i + 1) ? 2 * i + 1 - j : j;

		if (k != i || change == SWAPPED) {
			buf_append(&buf, fields[k].whole);
		} else if (change == LONG_TAG) {
			write_long_tag(&fields[k]);
		} else if (change == LONG_NUMBER) {
			write_long_number(&fields[k]);
		} else {
			buf_append(&buf, fields[k].whole);
			buf_append(&buf, fields[k].whole);
		}
	}
	return true;
}

static size_t refuse_changes(struct bytes message, const ProtobufCMessageDescriptor *descriptor)
{
	struct wire_field fields[FIELDS_MAX];
	const size_t count = wire_split(fields, FIELDS_MAX, message);
	size_t refused = 0;

	for (size_t i = 0; i < count; i++) {
		const ProtobufCFieldDescriptor *field =
		        protobuf_c_message_descriptor_get_field(descriptor, fields[i].number);

		for (int change = 0; change < CHANGES; change++) {
			if (change == DOUBLED && field->label == PROTOBUF_C_LABEL_REPEATED) {
				continue;
			}
			if (write_changed(fields, count, i, (enum change)change)) {
				ck_assert_refused(descriptor);
				refused++;
			}
		}
	}
	return refused;
}

START_TEST(any_other_order_number_or_repetition_is_refused)
{
	struct wire_field fields[FIELDS_MAX];

	ck_assert_uint_gt(refuse_changes(header, &civil__v1__event_header__descriptor), 30);
	ck_assert_uint_gt(refuse_changes(birth, &civil__v1__content__descriptor), 5);
	/* The birth inside its content. */
	const size_t count = wire_split(fields, FIELDS_MAX, birth);
	ck_assert_uint_eq(fields[count - 1].number, CIVIL__V1__CONTENT__KIND_BIRTH);
	ck_assert_uint_gt(refuse_changes(fields[count - 1].value, &civil__v1__birth__descriptor),
	                  60);
}
END_TEST

START_TEST(an_unknown_field_is_refused_at_every_level)
{
	static const uint64_t numbers[] = { 19, 1000, 100000 };
	struct wire_field fields[FIELDS_MAX];

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		buf_append(&buf, header);
		wire_field_of_number(&buf, (unsigned)numbers[i], 1);
		ck_assert_refused(&civil__v1__event_header__descriptor);
	}
	/* Inside the first subject. */
	const size_t count = wire_split(fields, FIELDS_MAX, header);
	struct buf inner;
	buf_init(&inner, 4096);
	for (size_t i = 0; i < count; i++) {
		if (fields[i].number != 8 || inner.size > 0) {
			buf_append(&buf, fields[i].whole);
			continue;
		}
		buf_append(&inner, fields[i].value);
		wire_field_of_bytes(&inner, 77, bytes_of_string("hidden"));
		wire_field_of_bytes(&buf, 8, buf_bytes(&inner));
	}
	ck_assert_refused(&civil__v1__event_header__descriptor);
	ck_assert_str_eq(detail.path, "whole.subjects[0]");
	buf_fini(&inner);
}
END_TEST

START_TEST(an_explicit_default_is_refused)
{
	/* A date whose day is written as zero, and texts and bytes of no length. */
	wire_field_of_number(&buf, 1, 2020);
	wire_field_of_number(&buf, 3, 0);
	ck_assert_refused(&civil__v1__date__descriptor);
	wire_field_of_bytes(&buf, 1, bytes_of(NULL, 0));
	ck_assert_refused(&civil__v1__place__descriptor);
	wire_field_of_bytes(&buf, 2, bytes_of(NULL, 0));
	ck_assert_refused(&civil__v1__event_header__descriptor);
}
END_TEST

START_TEST(a_packed_field_written_one_by_one_is_refused)
{
	wire_field_of_number(&buf, 2, 4); /* roles of an officer */
	wire_field_of_number(&buf, 2, 5);
	ck_assert_refused(&civil__v1__officer_enrolled__descriptor);

	static const uint8_t roles[] = { 4, 5 };
	wire_field_of_bytes(&buf, 2, bytes_of(roles, 1));
	wire_field_of_bytes(&buf, 2, bytes_of(roles + 1, 1));
	ck_assert_refused(&civil__v1__officer_enrolled__descriptor);

	wire_field_of_bytes(&buf, 2, bytes_of(roles, 2));
	ck_assert_int_eq(unpack(&civil__v1__officer_enrolled__descriptor, buf_bytes(&buf)),
	                 STATUS_OK);
}
END_TEST

START_TEST(two_kinds_or_one_kind_twice_are_refused)
{
	const struct bytes empty = bytes_of(NULL, 0);

	wire_field_of_bytes(&buf, 20, empty); /* birth */
	ck_assert_int_eq(unpack(&civil__v1__content__descriptor, buf_bytes(&buf)), STATUS_OK);
	wire_field_of_bytes(&buf, 30, empty); /* death */
	ck_assert_refused(&civil__v1__content__descriptor);
	wire_field_of_bytes(&buf, 20, empty);
	wire_field_of_bytes(&buf, 20, empty);
	ck_assert_refused(&civil__v1__content__descriptor);
}
END_TEST

START_TEST(every_truncation_and_flipped_bit_is_refused_or_packs_to_itself)
{
	const ProtobufCMessageDescriptor *descriptor = &civil__v1__content__descriptor;
	uint8_t *copy = arena_copy(&arena, birth);
	size_t accepted = 0;

	for (size_t bit = 0; bit < 8 * birth.size; bit++) {
		ProtobufCMessage *message = NULL;
		struct arena scratch;

		arena_init(&scratch, 1024 * 1024);
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
		const struct canonical_source source = { descriptor, bytes_of(copy, birth.size),
			                                 CONTENT_BYTES_MAX, "whole" };
		if (canonical_unpack(&message, &source, &scratch, NULL) == STATUS_OK) {
			struct bytes again;

			ck_assert_int_eq(canonical_pack(&again, message, &scratch), STATUS_OK);
			ck_assert(bytes_equal(again, source.bytes));
			accepted++;
		}
		copy[bit / 8] ^= (uint8_t)(1u << bit % 8);
		arena_fini(&scratch);
	}
	ck_assert_uint_gt(accepted, 0); /* letters of texts */
	for (size_t size = 1; size < birth.size; size++) {
		struct wire_field fields[FIELDS_MAX];
		const size_t count = wire_split(fields, FIELDS_MAX, birth);
		bool boundary = false;

		for (size_t i = 0; i < count; i++) {
			boundary = boundary || fields[i].whole.data == birth.data + size;
		}
		ck_assert_int_eq(unpack(descriptor, bytes_of(birth.data, size)) == STATUS_OK,
		                 boundary);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("canonical_form");
	TCase *tcase = tcase_create("canonical_form");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, canonical_bytes_are_admitted);
	tcase_add_test(tcase, any_other_order_number_or_repetition_is_refused);
	tcase_add_test(tcase, an_unknown_field_is_refused_at_every_level);
	tcase_add_test(tcase, an_explicit_default_is_refused);
	tcase_add_test(tcase, a_packed_field_written_one_by_one_is_refused);
	tcase_add_test(tcase, two_kinds_or_one_kind_twice_are_refused);
	tcase_add_test(tcase, every_truncation_and_flipped_bit_is_refused_or_packs_to_itself);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
