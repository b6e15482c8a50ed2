#include "node/core_internal.h"

#include "ledger/base/assert.h"
#include "ledger/base/planted.h"
#include "node/failpoint.h"

/* An event of a peer that was refused since that peer looked: the refusal is its answer. */
static bool is_refused_already(const struct core *core, const struct submission *submission,
                               size_t i)
{
	return !PLANTED("refusals forgotten") && submission->from_peer &&
	       refusals_find(&core->refusals, submission->seen, submission->events[i]);
}

/* Fills the proposal with events from the front, as much as one batch holds. */
static void gather(struct core *core)
{
	struct proposal *proposal = &core->proposal;
	size_t bytes = 0;

	ASSERT(proposal->count == 0);
	for (struct submission *submission = core->first; submission != NULL;
	     submission = submission->next) {
		for (size_t i = 0; i < submission->count; i++) {
			if (submission->submitted[i].answered ||
			    submission->submitted[i].refused_in > 0) {
				continue; /* or is about to be */
			}
			if (is_refused_already(core, submission, i)) {
				submission->results[i].status = STATUS_REFUSED;
				core_answer(core, &(struct origin){ submission, i });
				continue;
			}
			bytes += submission->events[i].size;
			if (proposal->count == BATCH_EVENTS_MAX || bytes > BATCH_BYTES_MAX) {
				return;
			}
			proposal->origins[proposal->count] = (struct origin){ submission, i };
			proposal->count++;
		}
	}
}

/* protobuf-c has no const bytes; packing only reads them. */
static ProtobufCBinaryData binary(struct bytes bytes)
{
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = bytes.data };

	return (ProtobufCBinaryData){ .len = bytes.size, .data = pointer.out };
}

/* Packs the gathered events as a Batch behind our head. */
static enum status pack(struct core *core)
{
	struct proposal *proposal = &core->proposal;
	struct ledger_head head = ledger_head(core->options.ledger);
	struct id ledger = ledger_id(core->options.ledger);
	ProtobufCBinaryData events[BATCH_EVENTS_MAX];
	Civil__V1__Batch batch;

	civil__v1__batch__init(&batch);
	for (size_t i = 0; i < proposal->count; i++) {
		const struct origin *origin = &proposal->origins[i];

		events[i] = binary(origin->submission->events[origin->index]);
	}
	proposal->number = head.batch + 1;
	batch.number = proposal->number;
	batch.ledger_id = (ProtobufCBinaryData){ .len = ID_BYTES, .data = ledger.bytes };
	batch.proposer = arena_string(&core->arena, core->options.node_name);
	batch.recorded_at_ms = clock_now_ms(core->options.clock);
	if (batch.recorded_at_ms < head.recorded_at_ms) {
		batch.recorded_at_ms = head.recorded_at_ms; /* the clock went back; time does not */
	}
	batch.size_before = head.size;
	batch.head_before = (ProtobufCBinaryData){ .len = HASH_BYTES, .data = head.head.bytes };
	batch.events = events;
	batch.n_events = proposal->count;
	if (batch.proposer == NULL) {
		return STATUS_NO_MEMORY;
	}
	buf_reset(&proposal->packed);
	uint8_t *packed = buf_extend(&proposal->packed, civil__v1__batch__get_packed_size(&batch));
	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)civil__v1__batch__pack(&batch, packed);
	return STATUS_OK;
}

/* From here on the events may come to stand in the order without our knowing. */
static void mark_offered(struct proposal *proposal)
{
	for (size_t i = 0; i < proposal->count; i++) {
		const struct origin *origin = &proposal->origins[i];

		if (origin->submission != NULL) {
			origin->submission->submitted[origin->index].offered = true;
		}
	}
}

/* Appends the proposal and decides what its fate means. */
static enum status append(struct core *core, struct core_update *update, struct detail *detail)
{
	struct proposal *proposal = &core->proposal;
	enum status status = sequencer_append(core->options.sequencer, proposal->number,
	                                      buf_bytes(&proposal->packed), detail);

	FAILPOINT("batch_ordered");
	if (status == STATUS_OK ||
	    (status == STATUS_TIMEOUT && PLANTED("unknown taken for decided")) ||
	    (status == STATUS_EXISTS && PLANTED("a slot of others taken for ours"))) {
		return core_apply_batch(core, update, buf_bytes(&proposal->packed), detail);
	}
	update->activity = CORE_BLOCKED;
	if (status == STATUS_EXISTS) {
		core->taken_slot = proposal->number;
		update->activity = CORE_PROGRESS;
		return STATUS_OK;
	}
	if (status == STATUS_TIMEOUT && PLANTED("unknown taken for failed")) {
		proposal->count = 0;
		return STATUS_OK;
	}
	if (status == STATUS_TIMEOUT) {
		proposal->unknown = true;
		core->counts.unknown++;
		mark_offered(proposal);
		return STATUS_OK;
	}
	if (status == STATUS_UNAVAILABLE || status == STATUS_BUSY) {
		if (!proposal->unknown) {
			proposal->count = 0; /* surely nowhere: pack anew, with what came since */
		}
		return STATUS_OK;
	}
	if (status == STATUS_OUT_OF_RANGE) {
		detail_set(detail, "",
		           "the order has forgotten batch %llu, which this node has applied; was "
		           "it restored from an old backup?",
		           (unsigned long long)proposal->number - 1);
		return STATUS_DIVERGED;
	}
	return status;
}

enum status core_propose(struct core *core, struct core_update *update, struct detail *detail)
{
	struct proposal *proposal = &core->proposal;

	if (core->taken_slot == core->position.applied + 1) {
		update->activity = CORE_BLOCKED; /* its bytes are on their way to us */
		return STATUS_OK;
	}
	if (proposal->count == 0) {
		if (core->first == NULL) {
			return STATUS_OK;
		}
		struct sequencer_state state = sequencer_state(core->options.sequencer);
		if (!state.leading) {
			core_drop_peers(core);
			return STATUS_OK;
		}
		if (state.full || !state.reachable) {
			update->activity = CORE_BLOCKED;
			return STATUS_OK;
		}
		gather(core);
		core_release(core);
		enum status status = proposal->count == 0 ? STATUS_OK : pack(core);
		FAILPOINT("batch_formed");
		if (status != STATUS_OK || proposal->count == 0) {
			return status;
		}
		proposal->unknown = false;
	}
	ASSERT(proposal->number == core->position.applied + 1);
	return append(core, update, detail);
}
