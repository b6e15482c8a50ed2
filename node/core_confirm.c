/* The start of a core: the order that it finds must be the one that it left.
 *
 * An order whose keeper came back from an old backup has forgotten batches, and may have decided
 * others in their slots since: perhaps of the very events, in another company. So besides the
 * number of the newest slot, the bytes of the last batch that this node has applied are compared
 * with the hash that it kept of them; where its records came otherwise, the batch with the records.
 * Reading that slot also tells the sequencer behind which bytes this node appends
 * (node/sequencer.h, I1). */
#include "ledger/event/event.h"
#include "ledger/log/merkle.h"
#include "node/core_internal.h"

/* The order ends before what this node holds. */
static enum status too_short(const struct core *core, uint64_t newest, uint64_t held,
                             struct detail *detail)
{
	detail_set(detail, "",
	           "the order ends at batch %llu and this node holds up to %llu: was it restored "
	           "from an old backup?",
	           (unsigned long long)newest, (unsigned long long)held);
	return newest < core->position.applied ? STATUS_DIVERGED : STATUS_OUT_OF_RANGE;
}

/* True when the batch was made behind our record size_before - 1. */
static enum status is_behind_ours(struct view *view, const Civil__V1__Batch *batch, bool *same)
{
	struct hash head = { { 0 } };
	struct stored_record record;
	enum status status = STATUS_OK;

	if (batch->size_before > view->size) {
		*same = false;
		return STATUS_OK;
	}
	if (batch->size_before > 0) {
		status = view_record(view, &record, batch->size_before - 1);
		if (status == STATUS_OK) {
			merkle_leaf(&head, record.record_bytes);
		}
	}
	*same = bytes_equal(bytes_of_hash(&head),
	                    bytes_of(batch->head_before.data, batch->head_before.len));
	return status;
}

/* True when our records from size_before on are of events of the batch, in their order. */
static enum status is_made_of(struct view *view, const Civil__V1__Batch *batch, bool *same)
{
	uint64_t index = batch->size_before;
	enum status status = STATUS_OK;
	struct stored_record record;

	for (size_t i = 0; status == STATUS_OK && i < batch->n_events && index < view->size; i++) {
		struct bytes bytes = bytes_of(batch->events[i].data, batch->events[i].len);
		struct event event;

		status = view_record(view, &record, index);
		if (status == STATUS_OK &&
		    event_admit(&event, bytes, view->arena, NULL) == STATUS_OK &&
		    hash_equal(&event.id, &record.event.id)) {
			index++;
		}
	}
	*same = index == view->size;
	return status;
}

static enum status compare_records(struct core *core, struct bytes bytes, bool *same,
                                   struct detail *detail)
{
	struct ledger_view view;
	Civil__V1__Batch *batch;
	enum status status = core_unpack(core, &batch, bytes, detail);

	if (status == STATUS_OK) {
		status = ledger_view_begin(core->options.ledger, &view);
	}
	if (status != STATUS_OK) {
		return status;
	}
	status = is_behind_ours(&view.view, batch, same);
	if (status == STATUS_OK && *same) {
		status = is_made_of(&view.view, batch, same);
	}
	ledger_view_end(&view);
	return status;
}

static enum status compare(struct core *core, struct bytes bytes, struct detail *detail)
{
	const struct hash unknown = { { 0 } };
	struct hash kept = ledger_head(core->options.ledger).batch_hash;
	struct hash found = core_batch_hash(core, bytes);
	bool same = hash_equal(&kept, &found);
	enum status status = STATUS_OK;

	if (hash_equal(&kept, &unknown)) {
		status = compare_records(core, bytes, &same, detail);
	}
	if (status == STATUS_OK && !same) {
		detail_set(detail, "",
		           "batch %llu of the order is not the one that this node has applied: was "
		           "the order restored from an old backup?",
		           (unsigned long long)core->position.applied);
		return STATUS_DIVERGED;
	}
	return status;
}

static bool is_worth_a_retry(enum status status)
{
	return status_class(status) == STATUS_CLASS_RETRY;
}

enum status core_confirm(struct core *core, struct core_update *update, struct detail *detail)
{
	struct sequencer *sequencer = core->options.sequencer;
	uint64_t applied = core->position.applied;
	uint64_t floor = core->options.floor.batch;
	uint64_t newest;

	if (sequencer->methods->confirm == NULL) {
		core->confirmed = true; /* inside this process: the ledger is the order */
		return STATUS_OK;
	}
	enum status status = sequencer_confirm(sequencer, &newest, detail);
	if (status == STATUS_OK && (newest < applied || newest < floor)) {
		return too_short(core, newest, applied > floor ? applied : floor, detail);
	}
	if (status == STATUS_OK) {
		status = sequencer_next(sequencer, applied, &core->decided, detail);
	}
	if (is_worth_a_retry(status)) {
		update->activity = CORE_BLOCKED;
		return STATUS_OK;
	}
	if (status == STATUS_OK) {
		status = compare(core, buf_bytes(&core->decided), detail);
	} else if (status == STATUS_OUT_OF_RANGE) {
		status = STATUS_OK; /* trimmed, or before the order began */
	}
	core->confirmed = status == STATUS_OK;
	return status;
}
