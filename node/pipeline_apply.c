#include "ledger/base/assert.h"
#include "ledger/receipt.h"
#include "node/failpoint.h"
#include "node/pipeline_internal.h"

/* Packs the events as a Batch behind our head. */
static enum status pack_batch(struct pipeline *pipeline, struct bytes *out)
{
	struct ledger_head head = ledger_head(pipeline->options.ledger);
	struct id ledger = ledger_id(pipeline->options.ledger);
	ProtobufCBinaryData events[BATCH_EVENTS_MAX];
	Civil__V1__Batch batch;

	civil__v1__batch__init(&batch);
	for (size_t i = 0; i < pipeline->batch.count; i++) {
		uint8_t *data = arena_copy(&pipeline->arena, pipeline->batch.events[i]);

		if (data == NULL) {
			return STATUS_NO_MEMORY;
		}
		events[i] = (ProtobufCBinaryData){ .len = pipeline->batch.events[i].size,
			                           .data = data };
	}
	batch.number = head.batch + 1;
	batch.ledger_id = (ProtobufCBinaryData){ .len = ID_BYTES, .data = ledger.bytes };
	batch.proposer = arena_string(&pipeline->arena, pipeline->options.node_name);
	batch.recorded_at_ms = clock_now_ms(pipeline->options.clock);
	if (batch.recorded_at_ms < head.recorded_at_ms) {
		batch.recorded_at_ms = head.recorded_at_ms; /* the clock went back; time does not */
	}
	batch.size_before = head.size;
	batch.head_before = (ProtobufCBinaryData){ .len = HASH_BYTES, .data = head.head.bytes };
	batch.events = events;
	batch.n_events = pipeline->batch.count;
	if (batch.proposer == NULL) {
		return STATUS_NO_MEMORY;
	}
	buf_reset(&pipeline->packed);
	uint8_t *packed = buf_extend(&pipeline->packed, civil__v1__batch__get_packed_size(&batch));
	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)civil__v1__batch__pack(&batch, packed);
	*out = buf_bytes(&pipeline->packed);
	return STATUS_OK;
}

/* Compares what a batch says of the ledger before it with ours: a difference is divergence. */
static enum status check_batch(const struct pipeline *pipeline, const Civil__V1__Batch *batch,
                               struct detail *detail)
{
	struct ledger_head head = ledger_head(pipeline->options.ledger);
	bool same_head = bytes_equal(bytes_of(batch->head_before.data, batch->head_before.len),
	                             bytes_of_hash(&head.head));

	if (batch->number != head.batch + 1 || batch->size_before != head.size || !same_head ||
	    batch->n_events == 0 || batch->n_events > BATCH_EVENTS_MAX) {
		detail_set(detail, "",
		           "batch %llu was made behind %llu records, this node holds %llu: the "
		           "histories differ",
		           (unsigned long long)batch->number,
		           (unsigned long long)batch->size_before, (unsigned long long)head.size);
		return STATUS_DIVERGED;
	}
	return STATUS_OK;
}

/* Applies the decided bytes of the next slot. */
static enum status apply_decided(struct pipeline *pipeline, struct detail *detail)
{
	Civil__V1__Batch *batch = civil__v1__batch__unpack(
	        &pipeline->arena.allocator, pipeline->decided.size, pipeline->decided.data);
	struct bytes events[BATCH_EVENTS_MAX];

	if (batch == NULL) {
		detail_set(detail, "", "a decided batch does not parse");
		return STATUS_CORRUPT;
	}
	enum status status = check_batch(pipeline, batch, detail);
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < batch->n_events; i++) {
		events[i] = bytes_of(batch->events[i].data, batch->events[i].len);
	}
	struct ledger_batch ordered = {
		.number = batch->number,
		.recorded_at_ms = batch->recorded_at_ms,
		.events = events,
		.count = batch->n_events,
	};
	return ledger_apply(pipeline->options.ledger, pipeline->results, &ordered,
	                    pipeline->options.sequencer->durability);
}

static enum status raise_floor(struct pipeline *pipeline, struct detail *detail)
{
	struct ledger_head head = ledger_head(pipeline->options.ledger);
	struct floor_state floor = { .batch = head.batch, .size = head.size, .head = head.head };

	return floor_raise(pipeline->options.floor, &floor, detail);
}

/* Copies one result into its submission's arena. */
static enum status copy_result(struct ledger_result *out, const struct ledger_result *result,
                               struct arena *arena)
{
	*out = *result;
	if (result->status == STATUS_OK) {
		out->receipt = receipt_copy(result->receipt, arena);
		return out->receipt == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (result->status == STATUS_REFUSED) {
		return verdict_copy(&out->verdict, arena);
	}
	return STATUS_OK;
}

enum status pipeline_apply(struct pipeline *pipeline, struct detail *detail)
{
	struct sequencer *sequencer = pipeline->options.sequencer;
	uint64_t number = ledger_head(pipeline->options.ledger).batch + 1;
	struct bytes packed;

	ASSERT(pipeline->batch.count > 0);
	arena_reset(&pipeline->arena);
	enum status status = pack_batch(pipeline, &packed);
	FAILPOINT("batch_formed");
	if (status == STATUS_OK) {
		status = sequencer_append(sequencer, number, packed, detail);
	}
	FAILPOINT("batch_ordered");
	if (status == STATUS_OK) {
		status = sequencer_next(sequencer, number, &pipeline->decided, detail);
	}
	if (status == STATUS_OK) {
		status = apply_decided(pipeline, detail);
	}
	FAILPOINT("batch_committed");
	if (status == STATUS_OK) {
		status = raise_floor(pipeline, detail);
	}
	FAILPOINT("floor_raised");
	for (size_t i = 0; status == STATUS_OK && i < pipeline->batch.count; i++) {
		status = copy_result(pipeline->batch.outcome[i], &pipeline->results[i],
		                     &pipeline->batch.owner[i]->arena);
	}
	return status;
}
