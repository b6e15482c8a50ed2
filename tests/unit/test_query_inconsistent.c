/* Goal: persons whose papers differ from the register are found where they live, as of any day, and
 * nowhere while their address is protected.
 * Method: a man with a card of another birth date, before it, after it, after its renewal, hidden.
 */
#include "ledger/query/list_inconsistencies.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

static struct life life;

static void setup(void)
{
	life_begin(&life);
	life.recorded_on = "2020-02-01";
}

static void teardown(void)
{
	life_end(&life);
}

static Civil__V1__ListInconsistenciesResponse *inconsistent(const char *area, const char *day)
{
	static struct view view;
	Civil__V1__ListInconsistenciesRequest request;
	Civil__V1__ListInconsistenciesResponse *response;

	civil__v1__list_inconsistencies_request__init(&request);
	request.scope_case = CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE_AREA;
	request.area = arena_string(&life.arena, area);
	request.valid = life_date(&life, day);
	view = life_view(&life);
	ck_assert_int_eq(query_list_inconsistencies(&view, &response, &request, 0), STATUS_OK);
	return response;
}

START_TEST(persons_with_differing_papers_are_found_where_they_live)
{
	const struct life_birth birth = { .name = "Vuthy",
		                          .date = "1975-06-15",
		                          .address = "07080301" };
	struct id person;

	(void)life_birth(&life, &person, &birth);
	(void)life_card(&life, &person, "c1", "2020-01-20", "2030-01-19", "1957-06-15");
	Civil__V1__ListInconsistenciesResponse *response = inconsistent("0708", "2020-02-01");

	ck_assert_uint_eq(response->n_persons, 1);
	ck_assert_mem_eq(response->persons[0]->person_id.data, person.bytes, ID_BYTES);
	ck_assert_str_eq(response->persons[0]->area, "07080301");
	ck_assert_str_eq(response->persons[0]->inconsistencies[0]->field, "birth");
	ck_assert_uint_eq(inconsistent("14", "2020-02-01")->n_persons, 0);
	ck_assert_uint_eq(inconsistent("", "2020-02-01")->n_persons, 1);
	ck_assert_uint_eq(inconsistent("0708", "2020-01-19")->n_persons, 0); /* before the card */
	ck_assert_uint_eq(inconsistent("0708", "2030-01-20")->n_persons, 0); /* expired */
	(void)life_card_renewed(&life, &person, "c1", "c2", "2020-01-25", "1975-06-15");
	ck_assert_uint_eq(inconsistent("0708", "2020-02-01")->n_persons, 0);
}
END_TEST

START_TEST(who_has_a_protected_address_is_listed_nowhere)
{
	const struct life_birth birth = { .name = "Vuthy",
		                          .date = "1975-06-15",
		                          .address = "07080301" };
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__AddressProtectionSet protection;
	struct id person;

	(void)life_birth(&life, &person, &birth);
	(void)life_card(&life, &person, "c1", "2020-01-20", "2030-01-19", "1957-06-15");
	ck_assert_uint_eq(inconsistent("07", "2020-02-01")->n_persons, 1);
	const struct part parts[] = { { &person, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_RESIDENT } };

	civil__v1__address_protection_set__init(&protection);
	protection.level = CIVIL__V1__ADDRESS_PROTECTION_LEVEL__ADDRESS_PROTECTION_LEVEL_HIDDEN;
	protection.from = life_date(&life, "2020-01-25");
	content->kind_case = CIVIL__V1__CONTENT__KIND_ADDRESS_PROTECTION_SET;
	content->address_protection_set = &protection;
	(void)life_act(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_RESIDENCE, parts, 1, content);
	ck_assert_uint_eq(inconsistent("07", "2020-02-01")->n_persons, 0);
}
END_TEST

static Suite *inconsistent_suite(void)
{
	Suite *suite = suite_create("query_inconsistent");
	TCase *tests = tcase_create("inconsistent");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, persons_with_differing_papers_are_found_where_they_live);
	tcase_add_test(tests, who_has_a_protected_address_is_listed_nowhere);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(inconsistent_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
