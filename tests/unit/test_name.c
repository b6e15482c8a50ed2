/* Goal: real names are admitted, and what is ambiguous, invisible or unreadable is refused with its
 * reason and place.
 * Method: the national gazetteer as it is published; every fault in a name that is otherwise
 * good, with every near miss; every code point alone and in the middle of a name; all sequences of
 * one character of each kind, against a grammar written the other way round. */
#include "ledger/base/name.h"

#include "ledger/base/limits.h"
#include "ledger/base/text.h"
#include "tests/support/folder.h"

#include <check.h>
#include <stdlib.h>

static void ck_assert_judged(enum name_form form, const char *text, enum name_fault expected,
                             size_t place)
{
	size_t offset = 99;
	enum name_fault fault = name_check(&offset, form, bytes_of_string(text));

	ck_assert_msg(fault == expected, "%s: %s", text, name_fault_text(fault));
	ck_assert_msg(fault == NAME_OK || offset == place, "%s: at %zu", text, offset);
}

START_TEST(real_khmer_names_are_admitted)
{
	static const char *const names[] = {
		"បន្ទាយមានជ័យ", "កំពង់ឆ្នាំង", "ពោធិ៍សាត់", "ព្រះសីហនុ", "ប៉ៃលិន",      "ត្បូងឃ្មុំ",
		"ស្ត្រី",        "ឥន្ទ្រា",   "ឫស្សី",    "ឯកភាព",  "ច័ន្ទ",       "សិទ្ធិ",
		"ង៉ែត",        "ប៊ុន",      "អៀង",    "ម៉ៅ",     "\u200bសុភា", "ពៅ",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		ck_assert_judged(NAME_KHMER, names[i], NAME_OK, 0);
		ck_assert_judged(NAME_OTHER, names[i], NAME_OK, 0);
		ck_assert_judged(NAME_LATIN, names[i], NAME_WRONG_SCRIPT,
		                 strncmp(names[i], "\u200b", 3) == 0 ? 1 : 0);
	}
}
END_TEST

/* True when the text holds Khmer letters and signs only, no space, digit or punctuation. */
static bool is_one_word(struct bytes text)
{
	uint32_t c;
	size_t length;

	while (text_decode(&c, &length, text)) {
		if (text_class(c) != TEXT_LETTER && !text_is_invisible(c)) {
			return false;
		}
		text = bytes_of(text.data + length, text.size - length);
	}
	return true;
}

START_TEST(the_national_gazetteer_is_admitted_but_for_its_mistakes)
{
	enum { BYTES_MAX = 1 << 20 };
	char *rows = calloc(1, BYTES_MAX);
	size_t faults[NAME_INVISIBLE_REPEATED + 1] = { 0 };

	ck_assert_ptr_nonnull(rows);
	ck_assert_uint_lt(folder_read("tools/data/gazetteer.tsv", rows, BYTES_MAX - 1),
	                  BYTES_MAX - 1);
	/* level, code, Khmer name, others; behind a line of titles */
	for (char *row = strchr(rows, '\n'); row != NULL && row[1] != '\0';
	     row = strchr(row + 1, '\n')) {
		char *name = strchr(strchr(row, '\t') + 1, '\t') + 1;
		struct bytes text = bytes_of(name, strcspn(name, "\t"));
		size_t offset;

		if (is_one_word(text)) {
			faults[name_check(&offset, NAME_KHMER, text)]++;
		}
	}
	ck_assert_uint_eq(faults[NAME_OK], 15031);
	ck_assert_uint_eq(faults[NAME_COENG_MISPLACED], 14);
	ck_assert_uint_eq(faults[NAME_TWO_VOWELS], 1);
	free(rows);
}
END_TEST

START_TEST(latin_and_other_names_are_admitted)
{
	static const char *const latin[] = { "SOPHEA",
		                             "Sok An",
		                             "D'Angelo",
		                             "O\u2019Neill",
		                             "Anne-Marie",
		                             "N\u00fa\u00f1ez",
		                             "Nguy\u1ec5n Th\u1ecb B",
		                             "e\u0301lise",
		                             "\u0110inh",
		                             "de la Cruz",
		                             "A" };
	static const char *const other[] = { "山田 太郎", "สมชาย",   "Иван",
		                             "محمد علي",  "김-민수", "न\u0940ता" };

	for (size_t i = 0; i < sizeof(latin) / sizeof(latin[0]); i++) {
		ck_assert_judged(NAME_LATIN, latin[i], NAME_OK, 0);
		ck_assert_judged(NAME_OTHER, latin[i], NAME_OK, 0);
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
		ck_assert_judged(NAME_OTHER, other[i], NAME_OK, 0);
		ck_assert_judged(NAME_LATIN, other[i], NAME_WRONG_SCRIPT, 0);
		ck_assert_judged(NAME_KHMER, other[i], NAME_WRONG_SCRIPT, 0);
	}
	ck_assert_judged(NAME_KHMER, "", NAME_OK, 0);
}
END_TEST

START_TEST(each_fault_of_khmer_letters_is_found_where_it_stands)
{
	static const struct {
		const char *text;
		enum name_fault fault;
		size_t place;
	} table[] = {
		{ "\u17d2ក", NAME_COENG_MISPLACED, 0 },
		{ "ក\u17d2", NAME_COENG_MISPLACED, 1 },
		{ "ក\u17d2\u17d2ខ", NAME_COENG_MISPLACED, 2 },
		{ "ពៅ\u17d2ន", NAME_COENG_MISPLACED, 2 },
		{ "ក៍\u17d2ន", NAME_COENG_MISPLACED, 2 },
		{ "ក\u17d2ា", NAME_COENG_MISPLACED, 2 },
		{ "ក\u17d2់", NAME_COENG_MISPLACED, 2 },
		{ "ក\u17d2-", NAME_COENG_MISPLACED, 2 },
		{ "ក\u17d2\u200bខ", NAME_COENG_MISPLACED, 2 },
		{ "ក\u200b\u17d2ខ", NAME_COENG_MISPLACED, 2 },
		{ "ឥ\u17d2ខ", NAME_COENG_MISPLACED, 1 },
		{ "ក\u17d2ឥ\u17d2ខ", NAME_COENG_MISPLACED, 3 },
		{ "ក\u17d2ឥ", NAME_OK, 0 },
		{ "ក\u17d2ខ\u17d2គ", NAME_OK, 0 },
		{ "ាក", NAME_MARK_WITHOUT_BASE, 0 },
		{ "់ក", NAME_MARK_WITHOUT_BASE, 0 },
		{ "\u17d7ក", NAME_MARK_WITHOUT_BASE, 0 },
		{ "\u200bា", NAME_MARK_WITHOUT_BASE, 1 },
		{ "ក-ា", NAME_MARK_WITHOUT_BASE, 2 },
		{ "ក'់", NAME_MARK_WITHOUT_BASE, 2 },
		{ "កាិ", NAME_TWO_VOWELS, 2 },
		{ "កា់ិ", NAME_TWO_VOWELS, 3 },
		{ "កាា", NAME_TWO_VOWELS, 2 },
		{ "កា\u200bិ", NAME_TWO_VOWELS, 3 },
		{ "ឥាិ", NAME_TWO_VOWELS, 2 },
		{ "កាកិ", NAME_OK, 0 },
		{ "ក\u17d7", NAME_OK, 0 },
		{ "កុំ", NAME_OK, 0 },
		{ "ក\u200bា", NAME_OK, 0 },
		{ "\u17a3", NAME_DEPRECATED, 0 },
		{ "ក\u17a4", NAME_DEPRECATED, 1 },
		{ "ក\u17b4", NAME_DEPRECATED, 1 },
		{ "ក\u17b5", NAME_DEPRECATED, 1 },
		{ "ក\u17d2\u17a3", NAME_DEPRECATED, 2 },
		{ "\u200b\u200c", NAME_INVISIBLE_REPEATED, 1 },
		{ "ក\u200d\u200dខ", NAME_INVISIBLE_REPEATED, 2 },
		{ "\u200bក\u200cខ\u200d", NAME_OK, 0 },
		{ "ក\xe1\x9e", NAME_NOT_UTF8, 1 },
		{ "\xed\xa0\x80", NAME_NOT_UTF8, 0 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		ck_assert_judged(NAME_KHMER, table[i].text, table[i].fault, table[i].place);
		ck_assert_judged(NAME_OTHER, table[i].text, table[i].fault, table[i].place);
	}
}
END_TEST

START_TEST(spaces_stand_alone_inside_latin_and_other_names)
{
	static const enum name_form forms[] = { NAME_LATIN, NAME_OTHER };

	for (size_t i = 0; i < 2; i++) {
		ck_assert_judged(forms[i], "a b c", NAME_OK, 0);
		ck_assert_judged(forms[i], " a", NAME_SPACE_MISPLACED, 0);
		ck_assert_judged(forms[i], "a  b", NAME_SPACE_MISPLACED, 2);
		ck_assert_judged(forms[i], "a ", NAME_SPACE_MISPLACED, 1);
		ck_assert_judged(forms[i], " ", NAME_SPACE_MISPLACED, 0);
		ck_assert_judged(forms[i], "a\u00a0b", NAME_FORBIDDEN_CHARACTER, 1);
		ck_assert_judged(forms[i], "a\u3000b", NAME_FORBIDDEN_CHARACTER, 1);
	}
	ck_assert_judged(NAME_KHMER, "ក ខ", NAME_FORBIDDEN_CHARACTER, 1);
	ck_assert_judged(NAME_OTHER, "ក ា", NAME_MARK_WITHOUT_BASE, 2);
	ck_assert_judged(NAME_OTHER, "កa់", NAME_MARK_WITHOUT_BASE, 2);
	ck_assert_judged(NAME_OTHER, "ក\u17d2 ខ", NAME_COENG_MISPLACED, 2);
	ck_assert_judged(NAME_OTHER, "ក\u17d2a", NAME_COENG_MISPLACED, 2);
}
END_TEST

START_TEST(latin_marks_stand_behind_letters)
{
	ck_assert_judged(NAME_LATIN, "e\u0301\u0323", NAME_OK, 0);
	ck_assert_judged(NAME_LATIN, "\u0301e", NAME_MARK_WITHOUT_BASE, 0);
	ck_assert_judged(NAME_LATIN, "e \u0301", NAME_MARK_WITHOUT_BASE, 2);
	ck_assert_judged(NAME_LATIN, "e-\u0301", NAME_MARK_WITHOUT_BASE, 2);
	ck_assert_judged(NAME_LATIN, "aក", NAME_WRONG_SCRIPT, 1);
	ck_assert_judged(NAME_KHMER, "កa", NAME_WRONG_SCRIPT, 1);
}
END_TEST

static size_t encode(char out[5], uint32_t c)
{
	size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const uint32_t first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = size - 1; i > 0; i--, c /= 64) {
		out[i] = (char)(0x80 + c % 64);
	}
	out[0] = (char)(first[size] + c);
	out[size] = '\0';
	return size;
}

/* True when a good name with this code point in its middle is admitted. */
static bool is_taken(enum name_form form, uint32_t c)
{
	const char *letter = form == NAME_LATIN ? "a" : "ក";
	char text[16];
	char character[5];
	size_t offset;
	size_t size = strlen(letter);

	memcpy(text, letter, size);
	size_t length = encode(character, c);
	memcpy(text + size, character, length);
	memcpy(text + size + length, letter, size);
	return name_check(&offset, form, bytes_of(text, 2 * size + length)) == NAME_OK;
}

static bool is_between(uint32_t c, uint32_t first, uint32_t last)
{
	return c >= first && c <= last;
}

static bool is_for_all(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == '-' || is_between(c, 0x200b, 0x200d);
}

START_TEST(every_code_point_is_taken_by_the_forms_that_have_it)
{
	uint32_t wrong = 0;

	for (uint32_t c = 0; c < 0x110000; c++) {
		bool refused_khmer = c == 0x17a3 || c == 0x17a4 || c == 0x17b4 || c == 0x17b5;
		bool khmer = is_for_all(c) || (is_between(c, 0x1780, 0x17d3) && !refused_khmer) ||
		             c == 0x17d7 || c == 0x17dc || c == 0x17dd;
		bool latin = is_for_all(c) || c == ' ' || is_between(c, 'A', 'Z') ||
		             is_between(c, 'a', 'z') || c == 0xaa || c == 0xba ||
		             (is_between(c, 0xc0, 0x24f) && c != 0xd7 && c != 0xf7) ||
		             is_between(c, 0x1e00, 0x1eff) || is_between(c, 0x300, 0x36f);
		bool letter = text_class(c) == TEXT_LETTER && !refused_khmer;

		wrong += is_taken(NAME_KHMER, c) != khmer;
		wrong += is_taken(NAME_LATIN, c) != latin;
		wrong += is_taken(NAME_OTHER, c) != (letter || is_for_all(c) || c == ' ');
	}
	ck_assert_uint_eq(wrong, 0);
}
END_TEST

/* One character of each kind that a Khmer name tells apart. */
static const struct {
	const char *text;
	char kind; /* Consonant, Independent vowel, Vowel, Sign, cOeng, Joint, inVisible */
} kinds[] = {
	{ "ក", 'C' }, { "ឥ", 'I' }, { "ា", 'V' },      { "់", 'S' },
	{ "្", 'O' },  { "-", 'J' }, { "\u200b", 'Z' },
};
enum { KINDS = 7, SEQUENCE_MAX = 6 };

/* The grammar by looking around each character, instead of carrying a state along. */
static bool naive_is_good(const char *sequence)
{
	size_t length = strlen(sequence);

	for (size_t i = 0; i < length; i++) {
		char before = i > 0 ? sequence[i - 1] : '^';
		char behind = i + 1 < length ? sequence[i + 1] : '$';
		size_t base = i;
		int vowels = 0;

		if (sequence[i] == 'O' && (before != 'C' || (behind != 'C' && behind != 'I'))) {
			return false;
		}
		if (sequence[i] == 'Z' && before == 'Z') {
			return false;
		}
		if (sequence[i] != 'V' && sequence[i] != 'S') {
			continue;
		}
		while (base > 0 && strchr("CI", sequence[base]) == NULL) {
			base--;
			vowels += sequence[base] == 'V';
			if (sequence[base] == 'J') {
				return false;
			}
		}
		if (strchr("CI", sequence[base]) == NULL || (sequence[i] == 'V' && vowels > 0)) {
			return false;
		}
	}
	return true;
}

START_TEST(every_sequence_of_kinds_is_judged_by_the_grammar)
{
	uint32_t wrong = 0;
	uint32_t good = 0;
	uint32_t sequences = 1;

	for (size_t length = 1; length <= SEQUENCE_MAX; length++) {
		sequences *= KINDS;
		for (uint32_t number = 0; number < sequences; number++) {
			char sequence[SEQUENCE_MAX + 1] = { 0 };
			char text[4 * SEQUENCE_MAX];
			size_t size = 0;
			uint32_t rest = number;
			size_t offset;

			for (size_t i = 0; i < length; i++, rest /= KINDS) {
				const char *character = kinds[rest % KINDS].text;

				sequence[i] = kinds[rest % KINDS].kind;
				memcpy(text + size, character, strlen(character));
				size += strlen(character);
			}
			bool expected = naive_is_good(sequence);
			good += expected;
			wrong += (name_check(&offset, NAME_KHMER, bytes_of(text, size)) ==
			          NAME_OK) != expected;
			wrong += (name_check(&offset, NAME_OTHER, bytes_of(text, size)) ==
			          NAME_OK) != expected;
		}
	}
	ck_assert_uint_eq(wrong, 0);
	ck_assert_uint_gt(good, 1000);
}
END_TEST

START_TEST(a_part_has_at_most_64_characters_and_255_bytes)
{
	char text[300];
	size_t offset = 99;

	memset(text, 'a', sizeof(text));
	ck_assert_int_eq(name_check(&offset, NAME_LATIN, bytes_of(text, NAME_CODE_POINTS_MAX)),
	                 NAME_OK);
	ck_assert_int_eq(name_check(&offset, NAME_LATIN, bytes_of(text, NAME_CODE_POINTS_MAX + 1)),
	                 NAME_TOO_LONG);
	ck_assert_uint_eq(offset, NAME_CODE_POINTS_MAX);
	ck_assert_int_eq(name_check(&offset, NAME_LATIN, bytes_of(text, NAME_BYTES_MAX + 1)),
	                 NAME_TOO_LONG);
	ck_assert_uint_eq(offset, 0);
	/* 63 letters of four bytes and one of three are 255 bytes; one more byte is too many. */
	for (size_t i = 0; i < 64; i++) {
		memcpy(text + 4 * i, "\xf0\xa0\x80\x80", 4);
	}
	memcpy(text + 252, "\xe4\xb8\xad", 3);
	ck_assert_int_eq(name_check(&offset, NAME_OTHER, bytes_of(text, 255)), NAME_OK);
	memcpy(text + 252, "\xf0\xa0\x80\x80", 4);
	ck_assert_int_eq(name_check(&offset, NAME_OTHER, bytes_of(text, 256)), NAME_TOO_LONG);
}
END_TEST

START_TEST(every_fault_has_words_of_its_own)
{
	for (int a = NAME_OK; a <= NAME_INVISIBLE_REPEATED; a++) {
		ck_assert_ptr_nonnull(name_fault_text((enum name_fault)a));
		for (int b = NAME_OK; b < a; b++) {
			ck_assert_str_ne(name_fault_text((enum name_fault)a),
			                 name_fault_text((enum name_fault)b));
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("name");
	TCase *tcase = tcase_create("name");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, real_khmer_names_are_admitted);
	tcase_add_test(tcase, the_national_gazetteer_is_admitted_but_for_its_mistakes);
	tcase_add_test(tcase, latin_and_other_names_are_admitted);
	tcase_add_test(tcase, each_fault_of_khmer_letters_is_found_where_it_stands);
	tcase_add_test(tcase, spaces_stand_alone_inside_latin_and_other_names);
	tcase_add_test(tcase, latin_marks_stand_behind_letters);
	tcase_add_test(tcase, every_code_point_is_taken_by_the_forms_that_have_it);
	tcase_add_test(tcase, every_sequence_of_kinds_is_judged_by_the_grammar);
	tcase_add_test(tcase, a_part_has_at_most_64_characters_and_255_bytes);
	tcase_add_test(tcase, every_fault_has_words_of_its_own);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
