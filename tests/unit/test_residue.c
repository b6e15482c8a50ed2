/* Goal: a content_erased is accepted for an act of persons, under the decision that orders it, with
 * a whole content of the same kind left; everything beside that is refused. Method: one erasure of
 * a birth, with one thing wrong at a time. */
#include "ledger/rules/residue.h"
#include "tests/support/erasure.h"

#include <stdlib.h>

#define NOW UINT64_MAX

static struct erasure given;
static struct reg *reg;

static void setup(void)
{
	erasure_begin(&given, NULL);
	reg = given.reg;
}

static void teardown(void)
{
	erasure_end(&given);
}

START_TEST(l09_a_court_orders_it_for_this_act)
{
	struct hash other = reg_decided(reg, reg->today, "revocation", &given.child, &given.mother,
	                                &given.birth);
	Civil__V1__Content *residue = reg_birth(reg, erasure_left, "2026");
	struct hash ours = erasure_ordered(&given);

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &other)),
	                 "L09");
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_secret);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &ours)),
	                 "");
}
END_TEST

START_TEST(two_of_the_national_office_sign_and_all_of_the_target_are_named)
{
	struct hash decision = erasure_ordered(&given);
	Civil__V1__Content *content =
	        erasure_order(reg, &given.birth, reg_birth(reg, erasure_left, "2026"), &decision);
	const struct reg_part alone[] = { given.family[0], given.family[2] };

	ck_assert_str_eq(reg_act(reg, "G1", KIND_CONTENT_ERASED, given.family, content), "S05");
	ck_assert_str_eq(reg_act(reg, "G1+R.070803", KIND_CONTENT_ERASED, given.family, content),
	                 "S02");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, alone, content), "S16");
}
END_TEST

START_TEST(s12_s13_the_target_is_an_act_of_persons_and_the_order_a_decision)
{
	struct hash decision = erasure_ordered(&given);
	Civil__V1__Content *residue = reg_birth(reg, erasure_left, "2026");
	struct hash nowhere = { { 9 } };

	ck_assert_str_eq(erasure_correct(&given, erasure_secret, "វិសាល"), "");
	struct hash correction = reg_event(reg);

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &nowhere, residue, &decision)),
	                 "S12");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &correction, residue, &decision)),
	                 "S13");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &given.birth)),
	                 "S13");
}
END_TEST

START_TEST(s07_s08_the_residue_is_a_whole_content_of_the_same_kind)
{
	struct hash decision = erasure_ordered(&given);
	Civil__V1__Content *residue = reg_death(reg, "2026-03-03");

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &decision)),
	                 "S07");
	residue = reg_birth(reg, erasure_left, "2026");
	residue->birth->name = NULL;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &decision)),
	                 "S07");
	residue = reg_birth(reg, "Latin", "2026");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family,
	                         erasure_order(reg, &given.birth, residue, &decision)),
	                 "S08");
	Civil__V1__Content *content =
	        erasure_order(reg, &given.birth, reg_birth(reg, erasure_left, "2026"), &decision);

	content->content_erased->residue.len--;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_CONTENT_ERASED, given.family, content), "S07");
	ck_assert_str_eq(erasure_name(&given, NOW), erasure_secret);
}
END_TEST

static Suite *suite(void)
{
	Suite *suite = suite_create("residue");
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, l09_a_court_orders_it_for_this_act);
	tcase_add_test(all, two_of_the_national_office_sign_and_all_of_the_target_are_named);
	tcase_add_test(all, s12_s13_the_target_is_an_act_of_persons_and_the_order_a_decision);
	tcase_add_test(all, s07_s08_the_residue_is_a_whole_content_of_the_same_kind);
	suite_add_tcase(suite, all);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(suite());

	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
