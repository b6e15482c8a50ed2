/* Goal: rules S07 and S08 see every field of every content, and each fault with its path.
 * Method: hold the table against the descriptors; samples of every kind without a fault; then take
 * out each mandatory field and spoil each value. What joins two fields, or content and header, is
 * in test_constraint_joined.c and test_constraint_header.c. */
#include "ledger/event/constraint.h"

#include "ledger/base/crypto.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct arena arena;
static struct constraint_violation *found;
static size_t found_count;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 64 * 1024 * 1024);
}

static void teardown(void)
{
	arena_fini(&arena);
}

/* Types that a form can have. */
static bool form_fits(enum form form, const ProtobufCFieldDescriptor *field)
{
	switch (form) {
	case FORM_MESSAGE:
		return field->type == PROTOBUF_C_TYPE_MESSAGE;
	case FORM_DATE:
		return field->type == PROTOBUF_C_TYPE_MESSAGE &&
		       field->descriptor == &civil__v1__date__descriptor;
	case FORM_PARTIAL_DATE:
		return field->type == PROTOBUF_C_TYPE_MESSAGE &&
		       field->descriptor == &civil__v1__partial_date__descriptor;
	case FORM_FLAG:
		return field->type == PROTOBUF_C_TYPE_BOOL;
	case FORM_ENUM:
		return field->type == PROTOBUF_C_TYPE_ENUM;
	case FORM_NUMBER:
		return field->type == PROTOBUF_C_TYPE_INT32 ||
		       field->type == PROTOBUF_C_TYPE_INT64 ||
		       field->type == PROTOBUF_C_TYPE_UINT64;
	case FORM_INSTANT:
		return field->type == PROTOBUF_C_TYPE_INT64;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT:
		return field->type == PROTOBUF_C_TYPE_BYTES;
	case FORM_TEXT:
	case FORM_NAME_KHMER:
	case FORM_NAME_LATIN:
	case FORM_NAME_OTHER:
	case FORM_CODE:
	case FORM_AREA:
	case FORM_VILLAGE:
	case FORM_OFFICE:
	case FORM_COUNTRY:
	case FORM_TIME:
	case FORM_VERSION:
	case FORM_DOCUMENT_NUMBER:
	case FORM_PERSONAL_NUMBER:
	case FORM_REGISTER:
	case FORM_ICD:
	case FORM_CAUSE_LINE:
	case FORM_RULE:
	case FORM_PATH:
	case FORM_MRZ:
		return field->type == PROTOBUF_C_TYPE_STRING;
	}
	return false;
}

static void hold_against_descriptor(const struct table *table)
{
	const ProtobufCMessageDescriptor *descriptor = table->descriptor;

	ck_assert_msg(table->row_count == descriptor->n_fields, "rows of %s", descriptor->name);
	for (size_t i = 0; i < table->row_count; i++) {
		const ProtobufCFieldDescriptor *field = &descriptor->fields[i];
		const struct field_row *row = &table->rows[i];

		ck_assert_str_eq(row->field, field->name);
		ck_assert_msg(form_fits(row->form, field), "%s.%s", descriptor->name, field->name);
		if (row->form == FORM_MESSAGE) {
			ck_assert_ptr_nonnull(row->table);
			ck_assert_ptr_eq(row->table->descriptor, field->descriptor);
			hold_against_descriptor(row->table);
		}
		if (row->form == FORM_TEXT) {
			ck_assert_int_gt(row->maximum, 0);
		}
		if (row->form == FORM_NUMBER) {
			ck_assert_int_lt(row->minimum, row->maximum);
		}
	}
}

START_TEST(every_field_of_every_message_has_its_row)
{
	hold_against_descriptor(&table_content);
}
END_TEST

static void check_event(const Civil__V1__EventHeader *header, const Civil__V1__Content *content)
{
	const struct event event = {
		.header = header,
		.content = content,
		.kind = kind_of_content(header->event_class, content->kind_case),
	};

	ck_assert_int_eq(constraint_check(&found, &found_count, &event, &arena), STATUS_OK);
}

static void ck_assert_none_found(void)
{
	ck_assert_msg(found_count == 0, "%s %s", found_count > 0 ? found[0].path : "",
	              found_count > 0 ? found[0].text : "");
}

START_TEST(samples_of_every_kind_have_no_fault) /* loop test, kinds twice */
{
	const enum kind_id kind = (enum kind_id)(_i / 2);
	const Civil__V1__Content *content = sample_content(kind, _i % 2 == 1, &arena);

	check_event(sample_header(kind, content, &arena), content);
	ck_assert_none_found();
}
END_TEST

/* One message of a sample, with its table and its path from "content". */
struct place {
	ProtobufCMessage *message;
	const struct table *table;
	char path[DETAIL_PATH_MAX];
};
enum { PLACES_MAX = 400 };

static struct place places[PLACES_MAX];
static size_t place_count;

/* Gathers all messages of a sample. */
static void gather(ProtobufCMessage *message, const struct table *table, const char *path)
{
	ck_assert_uint_lt(place_count, PLACES_MAX);
	struct place *place = &places[place_count++];

	place->message = message;
	place->table = table;
	(void)snprintf(place->path, sizeof(place->path), "%s", path);
	for (size_t i = 0; i < table->row_count; i++) {
		const ProtobufCFieldDescriptor *field = &table->descriptor->fields[i];
		const bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;

		for (size_t j = 0; j < message_count(message, field); j++) {
			char below[2 * DETAIL_PATH_MAX];
			char index[24] = "";
			void *const *slot = message_member(message, field);

			if (table->rows[i].form != FORM_MESSAGE) {
				break;
			}
			if (repeated) {
				slot = (void *const *)*slot + j;
				(void)snprintf(index, sizeof(index), "[%zu]", j);
			}
			(void)snprintf(below, sizeof(below), "%s.%s%s", path, field->name, index);
			gather(*slot, table->rows[i].table, below);
		}
	}
}

static bool is_found(const char *path, enum rule_id rule)
{
	for (size_t i = 0; i < found_count; i++) {
		if (found[i].rule == rule && strcmp(found[i].path, path) == 0) {
			return true;
		}
	}
	return false;
}

static Civil__V1__Content *content;
static Civil__V1__EventHeader *header;

static void take_sample(enum kind_id kind)
{
	content = sample_content(kind, true, &arena);
	header = sample_header(kind, content, &arena);
	place_count = 0;
	gather(&content->base, &table_content, "content");
}

START_TEST(each_mandatory_field_that_is_missing_is_found) /* loop test, kinds */
{
	const char *const absent = protobuf_c_empty_string;
	size_t missing = 0;

	take_sample((enum kind_id)_i);
	for (size_t p = 0; p < place_count; p++) {
		const struct place *place = &places[p];

		for (size_t i = 0; i < place->table->row_count; i++) {
			const ProtobufCFieldDescriptor *field =
			        &place->table->descriptor->fields[i];
			const bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
			const size_t size =
			        repeated ? sizeof(size_t) : message_element_size(field->type);
			void *member = repeated ? message_quantifier(place->message, field)
			                        : message_member(place->message, field);
			uint8_t saved[16];
			char path[2 * DETAIL_PATH_MAX];

			if (!place->table->rows[i].needed) {
				continue;
			}
			memcpy(saved, member, size);
			memset(member, 0, size);
			if (!repeated && field->type == PROTOBUF_C_TYPE_STRING) {
				memcpy(member, &absent, sizeof(absent)); /* as unpacked */
			}
			check_event(header, content);
			(void)snprintf(path, sizeof(path), "%s.%s", place->path, field->name);
			ck_assert_msg(is_found(path, RULE_S07), "%s", path);
			memcpy(member, saved, size);
			missing++;
		}
	}
	check_event(header, content);
	ck_assert_none_found();
	ck_assert_uint_gt(missing, 1);
}
END_TEST

/* A text that no form takes, or one that is too long for free text. */
static char *bad_text(enum form form)
{
	static char long_text[TEXT_STORY_MAX + 2];

	memset(long_text, 'a', sizeof(long_text) - 1);
	return form == FORM_TEXT ? long_text : arena_string(&arena, "~ 1 ~");
}

/* Spoils one value; false when the form has no bad value that bytes could carry. */
static bool spoil(void *element, const struct field_row *row)
{
	switch (row->form) {
	case FORM_FLAG:
	case FORM_ENUM:
	case FORM_MESSAGE:
		return false;
	case FORM_NUMBER:
		if (row->maximum == INT64_MAX) {
			return false;
		}
		*(int32_t *)element = (int32_t)(row->maximum + 1);
		return true;
	case FORM_INSTANT:
		*(int64_t *)element = -1;
		return true;
	case FORM_DATE:
		(*(Civil__V1__Date **)element)->day = 32;
		return true;
	case FORM_PARTIAL_DATE:
		(*(Civil__V1__PartialDate **)element)->month = 13;
		return true;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
	case FORM_CONTENT:
		((ProtobufCBinaryData *)element)->len = 5;
		return true;
	case FORM_TEXT:
	case FORM_NAME_KHMER:
	case FORM_NAME_LATIN:
	case FORM_NAME_OTHER:
	case FORM_CODE:
	case FORM_AREA:
	case FORM_VILLAGE:
	case FORM_OFFICE:
	case FORM_COUNTRY:
	case FORM_TIME:
	case FORM_VERSION:
	case FORM_DOCUMENT_NUMBER:
	case FORM_PERSONAL_NUMBER:
	case FORM_REGISTER:
	case FORM_ICD:
	case FORM_CAUSE_LINE:
	case FORM_RULE:
	case FORM_PATH:
	case FORM_MRZ:
		*(char **)element = bad_text(row->form);
		return true;
	}
	return false;
}

static bool is_name_form(enum form form)
{
	return form == FORM_NAME_KHMER || form == FORM_NAME_LATIN || form == FORM_NAME_OTHER;
}

/* Spoils the values of one message in turn, each in a fresh sample. */
static size_t spoil_place(enum kind_id kind, size_t p)
{
	size_t spoiled = 0;

	for (size_t i = 0; i < places[p].table->row_count; i++) {
		const struct field_row *row = &places[p].table->rows[i];
		const ProtobufCFieldDescriptor *field = &places[p].table->descriptor->fields[i];
		const bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
		char path[2 * DETAIL_PATH_MAX];

		take_sample(kind);
		if (message_count(places[p].message, field) == 0) {
			continue;
		}
		void *element = message_member(places[p].message, field);
		if (!spoil(repeated ? *(void **)element : element, row)) {
			continue;
		}
		check_event(header, content);
		(void)snprintf(path, sizeof(path), "%s.%s%s", places[p].path, field->name,
		               repeated ? "[0]" : "");
		ck_assert_msg(is_found(path, is_name_form(row->form) ? RULE_S08 : RULE_S07), "%s",
		              path);
		spoiled++;
	}
	return spoiled;
}

START_TEST(each_value_of_another_form_is_found) /* loop test, kinds */
{
	size_t spoiled = 0;

	take_sample((enum kind_id)_i);
	const size_t count = place_count;
	for (size_t p = 0; p < count; p++) {
		spoiled += spoil_place((enum kind_id)_i, p);
	}
	ck_assert_uint_gt(spoiled, 2);
}
END_TEST

static Suite *constraint_suite(void)
{
	Suite *suite = suite_create("constraint");
	TCase *tcase = tcase_create("constraint");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_field_of_every_message_has_its_row);
	tcase_add_loop_test(tcase, samples_of_every_kind_have_no_fault, 0, 2 * KINDS);
	tcase_add_loop_test(tcase, each_mandatory_field_that_is_missing_is_found, 0, KINDS);
	tcase_add_loop_test(tcase, each_value_of_another_form_is_found, 0, KINDS);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(constraint_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
