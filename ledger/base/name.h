/* Admission of a part of a name (catalogue section H, rule S08). A name is stored and signed as
 * typed; what would be ambiguous, invisible or unreadable is refused with its place.
 *
 *   Khmer  consonants U+1780-17A2, independent vowels U+17A5-17B3, dependent vowels U+17B6-17C5,
 *          signs U+17C6-17D1, 17D3, 17D7, 17DC, 17DD, COENG U+17D2; apostrophes, hyphen
 *   Latin  Latin letters (Basic, Latin-1, Extended A and B, Extended Additional) and combining
 *          marks U+0300-036F behind them; apostrophes, hyphen, single inner spaces
 *   other  letters and marks of any script, apostrophes, hyphen, single inner spaces
 *
 * In any field: COENG stands right behind a consonant and right before a consonant or an
 * independent vowel; a dependent vowel or sign has a letter before it, with only vowel, signs and
 * COENG between; at most one dependent vowel on a letter (a letter below COENG begins anew);
 * U+17A3, 17A4, 17B4, 17B5 are refused; invisible characters U+200B-200D stand anywhere but next to
 * each other or to COENG. Apostrophes are U+0027 and U+2019. At most NAME_CODE_POINTS_MAX code
 * points and NAME_BYTES_MAX bytes.
 *
 * Why so strict with COENG and vowels: of 16,465 areas in the national gazetteer, 15 are written
 * with a vowel before the COENG it belongs behind, or two vowels on one letter. They look right on
 * most screens and are never found again by who types them rightly.
 *
 * Not judged: whether the letters spell anything, and look-alike spellings, which stay different.
 * Thread: pure. Memory: none. */
#ifndef LEDGER_BASE_NAME_H
#define LEDGER_BASE_NAME_H

#include "ledger/base/bytes.h"

enum name_form { NAME_KHMER, NAME_LATIN, NAME_OTHER };

/* The first fault from the left; too many bytes before all others. */
enum name_fault {
	NAME_OK,
	NAME_TOO_LONG, /* its place is the first character beyond; 0 for too many bytes */
	NAME_NOT_UTF8,
	NAME_FORBIDDEN_CHARACTER, /* control, bidi, private use, unassigned, digit, punctuation */
	NAME_WRONG_SCRIPT,        /* a letter or mark that the form does not take */
	NAME_DEPRECATED,          /* U+17A3, 17A4, 17B4, 17B5 */
	NAME_COENG_MISPLACED,
	NAME_MARK_WITHOUT_BASE,
	NAME_TWO_VOWELS,
	NAME_SPACE_MISPLACED,
	NAME_INVISIBLE_REPEATED,
};

/* Judges one part; an empty part is NAME_OK, for the caller knows which may be absent. `*offset` is
 * the code point (0 first) where the fault stands; without one it means nothing. */
enum name_fault name_check(size_t *offset, enum name_form form, struct bytes text);

/* The fault in words, for messages; never NULL. */
const char *name_fault_text(enum name_fault fault);

#endif
