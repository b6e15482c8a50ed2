/* Goal: nobody who did not survive inherits, who comes in the place of somebody is said to, and
 * nearer heirs are called before farther ones.
 * Method: a family of four generations written act by act, then deaths in every order. */
#include "ledger/query/list_heirs.h"

#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define ORDER(name)  CIVIL__V1__HEIR_ORDER__HEIR_ORDER_##name
#define ANSWER(name) CIVIL__V1__ANSWER__ANSWER_##name

/*   old ---+
 *          +-- son  -- wife
 *          |    +-- ann -- ann_child
 *          |    +-- bob
 *          +-- girl
 *               +-- niece                          */
static struct life life;
static struct id old, son, wife, ann, bob, ann_child, girl, niece;

static void born(struct id *child, const char *name, const char *date, const struct id *mother,
                 const struct id *father)
{
	const struct life_birth birth = {
		.name = name, .date = date, .mother = mother, .father = father
	};

	(void)life_birth(&life, child, &birth);
}

static void setup(void)
{
	life_begin(&life);
	life.recorded_on = "2020-02-01";
	born(&old, "Old", "1930-01-01", NULL, NULL);
	born(&son, "Son", "1955-01-01", NULL, &old);
	born(&girl, "Girl", "1957-01-01", NULL, &old);
	born(&wife, "Wife", "1956-01-01", NULL, NULL);
	(void)life_marriage(&life, &son, &wife, "1975-01-01", NULL);
	born(&ann, "Ann", "1976-01-01", &wife, &son);
	born(&bob, "Bob", "1978-01-01", &wife, &son);
	born(&ann_child, "Little", "2000-01-01", &ann, NULL);
	born(&niece, "Niece", "1980-01-01", &girl, NULL);
}

static void teardown(void)
{
	life_end(&life);
}

static Civil__V1__PersonReference *reference(struct id *person)
{
	Civil__V1__PersonReference *made = arena_alloc(&life.arena, sizeof(*made));

	ck_assert_ptr_nonnull(made);
	civil__v1__person_reference__init(made);
	made->person_case = CIVIL__V1__PERSON_REFERENCE__PERSON_PERSON_ID;
	made->person_id = (ProtobufCBinaryData){ .data = person->bytes, .len = ID_BYTES };
	return made;
}

static bool is(ProtobufCBinaryData bytes, const struct id *person)
{
	return bytes.len == ID_BYTES && memcmp(bytes.data, person->bytes, ID_BYTES) == 0;
}

static enum status ask_heirs(Civil__V1__ListHeirsResponse **response, struct id *deceased)
{
	static struct view view;
	Civil__V1__ListHeirsRequest request;

	civil__v1__list_heirs_request__init(&request);
	request.deceased = reference(deceased);
	view = life_view(&life);
	return query_list_heirs(&view, response, &request);
}

static const Civil__V1__Heir *heir(const Civil__V1__ListHeirsResponse *response,
                                   const struct id *person, Civil__V1__HeirOrder order)
{
	for (size_t i = 0; i < response->n_heirs; i++) {
		if (is(response->heirs[i]->person_id, person) &&
		    response->heirs[i]->order == order) {
			return response->heirs[i];
		}
	}
	return NULL;
}

START_TEST(children_and_spouse_are_called_before_parents_and_siblings)
{
	Civil__V1__ListHeirsResponse *response;

	(void)life_death(&life, &son, &wife, "2019-05-01");
	ck_assert_int_eq(ask_heirs(&response, &son), STATUS_OK);
	ck_assert_int_eq(response->date_of_death->year, 2019);
	ck_assert_uint_eq(response->n_heirs, 5);
	ck_assert(heir(response, &ann, ORDER(DESCENDANTS))->called);
	ck_assert(heir(response, &bob, ORDER(DESCENDANTS))->called);
	ck_assert(heir(response, &wife, ORDER(SPOUSE))->called);
	ck_assert(!heir(response, &old, ORDER(ASCENDANTS))->called);
	ck_assert(!heir(response, &girl, ORDER(SIBLINGS))->called);
	ck_assert_ptr_null(heir(response, &ann_child, ORDER(DESCENDANTS)));
}
END_TEST

START_TEST(grandchildren_come_in_the_place_of_one_who_died_before)
{
	Civil__V1__ListHeirsResponse *response;

	(void)life_death(&life, &ann, NULL, "2018-05-01");
	(void)life_death(&life, &son, &wife, "2019-05-01");
	ck_assert_int_eq(ask_heirs(&response, &son), STATUS_OK);
	ck_assert_ptr_null(heir(response, &ann, ORDER(DESCENDANTS)));
	ck_assert(is(heir(response, &ann_child, ORDER(DESCENDANTS))->represents, &ann));
	ck_assert_uint_eq(heir(response, &bob, ORDER(DESCENDANTS))->represents.len, 0);
}
END_TEST

START_TEST(siblings_are_called_when_nobody_nearer_survived)
{
	Civil__V1__ListHeirsResponse *response;

	(void)life_death(&life, &old, NULL, "2010-05-01");
	(void)life_death(&life, &girl, NULL, "2019-05-01");
	(void)life_death(&life, &niece, NULL, "2019-06-01");
	ck_assert_int_eq(ask_heirs(&response, &niece), STATUS_OK);
	ck_assert_uint_eq(response->n_heirs, 0); /* mother and grandfather dead */
	(void)life_death(&life, &ann_child, NULL, "2019-07-01");
	(void)life_death(&life, &ann, NULL, "2019-07-02");
	ck_assert_int_eq(ask_heirs(&response, &ann), STATUS_OK);
	ck_assert(heir(response, &son, ORDER(ASCENDANTS))->called);
	ck_assert(heir(response, &wife, ORDER(ASCENDANTS))->called);
	ck_assert(!heir(response, &bob, ORDER(SIBLINGS))->called);
}
END_TEST

START_TEST(who_died_the_same_day_does_not_inherit_and_a_month_leaves_it_open)
{
	Civil__V1__ListHeirsResponse *response;

	(void)life_death(&life, &ann, NULL, "2019-05-01");
	(void)life_death(&life, &bob, NULL, "2019-05");
	(void)life_death(&life, &son, &wife, "2019-05-01");
	ck_assert_int_eq(ask_heirs(&response, &son), STATUS_OK);
	ck_assert_ptr_null(heir(response, &ann, ORDER(DESCENDANTS)));
	ck_assert_int_eq(heir(response, &bob, ORDER(DESCENDANTS))->survived, ANSWER(UNKNOWN));
	ck_assert_int_eq(heir(response, &ann_child, ORDER(DESCENDANTS))->survived, ANSWER(YES));
	ck_assert(!heir(response, &old, ORDER(ASCENDANTS))->called);
}
END_TEST

START_TEST(a_child_born_after_the_death_inherits)
{
	Civil__V1__ListHeirsResponse *response;
	struct id child;
	struct id late;

	(void)life_death(&life, &old, NULL, "2019-05-01");
	born(&child, "Posthumous", "2019-11-01", NULL, &old);
	born(&late, "Too late", "2020-12-01", NULL, &old);
	ck_assert_int_eq(ask_heirs(&response, &old), STATUS_OK);
	ck_assert_int_eq(heir(response, &child, ORDER(DESCENDANTS))->survived, ANSWER(YES));
	ck_assert_ptr_null(heir(response, &late, ORDER(DESCENDANTS)));
}
END_TEST

START_TEST(the_living_have_no_heirs)
{
	Civil__V1__ListHeirsResponse *response;

	ck_assert_int_eq(ask_heirs(&response, &old), STATUS_NOT_FOUND);
}
END_TEST

static Suite *heirs_suite(void)
{
	Suite *suite = suite_create("query_heirs");
	TCase *tests = tcase_create("heirs");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, children_and_spouse_are_called_before_parents_and_siblings);
	tcase_add_test(tests, grandchildren_come_in_the_place_of_one_who_died_before);
	tcase_add_test(tests, siblings_are_called_when_nobody_nearer_survived);
	tcase_add_test(tests, who_died_the_same_day_does_not_inherit_and_a_month_leaves_it_open);
	tcase_add_test(tests, a_child_born_after_the_death_inherits);
	tcase_add_test(tests, the_living_have_no_heirs);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(heirs_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
