/* Goal: rules S12 to S15 and S19: what an act refers to exists, is of the right kind and in force;
 * numbers are new; a correction knows the value that stands.
 * Method: divorces, arrivals, cards and corrections whose reference is wrong in one respect. */
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

static struct hash unknown = { { 1, 2, 3 } };

static const struct reg_part *both(void)
{
	static struct reg_part parts[3];

	parts[0] = (struct reg_part){ ROLE(SPOUSE_A), &husband };
	parts[1] = (struct reg_part){ ROLE(SPOUSE_B), &mother };
	return parts;
}

static const struct reg_part *holder(void)
{
	static struct reg_part parts[2];

	parts[0] = (struct reg_part){ ROLE(HOLDER), &husband };
	return parts;
}

static const char *card(enum kind_id kind, const char *number, const char *on)
{
	return reg_act(reg, "IC.id-cards", kind, holder(), reg_card_verb(reg, kind, number, on));
}

START_TEST(s12_a_target_is_on_the_ledger)
{
	struct hash decision =
	        reg_decided(reg, "2026-03-05", "divorce", &husband, &mother, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &unknown, &decision, "2026-03-05")),
	                 "S12");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &unknown, "2026-03-05")),
	                 "S12");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "");
}
END_TEST

START_TEST(s12_a_document_and_an_application_are_the_holders_own)
{
	struct hash other = reg_card(reg, &mother, "C1", "2026-03-05");

	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C9", "2026-03-05"), "S12");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2026-03-05"), "S12");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder(),
	                         reg_card_issued(reg, &husband, &other, "C2", "2026-03-05")),
	                 "S12");
	(void)reg_card(reg, &husband, "C3", "2026-03-05");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C3", "2026-03-05"), "");
}
END_TEST

START_TEST(s12_offices_and_keys_that_governance_names_are_known)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_CLOSED;
	content->office_closed = reg_new(reg, &civil__v1__office_closed__descriptor);
	content->office_closed->office_id = reg_text(reg, "nowhere");
	content->office_closed->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_OFFICE_CLOSED, NULL, content), "S12");
	ck_assert_str_eq(reg_enrol(reg, "G1+G2", "K.nowhere", NULL), "S12");
}
END_TEST

START_TEST(s13_a_target_is_of_a_kind_that_may_be_targeted)
{
	struct hash decision =
	        reg_decided(reg, "2026-03-05", "divorce", &husband, &mother, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &decision, &decision, "2026-03-05")),
	                 "S13");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &wedding, "2026-03-05")),
	                 "S13");
	ck_assert_str_eq(reg_paper_verified(reg, "V.0708", &wedding), "S13");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "");
}
END_TEST

START_TEST(s13_a_declaration_is_no_act_yet)
{
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content;

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "");
	content = reg_correction(reg, &birth.declared, false);
	reg_change(reg, content, "birth.sex", reg_value_text(reg, "SEX_MALE"),
	           reg_value_text(reg, "SEX_FEMALE"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, birth.parts, content),
	                 "S11 S13");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
	content->correction->target = reg_bytes(reg, bytes_of_hash(&birth.registered));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, birth.parts, content),
	                 "");
}
END_TEST

START_TEST(s14_a_marriage_ends_once)
{
	struct hash decision =
	        reg_decided(reg, "2026-03-05", "divorce", &husband, &mother, &wedding);

	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_DIVORCE, both(),
	                         reg_divorce(reg, &wedding, &decision, "2026-03-05")),
	                 "S14");
}
END_TEST

START_TEST(s14_each_verb_leads_from_its_own_statuses)
{
	(void)reg_card(reg, &husband, "C1", "2026-03-05");
	ck_assert_str_eq(card(KIND_ID_CARD_FOUND, "C1", "2026-03-05"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_RESUMED, "C1", "2026-03-05"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2026-03-04"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_DELIVERED, "C1", "2026-03-05"), "");
	ck_assert_str_eq(card(KIND_ID_CARD_DELIVERED, "C1", "2026-03-05"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2026-03-05"), "");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2026-03-05"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_FOUND, "C1", "2026-03-05"), "");
}
END_TEST

START_TEST(s14_no_verb_leads_from_an_expired_card)
{
	(void)reg_card(reg, &husband, "C1", "2026-03-05"); /* until 2036-03-01 */
	reg_on(reg, "2036-03-20");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2036-03-02"), "S14");
	ck_assert_str_eq(card(KIND_ID_CARD_LOST, "C1", "2036-03-01"), "");
}
END_TEST

START_TEST(s12_needs_a_holder_to_look_for_a_card)
{
	static const struct reg_part nobody[] = { { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_LOST, nobody,
	                         reg_card_verb(reg, KIND_ID_CARD_LOST, "C9", "2026-03-05")),
	                 "S16");
}
END_TEST

START_TEST(s14_a_release_serves_one_arrival)
{
	struct id home = reg_reside(reg, &husband, "07080301", "2020-02-10");
	struct id other = reg_unit(reg, "07080101", "2020-02-10");
	const struct reg_part resident[] = { { ROLE(RESIDENT), &husband }, { 0, NULL } };

	ck_assert_str_eq(reg_act(reg, "PC.070803", KIND_RESIDENCE_DEPARTURE, resident,
	                         reg_departure(reg, "2026-03-01", &home, "070801")),
	                 "");
	struct hash release = reg_event(reg);

	ck_assert_str_eq(reg_act(reg, "PC.070801", KIND_RESIDENCE_ARRIVAL, resident,
	                         reg_arrival(reg, "2026-03-02", &other, &release)),
	                 "");
	ck_assert_str_eq(reg_act(reg, "PC.070801", KIND_RESIDENCE_ARRIVAL, resident,
	                         reg_arrival(reg, "2026-03-03", &other, &release)),
	                 "S14");
}
END_TEST

START_TEST(s15_numbers_are_never_used_twice)
{
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case first = reg_case_begin(reg, KIND_BIRTH, parts);
	struct reg_case second;

	ck_assert_str_eq(reg_declare(reg, &first, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "");
	ck_assert_str_eq(reg_verify(reg, &first, "V.0708"), "");
	Civil__V1__Content *registration = reg_registration(reg, &first);

	registration->registration->registration_number->number = 7;
	ck_assert_str_eq(reg_register_as(reg, &first, "R.070803", registration), "");
	second = reg_case_begin(reg, KIND_BIRTH, parts);
	reg_on(reg, "2028-03-05");
	ck_assert_str_eq(
	        reg_declare(reg, &second, "K.070803", reg_birth(reg, "ដារា", "2028-03-02")), "");
	ck_assert_str_eq(reg_verify(reg, &second, "V.0708"), "");
	registration = reg_registration(reg, &second);
	registration->registration->registration_number->number = 7;
	ck_assert_str_eq(reg_register_as(reg, &second, "R.070803", registration), "S15");
	registration->registration->registration_number->number = 8;
	ck_assert_str_eq(reg_register_as(reg, &second, "R.070803", registration), "");
}
END_TEST

START_TEST(s15_a_person_has_one_live_number)
{
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_NUMBER_ALLOCATED, holder(),
	                         reg_number(reg, "070803", "KH-2014")),
	                 "S15");
}
END_TEST

START_TEST(s15_card_numbers_keys_offices_and_law_have_one_owner)
{
	(void)reg_card(reg, &mother, "C1", "2026-03-05");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder(),
	                         reg_card_applied(reg, "2026-03-05")),
	                 "");
	struct hash application = reg_event(reg);

	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder(),
	                         reg_card_issued(reg, &husband, &application, "C1", "2026-03-05")),
	                 "S15");
	ck_assert_str_eq(reg_enrol(reg, "G1+G2", "K.070803", NULL), "S15");
	Civil__V1__Content *law = reg_content(reg);

	law->kind_case = CIVIL__V1__CONTENT__KIND_RULESET_PUBLISHED;
	law->ruleset_published = reg_new(reg, &civil__v1__ruleset_published__descriptor);
	law->ruleset_published->rule_set = ground_rule_set(reg, "KH-2024");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_RULESET_PUBLISHED, NULL, law), "S15");
}
END_TEST

START_TEST(s15_a_part_of_the_gazetteer_is_published_once)
{
	static const char *const codes[] = { "07", NULL };

	ck_assert_str_eq(ground_publish(reg, "KH-2014", "2014-01-01", codes, false), "S15");
	ck_assert_str_eq(ground_publish(reg, "KH-2026", "2026-04-01", codes, false), "");
	ck_assert_str_eq(ground_publish(reg, "KH-2026", "2026-04-01", codes, false), "S15");
}
END_TEST

START_TEST(s15_a_block_that_nobody_reserved_has_no_numbers)
{
	struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                    { ROLE(MOTHER), &mother },
		                    { ROLE(FATHER), &husband },
		                    { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-02");

	content->birth->kidc_block = reg_new(reg, &civil__v1__block_number__descriptor);
	content->birth->kidc_block->block = reg_bytes(reg, bytes_of_hash(&unknown));
	content->birth->kidc_block->number =
	        reg_text(reg, reg_state(reg, &mother)->numbers[0]->number);
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S15");
}
END_TEST

START_TEST(s19_a_correction_knows_the_value_that_stands)
{
	struct reg_part couple[] = { { ROLE(SPOUSE_A), &husband },
		                     { ROLE(SPOUSE_B), &mother },
		                     { 0, NULL } };
	Civil__V1__Content *content = reg_correction(reg, &wedding, false);

	reg_change(reg, content, "marriage.place", reg_value_place(reg, "070801", "KH-2014"),
	           reg_value_place(reg, "0708", "KH-2014"));
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, couple, content), "S19");
	content->correction->changes[0]->old_value = reg_value_place(reg, "070803", "KH-2014");
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, couple, content), "");
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, couple, content), "S19");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S12, RULE_S13, RULE_S14,
		                              RULE_S15, RULE_S19, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("structure_target");
	TCase *tcase = tcase_create("structure_target");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s12_a_target_is_on_the_ledger);
	tcase_add_test(tcase, s12_a_document_and_an_application_are_the_holders_own);
	tcase_add_test(tcase, s12_offices_and_keys_that_governance_names_are_known);
	tcase_add_test(tcase, s13_a_target_is_of_a_kind_that_may_be_targeted);
	tcase_add_test(tcase, s13_a_declaration_is_no_act_yet);
	tcase_add_test(tcase, s14_a_marriage_ends_once);
	tcase_add_test(tcase, s14_each_verb_leads_from_its_own_statuses);
	tcase_add_test(tcase, s14_no_verb_leads_from_an_expired_card);
	tcase_add_test(tcase, s12_needs_a_holder_to_look_for_a_card);
	tcase_add_test(tcase, s14_a_release_serves_one_arrival);
	tcase_add_test(tcase, s15_numbers_are_never_used_twice);
	tcase_add_test(tcase, s15_a_person_has_one_live_number);
	tcase_add_test(tcase, s15_card_numbers_keys_offices_and_law_have_one_owner);
	tcase_add_test(tcase, s15_a_part_of_the_gazetteer_is_published_once);
	tcase_add_test(tcase, s15_a_block_that_nobody_reserved_has_no_numbers);
	tcase_add_test(tcase, s19_a_correction_knows_the_value_that_stands);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
