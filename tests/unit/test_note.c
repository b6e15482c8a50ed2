/* Goal: notes and cosignatures are C2SP's byte for byte, and nothing near them passes.
 * Method: make what Go's library made (tests/vectors/log.txt) and compare; flip every bit; then
 * each rule of the format, broken alone. */
#include "ledger/log/note.h"

#include "ledger/base/crypto.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <stdlib.h>

enum { SIGNED_AT = 1767225600 };

static uint8_t secret[SECRET_KEY_BYTES];
static uint8_t witness_secret[SECRET_KEY_BYTES];
static struct note_key keys[2]; /* of the log, of the witness */
static struct note_verdict verdicts[2];
static struct note note;
static struct buf made;
static struct buf golden;
static struct bytes text; /* of the golden note */

static void make_key(struct note_key *key, uint8_t secret_key[SECRET_KEY_BYTES], const char *name,
                     enum note_key_type type, uint8_t first)
{
	uint8_t seed[32];
	uint8_t public_key[PUBLIC_KEY_BYTES];

	for (size_t i = 0; i < sizeof(seed); i++) {
		seed[i] = (uint8_t)(first + i);
	}
	crypto_keypair(public_key, secret_key, seed);
	ck_assert_int_eq(note_key_init(key, name, type, public_key), STATUS_OK);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	vectors_load("tests/vectors/log.txt");
	buf_init(&made, NOTE_BYTES_MAX + 10);
	buf_init(&golden, NOTE_BYTES_MAX);
	make_key(&keys[0], secret, "civil.example/ledger", NOTE_KEY_ED25519, 0);
	make_key(&keys[1], witness_secret, "court.example/witness-1", NOTE_KEY_COSIGNATURE, 64);
	vectors_bytes(&golden, "note");
	ck_assert_int_eq(note_parse(&note, buf_bytes(&golden)), STATUS_OK);
	text = note.text;
}

static void teardown(void)
{
	vectors_free();
	buf_fini(&made);
	buf_fini(&golden);
}

/* Status of reading and verifying with both keys pinned. */
static enum status open_note(struct bytes bytes)
{
	enum status status = note_parse(&note, bytes);

	return status == STATUS_OK ? note_verify(&note, verdicts, keys, 2) : status;
}

static enum status open_string(const char *string)
{
	return open_note(bytes_of_string(string));
}

START_TEST(a_signed_note_is_that_of_the_go_library)
{
	note_begin(&made, text);
	note_sign(&made, text, &keys[0], secret);
	ck_assert(bytes_equal(buf_bytes(&made), buf_bytes(&golden)));
	ck_assert_int_eq(open_note(buf_bytes(&golden)), STATUS_OK);
	ck_assert(verdicts[0].signed_by);
	ck_assert(!verdicts[1].signed_by);
}
END_TEST

START_TEST(a_cosigned_note_is_that_of_the_go_library)
{
	note_begin(&made, text);
	note_sign(&made, text, &keys[0], secret);
	note_cosign(&made, text, SIGNED_AT, &keys[1], witness_secret);
	vectors_bytes(&golden, "cosigned_note");
	ck_assert(bytes_equal(buf_bytes(&made), buf_bytes(&golden)));
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_OK);
	ck_assert(verdicts[0].signed_by);
	ck_assert(verdicts[1].signed_by);
	ck_assert_uint_eq(verdicts[1].time_s, SIGNED_AT);
}
END_TEST

START_TEST(no_bit_of_a_note_may_differ)
{
	for (size_t bit = 0; bit < 8 * golden.size; bit++) {
		golden.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_int_ne(open_note(buf_bytes(&golden)), STATUS_OK);
		golden.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
	for (size_t size = 0; size < golden.size; size++) {
		ck_assert_int_ne(open_note(bytes_of(golden.data, size)), STATUS_OK);
	}
}
END_TEST

START_TEST(no_bit_of_a_cosignature_may_differ)
{
	note_begin(&made, text);
	note_cosign(&made, text, SIGNED_AT, &keys[1], witness_secret);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_OK);
	for (size_t bit = 0; bit < 8 * made.size; bit++) {
		made.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
		ck_assert_int_ne(open_note(buf_bytes(&made)), STATUS_OK);
		made.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
	}
}
END_TEST

START_TEST(a_signature_of_one_kind_is_none_of_the_other)
{
	struct note_key other = keys[0];

	/* The log's Ed25519 key, pinned as a cosigner's, under the line of a plain signature. */
	other.type = NOTE_KEY_COSIGNATURE;
	ck_assert_int_eq(note_verify(&note, verdicts, &other, 1), STATUS_INVALID);
	note_begin(&made, text);
	note_cosign(&made, text, SIGNED_AT, &keys[1], witness_secret);
	ck_assert_int_eq(note_parse(&note, buf_bytes(&made)), STATUS_OK);
	other = keys[1];
	other.type = NOTE_KEY_ED25519;
	ck_assert_int_eq(note_verify(&note, verdicts, &other, 1), STATUS_INVALID);
}
END_TEST

START_TEST(one_bad_signature_by_a_known_key_refuses_the_note)
{
	note_begin(&made, text);
	note_sign(&made, text, &keys[0], secret);
	note_cosign(&made, bytes_of_string("other\n"), SIGNED_AT, &keys[1], witness_secret);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_INVALID);
	ck_assert_int_eq(note_verify(&note, verdicts, keys, 1), STATUS_OK); /* unknown: ignored */
}
END_TEST

START_TEST(of_several_signatures_by_one_key_the_first_counts)
{
	note_begin(&made, text);
	note_sign(&made, text, &keys[0], secret);
	note_sign(&made, bytes_of_string("other\n"), &keys[0], secret);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_OK);
	buf_reset(&made);
	note_begin(&made, text);
	note_sign(&made, bytes_of_string("other\n"), &keys[0], secret);
	note_sign(&made, text, &keys[0], secret);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_INVALID);
}
END_TEST

START_TEST(the_text_ends_at_the_last_empty_line)
{
	const struct bytes paragraphs = bytes_of_string("one\n\ntwo\n\n\nthree\n");

	note_begin(&made, paragraphs);
	note_sign(&made, paragraphs, &keys[0], secret);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_OK);
	ck_assert(bytes_equal(note.text, paragraphs));
}
END_TEST

#define SIG "\xe2\x80\x94 someone AAAAAAA="

START_TEST(signatures_of_strangers_are_no_signatures)
{
	ck_assert_int_eq(open_string("text\n\n" SIG "\n"), STATUS_NOT_FOUND);
	ck_assert_int_eq(open_string("text\n\n" SIG "\n" SIG "\n"), STATUS_NOT_FOUND);
	ck_assert_int_eq(open_string("t\n\n\xe2\x80\x94 caf\xc3\xa9 AAAAAAA=\n"), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(what_is_not_a_note_is_refused) /* loop test */
{
	static const char *const wrong[] = {
		"",
		"\n",
		"\n\n",
		"text\n",
		"text\n\n",
		"text\n\n\n",
		"text\n" SIG "\n",
		"text\n\n" SIG,
		"text\n\n" SIG "\n\n",
		"text\n\n" SIG "\nx\n",
		"text\n\n" SIG " \n",
		"text\n\n- someone AAAAAAA=\n",
		"text\n\n\xe2\x80\x94someone AAAAAAA=\n",
		"text\n\n\xe2\x80\x94  AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 \n",
		"text\n\n\xe2\x80\x94 some+one AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 some\xc2\xa0one AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 some\xe3\x80\x80one AAAAAAA=\n",
		"text\n\n\xe2\x80\x94 someone AAAA\n",
		"text\n\n\xe2\x80\x94 someone \n",
		"text\n\n\xe2\x80\x94 someone AAAAAAA\n",
		"text\n\n\xe2\x80\x94 someone AAAAAAB=\n",
		"text\t\n\n" SIG "\n",
		"text\r\n\n" SIG "\n",
		"te\xffxt\n\n" SIG "\n",
		"te\xc0\xafxt\n\n" SIG "\n",
		"te\xed\xa0\x80xt\n\n" SIG "\n",
	};

	ck_assert_uint_eq(sizeof(wrong) / sizeof(wrong[0]), 28);
	ck_assert_int_eq(open_string(wrong[_i]), STATUS_INVALID);
}
END_TEST

START_TEST(a_nul_is_refused)
{
	ck_assert_int_eq(open_note(bytes_of("t\0t\n\n" SIG "\n", 5 + strlen(SIG) + 1)),
	                 STATUS_INVALID);
	ck_assert(!note_text_is_valid(bytes_of("a\0\n", 3)));
	ck_assert(!note_text_is_valid(bytes_of_string("")));
	ck_assert(!note_text_is_valid(bytes_of_string("a")));
	ck_assert(note_text_is_valid(bytes_of_string("a\n")));
}
END_TEST

START_TEST(a_hundred_lines_are_read_and_no_more)
{
	note_begin(&made, text);
	note_sign(&made, text, &keys[0], secret);
	for (size_t i = 1; i < NOTE_LINES_MAX; i++) {
		buf_append_string(&made, SIG "\n");
	}
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_OK);
	buf_append_string(&made, SIG "\n");
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_INVALID);
}
END_TEST

START_TEST(a_note_beyond_its_limit_is_refused)
{
	memset(buf_extend(&made, NOTE_BYTES_MAX), 'a', NOTE_BYTES_MAX);
	memcpy(made.data + made.size - strlen("\n\n" SIG "\n"), "\n\n" SIG "\n",
	       strlen("\n\n" SIG "\n"));
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_NOT_FOUND);
	buf_append_u8(&made, 0);
	memmove(made.data + 1, made.data, NOTE_BYTES_MAX);
	ck_assert_int_eq(open_note(buf_bytes(&made)), STATUS_INVALID);
}
END_TEST

static TCase *case_all(void)
{
	TCase *tcase = tcase_create("note");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_signed_note_is_that_of_the_go_library);
	tcase_add_test(tcase, a_cosigned_note_is_that_of_the_go_library);
	tcase_add_test(tcase, no_bit_of_a_note_may_differ);
	tcase_add_test(tcase, no_bit_of_a_cosignature_may_differ);
	tcase_add_test(tcase, a_signature_of_one_kind_is_none_of_the_other);
	tcase_add_test(tcase, one_bad_signature_by_a_known_key_refuses_the_note);
	tcase_add_test(tcase, of_several_signatures_by_one_key_the_first_counts);
	tcase_add_test(tcase, the_text_ends_at_the_last_empty_line);
	tcase_add_test(tcase, signatures_of_strangers_are_no_signatures);
	tcase_add_loop_test(tcase, what_is_not_a_note_is_refused, 0, 28);
	tcase_add_test(tcase, a_nul_is_refused);
	tcase_add_test(tcase, a_hundred_lines_are_read_and_no_more);
	tcase_add_test(tcase, a_note_beyond_its_limit_is_refused);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("note");
	suite_add_tcase(suite, case_all());

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
