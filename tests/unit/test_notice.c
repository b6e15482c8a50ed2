/* Goal: objections stop a wedding (L18) until they are settled; one that is upheld voids the
 * notice. Method: one couple with a notice; each act refused in one respect, then accepted. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"
#include "tests/support/register_union.h"

#include <check.h>
#include <stdlib.h>

#define MALE        CIVIL__V1__SEX__SEX_MALE
#define FEMALE      CIVIL__V1__SEX__SEX_FEMALE
#define CIVIL(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name) CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name
#define NOW         UINT64_MAX

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct id other;
static struct reg_part couple[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1990-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1992-04-12", "070803");
	other = reg_paper_person(reg, MALE, "ដារា", "1991-05-01", "070803");
	(void)reg_reside(reg, &groom, "07080301", "2020-02-10");
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
}

static void teardown(void)
{
	reg_end(reg);
}

/* Posts a notice on the first of June; the day of the wedding is the 20th. */
static struct hash posted(void)
{
	reg_on(reg, "2026-06-01");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_MARRIAGE_NOTICE, couple,
	                         reg_notice(reg, "2026-06-01")),
	                 "");
	reg_on(reg, "2026-06-20");
	return reg_event(reg);
}

static Civil__V1__Content *civil_wedding(const struct hash *notice)
{
	Civil__V1__Content *content = reg_marriage(
	        reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CIVIL, "2026-06-20", "070803");

	content->marriage->notice = reg_bytes(reg, bytes_of_hash(notice));
	return content;
}

static const char *wed(Civil__V1__Content *content)
{
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple);

	return reg_declare(reg, &c, "K.070803", content);
}

static struct hash objected(const struct hash *notice)
{
	ck_assert_str_eq(
	        reg_act(reg, "R.070803", KIND_OBJECTION, couple, reg_objection(reg, notice)), "");
	return reg_event(reg);
}

static const char *resolve(const struct hash *objection, bool upheld, const struct hash *decision)
{
	return reg_act(reg, "R.070803", KIND_OBJECTION_RESOLVED, couple,
	               reg_objection_resolved(reg, objection, upheld, decision));
}

START_TEST(l18_an_open_objection_stops_the_wedding_until_it_is_dismissed)
{
	struct hash notice = posted();
	struct hash objection = objected(&notice);

	ck_assert_uint_eq(reg_state(reg, &bride)->notices[0]->n_objections, 1);
	ck_assert_str_eq(wed(civil_wedding(&notice)), "L18");
	struct hash second = objected(&notice);

	ck_assert_str_eq(resolve(&objection, false, NULL), "");
	ck_assert_str_eq(wed(civil_wedding(&notice)), "L18");
	ck_assert_str_eq(resolve(&objection, false, NULL), "S14");
	ck_assert_str_eq(resolve(&second, false, NULL), "");
	ck_assert_uint_eq(reg_state(reg, &groom)->notices[0]->n_objections, 0);
	ck_assert_str_eq(wed(civil_wedding(&notice)), "");
}
END_TEST

START_TEST(l18_holds_for_a_wedding_that_does_not_name_the_notice)
{
	struct hash notice = posted();

	(void)objected(&notice);
	ck_assert_str_eq(wed(reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                  "2026-06-20", "070803")),
	                 "L18");
}
END_TEST

START_TEST(l18_passes_when_a_court_orders_the_wedding)
{
	struct hash notice = posted();

	(void)objected(&notice);
	struct hash decision = reg_ordered(reg, "marriage", couple);
	Civil__V1__Content *content = civil_wedding(&notice);

	reg_override(reg, content, "L18");
	ck_assert_str_eq(wed(content), "L18");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(wed(content), "");
}
END_TEST

START_TEST(an_upheld_objection_takes_a_court_and_voids_the_notice)
{
	struct hash notice = posted();
	struct hash objection = objected(&notice);
	struct hash wrong = reg_ordered(reg, "divorce", couple);
	struct hash right = reg_ordered(reg, "objection_resolved", couple);

	ck_assert_str_eq(resolve(&objection, true, NULL), "L09");
	ck_assert_str_eq(resolve(&objection, true, &wrong), "L09");
	ck_assert_str_eq(resolve(&objection, true, &right), "");
	ck_assert(reg_state(reg, &groom)->notices[0]->voided);
	ck_assert_str_eq(wed(civil_wedding(&notice)), "L08");
	ck_assert_str_eq(
	        reg_act(reg, "R.070803", KIND_OBJECTION, couple, reg_objection(reg, &notice)),
	        "S14");
}
END_TEST

START_TEST(an_objection_is_to_a_notice_of_this_couple_by_a_named_objector)
{
	const struct reg_part turned[] = { { ROLE(SPOUSE_A), &other },
		                           { ROLE(SPOUSE_B), &bride },
		                           { 0, NULL } };
	const struct reg_part three[] = { { ROLE(SPOUSE_A), &groom },
		                          { ROLE(SPOUSE_B), &bride },
		                          { ROLE(OBJECTOR), &other },
		                          { 0, NULL } };
	struct hash notice = posted();
	struct hash unknown = { { 7 } };
	Civil__V1__Content *content = reg_objection(reg, &notice);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_OBJECTION, turned, content), "S14 S16");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_OBJECTION, couple, content), "S03");
	ck_assert_str_eq(
	        reg_act(reg, "R.070803", KIND_OBJECTION, couple, reg_objection(reg, &unknown)),
	        "S12");
	content->objection->objector_name = NULL;
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_OBJECTION, couple, content), "S07");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_OBJECTION, three, content), "");
	struct hash objection = reg_event(reg);

	ck_assert_str_eq(resolve(&notice, false, NULL), "S13");
	ck_assert_str_eq(resolve(&objection, false, NULL), "S16"); /* the objector is missing */
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_OBJECTION_RESOLVED, three,
	                         reg_objection_resolved(reg, &objection, false, NULL)),
	                 "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S12, RULE_S13, RULE_S14, RULE_S16,
		                              RULE_L09, RULE_L18, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("notice");
	TCase *tcase = tcase_create("notice");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l18_an_open_objection_stops_the_wedding_until_it_is_dismissed);
	tcase_add_test(tcase, l18_holds_for_a_wedding_that_does_not_name_the_notice);
	tcase_add_test(tcase, l18_passes_when_a_court_orders_the_wedding);
	tcase_add_test(tcase, an_upheld_objection_takes_a_court_and_voids_the_notice);
	tcase_add_test(tcase, an_objection_is_to_a_notice_of_this_couple_by_a_named_objector);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
