#include "node/core_internal.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/base/planted.h"
#include "ledger/receipt.h"
#include "node/failpoint.h"

enum status core_unpack(struct core *core, Civil__V1__Batch **out, struct bytes bytes,
                        struct detail *detail)
{
	Civil__V1__Batch *batch =
	        civil__v1__batch__unpack(&core->arena.allocator, bytes.size, bytes.data);

	if (batch == NULL || batch->n_events == 0 || batch->n_events > BATCH_EVENTS_MAX) {
		detail_set(detail, "", "batch %llu of the order does not parse",
		           (unsigned long long)core->position.applied + 1);
		return STATUS_CORRUPT;
	}
	*out = batch;
	return STATUS_OK;
}

struct hash core_batch_hash(const struct core *core, struct bytes bytes)
{
	/* An order inside this process cannot come back with other bytes. */
	return core->options.sequencer->methods->confirm == NULL ? (struct hash){ { 0 } }
	                                                         : crypto_sha256(bytes);
}

/* Compares what a batch says of the ledger before it with ours: a difference is divergence. */
static enum status check_batch(const struct core *core, const Civil__V1__Batch *batch,
                               struct detail *detail)
{
	struct ledger_head head = ledger_head(core->options.ledger);
	struct id ledger = ledger_id(core->options.ledger);
	bool same_head = bytes_equal(bytes_of(batch->head_before.data, batch->head_before.len),
	                             bytes_of_hash(&head.head));
	bool same_ledger = bytes_equal(bytes_of(batch->ledger_id.data, batch->ledger_id.len),
	                               bytes_of_id(&ledger));

	if (PLANTED("head not compared")) {
		return STATUS_OK;
	}
	if (batch->number != head.batch + 1 || batch->size_before != head.size || !same_head ||
	    !same_ledger) {
		detail_set(detail, "",
		           "batch %llu by %s was made behind %llu records of another history; this "
		           "node holds %llu up to batch %llu: it stops",
		           (unsigned long long)batch->number, batch->proposer,
		           (unsigned long long)batch->size_before, (unsigned long long)head.size,
		           (unsigned long long)head.batch);
		return STATUS_DIVERGED;
	}
	return STATUS_OK;
}

/* Into the submission's arena; a peer wants none. */
enum status core_copy_result(struct submission *submission, size_t index,
                             const struct ledger_result *result)
{
	struct ledger_result *out = &submission->results[index];

	*out = *result;
	if (submission->from_peer) {
		out->receipt = NULL;
		out->verdict = (struct verdict){ .accepted = false };
		return STATUS_OK;
	}
	if (result->status == STATUS_OK) {
		out->receipt = receipt_copy(result->receipt, &submission->arena);
		return out->receipt == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (result->status == STATUS_REFUSED) {
		return verdict_copy(&out->verdict, &submission->arena);
	}
	return STATUS_OK;
}

static enum status answer(struct core *core, const struct origin *origin,
                          const struct ledger_result *result)
{
	enum status status = core_copy_result(origin->submission, origin->index, result);

	if (status == STATUS_OK) {
		core_answer(core, origin);
	}
	return status;
}

/* A refusal by a batch that did not come from here (I7). It stays a waiter while what the leader
 * says of it is on the way. */
static enum status hear_refusal(struct core *core, const struct origin *origin,
                                const struct ledger_result *result, const char *proposer)
{
	struct submitted *submitted = &origin->submission->submitted[origin->index];
	const struct sending *sending = &core->sending;
	bool by_leader = strcmp(proposer, sending->leader) == 0;
	bool taken = sending->turn > 0 && submitted->taken_turn == sending->turn;

	if (by_leader && taken && core->position.applied > submitted->taken_behind) {
		return answer(core, origin, result);
	}
	if (by_leader && !taken && submitted->in_flight) {
		submitted->refused_in = core->position.applied;
		return core_copy_result(origin->submission, origin->index, result);
	}
	core_doubt(core, origin);
	return STATUS_OK;
}

/* Any number may wait here for an event that was decided. */
static enum status answer_waiters(struct core *core, struct bytes event,
                                  const struct ledger_result *result, const char *proposer)
{
	struct waiter *waiter;
	struct waiter *kept = NULL;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && (waiter = waiting_find(&core->waiting, event)) != NULL) {
		const struct origin origin = { waiter->owner, waiter->index };

		if (result->status != STATUS_REFUSED || origin.submission->from_peer) {
			status = answer(core, &origin, result);
			continue;
		}
		status = hear_refusal(core, &origin, result, proposer);
		if (!origin.submission->submitted[origin.index].answered) {
			waiting_remove(&core->waiting, waiter);
			waiter->next = kept;
			kept = waiter;
		}
	}
	while (kept != NULL) {
		waiter = kept;
		kept = waiter->next;
		waiting_add(&core->waiting, waiter);
	}
	return status;
}

/* One event of our own batch was refused. A copy of it that came too late for the batch is not
 * offered again: its submitter has not seen that. */
static enum status answer_late(struct core *core, struct bytes event,
                               const struct ledger_result *result)
{
	if (result->status != STATUS_REFUSED) {
		return STATUS_OK;
	}
	core_list_waiting(core);
	return answer_waiters(core, event, result, core->options.node_name);
}

/* Who waits here for the events of the batch: one for each, to spare their admission. */
static void find_origins(struct core *core, const struct bytes *events, size_t count, bool own)
{
	if (own) {
		ASSERT(count == core->proposal.count || PLANTED("whatever is decided is ours"));
		memcpy(core->origins, core->proposal.origins, count * sizeof(*core->origins));
		return;
	}
	core_list_waiting(core);
	for (size_t i = 0; i < count; i++) {
		const struct waiter *waiter = waiting_find(&core->waiting, events[i]);

		core->origins[i] = waiter == NULL ? (struct origin){ NULL, 0 }
		                                  : (struct origin){ waiter->owner, waiter->index };
	}
}

static enum status answer_all(struct core *core, const struct bytes *events,
                              const Civil__V1__Batch *batch, bool own)
{
	const size_t count = batch->n_events;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const struct origin *origin = &core->origins[i];

		if (core->results[i].status == STATUS_REFUSED) {
			refusals_add(&core->refusals, core->position.applied, events[i]);
		}
		if (!own) {
			status =
			        answer_waiters(core, events[i], &core->results[i], batch->proposer);
		} else if (origin->submission != NULL) {
			status = answer(core, origin, &core->results[i]);
		}
	}
	for (size_t i = 0; status == STATUS_OK && own && i < count; i++) {
		status = answer_late(core, events[i], &core->results[i]);
	}
	return status;
}

/* The ledger has moved: tells the sequencer, closes the proposal for that slot. */
static void note_applied(struct core *core, struct core_update *update, bool own)
{
	struct ledger_head head = ledger_head(core->options.ledger);

	core->proposal.count = 0;
	core->position.applied = head.batch;
	core->position.size = head.size;
	core->position.head = head.head;
	core->counts.batches++;
	core->counts.own += own;
	update->activity = CORE_PROGRESS;
	update->applied = true;
}

enum status core_apply_batch(struct core *core, struct core_update *update, struct bytes bytes,
                             struct detail *detail)
{
	Civil__V1__Batch *batch;
	struct bytes events[BATCH_EVENTS_MAX];
	const struct event *admitted[BATCH_EVENTS_MAX];
	bool own =
	        core->proposal.count > 0 && (PLANTED("whatever is decided is ours") ||
	                                     bytes_equal(bytes, buf_bytes(&core->proposal.packed)));
	enum status status = core_unpack(core, &batch, bytes, detail);

	if (status == STATUS_OK) {
		status = check_batch(core, batch, detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < batch->n_events; i++) {
		events[i] = bytes_of(batch->events[i].data, batch->events[i].len);
	}
	find_origins(core, events, batch->n_events, own);
	for (size_t i = 0; i < batch->n_events; i++) {
		const struct origin *origin = &core->origins[i];

		admitted[i] = origin->submission == NULL
		                      ? NULL
		                      : &origin->submission->submitted[origin->index].admitted;
	}
	const struct ledger_batch ordered = {
		.number = batch->number,
		.recorded_at_ms = PLANTED("recorded when applied")
		                          ? clock_now_ms(core->options.clock)
		                          : batch->recorded_at_ms,
		.events = events,
		.count = batch->n_events,
		.admitted = admitted,
		.hash = core_batch_hash(core, bytes),
	};
	status = ledger_apply(core->options.ledger, core->results, &ordered,
	                      core->options.sequencer->durability);
	FAILPOINT("batch_committed");
	if (status == STATUS_OK) {
		core->counts.lost += core->proposal.count > 0 && !own;
		note_applied(core, update, own);
		status = answer_all(core, events, batch, own);
		core_release(core);
	}
	return status;
}

/* The order has dropped the next slot: aims at the newest one that it keeps, so that what is
 * fetched elsewhere is not behind again at once. */
static enum status aim(struct core *core, struct core_update *update, struct detail *detail)
{
	struct sequencer_state state = sequencer_state(core->options.sequencer);
	Civil__V1__Batch *batch;
	enum status status =
	        sequencer_next(core->options.sequencer, state.newest, &core->decided, detail);

	update->activity = CORE_BLOCKED;
	if (status != STATUS_OK || state.newest <= core->position.applied + 1) {
		return status_is_fatal(status) ? status : STATUS_OK; /* ask again */
	}
	status = core_unpack(core, &batch, buf_bytes(&core->decided), detail);
	if (status != STATUS_OK) {
		return status;
	}
	update->activity = CORE_BEHIND;
	update->behind =
	        (struct catch_up_target){ .batch = batch->number - 1, .size = batch->size_before };
	memset(update->behind.head.bytes, 0, HASH_BYTES);
	if (batch->head_before.len == HASH_BYTES) {
		memcpy(update->behind.head.bytes, batch->head_before.data, HASH_BYTES);
	}
	return STATUS_OK;
}

enum status core_apply_next(struct core *core, struct core_update *update, struct detail *detail)
{
	enum status status = sequencer_next(core->options.sequencer, core->position.applied + 1,
	                                    &core->decided, detail);

	switch (status) {
	case STATUS_OK:
		return core_apply_batch(core, update, buf_bytes(&core->decided), detail);
	case STATUS_NOT_FOUND:
		return STATUS_OK;
	case STATUS_OUT_OF_RANGE:
		return aim(core, update, detail);
	case STATUS_UNAVAILABLE:
	case STATUS_TIMEOUT:
	case STATUS_BUSY:
	case STATUS_DISK_FULL:
		update->activity = CORE_BLOCKED;
		return STATUS_OK;
	case STATUS_INVALID:
	case STATUS_REFUSED:
	case STATUS_EXISTS:
	case STATUS_DENIED:
	case STATUS_UNSUPPORTED:
	case STATUS_IO:
	case STATUS_CORRUPT:
	case STATUS_DIVERGED:
	case STATUS_NO_MEMORY:
		break;
	}
	return status;
}

enum status core_caught_up(struct core *core, const struct catch_up_target *target,
                           struct detail *detail)
{
	struct ledger_head head = ledger_head(core->options.ledger);

	core->position.applied = head.batch;
	core->position.size = head.size;
	core->position.head = head.head;
	if (head.size < target->size) {
		return STATUS_UNAVAILABLE;
	}
	if (head.size > target->size || head.batch > target->batch ||
	    !hash_equal(&head.head, &target->head)) {
		detail_set(detail, "",
		           "batch %llu was made behind %llu records, but the %llu fetched from a "
		           "peer are others",
		           (unsigned long long)target->batch + 1, (unsigned long long)target->size,
		           (unsigned long long)head.size);
		return STATUS_DIVERGED;
	}
	enum status status = ledger_skip_to_batch(core->options.ledger, target->batch,
	                                          core->options.sequencer->durability);
	if (status == STATUS_OK) {
		core->position.applied = target->batch;
	}
	return status;
}
