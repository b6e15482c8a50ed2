/* Goal: the simulated disk of the store in memory loses exactly what a real one may.
 * Method: commits, syncs and crashes, and what is there afterwards. The rest of the store's
 * contract is test_store.c's. */
#include "ledger/store/store_memory.h"

#include <check.h>
#include <stdlib.h>

static struct store *store;
static struct buf value;

static void setup(void)
{
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	store_memory_simulate(store);
	buf_init(&value, 64);
}

static void teardown(void)
{
	buf_fini(&value);
	store_close(store);
}

static enum status commit(struct store *to, const char *key, enum store_durability durability)
{
	struct store_batch *batch = store_batch_begin(to);

	ck_assert_ptr_nonnull(batch);
	store_batch_put(batch, STORE_META, bytes_of_string(key), bytes_of_string("here"));
	enum status status = store_batch_commit(batch, durability);
	store_batch_end(batch);
	return status;
}

static bool holds(struct store *from, const char *key)
{
	struct store_view *view = store_view_begin(from);

	ck_assert_ptr_nonnull(view);
	enum status status = store_get(view, &value, STORE_META, bytes_of_string(key));
	store_view_end(view);
	return status == STATUS_OK;
}

START_TEST(a_crash_keeps_what_is_synced_and_a_prefix_of_the_rest) /* loop test, 0 .. 2 */
{
	ck_assert_int_eq(commit(store, "synced", STORE_SYNCED), STATUS_OK);
	ck_assert_int_eq(commit(store, "first", STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(commit(store, "second", STORE_UNSYNCED), STATUS_OK);
	ck_assert_uint_eq(store_memory_unsynced(store), 2);
	store_memory_crash(store, (size_t)_i);
	ck_assert(holds(store, "synced"));
	ck_assert_int_eq(holds(store, "first"), _i >= 1);
	ck_assert_int_eq(holds(store, "second"), _i >= 2);
	ck_assert_uint_eq(store_memory_unsynced(store), 0);
}
END_TEST

START_TEST(after_a_sync_a_crash_takes_nothing)
{
	ck_assert_int_eq(commit(store, "first", STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(store_sync(store), STATUS_OK);
	store_memory_crash(store, 0);
	ck_assert(holds(store, "first"));
}
END_TEST

START_TEST(a_synced_commit_syncs_those_before_it)
{
	ck_assert_int_eq(commit(store, "first", STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(commit(store, "second", STORE_SYNCED), STATUS_OK);
	ck_assert_uint_eq(store_memory_unsynced(store), 0);
	store_memory_crash(store, 0);
	ck_assert(holds(store, "first"));
}
END_TEST

START_TEST(a_clone_goes_its_own_way)
{
	struct store *clone;

	ck_assert_int_eq(commit(store, "first", STORE_SYNCED), STATUS_OK);
	ck_assert_int_eq(store_memory_clone(&clone, store), STATUS_OK);
	ck_assert_int_eq(commit(clone, "second", STORE_SYNCED), STATUS_OK);
	ck_assert_int_eq(commit(store, "third", STORE_SYNCED), STATUS_OK);
	ck_assert(holds(clone, "first"));
	ck_assert(!holds(store, "second"));
	ck_assert(!holds(clone, "third"));
	store_close(clone);
}
END_TEST

START_TEST(a_failing_disk_fails_from_the_chosen_call_on)
{
	struct store *clone;

	store_memory_fail_after(store, 1);
	ck_assert_int_eq(commit(store, "first", STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(commit(store, "second", STORE_UNSYNCED), STATUS_IO);
	store_memory_crash(store, 0);
	ck_assert_int_eq(store_memory_clone(&clone, store), STATUS_OK);
	ck_assert(!holds(clone, "first"));
	ck_assert(!holds(clone, "second"));
	store_close(clone);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("store_memory");
	TCase *tcase = tcase_create("simulated disk");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_crash_keeps_what_is_synced_and_a_prefix_of_the_rest, 0, 3);
	tcase_add_test(tcase, after_a_sync_a_crash_takes_nothing);
	tcase_add_test(tcase, a_synced_commit_syncs_those_before_it);
	tcase_add_test(tcase, a_clone_goes_its_own_way);
	tcase_add_test(tcase, a_failing_disk_fails_from_the_chosen_call_on);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
