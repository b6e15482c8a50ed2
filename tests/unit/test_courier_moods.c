/* Goal: in whatever mood the nodes are that a courier asks, nothing is lost, doubled or refused
 * that should not be. Method: upstreams that are away, deaf, mute, busy with one event, lying,
 * talking of something else; then random moods with crashes of the replica, after which everything
 * must come right.
 */
#include "node/courier.h"

#include "ledger/base/limits.h"
#include "ledger/store/store_memory.h"
#include "node/limits.h"
#include "tests/support/upstream_moods.h"

#include <check.h>
#include <stdlib.h>

enum {
	EVENTS = 120,
	UPSTREAMS = 2,
	STEPS_MAX = 10000,
	CODES = 18, /* one more than gRPC has */
};

enum { MOODS = REFUSING };

static struct country_ledger far_away;
static struct upstream_ledger here; /* the replica's own; nobody asks it */
static struct store *outbox_store;
static struct outbox *outbox;
static struct courier *courier;
static struct detail detail;
static int64_t now_ns;
static uint64_t random_state;
static size_t followed; /* of them, here */
static struct moody moody[UPSTREAMS];

static int64_t now_ms(void *context)
{
	(void)context;
	return 1;
}

static int64_t monotonic_ns(void *context)
{
	(void)context;
	return now_ns;
}

static const struct clock fake_clock = { .now_ms = now_ms, .monotonic_ns = monotonic_ns };

/* The tail comes: here what is there. */
static void follow(void)
{
	for (; followed < far_away.count; followed++) {
		upstream_ledger_apply(&here, &far_away.registered[followed], 1,
		                      clock_now_ms(&founding_clock));
	}
}

static void fatal(void *context, enum status status, const struct detail *why)
{
	(void)context;
	ck_abort_msg("%s: %s", status_name(status), why->text);
}

/* A start of the replica's process. */
static void start(size_t upstream_count)
{
	static struct upstream *const list[UPSTREAMS] = { &moody[0].upstream, &moody[1].upstream };
	struct courier_options options = {
		.ledger = here.ledger,
		.upstreams = list,
		.upstream_count = upstream_count,
		.clock = &fake_clock,
		.seed = 7,
		.fatal = fatal,
	};

	ck_assert_int_eq(outbox_open(&outbox, outbox_store, &detail), STATUS_OK);
	options.outbox = outbox;
	ck_assert_int_eq(courier_new(&courier, &options), STATUS_OK);
}

static void stop(void)
{
	courier_free(courier);
	outbox_close(outbox);
	courier = NULL;
	outbox = NULL;
}

static void setup(void)
{
	founding_make(EVENTS);
	ck_assert_uint_eq(founding_count, EVENTS);
	upstream_ledger_init(&far_away.ledger, "far away", 1);
	upstream_ledger_init(&here, "here", 2);
	ck_assert_int_eq(store_memory_open(&outbox_store), STATUS_OK);
	store_memory_simulate(outbox_store);
	followed = 0;
	now_ns = 1;
	far_away.count = 0;
	moody_init(&moody[0], "first", &far_away);
	moody_init(&moody[1], "second", &far_away);
	start(1);
}

static void teardown(void)
{
	stop();
	store_close(outbox_store);
	upstream_ledger_fini(&far_away.ledger);
	upstream_ledger_fini(&here);
	founding_free();
}

static void add(size_t from, size_t count)
{
	struct outbox_entry entry;
	struct arena arena;
	size_t which;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	for (size_t i = from; i < from + count; i++) {
		struct outbox_event made = { .signed_event = founding_events[i] };
		struct event read;

		ck_assert_int_eq(event_admit(&read, founding_events[i], &arena, &detail),
		                 STATUS_OK);
		made.event_id = read.id;
		memcpy(made.request_id.bytes, read.header->request_id.data, ID_BYTES);
		ck_assert_int_eq(outbox_add(outbox, &entry, &made, 1, 1, &which, &detail),
		                 STATUS_OK);
		arena_reset(&arena);
	}
	arena_fini(&arena);
}

/* Steps until there is nothing to do now. */
static void step_all(void)
{
	struct courier_update update = { .progress = true };

	for (size_t i = 0; update.progress; i++) {
		ck_assert_uint_lt(i, STEPS_MAX);
		ck_assert_int_eq(courier_step(courier, &update, &detail), STATUS_OK);
	}
	ck_assert_int_gt(update.at_ns, now_ns);
}

static void pass_ms(int64_t ms)
{
	now_ns += ms * 1000000;
}

static size_t waiting(void)
{
	return outbox_counts(outbox).waiting;
}

START_TEST(the_word_of_a_liar_removes_nothing)
{
	moody[0].mood = LYING;
	add(0, 3);
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 0);
	ck_assert_uint_eq(waiting(), 3);
	moody[0].mood = GOOD;
	pass_ms(COURIER_AGAIN_MS + 1);
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 3);
}
END_TEST

/* Loop test: moods in which nothing is known. */
START_TEST(what_is_not_known_is_asked_again_for_ever)
{
	moody[0].mood = (enum mood)_i;
	add(0, 5);
	for (size_t i = 1; i < 40; i++) {
		struct courier_update update;

		do {
			ck_assert_int_eq(courier_step(courier, &update, &detail), STATUS_OK);
		} while (update.progress);
		ck_assert_uint_eq(waiting(), 5);
		now_ns = update.at_ns > now_ns ? update.at_ns : now_ns + 1;
	}
	ck_assert_uint_ge(moody[0].calls, 20);
	moody[0].mood = GOOD;
	pass_ms(CHOICE_AGAIN_MAX_MS + COURIER_AGAIN_MS);
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 5);
	follow();
	step_all();
	ck_assert_uint_eq(waiting() + outbox_counts(outbox).refused, 0);
}
END_TEST

START_TEST(behind_what_is_not_decided_a_refusal_does_not_count)
{
	moody[0].mood = BUSY;
	moody[0].busy_at = 0; /* the genesis: nothing is accepted without it */
	add(0, 10);
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 0);
	ck_assert_uint_eq(outbox_counts(outbox).refused, 0);
	moody[0].mood = GOOD;
	pass_ms(CHOICE_AGAIN_MAX_MS);
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 10);
}
END_TEST

START_TEST(a_refused_event_that_was_registered_after_all_leaves)
{
	add(1, 1);
	step_all();
	ck_assert_uint_eq(outbox_counts(outbox).refused, 1);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(country_enter(&far_away, founding_events[i]).status, STATUS_OK);
	}
	follow();
	step_all();
	ck_assert_uint_eq(outbox_counts(outbox).refused, 0);
}
END_TEST

START_TEST(three_codes_are_final_and_no_other) /* loop test: all codes, and one too many */
{
	bool final = _i == 3 || _i == 6 || _i == 9;

	moody[0].mood = REFUSING;
	moody[0].code = _i;
	add(0, 1);
	step_all();
	ck_assert_uint_eq(outbox_counts(outbox).refused, final ? 1 : 0);
	ck_assert_uint_eq(waiting(), final ? 0 : 1);
}
END_TEST

START_TEST(another_is_asked_when_one_is_away)
{
	stop();
	start(2);
	moody[0].mood = AWAY;
	add(0, 4);
	step_all();
	ck_assert_uint_eq(moody[0].calls, 1);
	ck_assert_uint_eq(moody[1].calls, 1);
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, 4);
}
END_TEST

START_TEST(a_store_that_fails_ends_it)
{
	struct courier_update update;

	add(0, 1);
	step_all();
	follow();
	store_memory_fail_after(outbox_store, 0);
	ck_assert_int_eq(courier_step(courier, &update, &detail), STATUS_IO);
	store_memory_crash(outbox_store, 0);
	stop();
	start(1);
	step_all();
	ck_assert_uint_eq(waiting(), 0);
}
END_TEST

START_TEST(the_thread_carries_what_is_added_and_ends_when_it_is_freed)
{
	sem_t called;

	(void)sem_init(&called, 0, 0);
	moody[0].called = &called;
	ck_assert_int_eq(courier_start(courier), STATUS_OK);
	add(0, 2);
	courier_wake(courier);
	courier_wake(NULL);
	ck_assert_int_eq(sem_wait(&called), 0);
	stop();
	ck_assert_uint_ge(ledger_head(far_away.ledger.ledger).size, 1);
	(void)sem_destroy(&called);
	start(1);
}
END_TEST

static unsigned next_random(unsigned below)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(random_state >> 33) % below;
}

/* Something happens. Gives how many events were added. */
static size_t happen(size_t next)
{
	struct courier_update update;
	size_t count = next_random(7);

	switch (next_random(8)) {
	case 0:
		count = count > EVENTS - next ? EVENTS - next : count;
		add(next, count);
		return count;
	case 1:
		follow();
		break;
	case 2:
		stop();
		store_memory_crash(outbox_store,
		                   next_random((unsigned)store_memory_unsynced(outbox_store) + 1));
		start(2);
		break;
	case 3:
		moody[next_random(UPSTREAMS)].mood = (enum mood)next_random(MOODS);
		moody[0].busy_at = next_random(4);
		break;
	case 4:
		pass_ms(next_random(COURIER_AGAIN_MS));
		break;
	default:
		ck_assert_int_eq(courier_step(courier, &update, &detail), STATUS_OK);
		now_ns = update.at_ns > now_ns ? update.at_ns : now_ns;
		break;
	}
	return 0;
}

START_TEST(whatever_happens_it_comes_right) /* loop test: seeds */
{
	size_t next = 0;

	random_state = (uint64_t)_i;
	while (next < EVENTS) {
		next += happen(next);
		/* All of them are good where they come in order, so none is ever refused. */
		ck_assert_uint_eq(outbox_counts(outbox).refused, 0);
		ck_assert_uint_le(next - waiting(), followed);
	}
	moody[0].mood = GOOD;
	moody[1].mood = GOOD;
	for (size_t i = 0; i < 3; i++) {
		pass_ms(CHOICE_AGAIN_MAX_MS + COURIER_AGAIN_MS + 1);
		step_all();
		follow();
	}
	step_all();
	ck_assert_uint_eq(ledger_head(far_away.ledger.ledger).size, EVENTS);
	ck_assert_uint_eq(waiting() + outbox_counts(outbox).refused, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("courier_moods");
	TCase *cases = tcase_create("moods");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, the_word_of_a_liar_removes_nothing);
	tcase_add_loop_test(cases, what_is_not_known_is_asked_again_for_ever, AWAY, MUTE + 1);
	tcase_add_loop_test(cases, what_is_not_known_is_asked_again_for_ever, OTHER, GARBAGE + 1);
	tcase_add_test(cases, behind_what_is_not_decided_a_refusal_does_not_count);
	tcase_add_test(cases, a_refused_event_that_was_registered_after_all_leaves);
	tcase_add_loop_test(cases, three_codes_are_final_and_no_other, 0, CODES);
	tcase_add_test(cases, another_is_asked_when_one_is_away);
	tcase_add_test(cases, a_store_that_fails_ends_it);
	tcase_add_test(cases, the_thread_carries_what_is_added_and_ends_when_it_is_freed);
	tcase_add_loop_test(cases, whatever_happens_it_comes_right, 1, 13);
	tcase_set_timeout(cases, 120);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
