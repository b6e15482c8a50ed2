/* Goal: the table of rules is whole: every id has a row with its own name and reason, and every
 * rule that some kind needs has a function and a test that sees it broken and holding. Method:
 * compare the table with the kinds' rows and with the list of tests below. */
#include "ledger/rules/rule.h"
#include "ledger/rules/rules.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Rules and the program that sees each broken and holding (its last test says so). */
static const struct {
	const char *program;
	enum rule_id rules[10];
} tested[] = {
	{ "test_structure_signers",
	  { RULE_S01, RULE_S02, RULE_S03, RULE_S04, RULE_S05, RULE_S18 } },
	{ "test_structure_case", { RULE_S06, RULE_S20, RULE_S22 } },
	{ "test_structure_content", { RULE_S07, RULE_S08, RULE_S09, RULE_S10 } },
	{ "test_structure_subject", { RULE_S11, RULE_S16, RULE_S21 } },
	{ "test_structure_target", { RULE_S12, RULE_S13, RULE_S14, RULE_S15, RULE_S19 } },
	{ "test_birth",
	  { RULE_S23, RULE_S24, RULE_P01, RULE_P02, RULE_P03, RULE_P05, RULE_P06, RULE_P09 } },
	{ "test_vital",
	  { RULE_L01, RULE_L02, RULE_L03, RULE_L11, RULE_L20, RULE_P04, RULE_P05, RULE_P07,
	    RULE_W04 } },
	{ "test_notice", { RULE_L18 } },
	{ "test_union", { RULE_L04, RULE_L05, RULE_L06, RULE_L07, RULE_L08 } },
	{ "test_document", { RULE_L12, RULE_L13, RULE_L14, RULE_P11 } },
	{ "test_passport", { RULE_L25 } },
	{ "test_certificate", { RULE_L26 } },
	{ "test_merge", { RULE_S17, RULE_L27 } },
	{ "test_filiation", { RULE_L21 } },
	{ "test_adoption", { RULE_L22 } },
	{ "test_nationality", { RULE_L17 } },
	{ "test_residence", { RULE_L15, RULE_L24 } },
	{ "test_dwelling", { RULE_L23 } },
	{ "test_household", { RULE_L16 } },
	{ "test_amendment", { RULE_L09, RULE_L10 } },
	{ "test_hold", { RULE_L19 } },
	{ "test_rate", { RULE_P08, RULE_P10, RULE_W01, RULE_W02 } },
};

static bool is_tested(enum rule_id id)
{
	for (size_t i = 0; i < sizeof(tested) / sizeof(tested[0]); i++) {
		for (size_t r = 0; r < 10 && tested[i].rules[r] != RULE_NONE; r++) {
			if (tested[i].rules[r] == id) {
				return true;
			}
		}
	}
	return false;
}

START_TEST(every_rule_has_its_own_name_and_reason)
{
	for (int a = 1; a < RULES; a++) {
		const struct rule *rule = rule_of((enum rule_id)a);

		ck_assert_int_eq(rule->id, a);
		ck_assert_uint_eq(strlen(rule->name), 3);
		for (int b = 1; b < a; b++) {
			ck_assert_str_ne(rule->name, rule_name((enum rule_id)b));
			ck_assert_str_ne(rule->reason, rule_reason((enum rule_id)b));
		}
	}
	ck_assert_ptr_null(rule_of(RULE_NONE));
	ck_assert_str_eq(rule_name(RULE_NONE), "");
	ck_assert_str_eq(rule_reason(RULE_L05), "MARRIAGE_AGE");
}
END_TEST

START_TEST(ids_are_in_the_order_of_their_names_within_a_strength)
{
	for (int id = 2; id < RULES; id++) {
		const struct rule *before = rule_of((enum rule_id)(id - 1));
		const struct rule *rule = rule_of((enum rule_id)id);

		ck_assert(rule->strength > before->strength ||
		          strcmp(before->name, rule->name) < 0);
	}
}
END_TEST

START_TEST(every_rule_with_a_function_is_tested_and_no_other)
{
	for (int id = 1; id < RULES; id++) {
		ck_assert_msg((rule_of((enum rule_id)id)->judge != NULL) ==
		                      is_tested((enum rule_id)id),
		              "%s", rule_name((enum rule_id)id));
	}
}
END_TEST

START_TEST(every_rule_of_a_kind_has_a_function)
{
	for (int k = 0; k < KINDS; k++) {
		const struct kind *kind = kind_of_id((enum kind_id)k);

		for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
			ck_assert_msg(rule_of(kind->rules[i])->judge != NULL, "%s %s", kind->name,
			              rule_name(kind->rules[i]));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("rule");
	TCase *tcase = tcase_create("rule");

	tcase_add_test(tcase, every_rule_has_its_own_name_and_reason);
	tcase_add_test(tcase, ids_are_in_the_order_of_their_names_within_a_strength);
	tcase_add_test(tcase, every_rule_with_a_function_is_tested_and_no_other);
	tcase_add_test(tcase, every_rule_of_a_kind_has_a_function);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
