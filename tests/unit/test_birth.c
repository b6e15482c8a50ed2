/* Goal: rules S23, S24, P01, P02, P03, P05, P06 and P09: what is possible and likely of a birth.
 * Method: births of one mother at the exact borders of ages and spacings, one day in and one out.
 */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct id father;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1996-02-29", "070803");
	father = reg_paper_person(reg, MALE, "វុទ្ធី", "1996-01-20", "070803");
	reg_on(reg, "2026-04-10");
}

static void teardown(void)
{
	reg_end(reg);
}

/* Declares a birth in a case of its own; the day of declaration is that of the birth. */
static const char *born(const char *name, const char *date)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	if (strlen(date) == strlen("2026-01-01")) {
		reg_on(reg, date);
	}
	return reg_declare(reg, &birth, "K.070803", reg_birth(reg, name, date));
}

static const char *fathered(const char *date)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { ROLE(FATHER), &father },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	reg_on(reg, date);
	return reg_declare(reg, &birth, "K.070803", reg_birth(reg, "កូន", date));
}

static const char *twin(const char *name, const char *date, const char *delivery, int32_t order)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, name, date);

	reg_of_delivery(reg, content, delivery, order);
	return reg_declare(reg, &birth, "K.070803", content);
}

START_TEST(s23_a_mother_of_9_to_65_years_is_possible)
{
	ck_assert_str_eq(born("មួយ", "2005-02-28"), "S23"); /* a common year: 9 on 1 March */
	ck_assert_str_eq(born("មួយ", "2005-03-01"), "P01");
	ck_assert_str_eq(born("មួយ", "2062-02-28"), "P01");
	ck_assert_str_eq(born("មួយ", "2062-03-01"), "S23");
}
END_TEST

START_TEST(s23_a_father_of_10_years_is_possible)
{
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1980-01-01", "070803");
	ck_assert_str_eq(fathered("2006-01-19"), "S23");
	ck_assert_str_eq(fathered("2006-01-20"), "P02");
}
END_TEST

START_TEST(s23_a_mother_whom_the_informant_describes_is_judged_too)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-04-01");

	reg_mother_told(reg, content->birth, "2020");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S23");
	reg_mother_told(reg, content->birth, "2000");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s24_children_of_one_delivery_have_one_mother_and_two_days)
{
	struct id other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1990-01-01", "070803");
	struct id first = mother;

	reg_on(reg, "2026-04-12");
	ck_assert_str_eq(twin("មួយ", "2026-04-08", "D", 1), "");
	ck_assert_str_eq(twin("ពីរ", "2026-04-11", "D", 2), "S24");
	ck_assert_str_eq(twin("ពីរ", "2026-04-08", "D", 1), "S24");
	mother = other;
	ck_assert_str_eq(twin("ពីរ", "2026-04-08", "D", 2), "S24");
	mother = first;
	ck_assert_str_eq(twin("ពីរ", "2026-04-10", "D", 2), "");
}
END_TEST

START_TEST(s24_plurality_is_that_of_the_delivery)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "ពីរ", "2026-04-08");

	ck_assert_str_eq(twin("មួយ", "2026-04-08", "D", 1), "");
	reg_of_delivery(reg, content, "D", 2);
	content->birth->plurality = CIVIL__V1__PLURALITY__PLURALITY_TRIPLET;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S24");
}
END_TEST

START_TEST(s24_of_two_twins_the_one_that_fits_worse_is_told)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	reg_on(reg, "2026-05-08");
	Civil__V1__Content *first = reg_birth(reg, "មួយ", "2026-04-08");

	reg_of_delivery(reg, first, "D", 1);
	first->birth->date_of_birth = reg_partial(reg, "2026-04");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", first), "");
	ck_assert_str_eq(twin("ពីរ", "2026-04-08", "D", 2), "S24?");
	ck_assert_str_eq(twin("ពីរ", "2026-04-08", "D", 1), "S24");
}
END_TEST

START_TEST(p01_a_mother_of_12_to_55_years_is_likely)
{
	ck_assert_str_eq(born("មួយ", "2008-02-28"), "P01");
	ck_assert_str_eq(born("មួយ", "2008-02-29"), "");
	mother = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1950-06-15", "070803");
	ck_assert_str_eq(born("ពីរ", "2006-06-15"), "P01");
	ck_assert_str_eq(born("ពីរ", "2006-06-14"), "");
}
END_TEST

START_TEST(p01_a_year_alone_leaves_it_undecided)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2008");

	reg_on(reg, "2026-04-10");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "P01?");
	reg_override(reg, content, "P01");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "P01?");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V.0708", content), "");
}
END_TEST

START_TEST(p02_a_father_of_13_to_90_years_is_likely)
{
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1980-01-01", "070803");
	ck_assert_str_eq(fathered("2009-01-19"), "P02");
	ck_assert_str_eq(fathered("2009-01-20"), "");
	father = reg_paper_person(reg, MALE, "ចាស់", "1911-06-15", "070803");
	ck_assert_str_eq(fathered("2002-06-15"), "P02");
	ck_assert_str_eq(fathered("2002-06-14"), "");
}
END_TEST

START_TEST(p03_deliveries_are_180_days_apart)
{
	(void)reg_born(reg, "មួយ", "2026-04-08", &mother, NULL);
	ck_assert_str_eq(born("ពីរ", "2026-10-04"), "P03"); /* 179 */
	ck_assert_str_eq(born("ពីរ", "2026-10-05"), "P05"); /* 180: but less than 270 */
	ck_assert_str_eq(born("ពីរ", "2027-01-02"), "P05"); /* 269 */
	ck_assert_str_eq(born("ពីរ", "2027-01-03"), "");    /* 270 */
}
END_TEST

START_TEST(p03_twins_are_one_delivery_and_passing_takes_a_second_officer)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content;

	reg_on(reg, "2026-08-10");
	ck_assert_str_eq(twin("មួយ", "2026-04-08", "D", 1), "");
	ck_assert_str_eq(twin("ពីរ", "2026-04-08", "D", 2), "");
	(void)reg_born(reg, "បី", "2026-05-08", &father, NULL);
	(void)reg_born(reg, "បួន", "2027-04-08", &mother, NULL);
	reg_on(reg, "2027-08-10");
	content = reg_birth(reg, "ប្រាំ", "2027-08-06"); /* 120 days after */
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "P03");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V2.0708", content), "P03");
	reg_override(reg, content, "P03");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "P03");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+PC.070803", content), "S02");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V2.0708", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), ""); /* passed at DECLARED */
}
END_TEST

START_TEST(p03_two_papers_of_one_mother_are_held_against_each_other)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };

	(void)reg_paper_child(reg, MALE, "មួយ", "2018-04-08", "070803", &mother);
	reg_on(reg, "2020-02-05");
	struct hash paper = reg_paper(reg, "070803");
	Civil__V1__Content *content = reg_linked(reg, &paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "ពីរ", "2018-10-03")->birth; /* 178 */
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, parts, content),
	                 "P03");
}
END_TEST

START_TEST(p05_one_name_within_three_years_may_be_one_child)
{
	(void)reg_born(reg, "សុខា", "2026-04-08", &mother, NULL);
	ck_assert_str_eq(born("សុខា", "2029-04-08"), "P05");
	ck_assert_str_eq(born("ស\u200bុខា", "2029-04-08"), "P05"); /* U+200B is not seen */
	ck_assert_str_eq(born("សុខារ", "2029-04-08"), "");
	ck_assert_str_eq(born("សុខា", "2029-04-09"), "");
}
END_TEST

START_TEST(p05_open_cases_count_and_refused_ones_do_not)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុខា", "2026-04-08")),
	                 "");
	ck_assert_str_eq(born("សុខា", "2026-04-09"), "P05");
	ck_assert_str_eq(reg_refuse(reg, &birth, "R.070803"), "");
	ck_assert_str_eq(born("សុខា", "2026-04-09"), "");
}
END_TEST

START_TEST(p06_another_office_may_have_opened_the_case)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case here = reg_case_begin(reg, KIND_BIRTH, parts);
	struct reg_case there = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "ដារា", "2026-04-08");

	ck_assert_str_eq(reg_declare(reg, &here, "K.070803", reg_birth(reg, "សុខា", "2026-04-08")),
	                 "");
	ck_assert_str_eq(reg_declare(reg, &there, "K.070801", content), "P06");
	content->birth->date_of_birth = reg_partial(reg, "2026-04-07");
	ck_assert_str_eq(reg_declare(reg, &there, "K.070801", content), "");
	there = reg_case_begin(reg, KIND_BIRTH, parts);
	ck_assert_str_eq(reg_declare(reg, &there, "K.070803", reg_birth(reg, "បី", "2026-04-07")),
	                 "P06");
}
END_TEST

START_TEST(p09_the_husband_is_the_father)
{
	struct id husband = reg_paper_person(reg, MALE, "ប្តី", "1990-01-01", "070803");

	(void)reg_paper_marriage(reg, &husband, &mother, "2018-11-05", "070803");
	ck_assert_str_eq(born("មួយ", "2019-05-03"), "");    /* 179 days after the wedding */
	ck_assert_str_eq(born("ពីរ", "2019-05-04"), "P09"); /* 180 */
	ck_assert_str_eq(fathered("2021-05-04"), "P09");
	father = husband;
	ck_assert_str_eq(fathered("2021-05-04"), "");
}
END_TEST

START_TEST(p09_a_husband_remains_the_father_for_300_days)
{
	struct id husband = reg_paper_person(reg, MALE, "ប្តី", "1990-01-01", "070803");
	const struct reg_part parts[] = { { ROLE(DECEASED), &husband },
		                          { ROLE(SURVIVING_SPOUSE), &mother },
		                          { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, parts);

	(void)reg_paper_marriage(reg, &husband, &mother, "2018-11-05", "070803");
	reg_on(reg, "2024-01-10");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2024-01-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
	ck_assert_str_eq(born("មួយ", "2024-10-27"), "P09"); /* 300 */
	ck_assert_str_eq(born("មួយ", "2024-10-28"), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S23, RULE_S24, RULE_P01, RULE_P02, RULE_P03,
		                              RULE_P05, RULE_P06, RULE_P09, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("birth");
	TCase *tcase = tcase_create("birth");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s23_a_mother_of_9_to_65_years_is_possible);
	tcase_add_test(tcase, s23_a_father_of_10_years_is_possible);
	tcase_add_test(tcase, s23_a_mother_whom_the_informant_describes_is_judged_too);
	tcase_add_test(tcase, s24_children_of_one_delivery_have_one_mother_and_two_days);
	tcase_add_test(tcase, s24_plurality_is_that_of_the_delivery);
	tcase_add_test(tcase, s24_of_two_twins_the_one_that_fits_worse_is_told);
	tcase_add_test(tcase, p01_a_mother_of_12_to_55_years_is_likely);
	tcase_add_test(tcase, p01_a_year_alone_leaves_it_undecided);
	tcase_add_test(tcase, p02_a_father_of_13_to_90_years_is_likely);
	tcase_add_test(tcase, p03_deliveries_are_180_days_apart);
	tcase_add_test(tcase, p03_twins_are_one_delivery_and_passing_takes_a_second_officer);
	tcase_add_test(tcase, p03_two_papers_of_one_mother_are_held_against_each_other);
	tcase_add_test(tcase, p05_one_name_within_three_years_may_be_one_child);
	tcase_add_test(tcase, p05_open_cases_count_and_refused_ones_do_not);
	tcase_add_test(tcase, p06_another_office_may_have_opened_the_case);
	tcase_add_test(tcase, p09_the_husband_is_the_father);
	tcase_add_test(tcase, p09_a_husband_remains_the_father_for_300_days);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
