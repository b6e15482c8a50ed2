#include "ledger/base/bytes.h"

void bytes_to_hex(char *out, struct bytes in)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < in.size; i++) {
		out[2 * i] = digits[in.data[i] >> 4];
		out[2 * i + 1] = digits[in.data[i] & 15];
	}
	out[2 * in.size] = '\0';
}

/* Value of one hexadecimal digit, or -1. */
static int hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9') {
		return digit - '0';
	}
	if (digit >= 'a' && digit <= 'f') {
		return digit - 'a' + 10;
	}
	if (digit >= 'A' && digit <= 'F') {
		return digit - 'A' + 10;
	}
	return -1;
}

bool bytes_from_hex(uint8_t *out, size_t size, const char *hex)
{
	if (strlen(hex) != 2 * size) {
		return false;
	}
	for (size_t i = 0; i < 2 * size; i++) {
		if (hex_digit(hex[i]) < 0) {
			return false;
		}
	}
	for (size_t i = 0; i < size; i++) {
		out[i] = (uint8_t)(hex_digit(hex[2 * i]) * 16 + hex_digit(hex[2 * i + 1]));
	}
	return true;
}
