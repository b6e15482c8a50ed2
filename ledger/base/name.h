/* Admission of a part of a name (catalogue section H, rule S08). A name is stored and signed as
 * typed; what would be ambiguous, invisible or unreadable is refused with its place.
 *
 *   Khmer  letters U+1780-17B3 (not 17A3, 17A4), vowels U+17B6-17C5, signs U+17C6-17D1, 17D3, 17DD,
 *          COENG U+17D2 between a consonant and a consonant or independent vowel; at most one
 *          dependent vowel on a base; apostrophes, hyphen; U+200B-200D not next to each other
 *   Latin  Latin letters (Basic, Latin-1, Extended A and B, Extended Additional) and combining
 *          marks behind them; apostrophes, hyphen, single inner spaces
 *   other  letters and marks of any script, apostrophes, hyphen, single inner spaces
 * At most NAME_CODE_POINTS_MAX code points and NAME_BYTES_MAX bytes.
 * Thread: pure. Memory: none. */
#ifndef LEDGER_BASE_NAME_H
#define LEDGER_BASE_NAME_H

#include "ledger/base/bytes.h"

enum name_form { NAME_KHMER, NAME_LATIN, NAME_OTHER };

enum name_fault {
	NAME_OK,
	NAME_TOO_LONG,
	NAME_NOT_UTF8,
	NAME_FORBIDDEN_CHARACTER, /* control, bidi, private use, unassigned, digit, punctuation */
	NAME_WRONG_SCRIPT,
	NAME_DEPRECATED, /* U+17A3, 17A4, 17B4, 17B5 */
	NAME_COENG_MISPLACED,
	NAME_MARK_WITHOUT_BASE,
	NAME_TWO_VOWELS,
	NAME_SPACE_MISPLACED,
	NAME_INVISIBLE_REPEATED,
};

/* Judges one part, which must not be empty. On a fault `*offset` is the code point (0 first) where
 * it stands. */
enum name_fault name_check(size_t *offset, enum name_form form, struct bytes text);

/* The fault in words, for messages. */
const char *name_fault_text(enum name_fault fault);

#endif
