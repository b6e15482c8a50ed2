/* Goal: a chain accepts exactly one next record and nothing else.
 * Method: grow a chain from fixed leaves, then offer every near miss and check that the chain stays
 * as it was. */
#include "ledger/log/chain.h"
#include "ledger/log/merkle.h"

#include <check.h>
#include <stdlib.h>

static struct chain chain;
static struct hash leaf;

static void setup(void)
{
	const struct hash zero = { { 0 } };

	merkle_leaf(&leaf, bytes_of_string("record"));
	chain_init(&chain);
	ck_assert_uint_eq(chain.count, 0);
	ck_assert_int_eq(chain_append(&chain, 0, &zero, &leaf), STATUS_OK);
	for (uint64_t i = 1; i < 3; i++) {
		struct hash previous = chain.head;

		leaf.bytes[0] ^= (uint8_t)i;
		ck_assert_int_eq(chain_append(&chain, i, &previous, &leaf), STATUS_OK);
	}
}

static void ck_assert_refused(enum status expected, uint64_t index, struct hash previous)
{
	const struct chain before = chain;

	ck_assert_int_eq(chain_append(&chain, index, &previous, &leaf), expected);
	ck_assert_uint_eq(chain.count, before.count);
	ck_assert(hash_equal(&chain.head, &before.head));
}

START_TEST(the_head_is_the_leaf_hash_of_the_last_record)
{
	ck_assert_uint_eq(chain.count, 3);
	ck_assert(hash_equal(&chain.head, &leaf));
}
END_TEST

START_TEST(any_flipped_bit_of_previous_is_refused) /* loop test, 0 .. 255 */
{
	struct hash previous = chain.head;

	previous.bytes[_i / 8] ^= (uint8_t)(1u << (_i % 8));
	ck_assert_refused(STATUS_DIVERGED, 3, previous);
}
END_TEST

START_TEST(zero_is_previous_of_the_first_record_only)
{
	const struct hash zero = { { 0 } };

	ck_assert_refused(STATUS_DIVERGED, 3, zero);
	chain_init(&chain);
	ck_assert_refused(STATUS_DIVERGED, 0, leaf);
}
END_TEST

START_TEST(the_index_must_be_the_next_one) /* loop test, 0 .. 3 */
{
	static const uint64_t wrong[] = { 0, 2, 4, UINT64_MAX };

	ck_assert_refused(STATUS_OUT_OF_RANGE, wrong[_i], chain.head);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chain");
	TCase *tcase = tcase_create("chain");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, the_head_is_the_leaf_hash_of_the_last_record);
	tcase_add_loop_test(tcase, any_flipped_bit_of_previous_is_refused, 0, 256);
	tcase_add_test(tcase, zero_is_previous_of_the_first_record_only);
	tcase_add_loop_test(tcase, the_index_must_be_the_next_one, 0, 4);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
