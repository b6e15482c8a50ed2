/* Goal: the tree's three hashes are those of RFC 6962, and it splits where it must.
 * Method: vectors known to every implementation, hashes put together by hand, powers of two. */
#include "ledger/log/merkle.h"

#include "ledger/base/crypto.h"

#include <check.h>
#include <stdlib.h>

static void ck_assert_hash(const struct hash *hash, const char *expected)
{
	char hex[2 * HASH_BYTES + 1];

	bytes_to_hex(hex, bytes_of_hash(hash));
	ck_assert_str_eq(hex, expected);
}

START_TEST(the_empty_tree_and_the_empty_entry_have_their_known_hashes)
{
	struct hash hash;

	merkle_empty(&hash);
	ck_assert_hash(&hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	merkle_leaf(&hash, bytes_of("", 0));
	ck_assert_hash(&hash, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}
END_TEST

START_TEST(leaf_and_node_begin_with_their_own_byte)
{
	uint8_t joined[1 + 2 * HASH_BYTES] = { 1 };
	struct hash left;
	struct hash right;
	struct hash node;
	struct hash expected;

	merkle_leaf(&left, bytes_of_string("a"));
	expected = crypto_sha256(bytes_of("\0a", 2));
	ck_assert(hash_equal(&left, &expected));
	merkle_leaf(&right, bytes_of_string("b"));
	memcpy(joined + 1, left.bytes, HASH_BYTES);
	memcpy(joined + 1 + HASH_BYTES, right.bytes, HASH_BYTES);
	expected = crypto_sha256(bytes_of(joined, sizeof(joined)));
	merkle_node(&node, &left, &right);
	ck_assert(hash_equal(&node, &expected));
	merkle_node(&left, &left, &right); /* in place */
	ck_assert(hash_equal(&left, &expected));
}
END_TEST

START_TEST(the_split_is_the_largest_power_of_two_below)
{
	ck_assert_uint_eq(merkle_split(2), 1);
	ck_assert_uint_eq(merkle_split(3), 2);
	ck_assert_uint_eq(merkle_split(4), 2);
	ck_assert_uint_eq(merkle_split(5), 4);
	ck_assert_uint_eq(merkle_split(1ULL << 62), 1ULL << 61);
	ck_assert_uint_eq(merkle_split((1ULL << 62) + 1), 1ULL << 62);
	ck_assert_uint_eq(merkle_split(TREE_SIZE_MAX), 1ULL << 62);
}
END_TEST

START_TEST(one_leaf_does_not_split)
{
	ck_assert_uint_eq(merkle_split(1), 0); /* aborts */
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("merkle");
	TCase *tcase = tcase_create("merkle");

	tcase_add_test(tcase, the_empty_tree_and_the_empty_entry_have_their_known_hashes);
	tcase_add_test(tcase, leaf_and_node_begin_with_their_own_byte);
	tcase_add_test(tcase, the_split_is_the_largest_power_of_two_below);
	tcase_add_test_raise_signal(tcase, one_leaf_does_not_split, 6);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
