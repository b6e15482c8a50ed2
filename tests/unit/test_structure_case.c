/* Goal: rules S06, S20 and S22: steps in their order, in time, and a birth on its verification.
 * Method: lead births through their steps as officers do, and offer each wrong step between. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct reg_case birth;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };

	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	reg_on(reg, "2026-03-05");
	birth = reg_case_begin(reg, KIND_BIRTH, parts);
}

static void teardown(void)
{
	reg_end(reg);
}

static const char *declare(void)
{
	return reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02"));
}

START_TEST(s06_a_birth_goes_through_its_four_steps_in_order)
{
	ck_assert_str_eq(reg_notify(reg, &birth, "N.hosp-0708", "2026-03-02", "070801"), "");
	birth.declared.bytes[0] = 1;
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "S06 S07"); /* S07: creates nobody */
	ck_assert_str_eq(declare(), "");
	ck_assert_str_eq(reg_notify(reg, &birth, "N.hosp-0708", "2026-03-02", "070801"), "S06");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "S06");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S06");
	ck_assert_str_eq(declare(), "S06");
	ck_assert_str_eq(reg_refuse(reg, &birth, "R.070803"), "S06");
	ck_assert_ptr_nonnull(reg_state(reg, &birth.created));
}
END_TEST

START_TEST(s06_a_refused_case_takes_no_step)
{
	ck_assert_str_eq(declare(), "");
	ck_assert_str_eq(reg_refuse(reg, &birth, "R.070803"), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "S06");
	ck_assert_str_eq(reg_refuse(reg, &birth, "R.070803"), "S06");
}
END_TEST

START_TEST(s06_a_refusal_may_be_the_only_event_of_its_case)
{
	birth.parts[0] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(reg_refuse(reg, &birth, "R.070803"), "");
}
END_TEST

START_TEST(s06_later_steps_name_the_newest_declaration)
{
	ck_assert_str_eq(declare(), "");
	struct reg_case older = birth;

	ck_assert_str_eq(declare(), "");
	ck_assert_str_eq(reg_verify(reg, &older, "V.0708"), "S06");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	older.verified = birth.verified;
	ck_assert_str_eq(reg_register(reg, &older, "R.070803"), "S06");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
}
END_TEST

START_TEST(s06_subjects_stay_the_same_through_the_case)
{
	ck_assert_str_eq(declare(), "");
	birth.parts[1] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "S06");
	birth.parts[1] = (struct reg_part){ ROLE(FATHER), &mother };
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "S06");
}
END_TEST

START_TEST(s06_a_case_stays_in_its_class)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &mother }, { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, deceased);

	ck_assert_str_eq(reg_notify(reg, &birth, "N.hosp-0708", "2026-03-02", "070801"), "");
	death.case_id = birth.case_id;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-02")), "S06");
}
END_TEST

START_TEST(s06_genesis_is_record_0_and_no_other)
{
	ck_assert_str_eq(reg_act(reg, "G1+G2+G3", KIND_GENESIS, NULL, ground_genesis(reg)), "S06");
}
END_TEST

START_TEST(s20_an_event_is_taken_until_its_expiry_and_not_later)
{
	reg->expires_in_ms = 1;
	ck_assert_str_eq(declare(), "");
	reg->signed_at_ms = reg->result.receipt->recorded_at_ms - 2;
	reg->expires_in_ms = 1;
	ck_assert_str_eq(declare(), "S20");
	reg->expires_in_ms = 2;
	ck_assert_str_eq(declare(), "");
}
END_TEST

START_TEST(s22_a_birth_is_registered_on_the_verification_of_its_newest_declaration)
{
	ck_assert_str_eq(declare(), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S22");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	struct hash first = birth.verified;

	ck_assert_str_eq(declare(), "");
	birth.verified = first;
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S22");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	birth.verified.bytes[0] ^= 1;
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "S22");
	birth.verified.bytes[0] ^= 1;
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803"), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S06, RULE_S20, RULE_S22, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("structure_case");
	TCase *tcase = tcase_create("structure_case");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s06_a_birth_goes_through_its_four_steps_in_order);
	tcase_add_test(tcase, s06_a_refused_case_takes_no_step);
	tcase_add_test(tcase, s06_a_refusal_may_be_the_only_event_of_its_case);
	tcase_add_test(tcase, s06_later_steps_name_the_newest_declaration);
	tcase_add_test(tcase, s06_subjects_stay_the_same_through_the_case);
	tcase_add_test(tcase, s06_a_case_stays_in_its_class);
	tcase_add_test(tcase, s06_genesis_is_record_0_and_no_other);
	tcase_add_test(tcase, s20_an_event_is_taken_until_its_expiry_and_not_later);
	tcase_add_test(tcase,
	               s22_a_birth_is_registered_on_the_verification_of_its_newest_declaration);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
