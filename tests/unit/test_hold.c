/* Goal: an act in dispute is marked until the dispute is closed; a legal hold stops the acts of its
 * scope until it is lifted or its court lets one through (rule L19).
 * Method: a wedding disputed and affirmed, before and after a key is found compromised; holds of
 * persons and of acts at their last day, over corrections, revocations and cards. */
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

#define AFFIRMED CIVIL__V1__DISPUTE_OUTCOME__DISPUTE_OUTCOME_AFFIRMED
#define REJECTED CIVIL__V1__DISPUTE_OUTCOME__DISPUTE_OUTCOME_REJECTED

static struct reg *reg;
static struct id groom;
static struct id bride;
static struct hash wedding;
static struct reg_part couple[3];
static struct reg_part both[3];
static struct reg_part one[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1986-01-20", "070803");
	bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1988-04-12", "070803");
	wedding = reg_paper_marriage(reg, &groom, &bride, "2010-05-05", "070803");
	couple[0] = (struct reg_part){ ROLE(SPOUSE_A), &groom };
	couple[1] = (struct reg_part){ ROLE(SPOUSE_B), &bride };
	couple[2] = (struct reg_part){ 0, NULL };
	both[0] = (struct reg_part){ ROLE(SUBJECT), &groom };
	both[1] = (struct reg_part){ ROLE(SUBJECT), &bride };
	both[2] = (struct reg_part){ 0, NULL };
	one[0] = both[0];
	one[1] = both[2];
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static const Civil__V1__PersonState *now(const struct id *person)
{
	return reg_state_at(reg, person, "2026-12-31", UINT64_MAX);
}

static const char *dispute(const char *signers)
{
	return reg_act(reg, signers, KIND_DISPUTE_OPENED, both, reg_dispute(reg, &wedding));
}

static const char *close(const char *signers, Civil__V1__DisputeOutcome outcome)
{
	return reg_act(reg, signers, KIND_DISPUTE_CLOSED, both,
	               reg_dispute_closed(reg, &wedding, outcome));
}

START_TEST(an_act_is_disputed_until_the_dispute_is_closed)
{
	ck_assert_str_eq(dispute("R.070803"), "");
	uint64_t opened = reg_size(reg);
	const Civil__V1__PersonState *state = reg_state(reg, &groom);

	ck_assert_uint_eq(state->n_disputed_acts, 1);
	ck_assert_mem_eq(state->disputed_acts[0].data, wedding.bytes, HASH_BYTES);
	ck_assert(state->marriages[0]->provenance->disputed);
	ck_assert(state->civil_status->provenance->disputed);
	ck_assert(!state->birth->provenance->disputed);
	ck_assert_uint_eq(reg_state(reg, &bride)->n_disputed_acts, 1);
	ck_assert_uint_eq(reg_state_at(reg, &groom, "2010-05-04", UINT64_MAX)->n_disputed_acts, 0);
	ck_assert_str_eq(close("P.07", AFFIRMED), "S05");
	ck_assert_str_eq(close("R.070803+V.0708", AFFIRMED), "S02");
	ck_assert_str_eq(close("P.07+V.0708", AFFIRMED), "");
	state = reg_state(reg, &groom);
	ck_assert_uint_eq(state->n_disputed_acts, 0);
	ck_assert(!state->marriages[0]->provenance->disputed);
	ck_assert_uint_eq(reg_state_at(reg, &groom, "2026-06-20", opened)->n_disputed_acts, 1);
}
END_TEST

START_TEST(s16_a_dispute_names_the_persons_of_its_acts_and_nobody_else)
{
	struct id stranger = reg_paper_person(reg, MALE, "ដារា", "1981-01-01", "070803");
	const struct reg_part three[] = { both[0], both[1], { ROLE(SUBJECT), &stranger }, both[2] };
	struct hash nowhere = { { 9 } };

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(reg_act(reg, "P.07", KIND_DISPUTE_OPENED, one, reg_dispute(reg, &wedding)),
	                 "S16");
	ck_assert_str_eq(
	        reg_act(reg, "P.07", KIND_DISPUTE_OPENED, three, reg_dispute(reg, &wedding)),
	        "S16");
	ck_assert_str_eq(
	        reg_act(reg, "P.07", KIND_DISPUTE_OPENED, both, reg_dispute(reg, &nowhere)), "S12");
	ck_assert_str_eq(dispute("PC.070803"), "S02");
	ck_assert_str_eq(dispute("CC.court-14"), "");
}
END_TEST

/* The key of the registrar who linked the wedding was in wrong hands. */
static void compromise(const char *officer)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficerKeyCompromised *message =
	        reg_new(reg, &civil__v1__officer_key_compromised__descriptor);
	struct officer_key key = reg_officer(reg, officer);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICER_KEY_COMPROMISED;
	content->officer_key_compromised = message;
	message->public_key = reg_bytes(reg, bytes_of(key.public_key, PUBLIC_KEY_BYTES));
	message->since_ms = 1;
	message->reason = reg_text(reg, "stolen");
	message->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "G1", KIND_OFFICER_KEY_COMPROMISED, NULL, content), "");
}

START_TEST(an_affirmed_act_stands_in_spite_of_the_key_found_before)
{
	compromise("R.070803");
	ck_assert(now(&groom)->marriages[0]->provenance->disputed);
	ck_assert_uint_eq(now(&groom)->n_disputed_acts, 0); /* nobody opened a dispute */
	ck_assert_str_eq(close("P.07+V.0708", REJECTED), "");
	ck_assert(now(&groom)->marriages[0]->provenance->disputed);
	ck_assert_str_eq(close("P.07+V.0708", AFFIRMED), "");
	ck_assert(!now(&groom)->marriages[0]->provenance->disputed);
	ck_assert(now(&groom)->birth->provenance->disputed);
	compromise("V.0708");
	ck_assert(now(&groom)->marriages[0]->provenance->disputed);
}
END_TEST

static const char *correct(const char *override, const struct hash *authority)
{
	Civil__V1__Content *content = reg_correction(reg, &wedding, true);

	reg_cite(reg, content, authority);
	if (override != NULL) {
		reg_override(reg, content, override);
	}
	reg_change(reg, content, "marriage.date_of_marriage", reg_value_date(reg, "2010-05-05"),
	           reg_value_date(reg, "2010-05-06"));
	return reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, couple, content);
}

static struct hash decided(const char *court, const char *kind)
{
	Civil__V1__Content *content = reg_decision(reg, reg->today, kind, &groom, &bride, &wedding);

	ck_assert_str_eq(reg_act(reg, court, KIND_COURT_DECISION, both, content), "");
	return reg_event(reg);
}

START_TEST(l19_a_held_person_is_not_corrected_until_the_hold_is_lifted)
{
	struct hash decision = decided("CC.court-14", "correction");

	ck_assert_str_eq(
	        reg_act(reg, "R.070803", KIND_LEGAL_HOLD_SET, one, reg_hold(reg, NULL, NULL)),
	        "S02");
	ck_assert_str_eq(
	        reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, one, reg_hold(reg, NULL, NULL)),
	        "");
	struct hash hold = reg_event(reg);

	ck_assert_uint_eq(reg_state(reg, &groom)->n_legal_holds, 1);
	ck_assert_uint_eq(reg_state(reg, &bride)->n_legal_holds, 0);
	ck_assert_str_eq(correct(NULL, &decision), "L19");
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_LIFTED, one,
	                         reg_hold_lifted(reg, &wedding)),
	                 "S13");
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_LIFTED, one,
	                         reg_hold_lifted(reg, &hold)),
	                 "");
	ck_assert_uint_eq(reg_state(reg, &groom)->n_legal_holds, 0);
	ck_assert_str_eq(correct(NULL, &decision), "");
}
END_TEST

START_TEST(l19_the_court_that_set_a_hold_lets_an_act_through)
{
	struct hash here = decided("CC.court-14", "correction");
	struct hash there = decided("CC.court-07", "correction");

	ck_assert_str_eq(
	        reg_act(reg, "CC.court-07", KIND_LEGAL_HOLD_SET, one, reg_hold(reg, NULL, NULL)),
	        "");
	ck_assert_str_eq(correct(NULL, &there), "L19");
	ck_assert_str_eq(correct("L19", &here), "L19");
	ck_assert_str_eq(correct("L19", &there), "");
}
END_TEST

START_TEST(l19_a_hold_of_an_act_stops_what_targets_it_and_nothing_else)
{
	const struct reg_part child[] = { { ROLE(CHILD), &groom }, { 0, NULL } };
	struct hash decision = decided("CC.court-14", "correction");
	struct hash birth;

	ck_assert_str_eq(
	        reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, one, reg_hold(reg, &wedding, NULL)),
	        "S16");
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, both,
	                         reg_hold(reg, &wedding, NULL)),
	                 "");
	ck_assert_str_eq(correct(NULL, &decision), "L19");
	memcpy(birth.bytes, reg_state(reg, &groom)->birth->act.data, HASH_BYTES);
	Civil__V1__Content *content = reg_correction(reg, &birth, false);

	reg_change(reg, content, "birth.sex", reg_value_text(reg, "SEX_MALE"),
	           reg_value_text(reg, "SEX_FEMALE"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, child, content), "");
}
END_TEST

START_TEST(l19_a_hold_ends_behind_its_last_day)
{
	struct hash decision = decided("CC.court-14", "correction");

	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, one,
	                         reg_hold(reg, NULL, "2026-06-30")),
	                 "");
	reg_on(reg, "2026-06-30");
	ck_assert_str_eq(correct(NULL, &decision), "L19");
	reg_on(reg, "2026-07-01");
	ck_assert_str_eq(correct(NULL, &decision), "");
}
END_TEST

START_TEST(a_hold_is_of_acts_or_of_persons)
{
	Civil__V1__Content *content = reg_hold(reg, &wedding, NULL);

	content->legal_hold_set->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_PERSON;
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, both, content), "S07");
	content = reg_hold(reg, NULL, NULL);
	content->legal_hold_set->scope = CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_ACT;
	ck_assert_str_eq(reg_act(reg, "J.court-14", KIND_LEGAL_HOLD_SET, both, content), "S07");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L19, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hold");
	TCase *tcase = tcase_create("hold");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_act_is_disputed_until_the_dispute_is_closed);
	tcase_add_test(tcase, s16_a_dispute_names_the_persons_of_its_acts_and_nobody_else);
	tcase_add_test(tcase, an_affirmed_act_stands_in_spite_of_the_key_found_before);
	tcase_add_test(tcase, l19_a_held_person_is_not_corrected_until_the_hold_is_lifted);
	tcase_add_test(tcase, l19_the_court_that_set_a_hold_lets_an_act_through);
	tcase_add_test(tcase, l19_a_hold_of_an_act_stops_what_targets_it_and_nothing_else);
	tcase_add_test(tcase, l19_a_hold_ends_behind_its_last_day);
	tcase_add_test(tcase, a_hold_is_of_acts_or_of_persons);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
