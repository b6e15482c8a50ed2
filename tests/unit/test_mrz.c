/* Goal: machine readable lines pass with their check digits and not with any other digit.
 * Method: the specimens of ICAO 9303 (Utopia), then every digit at every position that counts. */
#include "ledger/event/mrz.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* ICAO 9303 part 5 and part 4, specimen documents. */
static const char *const td1[] = { "I<UTOD231458907<<<<<<<<<<<<<<<",
	                           "7408122F1204159UTO<<<<<<<<<<<6",
	                           "ERIKSSON<<ANNA<MARIA<<<<<<<<<<" };
static const char *const td3[] = { "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
	                           "L898902C36UTO7408122F1204159ZE184226B<<<<<10" };

static char copies[3][64];
static char *lines[3];

static void load(const char *const specimen[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		memcpy(copies[i], specimen[i], strlen(specimen[i]) + 1);
		lines[i] = copies[i];
	}
}

START_TEST(the_specimens_fit)
{
	load(td1, 3);
	ck_assert_ptr_null(mrz_fault(lines, 3));
	load(td3, 2);
	ck_assert_ptr_null(mrz_fault(lines, 2));
}
END_TEST

/* Another character, and one whose value is not the same modulo 10. */
static char changed(char c)
{
	if (c == '<') {
		return '1';
	}
	return (char)(c == '9' || c == 'Z' ? c - 1 : c + 1);
}

/* Changes each character that a check digit covers, or is one. */
static size_t count_unnoticed(size_t line, size_t from, size_t to, size_t count)
{
	size_t unnoticed = 0;

	for (size_t i = from; i < to; i++) {
		const char before = lines[line][i];

		lines[line][i] = changed(before);
		unnoticed += mrz_fault(lines, count) == NULL;
		lines[line][i] = before;
	}
	return unnoticed;
}

START_TEST(a_changed_character_that_counts_is_noticed)
{
	load(td1, 3);
	ck_assert_uint_eq(count_unnoticed(0, 5, 15, 3), 0);
	ck_assert_uint_eq(count_unnoticed(1, 0, 7, 3), 0);
	ck_assert_uint_eq(count_unnoticed(1, 8, 15, 3), 0);
	ck_assert_uint_eq(count_unnoticed(1, 29, 30, 3), 0);
	load(td3, 2);
	ck_assert_uint_eq(count_unnoticed(1, 0, 10, 2), 0);
	ck_assert_uint_eq(count_unnoticed(1, 13, 20, 2), 0);
	ck_assert_uint_eq(count_unnoticed(1, 21, 44, 2), 0);
}
END_TEST

START_TEST(an_empty_personal_number_may_have_the_filler_as_its_digit)
{
	load(td3, 2);
	memcpy(lines[1] + 28, "<<<<<<<<<<<<<<<8", 16);
	ck_assert_ptr_null(mrz_fault(lines, 2));
	memcpy(lines[1] + 28, "<<<<<<<<<<<<<<08", 16);
	ck_assert_ptr_null(mrz_fault(lines, 2));
	memcpy(lines[1] + 28, "0<<<<<<<<<<<<<<8", 16);
	ck_assert_ptr_nonnull(mrz_fault(lines, 2));
}
END_TEST

START_TEST(lines_of_no_form_are_refused)
{
	load(td1, 3);
	ck_assert_ptr_nonnull(mrz_fault(lines, 2));
	ck_assert_ptr_nonnull(mrz_fault(lines, 1));
	load(td3, 2);
	ck_assert_ptr_nonnull(mrz_fault(lines, 1));
	lines[1][43] = '\0';
	ck_assert_ptr_nonnull(mrz_fault(lines, 2));
	load(td1, 3);
	lines[2][0] = 'e';
	ck_assert_ptr_nonnull(mrz_fault(lines, 3));
}
END_TEST

START_TEST(a_line_is_of_capitals_digits_and_fillers)
{
	ck_assert(mrz_line_is_spelled(td1[0]));
	ck_assert(mrz_line_is_spelled(td3[1]));
	ck_assert(!mrz_line_is_spelled(""));
	ck_assert(!mrz_line_is_spelled("I<UTOD231458907<<<<<<<<<<<<<<"));
	ck_assert(!mrz_line_is_spelled("I<UTOD231458907<<<<<<<<<<<<<<<<"));
	ck_assert(!mrz_line_is_spelled("I<UTOD231458907<<<<<<<<<<<<<< "));
	ck_assert(!mrz_line_is_spelled("i<UTOD231458907<<<<<<<<<<<<<<<"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("mrz");
	TCase *tcase = tcase_create("mrz");

	tcase_add_test(tcase, the_specimens_fit);
	tcase_add_test(tcase, a_changed_character_that_counts_is_noticed);
	tcase_add_test(tcase, an_empty_personal_number_may_have_the_filler_as_its_digit);
	tcase_add_test(tcase, lines_of_no_form_are_refused);
	tcase_add_test(tcase, a_line_is_of_capitals_digits_and_fillers);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
