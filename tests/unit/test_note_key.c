/* Goal: keys of signers are C2SP's byte for byte, and nothing near them passes.
 * Method: make what Go's library made (tests/vectors/log.txt) and compare; change every character;
 * break each rule of the names. */
#include "ledger/log/note_key.h"

#include "ledger/base/crypto.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct note_key keys[2]; /* of the log, of the witness */
static struct buf made;

static void make_key(struct note_key *key, const char *name, enum note_key_type type, uint8_t first)
{
	uint8_t seed[32];
	uint8_t public_key[PUBLIC_KEY_BYTES];
	uint8_t secret_key[SECRET_KEY_BYTES];

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
	buf_init(&made, 1000);
	make_key(&keys[0], "civil.example/ledger", NOTE_KEY_ED25519, 0);
	make_key(&keys[1], "court.example/witness-1", NOTE_KEY_COSIGNATURE, 64);
}

static void teardown(void)
{
	vectors_free();
	buf_fini(&made);
}

START_TEST(keys_are_those_of_the_go_library)
{
	static const char *const names[] = { "vkey", "witness_vkey" };

	for (size_t i = 0; i < 2; i++) {
		const char *vkey = vectors_get(names[i]);
		struct note_key parsed;

		buf_reset(&made);
		note_key_format(&made, &keys[i]);
		ck_assert(bytes_equal(buf_bytes(&made), bytes_of_string(vkey)));
		ck_assert_int_eq(note_key_parse(&parsed, bytes_of_string(vkey)), STATUS_OK);
		ck_assert_int_eq(parsed.type, keys[i].type);
		ck_assert_str_eq(parsed.name, keys[i].name);
		ck_assert_mem_eq(parsed.id, keys[i].id, NOTE_KEY_ID_BYTES);
		ck_assert_mem_eq(parsed.public_key, keys[i].public_key, PUBLIC_KEY_BYTES);
	}
}
END_TEST

START_TEST(any_other_character_in_a_vkey_is_refused)
{
	char vkey[200] = { 0 };
	struct note_key parsed;

	(void)snprintf(vkey, sizeof(vkey), "%s", vectors_get("vkey"));
	for (size_t i = 0; vkey[i] != 0; i++) {
		char before = vkey[i];

		for (int flip = 1; flip < 128; flip *= 2) {
			vkey[i] = (char)(before ^ flip);
			if (before >= 'a' && before <= 'f' && flip == 0x20 && i >= 21 && i < 29) {
				continue; /* a key id in upper case is the same key id */
			}
			ck_assert_int_ne(note_key_parse(&parsed, bytes_of_string(vkey)), STATUS_OK);
		}
		vkey[i] = before;
	}
	for (size_t size = 0; size < strlen(vkey); size++) {
		ck_assert_int_ne(note_key_parse(&parsed, bytes_of(vkey, size)), STATUS_OK);
	}
}
END_TEST

START_TEST(a_vkey_of_another_type_is_unsupported)
{
	/* Type 2, public key "AAA", and the id that fits. */
	struct hash hash = crypto_sha256(bytes_of("x\n\x02"
	                                          "AAA",
	                                          6));
	struct note_key parsed;
	char digits[9] = { 0 };

	bytes_to_hex(digits, bytes_of(hash.bytes, 4));
	buf_printf(&made, "x+%s+AkFBQQ==", digits);
	ck_assert_int_eq(note_key_parse(&parsed, buf_bytes(&made)), STATUS_UNSUPPORTED);
}
END_TEST

START_TEST(names_with_space_or_plus_or_nothing_are_refused) /* loop test, 0 .. 6 */
{
	static const char *const wrong[] = { "", " ", "a b", "a+b", "a\n", "\x7f", "caf\xc3\xa9" };
	struct note_key key;
	char long_name[NOTE_NAME_MAX + 2];

	ck_assert_int_eq(note_key_init(&key, wrong[_i], NOTE_KEY_ED25519, keys[0].public_key),
	                 STATUS_INVALID);
	memset(long_name, 'a', sizeof(long_name));
	ck_assert(note_name_is_valid(bytes_of(long_name, NOTE_NAME_MAX)));
	ck_assert(!note_name_is_valid(bytes_of(long_name, NOTE_NAME_MAX + 1)));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("note_key");
	TCase *tcase = tcase_create("note_key");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, keys_are_those_of_the_go_library);
	tcase_add_test(tcase, any_other_character_in_a_vkey_is_refused);
	tcase_add_test(tcase, a_vkey_of_another_type_is_unsupported);
	tcase_add_loop_test(tcase, names_with_space_or_plus_or_nothing_are_refused, 0, 7);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
