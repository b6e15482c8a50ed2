/* Goal: a path reads and sets exactly the field it names, on a copy, and nothing else.
 * Method: read and set a leaf of every type in a full birth, comparing the whole content before and
 * after; then every path that leads nowhere, every value of another type, and linked papers. */
#include "ledger/event/field_path.h"

#include "ledger/base/crypto.h"
#include "ledger/event/canonical.h"
#include "ledger/event/message.h"
#include "tests/support/sample.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static Civil__V1__Content *content;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	arena_init(&arena, 64 * 1024 * 1024);
	content = sample_content(KIND_BIRTH, true, &arena);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static Civil__V1__FieldValue value_new(void)
{
	Civil__V1__FieldValue value;

	civil__v1__field_value__init(&value);
	return value;
}

static Civil__V1__FieldValue text_value(const char *text)
{
	Civil__V1__FieldValue value = value_new();

	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_TEXT;
	value.text = arena_string(&arena, text);
	return value;
}

static Civil__V1__FieldValue number_value(int64_t number)
{
	Civil__V1__FieldValue value = value_new();

	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_NUMBER;
	value.number = number;
	return value;
}

static Civil__V1__FieldValue *read_at(const Civil__V1__Content *from, const char *path)
{
	Civil__V1__FieldValue *value = NULL;

	ck_assert_msg(field_path_read(&value, from, path, &arena) == STATUS_OK, "%s", path);
	return value;
}

/* Sets, and sees that the original is as it was, that the copy reads back, and that setting the old
 * value again gives the original. */
static Civil__V1__Content *ck_assert_sets(const char *path, const Civil__V1__FieldValue *value)
{
	struct bytes before;
	struct bytes after;
	Civil__V1__Content *changed = NULL;
	Civil__V1__Content *restored = NULL;
	const Civil__V1__FieldValue *old = read_at(content, path);

	ck_assert_int_eq(canonical_pack(&before, &content->base, &arena), STATUS_OK);
	ck_assert_int_eq(field_path_apply(&changed, content, path, value, &arena), STATUS_OK);
	ck_assert_int_eq(canonical_pack(&after, &content->base, &arena), STATUS_OK);
	ck_assert(bytes_equal(before, after));
	ck_assert(field_value_equal(read_at(changed, path), value));
	ck_assert(!field_value_equal(old, value));
	ck_assert(!message_equal(&changed->base, &content->base));
	ck_assert_int_eq(field_path_apply(&restored, changed, path, old, &arena), STATUS_OK);
	ck_assert(message_equal(&restored->base, &content->base));
	return changed;
}

START_TEST(a_text_is_read_and_set)
{
	const Civil__V1__FieldValue value = text_value("Thida");
	const Civil__V1__Content *changed = ck_assert_sets("birth.name.latin_given", &value);

	ck_assert_str_eq(changed->birth->name->latin_given, "Thida");
	ck_assert_str_eq(read_at(content, "birth.name.latin_given")->text, "Dara");
}
END_TEST

START_TEST(an_enum_is_read_and_set_by_name)
{
	const Civil__V1__FieldValue value = text_value("SEX_FEMALE");
	const Civil__V1__Content *changed = ck_assert_sets("birth.sex", &value);

	ck_assert_int_eq(changed->birth->sex, CIVIL__V1__SEX__SEX_FEMALE);
	ck_assert_str_eq(read_at(content, "birth.sex")->text, "SEX_MALE");
}
END_TEST

START_TEST(a_number_is_read_and_set)
{
	const Civil__V1__FieldValue value = number_value(3150);

	ck_assert_int_eq(ck_assert_sets("birth.weight_g", &value)->birth->weight_g, 3150);
}
END_TEST

START_TEST(a_flag_is_read_and_set)
{
	const Civil__V1__FieldValue none = value_new();

	ck_assert(read_at(content, "birth.father_declared")->flag);
	ck_assert(!ck_assert_sets("birth.father_declared", &none)->birth->father_declared);
}
END_TEST

START_TEST(bytes_are_read_and_set)
{
	Civil__V1__FieldValue value = value_new();
	uint8_t id[ID_BYTES] = { 9 };

	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_IDENTIFIER;
	value.identifier = (ProtobufCBinaryData){ .len = sizeof(id), .data = id };
	const Civil__V1__Content *changed = ck_assert_sets("birth.delivery_id", &value);
	ck_assert_mem_eq(changed->birth->delivery_id.data, id, sizeof(id));
	ck_assert_ptr_ne(changed->birth->delivery_id.data, id);
}
END_TEST

START_TEST(whole_dates_names_places_and_addresses_are_set)
{
	Civil__V1__FieldValue value = value_new();
	Civil__V1__PartialDate partial;
	Civil__V1__Date exact;
	Civil__V1__Name name;
	Civil__V1__Place place;
	Civil__V1__Address address;

	civil__v1__partial_date__init(&partial);
	partial.precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_YEAR;
	partial.year = 2019;
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_PARTIAL_DATE;
	value.partial_date = &partial;
	(void)ck_assert_sets("birth.date_of_birth", &value);

	civil__v1__date__init(&exact);
	exact.year = 2021;
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_DATE;
	value.date = &exact;
	(void)ck_assert_sets("common.date_of_declaration", &value);

	civil__v1__name__init(&name);
	name.km_given = arena_string(&arena, "\xe1\x9e\x80");
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_NAME;
	value.name = &name;
	(void)ck_assert_sets("birth.name", &value);

	civil__v1__place__init(&place);
	place.country = arena_string(&arena, "THA");
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_PLACE;
	value.place = &place;
	(void)ck_assert_sets("birth.place_of_birth", &value);

	civil__v1__address__init(&address);
	address.house = arena_string(&arena, "7");
	value.value_case = CIVIL__V1__FIELD_VALUE__VALUE_ADDRESS;
	value.address = &address;
	(void)ck_assert_sets("birth.child_address", &value);
}
END_TEST

START_TEST(parts_of_dates_and_elements_of_lists_are_reached)
{
	const Civil__V1__FieldValue day = number_value(11);
	const Civil__V1__FieldValue country = text_value("THA");

	(void)ck_assert_sets("common.date_of_declaration.day", &day);
	(void)ck_assert_sets("birth.nationality_at_birth[0].country", &country);
	(void)ck_assert_sets("birth.late.witnesses[0].name.latin_given", &country);
}
END_TEST

START_TEST(below_an_absent_message_everything_is_absent_and_can_be_made)
{
	const Civil__V1__FieldValue none = value_new();
	const Civil__V1__FieldValue name = text_value("Sokha");
	Civil__V1__Content *changed;

	content->birth->father_details = NULL;
	ck_assert(field_value_equal(read_at(content, "birth.father_details.name.latin_given"),
	                            &none));
	ck_assert_int_eq(field_path_apply(&changed, content,
	                                  "birth.father_details.name.latin_given", &name, &arena),
	                 STATUS_OK);
	ck_assert_str_eq(changed->birth->father_details->name->latin_given, "Sokha");
	ck_assert_ptr_null(content->birth->father_details);
}
END_TEST

START_TEST(an_absent_value_clears_every_type)
{
	static const char *const paths[] = {
		"birth.name.latin_given", "birth.sex",        "birth.weight_g",
		"birth.delivery_id",      "birth.foundling",  "birth.date_of_birth",
		"birth.place_of_birth",   "birth.lunar_date",
	};
	Civil__V1__Content *changed;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		ck_assert_int_eq(field_path_apply(&changed, content, paths[i], NULL, &arena),
		                 STATUS_OK);
		ck_assert(field_value_equal(read_at(changed, paths[i]), NULL));
		content = changed;
	}
}
END_TEST

static const char *const nowhere[] = {
	"",
	".",
	"birth",
	"birth.",
	".birth",
	"birth..sex",
	"birth.sex.",
	"birth.sexx",
	"birth.se",
	"birth.name.latin_given.x",
	"birth.weight_g.day",
	"birth.mother_details",               /* a message that is no leaf */
	"birth.nationality_at_birth",         /* a whole list */
	"birth.nationality_at_birth.country", /* no index */
	"birth.nationality_at_birth[0]",      /* an element that is no leaf */
	"birth.nationality_at_birth[1].country",
	"birth.nationality_at_birth[].country",
	"birth.nationality_at_birth[00].country",
	"birth.nationality_at_birth[-1].country",
	"birth.nationality_at_birth[0.country",
	"birth.nationality_at_birth[99999].country",
	"birth.nationality_at_birth[0]x.country",
	"birth.sex[0]",
	"death.manner", /* another member of the oneof */
	"common",
	"Birth.sex",
};
enum { NOWHERE = sizeof(nowhere) / sizeof(nowhere[0]) };

START_TEST(a_path_that_leads_nowhere_is_refused) /* loop test */
{
	const Civil__V1__FieldValue value = text_value("x");
	Civil__V1__FieldValue *read = NULL;
	Civil__V1__Content *changed = NULL;

	ck_assert_int_eq(field_path_read(&read, content, nowhere[_i], &arena), STATUS_INVALID);
	ck_assert_int_eq(field_path_apply(&changed, content, nowhere[_i], &value, &arena),
	                 STATUS_INVALID);
	ck_assert_int_eq(field_path_apply(&changed, content, nowhere[_i], NULL, &arena),
	                 STATUS_INVALID);
	ck_assert_ptr_null(read);
	ck_assert_ptr_null(changed);
}
END_TEST

START_TEST(a_path_beyond_the_limit_is_refused)
{
	char path[FIELD_PATH_MAX + 2];
	Civil__V1__FieldValue *read = NULL;

	memset(path, 'a', sizeof(path));
	path[FIELD_PATH_MAX + 1] = '\0';
	ck_assert_int_eq(field_path_read(&read, content, path, &arena), STATUS_INVALID);
}
END_TEST

START_TEST(a_value_of_another_type_is_refused)
{
	static const char *const text_paths[] = { "birth.name.latin_given", "birth.sex" };
	static const char *const other_paths[] = { "birth.weight_g",      "birth.foundling",
		                                   "birth.delivery_id",   "birth.date_of_birth",
		                                   "birth.child_address", "birth.name" };
	const Civil__V1__FieldValue text = text_value("SEX_WHAT");
	const Civil__V1__FieldValue number = number_value(1);
	Civil__V1__Content *changed = NULL;

	for (size_t i = 0; i < sizeof(text_paths) / sizeof(text_paths[0]); i++) {
		ck_assert_int_eq(
		        field_path_apply(&changed, content, text_paths[i], &number, &arena),
		        STATUS_INVALID);
	}
	for (size_t i = 0; i < sizeof(other_paths) / sizeof(other_paths[0]); i++) {
		ck_assert_int_eq(field_path_apply(&changed, content, other_paths[i], &text, &arena),
		                 STATUS_INVALID);
	}
	ck_assert_int_eq(field_path_apply(&changed, content, "birth.sex", &text, &arena),
	                 STATUS_INVALID);
}
END_TEST

START_TEST(a_number_beyond_the_field_is_refused)
{
	const Civil__V1__FieldValue above = number_value(INT64_C(1) + INT32_MAX);
	const Civil__V1__FieldValue largest = number_value(INT32_MAX);
	Civil__V1__Content *changed = NULL;

	ck_assert_int_eq(field_path_apply(&changed, content, "birth.weight_g", &above, &arena),
	                 STATUS_INVALID);
	(void)ck_assert_sets("birth.weight_g", &largest);
}
END_TEST

START_TEST(an_element_of_a_list_is_never_removed)
{
	Civil__V1__Content *changed = NULL;

	content = sample_content(KIND_OFFICE_OPENED, true, &arena);
	ck_assert_str_eq(read_at(content, "office_opened.areas[0]")->text, "01020304");
	ck_assert_int_eq(
	        field_path_apply(&changed, content, "office_opened.areas[0]", NULL, &arena),
	        STATUS_INVALID);
}
END_TEST

START_TEST(the_act_on_a_linked_paper_is_addressed_as_if_it_were_the_content)
{
	const Civil__V1__FieldValue value = text_value("Thida");

	content = sample_content(KIND_LEGACY_LINKED, true, &arena);
	const Civil__V1__Content *changed = ck_assert_sets("birth.name.latin_given", &value);
	ck_assert_str_eq(changed->legacy_linked->birth->name->latin_given, "Thida");
	ck_assert_str_eq(read_at(content, "legacy_linked.confidence")->text, "LINK_CONFIDENCE_LOW");
	ck_assert_str_eq(read_at(content, "common.remarks")->text, "as told");

	Civil__V1__FieldValue *read = NULL;
	ck_assert_int_eq(field_path_read(&read, content, "death.manner", &arena), STATUS_INVALID);
}
END_TEST

START_TEST(want_of_memory_is_said_so)
{
	const Civil__V1__FieldValue value = text_value("Thida");
	size_t cap = 0;

	for (;; cap += 64) {
		struct arena small;
		Civil__V1__Content *changed = NULL;

		arena_init(&small, cap);
		const enum status status = field_path_apply(
		        &changed, content, "birth.name.latin_given", &value, &small);
		arena_fini(&small);
		if (status == STATUS_OK) {
			break;
		}
		ck_assert_int_eq(status, STATUS_NO_MEMORY);
	}
	ck_assert_uint_gt(cap, 1000);
}
END_TEST

static Suite *field_path_suite(void)
{
	Suite *suite = suite_create("field_path");
	TCase *tcase = tcase_create("field_path");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_text_is_read_and_set);
	tcase_add_test(tcase, an_enum_is_read_and_set_by_name);
	tcase_add_test(tcase, a_number_is_read_and_set);
	tcase_add_test(tcase, a_flag_is_read_and_set);
	tcase_add_test(tcase, bytes_are_read_and_set);
	tcase_add_test(tcase, whole_dates_names_places_and_addresses_are_set);
	tcase_add_test(tcase, parts_of_dates_and_elements_of_lists_are_reached);
	tcase_add_test(tcase, below_an_absent_message_everything_is_absent_and_can_be_made);
	tcase_add_test(tcase, an_absent_value_clears_every_type);
	tcase_add_loop_test(tcase, a_path_that_leads_nowhere_is_refused, 0, NOWHERE);
	tcase_add_test(tcase, a_path_beyond_the_limit_is_refused);
	tcase_add_test(tcase, a_value_of_another_type_is_refused);
	tcase_add_test(tcase, a_number_beyond_the_field_is_refused);
	tcase_add_test(tcase, an_element_of_a_list_is_never_removed);
	tcase_add_test(tcase, the_act_on_a_linked_paper_is_addressed_as_if_it_were_the_content);
	tcase_add_test(tcase, want_of_memory_is_said_so);
	suite_add_tcase(suite, tcase);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(field_path_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
