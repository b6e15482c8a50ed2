/* Goal: what the outbox holds is registered once and in its order, and leaves it only when it is
 * seen in the node's own ledger; a refusal is kept; an unknown outcome is asked again.
 * Method: a courier between an outbox and a core node over ledgers in memory; what the core node
 * holds is brought to the courier's ledger by the test, as a replica would.
 */
#include "ledger/base/crypto.h"
#include "ledger/event/event.h"
#include "node/courier.h"
#include "node/limits.h"
#include "tests/support/founding.h"
#include "tests/support/upstream_ledger.h"

#include <check.h>
#include <stdlib.h>

enum { EVENTS = 40, KNOWN = 10, STEPS_MAX = 1000 };

static struct upstream_ledger core;
static struct upstream_ledger here; /* the replica's own ledger; nobody asks it */
static struct store *outbox_store;
static struct outbox *outbox;
static struct courier *courier;
static struct courier_update update;
static struct arena arena;
static struct detail detail;
static int64_t clock_ns;

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

static const struct clock clock_of_test = { .now_ms = now_ms, .monotonic_ns = monotonic_ns };

static void start(void)
{
	static struct upstream *upstreams[1];

	upstreams[0] = &core.upstream;
	const struct courier_options options = { .outbox = outbox,
		                                 .ledger = here.ledger,
		                                 .upstreams = upstreams,
		                                 .upstream_count = 1,
		                                 .clock = &clock_of_test,
		                                 .seed = 3 };
	ck_assert_int_eq(courier_new(&courier, &options), STATUS_OK);
}

static void setup(void)
{
	ck_assert_int_eq(crypto_init(), STATUS_OK);
	founding_make(EVENTS);
	arena_init(&arena, 64 << 20);
	upstream_ledger_init(&core, "core", 1);
	upstream_ledger_init(&here, "here", 2);
	upstream_ledger_apply(&core, founding_events, KNOWN, now_ms(NULL));
	upstream_ledger_apply(&here, founding_events, KNOWN, now_ms(NULL));
	ck_assert_int_eq(store_memory_open(&outbox_store), STATUS_OK);
	ck_assert_int_eq(outbox_open(&outbox, outbox_store, &detail), STATUS_OK);
	start();
}

static void teardown(void)
{
	courier_free(courier);
	outbox_close(outbox);
	store_close(outbox_store);
	upstream_ledger_fini(&core);
	upstream_ledger_fini(&here);
	arena_fini(&arena);
	founding_free();
}

static void queue(size_t i)
{
	struct outbox_event queued = { .signed_event = founding_events[i] };
	struct outbox_entry entry;
	struct event event;
	size_t which;

	ck_assert_int_eq(event_admit(&event, founding_events[i], &arena, &detail), STATUS_OK);
	queued.event_id = event.id;
	memcpy(queued.request_id.bytes, event.header->request_id.data, ID_BYTES);
	ck_assert_int_eq(outbox_add(outbox, &entry, &queued, 1, now_ms(NULL), &which, &detail),
	                 STATUS_OK);
}

/* Steps until nothing is due before `ms` are over. */
static void run_for(int64_t ms)
{
	int64_t end = clock_ns + ms * 1000000;

	for (unsigned i = 0; i < STEPS_MAX && clock_ns < end; i++) {
		ck_assert_int_eq(courier_step(courier, &update, &detail), STATUS_OK);
		if (!update.progress) {
			clock_ns = update.at_ns > clock_ns ? update.at_ns : clock_ns + 1000000;
		}
	}
	clock_ns = end;
}

/* What the core node has recorded comes to the replica. */
static void follow(void)
{
	uint64_t at = ledger_head(here.ledger).size;
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(core.ledger, &view), STATUS_OK);
	for (; at < view.head.size; at++) {
		struct stored_record record;

		ck_assert_int_eq(view_record(&view.view, &record, at), STATUS_OK);
		for (size_t i = 0; i < EVENTS; i++) {
			struct event event;

			arena_reset(&arena);
			ck_assert_int_eq(event_admit(&event, founding_events[i], &arena, &detail),
			                 STATUS_OK);
			if (hash_equal(&event.id, &record.event.id)) {
				upstream_ledger_apply(&here, &founding_events[i], 1,
				                      record.recorded_at_ms);
			}
		}
	}
	ledger_view_end(&view);
}

START_TEST(it_leaves_the_outbox_when_it_is_seen_here_and_not_before)
{
	for (size_t i = KNOWN; i < EVENTS; i++) {
		queue(i);
	}
	run_for(1000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, EVENTS);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, EVENTS - KNOWN);
	follow();
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 0);
	/* In their order: each became the record that it would have become at once. */
	ck_assert_uint_eq(ledger_head(here.ledger).size, EVENTS);
}
END_TEST

START_TEST(while_nobody_answers_it_waits_and_then_goes)
{
	queue(KNOWN);
	core.fails = STATUS_UNAVAILABLE;
	run_for(10LL * 60 * 1000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 1);
	/* With pauses that grow: ten minutes are few calls. */
	ck_assert_uint_lt(core.calls, 60);
	core.fails = STATUS_OK;
	run_for(CHOICE_AGAIN_MAX_MS);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 1);
}
END_TEST

START_TEST(an_answer_that_is_lost_doubles_nothing)
{
	queue(KNOWN);
	queue(KNOWN + 1);
	core.submit_unanswered = true;
	run_for(20000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 2);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 2);
	core.submit_unanswered = false;
	run_for(20000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 2);
	follow();
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 0);
}
END_TEST

START_TEST(what_was_delivered_and_never_comes_is_brought_again)
{
	queue(KNOWN);
	run_for(1000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 1);
	/* The core node comes back from an old backup: it never heard of the event. */
	upstream_ledger_fini(&core);
	upstream_ledger_init(&core, "core", 1);
	upstream_ledger_apply(&core, founding_events, KNOWN, now_ms(NULL));
	run_for(COURIER_AGAIN_MS / 2);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN);
	run_for(2LL * COURIER_AGAIN_MS);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 1);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 1);
}
END_TEST

START_TEST(a_refusal_is_kept_with_its_event_and_stops_nobody)
{
	struct outbox_entry entries[3];
	struct buf refusal;

	upstream_ledger_fini(&core);
	upstream_ledger_init(&core, "core", 1); /* knows no office yet */
	queue(KNOWN);
	run_for(1000);
	upstream_ledger_apply(&core, founding_events, KNOWN, now_ms(NULL));
	queue(KNOWN + 1);
	run_for(1000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 1);
	follow();
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).refused, 1);
	ck_assert_uint_eq(outbox_list(outbox, entries, 3, 0), 1);
	ck_assert_int_eq(entries[0].state, OUTBOX_REFUSED);
	buf_init(&refusal, OUTBOX_REFUSAL_BYTES_MAX);
	ck_assert_int_eq(outbox_read(outbox, entries[0].number, NULL, &refusal), STATUS_OK);
	ck_assert_uint_gt(refusal.size, 0);
	buf_fini(&refusal);
	/* It is not offered again by itself. */
	unsigned calls = core.calls;
	run_for(10LL * COURIER_AGAIN_MS);
	ck_assert_uint_eq(core.calls, calls);
}
END_TEST

START_TEST(an_answer_that_is_none_is_no_answer)
{
	queue(KNOWN);
	for (uint64_t flip = 1; flip < 200; flip++) {
		core.flip = flip;
		run_for(CHOICE_AGAIN_MAX_MS);
	}
	core.flip = 0;
	run_for(2LL * COURIER_AGAIN_MS);
	/* However its answers were changed, it stands there once, and waits until it is here. */
	ck_assert_uint_eq(ledger_head(core.ledger).size, KNOWN + 1);
	struct outbox_counts counts = outbox_counts(outbox);
	ck_assert_uint_eq(counts.waiting + counts.refused, 1);
	follow();
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 0);
	ck_assert_uint_eq(outbox_counts(outbox).refused, 0);
}
END_TEST

START_TEST(what_stands_already_and_is_queued_again_leaves)
{
	queue(KNOWN);
	run_for(1000);
	follow();
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 0);
	queue(KNOWN); /* while nothing else happens, here or there */
	run_for(1000);
	ck_assert_uint_eq(outbox_counts(outbox).waiting, 0);
}
END_TEST

START_TEST(a_restart_goes_on)
{
	for (size_t i = KNOWN; i < EVENTS; i++) {
		queue(i);
	}
	core.fails = STATUS_UNAVAILABLE;
	run_for(1000);
	courier_free(courier);
	outbox_close(outbox);
	ck_assert_int_eq(outbox_open(&outbox, outbox_store, &detail), STATUS_OK);
	core.fails = STATUS_OK;
	start();
	run_for(1000);
	ck_assert_uint_eq(ledger_head(core.ledger).size, EVENTS);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("courier");
	TCase *tcase = tcase_create("courier");

	tcase_set_timeout(tcase, 60);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, it_leaves_the_outbox_when_it_is_seen_here_and_not_before);
	tcase_add_test(tcase, while_nobody_answers_it_waits_and_then_goes);
	tcase_add_test(tcase, an_answer_that_is_lost_doubles_nothing);
	tcase_add_test(tcase, what_was_delivered_and_never_comes_is_brought_again);
	tcase_add_test(tcase, a_refusal_is_kept_with_its_event_and_stops_nobody);
	tcase_add_test(tcase, an_answer_that_is_none_is_no_answer);
	tcase_add_test(tcase, what_stands_already_and_is_queued_again_leaves);
	tcase_add_test(tcase, a_restart_goes_on);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
