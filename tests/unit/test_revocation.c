/* Goal: a revoked act is as if it had never been, or ends on its day; a reinstated one is back with
 * its corrections; every earlier position keeps saying what it said.
 * Method: weddings, births and corrections of two people taken away and given back; states at each
 * known position; every rule of both kinds broken once. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE
#define NOW    UINT64_MAX

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct id other;
static struct hash wedding;
static struct reg_part couple[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1986-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1988-04-12", "070803");
	other = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1987-03-03", "070803");
	wedding = reg_paper_marriage(reg, &groom, &bride, "2010-05-05", "070803");
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
	couple[2] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static Civil__V1__CivilStatus status_at(const struct id *person, const char *day, uint64_t size)
{
	return reg_state_at(reg, person, day, size)->civil_status->status;
}

#define CIVIL(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name) CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name

/* Offers a revocation under a decision that orders it. */
static const char *revoke(const char *signers, const struct hash *target,
                          const struct reg_part *parts, bool ex_nunc)
{
	struct hash decision = reg_decided(reg, reg->today, "revocation", parts[0].person,
	                                   parts[1].role == 0 ? NULL : parts[1].person, NULL);
	Civil__V1__Content *content = reg_revocation(reg, target, ex_nunc);

	reg_cite(reg, content, &decision);
	return reg_act(reg, signers, KIND_REVOCATION, parts, content);
}

static const char *reinstate(const struct hash *target, const struct reg_part *parts)
{
	struct hash decision = reg_decided(reg, reg->today, "reinstatement", parts[0].person,
	                                   parts[1].role == 0 ? NULL : parts[1].person, NULL);
	Civil__V1__Content *content = reg_reinstatement(reg, target);

	reg_cite(reg, content, &decision);
	return reg_act(reg, "G1+G2", KIND_REINSTATEMENT, parts, content);
}

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

/* The wedding was on another day, says a court. */
static const char *correct_wedding(const char *before, const char *after)
{
	struct hash decision = reg_decided(reg, reg->today, "correction", &groom, &bride, &wedding);
	Civil__V1__Content *content = reg_correction(reg, &wedding, true);

	reg_cite(reg, content, &decision);
	reg_change(reg, content, "marriage.date_of_marriage", reg_value_date(reg, before),
	           reg_value_date(reg, after));
	return reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, couple, content);
}

START_TEST(a_revoked_marriage_never_was_and_earlier_positions_still_know_it)
{
	uint64_t before = reg_size(reg);

	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	ck_assert_uint_eq(reg_state(reg, &groom)->n_marriages, 0);
	ck_assert_uint_eq(reg_state(reg, &bride)->n_marriages, 0);
	ck_assert_int_eq(reg_state(reg, &bride)->civil_status->status, CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(status_at(&groom, "2015-01-01", NOW), CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(status_at(&groom, "2015-01-01", before), CIVIL(MARRIED));
	ck_assert_int_eq(status_at(&groom, "2026-06-20", before), CIVIL(MARRIED));
}
END_TEST

START_TEST(two_of_the_national_office_revoke_under_a_decision)
{
	Civil__V1__Content *content = reg_revocation(reg, &wedding, false);

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REVOCATION, couple, content), "L09");
	ck_assert_str_eq(revoke("G1", &wedding, couple, false), "S05");
	ck_assert_str_eq(revoke("G1+R.070803", &wedding, couple, false), "S02");
	ck_assert_str_eq(revoke("G1+G3", &wedding, couple, false), "");
}
END_TEST

START_TEST(s16_a_revocation_names_all_of_its_target_in_their_parts)
{
	const struct reg_part one[] = { { ROLE(SPOUSE_A), &groom }, { 0, NULL } };
	const struct reg_part turned[] = { { ROLE(SPOUSE_B), &groom },
		                           { ROLE(SPOUSE_A), &bride },
		                           { 0, NULL } };

	ck_assert_str_eq(revoke("G1+G2", &wedding, one, false), "S16");
	ck_assert_str_eq(revoke("G1+G2", &wedding, turned, false), "S16");
}
END_TEST

START_TEST(s13_what_has_an_undoing_of_its_own_is_not_revoked)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &groom }, { 0, NULL } };
	const struct reg_part nobody[] = { { 0, NULL } };
	struct hash card = reg_card(reg, &groom, "C000001", "2026-06-19");
	struct hash nowhere = { { 9 } };
	Civil__V1__Content *content;

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(revoke("G1+G2", &card, holder, false), "S13");
	ck_assert_str_eq(revoke("G1+G2", &nowhere, couple, false), "S12");
	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(revoke("G1+G2", &revocation, couple, false), "S13");
	content = reg_decision(reg, "2026-06-19", "marriage", NULL, NULL, &wedding);
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_COURT_DECISION, NULL, content), "");
	struct hash decision = reg_event(reg);

	content = reg_revocation(reg, &decision, false); /* it names nobody */
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REVOCATION, nobody, content), "S13");
}
END_TEST

START_TEST(s14_a_revoked_act_is_no_target_until_it_is_back)
{
	struct hash decision = reg_decided(reg, "2026-06-19", "divorce", &groom, &bride, NULL);

	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "S14");
	ck_assert_str_eq(correct_wedding("2010-05-05", "2010-05-06"), "S14");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-19")),
	                 "S14");
	ck_assert_str_eq(reinstate(&revocation, couple), "");
	ck_assert_str_eq(reinstate(&revocation, couple), "S14");
	ck_assert_str_eq(correct_wedding("2010-05-05", "2010-05-06"), "");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-19")),
	                 "");
}
END_TEST

START_TEST(a_reinstated_marriage_is_back_with_its_corrections)
{
	ck_assert_str_eq(correct_wedding("2010-05-05", "2011-06-07"), "");
	uint64_t corrected = reg_size(reg);

	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);
	uint64_t revoked = reg_size(reg);

	ck_assert_str_eq(reinstate(&wedding, couple), "S13");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REINSTATEMENT, couple,
	                         reg_reinstatement(reg, &revocation)),
	                 "L09");
	ck_assert_str_eq(reinstate(&revocation, couple), "");
	const Civil__V1__PersonState *state = reg_state(reg, &bride);

	ck_assert_uint_eq(state->n_marriages, 1);
	ck_assert_int_eq(state->marriages[0]->from->year, 2011);
	ck_assert_int_eq(state->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(status_at(&bride, "2011-06-06", NOW), CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(status_at(&bride, "2020-01-01", revoked), CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(status_at(&bride, "2020-01-01", corrected), CIVIL(MARRIED));
}
END_TEST

START_TEST(l04_a_marriage_does_not_come_back_into_another)
{
	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(wed(&groom, &other, "2026-07-01"), "");
	ck_assert_str_eq(reinstate(&revocation, couple), "L04");
	ck_assert_uint_eq(reg_state(reg, &groom)->n_marriages, 1);
}
END_TEST

START_TEST(a_correction_is_revoked_alone_and_the_later_ones_stay)
{
	ck_assert_str_eq(correct_wedding("2010-05-05", "2010-05-06"), "");
	struct hash first = reg_event(reg);

	ck_assert_str_eq(revoke("G1+G2", &first, couple, true), "S07");
	ck_assert_str_eq(revoke("G1+G2", &first, couple, false), "");
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->from->day, 5);
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(correct_wedding("2010-05-05", "2010-05-09"), "");
	ck_assert_str_eq(reinstate(&revocation, couple), "");
	ck_assert_int_eq(reg_state(reg, &groom)->marriages[0]->from->day, 9);
}
END_TEST

START_TEST(a_revoked_reinstatement_takes_the_act_away_again)
{
	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(reinstate(&revocation, couple), "");
	struct hash back = reg_event(reg);

	ck_assert_uint_eq(reg_state(reg, &bride)->n_marriages, 1);
	ck_assert_str_eq(revoke("G1+G2", &back, couple, false), "");
	ck_assert_uint_eq(reg_state(reg, &bride)->n_marriages, 0);
	ck_assert_str_eq(revoke("G1+G2", &back, couple, false), "S14");
	ck_assert_str_eq(reinstate(&revocation, couple), "");
	ck_assert_uint_eq(reg_state(reg, &bride)->n_marriages, 1);
}
END_TEST

START_TEST(l04_what_a_reinstatement_brings_back_is_the_act_at_the_end_of_the_chain)
{
	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, false), "");
	struct hash revocation = reg_event(reg);

	ck_assert_str_eq(reinstate(&revocation, couple), "");
	struct hash back = reg_event(reg);

	ck_assert_str_eq(revoke("G1+G2", &back, couple, false), "");
	struct hash again = reg_event(reg);

	ck_assert_str_eq(wed(&groom, &other, "2026-07-01"), "");
	ck_assert_str_eq(reinstate(&again, couple), "L04");
}
END_TEST

START_TEST(a_marriage_revoked_ex_nunc_was_and_ends_on_the_day)
{
	const Civil__V1__PersonMarriage *marriage;

	ck_assert_str_eq(revoke("G1+G2", &wedding, couple, true), "");
	struct hash revocation = reg_event(reg);

	ck_assert_int_eq(status_at(&groom, "2026-06-19", NOW), CIVIL(MARRIED));
	ck_assert_int_eq(status_at(&groom, "2026-06-20", NOW), CIVIL(ANNULLED));
	marriage = reg_state(reg, &groom)->marriages[0];
	ck_assert_int_eq(marriage->status, UNION(ENDED));
	ck_assert_int_eq(marriage->end_reason, CIVIL__V1__END_REASON__END_REASON_REVOKED);
	ck_assert_mem_eq(marriage->end_act.data, revocation.bytes, HASH_BYTES);
	ck_assert_str_eq(wed(&groom, &other, "2026-07-01"), "");
	ck_assert_str_eq(reinstate(&revocation, couple), "L04");
}
END_TEST

START_TEST(whose_birth_is_revoked_keeps_the_id_and_the_closed_number)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(FATHER), &groom },
		                          { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *birth = reg_birth(reg, "ក្មេង", "2026-06-18");

	reg_mother_told(reg, birth->birth, "1999");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", birth), "");
	ck_assert_str_eq(reg_verify(reg, &c, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	const struct reg_part named[] = { { ROLE(CHILD), &c.created },
		                          { ROLE(FATHER), &groom },
		                          { 0, NULL } };

	reg_on(reg, "2026-07-20");
	ck_assert_uint_eq(reg_state(reg, &groom)->n_children, 1);
	ck_assert_str_eq(revoke("G1+G2", &c.registered, named, true), "S07");
	ck_assert_str_eq(revoke("G1+G2", &c.registered, named, false), "");
	struct hash revocation = reg_event(reg);
	const Civil__V1__PersonState *state = reg_state(reg, &c.created);

	ck_assert_uint_eq(state->n_names, 0);
	ck_assert_ptr_null(state->sex);
	ck_assert_ptr_null(state->birth);
	ck_assert_uint_eq(state->n_parents, 0);
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_CLOSED);
	ck_assert_int_eq(state->numbers[0]->provenance->valid_to->month, 7);
	ck_assert_uint_eq(reg_state(reg, &groom)->n_children, 0);
	state = reg_state_at(reg, &c.created, "2026-07-01", NOW);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
	ck_assert_str_eq(reinstate(&revocation, named), "");
	state = reg_state(reg, &c.created);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
	ck_assert_uint_eq(reg_state(reg, &groom)->n_children, 1);
}
END_TEST

START_TEST(l09_a_revoked_decision_orders_nothing)
{
	const struct reg_part subjects[] = { { ROLE(SUBJECT), &groom },
		                             { ROLE(SUBJECT), &bride },
		                             { 0, NULL } };
	struct hash decision = reg_decided(reg, "2026-06-19", "divorce", &groom, &bride, NULL);

	ck_assert_str_eq(revoke("G1+G2", &decision, subjects, true), "S07");
	ck_assert_str_eq(revoke("G1+G2", &decision, subjects, false), "");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &decision, "2026-06-19")),
	                 "L09");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S12, RULE_S13, RULE_S14, RULE_S16,
		                              RULE_L04, RULE_L09, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("revocation");
	TCase *tcase = tcase_create("revocation");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_revoked_marriage_never_was_and_earlier_positions_still_know_it);
	tcase_add_test(tcase, two_of_the_national_office_revoke_under_a_decision);
	tcase_add_test(tcase, s16_a_revocation_names_all_of_its_target_in_their_parts);
	tcase_add_test(tcase, s13_what_has_an_undoing_of_its_own_is_not_revoked);
	tcase_add_test(tcase, s14_a_revoked_act_is_no_target_until_it_is_back);
	tcase_add_test(tcase, a_reinstated_marriage_is_back_with_its_corrections);
	tcase_add_test(tcase, l04_a_marriage_does_not_come_back_into_another);
	tcase_add_test(tcase, a_correction_is_revoked_alone_and_the_later_ones_stay);
	tcase_add_test(tcase, a_revoked_reinstatement_takes_the_act_away_again);
	tcase_add_test(tcase,
	               l04_what_a_reinstatement_brings_back_is_the_act_at_the_end_of_the_chain);
	tcase_add_test(tcase, a_marriage_revoked_ex_nunc_was_and_ends_on_the_day);
	tcase_add_test(tcase, whose_birth_is_revoked_keeps_the_id_and_the_closed_number);
	tcase_add_test(tcase, l09_a_revoked_decision_orders_nothing);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
