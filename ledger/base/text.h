/* Unicode text as bytes: strict UTF-8, categories, distances.
 *
 * Strict UTF-8 is RFC 3629: shortest form, no surrogates, nothing above U+10FFFF. Nothing here
 * normalises: names are kept as typed.
 *
 * Categories come from utf8proc 2.8, whose tables are those of Unicode 15, and whose one door this
 * file is. They decide what is admitted, so two nodes with other tables could disagree about a code
 * point assigned later; a test pins the version, and a change of it is a change of rules.
 *
 * Invisible characters are U+200B to U+200D (zero width space, non-joiner, joiner): Khmer keyboards
 * type them between words, nobody sees them.
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_BASE_TEXT_H
#define LEDGER_BASE_TEXT_H

#include "ledger/base/bytes.h"

/* Code point at the start of `text`, and its length in bytes. False when text is empty or the bytes
 * are not strict UTF-8. */
bool text_decode(uint32_t *code_point, size_t *length, struct bytes text);

/* True for strict UTF-8 without NUL. */
bool text_is_valid(struct bytes text);

/* Number of code points of valid text. Of other bytes: those that continue nothing are counted. */
size_t text_count(struct bytes text);

/* What a code point is, as far as admission cares. */
enum text_class {
	TEXT_LETTER,    /* L*, and marks M* */
	TEXT_DIGIT,     /* N* */
	TEXT_SPACE,     /* Zs */
	TEXT_MARKING,   /* punctuation P* and symbols S* */
	TEXT_FORBIDDEN, /* controls, formats, private use, surrogates, unassigned, separators */
};

/* Total: a number that is no code point is TEXT_FORBIDDEN. */
enum text_class text_class(uint32_t code_point);

/* True for controls (C0 with NUL, DEL, C1), bidi controls (U+061C, U+200E, U+200F, U+202A to
 * U+202E, U+2066 to U+2069) and line separators (U+2028, U+2029), which free text may not hold;
 * line feed is let pass when `lines` is set. */
bool text_is_control(uint32_t code_point, bool lines);

/* Columns that text takes on a terminal: 0 for marks and invisible ones, 2 for wide ones, as
 * utf8proc_charwidth has them; a byte that is no UTF-8 takes one. Khmer subscripts take a column of
 * their own, as terminals place them. */
size_t text_width(struct bytes text);

/* True for the characters that nobody sees. */
bool text_is_invisible(uint32_t code_point);

/* Copies valid text without its invisible characters; returns how many bytes are left. `out` holds
 * text.size bytes. */
size_t text_visible(uint8_t *out, struct bytes text);

/* Levenshtein distance (insert, delete, replace: one each) in code points, invisible ones dropped;
 * `*longer` is the larger number of code points left (rule table D3). SIZE_MAX, which is near
 * nothing, when a text keeps more than 64 code points or is not valid; `*longer` is then SIZE_MAX.
 */
size_t text_distance(size_t *longer, struct bytes a, struct bytes b);

/* Copies valid text with Khmer digits U+17E0 to U+17E9 as '0' to '9', the form in which numbers are
 * signed; for those who write events. Returns the size, which is never larger than before. */
size_t text_ascii_digits(uint8_t *out, struct bytes text);

#endif
