#include "tests/support/upstream_ledger.h"

#include "api/log_page.h"
#include "api/outcome.h"
#include "ledger/base/crypto.h"
#include "ledger/log/checkpoint.h"
#include "tests/support/founding.h"

#include "civil/v1/registration_service.pb-c.h"

#include <check.h>
#include <stdlib.h>

enum { BATCH_MAX = 512 };

static struct upstream_ledger *of(struct upstream *upstream)
{
	return (struct upstream_ledger *)(void *)upstream;
}

void upstream_ledger_note(const struct upstream_ledger *upstream, struct buf *note)
{
	struct ledger_head head = ledger_head(upstream->ledger);
	struct checkpoint checkpoint = { .head = { .size = head.size, .root = head.root } };
	struct buf text;

	memcpy(checkpoint.origin, upstream->key.name, strlen(upstream->key.name) + 1);
	buf_init(&text, CHECKPOINT_TEXT_MAX);
	checkpoint_format(&text, &checkpoint);
	buf_reset(note);
	note_begin(note, buf_bytes(&text));
	note_sign(note, buf_bytes(&text), &upstream->key, upstream->secret_key);
	ck_assert_int_eq(buf_status(note), STATUS_OK);
	buf_fini(&text);
}

/* What every call does first and last. */
static enum status begin(struct upstream_ledger *upstream)
{
	upstream->calls++;
	return upstream->fails;
}

static void spoil(const struct upstream_ledger *upstream, struct buf *out)
{
	if (upstream->flip > 0 && out->size > 0) {
		uint64_t bit = (upstream->flip - 1) % (8 * out->size);

		out->data[bit / 8] ^= (uint8_t)(1U << (bit % 8));
	}
}

static enum status checkpoint(struct upstream *base, struct buf *out, uint64_t size, int timeout_ms,
                              struct detail *detail)
{
	struct upstream_ledger *upstream = of(base);
	Civil__V1__GetCheckpointRequest request;
	struct ledger_view view;
	struct buf note;
	enum status status = begin(upstream);

	(void)timeout_ms;
	if (status != STATUS_OK) {
		return status;
	}
	buf_init(&note, CHECKPOINT_NOTE_MAX);
	upstream_ledger_note(upstream, &note);
	civil__v1__get_checkpoint_request__init(&request);
	request.size = size;
	request.proof = true;
	const struct log_notes notes = { .own = buf_bytes(&note),
		                         .witnessed = &upstream->relayed,
		                         .count = upstream->relayed.size > 0 };
	ck_assert_int_eq(ledger_view_begin(upstream->ledger, &view), STATUS_OK);
	status = log_checkpoint(&view.view, out, &notes, &request, detail);
	ledger_view_end(&view);
	buf_fini(&note);
	spoil(upstream, out);
	return status;
}

static enum status records(struct upstream *base, struct buf *out,
                           const struct upstream_range *range, int timeout_ms,
                           struct detail *detail)
{
	struct upstream_ledger *upstream = of(base);
	Civil__V1__ListRecordsRequest request;
	struct ledger_view view;
	enum status status = begin(upstream);

	(void)timeout_ms;
	if (status != STATUS_OK) {
		return status;
	}
	civil__v1__list_records_request__init(&request);
	request.from = range->from;
	request.page_size = (int32_t)range->count;
	request.with_content = !upstream->hides_content;
	request.proven_in = range->proven_in;
	ck_assert_int_eq(ledger_view_begin(upstream->ledger, &view), STATUS_OK);
	status = log_page(&view.view, out, &request, detail);
	ledger_view_end(&view);
	spoil(upstream, out);
	return status;
}

/* One answer a result: receipts, and refusals with nothing in them. */
static void answer(struct buf *out, const struct ledger_result results[], size_t count)
{
	Civil__V1__SubmitBatchResponse response;
	Civil__V1__SubmitOutcome outcomes[BATCH_MAX];
	Civil__V1__SubmitOutcome *list[BATCH_MAX];
	Civil__V1__SubmitRefusal refusal;

	civil__v1__submit_batch_response__init(&response);
	civil__v1__submit_refusal__init(&refusal);
	refusal.code = CODE_FAILED_PRECONDITION;
	for (size_t i = 0; i < count; i++) {
		bool accepted = results[i].status == STATUS_OK;

		civil__v1__submit_outcome__init(&outcomes[i]);
		outcomes[i].outcome_case = accepted ? CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_RECEIPT
		                                    : CIVIL__V1__SUBMIT_OUTCOME__OUTCOME_REFUSAL;
		if (accepted) {
			outcomes[i].receipt = outcome_receipt(results[i].receipt);
		} else {
			outcomes[i].refusal = &refusal;
		}
		list[i] = &outcomes[i];
	}
	response.outcomes = list;
	response.n_outcomes = count;
	uint8_t *packed =
	        buf_extend(out, civil__v1__submit_batch_response__get_packed_size(&response));
	ck_assert_ptr_nonnull(packed);
	(void)civil__v1__submit_batch_response__pack(&response, packed);
}

static enum status submit(struct upstream *base, struct buf *out, const struct bytes *events,
                          size_t count, int timeout_ms, struct detail *detail)
{
	struct upstream_ledger *upstream = of(base);
	struct ledger_result *results = calloc(count, sizeof(*results));
	enum status status = begin(upstream);

	(void)timeout_ms;
	(void)detail;
	ck_assert_ptr_nonnull(results);
	if (status == STATUS_OK) {
		struct ledger_head head = ledger_head(upstream->ledger);
		const struct ledger_batch batch = {
			.number = head.batch + 1,
			.recorded_at_ms = head.recorded_at_ms + 1000,
			.events = events,
			.count = count,
		};

		ck_assert_int_eq(ledger_apply(upstream->ledger, results, &batch, STORE_SYNCED),
		                 STATUS_OK);
		buf_reset(out);
		answer(out, results, count);
		spoil(upstream, out);
		status = upstream->submit_unanswered ? STATUS_TIMEOUT : STATUS_OK;
	}
	free(results);
	return status;
}

void upstream_ledger_init(struct upstream_ledger *upstream, const char *name, uint8_t seed)
{
	static const struct upstream_methods methods = {
		.checkpoint = checkpoint,
		.records = records,
		.submit = submit,
	};
	const uint8_t key_seed[32] = { seed };
	uint8_t public_key[PUBLIC_KEY_BYTES];
	struct detail detail;

	*upstream = (struct upstream_ledger){ .upstream = { .methods = &methods, .name = name } };
	crypto_keypair(public_key, upstream->secret_key, key_seed);
	ck_assert_int_eq(
	        note_key_init(&upstream->key, "ledger.example", NOTE_KEY_ED25519, public_key),
	        STATUS_OK);
	ck_assert_int_eq(store_memory_open(&upstream->store), STATUS_OK);
	ck_assert_int_eq(ledger_format(upstream->store, &founding_ledger, &detail), STATUS_OK);
	ck_assert_int_eq(ledger_open(&upstream->ledger, upstream->store, &detail), STATUS_OK);
}

void upstream_ledger_fini(struct upstream_ledger *upstream)
{
	ledger_close(upstream->ledger);
	store_close(upstream->store);
}

void upstream_ledger_apply(struct upstream_ledger *upstream, const struct bytes events[],
                           size_t count, int64_t at_ms)
{
	struct ledger_result *results = calloc(count, sizeof(*results));
	const struct ledger_batch batch = { .number = ledger_head(upstream->ledger).batch + 1,
		                            .recorded_at_ms = at_ms,
		                            .events = events,
		                            .count = count };

	ck_assert_ptr_nonnull(results);
	ck_assert_int_eq(ledger_apply(upstream->ledger, results, &batch, STORE_SYNCED), STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		ck_assert_int_eq(results[i].status, STATUS_OK);
	}
	free(results);
}
