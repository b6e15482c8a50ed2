/* Goal: a court says who acts for whom, until when, and what a person may do alone; a name changes
 * on the day, and the old one stays in the history.
 * Method: a ward and a guardian; each act refused in one respect and then accepted; both states
 * before and after. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_filiation.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define CASE(name) CIVIL__V1__CONTENT__KIND_##name
#define SORT(name) CIVIL__V1__NAME_CHANGE_SORT__NAME_CHANGE_SORT_##name

static struct reg *reg;
static struct id ward;
static struct id guardian;
static struct reg_part both[3];
static struct reg_part holder[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	ward = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ម៉ាលា", "2012-09-09", "070803");
	guardian = reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "វុទ្ធី", "1980-01-10", "070803");
	both[0] = (struct reg_part){ ROLE(WARD), &ward };
	both[1] = (struct reg_part){ ROLE(GUARDIAN), &guardian };
	both[2] = (struct reg_part){ 0, NULL };
	holder[0] = (struct reg_part){ ROLE(HOLDER), &ward };
	holder[1] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-02-02");
}

static void teardown(void)
{
	reg_end(reg);
}

static Civil__V1__Content *guardianship(const char *from, const char *until,
                                        const struct hash *decision)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__GuardianshipSet *act = reg_new(reg, &civil__v1__guardianship_set__descriptor);

	content->kind_case = CASE(GUARDIANSHIP_SET);
	content->guardianship_set = act;
	act->scope = reg_text(reg, "property");
	act->from = reg_date(reg, from);
	act->until = until == NULL ? NULL : reg_date(reg, until);
	act->decision = reg_bytes(reg, bytes_of_hash(decision));
	return content;
}

static struct hash guarded(const char *from, const char *until)
{
	struct hash decision = reg_decided_for(reg, "guardianship_set", both, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship(from, until, &decision)),
	                 "");
	return reg_event(reg);
}

/* The answer to the end of a guardianship, which a court orders. */
static const char *end(const struct hash *target, const char *from, const struct reg_part *parts)
{
	struct hash decision = reg_decided_for(reg, "guardianship_ended", both, NULL);
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__GuardianshipEnded *act =
	        reg_new(reg, &civil__v1__guardianship_ended__descriptor);

	content->kind_case = CASE(GUARDIANSHIP_ENDED);
	content->guardianship_ended = act;
	act->target = reg_bytes(reg, bytes_of_hash(target));
	act->from = reg_date(reg, from);
	act->decision = reg_bytes(reg, bytes_of_hash(&decision));
	return reg_act(reg, "R.140101", KIND_GUARDIANSHIP_ENDED, parts, content);
}

static Civil__V1__Content *capacity(const char *scope, const char *from, const char *until,
                                    const struct hash *decision)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__CapacitySet *act = reg_new(reg, &civil__v1__capacity_set__descriptor);

	content->kind_case = CASE(CAPACITY_SET);
	content->capacity_set = act;
	act->scope = reg_text(reg, scope);
	act->from = reg_date(reg, from);
	act->until = until == NULL ? NULL : reg_date(reg, until);
	act->decision = reg_bytes(reg, bytes_of_hash(decision));
	return content;
}

static Civil__V1__Content *renaming(Civil__V1__NameChangeSort sort, const char *before,
                                    const char *after, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NameChange *act = reg_new(reg, &civil__v1__name_change__descriptor);

	content->kind_case = CASE(NAME_CHANGE);
	content->name_change = act;
	act->old_name = reg_name(reg, before, "Sokha");
	act->new_name = reg_name(reg, after, "Sokha");
	act->sort = sort;
	act->effective_on = reg_date(reg, on);
	return content;
}

static const char *rename_holder(const char *signers, Civil__V1__Content *content)
{
	return reg_act(reg, signers, KIND_NAME_CHANGE, holder, content);
}

static void die(const struct id *person, const char *on)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), person }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);

	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, on)), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
}

static void ck_assert_day(const Civil__V1__PartialDate *date, int month, int day)
{
	ck_assert_ptr_nonnull(date);
	ck_assert_int_eq(date->month, month);
	ck_assert_int_eq(date->day, day);
}

START_TEST(ward_and_guardian_know_each_other)
{
	struct hash act = guarded("2026-02-01", "2028-09-08");
	const Civil__V1__PersonState *state = reg_state(reg, &ward);

	ck_assert_uint_eq(state->n_guardianships, 1);
	ck_assert_mem_eq(state->guardianships[0]->person_id.data, guardian.bytes, ID_BYTES);
	ck_assert_int_eq(state->guardianships[0]->role, ROLE(GUARDIAN));
	ck_assert_str_eq(state->guardianships[0]->scope, "property");
	ck_assert_mem_eq(state->guardianships[0]->act.data, act.bytes, HASH_BYTES);
	ck_assert_day(state->guardianships[0]->provenance->valid_from, 2, 1);
	ck_assert_day(state->guardianships[0]->provenance->valid_to, 9, 8);
	ck_assert_int_eq(state->guardianships[0]->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
	state = reg_state(reg, &guardian);
	ck_assert_uint_eq(state->n_guardianships, 1);
	ck_assert_mem_eq(state->guardianships[0]->person_id.data, ward.bytes, ID_BYTES);
	ck_assert_int_eq(state->guardianships[0]->role, ROLE(WARD));
	ck_assert_uint_eq(reg_state_at(reg, &ward, "2026-01-31", UINT64_MAX)->n_guardianships, 0);
}
END_TEST

START_TEST(l09_a_court_names_ward_and_guardian)
{
	struct hash nothing = { { 7 } };
	const struct reg_part alone[] = { { ROLE(WARD), &ward }, { 0, NULL } };
	struct hash of_ward = reg_decided_for(reg, "guardianship_set", alone, NULL);
	struct hash other_kind = reg_decided_for(reg, "capacity_set", both, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", NULL, &nothing)),
	                 "L09");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", NULL, &of_ward)),
	                 "L09");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", NULL, &other_kind)),
	                 "L09");
	ck_assert_str_eq(reg_act(reg, "K.070803", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", NULL, &nothing)),
	                 "S02");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, alone,
	                         guardianship("2026-02-01", NULL, &of_ward)),
	                 "S16");
	ck_assert_ptr_null(reg_state(reg, &ward)->guardianships);
}
END_TEST

START_TEST(s07_the_last_day_is_not_before_the_first)
{
	struct hash decision = reg_decided_for(reg, "guardianship_set", both, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", "2026-01-31", &decision)),
	                 "S07");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", "2026-02-01", &decision)),
	                 "");
}
END_TEST

START_TEST(l03_nobody_guards_the_dead)
{
	struct hash decision = reg_decided_for(reg, "guardianship_set", both, NULL);

	die(&guardian, "2026-02-01");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-02", NULL, &decision)),
	                 "L03");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_GUARDIANSHIP_SET, both,
	                         guardianship("2026-02-01", NULL, &decision)),
	                 "");
}
END_TEST

START_TEST(a_guardianship_ends_once)
{
	struct hash act = guarded("2026-01-10", NULL);

	ck_assert_ptr_null(reg_state(reg, &ward)->guardianships[0]->provenance->valid_to);
	ck_assert_str_eq(end(&act, "2026-01-09", both), "S14"); /* before it began */
	ck_assert_str_eq(end(&act, "2026-02-01", both), "");
	struct hash ended = reg_event(reg);

	for (size_t i = 0; i < 2; i++) {
		const Civil__V1__PersonState *state = reg_state(reg, both[i].person);

		ck_assert_uint_eq(state->n_guardianships, 1);
		ck_assert_day(state->guardianships[0]->provenance->valid_to, 2, 1);
		ck_assert_mem_eq(state->guardianships[0]->ended_by.data, ended.bytes, HASH_BYTES);
	}
	ck_assert_uint_eq(
	        reg_state_at(reg, &ward, "2026-01-31", UINT64_MAX)->guardianships[0]->ended_by.len,
	        0);
	ck_assert_str_eq(end(&act, "2026-02-02", both), "S14");
	ck_assert_str_eq(end(&ended, "2026-02-02", both), "S13");
	act.bytes[0] ^= 1;
	ck_assert_str_eq(end(&act, "2026-02-02", both), "S12");
	act = guarded("2026-01-10", "2026-01-31"); /* runs out */
	ck_assert_str_eq(end(&act, "2026-02-01", both), "S14");
	ck_assert_str_eq(end(&act, "2026-01-31", both), "");
}
END_TEST

START_TEST(s16_the_end_names_those_of_the_guardianship)
{
	struct hash act = guarded("2026-01-10", NULL);
	struct id other =
	        reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "ដារា", "1980-01-01", "070803");
	const struct reg_part wrong[] = { { ROLE(WARD), &ward },
		                          { ROLE(GUARDIAN), &other },
		                          { 0, NULL } };

	reg_on(reg, "2026-02-02");
	ck_assert_str_eq(end(&act, "2026-02-01", wrong), "S16");
	ck_assert_str_eq(end(&act, "2026-02-01", both), "");
}
END_TEST

START_TEST(a_revoked_guardianship_is_none)
{
	struct hash act = guarded("2026-01-10", NULL);

	(void)reg_revoked(reg, &act, both, false);
	ck_assert_uint_eq(reg_state(reg, &ward)->n_guardianships, 0);
	ck_assert_uint_eq(reg_state(reg, &guardian)->n_guardianships, 0);
	ck_assert_str_eq(end(&act, "2026-02-01", both), "S14");
}
END_TEST

START_TEST(the_latest_capacity_stands)
{
	const struct reg_part about[] = { { ROLE(SUBJECT), &guardian }, { 0, NULL } };
	struct hash nothing = { { 7 } };
	struct hash decision = reg_decided_for(reg, "capacity_set", about, NULL);

	ck_assert_ptr_null(reg_state(reg, &guardian)->capacity);
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CAPACITY_SET, about,
	                         capacity("limited", "2026-01-10", NULL, &nothing)),
	                 "L09");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CAPACITY_SET, about,
	                         capacity("limited", "2026-01-10", "2026-01-09", &decision)),
	                 "S07");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CAPACITY_SET, about,
	                         capacity("limited", "2026-01-10", "2027-01-09", &decision)),
	                 "");
	ck_assert_str_eq(reg_state(reg, &guardian)->capacity->scope, "limited");
	ck_assert_day(reg_state(reg, &guardian)->capacity->provenance->valid_to, 1, 9);
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CAPACITY_SET, about,
	                         capacity("full", "2026-02-01", NULL, &decision)),
	                 "");
	ck_assert_str_eq(reg_state(reg, &guardian)->capacity->scope, "full");
	ck_assert_ptr_null(reg_state(reg, &guardian)->capacity->provenance->valid_to);
	ck_assert_str_eq(reg_state_at(reg, &guardian, "2026-01-31", UINT64_MAX)->capacity->scope,
	                 "limited");
	die(&guardian, "2026-02-01");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_CAPACITY_SET, about,
	                         capacity("none", "2026-02-02", NULL, &decision)),
	                 "L03");
}
END_TEST

START_TEST(a_name_in_use_stands_beside_the_registered_one)
{
	(void)reg_reside(reg, &ward, "07080301", "2020-02-10");
	reg_on(reg, "2026-02-02");
	ck_assert_str_eq(
	        rename_holder("R.070803", renaming(SORT(USAGE), "ម៉ាលា", "ដារា", "2026-01-10")), "");
	ck_assert_str_eq(
	        rename_holder("R.070803", renaming(SORT(USAGE), "ម៉ាលា", "វិសាល", "2026-02-01")), "");
	const Civil__V1__PersonState *state = reg_state(reg, &ward);

	ck_assert_uint_eq(state->n_names, 3);
	ck_assert_str_eq(state->names[0]->name->km_given, "ម៉ាលា");
	ck_assert_int_eq(state->names[0]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED);
	ck_assert_int_eq(state->names[1]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_FORMER);
	ck_assert_day(state->names[1]->provenance->valid_to, 2, 1);
	ck_assert_str_eq(state->names[2]->name->km_given, "វិសាល");
	ck_assert_int_eq(state->names[2]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_USAGE);
	ck_assert_ptr_null(state->names[2]->provenance->valid_to);
}
END_TEST

START_TEST(s19_the_old_name_is_the_registered_one)
{
	(void)reg_reside(reg, &ward, "07080301", "2020-02-10");
	reg_on(reg, "2026-02-02");
	ck_assert_str_eq(rename_holder("R.070803",
	                               renaming(SORT(AFTER_MARRIAGE), "ម៉ាលី", "ដារា", "2026-01-10")),
	                 "S19");
	ck_assert_str_eq(rename_holder("R.140101", renaming(SORT(AFTER_MARRIAGE), "ម៉ាលា", "ដារា",
	                                                    "2026-01-10")),
	                 "S03");
	ck_assert_str_eq(rename_holder("R.070803", renaming(SORT(AFTER_MARRIAGE), "ម៉ាលា", "ដារា",
	                                                    "2026-01-10")),
	                 "");
	ck_assert_str_eq(
	        rename_holder("R.070803", renaming(SORT(USAGE), "ម៉ាលា", "វិសាល", "2026-02-01")),
	        "S19");
	const Civil__V1__PersonState *state = reg_state(reg, &ward);

	ck_assert_uint_eq(state->n_names, 2);
	ck_assert_str_eq(state->names[0]->name->km_given, "ដារា");
	ck_assert_int_eq(state->names[1]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_FORMER);
	ck_assert_str_eq(
	        reg_state_at(reg, &ward, "2026-01-09", UINT64_MAX)->names[0]->name->km_given,
	        "ម៉ាលា");
}
END_TEST

START_TEST(l09_a_court_replaces_a_name)
{
	struct hash decision = reg_decided_for(reg, "name_change", holder, NULL);
	Civil__V1__Content *content;

	(void)reg_reside(reg, &ward, "07080301", "2020-02-10");
	reg_on(reg, "2026-02-02");
	content = renaming(SORT(REPLACEMENT), "ម៉ាលា", "ដារា", "2026-02-02");
	ck_assert_str_eq(rename_holder("R.070803", content), "L09");
	content->name_change->decision = reg_bytes(reg, bytes_of_hash(&decision));
	ck_assert_str_eq(rename_holder("R.070803", content), "");
	const Civil__V1__PersonState *state = reg_state(reg, &ward);

	ck_assert_str_eq(state->names[0]->name->km_given, "ដារា");
	ck_assert_int_eq(state->names[0]->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
}
END_TEST

START_TEST(l03_the_dead_keep_their_names)
{
	(void)reg_reside(reg, &ward, "07080301", "2020-02-10");
	reg_on(reg, "2026-02-02");
	die(&ward, "2026-02-01");
	reg_on(reg, "2026-02-03");
	ck_assert_str_eq(
	        rename_holder("R.070803", renaming(SORT(USAGE), "ម៉ាលា", "ដារា", "2026-02-02")),
	        "L03");
	ck_assert_str_eq(
	        rename_holder("R.070803", renaming(SORT(USAGE), "ម៉ាលា", "ដារា", "2026-02-01")), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("guardianship");
	TCase *tcase = tcase_create("guardianship");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, ward_and_guardian_know_each_other);
	tcase_add_test(tcase, l09_a_court_names_ward_and_guardian);
	tcase_add_test(tcase, s07_the_last_day_is_not_before_the_first);
	tcase_add_test(tcase, l03_nobody_guards_the_dead);
	tcase_add_test(tcase, a_guardianship_ends_once);
	tcase_add_test(tcase, s16_the_end_names_those_of_the_guardianship);
	tcase_add_test(tcase, a_revoked_guardianship_is_none);
	tcase_add_test(tcase, the_latest_capacity_stands);
	tcase_add_test(tcase, a_name_in_use_stands_beside_the_registered_one);
	tcase_add_test(tcase, s19_the_old_name_is_the_registered_one);
	tcase_add_test(tcase, l09_a_court_replaces_a_name);
	tcase_add_test(tcase, l03_the_dead_keep_their_names);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
