/* Check digits.
 *
 * Damm (H. M. Damm, 2004): a totally anti-symmetric quasigroup of order 10; the digit catches every
 * single wrong digit and every exchange of two neighbours. Used by the personal number.
 * ICAO 9303 part 3, section 4.9: weights 7, 3, 1 modulo 10 over 0-9, A-Z (10 to 35) and '<' (0).
 * Used by machine readable zones.
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_BASE_CHECK_DIGIT_H
#define LEDGER_BASE_CHECK_DIGIT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	PERSONAL_NUMBER_DIGITS = 11, /* ten random-looking digits and one check digit */
};

/* Check digit, '0' to '9', for `count` decimal digits (asserted to be digits). */
char check_digit_damm(const char *digits, size_t count);

/* True for exactly PERSONAL_NUMBER_DIGITS digits whose last is the check digit of the others. */
bool check_digit_personal_number_valid(const char *number);

/* Check digit of `count` characters of a machine readable zone; NUL when one is not allowed there.
 */
char check_digit_icao(const char *text, size_t count);

#endif
