/* Goal: rules S11, S16 and S21: persons that exist, in the parts a row demands, born by then.
 * Method: births, deaths and divorces with a person missing, doubled, unknown or born too late. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct id husband;
static struct hash wedding;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	husband = reg_paper_person(reg, MALE, "វុទ្ធី", "1996-01-20", "070803");
	wedding = reg_paper_marriage(reg, &husband, &mother, "2018-11-05", "070803");
	reg_on(reg, "2026-03-05");
}

static void teardown(void)
{
	reg_end(reg);
}

START_TEST(s11_every_subject_is_registered)
{
	struct id nobody = { { 1 } };
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &nobody },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S11");
	birth.parts[1].person = &mother;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "");
}
END_TEST

START_TEST(s11_a_newborn_is_found_in_its_own_case_alone)
{
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	const struct reg_part holder[] = { { ROLE(HOLDER), &birth.created }, { 0, NULL } };

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-03-05")),
	                 "S11");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-03-05")),
	                 "L13");
}
END_TEST

START_TEST(s16_a_row_demands_its_roles_once)
{
	struct reg_part parts[] = { { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S16");
	birth.parts[0] = (struct reg_part){ ROLE(CHILD), NULL };
	birth.parts[1] = (struct reg_part){ ROLE(MOTHER), &mother };
	birth.parts[2] = (struct reg_part){ ROLE(MOTHER), &husband };
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S16");
	birth.parts[2] = (struct reg_part){ ROLE(HOLDER), &husband };
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S16");
	birth.parts[2] = (struct reg_part){ ROLE(FATHER), &mother };
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S16");
	birth.parts[2] = (struct reg_part){ ROLE(FATHER), &husband };
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "");
}
END_TEST

START_TEST(s16_a_death_names_who_is_left_and_nobody_else)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1990-01-01", "070803");
	struct reg_part parts[] = { { ROLE(DECEASED), &husband }, { 0, NULL }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, parts);

	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "S16");
	death.parts[1] = (struct reg_part){ ROLE(SURVIVING_SPOUSE), &other };
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "S16");
	death.parts[1].person = &mother;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
}
END_TEST

START_TEST(s16_a_divorce_and_a_correction_name_all_of_their_target)
{
	struct reg_part both[] = { { ROLE(SPOUSE_A), &husband },
		                   { ROLE(SPOUSE_B), &mother },
		                   { 0, NULL } };
	struct reg_part turned[] = { { ROLE(SPOUSE_A), &mother },
		                     { ROLE(SPOUSE_B), &husband },
		                     { 0, NULL } };
	struct reg_part one[] = { { ROLE(SPOUSE_A), &husband }, { 0, NULL } };
	struct hash decision =
	        reg_decided(reg, "2026-03-05", "divorce", &husband, &mother, &wedding);
	Civil__V1__Content *content = reg_correction(reg, &wedding, false);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, one,
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "S16");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, turned,
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "S16");
	reg_change(reg, content, "marriage.place", reg_value_place(reg, "070803", "KH-2014"),
	           reg_value_place(reg, "070801", "KH-2014"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, one, content), "S16");
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, both, content), "");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both,
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "");
}
END_TEST

START_TEST(s16_a_decision_names_everybody_it_orders_about)
{
	const struct reg_part one[] = { { ROLE(SUBJECT), &husband }, { 0, NULL } };
	Civil__V1__Content *content =
	        reg_decision(reg, "2026-03-05", "divorce", &husband, &mother, NULL);

	ck_assert_str_eq(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, one, content), "S16");
}
END_TEST

START_TEST(s21_subjects_are_born_by_then)
{
	struct id young = reg_paper_person(reg, FEMALE, "ក្មេង", "2019-05-05", "070803");
	const struct reg_part parts[] = { { ROLE(DECEASED), &young }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, parts);

	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2019-05-04")), "S21");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2019")), "S21?");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2019-05-05")), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S11, RULE_S16, RULE_S21, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("structure_subject");
	TCase *tcase = tcase_create("structure_subject");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s11_every_subject_is_registered);
	tcase_add_test(tcase, s11_a_newborn_is_found_in_its_own_case_alone);
	tcase_add_test(tcase, s16_a_row_demands_its_roles_once);
	tcase_add_test(tcase, s16_a_death_names_who_is_left_and_nobody_else);
	tcase_add_test(tcase, s16_a_divorce_and_a_correction_name_all_of_their_target);
	tcase_add_test(tcase, s16_a_decision_names_everybody_it_orders_about);
	tcase_add_test(tcase, s21_subjects_are_born_by_then);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
