/* Goal: nationality is acquired, ended and restored by the authority and the national office
 * together; nobody is made stateless unseen (L17); who loses that of Cambodia keeps no card in use.
 * Method: one man through decrees, each refused in one respect and then accepted; his state on the
 * days before and after. */
#include "ledger/person/inconsistency.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MALE      CIVIL__V1__SEX__SEX_MALE
#define SIGNERS   "NA.nationality+G1"
#define STATUS(n) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##n
#define CASE(n)   CIVIL__V1__CONTENT__KIND_##n

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

static Civil__V1__Content *acquired(const char *country, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NationalityAcquired *act =
	        reg_new(reg, &civil__v1__nationality_acquired__descriptor);

	content->kind_case = CASE(NATIONALITY_ACQUIRED);
	content->nationality_acquired = act;
	act->country = reg_text(reg, country);
	act->basis = CIVIL__V1__NATIONALITY_BASIS__NATIONALITY_BASIS_NATURALISATION;
	act->decree_number = reg_text(reg, "12");
	act->effective_on = reg_date(reg, on);
	return content;
}

static Civil__V1__Content *lost(const char *country, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NationalityLost *act = reg_new(reg, &civil__v1__nationality_lost__descriptor);

	content->kind_case = CASE(NATIONALITY_LOST);
	content->nationality_lost = act;
	act->country = reg_text(reg, country);
	act->basis = reg_text(reg, "decree");
	act->decree_number = reg_text(reg, "13");
	act->effective_on = reg_date(reg, on);
	return content;
}

static Civil__V1__Content *renounced(const char *country, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NationalityRenounced *act =
	        reg_new(reg, &civil__v1__nationality_renounced__descriptor);

	content->kind_case = CASE(NATIONALITY_RENOUNCED);
	content->nationality_renounced = act;
	act->country = reg_text(reg, country);
	act->basis = reg_text(reg, "own_request");
	act->decree_number = reg_text(reg, "13");
	act->effective_on = reg_date(reg, on);
	return content;
}

static Civil__V1__Content *restored(const struct hash *target, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__NationalityRestored *act =
	        reg_new(reg, &civil__v1__nationality_restored__descriptor);

	content->kind_case = CASE(NATIONALITY_RESTORED);
	content->nationality_restored = act;
	act->target = reg_bytes(reg, bytes_of_hash(target));
	act->decree_number = reg_text(reg, "14");
	act->effective_on = reg_date(reg, on);
	return content;
}

static struct hash stateless(void)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__StatelessnessFound *act =
	        reg_new(reg, &civil__v1__statelessness_found__descriptor);

	content->kind_case = CASE(STATELESSNESS_FOUND);
	content->statelessness_found = act;
	act->finding_number = reg_text(reg, "1");
	act->date = reg_date(reg, "2026-06-01");
	act->authority = reg_text(reg, "nationality");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_STATELESSNESS_FOUND, holder, content), "");
	return reg_event(reg);
}

static const char *lose(Civil__V1__Content *content)
{
	return reg_act(reg, SIGNERS, KIND_NATIONALITY_LOST, holder, content);
}

/* "KHM FRA": those that have not ended. */
static const char *nationalities(void)
{
	static char text[32];
	const Civil__V1__PersonState *state = reg_state(reg, &man);
	size_t size = 0;

	text[0] = '\0';
	for (size_t i = 0; i < state->n_nationalities; i++) {
		if (!nationality_ended(state->nationalities[i])) {
			size += (size_t)snprintf(text + size, sizeof(text) - size, "%s%s",
			                         size == 0 ? "" : " ",
			                         state->nationalities[i]->country);
		}
	}
	return text;
}

START_TEST(the_authority_and_the_national_office_sign_together)
{
	static const char *const wrong[] = { "NA.nationality", "G1",
		                             "NA.nationality+NA2.nationality", "G1+G2" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_str_eq(reg_act(reg, wrong[i], KIND_NATIONALITY_ACQUIRED, holder,
		                         acquired("FRA", "2026-06-01")),
		                 "S05");
	}
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_ACQUIRED, holder,
	                         acquired("FRA", "2026-06-01")),
	                 "");
	ck_assert_str_eq(nationalities(), "KHM FRA");
	ck_assert_str_eq(reg_state(reg, &man)->nationalities[1]->basis, "naturalisation");
}
END_TEST

START_TEST(what_a_person_has_is_not_acquired_twice)
{
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_ACQUIRED, holder,
	                         acquired("KHM", "2026-06-01")),
	                 "");
	ck_assert_uint_eq(reg_state(reg, &man)->n_nationalities, 1);
}
END_TEST

START_TEST(l17_nobody_is_left_without_a_nationality)
{
	Civil__V1__Content *content = lost("KHM", "2026-06-01");

	ck_assert_str_eq(lose(content), "L17");
	reg_override(reg, content, "L17");
	ck_assert_str_eq(reg_act(reg, "NA.nationality+NA2.nationality+G1", KIND_NATIONALITY_LOST,
	                         holder, content),
	                 "L17");
	content = renounced("KHM", "2026-06-01");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RENOUNCED, holder, content), "L17");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_ACQUIRED, holder,
	                         acquired("FRA", "2026-06-01")),
	                 "");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RENOUNCED, holder, content), "");
	ck_assert_str_eq(nationalities(), "FRA");
}
END_TEST

START_TEST(l17_a_nationality_acquired_later_does_not_remain)
{
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_ACQUIRED, holder,
	                         acquired("FRA", "2026-05-20")),
	                 "");
	ck_assert_str_eq(lose(lost("KHM", "2026-05-19")), "L17");
	ck_assert_str_eq(lose(lost("KHM", "2026-05-20")), "");
}
END_TEST

START_TEST(l17_another_nationality_may_be_proved)
{
	Civil__V1__Content *content = lost("KHM", "2026-06-01");
	Civil__V1__NationalityLost *act = content->nationality_lost;

	act->other_nationalities = arena_array(&reg->arena, 1, sizeof(char *));
	act->other_nationalities[0] = reg_text(reg, "KHM");
	act->n_other_nationalities = 1;
	ck_assert_str_eq(lose(content), "L17");
	act->other_nationalities[0] = reg_text(reg, "USA");
	ck_assert_str_eq(lose(content), "");
}
END_TEST

START_TEST(l17_a_finding_of_statelessness_lets_it_pass)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");
	struct hash birth = { { 7 } };
	Civil__V1__Content *content = lost("KHM", "2026-06-01");

	holder[0].person = &other;
	struct hash about_other = stateless();
	holder[0].person = &man;
	struct hash about_man = stateless();

	ck_assert_ptr_nonnull(reg_state(reg, &man)->statelessness);
	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&birth));
	ck_assert_str_eq(lose(content), "S12");
	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&about_other));
	ck_assert_str_eq(lose(content), "L17");
	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&about_man));
	ck_assert_str_eq(lose(content), "");
	ck_assert_str_eq(nationalities(), "");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-06-01")),
	                 "L14");
}
END_TEST

START_TEST(s13_a_finding_is_a_finding_and_an_end_an_end)
{
	Civil__V1__Content *content = lost("KHM", "2026-06-01");
	struct hash finding = stateless();
	struct hash card = reg_card(reg, &man, "C1", "2026-06-01");

	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&card));
	ck_assert_str_eq(lose(content), "S13");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&finding, "2026-06-01")),
	                 "S13");
}
END_TEST

START_TEST(card_and_passport_are_suspended_until_they_are_resumed)
{
	(void)reg_card(reg, &man, "C1", "2026-06-01");
	(void)stateless();
	Civil__V1__Content *content = lost("KHM", "2026-06-01");
	struct hash finding = reg_event(reg);

	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&finding));
	ck_assert_str_eq(lose(content), "");
	struct hash end = reg_event(reg);
	ck_assert_int_eq(reg_state(reg, &man)->documents[0]->status, STATUS(SUSPENDED));
	reg_on(reg, "2026-06-02");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&end, "2026-06-02")),
	                 "");
	ck_assert_str_eq(nationalities(), "KHM");
	ck_assert_int_eq(reg_state(reg, &man)->documents[0]->status, STATUS(SUSPENDED));
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_RESUMED, holder,
	                         reg_card_verb(reg, KIND_ID_CARD_RESUMED, "C1", "2026-06-02")),
	                 "");
	ck_assert_int_eq(reg_state(reg, &man)->documents[0]->status, STATUS(LIVE));
}
END_TEST

START_TEST(s14_what_was_restored_is_not_restored_again)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");
	Civil__V1__Content *content = lost("KHM", "2026-05-10");
	struct hash finding = stateless();

	content->nationality_lost->statelessness = reg_bytes(reg, bytes_of_hash(&finding));
	ck_assert_str_eq(lose(content), "");
	struct hash end = reg_event(reg);
	holder[0].person = &other;
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&end, "2026-06-01")),
	                 "S14");
	holder[0].person = &man;
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&end, "2026-05-09")),
	                 "S14");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&end, "2026-06-01")),
	                 "");
	ck_assert_str_eq(reg_act(reg, SIGNERS, KIND_NATIONALITY_RESTORED, holder,
	                         restored(&end, "2026-06-01")),
	                 "S14");
	ck_assert_uint_eq(reg_state(reg, &man)->n_nationalities, 2);
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L17, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nationality");
	TCase *tcase = tcase_create("nationality");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_authority_and_the_national_office_sign_together);
	tcase_add_test(tcase, what_a_person_has_is_not_acquired_twice);
	tcase_add_test(tcase, l17_nobody_is_left_without_a_nationality);
	tcase_add_test(tcase, l17_a_nationality_acquired_later_does_not_remain);
	tcase_add_test(tcase, l17_another_nationality_may_be_proved);
	tcase_add_test(tcase, l17_a_finding_of_statelessness_lets_it_pass);
	tcase_add_test(tcase, s13_a_finding_is_a_finding_and_an_end_an_end);
	tcase_add_test(tcase, card_and_passport_are_suspended_until_they_are_resumed);
	tcase_add_test(tcase, s14_what_was_restored_is_not_restored_again);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
