/* Goal: rules L15 and L24: nobody leaves where he does not live, or arrives unreleased.
 * Method: one man of one dwelling, moves to another with and without a release. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id man;
static struct id home;
static struct id other;
static struct reg_part resident[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	home = reg_reside(reg, &man, "07080301", "2020-02-10");
	other = reg_unit(reg, "07080101", "2020-02-10");
	resident[0] = (struct reg_part){ ROLE(RESIDENT), &man };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *departs(const struct id *unit)
{
	return reg_act(reg, "PC.070803", KIND_RESIDENCE_DEPARTURE, resident,
	               reg_departure(reg, "2026-06-10", unit, "070801"));
}

static const char *arrives(const char *signers, const char *date, const struct hash *release)
{
	return reg_act(reg, signers, KIND_RESIDENCE_ARRIVAL, resident,
	               reg_arrival(reg, date, &other, release));
}

START_TEST(l15_a_departure_leaves_the_dwelling_of_the_person_once)
{
	struct id second = reg_unit(reg, "07080302", "2020-02-10");

	ck_assert_str_eq(departs(&second), "L15");
	ck_assert_str_eq(departs(&home), "");
	ck_assert_str_eq(departs(&home), "L15");
}
END_TEST

START_TEST(l15_nobody_arrives_while_another_move_is_pending)
{
	ck_assert_str_eq(departs(&home), "");
	struct hash release = reg_event(reg);

	ck_assert_str_eq(arrives("PC.070801", "2026-06-11", NULL), "L15 L24");
	ck_assert_str_eq(arrives("PC.070801", "2026-06-11", &release), "");
}
END_TEST

START_TEST(l15_a_unit_is_entered_after_it_was_opened)
{
	struct id late = reg_unit(reg, "07080101", "2026-06-15");

	other = late;
	ck_assert_str_eq(departs(&home), "");
	struct hash release = reg_event(reg);

	ck_assert_str_eq(arrives("PC.070801", "2026-06-14", &release), "L15");
	ck_assert_str_eq(arrives("PC.070801", "2026-06-15", &release), "");
	other = man;
	ck_assert_str_eq(arrives("PC.070801", "2026-06-16", NULL), "L15 L24");
}
END_TEST

START_TEST(l24_an_arrival_is_released_or_15_days_old)
{
	ck_assert_str_eq(arrives("PC.070801", "2026-06-06", NULL), "L24"); /* 14 */
	ck_assert_str_eq(arrives("PC.070801", "2026-06-05", NULL), "");    /* 15 */
}
END_TEST

START_TEST(l24_the_district_police_let_it_pass)
{
	ck_assert_str_eq(arrives("PC.070801+PD.1401", "2026-06-19", NULL), "S03");
	ck_assert_str_eq(arrives("PC.070801+PD.0708", "2026-06-19", NULL), "");
}
END_TEST

START_TEST(l24_a_first_entry_is_that_of_a_person_without_a_dwelling)
{
	Civil__V1__Content *content = reg_arrival(reg, "2026-06-19", &other, NULL);

	content->residence_arrival->reason = reg_text(reg, "first_entry");
	ck_assert_str_eq(reg_act(reg, "PC.070801", KIND_RESIDENCE_ARRIVAL, resident, content),
	                 "L24");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L15, RULE_L24, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("residence");
	TCase *tcase = tcase_create("residence");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l15_a_departure_leaves_the_dwelling_of_the_person_once);
	tcase_add_test(tcase, l15_nobody_arrives_while_another_move_is_pending);
	tcase_add_test(tcase, l15_a_unit_is_entered_after_it_was_opened);
	tcase_add_test(tcase, l24_an_arrival_is_released_or_15_days_old);
	tcase_add_test(tcase, l24_the_district_police_let_it_pass);
	tcase_add_test(tcase, l24_a_first_entry_is_that_of_a_person_without_a_dwelling);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
