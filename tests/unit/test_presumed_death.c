/* Goal: presumed deaths and disappearances, the death that takes the place of a presumed one, and
 * coded causes.
 * Method: a married man presumed dead, found dead on either side of that day, missed; every rule of
 * these kinds broken once. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE
#define NOW    UINT64_MAX

#define CIVIL(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name) CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name
#define LIFE(name)  CIVIL__V1__LIFE_STATUS__LIFE_STATUS_##name

static struct reg *reg;
static struct id husband;
static struct id wife;
static struct id suitor;
static struct id friend;
static struct hash wedding;
static struct hash decision;
static struct reg_part dead[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	husband = reg_paper_person(reg, MALE, "វុទ្ធី", "1980-01-10", "140101");
	wife = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1983-03-03", "140101");
	suitor = reg_paper_person(reg, MALE, "ដារា", "1981-01-01", "140101");
	friend = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1985-05-05", "140101");
	wedding = reg_paper_marriage(reg, &husband, &wife, "2005-05-05", "140101");
	(void)reg_reside(reg, &husband, "14010101", "2020-02-10");
	(void)reg_reside(reg, &wife, "14010101", "2020-02-10");
	dead[0] = (struct reg_part){ ROLE(DECEASED), &husband };
	dead[1] = (struct reg_part){ ROLE(SURVIVING_SPOUSE), &wife };
	dead[2] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2021-06-01");
	decision = reg_decided(reg, "2021-06-01", "presumed_death", &husband, &wife, NULL);
	reg_on(reg, "2021-06-10");
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *presume(const struct reg_part *parts, const char *on)
{
	return reg_act(reg, "R.140101", KIND_PRESUMED_DEATH, parts,
	               reg_presumed(reg, on, &decision));
}

static const char *undo(const struct hash *death)
{
	return reg_act(reg, "G1+J.court-14", KIND_DEATH_REVOKED, dead,
	               reg_death_revoked(reg, death));
}

static const Civil__V1__PersonState *at(const struct id *person, const char *day, uint64_t size)
{
	return reg_state_at(reg, person, day, size);
}

static Civil__V1__Content *death_here(const char *date)
{
	Civil__V1__Content *content = reg_death(reg, date);

	content->death->place_of_death = reg_place(reg, "140101", "KH-2014");
	content->death->usual_residence = reg_place(reg, "140101", "KH-2014");
	return content;
}

/* Registers a death of the husband; `spouse` says whether the wife is named. */
static const char *die(const char *date, bool spouse)
{
	const struct reg_part alone[] = { dead[0], { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, spouse ? dead : alone);
	const char *answer = reg_declare(reg, &c, "K.140101", death_here(date));

	return answer[0] == '\0' ? reg_register(reg, &c, "R.140101") : answer;
}

START_TEST(s16_a_presumed_death_names_the_spouse)
{
	const struct reg_part alone[] = { dead[0], { 0, NULL } };

	ck_assert_str_eq(presume(alone, "2021-03-01"), "S16");
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
}
END_TEST

START_TEST(l09_a_presumed_death_is_ordered_by_a_court)
{
	struct hash other = reg_decided(reg, "2021-06-01", "divorce", &husband, &wife, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_PRESUMED_DEATH, dead,
	                         reg_presumed(reg, "2021-03-01", &other)),
	                 "L09");
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
}
END_TEST

START_TEST(l02_nobody_is_presumed_dead_twice)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	const struct reg_part alone[] = { dead[0], { 0, NULL } };

	ck_assert_str_eq(presume(alone, "2021-03-02"), "L02 L03");
}
END_TEST

START_TEST(a_presumed_death_ends_marriage_number_and_residence)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	const Civil__V1__PersonState *state = reg_state(reg, &husband);

	ck_assert_int_eq(state->life->status, LIFE(PRESUMED_DEAD));
	ck_assert_int_eq(state->life->provenance->certainty, CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
	ck_assert_ptr_null(state->residence);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_CLOSED);
	ck_assert_int_eq(state->marriages[0]->end_reason,
	                 CIVIL__V1__END_REASON__END_REASON_PRESUMED_DEATH);
	ck_assert_int_eq(at(&wife, "2021-02-28", NOW)->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(at(&wife, "2021-03-01", NOW)->civil_status->status, CIVIL(WIDOWED));
}
END_TEST

START_TEST(a_death_takes_the_place_of_a_presumed_one_on_a_later_day)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	reg_on(reg, "2023-04-10");
	ck_assert_str_eq(die("2023-04-02", true), "S16"); /* the marriage ended in 2021 */
	ck_assert_str_eq(die("2023-04-02", false), "");
	ck_assert_int_eq(at(&husband, "2022-01-01", NOW)->life->status, LIFE(ALIVE));
	ck_assert_int_eq(reg_state(reg, &husband)->life->status, LIFE(DEAD));
	ck_assert_int_eq(reg_state(reg, &husband)->marriages[0]->end_reason,
	                 CIVIL__V1__END_REASON__END_REASON_PRESUMED_DEATH);
	ck_assert_str_eq(die("2023-04-03", false), "L02 L03");
}
END_TEST

START_TEST(a_death_takes_the_place_of_a_presumed_one_on_an_earlier_day)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	reg_on(reg, "2021-06-15");
	ck_assert_str_eq(die("2021-02-27", true), "L11"); /* late: the district is missing */
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, dead);

	ck_assert_str_eq(reg_declare(reg, &c, "K.140101", death_here("2021-02-27")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.140101+V.1401"), "");
	ck_assert_int_eq(at(&husband, "2021-02-28", NOW)->life->status, LIFE(DEAD));
	ck_assert_int_eq(reg_state(reg, &husband)->life->status, LIFE(DEAD));
	ck_assert_int_eq(reg_state(reg, &wife)->marriages[0]->end_reason,
	                 CIVIL__V1__END_REASON__END_REASON_DEATH);
}
END_TEST

START_TEST(who_disappears_is_missing_and_stays_married)
{
	const struct reg_part missing[] = { dead[0], { 0, NULL } };
	Civil__V1__Content *content = reg_disappearance(reg, "2021-01-05", "140101");

	ck_assert_str_eq(reg_act(reg, "PD.0708", KIND_DISAPPEARANCE, missing, content), "S03");
	ck_assert_str_eq(reg_act(reg, "PD.1401", KIND_DISAPPEARANCE, missing, content), "");
	ck_assert_int_eq(reg_state(reg, &husband)->life->status, LIFE(MISSING));
	ck_assert_int_eq(at(&husband, "2021-01-04", NOW)->life->status, LIFE(ALIVE));
	ck_assert_int_eq(reg_state(reg, &husband)->civil_status->status, CIVIL(MARRIED));
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_DISAPPEARANCE, missing, content), "");
	ck_assert_str_eq(reg_act(reg, "PD.1401", KIND_DISAPPEARANCE, missing,
	                         reg_disappearance(reg, "1979-01-05", "140101")),
	                 "S10 S21");
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	ck_assert_int_eq(reg_state(reg, &husband)->life->status, LIFE(PRESUMED_DEAD));
	ck_assert_str_eq(reg_act(reg, "PD.1401", KIND_DISAPPEARANCE, missing,
	                         reg_disappearance(reg, "2021-03-02", "140101")),
	                 "L03");
}
END_TEST

START_TEST(a_coded_cause_is_of_a_death_and_the_newest_stands)
{
	const struct reg_part coded[] = { dead[0], { 0, NULL } };

	reg_on(reg, "2021-06-10");
	ck_assert_str_eq(die("2021-06-08", true), "");
	struct hash death = reg_event(reg);

	reg_on(reg, "2021-07-01");
	ck_assert_str_eq(
	        reg_act(reg, "R.140101", KIND_CAUSE_CODED, coded, reg_cause(reg, &death, "I21.9")),
	        "S02");
	ck_assert_str_eq(reg_act(reg, "HC.health", KIND_CAUSE_CODED, coded,
	                         reg_cause(reg, &wedding, "I21.9")),
	                 "S13");
	ck_assert_str_eq(
	        reg_act(reg, "HC.health", KIND_CAUSE_CODED, coded, reg_cause(reg, &death, "I21.9")),
	        "");
	ck_assert_str_eq(reg_state(reg, &husband)->life->underlying_cause, "I21.9");
	const struct reg_part another[] = { { ROLE(DECEASED), &friend }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "HC.health", KIND_CAUSE_CODED, another,
	                         reg_cause(reg, &death, "I21.9")),
	                 "S16");
	ck_assert_str_eq(
	        reg_act(reg, "HC.health", KIND_CAUSE_CODED, coded, reg_cause(reg, &death, "V89.2")),
	        "");
	ck_assert_str_eq(at(&husband, "2021-06-08", NOW)->life->underlying_cause, "V89.2");
	ck_assert_str_eq(undo(&death), "");
	ck_assert_str_eq(
	        reg_act(reg, "HC.health", KIND_CAUSE_CODED, coded, reg_cause(reg, &death, "I21.9")),
	        "S14");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S13, RULE_S14, RULE_S16, RULE_S21,
		                              RULE_L02, RULE_L03, RULE_L09, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("presumed_death");
	TCase *tcase = tcase_create("presumed_death");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s16_a_presumed_death_names_the_spouse);
	tcase_add_test(tcase, l09_a_presumed_death_is_ordered_by_a_court);
	tcase_add_test(tcase, l02_nobody_is_presumed_dead_twice);
	tcase_add_test(tcase, a_presumed_death_ends_marriage_number_and_residence);
	tcase_add_test(tcase, a_death_takes_the_place_of_a_presumed_one_on_a_later_day);
	tcase_add_test(tcase, a_death_takes_the_place_of_a_presumed_one_on_an_earlier_day);
	tcase_add_test(tcase, who_disappears_is_missing_and_stays_married);
	tcase_add_test(tcase, a_coded_cause_is_of_a_death_and_the_newest_stands);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
