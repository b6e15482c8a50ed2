/* Goal: both stores keep the contract of store.h: order, atomic batches, isolation, overlay.
 * Method: every test runs over the store in memory and over RocksDB in a fresh folder. Single cases
 * pin each sentence of the contract; random operations are compared with a naive model. */
#include "ledger/store/store.h"
#include "tests/support/stores.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

static struct buf value;

static void setup_value(void)
{
	buf_init(&value, 100000);
}

static void teardown_value(void)
{
	buf_fini(&value);
}

static void put(struct store_batch *batch, enum store_family family, const char *key,
                const char *text)
{
	store_batch_put(batch, family, bytes_of_string(key), bytes_of_string(text));
}

static void delete (struct store_batch *batch, enum store_family family, const char *key)
{
	store_batch_delete(batch, family, bytes_of_string(key));
}

static void ck_assert_value(struct store_view *view, enum store_family family, const char *key,
                            const char *text)
{
	enum status status = store_get(view, &value, family, bytes_of_string(key));

	if (text == NULL) {
		ck_assert_int_eq(status, STATUS_NOT_FOUND);
	} else {
		ck_assert_int_eq(status, STATUS_OK);
		ck_assert(bytes_equal(buf_bytes(&value), bytes_of_string(text)));
	}
}

/* Compares "key=value key=value" of a scan. */
static void ck_assert_scan(struct store_view *view, enum store_family family, const char *prefix,
                           const char *start, const char *expected)
{
	struct store_cursor *cursor =
	        store_cursor_open(view, family, bytes_of_string(prefix), bytes_of_string(start));
	struct buf found;

	buf_init(&found, 10000);
	for (; store_cursor_valid(cursor); store_cursor_next(cursor)) {
		buf_append_string(&found, found.size == 0 ? "" : " ");
		buf_append(&found, store_cursor_key(cursor));
		buf_append_string(&found, "=");
		buf_append(&found, store_cursor_value(cursor));
	}
	ck_assert_int_eq(store_cursor_status(cursor), STATUS_OK);
	store_cursor_close(cursor);
	buf_append_u8(&found, 0);
	ck_assert_str_eq((const char *)found.data, expected);
	buf_fini(&found);
}

static void commit(struct store_batch *batch)
{
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
}

static void put_four(void)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_PERSON, "aa", "1");
	put(batch, STORE_PERSON, "ab", "2");
	put(batch, STORE_PERSON, "b", "3");
	put(batch, STORE_NUMBER, "ab", "other family");
	commit(batch);
	store_batch_end(batch);
}

START_TEST(what_was_committed_is_there_and_survives_reopening)
{
	put_four();
	stores_reopen();
	struct store_view *view = store_view_begin(stores_store);

	ck_assert_value(view, STORE_PERSON, "ab", "2");
	ck_assert_value(view, STORE_NUMBER, "ab", "other family");
	ck_assert_value(view, STORE_NUMBER, "aa", NULL);
	ck_assert_value(view, STORE_PERSON, "a", NULL);
	ck_assert_value(view, STORE_PERSON, "abc", NULL);
	store_view_end(view);
}
END_TEST

START_TEST(what_was_not_committed_is_gone)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_META, "k", "dropped");
	store_batch_end(batch);
	stores_reopen();
	struct store_view *view = store_view_begin(stores_store);

	ck_assert_value(view, STORE_META, "k", NULL);
	store_view_end(view);
}
END_TEST

START_TEST(an_empty_value_is_not_absence)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_META, "k", "");
	ck_assert_value(store_batch_view(batch), STORE_META, "k", "");
	commit(batch);
	ck_assert_value(store_batch_view(batch), STORE_META, "k", "");
	store_batch_end(batch);
}
END_TEST

START_TEST(a_value_beyond_the_buffer_is_no_memory)
{
	struct store_view *view;
	struct buf small;

	put_four();
	buf_init(&small, 3);
	view = store_view_begin(stores_store);
	ck_assert_int_eq(store_get(view, &small, STORE_NUMBER, bytes_of_string("ab")),
	                 STATUS_NO_MEMORY);
	store_view_end(view);
	buf_fini(&small);
}
END_TEST

START_TEST(a_view_shows_the_moment_it_began)
{
	put_four();
	struct store_view *before = store_view_begin(stores_store);
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_PERSON, "ab", "changed");
	put(batch, STORE_PERSON, "ac", "new");
	delete (batch, STORE_PERSON, "aa");
	commit(batch);
	struct store_view *after = store_view_begin(stores_store);

	ck_assert_scan(before, STORE_PERSON, "", "", "aa=1 ab=2 b=3");
	ck_assert_value(before, STORE_PERSON, "ab", "2");
	ck_assert_scan(after, STORE_PERSON, "", "", "ab=changed ac=new b=3");
	ck_assert_value(after, STORE_PERSON, "aa", NULL);
	store_view_end(before);
	store_view_end(after);
	store_batch_end(batch);
}
END_TEST

START_TEST(a_batch_reads_its_own_writes_over_the_last_commit)
{
	put_four();
	struct store_batch *batch = store_batch_begin(stores_store);
	struct store_view *view = store_batch_view(batch);

	ck_assert_scan(view, STORE_PERSON, "a", "", "aa=1 ab=2");
	put(batch, STORE_PERSON, "aab", "4");
	put(batch, STORE_PERSON, "ab", "twice");
	put(batch, STORE_PERSON, "ab", "last");
	delete (batch, STORE_PERSON, "aa");
	put(batch, STORE_PERSON, "c", "5");
	delete (batch, STORE_PERSON, "c");
	put(batch, STORE_PERSON, "ad", "6");
	ck_assert_scan(view, STORE_PERSON, "", "", "aab=4 ab=last ad=6 b=3");
	ck_assert_scan(view, STORE_PERSON, "a", "ab", "ab=last ad=6");
	ck_assert_value(view, STORE_PERSON, "aa", NULL);
	ck_assert_value(view, STORE_PERSON, "ab", "last");
	ck_assert_value(view, STORE_PERSON, "b", "3");
	ck_assert_value(view, STORE_PERSON, "c", NULL);
	ck_assert_value(view, STORE_NUMBER, "ab", "other family");
	commit(batch);
	ck_assert_scan(view, STORE_PERSON, "", "", "aab=4 ab=last ad=6 b=3");
	store_batch_end(batch);
	stores_reopen();
	view = store_view_begin(stores_store);
	ck_assert_scan(view, STORE_PERSON, "", "", "aab=4 ab=last ad=6 b=3");
	store_view_end(view);
}
END_TEST

START_TEST(other_views_do_not_see_an_open_batch)
{
	put_four();
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_PERSON, "ab", "draft");
	struct store_view *view = store_view_begin(stores_store);
	ck_assert_value(view, STORE_PERSON, "ab", "2");
	commit(batch);
	ck_assert_value(view, STORE_PERSON, "ab", "2");
	store_view_end(view);
	store_batch_end(batch);
}
END_TEST

START_TEST(a_committed_batch_begins_again_empty)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_META, "k", "1");
	commit(batch);
	delete (batch, STORE_META, "k");
	commit(batch);
	commit(batch);
	ck_assert_value(store_batch_view(batch), STORE_META, "k", NULL);
	store_batch_end(batch);
}
END_TEST

START_TEST(iteration_follows_unsigned_bytes_and_stops_at_the_prefix)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_NAME, "\xff\xff", "5");
	put(batch, STORE_NAME, "\xff", "4");
	put(batch, STORE_NAME, "\x7f", "2");
	put(batch, STORE_NAME, "\x80", "3");
	put(batch, STORE_NAME, "\x01", "1");
	for (int round = 0; round < 2; round++) {
		struct store_view *view = store_batch_view(batch);

		ck_assert_scan(view, STORE_NAME, "", "", "\x01=1 \x7f=2 \x80=3 \xff=4 \xff\xff=5");
		ck_assert_scan(view, STORE_NAME, "\xff", "", "\xff=4 \xff\xff=5");
		ck_assert_scan(view, STORE_NAME, "\xff\xff", "", "\xff\xff=5");
		ck_assert_scan(view, STORE_NAME, "\xff", "\xff\x01", "\xff\xff=5");
		ck_assert_scan(view, STORE_NAME, "", "\x80", "\x80=3 \xff=4 \xff\xff=5");
		ck_assert_scan(view, STORE_NAME, "\x02", "", "");
		ck_assert_scan(view, STORE_NAME, "\xff\xff\xff", "", "");
		ck_assert_scan(view, STORE_META, "", "", "");
		commit(batch);
	}
	store_batch_end(batch);
}
END_TEST

START_TEST(keys_of_the_greatest_length_and_prefix_work)
{
	struct store_batch *batch = store_batch_begin(stores_store);
	uint8_t key[STORE_KEY_BYTES_MAX];
	struct store_cursor *cursor;

	memset(key, 0xff, sizeof(key));
	store_batch_put(batch, STORE_HISTORY, bytes_of(key, sizeof(key)), bytes_of_string("v"));
	commit(batch);
	cursor = store_cursor_open(store_batch_view(batch), STORE_HISTORY,
	                           bytes_of(key, sizeof(key)), bytes_of("", 0));
	ck_assert(store_cursor_valid(cursor));
	ck_assert_uint_eq(store_cursor_key(cursor).size, sizeof(key));
	store_cursor_next(cursor);
	ck_assert(!store_cursor_valid(cursor));
	store_cursor_close(cursor);
	store_batch_end(batch);
}
END_TEST

START_TEST(synced_commits_and_sync_succeed)
{
	struct store_batch *batch = store_batch_begin(stores_store);

	put(batch, STORE_META, "k", "1");
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	put(batch, STORE_META, "k", "2");
	commit(batch);
	ck_assert_int_eq(store_sync(stores_store), STATUS_OK);
	ck_assert_str_eq(store_fault(stores_store), "");
	store_batch_end(batch);
}
END_TEST

/* Reads whole views until the last round is seen; every view holds equal values only. */
static void *read_rounds(void *argument)
{
	uint64_t *seen = argument;
	uint64_t last = 0;

	while (last < 300) {
		struct store_view *view = store_view_begin(stores_store);
		struct store_cursor *cursor =
		        store_cursor_open(view, STORE_PERSON, bytes_of("", 0), bytes_of("", 0));
		uint64_t first = 0;

		for (; store_cursor_valid(cursor); store_cursor_next(cursor)) {
			uint64_t round = bytes_read_u64(store_cursor_value(cursor).data);

			if (first != 0 && round != first) {
				*seen = 0; /* torn: the main thread reports it */
				last = 300;
			}
			first = round;
		}
		last = first > last ? first : last;
		store_cursor_close(cursor);
		store_view_end(view);
	}
	return NULL;
}

START_TEST(views_on_another_thread_never_see_half_a_commit)
{
	pthread_t thread;
	uint64_t whole = 1;

	ck_assert_int_eq(pthread_create(&thread, NULL, read_rounds, &whole), 0);
	struct store_batch *batch = store_batch_begin(stores_store);
	for (uint64_t round = 1; round <= 300; round++) {
		uint8_t bytes[8];

		bytes_write_u64(bytes, round);
		for (int letter = 'a'; letter <= 'z'; letter++) {
			const char key = (char)letter;

			store_batch_put(batch, STORE_PERSON, bytes_of(&key, 1), bytes_of(bytes, 8));
		}
		commit(batch);
	}
	store_batch_end(batch);
	ck_assert_int_eq(pthread_join(thread, NULL), 0);
	ck_assert_uint_eq(whole, 1);
}
END_TEST

static TCase *case_over(const char *name, void (*setup)(void), void (*teardown)(void))
{
	TCase *tcase = tcase_create(name);

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup_value, teardown_value);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, what_was_committed_is_there_and_survives_reopening);
	tcase_add_test(tcase, what_was_not_committed_is_gone);
	tcase_add_test(tcase, an_empty_value_is_not_absence);
	tcase_add_test(tcase, a_value_beyond_the_buffer_is_no_memory);
	tcase_add_test(tcase, a_view_shows_the_moment_it_began);
	tcase_add_test(tcase, a_batch_reads_its_own_writes_over_the_last_commit);
	tcase_add_test(tcase, other_views_do_not_see_an_open_batch);
	tcase_add_test(tcase, a_committed_batch_begins_again_empty);
	tcase_add_test(tcase, iteration_follows_unsigned_bytes_and_stops_at_the_prefix);
	tcase_add_test(tcase, keys_of_the_greatest_length_and_prefix_work);
	tcase_add_test(tcase, synced_commits_and_sync_succeed);
	tcase_add_test(tcase, views_on_another_thread_never_see_half_a_commit);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("store");
	suite_add_tcase(suite, case_over("memory", stores_setup_memory, stores_teardown_memory));
	suite_add_tcase(suite, case_over("rocksdb", stores_setup_rocksdb, stores_teardown_rocksdb));

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
