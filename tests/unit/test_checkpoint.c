/* Goal: a checkpoint has one text, and is believed only from the pinned log.
 * Method: the golden note of Go's library, then each part of the text changed alone. */
#include "ledger/log/checkpoint.h"

#include "ledger/base/crypto.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <stdlib.h>

#define ROOT  "6KgEr1lnie1PU5QuKUz+RNW+1McUD8HPX6esDRIiMtY="
#define EMPTY "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="

static struct note_key key;
static struct checkpoint checkpoint;
static struct buf note;
static struct buf text;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	vectors_load("tests/vectors/log.txt");
	buf_init(&note, CHECKPOINT_NOTE_MAX);
	buf_init(&text, CHECKPOINT_TEXT_MAX);
	vectors_bytes(&note, "cosigned_note");
	ck_assert_int_eq(note_key_parse(&key, bytes_of_string(vectors_get("vkey"))), STATUS_OK);
}

static void teardown(void)
{
	vectors_free();
	buf_fini(&note);
	buf_fini(&text);
}

START_TEST(the_golden_checkpoint_opens_and_is_written_again)
{
	struct note parsed;

	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&note), &key), STATUS_OK);
	ck_assert_str_eq(checkpoint.origin, "civil.example/ledger");
	ck_assert_uint_eq(checkpoint.head.size, 600);
	checkpoint_format(&text, &checkpoint);
	ck_assert_int_eq(note_parse(&parsed, buf_bytes(&note)), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&text), parsed.text));
}
END_TEST

START_TEST(a_checkpoint_by_another_key_or_log_is_not_believed)
{
	struct note_key other = key;
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t secret[SECRET_KEY_BYTES];
	const uint8_t seed[32] = { 1 };

	crypto_keypair(public_key, secret, seed);
	ck_assert_int_eq(note_key_init(&other, key.name, NOTE_KEY_ED25519, public_key), STATUS_OK);
	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&note), &other), STATUS_NOT_FOUND);
	ck_assert_int_eq(
	        note_key_init(&other, "civil.example/other", NOTE_KEY_ED25519, key.public_key),
	        STATUS_OK);
	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&note), &other), STATUS_DENIED);
	other = key;
	other.public_key[0] ^= 1; /* the same id, another key */
	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&note), &other), STATUS_INVALID);
	ck_assert_int_eq(checkpoint_open(&checkpoint, bytes_of_string("x"), &key), STATUS_INVALID);
	ck_assert_uint_eq(checkpoint.head.size, 0);
}
END_TEST

START_TEST(a_signed_text_that_is_no_checkpoint_is_refused)
{
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t secret[SECRET_KEY_BYTES];
	const uint8_t seed[32] = { 1 };
	const struct bytes words = bytes_of_string("civil.example/ledger\nwords\n");

	crypto_keypair(public_key, secret, seed);
	ck_assert_int_eq(note_key_init(&key, key.name, NOTE_KEY_ED25519, public_key), STATUS_OK);
	buf_reset(&note);
	note_begin(&note, words);
	note_sign(&note, words, &key, secret);
	ck_assert_int_eq(checkpoint_open(&checkpoint, buf_bytes(&note), &key), STATUS_INVALID);
}
END_TEST

START_TEST(good_texts_are_read)
{
	static const struct {
		const char *text;
		uint64_t size;
	} good[] = {
		{ "log\n0\n" EMPTY "\n", 0 },
		{ "log\n1\n" ROOT "\n", 1 },
		{ "log\n10\n" ROOT "\n", 10 },
		{ "log\n9223372036854775807\n" ROOT "\n", TREE_SIZE_MAX },
	};

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct bytes bytes = bytes_of_string(good[i].text);

		ck_assert_int_eq(checkpoint_parse(&checkpoint, bytes), STATUS_OK);
		ck_assert_uint_eq(checkpoint.head.size, good[i].size);
		buf_reset(&text);
		checkpoint_format(&text, &checkpoint);
		ck_assert(bytes_equal(buf_bytes(&text), bytes));
	}
}
END_TEST

START_TEST(other_texts_are_refused) /* loop test */
{
	static const char *const wrong[] = {
		"",
		"log\n",
		"log\n1\n",
		"log\n1\n" ROOT,
		"log\n1\n" ROOT "\nextension\n",
		"log\n1\n" ROOT "\n\n",
		"\n1\n" ROOT "\n",
		"lo g\n1\n" ROOT "\n",
		"lo+g\n1\n" ROOT "\n",
		"log\n\n" ROOT "\n",
		"log\n01\n" ROOT "\n",
		"log\n00\n" EMPTY "\n",
		"log\n-1\n" ROOT "\n",
		"log\n+1\n" ROOT "\n",
		"log\n 1\n" ROOT "\n",
		"log\n1 \n" ROOT "\n",
		"log\n1x\n" ROOT "\n",
		"log\n0x1\n" ROOT "\n",
		"log\n9223372036854775808\n" ROOT "\n",
		"log\n18446744073709551617\n" ROOT "\n",
		"log\n99999999999999999999999999\n" ROOT "\n",
		"log\n1\n6KgEr1lnie1PU5QuKUz+RNW+1McUD8HPX6esDRIiMtZ=\n",
		"log\n1\n6KgEr1lnie1PU5QuKUz+RNW+1McUD8HPX6esDRIiMtY\n",
		"log\n1\n6KgEr1lnie1PU5QuKUz+RNW+1McUD8HPX6esDRIiMg==\n",
		"log\n1\n\n",
		"log\n0\n" ROOT "\n",
		"log\r\n1\n" ROOT "\n",
	};

	ck_assert_uint_eq(sizeof(wrong) / sizeof(wrong[0]), 27);
	ck_assert_int_eq(checkpoint_parse(&checkpoint, bytes_of_string(wrong[_i])), STATUS_INVALID);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("checkpoint");
	TCase *tcase = tcase_create("checkpoint");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_golden_checkpoint_opens_and_is_written_again);
	tcase_add_test(tcase, a_checkpoint_by_another_key_or_log_is_not_believed);
	tcase_add_test(tcase, a_signed_text_that_is_no_checkpoint_is_refused);
	tcase_add_test(tcase, good_texts_are_read);
	tcase_add_loop_test(tcase, other_texts_are_refused, 0, 27);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
