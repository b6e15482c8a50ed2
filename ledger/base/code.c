#include "ledger/base/code.h"

#include <stddef.h>
#include <string.h>

/* True when all characters are of the alphabet and their number lies in [min, max]. */
static bool consists_of(const char *code, const char *alphabet, size_t min, size_t max)
{
	size_t length = strlen(code);

	return length >= min && length <= max && strspn(code, alphabet) == length;
}

bool code_is_area(const char *code)
{
	return consists_of(code, "0123456789", 2, 8) && strlen(code) % 2 == 0;
}

bool code_is_office(const char *code)
{
	return consists_of(code, "abcdefghijklmnopqrstuvwxyz0123456789-", 2, 32);
}

bool code_is_word(const char *code)
{
	return consists_of(code, "abcdefghijklmnopqrstuvwxyz0123456789_", 1, 32);
}

bool code_is_document_number(const char *code)
{
	return consists_of(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-",
	                   1, 20);
}

bool code_is_time(const char *code)
{
	static const char digits[] = "0123456789";

	if (strlen(code) != 5 || code[2] != ':' || strspn(code, digits) != 2 ||
	    strspn(code + 3, digits) != 2) {
		return false;
	}
	int hour = 10 * (code[0] - '0') + code[1] - '0';
	int minute = 10 * (code[3] - '0') + code[4] - '0';
	return hour < 24 && minute < 60;
}

bool code_is_country(const char *code)
{
	return consists_of(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3, 3);
}
