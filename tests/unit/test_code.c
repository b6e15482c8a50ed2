/* Goal: a code is taken when it has its shape, whole, and not otherwise.
 * Method: the shortest and longest code, one shorter and one longer; every byte in every place of a
 * good code; all times of four digits. */
#include "ledger/base/code.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static const struct {
	bool (*is)(const char *code);
	const char *alphabet; /* taken in every place */
	const char *lengths;  /* '1' for each length that is taken, from 0 on */
} codes[] = {
	{ code_is_area, DIGITS, "001010101" },
	{ code_is_office, LOWER DIGITS "-", "001111111111111111111111111111111" },
	{ code_is_word, LOWER DIGITS "_", "011111111111111111111111111111111" },
	{ code_is_document_number, UPPER LOWER DIGITS "-", "011111111111111111111" },
	{ code_is_country, UPPER, "0001" },
};
enum { CODES = 5, LENGTH_MAX = 40 };

START_TEST(a_code_has_one_of_its_lengths) /* loop test over the codes */
{
	char code[LENGTH_MAX + 1] = { 0 };

	for (size_t length = 0; length <= LENGTH_MAX; length++) {
		bool taken = length < strlen(codes[_i].lengths) && codes[_i].lengths[length] == '1';

		ck_assert_int_eq(codes[_i].is(code), taken);
		if (length < LENGTH_MAX) {
			code[length] = codes[_i].alphabet[length % strlen(codes[_i].alphabet)];
		}
	}
}
END_TEST

START_TEST(a_code_has_characters_of_its_alphabet_in_every_place) /* loop test over the codes */
{
	size_t length = strlen(codes[_i].lengths) - 1;
	char code[LENGTH_MAX + 1] = { 0 };
	int wrong = 0;

	memset(code, codes[_i].alphabet[0], length);
	for (size_t place = 0; place < length; place++) {
		for (int character = 1; character < 256; character++) {
			code[place] = (char)character;
			wrong += codes[_i].is(code) !=
			         (strchr(codes[_i].alphabet, character) != NULL);
		}
		code[place] = codes[_i].alphabet[0];
	}
	ck_assert_int_eq(wrong, 0);
}
END_TEST

START_TEST(a_time_of_day_lies_between_midnights)
{
	int taken = 0;

	for (int number = 0; number < 10000; number++) {
		char code[16];

		(void)snprintf(code, sizeof(code), "%02d:%02d", number / 100, number % 100);
		ck_assert_int_eq(code_is_time(code), number / 100 < 24 && number % 100 < 60);
		taken += code_is_time(code);
	}
	ck_assert_int_eq(taken, 24 * 60);
}
END_TEST

START_TEST(a_time_of_day_has_two_digits_a_colon_and_two_digits)
{
	static const char *const wrong[] = {
		"",       "1",      "12",    "12:",  "12:3",     "2:30",  "12:300", "012:30",
		"12:30 ", " 12:30", "12-30", "1230", "12:30:00", "-1:30", "12:-3",  "+1:30"
	};
	char code[6] = "12:30";
	int mistaken = 0;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert_msg(!code_is_time(wrong[i]), "%s", wrong[i]);
	}
	for (size_t place = 0; place < 5; place++) {
		char kept = code[place];

		for (int character = 1; character < 256; character++) {
			bool fits =
			        place == 2 ? character == ':' : strchr(DIGITS, character) != NULL;

			code[place] = (char)character;
			/* Digits that make no time are the other case's. */
			mistaken += !fits && code_is_time(code);
		}
		code[place] = kept;
	}
	ck_assert_int_eq(mistaken, 0);
	ck_assert(code_is_time(code));
}
END_TEST

START_TEST(real_codes_are_taken)
{
	ck_assert(code_is_area("12"));
	ck_assert(code_is_area("22040106"));
	ck_assert(code_is_office("c-010203"));
	ck_assert(code_is_word("administrative_error"));
	ck_assert(code_is_document_number("N01234567"));
	ck_assert(code_is_country("KHM"));
	/* Countries that are no more: people were born there. */
	ck_assert(code_is_country("SUN"));
	ck_assert(code_is_country("YUG"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code");
	TCase *tcase = tcase_create("code");

	tcase_add_loop_test(tcase, a_code_has_one_of_its_lengths, 0, CODES);
	tcase_add_loop_test(tcase, a_code_has_characters_of_its_alphabet_in_every_place, 0, CODES);
	tcase_add_test(tcase, a_time_of_day_lies_between_midnights);
	tcase_add_test(tcase, a_time_of_day_has_two_digits_a_colon_and_two_digits);
	tcase_add_test(tcase, real_codes_are_taken);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
