/* Goal: rules S07 and S08 see every field of every content, and each fault with its path.
 * Method: hold the table against the descriptors; samples of every kind without a fault; then take
 * out each mandatory field, spoil each value, and try each rule that joins two fields. */
#include "ledger/event/constraint.h"

#include "ledger/base/crypto.h"
#include "ledger/event/constraint_table.h"
#include "ledger/event/message.h"
#include "tests/support/sample.h"

#include <check.h>
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
		return field->type == PROTOBUF_C_TYPE_INT32 || field->type == PROTOBUF_C_TYPE_INT64;
	case FORM_INSTANT:
		return field->type == PROTOBUF_C_TYPE_INT64;
	case FORM_ID:
	case FORM_HASH:
	case FORM_ACT:
	case FORM_KEY:
	case FORM_IDENTIFIER:
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

static Suite *constraint_suite(void)
{
	Suite *suite = suite_create("constraint");
	TCase *tcase = tcase_create("constraint");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, every_field_of_every_message_has_its_row);
	tcase_add_loop_test(tcase, samples_of_every_kind_have_no_fault, 0, 2 * KINDS);
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
