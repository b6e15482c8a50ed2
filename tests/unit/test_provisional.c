/* Goal: a provisional receipt is what the node's key signed, and nothing near it.
 * Method: a signature that Python's cryptography made of the formula, then each bit of each field,
 * of the signature and of the key changed.
 */
#include "ledger/provisional.h"

#include <check.h>
#include <stdlib.h>

/* The key of seed 3, 3, ...; ledger 0, 1, ...; event id 32, 33, ... */
static const char golden[] = "7133c066ba73cb31b4ecea7d991998116dd6da789888aafb58588385e9f9a7bf"
                             "42a64c507e3fd2edb641165abac45318e418421e8d8bb388a4445f5703f04d04";

static struct provisional receipt;
static uint8_t public_key[PUBLIC_KEY_BYTES];
static uint8_t secret_key[SECRET_KEY_BYTES];
static uint8_t signature[SIGNATURE_BYTES];

static void setup(void)
{
	uint8_t seed[32];

	ck_assert_int_eq(crypto_init(), STATUS_OK);
	memset(seed, 3, sizeof(seed));
	crypto_keypair(public_key, secret_key, seed);
	for (size_t i = 0; i < HASH_BYTES; i++) {
		receipt.event_id.bytes[i] = (uint8_t)(HASH_BYTES + i);
	}
	for (size_t i = 0; i < ID_BYTES; i++) {
		receipt.ledger.bytes[i] = (uint8_t)i;
	}
	receipt.number = 7;
	receipt.queued_at_ms = 1790000000123;
	ck_assert(bytes_from_hex(signature, sizeof(signature), golden));
}

static bool verifies(void)
{
	return provisional_verify(&receipt, bytes_of(signature, sizeof(signature)), public_key);
}

START_TEST(the_signature_is_the_golden_one)
{
	uint8_t made[SIGNATURE_BYTES];

	provisional_sign(made, &receipt, secret_key);
	ck_assert_mem_eq(made, signature, sizeof(made));
	ck_assert(verifies());
}
END_TEST

START_TEST(one_bit_of_an_id_is_another_receipt) /* loop test: bits */
{
	receipt.event_id.bytes[_i / 8] ^= (uint8_t)(1U << _i % 8);
	ck_assert(!verifies());
	receipt.event_id.bytes[_i / 8] ^= (uint8_t)(1U << _i % 8);
	receipt.ledger.bytes[_i / 8 % ID_BYTES] ^= (uint8_t)(1U << _i % 8);
	ck_assert(!verifies());
}
END_TEST

START_TEST(one_bit_of_number_or_time_is_another_receipt) /* loop test: bits */
{
	receipt.number ^= UINT64_C(1) << _i;
	ck_assert(!verifies());
	receipt.number ^= UINT64_C(1) << _i;
	receipt.queued_at_ms = (int64_t)((uint64_t)receipt.queued_at_ms ^ UINT64_C(1) << _i);
	ck_assert(!verifies());
}
END_TEST

START_TEST(number_and_time_do_not_change_places)
{
	receipt.number = 1790000000123;
	receipt.queued_at_ms = 7;
	ck_assert(!verifies());
}
END_TEST

START_TEST(one_bit_of_the_signature_or_the_key_is_none) /* loop test: bytes */
{
	signature[_i] ^= 1;
	ck_assert(!verifies());
	signature[_i] ^= 1;
	public_key[_i % PUBLIC_KEY_BYTES] ^= 1;
	ck_assert(!verifies());
}
END_TEST

START_TEST(a_signature_has_its_length)
{
	ck_assert(!provisional_verify(&receipt, bytes_of(signature, SIGNATURE_BYTES - 1),
	                              public_key));
	ck_assert(!provisional_verify(&receipt, bytes_of(NULL, 0), public_key));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("provisional");
	TCase *tcase = tcase_create("provisional");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, the_signature_is_the_golden_one);
	tcase_add_loop_test(tcase, one_bit_of_an_id_is_another_receipt, 0, 8 * HASH_BYTES);
	tcase_add_loop_test(tcase, one_bit_of_number_or_time_is_another_receipt, 0, 64);
	tcase_add_test(tcase, number_and_time_do_not_change_places);
	tcase_add_loop_test(tcase, one_bit_of_the_signature_or_the_key_is_none, 0, SIGNATURE_BYTES);
	tcase_add_test(tcase, a_signature_has_its_length);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
