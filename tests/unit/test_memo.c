/* Goal: the memo gives what was last put for a key, or nothing; it never grows beyond its bounds,
 * and forgets whole generations, the older first.
 * Method: put values of every sort under one key and near misses of it; turn generations by filling
 * them to their limits by bytes and by count. */
#include "ledger/base/bytes.h"
#include "ledger/memo.h"

#include <check.h>
#include <stdlib.h>

static struct memo *memo;

static void setup(void)
{
	memo = memo_new();
	ck_assert_ptr_nonnull(memo);
}

static void teardown(void)
{
	memo_free(memo);
}

static struct bytes key_of(uint64_t number, uint8_t out[8])
{
	bytes_write_u64(out, number);
	return bytes_of(out, 8);
}

static void put(enum memo_sort sort, uint64_t number, uint64_t value)
{
	uint8_t key[8];
	uint64_t *kept = memo_put(memo, NULL, sort, key_of(number, key), sizeof(*kept));

	ck_assert_ptr_nonnull(kept);
	ck_assert_uint_eq(*kept, 0);
	*kept = value;
}

/* The value, or 0 for none. */
static uint64_t find(enum memo_sort sort, uint64_t number)
{
	uint8_t key[8];
	const uint64_t *kept = memo_find(memo, NULL, sort, key_of(number, key));

	return kept == NULL ? 0 : *kept;
}

/* Turns the generations by bytes. */
static void fill_half(void)
{
	uint8_t key[8];
	struct arena *arena;

	ck_assert_ptr_nonnull(
	        memo_put(memo, &arena, MEMO_CASE, key_of(UINT64_MAX, key), MEMO_BYTES_MAX / 2 + 1));
	memo_turn(memo);
}

START_TEST(a_value_is_found_under_its_sort_and_key_alone)
{
	put(MEMO_RECORD, 5, 50);
	put(MEMO_EVENT, 5, 51);
	ck_assert_uint_eq(find(MEMO_RECORD, 5), 50);
	ck_assert_uint_eq(find(MEMO_EVENT, 5), 51);
	ck_assert_uint_eq(find(MEMO_CASE, 5), 0);
	ck_assert_uint_eq(find(MEMO_RECORD, 4), 0);

	uint8_t longer[9] = { 0, 0, 0, 0, 0, 0, 0, 5, 0 };
	ck_assert_ptr_null(memo_find(memo, NULL, MEMO_RECORD, bytes_of(longer, sizeof(longer))));
	ck_assert_ptr_null(memo_find(memo, NULL, MEMO_RECORD, bytes_of(longer, 7)));
}
END_TEST

START_TEST(a_later_value_takes_the_place_of_an_earlier_one)
{
	put(MEMO_STATE, 1, 10);
	put(MEMO_STATE, 1, 11);
	ck_assert_uint_eq(find(MEMO_STATE, 1), 11);
	fill_half();
	ck_assert_uint_eq(find(MEMO_STATE, 1), 11);
	put(MEMO_STATE, 1, 12);
	ck_assert_uint_eq(find(MEMO_STATE, 1), 12);
}
END_TEST

START_TEST(what_is_forgotten_is_not_found_in_either_generation)
{
	uint8_t key[8];

	put(MEMO_VERSION, 1, 10);
	put(MEMO_VERSION, 2, 20);
	fill_half();
	put(MEMO_VERSION, 1, 11);
	memo_forget(memo, MEMO_VERSION, key_of(1, key));
	ck_assert_uint_eq(find(MEMO_VERSION, 1), 0);
	ck_assert_uint_eq(find(MEMO_VERSION, 2), 20);
	memo_forget(memo, MEMO_VERSION, key_of(3, key));
	put(MEMO_VERSION, 1, 12);
	ck_assert_uint_eq(find(MEMO_VERSION, 1), 12);
}
END_TEST

START_TEST(a_value_lives_one_turn_and_not_two)
{
	put(MEMO_RECORD, 1, 10);
	memo_turn(memo); /* not half full: nothing moves */
	memo_turn(memo);
	ck_assert_uint_eq(find(MEMO_RECORD, 1), 10);
	fill_half();
	ck_assert_uint_eq(find(MEMO_RECORD, 1), 10);
	fill_half();
	ck_assert_uint_eq(find(MEMO_RECORD, 1), 0);
}
END_TEST

START_TEST(what_does_not_fit_leaves_no_older_value)
{
	uint8_t key[8];

	put(MEMO_STATE, 1, 10);
	ck_assert_ptr_null(memo_put(memo, NULL, MEMO_STATE, key_of(1, key), MEMO_BYTES_MAX));
	ck_assert_uint_eq(find(MEMO_STATE, 1), 0);
}
END_TEST

START_TEST(entries_are_bounded_and_a_full_memo_turns)
{
	uint8_t key[8];
	size_t kept = 0;

	for (uint64_t i = 0; i < 2 * (uint64_t)MEMO_ENTRIES_MAX; i++) {
		kept += memo_put(memo, NULL, MEMO_EVENT, key_of(i, key), 8) != NULL ? 1 : 0;
	}
	ck_assert_uint_gt(kept, MEMO_ENTRIES_MAX / 2);
	ck_assert_uint_le(kept, MEMO_ENTRIES_MAX);
	memo_turn(memo);
	put(MEMO_EVENT, UINT64_MAX, 7);
	ck_assert_uint_eq(find(MEMO_EVENT, UINT64_MAX), 7);
}
END_TEST

START_TEST(an_arena_lives_as_long_as_its_value)
{
	uint8_t key[8];
	struct arena *arena = NULL;
	struct arena *found = NULL;
	char **kept = memo_put(memo, &arena, MEMO_RECORD, key_of(1, key), sizeof(*kept));

	ck_assert_ptr_nonnull(kept);
	*kept = arena_string(arena, "kept");
	fill_half();
	kept = memo_find(memo, &found, MEMO_RECORD, key_of(1, key));
	ck_assert_ptr_nonnull(kept);
	ck_assert_ptr_eq(found, arena);
	ck_assert_str_eq(*kept, "kept");
}
END_TEST

START_TEST(a_cleared_memo_has_nothing)
{
	put(MEMO_RECORD, 1, 10);
	fill_half();
	put(MEMO_RECORD, 2, 20);
	memo_clear(memo);
	ck_assert_uint_eq(find(MEMO_RECORD, 1), 0);
	ck_assert_uint_eq(find(MEMO_RECORD, 2), 0);
}
END_TEST

START_TEST(no_memo_keeps_nothing)
{
	uint8_t key[8];

	ck_assert_ptr_null(memo_put(NULL, NULL, MEMO_RECORD, key_of(1, key), 8));
	ck_assert_ptr_null(memo_find(NULL, NULL, MEMO_RECORD, key_of(1, key)));
	memo_forget(NULL, MEMO_RECORD, key_of(1, key));
	memo_turn(NULL);
	memo_clear(NULL);
	memo_free(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memo");
	TCase *tcase = tcase_create("memo");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_value_is_found_under_its_sort_and_key_alone);
	tcase_add_test(tcase, a_later_value_takes_the_place_of_an_earlier_one);
	tcase_add_test(tcase, what_is_forgotten_is_not_found_in_either_generation);
	tcase_add_test(tcase, a_value_lives_one_turn_and_not_two);
	tcase_add_test(tcase, what_does_not_fit_leaves_no_older_value);
	tcase_add_test(tcase, entries_are_bounded_and_a_full_memo_turns);
	tcase_add_test(tcase, an_arena_lives_as_long_as_its_value);
	tcase_add_test(tcase, a_cleared_memo_has_nothing);
	tcase_add_test(tcase, no_memo_keeps_nothing);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
