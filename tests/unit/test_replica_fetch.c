/* Goal: a record that a checkpoint covers and that cannot be one ends the following, with evidence
 * against the one who signed; what was changed on its way is no evidence, and another is asked.
 * Method: two sources, of which one forges or is spoilt; a clock that jumps to what is due.
 */
#include "node/evidence_check.h"
#include "node/replica.h"
#include "tests/support/page_fixture.h"

#include <check.h>
#include <stdlib.h>

/* Up to a bad record, what was recorded at one time is applied whole. */
enum { BAD = 17, WHOLE = BAD - BAD % BATCH, STEPS_MAX = 200 };

static struct source second;
static struct witness *witness;
static struct replica *replica;
static struct replica_update update;
static int64_t now_ns;
static struct buf evidence;
static enum evidence_kind kind;
static enum status evidence_status;
static enum status floor_status;

static int64_t now_ms(void *context)
{
	(void)context;
	return clock_now_ms(&founding_clock) + now_ns / 1000000;
}

static int64_t monotonic_ns(void *context)
{
	(void)context;
	return now_ns;
}

static const struct clock test_clock = { .now_ms = now_ms, .monotonic_ns = monotonic_ns };

static enum status store_evidence(void *context, enum evidence_kind found, int64_t found_at_ms,
                                  struct bytes text, struct detail *why)
{
	(void)context;
	(void)found_at_ms;
	(void)why;
	kind = found;
	return evidence_status == STATUS_OK ? buf_assign(&evidence, text) : evidence_status;
}

static enum status store_notes(void *context, struct bytes notes, struct detail *why)
{
	(void)context;
	(void)notes;
	(void)why;
	return STATUS_OK;
}

static enum status raise_floor(void *context, const struct floor_state *state, struct detail *why)
{
	(void)context;
	(void)why;
	ck_assert_uint_eq(state->size, ledger_head(page_ledger).size);
	return floor_status;
}

static void setup(void)
{
	static struct upstream *upstreams[2] = { &page_source.upstream, &second.upstream };

	page_setup();
	source_init(&second, "kampot", &page_history);
	source_sign(&second, EVENTS);
	buf_init(&evidence, EVIDENCE_BYTES_MAX);
	const struct note_key keys[] = { page_source.key, second.key };
	const struct witness_options witnessing = {
		.ledger = page_ledger,
		.clock = &test_clock,
		.keys = keys,
		.key_count = 2,
		.store_evidence = store_evidence,
		.store_notes = store_notes,
	};
	ck_assert_int_eq(witness_new(&witness, &witnessing), STATUS_OK);
	const struct replica_options options = {
		.ledger = page_ledger,
		.store = page_store,
		.witness = witness,
		.upstreams = upstreams,
		.upstream_count = 2,
		.clock = &test_clock,
		.raise_floor = raise_floor,
	};
	ck_assert_int_eq(replica_new(&replica, &options), STATUS_OK);
}

static void teardown(void)
{
	replica_free(replica);
	witness_free(witness);
	buf_fini(&evidence);
	source_fini(&second);
	page_teardown();
}

/* Steps, as time passes, until it has all, has stopped, or something is fatal. */
static enum status run(void)
{
	enum status status = STATUS_OK;

	update = (struct replica_update){ .progress = true };
	for (size_t i = 0; status == STATUS_OK && i < STEPS_MAX && !update.stopped &&
	                   ledger_head(page_ledger).size < EVENTS;
	     i++) {
		now_ns = !update.progress && update.at_ns > now_ns ? update.at_ns : now_ns;
		status = replica_step(replica, &update, &page_detail);
	}
	return status;
}

static void other_signature(struct source *source, Civil__V1__Record *record)
{
	(void)source;
	page_flip(&record->signatures[0]->signature);
}

static void other_link(struct source *source, Civil__V1__Record *record)
{
	static uint64_t link = 3;

	(void)source;
	record->links = &link;
	record->n_links = 1;
}

static void forge(void (*change)(struct source *source, Civil__V1__Record *record))
{
	source_forge(&page_source, BAD, change);
	source_sign(&page_source, EVENTS);
	second.checkpoint_status = STATUS_UNAVAILABLE;
}

START_TEST(a_forged_record_stops_the_following_with_evidence) /* before and when it is applied */
{
	struct evidence_verdict verdict;

	/* A page that ends behind it, so that nothing but applying it shows that it is forged. */
	page_source.page_records_max = _i == 0 ? 0 : BAD + 1 - HELD;
	forge(_i == 0 ? other_signature : other_link);
	ck_assert_int_eq(run(), STATUS_OK);
	ck_assert(update.stopped);
	ck_assert_uint_eq(ledger_head(page_ledger).size, _i == 0 ? WHOLE : BAD);
	ck_assert(replica_state(replica).contradicted);
	ck_assert_int_eq(kind, EVIDENCE_RECORD);
	ck_assert_int_eq(
	        evidence_check(&verdict, buf_bytes(&evidence), &page_source.key, 1, &page_detail),
	        STATUS_OK);
	ck_assert_int_eq(verdict.kind, EVIDENCE_RECORD);
	ck_assert(verdict.theirs.is_signed);
	ck_assert_uint_eq(verdict.theirs.head.size, EVENTS);
	ck_assert_uint_eq(verdict.size, BAD);
}
END_TEST

START_TEST(nobody_is_asked_after_a_contradiction)
{
	forge(other_signature);
	ck_assert_int_eq(run(), STATUS_OK);
	size_t first_calls = page_source.checkpoint_calls + page_source.records_calls;
	size_t second_calls = second.checkpoint_calls + second.records_calls;
	second.checkpoint_status = STATUS_OK;
	for (size_t i = 0; i < STEPS_MAX; i++) {
		now_ns += INT64_C(1000000000);
		ck_assert_int_eq(replica_step(replica, &update, &page_detail), STATUS_OK);
	}
	ck_assert_uint_eq(page_source.checkpoint_calls + page_source.records_calls, first_calls);
	ck_assert_uint_eq(second.checkpoint_calls + second.records_calls, second_calls);
	ck_assert_uint_eq(ledger_head(page_ledger).size, WHOLE);
}
END_TEST

START_TEST(evidence_that_cannot_be_kept_is_fatal)
{
	forge(other_signature);
	evidence_status = STATUS_IO;
	ck_assert_int_eq(run(), STATUS_IO);
	ck_assert(!replica_state(replica).contradicted);
}
END_TEST

START_TEST(a_floor_that_cannot_be_raised_is_fatal)
{
	floor_status = STATUS_IO;
	ck_assert_int_eq(run(), STATUS_OK);
	ck_assert_int_eq(replica_make_durable(replica, &update, &page_detail), STATUS_IO);
	ck_assert(!update.durable);
}
END_TEST

static void spoil_content(struct source *source, Civil__V1__ListRecordsResponse *message)
{
	(void)source;
	page_flip(&message->records[0]->content);
}

static void spoil_record(struct source *source, Civil__V1__ListRecordsResponse *message)
{
	(void)source;
	page_flip(&message->records[0]->record);
}

START_TEST(what_was_changed_on_its_way_comes_from_another) /* contents, records */
{
	page_source.spoil_page = _i == 0 ? spoil_content : spoil_record;
	ck_assert_int_eq(run(), STATUS_OK);
	struct replica_state state = replica_state(replica);
	ck_assert_uint_eq(ledger_head(page_ledger).size, EVENTS);
	ck_assert_str_eq(state.upstream, second.upstream.name);
	ck_assert_uint_ge(state.unproven, 1);
	ck_assert_uint_ge(state.switches, 1);
	ck_assert(!state.contradicted);
	ck_assert_uint_eq(evidence.size, 0);
}
END_TEST

static const enum status refusals[] = { STATUS_UNAVAILABLE, STATUS_TIMEOUT,      STATUS_BUSY,
	                                STATUS_DENIED,      STATUS_OUT_OF_RANGE, STATUS_INVALID };

enum { REFUSALS = sizeof(refusals) / sizeof(refusals[0]) };

START_TEST(who_gives_no_records_is_left_for_another) /* loop test: each status of upstream.h */
{
	page_source.records_status = refusals[_i];
	ck_assert_int_eq(run(), STATUS_OK);
	struct replica_state state = replica_state(replica);
	bool retry = status_class(refusals[_i]) == STATUS_CLASS_RETRY;
	ck_assert_uint_eq(ledger_head(page_ledger).size, EVENTS);
	ck_assert_str_eq(state.upstream, second.upstream.name);
	ck_assert_uint_ge(retry ? state.failures : state.unproven, 1);
	ck_assert_uint_eq(retry ? state.unproven : state.failures, 0);
}
END_TEST

START_TEST(trouble_of_ours_is_fatal_and_no_fault_of_an_upstream)
{
	page_source.records_status = STATUS_NO_MEMORY;
	ck_assert_int_eq(run(), STATUS_NO_MEMORY);
	ck_assert_uint_eq(replica_state(replica).failures, 0);
}
END_TEST

START_TEST(pages_of_any_length_make_one_history) /* loop test, 1 .. EVENTS - HELD */
{
	page_source.page_records_max = (size_t)_i;
	ck_assert_int_eq(run(), STATUS_OK);
	struct ledger_head head = ledger_head(page_ledger);
	ck_assert_uint_eq(head.size, EVENTS);
	ck_assert_mem_eq(&head.root, &page_source.signed_.root, HASH_BYTES);
	ck_assert_uint_eq(replica_state(replica).records, EVENTS - HELD);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("replica_fetch");
	TCase *tcase = tcase_create("replica_fetch");

	tcase_add_unchecked_fixture(tcase, page_setup_founding, founding_free);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_forged_record_stops_the_following_with_evidence, 0, 2);
	tcase_add_test(tcase, nobody_is_asked_after_a_contradiction);
	tcase_add_test(tcase, evidence_that_cannot_be_kept_is_fatal);
	tcase_add_test(tcase, a_floor_that_cannot_be_raised_is_fatal);
	tcase_add_loop_test(tcase, what_was_changed_on_its_way_comes_from_another, 0, 2);
	tcase_add_loop_test(tcase, who_gives_no_records_is_left_for_another, 0, REFUSALS);
	tcase_add_test(tcase, trouble_of_ours_is_fatal_and_no_fault_of_an_upstream);
	tcase_add_loop_test(tcase, pages_of_any_length_make_one_history, 1, EVENTS - HELD + 1);
	suite_add_tcase(suite, tcase);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
