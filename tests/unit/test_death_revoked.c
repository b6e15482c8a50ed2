/* Goal: a death that never was leaves a living person, and what becomes of the marriages.
 * Method: a husband presumed dead whose wife marries again, returns; the story step by step, with
 * states at each known position and valid day; every rule of these kinds broken once. */
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

static const char *wed(const struct id *a, const struct id *b, const char *date)
{
	const struct reg_part parts[] = { { ROLE(SPOUSE_A), a },
		                          { ROLE(SPOUSE_B), b },
		                          { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_MARRIAGE, parts);
	const char *answer;

	reg_on(reg, date);
	answer = reg_declare(reg, &c, "K.140101",
	                     reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY,
	                                  date, "140101"));
	return answer[0] == '\0' ? reg_register(reg, &c, "R.140101") : answer;
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

START_TEST(a_death_that_never_was_leaves_the_marriage_without_a_gap)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);
	uint64_t presumed = reg_size(reg);

	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	const Civil__V1__PersonState *state = reg_state(reg, &husband);

	ck_assert_int_eq(state->life->status, LIFE(ALIVE));
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
	ck_assert_ptr_nonnull(state->residence);
	ck_assert_int_eq(state->marriages[0]->status, UNION(IN_FORCE));
	ck_assert_int_eq(at(&wife, "2022-01-01", NOW)->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(at(&wife, "2022-01-01", presumed)->civil_status->status, CIVIL(WIDOWED));
	ck_assert_int_eq(at(&husband, "2022-01-01", presumed)->life->status, LIFE(PRESUMED_DEAD));
	ck_assert_str_eq(undo(&death), "S14");
}
END_TEST

START_TEST(a_marriage_is_disputed_when_the_spouse_has_married_again)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);

	ck_assert_str_eq(wed(&suitor, &wife, "2024-02-10"), "");
	uint64_t married = reg_size(reg);

	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	const Civil__V1__PersonState *state = reg_state(reg, &husband);

	ck_assert_int_eq(state->marriages[0]->status, UNION(DISPUTED));
	ck_assert_int_eq(state->civil_status->status, CIVIL(UNDETERMINED));
	ck_assert_int_eq(state->civil_status->provenance->valid_from->month, 3);
	ck_assert_uint_eq(state->civil_status->provenance->known_from, reg_size(reg) - 1);
	ck_assert_int_eq(at(&husband, "2021-02-28", NOW)->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(at(&husband, "2022-01-01", NOW)->life->status, LIFE(ALIVE));
	ck_assert_int_eq(at(&wife, "2022-01-01", married)->civil_status->status, CIVIL(WIDOWED));
	ck_assert_int_eq(at(&wife, "2022-01-01", NOW)->civil_status->status, CIVIL(UNDETERMINED));
	state = at(&wife, "2024-02-10", NOW);
	ck_assert_int_eq(state->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(state->marriages[0]->status, UNION(DISPUTED));
	ck_assert_int_eq(state->marriages[1]->status, UNION(IN_FORCE));
	ck_assert_str_eq(wed(&husband, &friend, "2026-06-20"), "L04");
}
END_TEST

/* Her death did not name him, who counted as dead. */
START_TEST(who_returns_to_a_dead_spouse_is_widowed)
{
	const struct reg_part gone[] = { { ROLE(DECEASED), &wife }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, gone);

	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);

	reg_on(reg, "2023-05-05");
	ck_assert_str_eq(reg_declare(reg, &c, "K.140101", death_here("2023-05-04")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.140101"), "");
	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	ck_assert_int_eq(at(&husband, "2023-05-03", NOW)->civil_status->status, CIVIL(MARRIED));
	const Civil__V1__PersonState *state = at(&husband, "2023-05-04", NOW);

	ck_assert_int_eq(state->civil_status->status, CIVIL(WIDOWED));
	ck_assert_uint_eq(state->civil_status->provenance->known_from, reg_size(reg) - 1);
	ck_assert_int_eq(state->marriages[0]->status, UNION(ENDED));
	ck_assert_mem_eq(state->marriages[0]->end_act.data, c.registered.bytes, HASH_BYTES);
	ck_assert_str_eq(wed(&husband, &friend, "2026-06-20"), "");
}
END_TEST

START_TEST(a_divorce_settles_a_disputed_marriage)
{
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &husband },
		                           { ROLE(SPOUSE_B), &wife },
		                           { 0, NULL } };

	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);

	ck_assert_str_eq(wed(&suitor, &wife, "2024-02-10"), "");
	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	struct hash divorce = reg_decided(reg, "2026-06-15", "divorce", &husband, &wife, NULL);

	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &wedding, &divorce, "2026-06-15")),
	                 "");
	ck_assert_int_eq(reg_state(reg, &husband)->civil_status->status, CIVIL(DIVORCED));
	ck_assert_int_eq(reg_state(reg, &wife)->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(at(&husband, "2026-06-14", NOW)->civil_status->status,
	                 CIVIL(UNDETERMINED));
	ck_assert_str_eq(wed(&husband, &friend, "2026-06-20"), "");
}
END_TEST

START_TEST(nothing_is_in_dispute_when_the_later_marriage_never_was)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &suitor },
		                           { ROLE(SPOUSE_B), &wife },
		                           { 0, NULL } };

	ck_assert_str_eq(wed(&suitor, &wife, "2024-02-10"), "");
	struct hash later = reg_event(reg);

	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	(void)reg_revoked(reg, &later, couple, false);
	ck_assert_int_eq(reg_state(reg, &wife)->marriages[0]->status, UNION(IN_FORCE));
	ck_assert_int_eq(reg_state(reg, &wife)->civil_status->status, CIVIL(MARRIED));
	ck_assert_int_eq(reg_state(reg, &husband)->marriages[0]->status, UNION(DISPUTED));
}
END_TEST

START_TEST(cancelled_documents_stay_cancelled)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &husband }, { 0, NULL } };

	reg_on(reg, "2020-05-04");
	(void)reg_card(reg, &husband, "C000001", "2020-05-04");
	reg_on(reg, "2021-06-10");
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);

	reg_on(reg, "2026-06-15");
	ck_assert_str_eq(undo(&death), "");
	ck_assert_int_eq(at(&husband, "2021-06-09", NOW)->documents[0]->status,
	                 CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_LIVE);
	ck_assert_int_eq(at(&husband, "2021-06-10", NOW)->documents[0]->status,
	                 CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED);
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_RESUMED, holder,
	                         reg_card_verb(reg, KIND_ID_CARD_RESUMED, "C000001", "2026-06-15")),
	                 "S14");
}
END_TEST

START_TEST(death_revoked_is_for_deaths_and_takes_the_nation_and_a_court_or_province)
{
	ck_assert_str_eq(presume(dead, "2021-03-01"), "");
	struct hash death = reg_event(reg);
	Civil__V1__Content *content = reg_death_revoked(reg, &death);

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_DEATH_REVOKED, dead, content), "S05");
	ck_assert_str_eq(reg_act(reg, "J.court-14+P.14", KIND_DEATH_REVOKED, dead, content), "S05");
	ck_assert_str_eq(undo(&wedding), "S13");
	content = reg_revocation(reg, &death, false);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_REVOCATION, dead, content), "S13");
	ck_assert_str_eq(
	        reg_act(reg, "G1+P.14", KIND_DEATH_REVOKED, dead, reg_death_revoked(reg, &death)),
	        "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S13, RULE_S14, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("death_revoked");
	TCase *tcase = tcase_create("death_revoked");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_death_that_never_was_leaves_the_marriage_without_a_gap);
	tcase_add_test(tcase, a_marriage_is_disputed_when_the_spouse_has_married_again);
	tcase_add_test(tcase, who_returns_to_a_dead_spouse_is_widowed);
	tcase_add_test(tcase, a_divorce_settles_a_disputed_marriage);
	tcase_add_test(tcase, nothing_is_in_dispute_when_the_later_marriage_never_was);
	tcase_add_test(tcase, cancelled_documents_stay_cancelled);
	tcase_add_test(tcase,
	               death_revoked_is_for_deaths_and_takes_the_nation_and_a_court_or_province);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
