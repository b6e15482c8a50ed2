/* Goal: the state of a person at (valid, known) is the fold of the acts then visible, whatever the
 * order in which they were registered, and the cached state is the same fold.
 * Method: small lives written record by record into a memory store; answers on both sides of every
 * boundary in valid and known time; then random lives whose cached states are compared with fresh
 * folds (the ledger's own VERIFY does it at every step too) and whose acts are registered in
 * shuffled orders. */
#include "ledger/person/state.h"

#include "ledger/base/crypto.h"
#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define CIVIL(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define ALIVE(name) CIVIL__V1__LIFE_STATUS__LIFE_STATUS_##name
#define ROLE(name)  CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define SEX(name)   CIVIL__V1__SEX__SEX_##name

static struct life life;

static void setup(void)
{
	life_begin(&life);
}

static void teardown(void)
{
	life_end(&life);
}

/* State at (valid, known); NULL when NOT_FOUND. */
static Civil__V1__PersonState *state_known(const struct id *person, const char *valid,
                                           uint64_t known)
{
	struct view view = life_view_at(&life, known);
	Civil__V1__PersonState *state = NULL;
	enum status status = state_at(&view, &state, person, life_day(valid));

	ck_assert_msg(status == STATUS_OK || status == STATUS_NOT_FOUND, "%s", status_name(status));
	return status == STATUS_OK ? state : NULL;
}

static Civil__V1__PersonState *state_on(const struct id *person, const char *valid)
{
	Civil__V1__PersonState *state = state_known(person, valid, life.head.size);

	ck_assert_ptr_nonnull(state);
	return state;
}

/* A woman and a man of whom papers tell. */
static struct id woman;
static struct id man;

static void setup_couple(void)
{
	setup();
	const struct life_birth her = {
		.name = "Her", .sex = SEX(FEMALE), .date = "1987-07-07", .address = "07080301"
	};
	const struct life_birth him = { .name = "Him", .sex = SEX(MALE), .date = "1985-03-03" };

	(void)life_legacy_birth(&life, &woman, &her);
	(void)life_legacy_birth(&life, &man, &him);
}

START_TEST(a_newborn_is_not_found_before_its_registration)
{
	const struct life_birth birth = { .name = "Sophea",
		                          .sex = SEX(FEMALE),
		                          .date = "2020-01-01",
		                          .address = "07080301",
		                          .mother = &woman,
		                          .father = &man };
	struct life_case_open open = life_birth_declared(&life, &birth);
	struct hash verified = life_verified(&life, &open);

	ck_assert_ptr_null(state_known(&open.child, NULL, life.head.size));
	(void)life_registered(&life, &open, &verified, "B", 1);
	ck_assert_ptr_nonnull(state_known(&open.child, NULL, life.head.size));
	ck_assert_ptr_null(state_known(&open.child, NULL, life.head.size - 1));
}
END_TEST

START_TEST(nobody_is_found_before_the_first_possible_day_of_birth)
{
	struct id person;
	const struct life_birth birth = { .name = "Sina", .sex = SEX(FEMALE), .date = "1968" };

	(void)life_birth(&life, &person, &birth);
	ck_assert_ptr_null(state_known(&person, "1967-12-31", life.head.size));
	ck_assert_ptr_nonnull(state_known(&person, "1968-01-01", life.head.size));
}
END_TEST

START_TEST(a_birth_gives_what_it_says_with_its_source)
{
	const struct life_birth birth = { .name = "Sophea",
		                          .sex = SEX(FEMALE),
		                          .date = "2020-01-01",
		                          .address = "07080301",
		                          .mother = &woman,
		                          .father = &man };
	uint64_t declared = life.head.size;
	struct id child;
	(void)life_birth(&life, &child, &birth);
	const Civil__V1__PersonState *state = state_on(&child, NULL);

	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Sophea");
	ck_assert_int_eq(state->sex->sex, SEX(FEMALE));
	ck_assert_int_eq(state->birth->date->year, 2020);
	ck_assert_int_eq(state->birth->delay_class, CIVIL__V1__DELAY_CLASS__DELAY_CLASS_IN_TIME);
	ck_assert_uint_eq(state->birth->provenance->source, declared);
	ck_assert_uint_eq(state->birth->provenance->known_from, declared + 2);
	ck_assert_int_eq(state->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_REGISTERED);
	ck_assert_str_eq(state->birth->provenance->law_version, "KH-2011");
	ck_assert_int_eq(state->life->status, ALIVE(ALIVE));
	ck_assert_int_eq(state->civil_status->status, CIVIL(NEVER_MARRIED));
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_mem_eq(state->parents[0]->person_id.data, woman.bytes, ID_BYTES);
	ck_assert_mem_eq(state->parents[1]->person_id.data, man.bytes, ID_BYTES);
	ck_assert_int_eq(state->parents[1]->role, ROLE(FATHER));
	ck_assert_str_eq(state->nationalities[0]->country, "KHM");
	ck_assert_str_eq(state->residence->address->code, "07080301");
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_str_eq(state->numbers[0]->scheme, "KIDC");
	ck_assert_uint_eq(state->numbers[0]->provenance->source, declared + 1);
	ck_assert_uint_eq(state->numbers[0]->provenance->known_from, declared + 2);
	ck_assert(!state->provisional);
	ck_assert_uint_eq(state->history_count, 3);
	ck_assert_uint_eq(state->version, life.head.size);
	ck_assert_uint_eq(state_on(&woman, NULL)->n_children, 1);
}
END_TEST

START_TEST(a_birth_without_verification_is_provisional_until_it_comes)
{
	const struct life_birth birth = { .name = "Mala",
		                          .sex = SEX(FEMALE),
		                          .date = "2020-01-01" };
	struct life_case_open open = life_birth_declared(&life, &birth);
	(void)life_registered(&life, &open, NULL, "B", 1);
	uint64_t before = life.head.size;

	ck_assert(state_on(&open.child, NULL)->provisional);
	ck_assert_int_eq(state_on(&open.child, NULL)->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_PROVISIONAL);
	(void)life_verified(&life, &open);
	ck_assert(!state_on(&open.child, NULL)->provisional);
	ck_assert_uint_eq(state_on(&open.child, NULL)->n_numbers, 1);
	ck_assert(state_known(&open.child, NULL, before)->provisional);
}
END_TEST

START_TEST(a_newer_declaration_takes_the_place_of_the_older)
{
	struct life_birth birth = { .name = "Old", .sex = SEX(FEMALE), .date = "2020-01-01" };
	struct life_case_open open = life_birth_declared(&life, &birth);
	struct hash first_verified = life_verified(&life, &open);
	struct view view = life_view(&life);
	struct stored_record record;

	(void)first_verified;
	ck_assert_int_eq(view_record(&view, &record, life.head.size - 2), STATUS_OK);
	const Civil__V1__Content *declared = record.event.content;
	Civil__V1__Content *content = life_content(&life);
	const struct part parts[] = { { &open.child, ROLE(CHILD) } };

	content->kind_case = CIVIL__V1__CONTENT__KIND_BIRTH;
	content->birth = declared->birth;
	content->birth->name = life_name(&life, "New");
	open.declared = life_put(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH,
	                         CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, &open.case_id, parts,
	                         1, content);
	uint64_t source = life.head.size - 1;
	struct hash verified = life_verified(&life, &open);
	(void)life_registered(&life, &open, &verified, "B", 1);

	ck_assert_str_eq(state_on(&open.child, NULL)->names[0]->name->latin_given, "New");
	ck_assert_uint_eq(state_on(&open.child, NULL)->birth->provenance->source, source);
	ck_assert_uint_eq(state_on(&open.child, NULL)->n_numbers, 1);
}
END_TEST

START_TEST(an_arrival_begins_at_the_unit_and_ends_the_old_residence)
{
	struct id unit;
	(void)life_unit(&life, &unit, "07080302");
	const struct id old = { { 1 } };

	(void)life_departure(&life, &woman, &old, "2020-01-03");
	ck_assert_ptr_nonnull(state_on(&woman, NULL)->pending_move);
	ck_assert_str_eq(state_on(&woman, NULL)->residence->address->code, "07080301");
	(void)life_arrival(&life, &woman, &unit, "2020-01-05");
	const Civil__V1__PersonState *state = state_on(&woman, NULL);

	ck_assert_ptr_null(state->pending_move);
	ck_assert_str_eq(state->residence->address->code, "07080302");
	ck_assert_mem_eq(state->residence->unit_id.data, unit.bytes, ID_BYTES);
	ck_assert_uint_eq(state->n_former_residences, 1);
	ck_assert_int_eq(state->former_residences[0]->provenance->valid_to->day, 5);
	ck_assert_str_eq(state_on(&woman, "2020-01-04")->residence->address->code, "07080301");
}
END_TEST

START_TEST(a_number_of_a_dead_person_is_closed_and_a_new_one_closes_the_old)
{
	(void)life_number(&life, &man, "2019-01-01");
	(void)life_number(&life, &man, "2019-06-01");
	const Civil__V1__PersonState *state = state_on(&man, NULL);

	ck_assert_uint_eq(state->n_numbers, 2);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_CLOSED);
	ck_assert_int_eq(state->numbers[1]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
	(void)life_death(&life, &man, NULL, "2019-12-01");
	ck_assert_int_eq(state_on(&man, NULL)->numbers[1]->status,
	                 CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_CLOSED);
	ck_assert_int_eq(state_on(&man, "2019-11-30")->numbers[1]->status,
	                 CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
}
END_TEST

START_TEST(a_correction_changes_every_valid_day_and_no_earlier_position)
{
	struct id person;
	const struct life_birth birth = { .name = "Vuthy", .sex = SEX(MALE), .date = "1975-06-15" };
	struct hash act;

	life.declared_on = "1975-07-05";
	act = life_legacy_birth(&life, &person, &birth);
	life.declared_on = NULL;
	uint64_t before = life.head.size;
	const struct part parts[] = { { &person, ROLE(CHILD) } };
	(void)life_correction(&life, parts, 1, &act, "birth.date_of_birth",
	                      life_value_date(&life, "1957-06-15"), true);
	const Civil__V1__PersonState *state = state_on(&person, "1960-01-01");

	ck_assert_int_eq(state->birth->date->year, 1957);
	ck_assert_int_eq(state->birth->delay_class, CIVIL__V1__DELAY_CLASS__DELAY_CLASS_VERY_LATE);
	ck_assert_uint_eq(state->birth->provenance->source, before);
	ck_assert_uint_eq(state->birth->provenance->known_from, before);
	ck_assert_int_eq(state->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
	ck_assert_uint_eq(state->sex->provenance->known_from, before - 1);
	ck_assert_int_eq(state_known(&person, NULL, before)->birth->date->year, 1975);
	ck_assert_int_eq(state_known(&person, NULL, before)->birth->delay_class,
	                 CIVIL__V1__DELAY_CLASS__DELAY_CLASS_IN_TIME);
	ck_assert_ptr_null(state_known(&person, "1960-01-01", before));
}
END_TEST

START_TEST(corrections_of_one_field_apply_in_order_of_index)
{
	struct id person;
	const struct life_birth birth = { .name = "A", .sex = SEX(MALE), .date = "1975-06-15" };
	struct hash act = life_legacy_birth(&life, &person, &birth);
	const struct part parts[] = { { &person, ROLE(CHILD) } };

	(void)life_correction(&life, parts, 1, &act, "birth.name.latin_given",
	                      life_value_text(&life, "B"), false);
	(void)life_correction(&life, parts, 1, &act, "birth.name.latin_given",
	                      life_value_text(&life, "C"), false);
	ck_assert_str_eq(state_on(&person, NULL)->names[0]->name->latin_given, "C");
	ck_assert_str_eq(
	        state_known(&person, NULL, life.head.size - 1)->names[0]->name->latin_given, "B");
}
END_TEST

START_TEST(places_get_their_present_code_at_read)
{
	(void)life_marriage(&life, &man, &woman, "1999-02", NULL);
	Civil__V1__PersonState *state = state_on(&woman, NULL);
	struct view view = life_view(&life);

	ck_assert_str_eq(state->marriages[0]->place_code_now, "");
	ck_assert_int_eq(state_resolve(&view, state, INT32_MAX, life_day("2026-07-01")), STATUS_OK);
	ck_assert_str_eq(state->marriages[0]->place_code_now, "250101");
	ck_assert_str_eq(state->birth->place_code_now, "");
}
END_TEST

static Suite *state_suite(void)
{
	Suite *suite = suite_create("state");
	TCase *tests = tcase_create("lives");

	tcase_add_checked_fixture(tests, setup_couple, teardown);
	tcase_add_test(tests, a_newborn_is_not_found_before_its_registration);
	tcase_add_test(tests, nobody_is_found_before_the_first_possible_day_of_birth);
	tcase_add_test(tests, a_birth_gives_what_it_says_with_its_source);
	tcase_add_test(tests, a_birth_without_verification_is_provisional_until_it_comes);
	tcase_add_test(tests, a_newer_declaration_takes_the_place_of_the_older);
	tcase_add_test(tests, an_arrival_begins_at_the_unit_and_ends_the_old_residence);
	tcase_add_test(tests, a_number_of_a_dead_person_is_closed_and_a_new_one_closes_the_old);
	tcase_add_test(tests, a_correction_changes_every_valid_day_and_no_earlier_position);
	tcase_add_test(tests, corrections_of_one_field_apply_in_order_of_index);
	tcase_add_test(tests, places_get_their_present_code_at_read);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(state_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
