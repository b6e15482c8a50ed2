/* Goal: the same events make the same ledger however they are batched; what is refused leaves
 * nothing; what was answered is answered again; and a ledger that was changed does not open.
 * Method: the events of a made-up country go through ledgers over memory stores, in batches of
 * different sizes; heads, receipts and views are compared. Single bytes of the store are changed.
 */
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/ledger_internal.h"
#include "ledger/log/merkle.h"
#include "ledger/number.h"
#include "ledger/store/keys.h"
#include "tools/populate/family.h"

#include <check.h>
#include <stdlib.h>

enum { EVENTS = 300, DAY_MS = 86400000 };
#define RECORDED_AT_MS INT64_C(1790000000000)

static struct bytes events[EVENTS];
static const char *expected[EVENTS];
static size_t event_count;
static struct id ledger_name;
static struct store *store;
static struct ledger *ledger;
static struct ledger_result results[BATCH_EVENTS_MAX];

static bool collect(void *context, struct bytes signed_event, int64_t recorded_at_ms,
                    const char *rules)
{
	uint8_t *copy = malloc(signed_event.size);

	(void)context;
	(void)recorded_at_ms;
	memcpy(copy, signed_event.data, signed_event.size);
	events[event_count] = bytes_of(copy, signed_event.size);
	expected[event_count] = rules[0] == '\0' ? "" : "refused";
	event_count++;
	return event_count < EVENTS;
}

/* A country of two communes, its founding and its first families. */
static void make_events(void)
{
	const struct writer_sink sink = { .event = collect };
	struct country *country;
	struct writer writer;
	uint64_t serial = 24;

	ck_assert_int_eq(country_new(&country, "tools/data/gazetteer.tsv", 2, 3, NULL), STATUS_OK);
	writer_init(&writer, 3, &sink);
	ledger_name = writer.ledger;
	country_found(country, &writer);
	while (!writer.stopped) {
		struct family family = {
			.country = country, .writer = &writer, .serial = &serial, .refused = 10
		};

		family_live(&family);
	}
	writer_fini(&writer);
	country_free(country);
}

static void open_empty(void)
{
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	ck_assert_int_eq(ledger_format(store, &ledger_name, NULL), STATUS_OK);
	ck_assert_int_eq(ledger_open(&ledger, store, NULL), STATUS_OK);
}

static void close_all(void)
{
	ledger_close(ledger);
	store_close(store);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	make_events();
	open_empty();
}

static void teardown(void)
{
	close_all();
	for (size_t i = 0; i < event_count; i++) {
		union {
			const uint8_t *in;
			uint8_t *out;
		} pointer = { .in = events[i].data };

		free(pointer.out);
	}
	event_count = 0;
}

static enum status apply(size_t first, size_t count, int64_t at_ms)
{
	const struct ledger_batch batch = {
		.number = ledger_head(ledger).batch + 1,
		.recorded_at_ms = at_ms,
		.events = events + first,
		.count = count,
	};

	return ledger_apply(ledger, results, &batch, STORE_UNSYNCED);
}

static void apply_all(size_t batch_size)
{
	for (size_t first = 0; first < EVENTS; first += batch_size) {
		size_t count = EVENTS - first < batch_size ? EVENTS - first : batch_size;

		ck_assert_int_eq(apply(first, count, RECORDED_AT_MS), STATUS_OK);
		for (size_t i = 0; i < count; i++) {
			ck_assert_int_eq(results[i].status, expected[first + i][0] == '\0'
			                                            ? STATUS_OK
			                                            : STATUS_REFUSED);
		}
	}
}

START_TEST(batches_of_any_size_make_the_same_ledger) /* loop test, 0 .. 2 */
{
	static const size_t sizes[] = { 2, 17, 300 };

	apply_all(1);
	struct ledger_head one_by_one = ledger_head(ledger);
	close_all();
	open_empty();
	apply_all(sizes[_i]);
	struct ledger_head head = ledger_head(ledger);
	ck_assert_uint_eq(head.size, one_by_one.size);
	ck_assert(hash_equal(&head.head, &one_by_one.head));
	ck_assert(hash_equal(&head.root, &one_by_one.root));
	ck_assert_uint_ne(head.batch, one_by_one.batch);
}
END_TEST

START_TEST(the_same_event_gets_its_first_receipt_for_ever)
{
	struct hash hash;

	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS), STATUS_OK);
	memcpy(hash.bytes, results[0].receipt->record_hash.data, HASH_BYTES);
	ck_assert(!results[0].repeated);
	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS + 5 * DAY_MS), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_OK);
	ck_assert(results[0].repeated);
	ck_assert_uint_eq(results[0].receipt->index, 0);
	ck_assert_int_eq(results[0].receipt->recorded_at_ms, RECORDED_AT_MS);
	ck_assert_mem_eq(results[0].receipt->record_hash.data, hash.bytes, HASH_BYTES);
	ck_assert_uint_eq(ledger_head(ledger).size, 1);
}
END_TEST

START_TEST(an_event_twice_in_one_batch_makes_one_record)
{
	struct bytes twice[2] = { events[0], events[0] };
	const struct ledger_batch batch = {
		.number = 1, .recorded_at_ms = RECORDED_AT_MS, .events = twice, .count = 2
	};

	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(results[1].status, STATUS_OK);
	ck_assert(results[1].repeated);
	ck_assert_uint_eq(ledger_head(ledger).size, 1);
}
END_TEST

/* Without this, an office could hear that its event was refused while a copy of it, sent by another
 * road and standing later in the batch, was accepted. */
START_TEST(a_copy_of_what_a_batch_refused_is_refused_with_it)
{
	struct bytes copies[3] = { events[1], events[0], events[1] };
	const struct ledger_batch batch = {
		.number = 1, .recorded_at_ms = RECORDED_AT_MS, .events = copies, .count = 3
	};

	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_REFUSED);
	ck_assert_int_eq(results[1].status, STATUS_OK);
	ck_assert_int_eq(results[2].status, STATUS_REFUSED);
	ck_assert_uint_eq(results[2].verdict.finding_count, results[0].verdict.finding_count);
	ck_assert_int_eq(apply(1, 1, RECORDED_AT_MS), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_OK);
}
END_TEST

START_TEST(a_request_id_serves_one_event)
{
	struct arena arena;
	struct event event;
	struct buf other;
	struct hash id;
	Civil__V1__EventHeader header;

	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS), STATUS_OK);
	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	ck_assert_int_eq(event_admit(&event, events[0], &arena, NULL), STATUS_OK);
	header = *event.header;
	header.signed_at_ms++;
	header.n_references = 0;
	struct composition composition = { .header = &header, .content = event.content };
	struct compose_key key;
	compose_key_of_seed(&key, (const uint8_t *)"0123456789abcdef0123456789abcdef");
	composition.keys = &key;
	composition.key_count = 1;
	buf_init(&other, SIGNED_EVENT_BYTES_MAX);
	ck_assert_int_eq(compose_event(&other, &id, &composition, &arena), STATUS_OK);
	struct bytes bytes = buf_bytes(&other);
	const struct ledger_batch batch = {
		.number = 2, .recorded_at_ms = RECORDED_AT_MS, .events = &bytes, .count = 1
	};
	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_EXISTS);
	ck_assert(hash_equal(&results[0].first_event_id, &event.id));
	ck_assert_uint_eq(ledger_head(ledger).size, 1);
	buf_fini(&other);
	arena_fini(&arena);
}
END_TEST

START_TEST(an_event_admitted_before_becomes_the_same_record)
{
	struct arena arena;
	struct event event;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	ck_assert_int_eq(event_admit(&event, events[0], &arena, NULL), STATUS_OK);
	const struct event *admitted[2] = { &event, NULL };
	const struct ledger_batch batch = { .number = 1,
		                            .recorded_at_ms = RECORDED_AT_MS,
		                            .events = events,
		                            .count = 2,
		                            .admitted = admitted };
	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_OK);
	struct hash head = ledger_head(ledger).head;
	close_all();
	open_empty();
	ck_assert_int_eq(apply(0, 2, RECORDED_AT_MS), STATUS_OK);
	struct hash again = ledger_head(ledger).head;
	ck_assert(hash_equal(&head, &again));
	arena_fini(&arena);
}
END_TEST

START_TEST(a_batch_whose_records_differ_from_those_expected_leaves_nothing)
{
	struct hash hashes[3];
	struct ledger_batch batch = { .number = 1,
		                      .recorded_at_ms = RECORDED_AT_MS,
		                      .events = events,
		                      .count = 3,
		                      .expected = hashes };

	ck_assert_int_eq(apply(0, 3, RECORDED_AT_MS), STATUS_OK);
	for (size_t i = 0; i < 3; i++) {
		memcpy(hashes[i].bytes, results[i].receipt->record_hash.data, HASH_BYTES);
	}
	struct ledger_head first = ledger_head(ledger);
	close_all();
	open_empty();
	hashes[2].bytes[31] ^= 1;
	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_DIVERGED);
	ck_assert_uint_eq(ledger_head(ledger).size, 0);
	hashes[2].bytes[31] ^= 1;
	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_OK);
	struct ledger_head second = ledger_head(ledger);
	ck_assert(hash_equal(&first.root, &second.root));
	batch.number = 2; /* records that are there already are not new ones */
	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED), STATUS_DIVERGED);
}
END_TEST

START_TEST(batches_come_in_order)
{
	static const uint64_t wrong[] = { 0, 2, UINT64_MAX };
	const struct ledger_batch batch = {
		.number = wrong[_i], .recorded_at_ms = 1, .events = events, .count = 1
	};

	ck_assert_int_eq(ledger_apply(ledger, results, &batch, STORE_UNSYNCED),
	                 STATUS_OUT_OF_RANGE);
	ck_assert_uint_eq(ledger_head(ledger).batch, 0);
}
END_TEST

START_TEST(recorded_time_never_goes_back)
{
	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS), STATUS_OK);
	ck_assert_int_eq(apply(1, 1, RECORDED_AT_MS - DAY_MS), STATUS_OK);
	ck_assert_int_eq(results[0].receipt->recorded_at_ms, RECORDED_AT_MS);
}
END_TEST

START_TEST(an_event_of_another_ledger_is_not_admitted)
{
	close_all();
	ledger_name.bytes[0] ^= 1;
	open_empty();
	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_INVALID);
	ck_assert_str_eq(results[0].detail.path, "header.ledger_id");
}
END_TEST

START_TEST(nothing_but_genesis_founds_a_ledger)
{
	ck_assert_int_eq(apply(1, 1, RECORDED_AT_MS), STATUS_OK);
	ck_assert_int_eq(results[0].status, STATUS_REFUSED);
	ck_assert_uint_eq(ledger_head(ledger).size, 0);
}
END_TEST

START_TEST(a_ledger_is_formatted_once_and_only_then_opens)
{
	struct store *empty;
	struct ledger *none;
	struct detail detail = { "", "" };

	ck_assert_int_eq(ledger_format(store, &ledger_name, &detail), STATUS_EXISTS);
	ck_assert_int_eq(store_memory_open(&empty), STATUS_OK);
	ck_assert_int_eq(ledger_open(&none, empty, &detail), STATUS_NOT_FOUND);
	ck_assert_ptr_nonnull(strstr(detail.text, "format"));
	store_close(empty);
}
END_TEST

/* Changes one value of the store behind the ledger's back. */
static void flip(enum store_family family, struct bytes key, size_t at)
{
	struct store_batch *batch = store_batch_begin(store);
	struct buf value;

	buf_init(&value, 1 << 20);
	ck_assert_int_eq(store_get(store_batch_view(batch), &value, family, key), STATUS_OK);
	value.data[at] ^= 1;
	store_batch_put(batch, family, key, buf_bytes(&value));
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
	buf_fini(&value);
}

START_TEST(a_changed_last_record_head_or_tree_does_not_open) /* loop test, 0 .. 3 */
{
	struct key keys[4];
	static const enum store_family families[] = { STORE_RECORD, STORE_META, STORE_TREE,
		                                      STORE_META };

	apply_all(50);
	uint64_t size = ledger_head(ledger).size;
	key_record(&keys[0], size - 1);
	key_meta(&keys[1], "head");
	key_tree(&keys[2], 0, size - 1);
	key_meta(&keys[3], "format");
	ledger_close(ledger);
	ledger = NULL;
	flip(families[_i], key_bytes(&keys[_i]), _i == 1 ? 30 : 2);
	struct detail detail = { "", "" };
	enum status status = ledger_open(&ledger, store, &detail);
	/* The tree's leaf counts only where the edge still needs it. */
	if (_i == 2 && size % 2 == 0) {
		ck_assert_int_eq(status, STATUS_OK);
	} else {
		ck_assert_int_eq(status, _i == 3 ? STATUS_UNSUPPORTED : STATUS_CORRUPT);
		ck_assert_str_ne(detail.text, "");
		ledger = NULL;
	}
}
END_TEST

START_TEST(a_reopened_ledger_stands_where_it_stood)
{
	apply_all(64);
	struct ledger_head before = ledger_head(ledger);
	ledger_close(ledger);
	ck_assert_int_eq(ledger_open(&ledger, store, NULL), STATUS_OK);
	struct ledger_head after = ledger_head(ledger);
	ck_assert_mem_eq(&before.head, &after.head, sizeof(before.head));
	ck_assert_mem_eq(&before.root, &after.root, sizeof(before.root));
	ck_assert_uint_eq(before.batch, after.batch);
}
END_TEST

START_TEST(every_record_holds_the_hash_of_the_one_before)
{
	struct ledger_view view;
	struct hash previous = { { 0 } };

	apply_all(100);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	for (uint64_t index = 0; index < view.head.size; index++) {
		struct stored_record record;

		ck_assert_int_eq(view_record(&view.view, &record, index), STATUS_OK);
		ck_assert_mem_eq(record.record->previous.data, previous.bytes, HASH_BYTES);
		merkle_leaf(&previous, record.record_bytes);
	}
	ck_assert(hash_equal(&previous, &view.head.head));
	ledger_view_end(&view);
}
END_TEST

START_TEST(a_view_of_an_earlier_size_sees_no_later_record)
{
	struct ledger_view view;

	apply_all(100);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	uint64_t size = view.head.size;
	for (uint64_t index = size - 60; index < size; index++) {
		struct stored_record record;
		struct id person;
		uint64_t version;
		uint64_t count;

		view.view.size = size;
		ck_assert_int_eq(view_record(&view.view, &record, index), STATUS_OK);
		if (record.event.header->n_subjects == 0) {
			continue;
		}
		person = event_subject_id(&record.event, 0);
		view.view.size = index;
		ck_assert_int_eq(view_version(&view.view, &version, &count, &person), STATUS_OK);
		ck_assert_uint_le(version, index);
		ck_assert_uint_eq(version, record.record->links[0]);
		ck_assert_int_eq(view_record(&view.view, &record, index), STATUS_NOT_FOUND);
		ck_assert_int_eq(
		        view_record_by_event(&view.view, &record, bytes_of_hash(&record.event.id)),
		        STATUS_NOT_FOUND);
	}
	ledger_view_end(&view);
}
END_TEST

START_TEST(the_root_of_any_size_is_that_of_its_leaves)
{
	struct ledger_view view;
	struct hash root;

	for (size_t i = 0; i < 40; i++) {
		ck_assert_int_eq(apply(i, 1, RECORDED_AT_MS), STATUS_OK);
		struct ledger_head head = ledger_head(ledger);

		ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
		ck_assert_int_eq(ledger_root(&view.view, &root, head.size), STATUS_OK);
		ck_assert(hash_equal(&root, &head.root));
		ck_assert_int_eq(ledger_root(&view.view, &root, head.size + 1),
		                 STATUS_OUT_OF_RANGE);
		ledger_view_end(&view);
	}
}
END_TEST

START_TEST(a_preview_says_the_same_and_changes_nothing)
{
	struct ledger_view view;
	struct ledger_result result;

	ck_assert_int_eq(apply(0, 200, RECORDED_AT_MS), STATUS_OK);
	for (size_t i = 200; i < 260; i++) {
		struct ledger_head before = ledger_head(ledger);

		ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
		ck_assert_int_eq(ledger_preview(&view, &result, events[i], RECORDED_AT_MS),
		                 STATUS_OK);
		enum status said = result.status;
		ledger_view_end(&view);
		ck_assert_uint_eq(ledger_head(ledger).size, before.size);
		ck_assert_int_eq(apply(i, 1, RECORDED_AT_MS), STATUS_OK);
		ck_assert_int_eq(results[0].status, said);
	}
}
END_TEST

START_TEST(a_number_in_use_is_not_given_again)
{
	struct ledger_view view;
	struct hash event_id = { { 7 } };
	struct id person = { { 9 } };
	char first[PERSONAL_NUMBER_DIGITS + 1];
	char second[PERSONAL_NUMBER_DIGITS + 1];
	uint8_t owner[ID_BYTES + 8] = { 0 };
	const char *given;
	struct key key;

	ck_assert_int_eq(apply(0, 1, RECORDED_AT_MS), STATUS_OK);
	number_draw(first, &event_id, &person, 0);
	number_draw(second, &event_id, &person, 1);
	ck_assert_str_ne(first, second);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	ck_assert_int_eq(number_allocate(&view.view, &given, &event_id, &person), STATUS_OK);
	ck_assert_str_eq(given, first);
	ledger_view_end(&view);

	struct store_batch *batch = store_batch_begin(store);
	key_number(&key, NUMBER_PERSONAL, bytes_of_string(first));
	store_batch_put(batch, STORE_NUMBER, key_bytes(&key), bytes_of(owner, sizeof(owner)));
	ck_assert_int_eq(store_batch_commit(batch, STORE_UNSYNCED), STATUS_OK);
	store_batch_end(batch);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	ck_assert_int_eq(number_allocate(&view.view, &given, &event_id, &person), STATUS_OK);
	ck_assert_str_eq(given, second);
	ledger_view_end(&view);
}
END_TEST

/* Uses `bytes` of a view's memory and says how much the next view finds already touched. */
static size_t memory_left_by(size_t bytes)
{
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	uint8_t *used = arena_alloc(&view.arena, bytes);
	ck_assert_ptr_nonnull(used);
	memset(used, 1, bytes);
	ledger_view_end(&view);
	ck_assert_int_eq(ledger_view_begin(ledger, &view), STATUS_OK);
	size_t held = view.arena.held;
	ck_assert_uint_eq(view.arena.used, 0);
	used = arena_alloc(&view.arena, bytes);
	ck_assert_ptr_nonnull(used);
	ck_assert_uint_eq(used[0] | used[bytes - 1], 0);
	ledger_view_end(&view);
	return held;
}

START_TEST(memory_of_a_view_is_left_to_the_next_unless_it_is_much)
{
	ck_assert_uint_ge(memory_left_by(LENT_BYTES_MAX / 2 + 1), LENT_BYTES_MAX / 2);
	ck_assert_uint_le(memory_left_by(2 * LENT_BYTES_MAX + 1), LENT_BYTES_MAX);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ledger");
	TCase *tcase = tcase_create("ledger");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, batches_of_any_size_make_the_same_ledger, 0, 3);
	tcase_add_test(tcase, the_same_event_gets_its_first_receipt_for_ever);
	tcase_add_test(tcase, an_event_twice_in_one_batch_makes_one_record);
	tcase_add_test(tcase, a_copy_of_what_a_batch_refused_is_refused_with_it);
	tcase_add_test(tcase, a_request_id_serves_one_event);
	tcase_add_loop_test(tcase, batches_come_in_order, 0, 3);
	tcase_add_test(tcase, an_event_admitted_before_becomes_the_same_record);
	tcase_add_test(tcase, a_batch_whose_records_differ_from_those_expected_leaves_nothing);
	tcase_add_test(tcase, recorded_time_never_goes_back);
	tcase_add_test(tcase, an_event_of_another_ledger_is_not_admitted);
	tcase_add_test(tcase, nothing_but_genesis_founds_a_ledger);
	tcase_add_test(tcase, a_ledger_is_formatted_once_and_only_then_opens);
	tcase_add_loop_test(tcase, a_changed_last_record_head_or_tree_does_not_open, 0, 4);
	tcase_add_test(tcase, a_reopened_ledger_stands_where_it_stood);
	tcase_add_test(tcase, every_record_holds_the_hash_of_the_one_before);
	tcase_add_test(tcase, a_view_of_an_earlier_size_sees_no_later_record);
	tcase_add_test(tcase, the_root_of_any_size_is_that_of_its_leaves);
	tcase_add_test(tcase, a_preview_says_the_same_and_changes_nothing);
	tcase_add_test(tcase, a_number_in_use_is_not_given_again);
	tcase_add_test(tcase, memory_of_a_view_is_left_to_the_next_unless_it_is_much);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
