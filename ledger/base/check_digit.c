#include "ledger/base/check_digit.h"

#include "ledger/base/assert.h"

#include <string.h>

static const unsigned char damm[10][10] = {
	{ 0, 3, 1, 7, 5, 9, 8, 6, 4, 2 }, { 7, 0, 9, 2, 1, 5, 4, 8, 6, 3 },
	{ 4, 2, 0, 6, 8, 7, 1, 3, 5, 9 }, { 1, 7, 5, 0, 9, 8, 3, 4, 2, 6 },
	{ 6, 1, 2, 3, 0, 4, 5, 9, 7, 8 }, { 3, 6, 7, 4, 2, 0, 9, 5, 8, 1 },
	{ 5, 8, 6, 9, 7, 2, 0, 1, 3, 4 }, { 8, 9, 4, 5, 3, 6, 2, 0, 1, 7 },
	{ 9, 4, 3, 8, 6, 1, 7, 2, 0, 5 }, { 2, 5, 8, 1, 4, 3, 6, 7, 9, 0 },
};

char check_digit_damm(const char *digits, size_t count)
{
	unsigned char interim = 0;

	for (size_t i = 0; i < count; i++) {
		ASSERT(digits[i] >= '0' && digits[i] <= '9');
		interim = damm[interim][digits[i] - '0'];
	}
	return (char)('0' + interim);
}

bool check_digit_personal_number_valid(const char *number)
{
	const size_t body = PERSONAL_NUMBER_DIGITS - 1;

	return strlen(number) == PERSONAL_NUMBER_DIGITS &&
	       strspn(number, "0123456789") == PERSONAL_NUMBER_DIGITS &&
	       check_digit_damm(number, body) == number[body];
}

/* Value of a character of a machine readable zone, or -1. */
static int icao_value(char character)
{
	if (character >= '0' && character <= '9') {
		return character - '0';
	}
	if (character >= 'A' && character <= 'Z') {
		return character - 'A' + 10;
	}
	return character == '<' ? 0 : -1;
}

char check_digit_icao(const char *text, size_t count)
{
	static const int weights[] = { 7, 3, 1 };
	int sum = 0;

	for (size_t i = 0; i < count; i++) {
		int value = icao_value(text[i]);

		if (value < 0) {
			return '\0';
		}
		sum = (sum + value * weights[i % 3]) % 10;
	}
	return (char)('0' + sum);
}
