/* Goal: rules S01 to S05 and S18: who may sign what, where, and how many.
 * Method: offer one birth, marriage or governance act by the right officers and by every near
 * miss: another role, another place, one officer too few, a closed office, a relative. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct reg_case birth;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };

	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	reg_on(reg, "2026-03-05");
	birth = reg_case_begin(reg, KIND_BIRTH, parts);
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *declare(const char *signers)
{
	return reg_declare(reg, &birth, signers, reg_birth(reg, "សុភា", "2026-03-02"));
}

static Civil__V1__Content *suspension(const char *officer)
{
	struct officer_key key = reg_officer(reg, officer);
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficerSuspended *suspended =
	        reg_new(reg, &civil__v1__officer_suspended__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_SUSPENDED;
	content->officer_suspended = suspended;
	suspended->public_key = reg_bytes(reg, bytes_of(key.public_key, PUBLIC_KEY_BYTES));
	suspended->reason = reg_text(reg, "inquiry");
	suspended->date = reg_date(reg, reg->today);
	return content;
}

static Civil__V1__Content *compromise(const char *officer)
{
	struct officer_key key = reg_officer(reg, officer);
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficerKeyCompromised *compromised =
	        reg_new(reg, &civil__v1__officer_key_compromised__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_KEY_COMPROMISED;
	content->officer_key_compromised = compromised;
	compromised->public_key = reg_bytes(reg, bytes_of(key.public_key, PUBLIC_KEY_BYTES));
	compromised->since_ms = 1;
	compromised->reason = reg_text(reg, "stolen");
	compromised->date = reg_date(reg, reg->today);
	return content;
}

static Civil__V1__Content *closing(const char *office, const char *last_day)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_CLOSED;
	content->office_closed = reg_new(reg, &civil__v1__office_closed__descriptor);
	content->office_closed->office_id = reg_text(reg, office);
	content->office_closed->date = reg_date(reg, last_day);
	return content;
}

START_TEST(s01_a_key_that_was_never_enrolled_signs_nothing)
{
	ck_assert_str_eq(declare("K9.070803"), "S01 S05");
	ck_assert_str_eq(declare("K.070803"), "");
}
END_TEST

START_TEST(s01_a_suspended_key_signs_no_more)
{
	ck_assert_str_eq(reg_act(reg, "G1", KIND_OFFICER_SUSPENDED, NULL, suspension("K.070803")),
	                 "");
	ck_assert_str_eq(declare("K.070803"), "S01");
	ck_assert_str_eq(declare("K2.070803"), "");
}
END_TEST

START_TEST(s01_a_compromised_key_signs_no_more)
{
	ck_assert_str_eq(
	        reg_act(reg, "P.07", KIND_OFFICER_KEY_COMPROMISED, NULL, compromise("K.070803")),
	        "");
	ck_assert_str_eq(declare("K.070803"), "S01");
}
END_TEST

START_TEST(s01_record_0_is_signed_by_the_keys_that_it_names)
{
	struct reg *empty = reg_begin();

	reg_on(reg, "2020-01-02");
	reg_on(empty, "2020-01-02");
	ck_assert_str_eq(
	        reg_act(empty, "G1+G2+K.070803", KIND_GENESIS, NULL, ground_genesis(empty)),
	        "S01 S05");
	ck_assert_str_eq(reg_act(empty, "G1+G2", KIND_GENESIS, NULL, ground_genesis(empty)), "S05");
	ck_assert_str_eq(reg_act(empty, "G1+G2+G3", KIND_OFFICE_CLOSED, NULL,
	                         closing("070803", "2020-01-02")),
	                 "S01 S05 S12 S18");
	ck_assert_str_eq(reg_act(empty, "G1+G2+G3", KIND_GENESIS, NULL, ground_genesis(empty)), "");
	reg_end(empty);
}
END_TEST

START_TEST(s02_each_step_is_signed_by_the_roles_of_its_row)
{
	ck_assert_str_eq(declare("V.0708"), "S02");
	ck_assert_str_eq(declare("PC.070803"), "S02");
	ck_assert_str_eq(declare("R.070803"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "R.070803"), "S02 S05");
	ck_assert_str_eq(reg_verify(reg, &birth, "K.070803"), "S02");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "K.070803"), "S02");
	ck_assert_str_eq(reg_register(reg, &birth, "P.07"), "S02");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+PC.070803"), "S02");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
}
END_TEST

START_TEST(s02_a_province_stands_in_for_its_districts)
{
	ck_assert_str_eq(declare("K.070803"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "P.07"), "");
}
END_TEST

START_TEST(s02_an_event_is_signed_for_the_office_of_a_signer)
{
	reg->office = "070801";
	ck_assert_str_eq(declare("K.070803"), "S02");
	reg->office = "nowhere";
	ck_assert_str_eq(declare("K.070803"), "S02 S18");
	reg->office = "0708";
	ck_assert_str_eq(declare("K.070803+V.0708"), "");
}
END_TEST

START_TEST(s03_the_office_covers_a_tested_place)
{
	ck_assert_str_eq(declare("K.140101"), "S03");
	ck_assert_str_eq(declare("K.070801"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.1401"), "S03");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.140101"), "S03");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
}
END_TEST

START_TEST(s03_old_codes_are_compared_after_successions)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "1968");

	birth.parts[1] = (struct reg_part){ 0, NULL };
	content->birth->place_of_birth->code = reg_text(reg, "030401");
	content->birth->mother_residence->code = reg_text(reg, "030401");
	reg_mother_told(reg, content->birth, "1940");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S03");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.250101", content), "");
}
END_TEST

START_TEST(s03_approvers_belong_to_the_place_too)
{
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2024-03-02")),
	                 "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.14"), "S03");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.07"), "");
}
END_TEST

START_TEST(s04_nobody_signs_for_own_kin)
{
	struct id child = reg_born(reg, "ដារា", "2020-05-05", &mother, NULL);
	struct id stranger = reg_paper_person(reg, MALE, "វុទ្ធី", "1980-01-01", "140101");

	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K3.070803", &child), "");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K4.070803", &mother), "");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K5.070803", &stranger), "");
	ck_assert_str_eq(declare("K3.070803"), "S04");
	ck_assert_str_eq(declare("K4.070803"), "S04");
	ck_assert_str_eq(declare("K5.070803"), "");
}
END_TEST

START_TEST(s04_spouses_and_siblings_are_kin_and_uncles_are_not)
{
	struct id elder = reg_paper_person(reg, FEMALE, "ជីដូន", "1960-01-01", "070803");
	struct id wife = reg_paper_child(reg, FEMALE, "ភរិយា", "2000-01-01", "070803", &elder);
	struct id aunt = reg_paper_child(reg, FEMALE, "មីង", "2003-01-01", "070803", &elder);
	struct id husband = reg_paper_person(reg, MALE, "ប្តី", "1999-01-01", "070803");
	struct id child;

	(void)reg_paper_marriage(reg, &husband, &wife, "2019-12-01", "070803");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K3.070803", &husband), "");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K4.070803", &aunt), "");
	birth.parts[1].person = &wife;
	ck_assert_str_eq(declare("K3.070803"), "S04");
	ck_assert_str_eq(declare("K4.070803"), "S04");
	child = reg_born(reg, "កូន", "2022-01-01", &wife, &husband);
	const struct reg_part holder[] = { { ROLE(DECEASED), &child }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, holder);

	ck_assert_str_eq(reg_declare(reg, &death, "K3.070803", reg_death(reg, "2026-03-01")),
	                 "S04");
	ck_assert_str_eq(reg_declare(reg, &death, "K4.070803", reg_death(reg, "2026-03-01")), "");
}
END_TEST

START_TEST(s05_whoever_declared_does_not_verify)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-02");

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V2.0708", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V2.0708"), "S05");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
}
END_TEST

START_TEST(s05_a_case_of_two_steps_has_two_officers)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &mother }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, deceased);

	ck_assert_str_eq(reg_declare(reg, &death, "R.070803", reg_death(reg, "2026-03-02")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "S05");
	death = reg_case_begin(reg, KIND_DEATH, deceased);
	ck_assert_str_eq(reg_notify(reg, &death, "N.hosp-0708", "2026-03-02", "070801"), "");
	ck_assert_str_eq(reg_declare(reg, &death, "R.070803", reg_death(reg, "2026-03-02")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
}
END_TEST

START_TEST(s05_two_seats_are_filled_by_two_officers)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &mother }, { 0, NULL } };
	struct id other = reg_paper_person(reg, MALE, "វុទ្ធី", "1980-01-01", "070803");
	struct hash paper = reg_paper(reg, "070803");
	Civil__V1__Content *content = reg_linked(reg, &paper);

	(void)holder;
	(void)other;
	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "សុភា", "1990-01-01")->birth;
	reg_mother_told(reg, content->legacy_linked->birth, "1960");
	const struct reg_part child[] = { { ROLE(CHILD), NULL }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_LEGACY_LINKED, child, content), "S05");
	ck_assert_str_eq(reg_act(reg, "V.0708+V2.0708", KIND_LEGACY_LINKED, child, content), "S05");
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, child, content), "");
}
END_TEST

START_TEST(s05_officers_are_enrolled_by_two_of_the_province_or_of_the_nation)
{
	ck_assert_str_eq(reg_enrol(reg, "G1", "K5.070803", NULL), "S05");
	ck_assert_str_eq(reg_enrol(reg, "P.07", "K5.070803", NULL), "S05");
	ck_assert_str_eq(reg_enrol(reg, "P.14+V.1401", "K5.070803", NULL), "S03");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "K5.070803", NULL), "");
	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "V5.0708", NULL), "S02");
	ck_assert_str_eq(reg_enrol(reg, "G1+G2", "V5.0708", NULL), "");
}
END_TEST

START_TEST(s18_an_office_signs_while_it_is_open)
{
	ck_assert_str_eq(declare("K.070803"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	reg_on(reg, "2026-03-06");
	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_OFFICE_CLOSED, NULL, closing("070803", "2026-03-06")),
	        "");
	Civil__V1__Content *late = reg_registration(reg, &birth);

	reg_on(reg, "2026-03-07");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S18");
	ck_assert_str_eq(reg_register_as(reg, &birth, "R.070803", late), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S01, RULE_S02, RULE_S03, RULE_S04,
		                              RULE_S05, RULE_S18, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("structure_signers");
	TCase *tcase = tcase_create("structure_signers");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s01_a_key_that_was_never_enrolled_signs_nothing);
	tcase_add_test(tcase, s01_a_suspended_key_signs_no_more);
	tcase_add_test(tcase, s01_a_compromised_key_signs_no_more);
	tcase_add_test(tcase, s01_record_0_is_signed_by_the_keys_that_it_names);
	tcase_add_test(tcase, s02_each_step_is_signed_by_the_roles_of_its_row);
	tcase_add_test(tcase, s02_a_province_stands_in_for_its_districts);
	tcase_add_test(tcase, s02_an_event_is_signed_for_the_office_of_a_signer);
	tcase_add_test(tcase, s03_the_office_covers_a_tested_place);
	tcase_add_test(tcase, s03_old_codes_are_compared_after_successions);
	tcase_add_test(tcase, s03_approvers_belong_to_the_place_too);
	tcase_add_test(tcase, s04_nobody_signs_for_own_kin);
	tcase_add_test(tcase, s04_spouses_and_siblings_are_kin_and_uncles_are_not);
	tcase_add_test(tcase, s05_whoever_declared_does_not_verify);
	tcase_add_test(tcase, s05_a_case_of_two_steps_has_two_officers);
	tcase_add_test(tcase, s05_two_seats_are_filled_by_two_officers);
	tcase_add_test(tcase, s05_officers_are_enrolled_by_two_of_the_province_or_of_the_nation);
	tcase_add_test(tcase, s18_an_office_signs_while_it_is_open);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
