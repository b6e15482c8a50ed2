/* Goal: what was asked stays in the log, in one chain that shows any change; a person finds the
 * entries that name the person, an auditor those of a name in a period, each once and in order.
 * Method: a few hundred entries with persons, names and times by a fixed rule, over the store in
 * memory; lists are compared with a walk over all entries, hashes with their definition; bytes are
 * changed underneath.
 */
#include "node/access_log.h"

#include "ledger/store/keys.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENTRIES = 300, PEOPLE = 5, NAMES = 3, START_MS = 1000000 };

static struct store *store;
static struct access_head head;
static struct arena arena;
static struct detail detail;

static struct id person_of(size_t n)
{
	struct id person = { { 0 } };

	person.bytes[0] = 7;
	person.bytes[ID_BYTES - 1] = (uint8_t)n;
	return person;
}

static const char *name_of(size_t n)
{
	static const char *const names[NAMES] = { "court-14", "c-070803", "c-07080" };

	return names[n % NAMES];
}

/* Whom entry n names: nobody, one or two. */
static size_t told_by(struct id told[2], size_t n)
{
	told[0] = person_of(n % PEOPLE);
	told[1] = person_of((n / 3) % PEOPLE);
	return n % 7 == 0 ? 0 : n % 2 == 0 || id_equal(&told[0], &told[1]) ? 1 : 2;
}

static int64_t time_of(size_t n)
{
	return START_MS + (int64_t)(n / 2) * 10; /* two at a time */
}

static void append(size_t from, size_t count)
{
	struct access_draft drafts[ENTRIES];
	struct access_draft *listed[ENTRIES];
	Civil__V1__AccessEntry entries[ENTRIES];
	Civil__V1__RefusedAttempt attempts[ENTRIES];
	struct id told[ENTRIES][2];

	for (size_t i = 0; i < count; i++) {
		size_t n = from + i;

		civil__v1__access_entry__init(&entries[i]);
		entries[i].at_ms = time_of(n);
		entries[i].caller = arena_string(&arena, n % 4 == 0 ? "" : name_of(n));
		if (n % 5 == 0) {
			civil__v1__refused_attempt__init(&attempts[i]);
			attempts[i].office_id = arena_string(&arena, name_of(n + n % 2));
			entries[i].attempt = &attempts[i];
		}
		drafts[i] = (struct access_draft){ .entry = &entries[i], .told = told[i] };
		drafts[i].told_count = told_by(told[i], n);
		listed[i] = &drafts[i];
	}
	ck_assert_int_eq(access_log_append(store, &head, listed, count), STATUS_OK);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	arena_init(&arena, 1 << 22);
	head = (struct access_head){ .count = 0 };
}

static void teardown(void)
{
	arena_fini(&arena);
	store_close(store);
}

static void append_all(void)
{
	for (size_t n = 0; n < ENTRIES; n += 60) {
		append(n, 60);
	}
}

START_TEST(the_chain_links_every_entry_and_its_head_is_found_again)
{
	struct hash previous = { { 0 } };
	struct access_head found;

	append_all();
	struct store_view *view = store_view_begin(store);
	for (uint64_t index = 0; index < ENTRIES; index++) {
		Civil__V1__AccessEntry *entry;
		uint8_t bytes[512];
		struct buf value;
		struct key key;

		key_record(&key, index);
		buf_init(&value, sizeof(bytes));
		ck_assert_int_eq(store_get(view, &value, STORE_RECORD, key_bytes(&key)), STATUS_OK);
		ck_assert_int_eq(access_log_read(view, &entry, index, &arena), STATUS_OK);
		ck_assert_uint_eq(entry->index, index);
		ck_assert_int_eq(entry->at_ms, time_of(index));
		ck_assert_uint_eq(entry->previous.len, HASH_BYTES);
		ck_assert_mem_eq(entry->previous.data, previous.bytes, HASH_BYTES);
		size_t domain = strlen(ACCESS_DOMAIN);
		memcpy(bytes, ACCESS_DOMAIN, domain);
		memcpy(bytes + domain, value.data, value.size);
		previous = crypto_sha256(bytes_of(bytes, domain + value.size));
		buf_fini(&value);
	}
	ck_assert_int_eq(access_log_head(view, &found, &detail), STATUS_OK);
	ck_assert_uint_eq(found.count, ENTRIES);
	ck_assert(hash_equal(&found.hash, &previous));
	ck_assert(hash_equal(&found.hash, &head.hash));
	Civil__V1__AccessEntry *none;
	ck_assert_int_eq(access_log_read(view, &none, ENTRIES, &arena), STATUS_NOT_FOUND);
	store_view_end(view);
}
END_TEST

START_TEST(a_last_entry_that_was_changed_or_taken_away_is_seen) /* loop test */
{
	struct access_head found;
	struct buf value;
	struct key key;

	append_all();
	key_record(&key, ENTRIES - 1);
	struct store_view *view = store_view_begin(store);
	buf_init(&value, 4096);
	ck_assert_int_eq(store_get(view, &value, STORE_RECORD, key_bytes(&key)), STATUS_OK);
	store_view_end(view);
	value.data[value.size / 2] ^= 1;
	struct store_batch *batch = store_batch_begin(store);
	if (_i == 0) {
		store_batch_put(batch, STORE_RECORD, key_bytes(&key), buf_bytes(&value));
	} else {
		store_batch_delete(batch, STORE_RECORD, key_bytes(&key));
	}
	ck_assert_int_eq(store_batch_commit(batch, STORE_SYNCED), STATUS_OK);
	store_batch_end(batch);
	buf_fini(&value);
	view = store_view_begin(store);
	ck_assert_int_eq(access_log_head(view, &found, &detail), STATUS_CORRUPT);
	ck_assert_str_eq(detail.path, "access");
	store_view_end(view);
}
END_TEST

static bool names(size_t n, const bool wanted[PEOPLE])
{
	struct id told[2];
	size_t count = told_by(told, n);
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		found = found || wanted[told[i].bytes[ID_BYTES - 1]];
	}
	return found;
}

START_TEST(a_person_finds_each_entry_once_and_in_order) /* loop test: sets of persons */
{
	struct id persons[PEOPLE];
	bool wanted[PEOPLE];
	uint64_t indexes[ENTRIES];
	size_t person_count = 0;
	size_t count;

	append_all();
	for (size_t p = 0; p < PEOPLE; p++) {
		wanted[p] = (_i >> p & 1) != 0;
		if (wanted[p]) {
			persons[person_count] = person_of(p);
			person_count++;
		}
	}
	struct store_view *view = store_view_begin(store);
	for (size_t from = 0; from <= ENTRIES; from += 75) {
		size_t at = 0;

		ck_assert_int_eq(access_log_of_persons(view, indexes, &count, 50, persons,
		                                       person_count, from),
		                 STATUS_OK);
		for (size_t n = from; n < ENTRIES && at < 50; n++) {
			if (names(n, wanted)) {
				ck_assert_uint_lt(at, count);
				ck_assert_uint_eq(indexes[at], n);
				at++;
			}
		}
		ck_assert_uint_eq(at, count);
	}
	store_view_end(view);
}
END_TEST

/* Whether entry n is of the name: as caller, or as office of what was refused. */
static bool is_of(size_t n, const char *name)
{
	return (n % 4 != 0 && strcmp(name_of(n), name) == 0) ||
	       (n % 5 == 0 && strcmp(name_of(n + n % 2), name) == 0);
}

START_TEST(a_name_finds_its_entries_of_a_period_and_no_other_names) /* loop test: names */
{
	const char *name = name_of((size_t)_i);
	const struct access_place from = { .at_ms = time_of(40) };
	struct access_place places[ENTRIES];
	size_t count;
	size_t at = 0;

	append_all();
	struct store_view *view = store_view_begin(store);
	ck_assert_int_eq(
	        access_log_of_name(view, places, &count, ENTRIES, name, from, time_of(200)),
	        STATUS_OK);
	for (size_t n = 40; n < 200; n++) {
		if (is_of(n, name)) {
			ck_assert_uint_lt(at, count);
			ck_assert_uint_eq(places[at].index, n);
			ck_assert_int_eq(places[at].at_ms, time_of(n));
			at++;
		}
	}
	ck_assert_uint_eq(at, count);
	ck_assert_uint_gt(count, 20);
	/* goes on in the midst of an instant */
	ck_assert_int_eq(access_log_of_name(view, places, &count, 1, name, places[7], time_of(200)),
	                 STATUS_OK);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(access_log_of_name(view, places, &count, 1, "", from, INT64_MAX),
	                 STATUS_INVALID);
	store_view_end(view);
}
END_TEST

START_TEST(an_entry_that_is_too_large_leaves_nothing)
{
	struct access_draft *listed[1];
	Civil__V1__AccessEntry entry;
	struct access_draft draft = { .entry = &entry };
	struct access_head before;

	append(0, 3);
	before = head;
	civil__v1__access_entry__init(&entry);
	entry.purpose = arena_alloc(&arena, ACCESS_ENTRY_BYTES_MAX + 1);
	memset(entry.purpose, 'x', ACCESS_ENTRY_BYTES_MAX);
	listed[0] = &draft;
	ck_assert_int_eq(access_log_append(store, &head, listed, 1), STATUS_NO_MEMORY);
	ck_assert_mem_eq(&before, &head, sizeof(head));
	struct store_view *view = store_view_begin(store);
	Civil__V1__AccessEntry *none;
	ck_assert_int_eq(access_log_read(view, &none, 3, &arena), STATUS_NOT_FOUND);
	store_view_end(view);
	append(3, 1);
}
END_TEST

START_TEST(what_is_said_to_be_held_is) /* loop test: sizes around the limit */
{
	struct access_draft *listed[1];
	Civil__V1__AccessEntry entry;
	struct access_draft draft = { .entry = &entry };

	civil__v1__access_entry__init(&entry);
	listed[0] = &draft;
	head.count = UINT64_MAX - 1; /* the longest index there is */
	size_t size = ACCESS_ENTRY_BYTES_MAX - 100 + (size_t)_i;
	entry.purpose = arena_alloc(&arena, size + 1);
	memset(entry.purpose, 'x', size);
	bool holds = access_log_holds(&entry);
	enum status status = access_log_append(store, &head, listed, 1);
	ck_assert_int_eq(status, holds ? STATUS_OK : STATUS_NO_MEMORY);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("access_log");
	TCase *tcase = tcase_create("access_log");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_chain_links_every_entry_and_its_head_is_found_again);
	tcase_add_loop_test(tcase, a_last_entry_that_was_changed_or_taken_away_is_seen, 0, 2);
	tcase_add_loop_test(tcase, a_person_finds_each_entry_once_and_in_order, 0, 1 << PEOPLE);
	tcase_add_loop_test(tcase, a_name_finds_its_entries_of_a_period_and_no_other_names, 0,
	                    NAMES);
	tcase_add_test(tcase, an_entry_that_is_too_large_leaves_nothing);
	tcase_add_loop_test(tcase, what_is_said_to_be_held_is, 0, 101);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
