#include "tests/support/upstream_moods.h"

#include "api/outcome.h"
#include "ledger/base/limits.h"
#include "ledger/receipt.h"

#include <check.h>

enum { ANSWER_ARENA_MAX = 64 << 20 };

struct ledger_result country_enter(struct country_ledger *country, struct bytes event)
{
	struct ledger *ledger = country->ledger.ledger;
	struct ledger_head head = ledger_head(ledger);
	const struct ledger_batch batch = { .number = head.batch + 1,
		                            .recorded_at_ms = clock_now_ms(&founding_clock),
		                            .events = &event,
		                            .count = 1 };
	struct ledger_result result;

	ck_assert_int_eq(ledger_apply(ledger, &result, &batch, STORE_UNSYNCED), STATUS_OK);
	for (size_t i = 0; ledger_head(ledger).size > head.size && i < founding_count; i++) {
		if (bytes_equal(founding_events[i], event)) {
			country->registered[country->count] = founding_events[i];
			country->count++;
			break;
		}
	}
	return result;
}

/* A receipt for nothing. */
static const Civil__V1__Receipt *lie(enum mood mood, struct bytes event, struct arena *arena)
{
	Civil__V1__Receipt *receipt = arena_alloc(arena, sizeof(*receipt));
	struct detail detail;
	struct event read;

	ck_assert_int_eq(event_admit(&read, event, arena, &detail), STATUS_OK);
	read.id.bytes[0] ^= mood == OTHER;
	civil__v1__receipt__init(receipt);
	receipt->event_id.data = arena_copy(arena, bytes_of_hash(&read.id));
	receipt->event_id.len = HASH_BYTES;
	return receipt;
}

/* What is said of event `i` of a call. */
static Civil__V1__SubmitOutcome *say(struct moody *moody, struct bytes event, size_t i,
                                     struct arena *arena)
{
	struct ledger_result result = { .status = STATUS_BUSY };
	Civil__V1__SubmitOutcome *outcome;

	if (moody->mood == LYING || moody->mood == OTHER) {
		result = (struct ledger_result){ .status = STATUS_OK,
			                         .receipt = lie(moody->mood, event, arena) };
	} else if (moody->mood != REFUSING && (moody->mood != BUSY || i != moody->busy_at)) {
		result = country_enter(moody->country, event);
		if (result.receipt != NULL) {
			result.receipt = receipt_copy(result.receipt, arena);
		}
	}
	outcome = outcome_of(&result, arena);
	ck_assert_ptr_nonnull(outcome);
	if (moody->mood == REFUSING) {
		outcome->refusal->code = moody->code;
	}
	return outcome;
}

static void answer(struct moody *moody, struct buf *out, const struct bytes events[], size_t count)
{
	Civil__V1__SubmitOutcome *outcomes[BATCH_EVENTS_MAX];
	Civil__V1__SubmitBatchResponse response;
	struct arena arena;

	arena_init(&arena, ANSWER_ARENA_MAX);
	civil__v1__submit_batch_response__init(&response);
	response.outcomes = outcomes;
	response.n_outcomes = moody->mood == SHORT ? count - 1 : count;
	for (size_t i = 0; i < count; i++) {
		outcomes[i] = say(moody, events[i], i, &arena);
	}
	uint8_t *packed =
	        buf_extend(out, civil__v1__submit_batch_response__get_packed_size(&response));
	ck_assert(packed != NULL || response.n_outcomes == 0);
	if (packed != NULL) {
		(void)civil__v1__submit_batch_response__pack(&response, packed);
	}
	arena_fini(&arena);
}

static enum status submit(struct upstream *upstream, struct buf *out, const struct bytes *events,
                          size_t count, int timeout_ms, struct detail *detail)
{
	struct moody *moody = (struct moody *)upstream;

	ck_assert_int_gt(timeout_ms, 0);
	ck_assert_uint_ge(count, 1);
	moody->calls++;
	buf_reset(out);
	enum status status = STATUS_OK;
	if (moody->mood == AWAY) {
		detail_set(detail, upstream->name, "is away");
		status = STATUS_UNAVAILABLE;
	} else if (moody->mood == DEAF) {
		status = STATUS_TIMEOUT;
	} else if (moody->mood == GARBAGE) {
		buf_append_string(out, "\377 no answer");
	} else {
		answer(moody, out, events, count);
		status = moody->mood == MUTE ? STATUS_TIMEOUT : STATUS_OK;
	}
	if (moody->called != NULL) {
		(void)sem_post(moody->called);
	}
	return status;
}

void moody_init(struct moody *moody, const char *name, struct country_ledger *country)
{
	static const struct upstream_methods methods = { .submit = submit };

	*moody = (struct moody){ .upstream = { .methods = &methods, .name = name },
		                 .country = country };
}
