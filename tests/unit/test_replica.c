/* Goal: a replica applies what a trusted key signed and what is proven to belong to it, and nothing
 * else; it goes on from wherever it stands; what contradicts it ends the following, with evidence.
 * Method: upstreams over ledgers in memory that lose, hide, change any bit, fork and take back; a
 * clock that jumps to whenever something is due.
 */
#include "ledger/base/crypto.h"
#include "node/evidence_check.h"
#include "node/replica.h"
#include "tests/support/founding.h"
#include "tests/support/upstream_ledger.h"

#include <check.h>
#include <stdlib.h>

enum {
	EVENTS = 60,
	BATCH = 7,
	STEPS_MAX = 4000,
	FLIPS = 400,
	EVIDENCE_MAX = 1 << 20,
};

static struct upstream_ledger sources[2];
static struct store *store;
static struct ledger *ledger;
static struct witness *witness;
static struct replica *replica;
static struct detail detail;
static int64_t clock_ns;
static struct buf evidence;
static enum evidence_kind evidence_kind;
static unsigned pieces;
static struct buf notes;
static struct floor_state floor_state;

static int64_t now_ms(void *context)
{
	(void)context;
	return founding_clock.now_ms(founding_clock.context) + clock_ns / 1000000;
}

static int64_t monotonic_ns(void *context)
{
	(void)context;
	return clock_ns;
}

static const struct clock test_clock = { .now_ms = now_ms, .monotonic_ns = monotonic_ns };

static enum status keep_evidence(void *context, enum evidence_kind kind, int64_t found_at_ms,
                                 struct bytes text, struct detail *why)
{
	(void)context;
	(void)found_at_ms;
	(void)why;
	evidence_kind = kind;
	pieces++;
	return buf_assign(&evidence, text);
}

static enum status store_notes(void *context, struct bytes bytes, struct detail *why)
{
	(void)context;
	(void)why;
	return buf_assign(&notes, bytes);
}

static enum status raise_floor(void *context, const struct floor_state *state, struct detail *why)
{
	(void)context;
	(void)why;
	ck_assert_uint_ge(state->batch, floor_state.batch);
	floor_state = *state;
	return STATUS_OK;
}

/* Opens witness and replica over the ledger, as a start of the process does. */
static void start(size_t count, size_t key_count, bool watches)
{
	static struct upstream *upstreams[2];
	struct note_key keys[2] = { sources[0].key, sources[1].key };
	const struct witness_options witnessing = {
		.ledger = ledger,
		.clock = &test_clock,
		.keys = keys,
		.key_count = key_count,
		.store_evidence = keep_evidence,
		.store_notes = store_notes,
	};

	upstreams[0] = &sources[0].upstream;
	upstreams[1] = &sources[1].upstream;
	ck_assert_int_eq(witness_new(&witness, &witnessing), STATUS_OK);
	const struct replica_options options = {
		.ledger = ledger,
		.store = store,
		.witness = witness,
		.upstreams = upstreams,
		.upstream_count = count,
		.clock = &test_clock,
		.seed = 5,
		.watches = watches,
		.floor = floor_state,
		.raise_floor = raise_floor,
	};
	ck_assert_int_eq(replica_new(&replica, &options), STATUS_OK);
}

static void stop(void)
{
	replica_free(replica);
	witness_free(witness);
	replica = NULL;
	witness = NULL;
}

static void open_ledger(void)
{
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	ck_assert_int_eq(ledger_format(store, &founding_ledger, &detail), STATUS_OK);
	ck_assert_int_eq(ledger_open(&ledger, store, &detail), STATUS_OK);
	floor_state = (struct floor_state){ .batch = 0 };
}

static void close_ledger(void)
{
	stop();
	ledger_close(ledger);
	store_close(store);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	founding_make(EVENTS + 20);
	ck_assert_uint_ge(founding_count, EVENTS + 20);
	upstream_ledger_init(&sources[0], "first", 1);
	upstream_ledger_init(&sources[1], "second", 2);
	buf_init(&evidence, EVIDENCE_MAX);
	buf_init(&notes, WITNESS_NOTES_BYTES_MAX);
	open_ledger();
}

static void teardown(void)
{
	close_ledger();
	upstream_ledger_fini(&sources[0]);
	upstream_ledger_fini(&sources[1]);
	buf_fini(&evidence);
	buf_fini(&notes);
	founding_free();
}

/* Applies founding events up to `end` to a source, in batches. */
static void fill(size_t source, size_t end)
{
	uint64_t at = ledger_head(sources[source].ledger).size;

	while (at < end) {
		size_t count = end - at < BATCH ? end - at : BATCH;

		upstream_ledger_apply(&sources[source], founding_events + at, count,
		                      founding_clock.now_ms(founding_clock.context) + (int64_t)at);
		at += count;
	}
}

/* The ledger holds the first records of the source. */
static void ck_assert_prefix_of(size_t source)
{
	struct ledger_head head = ledger_head(ledger);
	struct ledger_view view;
	struct hash root;

	ck_assert_int_eq(ledger_view_begin(sources[source].ledger, &view), STATUS_OK);
	ck_assert_uint_le(head.size, view.head.size);
	ck_assert_int_eq(ledger_root(&view.view, &root, head.size), STATUS_OK);
	ck_assert(hash_equal(&root, &head.root));
	ledger_view_end(&view);
}

/* Steps until the ledger has `size` records, or nothing helps. */
static void run_to(uint64_t size)
{
	struct replica_update update = { .progress = true };

	for (unsigned i = 0; i < STEPS_MAX && ledger_head(ledger).size < size; i++) {
		if (!update.progress && update.at_ns > clock_ns) {
			clock_ns = update.at_ns;
		}
		ck_assert_int_eq(replica_step(replica, &update, &detail), STATUS_OK);
		if (update.stopped) {
			return;
		}
	}
}

/* Lets time pass with all that it brings. */
static void run_for(int64_t ms)
{
	struct replica_update update = { .progress = true };
	int64_t end = clock_ns + ms * 1000000;

	while (clock_ns < end) {
		if (!update.progress) {
			clock_ns = update.at_ns > clock_ns ? update.at_ns : clock_ns + 1000000;
		}
		ck_assert_int_eq(replica_step(replica, &update, &detail), STATUS_OK);
		if (update.stopped) {
			return;
		}
	}
}

START_TEST(it_copies_all_and_follows_what_comes)
{
	fill(0, 40);
	start(1, 1, false);
	run_to(40);
	ck_assert_uint_eq(ledger_head(ledger).size, 40);
	ck_assert_prefix_of(0);
	fill(0, EVENTS);
	run_to(EVENTS);
	ck_assert_uint_eq(ledger_head(ledger).size, EVENTS);
	ck_assert_prefix_of(0);
	struct replica_state state = replica_state(replica);
	ck_assert_uint_eq(state.verified_size, EVENTS);
	ck_assert(state.connected);
	ck_assert(!state.contradicted);
	ck_assert_uint_eq(state.records, EVENTS);
	run_for(3000);
	ck_assert_uint_eq(floor_state.size, EVENTS);
}
END_TEST

START_TEST(it_goes_on_from_what_the_ledger_holds)
{
	for (uint64_t size = 10; size <= EVENTS; size += 10) {
		fill(0, size);
		start(1, 1, false);
		run_to(size);
		ck_assert_uint_eq(ledger_head(ledger).size, size);
		stop();
	}
	ck_assert_prefix_of(0);
}
END_TEST

START_TEST(a_bit_changed_on_the_way_changes_nothing_here)
{
	uint64_t random = 88172645463325252;

	fill(0, EVENTS);
	for (unsigned i = 0; i < FLIPS; i++) {
		close_ledger();
		open_ledger();
		start(1, 1, false);
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		sources[0].flip = 1 + random % 200000;
		run_for(2000);
		ck_assert_prefix_of(0);
		ck_assert_uint_eq(pieces, 0);
	}
	sources[0].flip = 0;
	run_for(60000);
	ck_assert_uint_eq(ledger_head(ledger).size, EVENTS);
	ck_assert_prefix_of(0);
}
END_TEST

START_TEST(who_is_not_trusted_gives_nothing)
{
	struct note_key other = sources[1].key;

	fill(0, 20);
	sources[1].key = sources[0].key;
	sources[0].key = other; /* it signs with another key's name and its own secret */
	start(1, 1, false);
	run_for(5000);
	ck_assert_uint_eq(ledger_head(ledger).size, 0);
	ck_assert_uint_gt(replica_state(replica).unproven, 0);
	ck_assert_uint_eq(pieces, 0);
}
END_TEST

START_TEST(what_a_trusted_one_signed_comes_through_another)
{
	struct buf note;

	buf_init(&note, CHECKPOINT_NOTE_MAX);
	fill(0, 30);
	fill(1, 30);
	upstream_ledger_note(&sources[1], &note);
	/* The first is a stranger, which holds the records and what the second has signed. */
	sources[0].relayed = buf_bytes(&note);
	struct note_key trusted = sources[1].key;
	struct note_key keys[1] = { trusted };
	struct upstream *upstreams[1] = { &sources[0].upstream };
	const struct witness_options witnessing = { .ledger = ledger,
		                                    .clock = &test_clock,
		                                    .keys = keys,
		                                    .key_count = 1,
		                                    .store_evidence = keep_evidence,
		                                    .store_notes = store_notes };
	ck_assert_int_eq(witness_new(&witness, &witnessing), STATUS_OK);
	const struct replica_options options = { .ledger = ledger,
		                                 .store = store,
		                                 .witness = witness,
		                                 .upstreams = upstreams,
		                                 .upstream_count = 1,
		                                 .clock = &test_clock,
		                                 .raise_floor = raise_floor };
	ck_assert_int_eq(replica_new(&replica, &options), STATUS_OK);
	run_to(30);
	ck_assert_uint_eq(ledger_head(ledger).size, 30);
	ck_assert_prefix_of(1);
	buf_fini(&note);
}
END_TEST

START_TEST(without_content_nothing_is_applied_and_another_is_asked)
{
	fill(0, 30);
	fill(1, 30);
	sources[0].hides_content = true;
	start(2, 2, false);
	run_to(30);
	ck_assert_uint_eq(ledger_head(ledger).size, 30);
	ck_assert_uint_gt(replica_state(replica).switches, 0);
	ck_assert_uint_eq(pieces, 0);
}
END_TEST

START_TEST(who_is_silent_is_left_for_another)
{
	fill(0, 30);
	fill(1, 30);
	sources[0].fails = STATUS_UNAVAILABLE;
	start(2, 2, false);
	run_to(30);
	ck_assert_uint_eq(ledger_head(ledger).size, 30);
	ck_assert_str_eq(replica_state(replica).upstream, "second");
	ck_assert_uint_gt(replica_state(replica).failures, 0);
}
END_TEST

START_TEST(who_stays_behind_is_left_for_one_that_does_not)
{
	fill(0, 30);
	fill(1, 30);
	start(2, 2, false);
	run_to(30);
	fill(1, EVENTS);
	run_for(60000);
	ck_assert_uint_eq(ledger_head(ledger).size, EVENTS);
	ck_assert_str_eq(replica_state(replica).upstream, "second");
}
END_TEST

static void ck_assert_contradicted(enum evidence_kind kind, bool convicts)
{
	struct note_key keys[2] = { sources[0].key, sources[1].key };
	struct evidence_verdict verdict;
	uint64_t size = ledger_head(ledger).size;
	unsigned calls = sources[0].calls + sources[1].calls;

	ck_assert(replica_state(replica).contradicted);
	ck_assert_uint_eq(pieces, 1);
	ck_assert_int_eq(evidence_kind, kind);
	ck_assert_int_eq(evidence_check(&verdict, buf_bytes(&evidence), keys, 2, &detail),
	                 STATUS_OK);
	ck_assert_int_eq(verdict.kind, kind);
	ck_assert(verdict.convicts == convicts);
	run_for(60000);
	ck_assert_uint_eq(ledger_head(ledger).size, size);
	ck_assert_uint_eq(sources[0].calls + sources[1].calls, calls);
	ck_assert_uint_eq(pieces, 1);
}

START_TEST(records_that_are_taken_back_are_found)
{
	fill(0, 40);
	start(1, 1, false);
	run_to(40);
	upstream_ledger_fini(&sources[0]);
	upstream_ledger_init(&sources[0], "first", 1);
	fill(0, 20);
	run_for(20000);
	ck_assert_contradicted(EVIDENCE_ROLLBACK, true);
}
END_TEST

/* Another history: the same events, recorded at other times. */
static void fork_source(size_t source, uint8_t seed, size_t size)
{
	upstream_ledger_fini(&sources[source]);
	upstream_ledger_init(&sources[source], "fork", seed);
	for (uint64_t at = 0; at < size; at += BATCH) {
		size_t count = size - at < BATCH ? size - at : BATCH;

		upstream_ledger_apply(&sources[source], founding_events + at, count,
		                      now_ms(NULL) + 5000 + (int64_t)at);
	}
}

START_TEST(two_histories_of_one_key_are_found)
{
	fill(0, 40);
	start(1, 1, false);
	run_to(40);
	fork_source(0, 1, 50);
	run_for(20000);
	ck_assert_contradicted(EVIDENCE_FORK, true);
	ck_assert_uint_eq(ledger_head(ledger).size, 40);
}
END_TEST

START_TEST(two_histories_of_two_nodes_are_found)
{
	fill(0, 40);
	fork_source(1, 2, 40);
	start(2, 2, false);
	run_for(30000);
	ck_assert_contradicted(EVIDENCE_FORK, true);
}
END_TEST

START_TEST(what_was_held_is_known_after_a_restart)
{
	fill(0, 40);
	start(1, 1, false);
	run_to(40);
	run_for(3000);
	ck_assert_uint_gt(notes.size, 0);
	stop();
	upstream_ledger_fini(&sources[0]);
	upstream_ledger_init(&sources[0], "first", 1);
	fill(0, 20);
	start(1, 1, false);
	ck_assert_int_eq(witness_load(witness, buf_bytes(&notes), &detail), STATUS_OK);
	run_for(20000);
	ck_assert_contradicted(EVIDENCE_ROLLBACK, true);
}
END_TEST

START_TEST(kept_notes_that_are_none_are_told)
{
	start(1, 1, false);
	ck_assert_int_eq(witness_load(witness, bytes_of_string("nothing"), &detail),
	                 STATUS_CORRUPT);
	ck_assert_int_eq(
	        witness_load(witness, bytes_of_string("civil-ledger/witnessed/v1\nxx"), &detail),
	        STATUS_CORRUPT);
}
END_TEST

START_TEST(one_that_watches_writes_nothing_until_it_is_asked_to)
{
	struct replica_update update;

	fill(0, EVENTS);
	start(1, 1, true);
	run_for(20000);
	ck_assert_uint_eq(ledger_head(ledger).size, 0);
	ck_assert_uint_eq(floor_state.batch, 0);
	do {
		ck_assert_int_eq(replica_pull(replica, &update, 35, &detail), STATUS_OK);
	} while (update.progress);
	ck_assert_uint_eq(ledger_head(ledger).size, 35);
	ck_assert_prefix_of(0);
	/* Whole times, so no more batches than the source had. */
	ck_assert_uint_le(ledger_head(ledger).batch, 35 / BATCH);
	sources[0].fails = STATUS_UNAVAILABLE;
	do {
		ck_assert_int_eq(replica_pull(replica, &update, EVENTS, &detail), STATUS_OK);
	} while (update.progress);
	ck_assert_uint_eq(ledger_head(ledger).size, 35);
}
END_TEST

START_TEST(keys_are_read_from_lines)
{
	struct note_key keys[WITNESS_KEYS_MAX];
	struct buf text;
	size_t count = 0;

	buf_init(&text, 100000);
	buf_append_string(&text, "# the first\n\n");
	note_key_format(&text, &sources[0].key);
	buf_append_u8(&text, '\n');
	note_key_format(&text, &sources[1].key);
	ck_assert_int_eq(witness_read_keys(keys, &count, buf_bytes(&text), &detail), STATUS_OK);
	ck_assert_uint_eq(count, 2);
	ck_assert_mem_eq(keys[1].public_key, sources[1].key.public_key, PUBLIC_KEY_BYTES);
	ck_assert_int_eq(witness_read_keys(keys, &count, bytes_of_string("# none\n"), &detail),
	                 STATUS_OUT_OF_RANGE);
	ck_assert_int_eq(witness_read_keys(keys, &count, bytes_of_string("\nx\n"), &detail),
	                 STATUS_INVALID);
	ck_assert_str_eq(detail.text, "line 2 is no key that signs checkpoints");
	buf_reset(&text);
	for (size_t i = 0; i <= WITNESS_KEYS_MAX; i++) {
		note_key_format(&text, &sources[0].key);
		buf_append_u8(&text, '\n');
	}
	ck_assert_int_eq(witness_read_keys(keys, &count, buf_bytes(&text), &detail),
	                 STATUS_OUT_OF_RANGE);
	buf_fini(&text);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("replica");
	TCase *tcase = tcase_create("replica");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, it_copies_all_and_follows_what_comes);
	tcase_add_test(tcase, it_goes_on_from_what_the_ledger_holds);
	tcase_add_test(tcase, a_bit_changed_on_the_way_changes_nothing_here);
	tcase_add_test(tcase, who_is_not_trusted_gives_nothing);
	tcase_add_test(tcase, what_a_trusted_one_signed_comes_through_another);
	tcase_add_test(tcase, without_content_nothing_is_applied_and_another_is_asked);
	tcase_add_test(tcase, who_is_silent_is_left_for_another);
	tcase_add_test(tcase, who_stays_behind_is_left_for_one_that_does_not);
	tcase_add_test(tcase, records_that_are_taken_back_are_found);
	tcase_add_test(tcase, two_histories_of_one_key_are_found);
	tcase_add_test(tcase, two_histories_of_two_nodes_are_found);
	tcase_add_test(tcase, what_was_held_is_known_after_a_restart);
	tcase_add_test(tcase, kept_notes_that_are_none_are_told);
	tcase_add_test(tcase, one_that_watches_writes_nothing_until_it_is_asked_to);
	tcase_add_test(tcase, keys_are_read_from_lines);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
