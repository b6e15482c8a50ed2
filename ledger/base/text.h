/* Unicode text as bytes: strict UTF-8, categories, distances.
 *
 * Strict UTF-8 is RFC 3629: shortest form, no surrogates, nothing above U+10FFFF. Categories come
 * from utf8proc 2.8 (Unicode 15), whose one door this file is. Nothing here normalises: names are
 * kept as typed.
 * Thread: pure functions. Memory: none. */
#ifndef LEDGER_BASE_TEXT_H
#define LEDGER_BASE_TEXT_H

#include "ledger/base/bytes.h"

/* Code point at the start of `text`, and its length in bytes. False when text is empty or the bytes
 * are not strict UTF-8. */
bool text_decode(uint32_t *code_point, size_t *length, struct bytes text);

/* True for strict UTF-8 without NUL. */
bool text_is_valid(struct bytes text);

/* Number of code points of valid text. */
size_t text_count(struct bytes text);

/* What a code point is, as far as admission cares. */
enum text_class {
	TEXT_LETTER,    /* L*, and marks M* */
	TEXT_DIGIT,     /* N* */
	TEXT_SPACE,     /* Zs */
	TEXT_MARKING,   /* punctuation P* and symbols S* */
	TEXT_FORBIDDEN, /* controls, formats, private use, surrogates, unassigned, separators */
};
enum text_class text_class(uint32_t code_point);

/* True for controls (C0, C1), bidi controls and line separators, which free text may not hold;
 * line feed is let pass when `lines` is set. */
bool text_is_control(uint32_t code_point, bool lines);

/* Columns that text takes on a terminal: 0 for marks and invisible ones, 2 for wide ones, as
 * utf8proc_charwidth has them; a byte that is no UTF-8 takes one. Khmer subscripts take a column of
 * their own, as terminals place them. */
size_t text_width(struct bytes text);

/* Levenshtein distance in code points after dropping U+200B to U+200D from both; `*longer` is the
 * larger number of code points left. Texts of more than 64 code points give SIZE_MAX. */
size_t text_distance(size_t *longer, struct bytes a, struct bytes b);

#endif
