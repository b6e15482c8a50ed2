/* Goal: what is submitted is applied in its order and answered once, however it comes in.
 * Method: the founding of a country over a store in memory, one by one, at once, from threads. */
#include "node/pipeline.h"

#include "ledger/base/limits.h"
#include "node/limits.h"
#include "tests/support/folder.h"
#include "tests/support/founding.h"

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

enum { EVENTS = 96, THREADS = 4, ARENA_MAX = 1 << 22 };

static struct folder folder;
static struct store *store;
static struct ledger *ledger;
static struct sequencer *sequencer;
static struct floor raised;
static struct pipeline *pipeline;
static struct detail detail;
static size_t next_done;

/* The first commit waits here until it is let go. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;

struct work {
	struct submission submission;
	struct ledger_result *results;
	size_t done; /* times */
	size_t turn; /* which of all was answered */
};

static void committed(void *context, const struct ledger_head *head)
{
	(void)context;
	(void)head;
	(void)pthread_mutex_lock(&gate);
	(void)pthread_mutex_unlock(&gate);
}

static void fatal(void *context, enum status status, const struct detail *why)
{
	(void)context;
	ck_abort_msg("%s: %s", status_name(status), why->text);
}

static void done(struct submission *submission)
{
	struct work *work = submission->context;

	work->done++;
	work->turn = next_done;
	next_done++;
}

static void begin(void)
{
	const struct floor_state zero = { .batch = 0 };
	struct pipeline_options options = { .clock = &founding_clock,
		                            .floor = &raised,
		                            .node_name = "solo",
		                            .workers = 2,
		                            .hooks = { .committed = committed, .fatal = fatal } };
	char path[FOLDER_PATH_MAX];

	folder_new(&folder);
	folder_file(path, &folder, "floor");
	ck_assert_int_eq(floor_create(path, &zero, &detail), STATUS_OK);
	ck_assert_int_eq(floor_open(&raised, path, &detail), STATUS_OK);
	ck_assert_int_eq(store_memory_open(&store), STATUS_OK);
	ck_assert_int_eq(ledger_format(store, &founding_ledger, &detail), STATUS_OK);
	ck_assert_int_eq(ledger_open(&ledger, store, &detail), STATUS_OK);
	sequencer = sequencer_local_new(0);
	options.ledger = ledger;
	options.sequencer = sequencer;
	next_done = 0;
	ck_assert_int_eq(pipeline_start(&pipeline, &options), STATUS_OK);
}

/* Stops, and gives where the ledger came to. */
static struct ledger_head end(void)
{
	pipeline_stop(pipeline);
	struct ledger_head head = ledger_head(ledger);

	ck_assert_uint_eq(raised.state.size, head.size);
	sequencer_free(sequencer);
	floor_close(&raised);
	ledger_close(ledger);
	store_close(store);
	folder_remove(&folder);
	return head;
}

static void setup(void)
{
	founding_make(EVENTS);
	ck_assert_uint_eq(founding_count, EVENTS);
}

static void teardown(void)
{
	founding_free();
}

static void work_init(struct work *work, const struct bytes *events, size_t count)
{
	*work = (struct work){ .results = calloc(count, sizeof(*work->results)) };
	ck_assert_ptr_nonnull(work->results);
	work->submission.events = events;
	work->submission.count = count;
	work->submission.results = work->results;
	work->submission.done = done;
	work->submission.context = work;
	arena_init(&work->submission.arena, ARENA_MAX);
}

static void work_fini(struct work *work)
{
	arena_fini(&work->submission.arena);
	free(work->results);
}

static void submit(struct work *work)
{
	ck_assert_int_eq(pipeline_submit(pipeline, &work->submission), STATUS_OK);
}

/* Submits all in submissions of `each`, and checks that all were answered in order. */
static struct ledger_head run_all(size_t each)
{
	struct work works[EVENTS];
	size_t count = 0;

	begin();
	for (size_t i = 0; i < EVENTS; i += each, count++) {
		work_init(&works[count], founding_events + i, each);
		submit(&works[count]);
	}
	struct ledger_head head = end();
	for (size_t i = 0; i < count; i++) {
		ck_assert_uint_eq(works[i].done, 1);
		ck_assert_uint_eq(works[i].turn, i);
		for (size_t event = 0; event < each; event++) {
			ck_assert_int_eq(works[i].results[event].status, STATUS_OK);
		}
		work_fini(&works[i]);
	}
	return head;
}

START_TEST(the_head_is_the_same_however_the_events_are_grouped)
{
	struct ledger_head one = run_all(1);
	struct ledger_head few = run_all(8);
	struct ledger_head all = run_all(EVENTS);

	ck_assert_uint_eq(one.size, EVENTS);
	ck_assert_uint_eq(few.size, EVENTS);
	ck_assert_uint_eq(all.size, EVENTS);
	ck_assert(hash_equal(&one.root, &few.root));
	ck_assert(hash_equal(&one.root, &all.root));
}
END_TEST

START_TEST(a_bad_signature_is_answered_and_the_rest_applied)
{
	struct bytes events[3] = { founding_events[0], founding_events[1], founding_events[1] };
	uint8_t *bad = malloc(events[1].size);
	struct work work;

	ck_assert_ptr_nonnull(bad);
	memcpy(bad, events[1].data, events[1].size);
	bad[events[1].size - 1] ^= 1; /* the last byte of the last signature */
	events[1].data = bad;
	begin();
	work_init(&work, events, 3);
	submit(&work);
	ck_assert_uint_eq(end().size, 2);
	ck_assert_uint_eq(work.done, 1);
	ck_assert_int_eq(work.results[0].status, STATUS_OK);
	ck_assert_int_eq(work.results[1].status, STATUS_INVALID);
	ck_assert_int_eq(work.results[2].status, STATUS_OK);
	work_fini(&work);
	free(bad);
}
END_TEST

START_TEST(a_batch_that_fills_up_is_split)
{
	struct bytes events[BATCH_EVENTS_MAX];
	struct work works[2];

	for (size_t i = 0; i < BATCH_EVENTS_MAX; i++) {
		events[i] = founding_events[i % EVENTS];
	}
	begin();
	for (size_t i = 0; i < 2; i++) {
		work_init(&works[i], events, BATCH_EVENTS_MAX);
		submit(&works[i]);
	}
	struct ledger_head head = end();
	ck_assert_uint_eq(head.size, EVENTS);
	ck_assert_uint_ge(head.batch, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_uint_eq(works[i].done, 1);
		for (size_t event = 0; event < BATCH_EVENTS_MAX; event++) {
			ck_assert_int_eq(works[i].results[event].status, STATUS_OK);
			ck_assert(works[i].results[event].repeated == (i > 0 || event >= EVENTS));
		}
		work_fini(&works[i]);
	}
}
END_TEST

START_TEST(too_much_that_waits_is_turned_away)
{
	enum { FULL = PENDING_EVENTS_MAX / BATCH_EVENTS_MAX };
	struct bytes events[BATCH_EVENTS_MAX];
	struct work works[FULL + 1];

	for (size_t i = 0; i < BATCH_EVENTS_MAX; i++) {
		events[i] = founding_events[0];
	}
	begin();
	(void)pthread_mutex_lock(&gate); /* nothing is answered meanwhile */
	for (size_t i = 0; i < FULL; i++) {
		work_init(&works[i], events, BATCH_EVENTS_MAX);
		submit(&works[i]);
	}
	work_init(&works[FULL], events, 1);
	ck_assert_int_eq(pipeline_submit(pipeline, &works[FULL].submission), STATUS_BUSY);
	ck_assert_uint_eq(pipeline_counts(pipeline).busy, 1);
	ck_assert_uint_eq(pipeline_counts(pipeline).pending_events, PENDING_EVENTS_MAX);
	(void)pthread_mutex_unlock(&gate);
	ck_assert_uint_eq(end().size, 1);
	for (size_t i = 0; i <= FULL; i++) {
		ck_assert_uint_eq(works[i].done, i < FULL);
		work_fini(&works[i]);
	}
}
END_TEST

static struct work shared[THREADS][EVENTS];

static void *submit_all(void *argument)
{
	struct work *works = argument;

	for (size_t i = 0; i < EVENTS; i++) {
		submit(&works[i]);
	}
	return NULL;
}

START_TEST(threads_submit_while_a_batch_is_applied)
{
	pthread_t threads[THREADS];

	begin();
	for (size_t t = 0; t < THREADS; t++) {
		for (size_t i = 0; i < EVENTS; i++) {
			work_init(&shared[t][i], founding_events + i, 1);
		}
		ck_assert_int_eq(pthread_create(&threads[t], NULL, submit_all, shared[t]), 0);
	}
	for (size_t t = 0; t < THREADS; t++) {
		ck_assert_int_eq(pthread_join(threads[t], NULL), 0);
	}
	ck_assert_uint_eq(end().size, EVENTS);
	ck_assert_uint_eq(next_done, THREADS * EVENTS);
	for (size_t t = 0; t < THREADS; t++) {
		for (size_t i = 0; i < EVENTS; i++) {
			ck_assert_uint_eq(shared[t][i].done, 1);
			ck_assert_int_eq(shared[t][i].results[0].status, STATUS_OK);
			work_fini(&shared[t][i]);
		}
	}
	pipeline_stop(NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pipeline");
	TCase *tcase = tcase_create("pipeline");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_head_is_the_same_however_the_events_are_grouped);
	tcase_add_test(tcase, a_bad_signature_is_answered_and_the_rest_applied);
	tcase_add_test(tcase, a_batch_that_fills_up_is_split);
	tcase_add_test(tcase, too_much_that_waits_is_turned_away);
	tcase_add_test(tcase, threads_submit_while_a_batch_is_applied);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
