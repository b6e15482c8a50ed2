/* Goal: a row that was put is found as it was, until a clear; nothing else ever is.
 * Method: put rows and absences, search for them and for near misses of their keys; fill the cache
 * to its limits by count and by bytes. */
#include "ledger/authority/row_cache.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

static struct row_cache *cache;

static void setup(void)
{
	cache = row_cache_new();
	ck_assert_ptr_nonnull(cache);
}

static void teardown(void)
{
	row_cache_free(cache);
}

static bool is_found(const char *key)
{
	struct bytes value;
	bool absent;

	return row_cache_find(cache, &value, &absent, bytes_of_string(key));
}

static void put(const char *key, const char *value)
{
	row_cache_put(cache, bytes_of_string(key), bytes_of_string(value), false);
}

START_TEST(a_row_is_found_as_it_was_put)
{
	struct bytes value;
	bool absent = true;

	put("office", "khan");
	ck_assert(row_cache_find(cache, &value, &absent, bytes_of_string("office")));
	ck_assert(!absent);
	ck_assert(bytes_equal(value, bytes_of_string("khan")));
	ck_assert(!is_found("offic"));
	ck_assert(!is_found("officf"));
	ck_assert(!is_found("officee"));
}
END_TEST

START_TEST(an_empty_value_is_not_an_absent_row)
{
	struct bytes value = bytes_of_string("before");
	bool absent;

	put("empty", "");
	row_cache_put(cache, bytes_of_string("none"), value, true);
	ck_assert(row_cache_find(cache, &value, &absent, bytes_of_string("empty")));
	ck_assert(!absent);
	ck_assert_uint_eq(value.size, 0);
	ck_assert(row_cache_find(cache, &value, &absent, bytes_of_string("none")));
	ck_assert(absent);
}
END_TEST

START_TEST(a_clear_forgets_every_row)
{
	put("a", "1");
	put("b", "2");
	row_cache_clear(cache);
	ck_assert(!is_found("a"));
	ck_assert(!is_found("b"));
	put("a", "3");
	ck_assert(is_found("a"));
}
END_TEST

START_TEST(a_full_cache_begins_again)
{
	char key[32];

	for (int i = 0; i < ROW_CACHE_ROWS_MAX; i++) {
		(void)snprintf(key, sizeof(key), "row %d", i);
		put(key, key);
	}
	ck_assert(is_found("row 0"));
	put("one more", "x");
	ck_assert(is_found("one more"));
	ck_assert(!is_found("row 0"));
}
END_TEST

START_TEST(bytes_are_bounded_too)
{
	char *large = calloc(1, ROW_CACHE_BYTES_MAX);

	ck_assert_ptr_nonnull(large);
	row_cache_put(cache, bytes_of_string("k"), bytes_of(large, ROW_CACHE_BYTES_MAX), false);
	ck_assert(!is_found("k"));
	row_cache_put(cache, bytes_of_string("k"), bytes_of(large, ROW_CACHE_BYTES_MAX - 1), false);
	ck_assert(is_found("k"));
	put("l", "x");
	ck_assert(is_found("l"));
	ck_assert(!is_found("k"));
	free(large);
}
END_TEST

START_TEST(no_cache_knows_nothing_and_takes_nothing)
{
	struct bytes value;
	bool absent;

	row_cache_put(NULL, bytes_of_string("k"), bytes_of_string("v"), false);
	row_cache_clear(NULL);
	row_cache_free(NULL);
	ck_assert(!row_cache_find(NULL, &value, &absent, bytes_of_string("k")));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("row_cache");
	TCase *cases = tcase_create("row_cache");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, a_row_is_found_as_it_was_put);
	tcase_add_test(cases, an_empty_value_is_not_an_absent_row);
	tcase_add_test(cases, a_clear_forgets_every_row);
	tcase_add_test(cases, a_full_cache_begins_again);
	tcase_add_test(cases, bytes_are_bounded_too);
	tcase_add_test(cases, no_cache_knows_nothing_and_takes_nothing);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
