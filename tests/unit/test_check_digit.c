/* Goal: a check digit catches every single wrong digit and every exchange of two neighbours.
 * Method: exhaustive over all numbers of five digits (Damm's property does not depend on length),
 * and over every single error and exchange in a sample of full-length numbers. ICAO against the
 * example of the standard. */
#include "ledger/base/check_digit.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool consistent(const char *digits, size_t count)
{
	return check_digit_damm(digits, count - 1) == digits[count - 1];
}

/* Counts errors that the check digit lets pass. */
static int undetected(char *digits, size_t count)
{
	int passed = 0;

	for (size_t i = 0; i < count; i++) {
		char kept = digits[i];

		for (char wrong = '0'; wrong <= '9'; wrong++) {
			digits[i] = wrong;
			passed += wrong != kept && consistent(digits, count);
		}
		digits[i] = kept;
		if (i + 1 < count && digits[i] != digits[i + 1]) {
			digits[i] = digits[i + 1];
			digits[i + 1] = kept;
			passed += consistent(digits, count);
			digits[i + 1] = digits[i];
			digits[i] = kept;
		}
	}
	return passed;
}

START_TEST(every_error_in_five_digits_is_caught)
{
	for (int number = 0; number < 100000; number++) {
		char digits[8];

		(void)snprintf(digits, sizeof(digits), "%05d", number);
		digits[5] = check_digit_damm(digits, 5);
		ck_assert(consistent(digits, 6));
		ck_assert_int_eq(undetected(digits, 6), 0);
	}
}
END_TEST

START_TEST(every_error_in_full_numbers_is_caught)
{
	unsigned long long number = 1000000007ULL;

	for (int i = 0; i < 5000; i++) {
		char digits[PERSONAL_NUMBER_DIGITS + 1] = { 0 };

		(void)snprintf(digits, sizeof(digits), "%010llu", number);
		digits[10] = check_digit_damm(digits, 10);
		ck_assert(check_digit_personal_number_valid(digits));
		ck_assert_int_eq(undetected(digits, PERSONAL_NUMBER_DIGITS), 0);
		number = (number * 48271ULL + 11ULL) % 9000000000ULL + 1000000000ULL;
	}
}
END_TEST

START_TEST(other_lengths_and_characters_are_no_numbers)
{
	ck_assert(!check_digit_personal_number_valid(""));
	ck_assert(!check_digit_personal_number_valid("0"));
	ck_assert(!check_digit_personal_number_valid("1234567890"));
	ck_assert(!check_digit_personal_number_valid("1234567890a"));
	ck_assert(!check_digit_personal_number_valid("123456789012"));
}
END_TEST

START_TEST(icao_matches_the_example_of_the_standard)
{
	ck_assert_int_eq(check_digit_icao("520727", 6), '3');
	ck_assert_int_eq(check_digit_icao("AB2134<<<", 9), '5');
	ck_assert_int_eq(check_digit_icao("ab", 2), '\0');
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("check_digit");
	TCase *tcase = tcase_create("check_digit");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_error_in_five_digits_is_caught);
	tcase_add_test(tcase, every_error_in_full_numbers_is_caught);
	tcase_add_test(tcase, other_lengths_and_characters_are_no_numbers);
	tcase_add_test(tcase, icao_matches_the_example_of_the_standard);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
