/* Goal: after any interrupted or damaged write the floor is the last one or the one before, never
 * something else; and a ledger below or beside it is told from one that holds it.
 * Method: compose the file that every torn prefix of a write would leave, flip every bit of each
 * slot, and open. */
#include "node/floor.h"
#include "tests/support/folder.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static struct folder folder;
static char path[FOLDER_PATH_MAX];
static struct floor opened;
static struct detail detail;

static struct floor_state state_of(uint64_t batch)
{
	struct floor_state state = { .batch = batch, .size = 10 * batch };

	memset(state.head.bytes, (int)batch, HASH_BYTES);
	return state;
}

static void setup(void)
{
	const struct floor_state zero = { .batch = 0 };

	folder_new(&folder);
	folder_file(path, &folder, "floor");
	ck_assert_int_eq(floor_create(path, &zero, &detail), STATUS_OK);
	ck_assert_int_eq(floor_open(&opened, path, &detail), STATUS_OK);
}

static void teardown(void)
{
	floor_close(&opened);
	folder_remove(&folder);
}

static void raise_to(uint64_t batch)
{
	const struct floor_state state = state_of(batch);

	ck_assert_int_eq(floor_raise(&opened, &state, &detail), STATUS_OK);
}

static void ck_assert_opens_at(uint64_t batch, bool one_slot_lost)
{
	const struct floor_state expected = state_of(batch);
	struct floor floor;

	ck_assert_int_eq(floor_open(&floor, path, &detail), STATUS_OK);
	ck_assert_uint_eq(floor.state.batch, expected.batch);
	ck_assert_uint_eq(floor.state.size, expected.size);
	ck_assert(hash_equal(&floor.state.head, &expected.head));
	ck_assert(floor.one_slot_lost == one_slot_lost);
	floor_close(&floor);
}

START_TEST(a_new_floor_is_at_zero)
{
	ck_assert_opens_at(0, false);
}
END_TEST

START_TEST(the_floor_is_where_it_was_raised_to)
{
	for (uint64_t batch = 1; batch < 20; batch++) {
		raise_to(batch);
		ck_assert_opens_at(batch, false);
	}
}
END_TEST

START_TEST(raising_goes_on_after_reopening)
{
	raise_to(1);
	floor_close(&opened);
	ck_assert_int_eq(floor_open(&opened, path, &detail), STATUS_OK);
	raise_to(2);
	ck_assert_opens_at(2, false);
	raise_to(2); /* the same again is no step down */
	ck_assert_opens_at(2, false);
}
END_TEST

START_TEST(every_torn_prefix_leaves_the_old_floor_or_the_new) /* loop test: slot written */
{
	uint8_t before[FLOOR_FILE_BYTES];
	uint8_t after[FLOOR_FILE_BYTES];
	uint8_t torn[FLOOR_FILE_BYTES];
	uint64_t batch = 5 + (uint64_t)_i;

	for (uint64_t i = 1; i < batch; i++) {
		raise_to(i);
	}
	folder_read(path, before, sizeof(before));
	raise_to(batch);
	folder_read(path, after, sizeof(after));
	size_t slot = opened.generation % 2 * FLOOR_SLOT_DISTANCE;

	for (size_t cut = 0; cut <= FLOOR_SLOT_BYTES; cut++) {
		bool changed = memcmp(before + slot, after + slot, cut) != 0;
		bool whole = memcmp(before + slot + cut, after + slot + cut,
		                    FLOOR_SLOT_BYTES - cut) == 0;

		memcpy(torn, before, sizeof(torn));
		memcpy(torn + slot, after + slot, cut);
		folder_write(path, torn, sizeof(torn));
		ck_assert_opens_at(whole ? batch : batch - 1, changed && !whole);
	}
}
END_TEST

START_TEST(every_flipped_bit_of_a_slot_is_noticed) /* loop test: slot 0, slot 1 */
{
	uint8_t good[FLOOR_FILE_BYTES];
	uint8_t bad[FLOOR_FILE_BYTES];
	size_t slot = (size_t)_i * FLOOR_SLOT_DISTANCE;

	raise_to(1);
	raise_to(2);
	folder_read(path, good, sizeof(good));
	bool newest = opened.generation % 2 == (uint64_t)_i;
	for (size_t bit = 0; bit < 8 * FLOOR_SLOT_BYTES; bit++) {
		memcpy(bad, good, sizeof(bad));
		bad[slot + bit / 8] ^= (uint8_t)(1u << bit % 8);
		folder_write(path, bad, sizeof(bad));
		ck_assert_opens_at(newest ? 1 : 2, true);
	}
}
END_TEST

START_TEST(damage_to_both_slots_is_corruption)
{
	uint8_t bytes[FLOOR_FILE_BYTES];

	raise_to(1);
	folder_read(path, bytes, sizeof(bytes));
	bytes[30] ^= 1;
	bytes[FLOOR_SLOT_DISTANCE + 111] ^= 1;
	folder_write(path, bytes, sizeof(bytes));
	struct floor floor = { .file = -1 };
	ck_assert_int_eq(floor_open(&floor, path, &detail), STATUS_CORRUPT);
	ck_assert_int_eq(floor.file, -1);
}
END_TEST

START_TEST(a_slot_copied_over_the_other_is_not_taken_for_it)
{
	uint8_t bytes[FLOOR_FILE_BYTES];

	raise_to(1);
	raise_to(2);
	folder_read(path, bytes, sizeof(bytes));
	size_t newest = opened.generation % 2 * FLOOR_SLOT_DISTANCE;
	size_t other = FLOOR_SLOT_DISTANCE - newest;

	memcpy(bytes + newest, bytes + other, FLOOR_SLOT_DISTANCE);
	folder_write(path, bytes, sizeof(bytes));
	ck_assert_opens_at(1, true);
}
END_TEST

START_TEST(a_file_of_another_size_is_corruption) /* loop test, 0 .. 3 */
{
	static const size_t sizes[] = { 0, 1, FLOOR_FILE_BYTES - 1, FLOOR_FILE_BYTES + 1 };
	uint8_t bytes[FLOOR_FILE_BYTES + 1] = { 0 };
	struct floor floor;

	folder_read(path, bytes, FLOOR_FILE_BYTES);
	folder_write(path, bytes, sizes[_i]);
	ck_assert_int_eq(floor_open(&floor, path, &detail), STATUS_CORRUPT);
}
END_TEST

START_TEST(a_missing_file_is_not_made_and_a_present_one_not_replaced)
{
	const struct floor_state zero = { .batch = 0 };
	struct floor floor;

	ck_assert_int_eq(floor_create(path, &zero, &detail), STATUS_EXISTS);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(floor_open(&floor, path, &detail), STATUS_NOT_FOUND);
	ck_assert_int_eq(access(path, F_OK), -1);
	folder_file(path, &folder, "no/such/folder/floor");
	ck_assert_int_eq(floor_create(path, &zero, &detail), STATUS_IO);
	ck_assert_int_eq(floor_open(&floor, folder.path, &detail), STATUS_IO);
}
END_TEST

START_TEST(going_down_is_a_fault_of_ours) /* loop test: batch, size */
{
	struct floor_state state = state_of(3);

	raise_to(3);
	state.batch -= _i == 0;
	state.size -= _i == 1;
	ck_assert_int_ne(floor_raise(&opened, &state, &detail), STATUS_OK); /* aborts */
}
END_TEST

START_TEST(a_write_that_fails_is_fatal)
{
	const struct floor_state state = state_of(1);
	struct floor read_only = opened;

	read_only.file = open("/dev/full", O_WRONLY);
	ck_assert_int_eq(floor_raise(&read_only, &state, &detail), STATUS_IO);
	ck_assert_uint_eq(read_only.state.batch, 0);
	floor_close(&read_only);
}
END_TEST

START_TEST(a_ledger_is_compared_with_the_floor)
{
	const struct floor_state floor = state_of(3);
	struct floor_state ledger = floor;
	struct hash other = floor.head;

	other.bytes[31] ^= 1;
	ck_assert_int_eq(floor_check(&floor, &ledger, &floor.head, &detail), STATUS_OK);
	ck_assert_int_eq(floor_check(&floor, &ledger, &other, &detail), STATUS_DIVERGED);
	ledger = state_of(4);
	ck_assert_int_eq(floor_check(&floor, &ledger, &floor.head, &detail), STATUS_OK);
	ck_assert_int_eq(floor_check(&floor, &ledger, &other, &detail), STATUS_DIVERGED);
	ledger = floor;
	ledger.size--;
	ck_assert_int_eq(floor_check(&floor, &ledger, &floor.head, &detail), STATUS_OUT_OF_RANGE);
	ck_assert_ptr_nonnull(strstr(detail.text, "29 records"));
	ck_assert_ptr_nonnull(strstr(detail.text, "30 records"));
	ledger = floor;
	ledger.batch--;
	ck_assert_int_eq(floor_check(&floor, &ledger, &floor.head, &detail), STATUS_OUT_OF_RANGE);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("floor");
	TCase *tcase = tcase_create("floor");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, a_new_floor_is_at_zero);
	tcase_add_test(tcase, the_floor_is_where_it_was_raised_to);
	tcase_add_test(tcase, raising_goes_on_after_reopening);
	tcase_add_loop_test(tcase, every_torn_prefix_leaves_the_old_floor_or_the_new, 0, 2);
	tcase_add_loop_test(tcase, every_flipped_bit_of_a_slot_is_noticed, 0, 2);
	tcase_add_test(tcase, damage_to_both_slots_is_corruption);
	tcase_add_test(tcase, a_slot_copied_over_the_other_is_not_taken_for_it);
	tcase_add_loop_test(tcase, a_file_of_another_size_is_corruption, 0, 4);
	tcase_add_test(tcase, a_missing_file_is_not_made_and_a_present_one_not_replaced);
	tcase_add_loop_test_raise_signal(tcase, going_down_is_a_fault_of_ours, 6, 0, 2);
	tcase_add_test(tcase, a_write_that_fails_is_fatal);
	tcase_add_test(tcase, a_ledger_is_compared_with_the_floor);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
