/* Goal: a store behaves as a list of keys would, whatever is done to it in whatever order.
 * Method: random writes, commits, drops, views, scans and reopenings over a small set of nasty
 * keys, each answer compared with a naive model: for every key of the set, its value or none. */
#include "tests/support/stores.h"

#include <check.h>
#include <stdlib.h>

enum {
	KEYS_MAX = 200,
	KEY_SIZE_MAX = 24,
	FAMILIES = 3,
	VIEWS = 3,
	STEPS = 20000,
	REOPEN_EVERY = 4000,
};

/* One with a fixed prefix of ids, one with a filter, one with neither. */
static const enum store_family families[FAMILIES] = { STORE_HISTORY, STORE_PERSON, STORE_WORK };

/* The keys, ascending, and what a moment holds of them: 0 for nothing, else the value's number. */
static struct {
	size_t size;
	uint8_t bytes[KEY_SIZE_MAX];
} keys[KEYS_MAX];
static size_t key_count;

struct moment {
	uint32_t values[FAMILIES][KEYS_MAX];
};

static struct moment committed;
static struct moment draft;
static struct moment seen[VIEWS];
static struct store_view *views[VIEWS];
static struct store_batch *batch;
static struct buf value;
static uint64_t seed;

/* xorshift64: the same steps on every run. */
static size_t below(size_t bound)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % bound);
}

static struct bytes key_at(size_t i)
{
	return bytes_of(keys[i].bytes, keys[i].size);
}

static int compare_keys(const void *a, const void *b)
{
	/* The first member is the size, the bytes follow; a zeroed tail sorts a shorter key first.
	 */
	const uint8_t *left = (const uint8_t *)a + sizeof(size_t);
	const uint8_t *right = (const uint8_t *)b + sizeof(size_t);
	int order = memcmp(left, right, KEY_SIZE_MAX);
	size_t left_size = *(const size_t *)a;
	size_t right_size = *(const size_t *)b;

	return order != 0 ? order : (left_size > right_size) - (left_size < right_size);
}

/* All keys of 1 to 4 bytes out of {0x00, 'a', 0xff}; and ids with a few endings. */
static void make_keys(void)
{
	static const uint8_t letters[] = { 0x00, 'a', 0xff };

	key_count = 0;
	memset(keys, 0, sizeof(keys));
	for (size_t size = 1, total = 3; size <= 4; size++, total *= 3) {
		for (size_t n = 0; n < total; n++) {
			keys[key_count].size = size;
			for (size_t i = 0, rest = n; i < size; i++, rest /= 3) {
				keys[key_count].bytes[i] = letters[rest % 3];
			}
			key_count++;
		}
	}
	for (size_t id = 0; id < 3; id++) {
		for (size_t ending = 0; ending < 10; ending++) {
			keys[key_count].size = ending == 0 ? 16 : 24;
			memset(keys[key_count].bytes, letters[id], 16);
			keys[key_count].bytes[15] = (uint8_t)(ending % 2 + 1);
			keys[key_count].bytes[23] = (uint8_t)ending;
			if (ending == 0) {
				keys[key_count].bytes[23] = 0;
			}
			key_count++;
		}
	}
	qsort(keys, key_count, sizeof(keys[0]), compare_keys);
}

static void setup(void)
{
	seed = 88172645463325252;
	buf_init(&value, 4096);
	make_keys();
	memset(&committed, 0, sizeof(committed));
	draft = committed;
	memset(views, 0, sizeof(views));
	batch = store_batch_begin(stores_store);
}

static void end_all(void)
{
	for (size_t i = 0; i < VIEWS; i++) {
		store_view_end(views[i]);
		views[i] = NULL;
	}
	store_batch_end(batch);
}

static void teardown(void)
{
	end_all();
	buf_fini(&value);
}

/* Values have their number in front and differ in length. */
static void step_put(void)
{
	uint8_t bytes[100] = { 0 };
	size_t family = below(FAMILIES);
	size_t key = below(key_count);
	uint32_t number = (uint32_t)below(UINT32_MAX - 1) + 1;

	bytes_write_u32(bytes, number);
	store_batch_put(batch, families[family], key_at(key), bytes_of(bytes, 4 + number % 90));
	draft.values[family][key] = number;
}

static void step_delete(void)
{
	size_t family = below(FAMILIES);
	size_t key = below(key_count);

	store_batch_delete(batch, families[family], key_at(key));
	draft.values[family][key] = 0;
}

static void step_commit(void)
{
	enum store_durability durability = below(20) == 0 ? STORE_SYNCED : STORE_UNSYNCED;

	ck_assert_int_eq(store_batch_commit(batch, durability), STATUS_OK);
	committed = draft;
}

static void step_drop(void)
{
	store_batch_end(batch);
	batch = store_batch_begin(stores_store);
	draft = committed;
}

static void step_view(void)
{
	size_t i = below(VIEWS);

	store_view_end(views[i]);
	views[i] = store_view_begin(stores_store);
	seen[i] = committed;
}

/* A view to look at, and what it must show. */
static struct store_view *any_view(const struct moment **moment)
{
	size_t i = below(VIEWS + 1);

	if (i == VIEWS || views[i] == NULL) {
		*moment = &draft;
		return store_batch_view(batch);
	}
	*moment = &seen[i];
	return views[i];
}

static void step_get(void)
{
	const struct moment *moment;
	struct store_view *view = any_view(&moment);
	size_t family = below(FAMILIES);
	size_t key = below(key_count);
	uint32_t number = moment->values[family][key];
	enum status status = store_get(view, &value, families[family], key_at(key));

	ck_assert_int_eq(status, number == 0 ? STATUS_NOT_FOUND : STATUS_OK);
	if (number != 0) {
		ck_assert_uint_eq(value.size, 4 + number % 90);
		ck_assert_uint_eq(bytes_read_u32(value.data), number);
	}
}

static bool starts_with(struct bytes key, struct bytes prefix)
{
	return key.size >= prefix.size && bytes_equal(bytes_of(key.data, prefix.size), prefix);
}

/* Every key from `first` on that has the prefix, no other, in order. */
static void ck_assert_scan(struct store_cursor *cursor, const uint32_t values[KEYS_MAX],
                           size_t first, struct bytes prefix)
{
	for (size_t key = first; key < key_count; key++) {
		if (values[key] == 0 || !starts_with(key_at(key), prefix)) {
			continue;
		}
		ck_assert(store_cursor_valid(cursor));
		ck_assert(bytes_equal(store_cursor_key(cursor), key_at(key)));
		ck_assert_uint_eq(bytes_read_u32(store_cursor_value(cursor).data), values[key]);
		store_cursor_next(cursor);
	}
	ck_assert(!store_cursor_valid(cursor));
	ck_assert_int_eq(store_cursor_status(cursor), STATUS_OK);
}

static void step_scan(void)
{
	const struct moment *moment;
	struct store_view *view = any_view(&moment);
	size_t family = below(FAMILIES);
	size_t first = below(key_count);
	struct bytes start = key_at(first);
	struct bytes prefix = bytes_of(start.data, below(start.size + 1));
	bool from_prefix = below(2) == 0;
	struct store_cursor *cursor = store_cursor_open(view, families[family], prefix,
	                                                from_prefix ? bytes_of("", 0) : start);

	ck_assert_scan(cursor, moment->values[family], from_prefix ? 0 : first, prefix);
	store_cursor_close(cursor);
}

/* What was not committed is lost, what was is not. */
static void reopen(void)
{
	end_all();
	stores_reopen();
	batch = store_batch_begin(stores_store);
	draft = committed;
}

START_TEST(random_steps_give_the_answers_of_the_model)
{
	for (size_t step = 1; step <= STEPS; step++) {
		size_t dice = below(100);

		if (dice < 35) {
			step_put();
		} else if (dice < 50) {
			step_delete();
		} else if (dice < 55) {
			step_commit();
		} else if (dice < 56) {
			step_drop();
		} else if (dice < 60) {
			step_view();
		} else if (dice < 80) {
			step_get();
		} else {
			step_scan();
		}
		if (step % REOPEN_EVERY == 0) {
			reopen();
		}
	}
}
END_TEST

START_TEST(a_hundred_thousand_keys_are_held_in_order)
{
	enum { COUNT = 100000 };

	for (uint64_t i = 0; i < COUNT; i++) {
		uint8_t key[8];

		bytes_write_u64(key, i * 7919 % COUNT); /* 7919 is prime: every number once */
		store_batch_put(batch, STORE_RECORD, bytes_of(key, 8), bytes_of(key, 8));
		if (i % 1000 == 999) {
			step_commit();
		}
	}
	struct store_cursor *cursor = store_cursor_open(store_batch_view(batch), STORE_RECORD,
	                                                bytes_of("", 0), bytes_of("", 0));
	for (uint64_t i = 0; i < COUNT; i++) {
		ck_assert(store_cursor_valid(cursor));
		ck_assert_uint_eq(bytes_read_u64(store_cursor_key(cursor).data), i);
		store_cursor_next(cursor);
	}
	ck_assert(!store_cursor_valid(cursor));
	store_cursor_close(cursor);
}
END_TEST

static TCase *case_over(const char *name, void (*open)(void), void (*close)(void))
{
	TCase *tcase = tcase_create(name);

	tcase_set_timeout(tcase, 300);
	tcase_add_checked_fixture(tcase, open, close);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, random_steps_give_the_answers_of_the_model);
	tcase_add_test(tcase, a_hundred_thousand_keys_are_held_in_order);
	return tcase;
}

int main(void)
{
	Suite *suite = suite_create("store_model");
	suite_add_tcase(suite, case_over("memory", stores_setup_memory, stores_teardown_memory));
	suite_add_tcase(suite, case_over("rocksdb", stores_setup_rocksdb, stores_teardown_rocksdb));

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
