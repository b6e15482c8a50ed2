/* Goal: rules L09 and L10, table D3, and what a correction must keep of its target's own rules.
 * Method: corrections of one birth and one wedding, spelling and dates at the borders of the table.
 */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id man;
static struct id child;
static struct hash birth;
static struct reg_part named[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(FATHER), &man },
		                          { 0, NULL } };
	struct reg_case c;

	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	reg_on(reg, "2026-05-10");
	c = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "ក្មេង", "2026-05-08");

	content->birth->name->latin_given = reg_text(reg, "Sokhalay");
	reg_mother_told(reg, content->birth, "1999");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &c, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	birth = c.registered;
	child = c.created;
	named[0] = (struct reg_part){ ROLE(CHILD), &child };
	named[1] = (struct reg_part){ ROLE(FATHER), &man };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *offer(Civil__V1__Content *content)
{
	return reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, named, content);
}

static const char *text(const char *path, const char *before, const char *after)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, path, reg_value_text(reg, before), reg_value_text(reg, after));
	return offer(content);
}

static const char *dated(const char *before, const char *after)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, before),
	           reg_value_date(reg, after));
	return offer(content);
}

START_TEST(l10_spelling_is_four_letters_and_half_the_word)
{
	ck_assert_str_eq(text("birth.name.latin_given", "Sokhalay", "Sophearo"),
	                 "L10");                                                      /* 5 of 8 */
	ck_assert_str_eq(text("birth.name.latin_given", "Sokhalay", "Sokhxxxx"), ""); /* 4 of 8 */
	ck_assert_str_eq(text("birth.name.latin_given", "Sokhxxxx", "Sokhy"), "");    /* 4 of 8 */
	ck_assert_str_eq(text("birth.name.latin_given", "Sokhy", "Sakho"), "");       /* 2 of 5 */
	ck_assert_str_eq(text("birth.name.latin_given", "Sakho", "Sitha"), "L10");    /* 3 of 5 */
}
END_TEST

START_TEST(l10_day_and_month_are_office_matters_and_the_year_is_not)
{
	ck_assert_str_eq(dated("2026-05-08", "2025-05-08"), "L10");
	ck_assert_str_eq(dated("2026-05-08", "2026-02-03"), "");
	ck_assert_str_eq(dated("2026-02-03", "2026"),
	                 "S09?"); /* may then be after its declaration */
	ck_assert_str_eq(dated("2026-02-03", "2026-02"), "");
	ck_assert_str_eq(dated("2026-02", "2026-02-14"), "");
}
END_TEST

START_TEST(l10_sex_and_places_are_office_matters_and_nationality_is_not)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	ck_assert_str_eq(text("birth.sex", "SEX_MALE", "SEX_FEMALE"), "");
	reg_change(reg, content, "birth.place_of_birth", reg_value_place(reg, "070801", "KH-2014"),
	           reg_value_place(reg, "070803", "KH-2014"));
	ck_assert_str_eq(offer(content), "");
	ck_assert_str_eq(text("birth.nationality_at_birth[0].country", "KHM", "THA"), "L10");
}
END_TEST

START_TEST(s10_a_corrected_place_is_of_the_day_of_the_birth)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.place_of_birth", reg_value_place(reg, "070801", "KH-2014"),
	           reg_value_place(reg, "070803", "KH-H"));
	ck_assert_str_eq(offer(content), "S10");
}
END_TEST

START_TEST(s07_a_correction_leaves_a_valid_act)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.sex", reg_value_text(reg, "SEX_MALE"), NULL);
	ck_assert_str_eq(offer(content), "S07");
	ck_assert_str_eq(text("birth.no_such_field", "a", "b"), "S07");
	ck_assert_str_eq(text("birth.name.latin_given", "Sokhalay", "សុខ"), "S08");
}
END_TEST

START_TEST(l09_the_court_path_takes_a_decision_that_orders_it)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, true);
	struct hash other = reg_decided(reg, "2026-06-19", "divorce", &child, NULL, &birth);
	struct hash right = reg_decided(reg, "2026-06-19", "correction", &child, NULL, &birth);

	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "2026-05-08"),
	           reg_value_date(reg, "2025-05-08"));
	ck_assert_str_eq(offer(content), "L09");
	reg_cite(reg, content, &other);
	ck_assert_str_eq(offer(content), "L09");
	reg_cite(reg, content, &right);
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_CORRECTION, named, content), "S05");
	ck_assert_str_eq(offer(content), "");
}
END_TEST

START_TEST(l09_a_decision_is_final_and_not_stayed)
{
	const struct reg_part subject[] = { { ROLE(SUBJECT), &child }, { 0, NULL } };
	Civil__V1__Content *decision =
	        reg_decision(reg, "2026-06-19", "correction", &child, NULL, &birth);
	Civil__V1__Content *content = reg_correction(reg, &birth, true);

	decision->court_decision->stay = true;
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_COURT_DECISION, subject, decision), "");
	struct hash stayed = reg_event(reg);

	decision->court_decision->stay = false;
	decision->court_decision->final = false;
	decision->court_decision->date_final = NULL;
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_COURT_DECISION, subject, decision), "");
	struct hash open = reg_event(reg);

	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "2026-05-08"),
	           reg_value_date(reg, "2025-05-08"));
	reg_cite(reg, content, &stayed);
	reg_cite(reg, content, &open);
	ck_assert_str_eq(offer(content), "L09");
}
END_TEST

START_TEST(s23_a_corrected_birth_keeps_the_ages_of_its_parents)
{
	Civil__V1__Content *content = reg_correction(reg, &birth, true);
	struct hash decision = reg_decided(reg, "2026-06-19", "correction", &child, NULL, &birth);

	reg_cite(reg, content, &decision);
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "2026-05-08"),
	           reg_value_date(reg, "1985-06-14"));
	ck_assert_str_eq(offer(content), "S10 S23"); /* and the places are not of that time */
}
END_TEST

START_TEST(s21_a_corrected_birth_comes_before_all_that_followed)
{
	struct hash paper;
	struct id person = reg_paper_person(reg, MALE, "ដារា", "1980-06-15", "070803");
	struct id wife = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1980-06-15", "070803");
	Civil__V1__Content *content;

	(void)reg_paper_marriage(reg, &person, &wife, "2001-01-01", "070803");
	reg_on(reg, "2026-06-20");
	paper = (struct hash){ { 0 } };
	memcpy(paper.bytes, reg_state(reg, &person)->birth->act.data, HASH_BYTES);
	content = reg_correction(reg, &paper, true);
	struct hash decision = reg_decided(reg, "2026-06-19", "correction", &person, NULL, &paper);
	const struct reg_part one[] = { { ROLE(CHILD), &person }, { 0, NULL } };

	reg_cite(reg, content, &decision);
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, "1980-06-15"),
	           reg_value_date(reg, "2001-01-02"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, one, content), "S21");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L09, RULE_L10, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("amendment");
	TCase *tcase = tcase_create("amendment");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l10_spelling_is_four_letters_and_half_the_word);
	tcase_add_test(tcase, l10_day_and_month_are_office_matters_and_the_year_is_not);
	tcase_add_test(tcase, l10_sex_and_places_are_office_matters_and_nationality_is_not);
	tcase_add_test(tcase, s10_a_corrected_place_is_of_the_day_of_the_birth);
	tcase_add_test(tcase, s07_a_correction_leaves_a_valid_act);
	tcase_add_test(tcase, l09_the_court_path_takes_a_decision_that_orders_it);
	tcase_add_test(tcase, l09_a_decision_is_final_and_not_stayed);
	tcase_add_test(tcase, s23_a_corrected_birth_keeps_the_ages_of_its_parents);
	tcase_add_test(tcase, s21_a_corrected_birth_comes_before_all_that_followed);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
