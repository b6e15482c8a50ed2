/* Goal: a person is found by id and number, with the names of places, at the position and on the
 * day asked; two positions compare to what changed and why. Method: a family in a memory store;
 * each answer and each refusal once, boundaries on both sides. */
#include "ledger/query/compare_known.h"
#include "ledger/query/get_person.h"

#include "ledger/person/state.h"

#include "tests/support/family.h"

#include <check.h>
#include <stdlib.h>

static struct family family;
static int32_t today;

static void setup(void)
{
	family_begin(&family);
	today = life_day("2020-02-01");
}

static void teardown(void)
{
	family_end(&family);
}

static Civil__V1__GetPersonRequest person_request(struct id *person)
{
	Civil__V1__GetPersonRequest request;

	civil__v1__get_person_request__init(&request);
	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
	request.person_id = family_id(person);
	return request;
}

static Civil__V1__GetPersonResponse *get_person(const Civil__V1__GetPersonRequest *request)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetPersonResponse *response;

	ck_assert_int_eq(query_get_person(&view, &response, request, today), STATUS_OK);
	return response;
}

static void ck_assert_get_person(const Civil__V1__GetPersonRequest *request, enum status expected)
{
	struct view view = life_view(&family.life);
	Civil__V1__GetPersonResponse *response = NULL;

	ck_assert_int_eq(query_get_person(&view, &response, request, today), expected);
	ck_assert_ptr_null(response);
}

START_TEST(a_person_is_found_by_id_and_by_number)
{
	Civil__V1__GetPersonRequest request = person_request(&family.child);
	const Civil__V1__GetPersonResponse *by_id = get_person(&request);

	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_NUMBER;
	request.number = by_id->state->numbers[0]->number;
	const Civil__V1__GetPersonResponse *by_number = get_person(&request);

	ck_assert_mem_eq(by_id->state_hash.data, by_number->state_hash.data, HASH_BYTES);
	struct hash hash = state_hash(by_id->state, &family.life.arena);
	ck_assert_mem_eq(by_id->state_hash.data, hash.bytes, HASH_BYTES);
	ck_assert_uint_eq(by_id->position->known, family.life.head.size);
	ck_assert_uint_eq(by_id->position->size, family.life.head.size);
	ck_assert_int_eq(by_id->valid->month, 2);
}
END_TEST

START_TEST(places_are_named_up_to_the_province_and_as_they_are_now)
{
	(void)life_marriage(&family.life, &family.man, &family.woman, "1999-02", NULL);
	Civil__V1__GetPersonRequest request = person_request(&family.woman);
	const Civil__V1__GetPersonResponse *response = get_person(&request);

	ck_assert_uint_eq(response->n_places, 3);
	ck_assert_str_eq(response->places[0]->code, "070801");
	ck_assert_uint_eq(response->places[0]->n_latin, 3);
	ck_assert_str_eq(response->places[0]->latin[0], "Kampong Kandal");
	ck_assert_str_eq(response->places[0]->latin[2], "Kampot");
	ck_assert_str_eq(response->places[0]->code_now, "");
	ck_assert_str_eq(response->places[1]->code, "07080301");
	ck_assert_str_eq(response->places[2]->code, "030401");
	ck_assert_str_eq(response->places[2]->latin[2], "Kampong Cham");
	ck_assert_str_eq(response->places[2]->code_now, "250101");
	ck_assert_str_eq(response->places[2]->latin_now[2], "Tboung Khmum");
}
END_TEST

START_TEST(bad_requests_for_a_person_are_refused)
{
	Civil__V1__GetPersonRequest request;
	struct id nobody = { { 9 } };
	char number[] = "99999999999";

	civil__v1__get_person_request__init(&request);
	ck_assert_get_person(&request, STATUS_INVALID);
	request = person_request(&family.child);
	request.person_id.len = 15;
	ck_assert_get_person(&request, STATUS_INVALID);
	request = person_request(&nobody);
	ck_assert_get_person(&request, STATUS_NOT_FOUND);
	request.person_case = CIVIL__V1__GET_PERSON_REQUEST__PERSON_NUMBER;
	request.number = number;
	ck_assert_get_person(&request, STATUS_NOT_FOUND);
	request = person_request(&family.child);
	request.valid = life_date(&family.life, "2020-02-28");
	request.valid->day = 30;
	ck_assert_get_person(&request, STATUS_INVALID);
}
END_TEST

START_TEST(known_and_valid_bound_what_is_found)
{
	Civil__V1__GetPersonRequest request = person_request(&family.child);

	request.known_case = CIVIL__V1__GET_PERSON_REQUEST__KNOWN_KNOWN_SIZE;
	request.known_size = family.life.head.size + 1;
	ck_assert_get_person(&request, STATUS_OUT_OF_RANGE);
	request.known_size = family.life.head.size - 1;
	ck_assert_get_person(&request, STATUS_NOT_FOUND);
	request.known_size = 0;
	ck_assert_get_person(&request, STATUS_NOT_FOUND);
	request.known_size = family.life.head.size;
	request.valid = life_date(&family.life, "2019-12-31");
	ck_assert_get_person(&request, STATUS_NOT_FOUND);
	request.valid = life_date(&family.life, "2020-01-01");
	ck_assert_uint_eq(get_person(&request)->state->n_parents, 2);
}
END_TEST

static Civil__V1__CompareKnownRequest compare_request(uint64_t from, uint64_t to)
{
	Civil__V1__CompareKnownRequest request;

	civil__v1__compare_known_request__init(&request);
	request.person_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_PERSON_ID;
	request.person_id = family_id(&family.child);
	request.known_from = from;
	request.known_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__KNOWN_KNOWN_TO;
	request.known_to = to;
	return request;
}

START_TEST(a_comparison_names_changes_and_causes)
{
	struct part parts[3];
	uint64_t before = family.life.head.size;

	family_birth_parts(&family, parts);
	(void)life_number(&family.life, &family.man, "2019-01-01"); /* names another */
	(void)life_correction(&family.life, parts, 3, &family.birth, "birth.sex",
	                      life_value_text(&family.life, "SEX_MALE"), false);
	struct view view = life_view(&family.life);
	Civil__V1__CompareKnownRequest request = compare_request(before, family.life.head.size);
	Civil__V1__CompareKnownResponse *response;

	ck_assert_int_eq(query_compare_known(&view, &response, &request, today), STATUS_OK);
	ck_assert_uint_eq(response->n_changes, 1);
	ck_assert_str_eq(response->changes[0]->path, "sex.sex");
	ck_assert_str_eq(response->changes[0]->before, "");
	ck_assert_str_eq(response->changes[0]->after, "\"SEX_MALE\"");
	ck_assert_uint_eq(response->n_causes, 1);
	ck_assert_uint_eq(response->causes[0], family.life.head.size - 1);
}
END_TEST

START_TEST(a_person_who_appears_has_everything_as_change)
{
	struct view view = life_view(&family.life);
	Civil__V1__CompareKnownRequest request = compare_request(0, family.life.head.size);
	Civil__V1__CompareKnownResponse *response;

	ck_assert_int_eq(query_compare_known(&view, &response, &request, today), STATUS_OK);
	ck_assert_uint_gt(response->n_changes, 5);
	ck_assert_uint_eq(response->n_causes, 3);
	for (size_t i = 0; i < response->n_changes; i++) {
		ck_assert_str_eq(response->changes[i]->before, "");
	}
}
END_TEST

START_TEST(bad_comparisons_are_refused)
{
	struct view view = life_view(&family.life);
	Civil__V1__CompareKnownResponse *response;
	Civil__V1__CompareKnownRequest request = compare_request(2, 1);

	ck_assert_int_eq(query_compare_known(&view, &response, &request, today), STATUS_INVALID);
	request = compare_request(0, family.life.head.size + 1);
	ck_assert_int_eq(query_compare_known(&view, &response, &request, today),
	                 STATUS_OUT_OF_RANGE);
	request = compare_request(0, 1);
	ck_assert_int_eq(query_compare_known(&view, &response, &request, today), STATUS_NOT_FOUND);
	request.person_case = CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON__NOT_SET;
	ck_assert_int_eq(query_compare_known(&view, &response, &request, today), STATUS_INVALID);
}
END_TEST

static Suite *query_person_suite(void)
{
	Suite *suite = suite_create("query_person");
	TCase *tests = tcase_create("questions");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_person_is_found_by_id_and_by_number);
	tcase_add_test(tests, places_are_named_up_to_the_province_and_as_they_are_now);
	tcase_add_test(tests, bad_requests_for_a_person_are_refused);
	tcase_add_test(tests, known_and_valid_bound_what_is_found);
	tcase_add_test(tests, a_comparison_names_changes_and_causes);
	tcase_add_test(tests, a_person_who_appears_has_everything_as_change);
	tcase_add_test(tests, bad_comparisons_are_refused);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(query_person_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
