/* Goal: rules L12, L13, L14 and P11: one live card, old enough, a national, and printed as the
 * register says.
 * Method: cards of one man and one child, around the 15th birthday and over two cards. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id man;
static struct reg_part holder[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	holder[0] = (struct reg_part){ ROLE(HOLDER), &man };
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

static struct hash applied(const char *on)
{
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, on)),
	                 "");
	return reg_event(reg);
}

START_TEST(l12_one_card_is_live_at_a_time)
{
	(void)reg_card(reg, &man, "C1", "2026-06-01");
	struct hash application = applied("2026-06-01");
	Civil__V1__Content *content = reg_card_issued(reg, &man, &application, "C2", "2026-06-01");

	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder, content), "L12");
	reg_override(reg, content, "L12");
	ck_assert_str_eq(
	        reg_act(reg, "IC.id-cards+IC2.id-cards", KIND_ID_CARD_ISSUED, holder, content),
	        "L12");
	content = reg_card_renewed(reg, &man, &application, "C2", "2026-06-01", "C1");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_RENEWED, holder, content), "");
}
END_TEST

START_TEST(l12_a_card_past_its_last_day_is_not_live)
{
	struct hash application;

	(void)reg_card(reg, &man, "C1", "2021-06-01"); /* until 2031-06-01 */
	reg_on(reg, "2031-06-02");
	application = applied("2031-06-02");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder,
	                         reg_card_issued(reg, &man, &application, "C2", "2031-06-01")),
	                 "L12");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder,
	                         reg_card_issued(reg, &man, &application, "C2", "2031-06-02")),
	                 "");
}
END_TEST

START_TEST(l12_a_lost_card_is_not_live)
{
	(void)reg_card(reg, &man, "C1", "2026-06-01");
	struct hash application = applied("2026-06-01");

	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_LOST, holder,
	                         reg_card_verb(reg, KIND_ID_CARD_LOST, "C1", "2026-06-01")),
	                 "");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder,
	                         reg_card_issued(reg, &man, &application, "C2", "2026-06-01")),
	                 "");
}
END_TEST

START_TEST(l13_a_card_is_for_people_of_15_years)
{
	struct id child = reg_paper_person(reg, FEMALE, "ក្មេង", "2011-06-02", "070803");

	holder[0].person = &child;
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-06-01")),
	                 "L13");
	ck_assert_str_eq(reg->result.verdict.findings[0]->facts[1]->value, "15");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-06-02")),
	                 "");
}
END_TEST

START_TEST(l14_a_card_is_for_nationals)
{
	struct hash paper = reg_paper(reg, "070803");
	const struct reg_part child[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	Civil__V1__Content *content = reg_linked(reg, &paper);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_BIRTH;
	content->legacy_linked->birth = reg_birth(reg, "ភ្ញៀវ", "1990-01-01")->birth;
	content->legacy_linked->birth->nationality_at_birth[0]->country = reg_text(reg, "VNM");
	reg_mother_told(reg, content->legacy_linked->birth, "1960");
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, child, content), "");
	struct id guest = reg_created(reg);

	holder[0].person = &guest;
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-06-01")),
	                 "L14");
}
END_TEST

START_TEST(p11_a_card_prints_what_the_register_says)
{
	struct hash application = applied("2026-06-01");
	Civil__V1__Content *content = reg_card_issued(reg, &man, &application, "C1", "2026-06-01");

	content->document_issued->snapshot->birth = reg_partial(reg, "1957-06-15");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder, content), "P11");
	reg_override(reg, content, "P11");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_ISSUED, holder, content), "P11");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards+PD.0708", KIND_ID_CARD_ISSUED, holder, content),
	                 "S02");
	ck_assert_str_eq(
	        reg_act(reg, "IC.id-cards+IC2.id-cards", KIND_ID_CARD_ISSUED, holder, content), "");
}
END_TEST

static const char *card_verb(const char *signers, enum kind_id kind, const char *on)
{
	return reg_act(reg, signers, kind, holder, reg_card_verb(reg, kind, "C1", on));
}

/* Dies on 2026-06-10, registered ten days later. */
static void dies(void)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &man }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);

	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, "2026-06-10")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	reg_on(reg, "2026-06-25");
}

static Civil__V1__DocumentStatus card_status(void)
{
	return reg_state(reg, &man)->documents[0]->status;
}

START_TEST(l03_a_lost_card_of_the_dead_is_not_found)
{
	(void)reg_card(reg, &man, "C1", "2026-06-01");
	reg_on(reg, "2026-06-05");
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_LOST, "2026-06-05"), "");
	dies();
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_FOUND, "2026-06-11"), "L03");
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_FOUND, "2026-06-25"), "L03");
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_FOUND, "2026-06-10"), "");
	ck_assert_int_eq(card_status(), CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED);
}
END_TEST

START_TEST(l03_a_suspended_card_of_the_dead_is_not_resumed)
{
	(void)reg_card(reg, &man, "C1", "2026-06-01");
	reg_on(reg, "2026-06-05");
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_SUSPENDED, "2026-06-05"), "");
	dies();
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_RESUMED, "2026-06-25"), "L03");
	ck_assert_str_eq(card_verb("IC.id-cards", KIND_ID_CARD_REVOKED, "2026-06-25"), "");
	ck_assert_int_eq(card_status(), CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_REVOKED);
}
END_TEST

START_TEST(l03_a_card_of_the_dead_is_not_renewed)
{
	Civil__V1__Content *content;
	struct hash application;

	(void)reg_card(reg, &man, "C1", "2026-06-01");
	application = applied("2026-06-01");
	dies();
	content = reg_card_renewed(reg, &man, &application, "C2", "2026-06-25", "C1");
	reg_override(reg, content, "L03");
	ck_assert_str_eq(
	        reg_act(reg, "IC.id-cards+IC2.id-cards", KIND_ID_CARD_RENEWED, holder, content),
	        "L03 P11"); /* nor does the dead have an address to print */
	ck_assert_int_eq(card_status(), CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED);
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L12, RULE_L13, RULE_L14, RULE_P11, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("document");
	TCase *tcase = tcase_create("document");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l12_one_card_is_live_at_a_time);
	tcase_add_test(tcase, l12_a_card_past_its_last_day_is_not_live);
	tcase_add_test(tcase, l12_a_lost_card_is_not_live);
	tcase_add_test(tcase, l13_a_card_is_for_people_of_15_years);
	tcase_add_test(tcase, l14_a_card_is_for_nationals);
	tcase_add_test(tcase, p11_a_card_prints_what_the_register_says);
	tcase_add_test(tcase, l03_a_lost_card_of_the_dead_is_not_found);
	tcase_add_test(tcase, l03_a_suspended_card_of_the_dead_is_not_resumed);
	tcase_add_test(tcase, l03_a_card_of_the_dead_is_not_renewed);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
