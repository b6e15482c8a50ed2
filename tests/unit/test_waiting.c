/* Goal: whoever waits for an event is found by its exact bytes, however many wait for it.
 * Method: waiters of equal, similar and different bytes, added and removed in several orders. */
#include "node/waiting.h"

#include <check.h>
#include <stdlib.h>

enum { CROWD = 3000 };

static const uint8_t key[CRYPTO_SHORT_KEY_BYTES] = { 7 };
static struct waiting waiting;

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	waiting_init(&waiting, key);
}

static struct waiter waiter_of(const char *event, size_t index)
{
	return (struct waiter){ .event = bytes_of_string(event), .index = index };
}

START_TEST(nobody_waits_at_first)
{
	ck_assert_ptr_null(waiting_find(&waiting, bytes_of_string("birth")));
	ck_assert_uint_eq(waiting.count, 0);
}
END_TEST

START_TEST(a_waiter_is_found_by_its_bytes_and_by_no_others)
{
	char same[] = "birth";
	struct waiter waiter = waiter_of("birth", 3);

	waiting_add(&waiting, &waiter);
	ck_assert_ptr_eq(waiting_find(&waiting, bytes_of_string(same)), &waiter);
	ck_assert_ptr_null(waiting_find(&waiting, bytes_of_string("birt")));
	ck_assert_ptr_null(waiting_find(&waiting, bytes_of_string("birth ")));
	ck_assert_ptr_null(waiting_find(&waiting, bytes_of_string("Birth")));
}
END_TEST

START_TEST(all_who_wait_for_the_same_bytes_are_found_one_after_the_other)
{
	struct waiter waiters[3];
	bool found[3] = { false };
	struct waiter *next;

	for (size_t i = 0; i < 3; i++) {
		waiters[i] = waiter_of("death", i);
		waiting_add(&waiting, &waiters[i]);
	}
	while ((next = waiting_find(&waiting, bytes_of_string("death"))) != NULL) {
		ck_assert(!found[next->index]);
		found[next->index] = true;
		waiting_remove(&waiting, next);
	}
	ck_assert(found[0]);
	ck_assert(found[1]);
	ck_assert(found[2]);
	ck_assert_uint_eq(waiting.count, 0);
}
END_TEST

START_TEST(who_does_not_wait_can_be_removed)
{
	struct waiter waiter = waiter_of("move", 0);

	waiting_remove(&waiting, &waiter);
	waiting_add(&waiting, &waiter);
	waiting_remove(&waiting, &waiter);
	waiting_remove(&waiting, &waiter);
	ck_assert_uint_eq(waiting.count, 0);
	waiting_add(&waiting, &waiter);
	ck_assert_ptr_eq(waiting_find(&waiting, bytes_of_string("move")), &waiter);
}
END_TEST

START_TEST(a_crowd_that_shares_buckets_is_kept_apart)
{
	static struct waiter crowd[CROWD];
	static uint32_t names[CROWD];

	for (uint32_t i = 0; i < CROWD; i++) {
		names[i] = i;
		crowd[i] = (struct waiter){
			.event = bytes_of((const uint8_t *)&names[i], sizeof(names[i])), .index = i
		};
		waiting_add(&waiting, &crowd[i]);
	}
	for (uint32_t i = 0; i < CROWD; i += 2) {
		waiting_remove(&waiting, &crowd[i]);
	}
	for (uint32_t i = 0; i < CROWD; i++) {
		const struct waiter *found = waiting_find(&waiting, crowd[i].event);

		ck_assert_ptr_eq(found, i % 2 == 0 ? NULL : &crowd[i]);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("waiting");
	TCase *tcase = tcase_create("waiting");

	tcase_add_checked_fixture(tcase, setup, NULL);
	tcase_add_test(tcase, nobody_waits_at_first);
	tcase_add_test(tcase, a_waiter_is_found_by_its_bytes_and_by_no_others);
	tcase_add_test(tcase, all_who_wait_for_the_same_bytes_are_found_one_after_the_other);
	tcase_add_test(tcase, who_does_not_wait_can_be_removed);
	tcase_add_test(tcase, a_crowd_that_shares_buckets_is_kept_apart);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
