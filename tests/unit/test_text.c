/* Goal: only strict UTF-8 is text, every code point has the class that Unicode 15 gives it, and
 * distances are those of Levenshtein.
 * Method: every code point is encoded by a naive encoder and comes back; of every start of three
 * bytes, what decodes is what that encoder makes; distances are compared with the recursive
 * definition over all short words. */
#include "ledger/base/text.h"

#include <check.h>
#include <stdlib.h>

enum { CODE_POINT_END = 0x110000 };

/* RFC 3629, section 3, read off its table. */
static size_t naive_encode(uint8_t out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xc0 + c / 64);
		out[1] = (uint8_t)(0x80 + c % 64);
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (uint8_t)(0xe0 + c / 4096);
		out[1] = (uint8_t)(0x80 + c / 64 % 64);
		out[2] = (uint8_t)(0x80 + c % 64);
		return 3;
	}
	out[0] = (uint8_t)(0xf0 + c / 262144);
	out[1] = (uint8_t)(0x80 + c / 4096 % 64);
	out[2] = (uint8_t)(0x80 + c / 64 % 64);
	out[3] = (uint8_t)(0x80 + c % 64);
	return 4;
}

static bool is_surrogate(uint32_t c)
{
	return c >= 0xd800 && c <= 0xdfff;
}

/* Decodes and is counted as this code point, cut short as nothing. */
static bool comes_back(uint32_t c)
{
	uint8_t bytes[4];
	size_t size = naive_encode(bytes, c);
	uint32_t decoded = 7;
	size_t length = 7;

	for (size_t cut = 0; cut < size; cut++) {
		if (text_decode(&decoded, &length, bytes_of(bytes, cut))) {
			return false;
		}
	}
	return text_decode(&decoded, &length, bytes_of(bytes, size)) && decoded == c &&
	       length == size && text_count(bytes_of(bytes, size)) == 1 &&
	       text_is_valid(bytes_of(bytes, size)) == (c != 0);
}

START_TEST(every_code_point_but_surrogates_comes_back)
{
	/* One assertion for many: Check writes to a pipe at each. */
	uint32_t wrong = 0;

	for (uint32_t c = 0; c < CODE_POINT_END; c++) {
		wrong += comes_back(c) == is_surrogate(c);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* Either nothing is decoded, or what encodes as the same bytes. */
static bool is_canonical(const uint8_t *bytes, size_t size)
{
	uint32_t c = UINT32_MAX;
	size_t length = 0;
	uint8_t encoded[4];

	if (!text_decode(&c, &length, bytes_of(bytes, size))) {
		return c == UINT32_MAX && length == 0;
	}
	return c < CODE_POINT_END && !is_surrogate(c) && naive_encode(encoded, c) == length &&
	       memcmp(encoded, bytes, length) == 0;
}

START_TEST(whatever_decodes_is_the_one_encoding) /* loop test over the first byte */
{
	static const uint8_t edges[] = { 0x00, 0x7f, 0x80, 0x81, 0x8f, 0x90,
		                         0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff };
	uint8_t bytes[4] = { (uint8_t)_i };
	uint32_t wrong = 0;

	for (uint32_t i = 0; i < 256 * 256; i++) {
		bytes[1] = (uint8_t)(i / 256);
		bytes[2] = (uint8_t)i;
		for (size_t last = 0; last < sizeof(edges); last++) {
			bytes[3] = edges[last];
			wrong += !is_canonical(bytes, 4);
		}
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(text_with_a_wrong_byte_anywhere_is_not_valid) /* loop test over the faults */
{
	static const char *const faults[] = { "\xff",
		                              "\x80",
		                              "\xc0\x80",
		                              "\xc1\xbf",
		                              "\xe0\x9f\xbf",
		                              "\xed\xa0\x80",
		                              "\xf0\x8f\xbf\xbf",
		                              "\xf4\x90\x80\x80",
		                              "\xf5\x80\x80\x80",
		                              "\xe1\x9e",
		                              "\xc3" };
	uint8_t text[64] = "ab\xe1\x9e\x80";
	size_t size = strlen(faults[_i]);

	ck_assert(text_is_valid(bytes_of(text, 5)));
	memcpy(text + 5, faults[_i], size);
	ck_assert(!text_is_valid(bytes_of(text, 5 + size)));
	memcpy(text + 5 + size, "cd", 2);
	ck_assert(!text_is_valid(bytes_of(text, 7 + size)));
	ck_assert(!text_is_valid(bytes_of_string(faults[_i])));
}
END_TEST

START_TEST(nothing_is_valid_text_and_nul_is_not)
{
	ck_assert(text_is_valid(bytes_of(NULL, 0)));
	ck_assert(!text_is_valid(bytes_of("a\0b", 3)));
	ck_assert_uint_eq(text_count(bytes_of(NULL, 0)), 0);
	ck_assert_uint_eq(text_count(bytes_of_string("aក\u200bé😀")), 5);
}
END_TEST

START_TEST(classes_are_those_of_unicode_15)
{
	static const struct {
		uint32_t code_point;
		enum text_class class;
	} table[] = {
		{ 'a', TEXT_LETTER },
		{ 'Z', TEXT_LETTER },
		{ 0x1c5, TEXT_LETTER },
		{ 0x2b0, TEXT_LETTER },
		{ 0x300, TEXT_LETTER },
		{ 0x903, TEXT_LETTER },
		{ 0x20dd, TEXT_LETTER },
		{ 0x1780, TEXT_LETTER },
		{ 0x17d2, TEXT_LETTER },
		{ 0x17d7, TEXT_LETTER },
		{ 0x4e2d, TEXT_LETTER },
		{ '0', TEXT_DIGIT },
		{ 0x17e0, TEXT_DIGIT },
		{ 0x17f0, TEXT_DIGIT },
		{ 0x2160, TEXT_DIGIT },
		{ 0xbd, TEXT_DIGIT },
		{ ' ', TEXT_SPACE },
		{ 0xa0, TEXT_SPACE },
		{ 0x3000, TEXT_SPACE },
		{ '_', TEXT_MARKING },
		{ '-', TEXT_MARKING },
		{ '(', TEXT_MARKING },
		{ ')', TEXT_MARKING },
		{ 0xab, TEXT_MARKING },
		{ 0xbb, TEXT_MARKING },
		{ '!', TEXT_MARKING },
		{ '+', TEXT_MARKING },
		{ '$', TEXT_MARKING },
		{ '^', TEXT_MARKING },
		{ 0xa9, TEXT_MARKING },
		{ 0x17d4, TEXT_MARKING },
		{ 0x17db, TEXT_MARKING },
		{ 0x19e0, TEXT_MARKING },
		{ 0, TEXT_FORBIDDEN },
		{ '\n', TEXT_FORBIDDEN },
		{ 0x7f, TEXT_FORBIDDEN },
		{ 0xad, TEXT_FORBIDDEN },
		{ 0x200b, TEXT_FORBIDDEN },
		{ 0x2028, TEXT_FORBIDDEN },
		{ 0x2029, TEXT_FORBIDDEN },
		{ 0xd800, TEXT_FORBIDDEN },
		{ 0xe000, TEXT_FORBIDDEN },
		{ 0xfffe, TEXT_FORBIDDEN },
		{ 0x17de, TEXT_FORBIDDEN },
		{ 0x10ffff, TEXT_FORBIDDEN },
		{ CODE_POINT_END, TEXT_FORBIDDEN },
		{ UINT32_MAX, TEXT_FORBIDDEN },
		/* Assigned by version 15, and the first of version 15.1. */
		{ 0x1e4d0, TEXT_LETTER },
		{ 0x31350, TEXT_LETTER },
		{ 0x2ebf0, TEXT_FORBIDDEN },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		ck_assert_msg(text_class(table[i].code_point) == table[i].class, "U+%04X",
		              table[i].code_point);
	}
}
END_TEST

START_TEST(controls_are_these_and_no_others)
{
	uint32_t wrong = 0;

	for (uint32_t c = 0; c < CODE_POINT_END; c++) {
		bool control = c <= 0x1f || (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e ||
		               c == 0x200f || c == 0x2028 || c == 0x2029 || c == 0x202a ||
		               c == 0x202b || c == 0x202c || c == 0x202d || c == 0x202e ||
		               c == 0x2066 || c == 0x2067 || c == 0x2068 || c == 0x2069;

		wrong += text_is_control(c, false) != control;
		wrong += text_is_control(c, true) != (control && c != '\n');
		wrong += text_is_invisible(c) != (c == 0x200b || c == 0x200c || c == 0x200d);
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

START_TEST(width_is_that_of_a_terminal)
{
	ck_assert_uint_eq(text_width(bytes_of(NULL, 0)), 0);
	ck_assert_uint_eq(text_width(bytes_of_string("Sok")), 3);
	ck_assert_uint_eq(text_width(bytes_of_string("e\u0301")), 1);
	ck_assert_uint_eq(text_width(bytes_of_string("\u200b")), 0);
	ck_assert_uint_eq(text_width(bytes_of_string("ស្រី")), 2);
	ck_assert_uint_eq(text_width(bytes_of_string("中")), 2);
	ck_assert_uint_eq(text_width(bytes_of_string("a\xff\xffz")), 4);
}
END_TEST

static void ck_assert_copies(size_t (*copy)(uint8_t *out, struct bytes text), const char *from,
                             const char *to)
{
	uint8_t out[64];

	memset(out, 7, sizeof(out));
	size_t size = copy(out, bytes_of_string(from));
	ck_assert(bytes_equal(bytes_of(out, size), bytes_of_string(to)));
	ck_assert_uint_eq(out[strlen(from)], 7);
}

START_TEST(visible_text_has_lost_three_characters_only)
{
	ck_assert_copies(text_visible, "", "");
	ck_assert_copies(text_visible, "\u200b", "");
	ck_assert_copies(text_visible, "\u200bស\u200cុ\u200dខ\u200b", "សុខ");
	ck_assert_copies(text_visible, "a\u200a\u200e\u2060b", "a\u200a\u200e\u2060b");
}
END_TEST

START_TEST(khmer_digits_become_ascii_and_nothing_else_does)
{
	ck_assert_copies(text_ascii_digits, "", "");
	ck_assert_copies(text_ascii_digits, "០១២៣៤៥៦៧៨៩", "0123456789");
	ck_assert_copies(text_ascii_digits, "ខ-៤2\u17df\u17ea\u17f0", "ខ-42\u17df\u17ea\u17f0");
}
END_TEST

/* The definition, with no memory of what it has computed. */
static size_t naive_distance(const char *a, const char *b)
{
	if (*a == '\0' || *b == '\0') {
		return strlen(a) + strlen(b);
	}
	size_t best = naive_distance(a + 1, b + 1) + (*a != *b);
	size_t deleted = naive_distance(a + 1, b) + 1;
	size_t inserted = naive_distance(a, b + 1) + 1;

	best = deleted < best ? deleted : best;
	return inserted < best ? inserted : best;
}

/* Word number `index` of those over a, b, c with up to four letters. */
static void word(char out[5], int index)
{
	static const char letters[] = "abc";
	size_t length = 0;
	int words = 1;

	for (; index >= words; words *= 3, length++) {
		index -= words;
	}
	for (size_t i = 0; i < length; i++, index /= 3) {
		out[i] = letters[index % 3];
	}
	out[length] = '\0';
}

START_TEST(distances_of_all_short_words_follow_the_definition) /* loop test over words */
{
	char a[5];
	char b[5];

	word(a, _i);
	for (int i = 0; i < 1 + 3 + 9 + 27 + 81; i++) {
		size_t longer = 99;

		word(b, i);
		ck_assert_uint_eq(text_distance(&longer, bytes_of_string(a), bytes_of_string(b)),
		                  naive_distance(a, b));
		ck_assert_uint_eq(longer, strlen(a) > strlen(b) ? strlen(a) : strlen(b));
	}
}
END_TEST

START_TEST(distance_counts_code_points_that_are_seen)
{
	size_t longer = 0;

	ck_assert_uint_eq(
	        text_distance(&longer, bytes_of_string("សុខា"), bytes_of_string("ស\u200bុភា")), 1);
	ck_assert_uint_eq(longer, 4);
	ck_assert_uint_eq(
	        text_distance(&longer, bytes_of_string("\u200b\u200c\u200d"), bytes_of(NULL, 0)),
	        0);
	ck_assert_uint_eq(longer, 0);
}
END_TEST

START_TEST(distance_takes_64_code_points_and_no_more)
{
	char a[4 * 70];
	size_t longer = 0;

	memset(a, 'x', sizeof(a));
	ck_assert_uint_eq(text_distance(&longer, bytes_of(a, 64), bytes_of_string("y")), 64);
	ck_assert_uint_eq(longer, 64);
	ck_assert_uint_eq(text_distance(&longer, bytes_of(a, 65), bytes_of_string("y")), SIZE_MAX);
	ck_assert_uint_eq(longer, SIZE_MAX);
	ck_assert_uint_eq(text_distance(&longer, bytes_of_string("y"), bytes_of(a, 65)), SIZE_MAX);
	/* Invisible ones do not count: 64 are left of these. */
	for (size_t i = 0; i < 64; i++) {
		memcpy(a + 4 * i, "x\xe2\x80\x8b", 4);
	}
	ck_assert_uint_eq(text_distance(&longer, bytes_of(a, 256), bytes_of(a, 256)), 0);
	ck_assert_uint_eq(longer, 64);
	ck_assert_uint_eq(text_distance(&longer, bytes_of_string("\xff"), bytes_of_string("y")),
	                  SIZE_MAX);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("text");
	TCase *tcase = tcase_create("text");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, every_code_point_but_surrogates_comes_back);
	tcase_add_loop_test(tcase, whatever_decodes_is_the_one_encoding, 0, 256);
	tcase_add_loop_test(tcase, text_with_a_wrong_byte_anywhere_is_not_valid, 0, 11);
	tcase_add_test(tcase, nothing_is_valid_text_and_nul_is_not);
	tcase_add_test(tcase, classes_are_those_of_unicode_15);
	tcase_add_test(tcase, controls_are_these_and_no_others);
	tcase_add_test(tcase, width_is_that_of_a_terminal);
	tcase_add_test(tcase, visible_text_has_lost_three_characters_only);
	tcase_add_test(tcase, khmer_digits_become_ascii_and_nothing_else_does);
	tcase_add_loop_test(tcase, distances_of_all_short_words_follow_the_definition, 0,
	                    1 + 3 + 9 + 27 + 81);
	tcase_add_test(tcase, distance_counts_code_points_that_are_seen);
	tcase_add_test(tcase, distance_takes_64_code_points_and_no_more);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
