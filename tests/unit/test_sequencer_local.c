/* Goal: the local order keeps the contract of node/sequencer.h.
 * Method: each slot before, at and behind the one in flight. */
#include "node/sequencer.h"

#include <check.h>
#include <stdlib.h>

enum { BATCH_MAX = 64 };

static struct sequencer *sequencer;
static struct buf batch;
static struct detail detail;

static void setup(void)
{
	sequencer = sequencer_local_new(5);
	ck_assert_ptr_nonnull(sequencer);
	buf_init(&batch, BATCH_MAX);
}

static void teardown(void)
{
	buf_fini(&batch);
	sequencer_free(sequencer);
}

static enum status append(uint64_t number, const char *text)
{
	return sequencer_append(sequencer, number, bytes_of_string(text), &detail);
}

START_TEST(the_ledgers_disk_is_what_holds_a_batch)
{
	ck_assert_int_eq(sequencer->durability, STORE_SYNCED);
}
END_TEST

START_TEST(a_batch_is_decided_as_it_was_appended)
{
	for (uint64_t number = 6; number < 9; number++) {
		const char text[] = { (char)('a' + number), '\0' };

		ck_assert_int_eq(append(number, text), STATUS_OK);
		ck_assert_int_eq(sequencer_next(sequencer, number, &batch, &detail), STATUS_OK);
		ck_assert(bytes_equal(buf_bytes(&batch), bytes_of_string(text)));
	}
}
END_TEST

START_TEST(a_slot_is_decided_once)
{
	ck_assert_int_eq(append(6, "a"), STATUS_OK);
	ck_assert_int_eq(append(6, "a"), STATUS_OK); /* the same again, as after a timeout */
	ck_assert_int_eq(append(6, "b"), STATUS_EXISTS);
	ck_assert_int_eq(append(5, "a"), STATUS_EXISTS);
	ck_assert_int_eq(sequencer_next(sequencer, 6, &batch, &detail), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&batch), bytes_of_string("a")));
}
END_TEST

START_TEST(no_slot_is_left_out)
{
	ck_assert_int_eq(append(7, "a"), STATUS_OUT_OF_RANGE);
	ck_assert_str_eq(detail.text, "batch 7 follows 5");
	ck_assert_int_eq(sequencer_next(sequencer, 6, &batch, &detail), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(what_the_ledger_holds_is_not_here)
{
	ck_assert_int_eq(sequencer_next(sequencer, 5, &batch, &detail), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(append(6, "a"), STATUS_OK);
	ck_assert_int_eq(append(7, "b"), STATUS_OK);
	ck_assert_int_eq(sequencer_next(sequencer, 6, &batch, &detail), STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(sequencer_next(sequencer, 8, &batch, &detail), STATUS_NOT_FOUND);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sequencer_local");
	TCase *tcase = tcase_create("sequencer_local");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_ledgers_disk_is_what_holds_a_batch);
	tcase_add_test(tcase, a_batch_is_decided_as_it_was_appended);
	tcase_add_test(tcase, a_slot_is_decided_once);
	tcase_add_test(tcase, no_slot_is_left_out);
	tcase_add_test(tcase, what_the_ledger_holds_is_not_here);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
