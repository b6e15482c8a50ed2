/* Goal: a correction or a reinstatement that would break what came later is refused for it, and
 * what was broken before is not held against it. Method: births, deaths and weddings moved to both
 * sides of a later act's border. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct hash wedding;
static struct reg_part couple[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1970-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1974-04-12", "070803");
	wedding = reg_paper_marriage(reg, &groom, &bride, "1995-05-05", "070803");
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
	couple[2] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static struct hash birth_of(const struct id *person)
{
	struct hash birth;

	memcpy(birth.bytes, reg_state(reg, person)->birth->act.data, HASH_BYTES);
	return birth;
}

/* A court says that the person was born on another day; `override` may be NULL. */
static const char *born(const struct id *person, const char *before, const char *after,
                        const char *override)
{
	const struct reg_part parts[] = { { ROLE(CHILD), person }, { 0, NULL } };
	struct hash birth = birth_of(person);
	struct hash decision = reg_decided(reg, reg->today, "correction", person, NULL, &birth);
	Civil__V1__Content *content = reg_correction(reg, &birth, true);

	reg_cite(reg, content, &decision);
	if (override != NULL) {
		reg_override(reg, content, override);
	}
	reg_change(reg, content, "birth.date_of_birth", reg_value_date(reg, before),
	           reg_value_date(reg, after));
	return reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, parts, content);
}

START_TEST(l05_a_corrected_birth_leaves_the_spouse_of_age)
{
	ck_assert_str_eq(born(&bride, "1974-04-12", "1977-05-06", NULL), "L05");
	ck_assert_str_eq(born(&bride, "1974-04-12", "1977-05-05", NULL), ""); /* 18 on the day */
}
END_TEST

START_TEST(l05_passes_by_the_law_of_the_wedding)
{
	ck_assert_str_eq(born(&bride, "1974-04-12", "1978-05-05", "L05"), "");
}
END_TEST

START_TEST(l05_what_was_broken_before_is_not_held_against_a_correction)
{
	ck_assert_str_eq(born(&bride, "1974-04-12", "1978-05-05", "L05"), "");
	reg_on(reg, "2026-06-21");
	ck_assert_str_eq(born(&bride, "1978-05-05", "1978-05-06", NULL), "");
}
END_TEST

START_TEST(s23_a_mother_stays_old_enough_for_her_children)
{
	struct id child = reg_paper_child(reg, MALE, "កូន", "1990-01-01", "070803", &bride);

	(void)child;
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(born(&bride, "1974-04-12", "1981-01-02", NULL), "S23");
	ck_assert_str_eq(born(&bride, "1974-04-12", "1976-12-31", NULL), "");
}
END_TEST

START_TEST(p01_an_unlikely_mother_takes_a_second_officer)
{
	(void)reg_paper_child(reg, MALE, "កូន", "1990-01-01", "070803", &bride);
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(born(&bride, "1974-04-12", "1979-01-02", NULL), "L05 P01");
	ck_assert_str_eq(born(&bride, "1974-04-12", "1977-05-05", NULL), "");
}
END_TEST

START_TEST(l03_a_corrected_death_comes_after_what_the_person_did)
{
	const struct reg_part dead[] = { { ROLE(DECEASED), &groom },
		                         { ROLE(SURVIVING_SPOUSE), &bride },
		                         { 0, NULL } };
	const char *before = "2026-06-18";
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, dead);

	(void)reg_reside(reg, &groom, "07080301", "2026-06-10");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, before)), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	Civil__V1__Content *content = reg_correction(reg, &c.registered, false);

	reg_change(reg, content, "death.date_of_death", reg_value_date(reg, before),
	           reg_value_date(reg, "2026-06-09"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, dead, content), "L03");
	content = reg_correction(reg, &c.registered, false);
	reg_change(reg, content, "death.date_of_death", reg_value_date(reg, before),
	           reg_value_date(reg, "2026-06-10"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, dead, content), "");
}
END_TEST

static const char *wed(const struct id *a, const struct id *b, const char *date)
{
	const struct reg_part parts[] = { { ROLE(SPOUSE_A), a },
		                          { ROLE(SPOUSE_B), b },
		                          { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, parts);
	const char *answer;

	reg_on(reg, date);
	answer = reg_declare(reg, &c, "K.070803",
	                     reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                  date, "070803"));
	return answer[0] == '\0' ? reg_register(reg, &c, "R.070803") : answer;
}

/* The first marriage is divorced, revoked, and would end too shortly before the second. */
START_TEST(l07_a_reinstated_marriage_keeps_the_waiting_period_of_the_next)
{
	struct id suitor = reg_paper_person(reg, MALE, "ដារា", "1975-06-15", "070803");

	reg_on(reg, "2026-06-20");
	struct hash decision = reg_decided(reg, "2026-06-20", "divorce", &groom, &bride, NULL);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-20")),
	                 "");
	struct hash revocation = reg_revoked(reg, &wedding, couple, false);

	ck_assert_str_eq(wed(&suitor, &bride, "2026-07-01"), "");
	struct hash order = reg_decided(reg, reg->today, "reinstatement", &groom, &bride, NULL);
	Civil__V1__Content *content = reg_reinstatement(reg, &revocation);

	reg_cite(reg, content, &order);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REINSTATEMENT, couple, content), "L07");
	reg_override(reg, content, "L07");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REINSTATEMENT, couple, content), "");
	ck_assert_uint_eq(reg_state(reg, &bride)->n_marriages, 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("timeline");
	TCase *tcase = tcase_create("timeline");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l05_a_corrected_birth_leaves_the_spouse_of_age);
	tcase_add_test(tcase, l05_passes_by_the_law_of_the_wedding);
	tcase_add_test(tcase, l05_what_was_broken_before_is_not_held_against_a_correction);
	tcase_add_test(tcase, s23_a_mother_stays_old_enough_for_her_children);
	tcase_add_test(tcase, p01_an_unlikely_mother_takes_a_second_officer);
	tcase_add_test(tcase, l03_a_corrected_death_comes_after_what_the_person_did);
	tcase_add_test(tcase, l07_a_reinstated_marriage_keeps_the_waiting_period_of_the_next);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
