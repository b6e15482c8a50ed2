/* Goal: hashes, MACs, ids and seals are those of the standards and of our formulas.
 * Method: vectors of FIPS 180-4, RFC 4231 and the XChaCha draft; golden vectors of another
 * implementation for the ids; every byte of a seal changed. Signatures: test_crypto_signature.c. */
#include "ledger/base/crypto.h"
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

static void ck_assert_hex(struct bytes bytes, const char *hex)
{
	char text[1024];

	ck_assert_uint_lt(2 * bytes.size, sizeof(text));
	bytes_to_hex(text, bytes);
	ck_assert_str_eq(text, hex);
}

START_TEST(starting_twice_is_starting_once)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
}
END_TEST

START_TEST(sha256_is_that_of_fips_180) /* loop test, 0 .. 2 */
{
	static const struct {
		const char *message;
		const char *digest;
	} vectors[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	struct hash hash = crypto_sha256(bytes_of_string(vectors[_i].message));

	ck_assert_hex(bytes_of_hash(&hash), vectors[_i].digest);
}
END_TEST

START_TEST(parts_hash_like_the_whole_wherever_they_are_cut)
{
	uint8_t message[200];

	for (size_t i = 0; i < sizeof(message); i++) {
		message[i] = (uint8_t)(i * 31);
	}
	struct hash whole = crypto_sha256(bytes_of(message, sizeof(message)));

	for (size_t cut = 0; cut <= sizeof(message); cut++) {
		struct crypto_sha256_state state;

		crypto_sha256_begin(&state);
		crypto_sha256_update(&state, bytes_of(message, cut));
		crypto_sha256_update(&state, bytes_of(NULL, 0));
		crypto_sha256_update(&state, bytes_of(message + cut, sizeof(message) - cut));
		struct hash parts = crypto_sha256_end(&state);
		ck_assert(hash_equal(&parts, &whole));
	}
}
END_TEST

START_TEST(hmac_is_that_of_rfc_4231)
{
	/* Keys of the RFC are shorter; HMAC fills a short key with zeros, so these are the same. */
	uint8_t key[OPENING_BYTES] = { 0 };

	memset(key, 0x0b, 20);
	struct hash hash = crypto_hmac(key, bytes_of_string("Hi There"));
	ck_assert_hex(bytes_of_hash(&hash),
	              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	memset(key, 0, sizeof(key));
	memcpy(key, "Jefe", 4);
	hash = crypto_hmac(key, bytes_of_string("what do ya want for nothing?"));
	ck_assert_hex(bytes_of_hash(&hash),
	              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}
END_TEST

START_TEST(ids_are_those_of_the_golden_vectors)
{
	struct hash event_id = crypto_event_id(bytes_of_string("header"));
	struct hash key_id = crypto_key_id(public_key);
	struct id first = crypto_created_id(&event_id, 0);
	struct id second = crypto_created_id(&event_id, 1);
	struct id distant = crypto_created_id(&event_id, 0x01020304);

	ck_assert(bytes_equal(bytes_of_hash(&event_id), vector("event_id")));
	ck_assert(bytes_equal(bytes_of_hash(&key_id), vector("key_id")));
	ck_assert(bytes_equal(bytes_of_id(&first), vector("created_id_0")));
	ck_assert(bytes_equal(bytes_of_id(&second), vector("created_id_1")));
	ck_assert(bytes_equal(bytes_of_id(&distant), vector("created_id_16909060")));
}
END_TEST

START_TEST(equal_means_same_size_and_same_bytes)
{
	uint8_t a[32] = { 0 };
	uint8_t b[32] = { 0 };

	ck_assert(crypto_equal(bytes_of(NULL, 0), bytes_of(a, 0)));
	ck_assert(crypto_equal(bytes_of(a, 32), bytes_of(b, 32)));
	ck_assert(!crypto_equal(bytes_of(a, 32), bytes_of(b, 31)));
	for (size_t i = 0; i < 256; i++) {
		b[i / 8] = (uint8_t)(1u << (i % 8));
		ck_assert(!crypto_equal(bytes_of(a, 32), bytes_of(b, 32)));
		b[i / 8] = 0;
	}
}
END_TEST

START_TEST(wiping_leaves_zeros_and_keeps_the_neighbours)
{
	uint8_t memory[] = { 1, 2, 3, 4 };
	static const uint8_t expected[] = { 1, 0, 0, 4 };

	crypto_wipe(memory + 1, 2);
	ck_assert_mem_eq(memory, expected, sizeof(expected));
}
END_TEST

START_TEST(randomness_fills_all_it_is_given)
{
	uint8_t seen[64] = { 0 };
	uint8_t drawn[66] = { 0 };

	/* A byte that stays zero in all of 16 draws is one that is not written. */
	for (int draw = 0; draw < 16; draw++) {
		crypto_random(drawn + 1, sizeof(seen));
		for (size_t i = 0; i < sizeof(seen); i++) {
			seen[i] |= drawn[i + 1];
		}
	}
	ck_assert_ptr_null(memchr(seen, 0, sizeof(seen)));
	ck_assert_uint_eq(drawn[0], 0);
	ck_assert_uint_eq(drawn[65], 0);
}
END_TEST

/* draft-irtf-cfrg-xchacha-03, section A.3.1. */
static const char sealed_text[] =
        "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for "
        "the future, sunscreen would be it.";
enum { SEALED_BYTES = sizeof(sealed_text) - 1 + CRYPTO_SEAL_TAG_BYTES };
static uint8_t seal_key[CRYPTO_SEAL_KEY_BYTES];
static uint8_t seal_nonce[CRYPTO_SEAL_NONCE_BYTES];
static const uint8_t seal_about[] = { 0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1,
	                              0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7 };

static void seal(uint8_t out[SEALED_BYTES])
{
	for (size_t i = 0; i < sizeof(seal_key); i++) {
		seal_key[i] = (uint8_t)(0x80 + i);
	}
	for (size_t i = 0; i < sizeof(seal_nonce); i++) {
		seal_nonce[i] = (uint8_t)(0x40 + i);
	}
	crypto_seal(out, bytes_of_string(sealed_text), bytes_of(seal_about, sizeof(seal_about)),
	            seal_nonce, seal_key);
}

START_TEST(a_seal_is_that_of_the_xchacha_draft)
{
	uint8_t sealed[SEALED_BYTES];
	uint8_t opened[sizeof(sealed_text)] = { 0 };

	seal(sealed);
	ck_assert_hex(bytes_of(sealed, sizeof(sealed)),
	              "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
	              "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
	              "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
	              "21f9664c97637da9768812f615c68b13b52e"
	              "c0875924c1c7987947deafd8780acf49");
	ck_assert(crypto_open(opened, bytes_of(sealed, sizeof(sealed)),
	                      bytes_of(seal_about, sizeof(seal_about)), seal_nonce, seal_key));
	ck_assert_str_eq((const char *)opened, sealed_text);
}
END_TEST

START_TEST(a_seal_with_any_other_byte_does_not_open)
{
	uint8_t sealed[SEALED_BYTES];
	uint8_t opened[SEALED_BYTES];
	uint8_t about[sizeof(seal_about)];
	struct bytes seen_about = bytes_of(about, sizeof(about));

	seal(sealed);
	memcpy(about, seal_about, sizeof(about));
	struct {
		uint8_t *bytes;
		size_t size;
	} const parts[] = { { sealed, sizeof(sealed) },
		            { about, sizeof(about) },
		            { seal_nonce, sizeof(seal_nonce) },
		            { seal_key, sizeof(seal_key) } };

	for (size_t part = 0; part < 4; part++) {
		for (size_t i = 0; i < parts[part].size; i++) {
			parts[part].bytes[i] ^= 1;
			ck_assert(!crypto_open(opened, bytes_of(sealed, sizeof(sealed)), seen_about,
			                       seal_nonce, seal_key));
			parts[part].bytes[i] ^= 1;
		}
	}
	for (size_t size = 0; size < sizeof(sealed); size++) {
		ck_assert(!crypto_open(opened, bytes_of(sealed, size), seen_about, seal_nonce,
		                       seal_key));
	}
}
END_TEST

START_TEST(nothing_can_be_sealed_too)
{
	uint8_t sealed[CRYPTO_SEAL_TAG_BYTES];
	uint8_t opened[1] = { 7 };

	crypto_seal(sealed, bytes_of(NULL, 0), bytes_of(NULL, 0), seal_nonce, seal_key);
	ck_assert(crypto_open(opened, bytes_of(sealed, sizeof(sealed)), bytes_of(NULL, 0),
	                      seal_nonce, seal_key));
	ck_assert_uint_eq(opened[0], 7);
	ck_assert(!crypto_open(opened, bytes_of(sealed, sizeof(sealed)), bytes_of_string("x"),
	                       seal_nonce, seal_key));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("crypto");
	TCase *tcase = tcase_create("crypto");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, starting_twice_is_starting_once);
	tcase_add_loop_test(tcase, sha256_is_that_of_fips_180, 0, 3);
	tcase_add_test(tcase, parts_hash_like_the_whole_wherever_they_are_cut);
	tcase_add_test(tcase, hmac_is_that_of_rfc_4231);
	tcase_add_test(tcase, ids_are_those_of_the_golden_vectors);
	tcase_add_test(tcase, equal_means_same_size_and_same_bytes);
	tcase_add_test(tcase, wiping_leaves_zeros_and_keeps_the_neighbours);
	tcase_add_test(tcase, randomness_fills_all_it_is_given);
	tcase_add_test(tcase, a_seal_is_that_of_the_xchacha_draft);
	tcase_add_test(tcase, a_seal_with_any_other_byte_does_not_open);
	tcase_add_test(tcase, nothing_can_be_sealed_too);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
