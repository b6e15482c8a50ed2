/* Goal: records become the acts they bring into force, joined, corrected and in fold order, and
 * acts_find gives the same act as acts_load.
 * Method: cases of every profile and stage, corrections, linked papers; the parts of persons,
 * created ones too; what brings no act into force. */
#include "ledger/person/acts.h"

#include "ledger/base/crypto.h"
#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

static struct life life;
static struct id woman;
static struct id man;

static void setup(void)
{
	const struct life_birth her = { .name = "Her", .date = "1987-07-07" };
	const struct life_birth him = { .name = "Him", .date = "1985-03-03" };

	life_begin(&life);
	(void)life_legacy_birth(&life, &woman, &her);
	(void)life_legacy_birth(&life, &man, &him);
}

static void teardown(void)
{
	life_end(&life);
}

static struct acts load(const struct id *person)
{
	struct view view = life_view(&life);
	struct acts acts;

	ck_assert_int_eq(acts_load(&view, &acts, person), STATUS_OK);
	return acts;
}

START_TEST(a_person_nobody_names_has_no_acts)
{
	const struct id nobody = { { 9 } };

	ck_assert_uint_eq(load(&nobody).count, 0);
}
END_TEST

START_TEST(a_case_gives_its_act_when_registered_and_not_before)
{
	const struct life_birth birth = {
		.name = "C", .date = "2020-01-01", .mother = &woman, .father = &man
	};
	struct life_case_open open = life_birth_declared(&life, &birth);
	uint64_t declared = life.head.size - 1;
	struct hash verified = life_verified(&life, &open);

	ck_assert_uint_eq(load(&open.child).count, 0);
	ck_assert_uint_eq(load(&woman).count, 1);
	life.recorded_on = "2020-01-05";
	struct hash registered = life_registered(&life, &open, &verified, "B", 7);
	struct acts acts = load(&open.child);
	const struct act *act = &acts.act[0];

	ck_assert_uint_eq(acts.count, 1);
	ck_assert_uint_eq(act->index, declared + 2);
	ck_assert_uint_eq(act->source, declared);
	ck_assert_uint_eq(act->numbers_index, declared + 1);
	ck_assert(hash_equal(&act->event_id, &registered));
	ck_assert_int_eq(act->kind->id, KIND_BIRTH);
	ck_assert_int_eq(act->registration->registration_number->number, 7);
	ck_assert(act->verified);
	ck_assert_uint_eq(act->number_count, 1);
	ck_assert_int_eq(act->declared_day, life_day("2020-01-02"));
	ck_assert_int_eq(act->registered_day, life_day("2020-01-05"));
	ck_assert_int_eq(act->valid.earliest, life_day("2020-01-01"));
	ck_assert_str_eq(act->law_version, "KH-2011");
}
END_TEST

START_TEST(parts_are_found_by_person_and_by_role)
{
	const struct life_birth birth = { .name = "C", .date = "2020-01-01", .mother = &woman };
	struct id child;
	const struct id stranger = { { 9 } };
	struct id found;
	(void)life_birth(&life, &child, &birth);
	struct acts acts = load(&child);
	const struct act *act = &acts.act[0];

	ck_assert_int_eq(act_role(act, &child), ROLE(CHILD));
	ck_assert_int_eq(act_role(act, &woman), ROLE(MOTHER));
	ck_assert_int_eq(act_role(act, &stranger), ROLE(UNSPECIFIED));
	ck_assert(act_person(act, &found, ROLE(MOTHER), 0));
	ck_assert(id_equal(&found, &woman));
	ck_assert(!act_person(act, &found, ROLE(MOTHER), 1));
	ck_assert(!act_person(act, &found, ROLE(FATHER), 0));
}
END_TEST

START_TEST(a_linked_paper_is_the_act_on_it)
{
	struct acts acts = load(&man);

	ck_assert_uint_eq(acts.count, 1);
	ck_assert_int_eq(acts.act[0].kind->id, KIND_BIRTH);
	ck_assert_ptr_nonnull(acts.act[0].legacy);
	ck_assert_uint_eq(acts.act[0].source, acts.act[0].index);
	ck_assert(acts.act[0].verified);
	ck_assert_int_eq(act_role(&acts.act[0], &man), ROLE(CHILD));
}
END_TEST

START_TEST(acts_are_ordered_by_first_possible_day_then_index)
{
	(void)life_marriage(&life, &man, &woman, "2010", NULL);
	(void)life_number(&life, &man, "2009-12-31");
	(void)life_number(&life, &man, "2010-01-01");
	struct acts acts = load(&man);

	ck_assert_uint_eq(acts.count, 4);
	ck_assert_int_eq(acts.act[0].kind->id, KIND_BIRTH);
	ck_assert_int_eq(acts.act[1].kind->id, KIND_NUMBER_ALLOCATED);
	ck_assert_int_eq(acts.act[2].kind->id, KIND_MARRIAGE);
	ck_assert_int_eq(acts.act[3].kind->id, KIND_NUMBER_ALLOCATED);
}
END_TEST

START_TEST(a_correction_is_no_act_and_changes_content_and_order)
{
	struct hash marriage = life_marriage(&life, &man, &woman, "2010-05-05", NULL);
	const struct part parts[] = { { &man, ROLE(SPOUSE_A) }, { &woman, ROLE(SPOUSE_B) } };

	(void)life_number(&life, &man, "2009-12-31");
	struct hash correction =
	        life_correction(&life, parts, 2, &marriage, "marriage.date_of_marriage",
	                        life_value_date(&life, "2009-05-05"), true);
	struct acts acts = load(&man);
	const struct act *act = &acts.act[1];

	ck_assert_uint_eq(acts.count, 3);
	ck_assert_int_eq(act->kind->id, KIND_MARRIAGE);
	ck_assert_int_eq(act->valid.earliest, life_day("2009-05-05"));
	ck_assert_uint_eq(act->amended, life.head.size - 1);
	ck_assert_uint_eq(act->change_count, 1);
	ck_assert_str_eq(act->changes[0].field, "date_of_marriage");
	ck_assert(act->changes[0].court);

	struct view view = life_view(&life);
	struct act none;

	ck_assert_int_eq(acts_find(&view, &none, bytes_of_hash(&correction)), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_correction_that_does_not_fit_changes_nothing)
{
	struct hash marriage = life_marriage(&life, &man, &woman, "2010-05-05", NULL);
	const struct part parts[] = { { &man, ROLE(SPOUSE_A) }, { &woman, ROLE(SPOUSE_B) } };

	(void)life_correction(&life, parts, 2, &marriage, "marriage.no_such_field",
	                      life_value_date(&life, "2009-05-05"), true);
	(void)life_correction(&life, parts, 2, &marriage, "marriage.date_of_marriage",
	                      life_value_text(&life, "yesterday"), true);
	struct acts acts = load(&man);

	ck_assert_int_eq(acts.act[1].valid.earliest, life_day("2010-05-05"));
	ck_assert_uint_eq(acts.act[1].change_count, 0);
}
END_TEST

START_TEST(find_gives_the_act_that_load_gives)
{
	const struct part parts[] = { { &man, ROLE(SPOUSE_A) }, { &woman, ROLE(SPOUSE_B) } };
	const struct life_birth birth = { .name = "C", .date = "2020-01-01", .father = &man };
	struct id child;
	struct hash marriage = life_marriage(&life, &man, &woman, "2010-05-05", NULL);

	(void)life_birth(&life, &child, &birth);
	(void)life_correction(&life, parts, 2, &marriage, "marriage.place.detail",
	                      life_value_text(&life, "pagoda"), false);
	struct acts acts = load(&man);
	struct view view = life_view(&life);

	ck_assert_uint_eq(acts.count, 3);
	for (size_t i = 0; i < acts.count; i++) {
		const struct act *loaded = &acts.act[i];
		struct act act;

		ck_assert_int_eq(acts_find(&view, &act, bytes_of_hash(&loaded->event_id)),
		                 STATUS_OK);
		ck_assert_uint_eq(act.index, loaded->index);
		ck_assert_uint_eq(act.source, loaded->source);
		ck_assert_uint_eq(act.amended, loaded->amended);
		ck_assert_uint_eq(act.number_count, loaded->number_count);
		ck_assert(act.verified == loaded->verified);
		ck_assert_ptr_eq(act.kind, loaded->kind);
		ck_assert_int_eq(act.valid.latest, loaded->valid.latest);
	}
}
END_TEST

START_TEST(find_knows_only_events_that_bring_an_act_into_force)
{
	const struct life_birth birth = { .name = "C", .date = "2020-01-01" };
	struct life_case_open open = life_birth_declared(&life, &birth);
	struct view view = life_view(&life);
	struct hash unknown = { { 1 } };
	struct act act;

	ck_assert_int_eq(acts_find(&view, &act, bytes_of_hash(&open.declared)), STATUS_NOT_FOUND);
	ck_assert_int_eq(acts_find(&view, &act, bytes_of_hash(&unknown)), STATUS_NOT_FOUND);
	ck_assert_int_eq(acts_find(&view, &act, bytes_of("", 0)), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_provisional_birth_is_verified_when_the_verification_comes)
{
	const struct life_birth birth = { .name = "C", .date = "2020-01-01" };
	struct life_case_open open = life_birth_declared(&life, &birth);

	(void)life_registered(&life, &open, NULL, "B", 1);
	ck_assert(!load(&open.child).act[0].verified);
	(void)life_verified(&life, &open);
	ck_assert(load(&open.child).act[0].verified);
	ck_assert_uint_eq(load(&open.child).act[0].number_count, 1);
}
END_TEST

static Suite *acts_suite(void)
{
	Suite *suite = suite_create("acts");
	TCase *tests = tcase_create("acts");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, a_person_nobody_names_has_no_acts);
	tcase_add_test(tests, a_case_gives_its_act_when_registered_and_not_before);
	tcase_add_test(tests, parts_are_found_by_person_and_by_role);
	tcase_add_test(tests, a_linked_paper_is_the_act_on_it);
	tcase_add_test(tests, acts_are_ordered_by_first_possible_day_then_index);
	tcase_add_test(tests, a_correction_is_no_act_and_changes_content_and_order);
	tcase_add_test(tests, a_correction_that_does_not_fit_changes_nothing);
	tcase_add_test(tests, find_gives_the_act_that_load_gives);
	tcase_add_test(tests, find_knows_only_events_that_bring_an_act_into_force);
	tcase_add_test(tests, a_provisional_birth_is_verified_when_the_verification_comes);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(acts_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
