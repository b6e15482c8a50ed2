/* Goal: courts annul, separate, reconcile and settle marriages, and each spouse has the civil
 * status of each day. Method: one couple with a wedding; each act refused in one respect, then
 * accepted; the states on the days before and after. */
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
static struct hash wedding;

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

static void setup_married(void)
{
	setup();
	wedding = reg_paper_marriage(reg, &groom, &bride, "2018-11-05", "070803");
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *wed(Civil__V1__Content *content)
{
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, couple);

	return reg_declare(reg, &c, "K.070803", content);
}

static Civil__V1__CivilStatus civil_at(const struct id *person, const char *day)
{
	return reg_state_at(reg, person, day, NOW)->civil_status->status;
}

static const char *annul(bool ab_initio, const struct hash *decision)
{
	return reg_act(reg, "R.140101", KIND_ANNULMENT, couple,
	               reg_annulment(reg, &wedding, decision, "2026-06-20", ab_initio));
}

START_TEST(an_annulment_ends_a_marriage_on_its_day)
{
	struct hash wrong = reg_ordered(reg, "divorce", couple);
	struct hash decision = reg_ordered(reg, "annulment", couple);

	ck_assert_str_eq(annul(false, &wrong), "L09");
	ck_assert_str_eq(annul(false, &decision), "");
	ck_assert_int_eq(civil_at(&groom, "2026-06-19"), CIVIL(MARRIED));
	ck_assert_int_eq(civil_at(&groom, "2026-06-20"), CIVIL(ANNULLED));
	const Civil__V1__PersonMarriage *marriage = reg_state(reg, &bride)->marriages[0];

	ck_assert_int_eq(marriage->status, UNION(ENDED));
	ck_assert_int_eq(marriage->end_reason, CIVIL__V1__END_REASON__END_REASON_ANNULMENT);
	ck_assert_int_eq(reg_state(reg, &bride)->civil_status->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
	ck_assert_str_eq(annul(true, &decision), "S14");
}
END_TEST

START_TEST(a_marriage_annulled_from_the_beginning_never_was)
{
	uint64_t before = reg_size(reg);
	struct hash decision = reg_ordered(reg, "annulment", couple);

	ck_assert_str_eq(annul(true, &decision), "");
	const Civil__V1__PersonState *state = reg_state(reg, &bride);

	ck_assert_int_eq(state->civil_status->status, CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(state->marriages[0]->status, UNION(NEVER_WAS));
	ck_assert_ptr_null(state->marriages[0]->to);
	ck_assert_int_eq(civil_at(&groom, "2020-01-01"), CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(reg_state_at(reg, &groom, "2020-01-01", before)->civil_status->status,
	                 CIVIL(MARRIED));
	ck_assert_str_eq(annul(true, &decision), "S14");
	couple[0].person = &other; /* she may marry at once: no waiting after what never was */
	ck_assert_str_eq(wed(reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                  "2026-06-20", "070803")),
	                 "");
}
END_TEST

START_TEST(an_annulment_that_is_revoked_lets_the_marriage_stand)
{
	struct hash decision = reg_ordered(reg, "annulment", couple);

	ck_assert_str_eq(annul(true, &decision), "");
	struct hash annulment = reg_event(reg);

	(void)reg_revoked(reg, &annulment, couple, false);
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->status, UNION(IN_FORCE));
	ck_assert_int_eq(civil_at(&groom, "2026-06-20"), CIVIL(MARRIED));
}
END_TEST

START_TEST(separation_and_reconciliation_change_the_status_and_not_the_marriage)
{
	struct hash apart = reg_ordered(reg, "separation", couple);
	struct hash together = reg_ordered(reg, "reconciliation", couple);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_RECONCILIATION, couple,
	                         reg_reconciliation(reg, &wedding, &together, "2026-06-01")),
	                 "S14");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_SEPARATION, couple,
	                         reg_separation(reg, &wedding, &together, "2026-06-01")),
	                 "L09");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_SEPARATION, couple,
	                         reg_separation(reg, &wedding, &apart, "2026-06-01")),
	                 "");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_SEPARATION, couple,
	                         reg_separation(reg, &wedding, &apart, "2026-06-01")),
	                 "S14");
	ck_assert_int_eq(reg_state(reg, &groom)->civil_status->status, CIVIL(SEPARATED));
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->status, UNION(IN_FORCE));
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_RECONCILIATION, couple,
	                         reg_reconciliation(reg, &wedding, &together, "2026-06-20")),
	                 "");
	ck_assert_int_eq(civil_at(&bride, "2026-05-31"), CIVIL(MARRIED));
	ck_assert_int_eq(civil_at(&bride, "2026-06-01"), CIVIL(SEPARATED));
	ck_assert_int_eq(civil_at(&bride, "2026-06-19"), CIVIL(SEPARATED));
	ck_assert_int_eq(civil_at(&bride, "2026-06-20"), CIVIL(MARRIED));
	ck_assert_int_eq(reg_state(reg, &bride)->civil_status->provenance->valid_from->day, 20);
}
END_TEST

START_TEST(who_is_separated_is_still_married_to_the_law)
{
	struct hash apart = reg_ordered(reg, "separation", couple);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_SEPARATION, couple,
	                         reg_separation(reg, &wedding, &apart, "2026-06-01")),
	                 "");
	couple[0].person = &other;
	ck_assert_str_eq(wed(reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                  "2026-06-20", "070803")),
	                 "L04");
}
END_TEST

/* The husband is presumed dead in 2021, she marries in 2024, he is found in 2026. */
static void dispute(void)
{
	const struct reg_part dead[] = { { ROLE(DECEASED), &groom },
		                         { ROLE(SURVIVING_SPOUSE), &bride },
		                         { 0, NULL } };
	const struct reg_part again[] = { { ROLE(SPOUSE_A), &other },
		                          { ROLE(SPOUSE_B), &bride },
		                          { 0, NULL } };

	reg_on(reg, "2021-06-01");
	struct hash decision =
	        reg_decided(reg, "2021-06-01", "presumed_death", &groom, &bride, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_PRESUMED_DEATH, dead,
	                         reg_presumed(reg, "2021-03-01", &decision)),
	                 "");
	struct hash death = reg_event(reg);
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, again);

	reg_on(reg, "2024-02-10");
	ck_assert_str_eq(
	        reg_declare(reg, &c, "K.070803",
	                    reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                 "2024-02-10", "070803")),
	        "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(
	        reg_act(reg, "G1+P.14", KIND_DEATH_REVOKED, dead, reg_death_revoked(reg, &death)),
	        "");
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->status, UNION(DISPUTED));
}

static const char *settle(const char *ended_on)
{
	struct hash decision = reg_ordered(reg, "marriage_resolved", couple);

	return reg_act(reg, "R.140101", KIND_MARRIAGE_RESOLVED, couple,
	               reg_resolved(reg, &wedding, &decision, ended_on));
}

START_TEST(only_a_disputed_marriage_is_settled)
{
	ck_assert_str_eq(settle(NULL), "S14");
	ck_assert_str_eq(settle("2026-06-01"), "S14");
}
END_TEST

START_TEST(a_disputed_marriage_that_ended_makes_both_divorced)
{
	dispute();
	struct hash wrong = reg_ordered(reg, "divorce", couple);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_MARRIAGE_RESOLVED, couple,
	                         reg_resolved(reg, &wedding, &wrong, "2023-01-01")),
	                 "L09");
	ck_assert_str_eq(settle("2023-01-01"), "");
	ck_assert_int_eq(civil_at(&groom, "2022-12-31"), CIVIL(UNDETERMINED));
	ck_assert_int_eq(civil_at(&groom, "2023-01-01"), CIVIL(DIVORCED));
	ck_assert_int_eq(civil_at(&bride, "2023-01-01"), CIVIL(DIVORCED));
	ck_assert_int_eq(civil_at(&bride, "2024-02-10"), CIVIL(MARRIED));
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->end_reason,
	                 CIVIL__V1__END_REASON__END_REASON_RESOLVED);
	ck_assert_str_eq(settle("2023-01-01"), "S14");
}
END_TEST

START_TEST(a_disputed_marriage_may_be_found_in_force)
{
	dispute();
	ck_assert_str_eq(settle(NULL), "");
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->status, UNION(IN_FORCE));
	ck_assert_int_eq(civil_at(&groom, "2026-06-19"), CIVIL(UNDETERMINED));
	ck_assert_int_eq(civil_at(&groom, "2026-06-20"), CIVIL(MARRIED));
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S14, RULE_L09, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("marriage");
	TCase *tcase = tcase_create("marriage");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup_married, teardown);
	tcase_add_test(tcase, an_annulment_ends_a_marriage_on_its_day);
	tcase_add_test(tcase, a_marriage_annulled_from_the_beginning_never_was);
	tcase_add_test(tcase, an_annulment_that_is_revoked_lets_the_marriage_stand);
	tcase_add_test(tcase, separation_and_reconciliation_change_the_status_and_not_the_marriage);
	tcase_add_test(tcase, who_is_separated_is_still_married_to_the_law);
	tcase_add_test(tcase, only_a_disputed_marriage_is_settled);
	tcase_add_test(tcase, a_disputed_marriage_that_ended_makes_both_divorced);
	tcase_add_test(tcase, a_disputed_marriage_may_be_found_in_force);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
