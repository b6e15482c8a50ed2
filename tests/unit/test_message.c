/* Goal: reading by descriptor gives what the C struct holds, for every type of field.
 * Method: messages of the ledger with a field of each type, absent and there, singular and
 * repeated; equality under one change at each field of a full sample. */
#include "ledger/event/message.h"

#include "ledger/base/crypto.h"
#include "tests/support/sample.h"

#include "civil/v1/receipt.pb-c.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static Civil__V1__Content *content;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 16 * 1024 * 1024);
	content = sample_content(KIND_BIRTH, true, &arena);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessageDescriptor *descriptor,
                                                const char *name)
{
	const ProtobufCFieldDescriptor *field = message_field(descriptor, name, strlen(name));

	ck_assert_ptr_nonnull(field);
	return field;
}

START_TEST(a_field_is_found_by_its_whole_name)
{
	const ProtobufCMessageDescriptor *birth = &civil__v1__birth__descriptor;

	ck_assert_str_eq(message_field(birth, "sex.more", 3)->name, "sex");
	ck_assert_ptr_null(message_field(birth, "se", 2));
	ck_assert_ptr_null(message_field(birth, "sexx", 4));
	ck_assert_ptr_null(message_field(birth, "", 0));
}
END_TEST

START_TEST(texts_bytes_numbers_and_flags_are_read)
{
	const ProtobufCMessage *birth = &content->birth->base;
	const ProtobufCMessageDescriptor *type = birth->descriptor;

	ck_assert_str_eq(message_string(birth, field_of(type, "time_of_birth"), 0), "23:59");
	ck_assert_uint_eq(message_bytes(birth, field_of(type, "delivery_id"), 0).size, ID_BYTES);
	ck_assert_int_eq(message_number(birth, field_of(type, "weight_g"), 0), 1);
	ck_assert_int_eq(message_number(birth, field_of(type, "sex"), 0), 1);
	ck_assert_int_eq(message_number(birth, field_of(type, "foundling"), 0), 1);
	ck_assert_ptr_eq(message_message(birth, field_of(type, "name"), 0), content->birth->name);
}
END_TEST

START_TEST(wide_and_negative_numbers_keep_their_value)
{
	Civil__V1__Record record;
	Civil__V1__Date date;
	Civil__V1__Receipt receipt;

	civil__v1__record__init(&record);
	civil__v1__date__init(&date);
	civil__v1__receipt__init(&receipt);
	record.index = UINT64_C(1) << 62;
	receipt.recorded_at_ms = INT64_MIN;
	date.year = INT32_MIN;
	ck_assert_int_eq(message_number(&record.base, field_of(record.base.descriptor, "index"), 0),
	                 INT64_C(1) << 62);
	ck_assert_int_eq(message_number(&receipt.base,
	                                field_of(receipt.base.descriptor, "recorded_at_ms"), 0),
	                 INT64_MIN);
	ck_assert_int_eq(message_number(&date.base, field_of(date.base.descriptor, "year"), 0),
	                 INT32_MIN);
}
END_TEST

START_TEST(zero_is_the_same_as_absent)
{
	Civil__V1__Birth empty;

	civil__v1__birth__init(&empty);
	for (unsigned i = 0; i < empty.base.descriptor->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &empty.base.descriptor->fields[i];

		ck_assert(!message_has(&empty.base, field));
		ck_assert_uint_eq(message_count(&empty.base, field), 0);
		ck_assert(message_has(&content->birth->base, field));
		ck_assert_uint_eq(message_count(&content->birth->base, field), 1);
	}
	empty.time_of_birth = NULL;
	ck_assert(!message_has(&empty.base, field_of(empty.base.descriptor, "time_of_birth")));
}
END_TEST

START_TEST(a_member_of_a_oneof_is_there_when_it_is_the_case)
{
	const ProtobufCMessageDescriptor *type = content->base.descriptor;
	Civil__V1__FieldValue value;

	ck_assert(message_has(&content->base, field_of(type, "birth")));
	ck_assert(!message_has(&content->base, field_of(type, "death")));
	civil__v1__field_value__init(&value);
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_NUMBER;
	ck_assert(message_has(&value.base, field_of(value.base.descriptor, "number")));
	ck_assert(!message_has(&value.base, field_of(value.base.descriptor, "flag")));
}
END_TEST

START_TEST(elements_of_repeated_fields_are_read)
{
	Civil__V1__OfficerRole roles[] = { 3, 4 };
	char first[] = "01";
	char second[] = "02";
	char *areas[] = { first, second };
	Civil__V1__OfficerEnrolled officer;
	Civil__V1__OfficeOpened office;

	civil__v1__officer_enrolled__init(&officer);
	officer.roles = roles;
	officer.n_roles = 2;
	const ProtobufCFieldDescriptor *field = field_of(officer.base.descriptor, "roles");
	ck_assert_uint_eq(message_count(&officer.base, field), 2);
	ck_assert_int_eq(message_number(&officer.base, field, 1), 4);

	civil__v1__office_opened__init(&office);
	office.areas = areas;
	office.n_areas = 2;
	ck_assert_str_eq(message_string(&office.base, field_of(office.base.descriptor, "areas"), 1),
	                 "02");
}
END_TEST

START_TEST(a_path_leads_to_a_message_or_to_nothing)
{
	const ProtobufCMessage *root = &content->base;

	ck_assert_ptr_eq(message_at(root, ""), root);
	ck_assert_ptr_eq(message_at(root, "birth.late"), content->birth->late);
	ck_assert_ptr_null(message_at(root, "death"));
	ck_assert_ptr_null(message_at(root, "birth.sex"));
	ck_assert_ptr_null(message_at(root, "birth.nationality_at_birth"));
	ck_assert_ptr_null(message_at(root, "nothing"));
	content->birth->late = NULL;
	ck_assert_ptr_null(message_at(root, "birth.late"));
	ck_assert_ptr_null(message_at(NULL, ""));
}
END_TEST

START_TEST(messages_are_equal_until_one_field_differs)
{
	const Civil__V1__Content *same = sample_content(KIND_BIRTH, true, &arena);
	const ProtobufCMessageDescriptor *type = content->birth->base.descriptor;

	ck_assert(message_equal(&content->base, &same->base));
	ck_assert(!message_equal(&content->base, &content->birth->base));
	for (unsigned i = 0; i < type->n_fields; i++) {
		const ProtobufCFieldDescriptor *field = &type->fields[i];
		const bool repeated = field->label == PROTOBUF_C_LABEL_REPEATED;
		void *member = repeated ? message_quantifier(&content->birth->base, field)
		                        : message_member(&content->birth->base, field);
		const size_t size = repeated ? sizeof(size_t) : message_element_size(field->type);
		uint8_t saved[16];

		memcpy(saved, member, size);
		memset(member, 0, size);
		ck_assert_msg(!message_equal(&content->base, &same->base), "%s", field->name);
		memcpy(member, saved, size);
	}
	content->birth->late->witnesses[0]->name->km_given[0] ^= 1;
	ck_assert(!message_equal(&content->base, &same->base));
	content->birth->late->witnesses[0]->name->km_given[0] ^= 1;
	content->birth->delivery_id.data[15] ^= 1;
	ck_assert(!message_equal(&content->base, &same->base));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("message");
	TCase *tcase = tcase_create("message");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_field_is_found_by_its_whole_name);
	tcase_add_test(tcase, texts_bytes_numbers_and_flags_are_read);
	tcase_add_test(tcase, wide_and_negative_numbers_keep_their_value);
	tcase_add_test(tcase, zero_is_the_same_as_absent);
	tcase_add_test(tcase, a_member_of_a_oneof_is_there_when_it_is_the_case);
	tcase_add_test(tcase, elements_of_repeated_fields_are_read);
	tcase_add_test(tcase, a_path_leads_to_a_message_or_to_nothing);
	tcase_add_test(tcase, messages_are_equal_until_one_field_differs);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
