/* Goal: rules P08, P10, W01 and W02: the state that the signer saw, the pace and hours of a key.
 * Method: one subject with two versions; a registrar who signs at the limit of an hour. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id man;
static struct id other;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1975-06-15", "070803");
	other = reg_paper_person(reg, MALE, "ដារា", "1976-06-15", "070803");
	reg_on(reg, "2026-06-20");
}

static void teardown(void)
{
	reg_end(reg);
}

static struct reg_case death_of(const struct id *person)
{
	const struct reg_part parts[] = { { ROLE(DECEASED), person }, { 0, NULL } };

	return reg_case_begin(reg, KIND_DEATH, parts);
}

START_TEST(p08_the_signer_saw_the_last_record_of_the_subject)
{
	struct reg_case death = death_of(&man);
	uint64_t version = reg_state(reg, &man)->version;

	reg->expected_of = &man;
	reg->expected_version = version - 1;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "P08");
	reg->expected_version = version;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "");
	reg->expected_version = version;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "P08");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "");
}
END_TEST

START_TEST(p08_a_mother_is_named_not_changed)
{
	struct id mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	reg->expected_of = &mother;
	reg->expected_version = 1;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-06-18")),
	                 "");
}
END_TEST

START_TEST(w01_signing_by_night_is_watched)
{
	struct reg_case death = death_of(&man);

	ck_assert(reg->signed_at_ms == 0);
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "");
	int64_t ten = reg->result.receipt->recorded_at_ms;
	const int64_t hour = INT64_C(60) * 60 * 1000;
	static const struct {
		int64_t minutes;
		size_t spoken; /* W04 speaks always */
	} times[] = { { -4 * 60, 1 }, { -4 * 60 - 1, 2 }, { 10 * 60, 1 }, { 10 * 60 + 1, 2 } };

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		reg->signed_at_ms = ten + times[i].minutes * hour / 60;
		ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")),
		                 "");
		ck_assert_uint_eq(reg->result.receipt->n_findings, times[i].spoken);
	}
}
END_TEST

/* Registers one more death by the registrar, signed that long after ten o'clock. */
static const char *registers(int64_t after_ms, int64_t ten, const char *signers, bool passed)
{
	struct id person = reg_paper_person(
	        reg, MALE, arena_printf(&reg->arena, "ឈ្មោះ%s", ""),
	        arena_printf(&reg->arena, "%d-01-01", (int)(1950 + reg->made % 50)), "070803");
	struct reg_case death = death_of(&person);
	Civil__V1__Content *content = reg_death(reg, "2026-06-18");

	reg_override(reg, content, "P05");
	reg->signed_at_ms = 0;
	reg_on(reg, "2026-06-20");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803+V.0708", content), "");
	content = reg_registration(reg, &death);
	if (passed) {
		reg_override(reg, content, "P10");
	}
	reg->signed_at_ms = ten + after_ms;
	return reg_register_as(reg, &death, signers, content);
}

START_TEST(p10_a_key_registers_120_times_an_hour)
{
	const int64_t hour = INT64_C(60) * 60 * 1000;
	struct reg_case death = death_of(&man);

	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-06-18")), "");
	int64_t ten = reg->result.receipt->recorded_at_ms;

	for (int i = 0; i < 120; i++) {
		ck_assert_str_eq(registers(i, ten, "R.070803", false), "");
		bool watched = false;

		for (size_t f = 0; f < reg->result.receipt->n_findings; f++) {
			watched = watched ||
			          strcmp(reg->result.receipt->findings[f]->rule, "W02") == 0;
		}
		ck_assert_int_eq(watched, i >= 30);
	}
	ck_assert_str_eq(registers(120, ten, "R.070803", false), "P10");
	ck_assert_str_eq(registers(120, ten, "R.070803", true), "P10");
	ck_assert_str_eq(registers(120, ten, "R.070803+V.0708", true), "");
	ck_assert_str_eq(registers(hour, ten, "R.070803", false), "P10");
	ck_assert_str_eq(registers(hour + 1, ten, "R.070803", false),
	                 ""); /* the first two are too old */
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_P08, RULE_P10, RULE_W01, RULE_W02, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rate");
	TCase *tcase = tcase_create("rate");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, p08_the_signer_saw_the_last_record_of_the_subject);
	tcase_add_test(tcase, p08_a_mother_is_named_not_changed);
	tcase_add_test(tcase, w01_signing_by_night_is_watched);
	tcase_add_test(tcase, p10_a_key_registers_120_times_an_hour);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
