/* Goal: a verdict on a signature is strict: one encoding of each, no point of small order, no
 * domain taken for another; and it depends on the bytes alone. Method: a vector of RFC 8032; golden
 * vectors of another implementation for each domain and for every edge of Ed25519; each single bit
 * of signature, key and payload flipped. */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "tests/support/vectors.h"

#include <check.h>
#include <stdlib.h>

static uint8_t seed[32];
static uint8_t public_key[PUBLIC_KEY_BYTES];
static uint8_t secret_key[SECRET_KEY_BYTES];
static struct buf value; /* of the vector read last */

static struct bytes vector(const char *name)
{
	buf_reset(&value);
	vectors_bytes(&value, name);
	return buf_bytes(&value);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	buf_init(&value, 4096);
	vectors_load("tests/vectors/crypto.txt");
	memcpy(seed, vector("seed").data, sizeof(seed));
	crypto_keypair(public_key, secret_key, seed);
}

static void teardown(void)
{
	vectors_free();
	buf_fini(&value);
}

static struct bytes key_bytes(void)
{
	return bytes_of(public_key, sizeof(public_key));
}

static void ck_assert_hex(struct bytes bytes, const char *hex)
{
	char text[1024];

	ck_assert_uint_lt(2 * bytes.size, sizeof(text));
	bytes_to_hex(text, bytes);
	ck_assert_str_eq(text, hex);
}

START_TEST(a_plain_signature_is_that_of_rfc_8032)
{
	static const uint8_t message[] = { 0x72 };
	uint8_t signature[SIGNATURE_BYTES];

	ck_assert(bytes_from_hex(
	        seed, 32, "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
	crypto_keypair(public_key, secret_key, seed);
	ck_assert_hex(key_bytes(),
	              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
	crypto_sign_plain(signature, bytes_of(message, 1), secret_key);
	ck_assert_hex(bytes_of(signature, sizeof(signature)),
	              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
	ck_assert(crypto_verify_plain(bytes_of(message, 1), bytes_of(signature, sizeof(signature)),
	                              key_bytes()));
}
END_TEST

START_TEST(each_domain_signs_what_the_golden_vectors_say) /* loop test over the domains */
{
	enum crypto_domain domain = (enum crypto_domain)_i;
	uint8_t signature[SIGNATURE_BYTES];

	ck_assert(bytes_equal(key_bytes(), vector("public")));
	crypto_sign_in(signature, domain, bytes_of_string("payload"), secret_key);
	ck_assert_hex(bytes_of(signature, sizeof(signature)), vectors_find("signature_%d", _i));
	ck_assert(crypto_verify_in(domain, bytes_of_string("payload"),
	                           bytes_of(signature, sizeof(signature)), key_bytes()));
	crypto_sign_in(signature, domain, bytes_of(NULL, 0), secret_key);
	ck_assert_hex(bytes_of(signature, sizeof(signature)),
	              vectors_find("signature_of_nothing_%d", _i));
}
END_TEST

START_TEST(a_signature_of_one_domain_is_none_of_another) /* loop test over the domains */
{
	struct bytes payload = bytes_of_string("payload");
	uint8_t bytes[SIGNATURE_BYTES];
	struct bytes signature = bytes_of(bytes, sizeof(bytes));

	crypto_sign_in(bytes, (enum crypto_domain)_i, payload, secret_key);
	for (int other = 0; other < CRYPTO_DOMAINS; other++) {
		ck_assert_int_eq(crypto_verify_in((enum crypto_domain)other, payload, signature,
		                                  key_bytes()),
		                 other == _i);
	}
	ck_assert(!crypto_verify_plain(payload, signature, key_bytes()));
	crypto_sign_plain(bytes, payload, secret_key);
	ck_assert(!crypto_verify_in((enum crypto_domain)_i, payload, signature, key_bytes()));
}
END_TEST

START_TEST(a_payload_may_be_as_long_as_a_header_and_no_longer)
{
	uint8_t payload[CRYPTO_PAYLOAD_MAX + 1] = { 0 };
	uint8_t bytes[SIGNATURE_BYTES];
	struct bytes signature = bytes_of(bytes, sizeof(bytes));

	ck_assert_int_ge(CRYPTO_PAYLOAD_MAX, HEADER_BYTES_MAX);
	crypto_sign_in(bytes, CRYPTO_DOMAIN_EVENT, bytes_of(payload, CRYPTO_PAYLOAD_MAX),
	               secret_key);
	ck_assert(crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of(payload, CRYPTO_PAYLOAD_MAX),
	                           signature, key_bytes()));
	ck_assert(!crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of(payload, CRYPTO_PAYLOAD_MAX - 1),
	                            signature, key_bytes()));
	ck_assert(!crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of(payload, sizeof(payload)),
	                            signature, key_bytes()));
}
END_TEST

START_TEST(any_flipped_bit_of_a_signature_is_refused) /* loop test, 0 .. 511 */
{
	uint8_t signature[SIGNATURE_BYTES];

	crypto_sign_in(signature, CRYPTO_DOMAIN_EVENT, bytes_of_string("payload"), secret_key);
	signature[_i / 8] ^= (uint8_t)(1u << (_i % 8));
	ck_assert(!crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of_string("payload"),
	                            bytes_of(signature, sizeof(signature)), key_bytes()));
}
END_TEST

START_TEST(any_flipped_bit_of_a_key_or_payload_is_refused) /* loop test, 0 .. 255 */
{
	uint8_t bytes[SIGNATURE_BYTES];
	uint8_t payload[32] = { 0 };
	struct bytes signature = bytes_of(bytes, sizeof(bytes));
	uint8_t flip = (uint8_t)(1u << (_i % 8));

	crypto_sign_in(bytes, CRYPTO_DOMAIN_EVENT, bytes_of(payload, 32), secret_key);
	payload[_i / 8] ^= flip;
	ck_assert(!crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of(payload, 32), signature,
	                            key_bytes()));
	payload[_i / 8] ^= flip;
	public_key[_i / 8] ^= flip;
	ck_assert(!crypto_verify_in(CRYPTO_DOMAIN_EVENT, bytes_of(payload, 32), signature,
	                            key_bytes()));
}
END_TEST

START_TEST(other_lengths_of_signature_and_key_are_refused) /* loop test */
{
	static const size_t lengths[] = { 0, 1, 31, 33, 63, 65, 96 };
	uint8_t signature[96] = { 0 };
	uint8_t key[96] = { 0 };
	struct bytes message = bytes_of_string("message");

	memcpy(key, public_key, sizeof(public_key));
	crypto_sign_plain(signature, message, secret_key);
	ck_assert(crypto_verify_plain(message, bytes_of(signature, 64), bytes_of(key, 32)));
	ck_assert(
	        !crypto_verify_plain(message, bytes_of(signature, lengths[_i]), bytes_of(key, 32)));
	ck_assert(
	        !crypto_verify_plain(message, bytes_of(signature, 64), bytes_of(key, lengths[_i])));
}
END_TEST

/* Verdict on a vector that joins public key, signature and message. */
static bool verdict(struct bytes joined)
{
	const size_t message_at = PUBLIC_KEY_BYTES + SIGNATURE_BYTES;

	ck_assert_uint_ge(joined.size, message_at);
	return crypto_verify_plain(bytes_of(joined.data + message_at, joined.size - message_at),
	                           bytes_of(joined.data + PUBLIC_KEY_BYTES, SIGNATURE_BYTES),
	                           bytes_of(joined.data, PUBLIC_KEY_BYTES));
}

/* Calls back for every vector whose name begins so; returns their number. */
static int each_vector(const char *prefix, void (*check)(const char *name, struct bytes bytes))
{
	const char *line;
	int count = 0;

	for (size_t i = 0; (line = vectors_line(i)) != NULL; i++) {
		if (strncmp(line, prefix, strlen(prefix)) == 0) {
			char name[64] = { 0 };

			ck_assert_uint_lt(strcspn(line, " "), sizeof(name));
			memcpy(name, line, strcspn(line, " "));
			check(name, vector(name));
			count++;
		}
	}
	return count;
}

static void check_refused(const char *name, struct bytes joined)
{
	ck_assert_msg(!verdict(joined), "%s was accepted", name);
}

static void check_accepted(const char *name, struct bytes joined)
{
	ck_assert_msg(verdict(joined), "%s was refused", name);
}

static void check_not_enrolled(const char *name, struct bytes key)
{
	ck_assert_uint_eq(key.size, PUBLIC_KEY_BYTES);
	ck_assert_msg(!crypto_key_is_valid(key.data), "%s may be enrolled", name);
}

START_TEST(every_edge_of_ed25519_has_one_verdict)
{
	ck_assert_int_eq(each_vector("refused_", check_refused), 35);
	ck_assert_int_eq(each_vector("accepted_", check_accepted), 2);
}
END_TEST

START_TEST(only_points_of_the_prime_order_group_are_enrolled)
{
	ck_assert(crypto_key_is_valid(public_key));
	ck_assert_int_eq(each_vector("not_enrolled_small_order_", check_not_enrolled), 8);
	ck_assert_int_eq(each_vector("not_enrolled_mixed_order_", check_not_enrolled), 7);
	ck_assert_int_eq(each_vector("not_enrolled_", check_not_enrolled), 8 + 7 + 6 + 1 + 2);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("crypto_signature");
	TCase *tcase = tcase_create("crypto_signature");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_plain_signature_is_that_of_rfc_8032);
	tcase_add_loop_test(tcase, each_domain_signs_what_the_golden_vectors_say, 0,
	                    CRYPTO_DOMAINS);
	tcase_add_loop_test(tcase, a_signature_of_one_domain_is_none_of_another, 0, CRYPTO_DOMAINS);
	tcase_add_test(tcase, a_payload_may_be_as_long_as_a_header_and_no_longer);
	tcase_add_loop_test(tcase, any_flipped_bit_of_a_signature_is_refused, 0, 512);
	tcase_add_loop_test(tcase, any_flipped_bit_of_a_key_or_payload_is_refused, 0, 256);
	tcase_add_loop_test(tcase, other_lengths_of_signature_and_key_are_refused, 0, 7);
	tcase_add_test(tcase, every_edge_of_ed25519_has_one_verdict);
	tcase_add_test(tcase, only_points_of_the_prime_order_group_are_enrolled);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
