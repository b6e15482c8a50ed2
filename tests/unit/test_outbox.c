/* Goal: what an office was told is queued is there, once, until it is registered or an officer has
 * dealt with it; and each limit says so.
 * Method: near misses one by one, each before and after a restart.
 */
#include "node/outbox.h"

#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { EVENT_MAX = 64 };

static struct store *store;
static struct outbox *outbox;
static struct detail detail;

static void reopen(void)
{
	outbox_close(outbox);
	outbox = NULL;
	ck_assert_int_eq(outbox_open(&outbox, store, &detail), STATUS_OK);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	reopen();
}

static void teardown(void)
{
	outbox_close(outbox);
	outbox = NULL;
	store_close(store);
}

/* Event number n, its bytes, and the ids that go with them. */
static struct outbox_event event(unsigned n)
{
	static char text[EVENT_MAX][32];
	struct outbox_event made;
	char *bytes = text[n % EVENT_MAX];

	int size = snprintf(bytes, sizeof(text[0]), "event %u", n);
	made.signed_event = bytes_of(bytes, (size_t)size);
	made.event_id = crypto_sha256(made.signed_event);
	memcpy(made.request_id.bytes, made.event_id.bytes, ID_BYTES);
	return made;
}

static enum status add(struct outbox_entry *entry, const struct outbox_event *made, int64_t now_ms)
{
	size_t which = 99;

	return outbox_add(outbox, entry, made, 1, now_ms, &which, &detail);
}

static struct outbox_entry added(unsigned n)
{
	struct outbox_event made = event(n);
	struct outbox_entry entry;

	ck_assert_int_eq(add(&entry, &made, 1000 + n), STATUS_OK);
	return entry;
}

static void ck_assert_entry(const struct outbox_entry *a, const struct outbox_entry *b)
{
	ck_assert_uint_eq(a->number, b->number);
	ck_assert_int_eq(a->queued_at_ms, b->queued_at_ms);
	ck_assert(hash_equal(&a->event_id, &b->event_id));
	ck_assert(id_equal(&a->request_id, &b->request_id));
	ck_assert_uint_eq(a->bytes, b->bytes);
	ck_assert_int_eq((int)a->state, (int)b->state);
}

static void ck_assert_event(uint64_t number, unsigned n)
{
	struct outbox_event made = event(n);
	struct buf bytes;

	buf_init(&bytes, SIGNED_EVENT_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, number, &bytes, NULL), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&bytes), made.signed_event));
	buf_fini(&bytes);
}

static void ck_assert_refusal(uint64_t number, const char *text)
{
	struct buf bytes;

	buf_init(&bytes, OUTBOX_REFUSAL_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, number, NULL, &bytes), STATUS_OK);
	ck_assert(bytes_equal(buf_bytes(&bytes), bytes_of_string(text)));
	buf_fini(&bytes);
}

static size_t count_all(void)
{
	struct outbox_entry entries[EVENT_MAX];

	return outbox_list(outbox, entries, EVENT_MAX, 0);
}

START_TEST(an_event_is_there_after_a_restart_as_it_was_taken)
{
	struct outbox_entry first = added(1);
	struct outbox_entry second = added(2);
	struct outbox_entry entries[3];

	ck_assert_uint_eq(first.number, 1);
	ck_assert_uint_eq(second.number, 2);
	for (size_t turn = 0; turn < 2; turn++) {
		ck_assert_uint_eq(outbox_list(outbox, entries, 3, 0), 2);
		ck_assert_entry(&entries[0], &first);
		ck_assert_entry(&entries[1], &second);
		ck_assert_event(1, 1);
		ck_assert_event(2, 2);
		reopen();
	}
}
END_TEST

START_TEST(the_same_event_again_is_the_same_entry)
{
	struct outbox_entry first = added(1);
	struct outbox_event made = event(1);
	struct outbox_entry again;

	ck_assert_int_eq(add(&again, &made, 99999), STATUS_OK);
	ck_assert_entry(&again, &first);
	ck_assert_uint_eq(count_all(), 1);
}
END_TEST

START_TEST(an_event_that_comes_twice_in_one_call_has_one_entry)
{
	struct outbox_event made[3] = { event(1), event(2), event(1) };
	struct outbox_entry entries[3];
	size_t which;

	ck_assert_int_eq(outbox_add(outbox, entries, made, 3, 5, &which, &detail), STATUS_OK);
	ck_assert_uint_eq(entries[0].number, 1);
	ck_assert_uint_eq(entries[1].number, 2);
	ck_assert_uint_eq(entries[2].number, 1);
	ck_assert_uint_eq(count_all(), 2);
	reopen();
	ck_assert_uint_eq(count_all(), 2);
}
END_TEST

START_TEST(a_request_id_serves_one_event_and_the_others_of_the_call_are_not_taken)
{
	struct outbox_event made[2] = { event(2), event(3) };
	struct outbox_entry entries[2];
	size_t which = 99;

	(void)added(1);
	made[1].request_id = event(1).request_id;
	ck_assert_int_eq(outbox_add(outbox, entries, made, 2, 5, &which, &detail), STATUS_EXISTS);
	ck_assert_uint_eq(which, 1);
	ck_assert_uint_eq(count_all(), 1);
	made[1].request_id.bytes[0] ^= 1; /* one bit off is another request */
	ck_assert_int_eq(outbox_add(outbox, entries, made, 2, 5, &which, &detail), STATUS_OK);
	ck_assert_uint_eq(count_all(), 3);
}
END_TEST

START_TEST(a_request_id_serves_one_event_of_a_call)
{
	struct outbox_event made[3] = { event(2), event(3), event(4) };
	struct outbox_entry entries[3];
	size_t which = 99;

	made[2].request_id = made[0].request_id;
	ck_assert_int_eq(outbox_add(outbox, entries, made, 3, 5, &which, &detail), STATUS_EXISTS);
	ck_assert_uint_eq(which, 2);
	ck_assert(hash_equal(&entries[2].event_id, &made[0].event_id));
	ck_assert_uint_eq(count_all(), 0);
	ck_assert_int_eq(outbox_add(outbox, entries, made, 2, 5, &which, &detail), STATUS_OK);
	ck_assert_int_eq(outbox_add(outbox, entries, made + 2, 1, 5, &which, &detail),
	                 STATUS_EXISTS);
	ck_assert_uint_eq(which, 0);
	ck_assert_uint_eq(entries[0].number, 1);
}
END_TEST

START_TEST(numbers_are_never_given_twice)
{
	(void)added(1);
	ck_assert_int_eq(outbox_remove(outbox, 1), STATUS_OK);
	reopen();
	ck_assert_uint_eq(count_all(), 0);
	ck_assert_uint_eq(added(1).number, 2);
}
END_TEST

START_TEST(a_refusal_is_kept_with_its_reason)
{
	struct outbox_entry entry = added(1);

	(void)added(2);
	ck_assert_refusal(1, "");
	ck_assert_int_eq(outbox_refuse(outbox, 1, bytes_of_string("L05")), STATUS_OK);
	for (size_t turn = 0; turn < 2; turn++) {
		ck_assert(outbox_find(outbox, &entry, &entry.event_id));
		ck_assert_int_eq((int)entry.state, OUTBOX_REFUSED);
		ck_assert_refusal(1, "L05");
		ck_assert_event(1, 1);
		ck_assert_uint_eq(outbox_counts(outbox).refused, 1);
		ck_assert_uint_eq(outbox_counts(outbox).waiting, 1);
		ck_assert_int_eq(outbox_counts(outbox).oldest_at_ms, 1002);
		reopen();
	}
	ck_assert_int_eq(outbox_refuse(outbox, 3, bytes_of_string("L05")), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_reason_that_is_too_long_is_left_out)
{
	static uint8_t reason[OUTBOX_REFUSAL_BYTES_MAX + 1];

	(void)added(1);
	ck_assert_int_eq(outbox_refuse(outbox, 1, bytes_of(reason, sizeof(reason))), STATUS_OK);
	ck_assert_refusal(1, "");
	ck_assert_uint_eq(outbox_counts(outbox).refused, 1);
}
END_TEST

START_TEST(a_refused_event_that_is_brought_again_waits_again)
{
	(void)added(1);
	ck_assert_int_eq(outbox_refuse(outbox, 1, bytes_of_string("L05")), STATUS_OK);
	ck_assert_uint_eq(added(1).number, 1);
	for (size_t turn = 0; turn < 2; turn++) {
		ck_assert_uint_eq(outbox_counts(outbox).waiting, 1);
		ck_assert_refusal(1, "");
		reopen();
	}
}
END_TEST

START_TEST(only_what_was_refused_is_dismissed)
{
	(void)added(1);
	ck_assert_int_eq(outbox_dismiss(outbox, 1), STATUS_REFUSED);
	ck_assert_int_eq(outbox_dismiss(outbox, 0), STATUS_NOT_FOUND);
	ck_assert_int_eq(outbox_dismiss(outbox, 2), STATUS_NOT_FOUND);
	ck_assert_uint_eq(count_all(), 1);
	ck_assert_int_eq(outbox_refuse(outbox, 1, bytes_of_string("L05")), STATUS_OK);
	ck_assert_uint_eq(added(1).number, 1); /* the office comes first */
	ck_assert_int_eq(outbox_dismiss(outbox, 1), STATUS_REFUSED);
	ck_assert_int_eq(outbox_refuse(outbox, 1, bytes_of_string("L05")), STATUS_OK);
	ck_assert_int_eq(outbox_dismiss(outbox, 1), STATUS_OK);
	ck_assert_int_eq(outbox_dismiss(outbox, 1), STATUS_NOT_FOUND);
	reopen();
	ck_assert_uint_eq(count_all(), 0);
}
END_TEST

START_TEST(what_is_not_there_is_not_found)
{
	struct outbox_event made = event(1);
	struct outbox_entry entry;
	struct buf bytes;

	buf_init(&bytes, SIGNED_EVENT_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, 1, &bytes, NULL), STATUS_NOT_FOUND);
	ck_assert_int_eq(outbox_remove(outbox, 1), STATUS_NOT_FOUND);
	ck_assert(!outbox_find(outbox, &entry, &made.event_id));
	ck_assert_uint_eq(outbox_list(outbox, &entry, 1, 0), 0);
	(void)added(1);
	made.event_id.bytes[HASH_BYTES - 1] ^= 1;
	ck_assert(!outbox_find(outbox, &entry, &made.event_id));
	ck_assert_uint_eq(outbox_list(outbox, &entry, 1, 1), 0);
	buf_fini(&bytes);
}
END_TEST

/* Events of full size until there is no room for another. */
START_TEST(it_is_full_at_its_bytes)
{
	static uint8_t bytes[SIGNED_EVENT_BYTES_MAX];
	struct outbox_event made = { .signed_event = bytes_of(bytes, sizeof(bytes)) };
	size_t fits = OUTBOX_BYTES_MAX / SIGNED_EVENT_BYTES_MAX;
	struct outbox_entry entry;

	for (size_t i = 0; i < fits; i++) {
		bytes_write_u64(made.event_id.bytes, i);
		bytes_write_u64(made.request_id.bytes, i);
		ck_assert_int_eq(add(&entry, &made, 1), STATUS_OK);
	}
	bytes_write_u64(made.event_id.bytes, fits);
	bytes_write_u64(made.request_id.bytes, fits);
	ck_assert_int_eq(add(&entry, &made, 1), STATUS_BUSY);
	ck_assert_ptr_nonnull(strstr(detail.text, "MiB"));
	ck_assert_uint_eq(outbox_counts(outbox).waiting, fits);
	made.signed_event.size = OUTBOX_BYTES_MAX - fits * SIGNED_EVENT_BYTES_MAX;
	ck_assert_int_eq(add(&entry, &made, 1), STATUS_OK);
	bytes_write_u64(made.event_id.bytes, 7);
	bytes_write_u64(made.request_id.bytes, 7);
	ck_assert_int_eq(add(&entry, &made, 1), STATUS_OK); /* is there, and needs no room */
}
END_TEST

START_TEST(it_is_full_at_its_entries)
{
	enum { CALL = 1000 };
	static struct outbox_event made[CALL];
	static struct outbox_entry entries[CALL];
	size_t which;

	for (uint64_t i = 0; i <= OUTBOX_ENTRIES_MAX; i++) {
		struct outbox_event *one = &made[i % CALL];

		one->signed_event = bytes_of("e", 1);
		bytes_write_u64(one->event_id.bytes, i);
		bytes_write_u64(one->request_id.bytes, i);
		if (i % CALL == CALL - 1) {
			ck_assert_int_eq(
			        outbox_add(outbox, entries, made, CALL, 1, &which, &detail),
			        STATUS_OK);
		}
	}
	ck_assert_int_eq(outbox_add(outbox, entries, made, 1, 1, &which, &detail), STATUS_BUSY);
	reopen();
	ck_assert_uint_eq(outbox_counts(outbox).waiting, OUTBOX_ENTRIES_MAX);
	ck_assert_int_eq(outbox_add(outbox, entries, made, 1, 1, &which, &detail), STATUS_BUSY);
	ck_assert_int_eq(outbox_remove(outbox, 5), STATUS_OK);
	ck_assert_int_eq(outbox_add(outbox, entries, made, 1, 1, &which, &detail), STATUS_OK);
	ck_assert_uint_eq(entries[0].number, OUTBOX_ENTRIES_MAX + 1);
}
END_TEST

/* Loop test: a value cut to so many bytes is no entry; 61 bytes come before an event. */
START_TEST(a_damaged_entry_is_named)
{
	uint8_t key[8];
	uint8_t value[61] = { 0 };
	struct store_batch *batch = store_batch_begin(store);

	bytes_write_u64(key, 1);
	store_batch_put(batch, STORE_WORK, bytes_of(key, sizeof(key)), bytes_of(value, (size_t)_i));
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	store_batch_end(batch);
	outbox_close(outbox);
	outbox = NULL;
	ck_assert_int_eq(outbox_open(&outbox, store, &detail), STATUS_CORRUPT);
	ck_assert_str_eq(detail.path, "outbox");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("outbox");
	TCase *cases = tcase_create("outbox");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, an_event_is_there_after_a_restart_as_it_was_taken);
	tcase_add_test(cases, the_same_event_again_is_the_same_entry);
	tcase_add_test(cases, an_event_that_comes_twice_in_one_call_has_one_entry);
	tcase_add_test(cases,
	               a_request_id_serves_one_event_and_the_others_of_the_call_are_not_taken);
	tcase_add_test(cases, a_request_id_serves_one_event_of_a_call);
	tcase_add_test(cases, numbers_are_never_given_twice);
	tcase_add_test(cases, a_refusal_is_kept_with_its_reason);
	tcase_add_test(cases, a_reason_that_is_too_long_is_left_out);
	tcase_add_test(cases, a_refused_event_that_is_brought_again_waits_again);
	tcase_add_test(cases, only_what_was_refused_is_dismissed);
	tcase_add_test(cases, what_is_not_there_is_not_found);
	tcase_add_test(cases, it_is_full_at_its_bytes);
	tcase_add_test(cases, it_is_full_at_its_entries);
	tcase_add_loop_test(cases, a_damaged_entry_is_named, 0, 62);
	tcase_set_timeout(cases, 60);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
