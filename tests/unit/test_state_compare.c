/* Goal: two states compare to exactly the attributes that differ, with both values as text.
 * Method: small states built by hand, equal but for one thing; the shapes that are one value, the
 * elements that only one side has, and what is left out. */
#include "ledger/person/state.h"

#include <check.h>
#include <stdlib.h>

static struct arena arena;
static Civil__V1__PersonState before;
static Civil__V1__PersonState after;

static struct state_difference *found;
static size_t count;

static void setup(void)
{
	arena_init(&arena, 1024 * 1024);
	civil__v1__person_state__init(&before);
	civil__v1__person_state__init(&after);
}

static void teardown(void)
{
	arena_fini(&arena);
}

static void compare(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	ck_assert_int_eq(state_compare(&found, &count, a, b, &arena), STATUS_OK);
}

static void ck_assert_difference(size_t i, const char *path, const char *left, const char *right)
{
	ck_assert_uint_lt(i, count);
	ck_assert_str_eq(found[i].path, path);
	ck_assert_str_eq(found[i].before, left);
	ck_assert_str_eq(found[i].after, right);
}

static void *make(const ProtobufCMessageDescriptor *descriptor)
{
	ProtobufCMessage *message = arena_alloc(&arena, descriptor->sizeof_message);

	ck_assert_ptr_nonnull(message);
	descriptor->message_init(message);
	return message;
}

/* Adds a name with a provenance of its own. */
static void add_name(Civil__V1__PersonState *state, const char *given)
{
	Civil__V1__PersonName *name = make(&civil__v1__person_name__descriptor);

	name->name = make(&civil__v1__name__descriptor);
	name->name->latin_given = arena_string(&arena, given);
	name->provenance = make(&civil__v1__provenance__descriptor);
	if (state->names == NULL) {
		state->names = arena_array(&arena, 2, sizeof(*state->names));
	}
	ck_assert_ptr_nonnull(state->names);
	ck_assert_uint_lt(state->n_names, 2);
	state->names[state->n_names] = name;
	state->n_names++;
}

START_TEST(equal_and_empty_states_do_not_differ)
{
	compare(&before, &after);
	ck_assert_uint_eq(count, 0);
	compare(NULL, &after);
	ck_assert_uint_eq(count, 0);
	compare(NULL, NULL);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(a_scalar_below_a_message_has_its_path)
{
	before.civil_status = make(&civil__v1__person_civil_status__descriptor);
	after.civil_status = make(&civil__v1__person_civil_status__descriptor);
	before.civil_status->status = CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_MARRIED;
	after.civil_status->status = CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_DIVORCED;
	compare(&before, &after);
	ck_assert_uint_eq(count, 1);
	ck_assert_difference(0, "civil_status.status", "\"CIVIL_STATUS_MARRIED\"",
	                     "\"CIVIL_STATUS_DIVORCED\"");
}
END_TEST

START_TEST(a_name_is_one_value)
{
	add_name(&before, "Sop\"hea\\\x01");
	add_name(&after, "សុភា");
	compare(&before, &after);
	ck_assert_uint_eq(count, 1);
	ck_assert_difference(0, "names[0].name", "{\"latin_given\":\"Sop\\\"hea\\\\\\u0001\"}",
	                     "{\"latin_given\":\"សុភា\"}");
}
END_TEST

START_TEST(an_element_of_one_side_is_shown_whole_without_provenance)
{
	add_name(&before, "A");
	add_name(&after, "A");
	add_name(&after, "A");
	compare(&before, &after);
	ck_assert_uint_eq(count, 1);
	ck_assert_difference(0, "names[1]", "", "{\"name\":{\"latin_given\":\"A\"}}");
}
END_TEST

START_TEST(an_attribute_of_one_side_is_shown_whole)
{
	uint8_t unit[] = { 0xab, 0x01 };

	before.residence = make(&civil__v1__person_residence__descriptor);
	before.residence->unit_id = (ProtobufCBinaryData){ .len = 2, .data = unit };
	compare(&before, NULL);
	ck_assert_uint_eq(count, 1);
	ck_assert_difference(0, "residence", "{\"unit_id\":\"ab01\"}", "");
}
END_TEST

START_TEST(versions_and_provenance_are_left_out_but_for_disputed)
{
	add_name(&before, "A");
	add_name(&after, "A");
	after.history_count = 7;
	after.version = 9;
	after.names[0]->provenance->known_from = 5;
	compare(&before, &after);
	ck_assert_uint_eq(count, 0);
	after.names[0]->provenance->disputed = true;
	compare(&before, &after);
	ck_assert_uint_eq(count, 1);
	ck_assert_difference(0, "names[0].provenance.disputed", "", "true");
}
END_TEST

START_TEST(differences_are_ordered_by_path)
{
	after.provisional = true;
	after.birth = make(&civil__v1__person_birth__descriptor);
	after.birth->birth_order = 2;
	before.birth = make(&civil__v1__person_birth__descriptor);
	after.birth->date = make(&civil__v1__partial_date__descriptor);
	after.birth->date->year = 1968;
	compare(&before, &after);
	ck_assert_uint_eq(count, 3);
	ck_assert_difference(0, "birth.birth_order", "", "2");
	ck_assert_difference(1, "birth.date", "", "{\"year\":1968}");
	ck_assert_difference(2, "provisional", "", "true");
}
END_TEST

START_TEST(a_full_arena_is_no_memory)
{
	struct arena tiny;

	arena_init(&tiny, 8);
	after.provisional = true;
	ck_assert_int_eq(state_compare(&found, &count, &before, &after, &tiny), STATUS_NO_MEMORY);
	arena_fini(&tiny);
}
END_TEST

static Suite *compare_suite(void)
{
	Suite *suite = suite_create("state_compare");
	TCase *tests = tcase_create("differences");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, equal_and_empty_states_do_not_differ);
	tcase_add_test(tests, a_scalar_below_a_message_has_its_path);
	tcase_add_test(tests, a_name_is_one_value);
	tcase_add_test(tests, an_element_of_one_side_is_shown_whole_without_provenance);
	tcase_add_test(tests, an_attribute_of_one_side_is_shown_whole);
	tcase_add_test(tests, versions_and_provenance_are_left_out_but_for_disputed);
	tcase_add_test(tests, differences_are_ordered_by_path);
	tcase_add_test(tests, a_full_arena_is_no_memory);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(compare_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
