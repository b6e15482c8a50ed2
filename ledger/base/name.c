#include "ledger/base/name.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"

enum {
	COENG = 0x17d2,
	APOSTROPHE = 0x0027,
	RIGHT_QUOTE = 0x2019,
	HYPHEN = 0x002d,
	SPACE = 0x0020,
};

/* What the characters before leave open. */
struct name_state {
	uint32_t previous; /* code point before, 0 at the start */
	bool has_base;     /* a mark may follow */
	bool has_vowel;    /* the base carries a dependent vowel */
};

static bool is_consonant(uint32_t c)
{
	return c >= 0x1780 && c <= 0x17a2;
}

static bool is_independent_vowel(uint32_t c)
{
	return c >= 0x17a5 && c <= 0x17b3;
}

static bool is_dependent_vowel(uint32_t c)
{
	return c >= 0x17b6 && c <= 0x17c5;
}

/* Also LEK TOO and AVAKRAHASANYA, letters by category that stand for what is before them. */
static bool is_khmer_sign(uint32_t c)
{
	return (c >= 0x17c6 && c <= 0x17d1) || c == 0x17d3 || c == 0x17d7 || c == 0x17dc ||
	       c == 0x17dd;
}

static bool is_khmer(uint32_t c)
{
	return (c >= 0x1780 && c <= 0x17ff) || (c >= 0x19e0 && c <= 0x19ff);
}

static bool is_deprecated(uint32_t c)
{
	return c == 0x17a3 || c == 0x17a4 || c == 0x17b4 || c == 0x17b5;
}

static bool is_latin(uint32_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == 0xaa || c == 0xba ||
	       (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7) || (c >= 0x1e00 && c <= 0x1eff);
}

static bool is_combining(uint32_t c)
{
	return c >= 0x300 && c <= 0x36f;
}

static bool is_joint(uint32_t c)
{
	return c == APOSTROPHE || c == RIGHT_QUOTE || c == HYPHEN;
}

/* Why a character that fits no place of the form is refused. */
static enum name_fault misfit(uint32_t c)
{
	return text_class(c) == TEXT_LETTER ? NAME_WRONG_SCRIPT : NAME_FORBIDDEN_CHARACTER;
}

static enum name_fault check_khmer(struct name_state *state, uint32_t c)
{
	if (state->previous == COENG && !is_consonant(c) && !is_independent_vowel(c)) {
		return NAME_COENG_MISPLACED;
	}
	if (is_consonant(c) || is_independent_vowel(c)) {
		state->has_vowel = false; /* also below a coeng, which follows no vowel */
		state->has_base = true;
		return NAME_OK;
	}
	if (c == COENG) {
		return is_consonant(state->previous) ? NAME_OK : NAME_COENG_MISPLACED;
	}
	if (is_dependent_vowel(c)) {
		if (!state->has_base) {
			return NAME_MARK_WITHOUT_BASE;
		}
		if (state->has_vowel) {
			return NAME_TWO_VOWELS;
		}
		state->has_vowel = true;
		return NAME_OK;
	}
	if (is_khmer_sign(c)) {
		return state->has_base ? NAME_OK : NAME_MARK_WITHOUT_BASE;
	}
	if (is_joint(c)) {
		state->has_base = false;
		state->has_vowel = false;
		return NAME_OK;
	}
	return misfit(c);
}

static enum name_fault check_spaced(struct name_state *state, enum name_form form, uint32_t c)
{
	if (form == NAME_OTHER && is_khmer(c)) {
		return check_khmer(state, c); /* its letters keep their order in any field */
	}
	if (state->previous == COENG) {
		return NAME_COENG_MISPLACED;
	}
	if (c == SPACE) {
		bool doubled = state->previous == SPACE || state->previous == 0;

		state->has_base = false;
		return doubled ? NAME_SPACE_MISPLACED : NAME_OK;
	}
	if (is_joint(c)) {
		state->has_base = false;
		return NAME_OK;
	}
	if (form == NAME_LATIN && is_combining(c)) {
		return state->has_base ? NAME_OK : NAME_MARK_WITHOUT_BASE;
	}
	if (form == NAME_LATIN ? is_latin(c) : text_class(c) == TEXT_LETTER) {
		state->has_base = form == NAME_LATIN; /* a base of Latin marks; no Khmer one */
		return NAME_OK;
	}
	return misfit(c);
}

static enum name_fault check_character(struct name_state *state, enum name_form form, uint32_t c)
{
	if (is_deprecated(c)) {
		return NAME_DEPRECATED;
	}
	if (text_is_invisible(c)) {
		if (state->previous == COENG) {
			return NAME_COENG_MISPLACED;
		}
		return text_is_invisible(state->previous) ? NAME_INVISIBLE_REPEATED : NAME_OK;
	}
	return form == NAME_KHMER ? check_khmer(state, c) : check_spaced(state, form, c);
}

enum name_fault name_check(size_t *offset, enum name_form form, struct bytes text)
{
	struct name_state state = { .previous = 0 };
	enum name_fault fault = NAME_OK;
	size_t at = 0;

	*offset = 0;
	if (text.size > NAME_BYTES_MAX) {
		return NAME_TOO_LONG;
	}
	for (; text.size > 0 && fault == NAME_OK; at++) {
		uint32_t c;
		size_t length;

		*offset = at;
		if (!text_decode(&c, &length, text)) {
			return NAME_NOT_UTF8;
		}
		if (at == NAME_CODE_POINTS_MAX) {
			return NAME_TOO_LONG;
		}
		fault = check_character(&state, form, c);
		state.previous = c;
		text = bytes_of(text.data + length, text.size - length);
	}
	if (fault != NAME_OK) {
		return fault;
	}
	if (state.previous == COENG) {
		return NAME_COENG_MISPLACED;
	}
	if (state.previous == SPACE) {
		return NAME_SPACE_MISPLACED;
	}
	return NAME_OK;
}

const char *name_fault_text(enum name_fault fault)
{
	switch (fault) {
	case NAME_OK:
		return "nothing is wrong";
	case NAME_TOO_LONG:
		return "longer than 64 characters or 255 bytes";
	case NAME_NOT_UTF8:
		return "not valid UTF-8";
	case NAME_FORBIDDEN_CHARACTER:
		return "a character that no name may hold";
	case NAME_WRONG_SCRIPT:
		return "a letter of another script than the field's";
	case NAME_DEPRECATED:
		return "a deprecated Khmer letter; type the usual one";
	case NAME_COENG_MISPLACED:
		return "a Khmer subscript sign (coeng) that joins no two letters";
	case NAME_MARK_WITHOUT_BASE:
		return "a vowel or sign without a letter to stand on";
	case NAME_TWO_VOWELS:
		return "two vowels on one letter";
	case NAME_SPACE_MISPLACED:
		return "a space at the beginning, at the end or doubled";
	case NAME_INVISIBLE_REPEATED:
		return "two invisible characters in a row";
	}
	return "not a name";
}
