/* Goal: a refusal is remembered as long as somebody may not have seen it, and where the memory does
 * not reach, the answer is the safe one.
 * Method: refusals of several batches, looked for by senders who have seen more or less; and more
 * of them than there is room for. */
#include "node/refusals.h"

#include <check.h>
#include <stdlib.h>

static const uint8_t key[CRYPTO_SHORT_KEY_BYTES] = { 9 };
static struct refusals refusals;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	refusals_init(&refusals, key, 10);
}

static struct bytes event(const char *name)
{
	return bytes_of_string(name);
}

START_TEST(what_was_not_refused_is_not_found)
{
	ck_assert(!refusals_find(&refusals, 10, event("birth")));
	refusals_add(&refusals, 11, event("death"));
	ck_assert(!refusals_find(&refusals, 10, event("birth")));
}
END_TEST

START_TEST(a_refusal_counts_for_who_has_not_seen_its_batch)
{
	refusals_add(&refusals, 12, event("birth"));
	ck_assert(refusals_find(&refusals, 10, event("birth")));
	ck_assert(refusals_find(&refusals, 11, event("birth")));
	ck_assert(!refusals_find(&refusals, 12, event("birth")));
	ck_assert(!refusals_find(&refusals, 13, event("birth")));
}
END_TEST

START_TEST(later_refusals_do_not_hide_earlier_ones)
{
	refusals_add(&refusals, 11, event("birth"));
	refusals_add(&refusals, 12, event("death"));
	refusals_add(&refusals, 12, event("move"));
	refusals_add(&refusals, 15, event("card"));
	ck_assert(refusals_find(&refusals, 10, event("birth")));
	ck_assert(refusals_find(&refusals, 11, event("death")));
	ck_assert(!refusals_find(&refusals, 12, event("death")));
	ck_assert(refusals_find(&refusals, 14, event("card")));
}
END_TEST

START_TEST(before_its_memory_begins_everything_may_have_been_refused)
{
	ck_assert(refusals_find(&refusals, 9, event("birth")));
	ck_assert(!refusals_find(&refusals, 10, event("birth")));
}
END_TEST

START_TEST(when_the_ring_is_full_its_memory_begins_later)
{
	refusals_add(&refusals, 11, event("first"));
	for (uint64_t i = 1; i < REFUSALS_MAX; i++) {
		refusals_add(&refusals, 12, event("others"));
	}
	ck_assert(refusals_find(&refusals, 10, event("first")));
	ck_assert(!refusals_find(&refusals, 10, event("unknown")));
	refusals_add(&refusals, 13, event("one more"));
	ck_assert_uint_eq(refusals.since, 11);
	ck_assert(refusals_find(&refusals, 10, event("unknown")));
	ck_assert(!refusals_find(&refusals, 11, event("unknown")));
	ck_assert(refusals_find(&refusals, 11, event("others")));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("refusals");
	TCase *tcase = tcase_create("refusals");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, what_was_not_refused_is_not_found);
	tcase_add_test(tcase, a_refusal_counts_for_who_has_not_seen_its_batch);
	tcase_add_test(tcase, later_refusals_do_not_hide_earlier_ones);
	tcase_add_test(tcase, before_its_memory_begins_everything_may_have_been_refused);
	tcase_add_test(tcase, when_the_ring_is_full_its_memory_begins_later);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
