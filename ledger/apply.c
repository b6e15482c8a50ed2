#include "ledger/append.h"
#include "ledger/authority/governance.h"
#include "ledger/authority/reference.h"
#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/base/planted.h"
#include "ledger/erase.h"
#include "ledger/ledger_internal.h"
#include "ledger/person/state.h"
#include "ledger/receipt.h"

/* One batch being applied. Drafts become the ledger's own when the commit has succeeded. */
struct application {
	struct ledger *ledger;
	struct store_batch *batch;
	struct ledger_head head;
	struct tree tree;
	bool erases; /* an event erased the content of others */
};

/* Appends an accepted event and everything derived from it. */
static enum status accept(struct application *application, struct view *view,
                          struct ledger_result *result, const struct event *event,
                          const struct verdict *verdict, int64_t recorded_at_ms)
{
	struct ledger *ledger = application->ledger;
	struct appended appended;
	bool reference_changed = false;
	enum status status = append_event(view, application->batch, &appended, &application->head,
	                                  event, verdict, recorded_at_ms);

	if (status == STATUS_OK) {
		tree_append(&application->tree, application->batch, &appended.hash);
		application->head.head = appended.hash;
		application->head.size++;
		view->size++;
		status = governance_apply(view, application->batch, &reference_changed, event,
		                          appended.record.index);
	}
	if (reference_changed) {
		ledger->reference = NULL;
		view->reference = NULL;
	}
	if (status == STATUS_OK) {
		application->erases = application->erases || erase_is(&appended.record);
		status = state_update(view, application->batch, &appended.record);
	}
	if (status != STATUS_OK) {
		return status;
	}
	const Civil__V1__Receipt *receipt = receipt_of(&appended.record, view->arena);
	result->receipt = receipt == NULL ? NULL : receipt_copy(receipt, &ledger->results);
	result->status = STATUS_OK;
	return result->receipt == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Loads law and gazetteer into the ledger's own arena when they are not there. */
static enum status refresh_reference(struct ledger *ledger, struct view *view)
{
	if (ledger->reference == NULL) {
		arena_reset(&ledger->reference_arena);
		enum status status =
		        reference_load(view, &ledger->reference, &ledger->reference_arena);

		if (status != STATUS_OK) {
			return status;
		}
	}
	view->reference = ledger->reference;
	return STATUS_OK;
}

/* The event that the caller admitted, or admits it; either way it must be one of this ledger. */
static enum status admit(struct ledger *ledger, struct event *event, struct ledger_result *result,
                         const struct ledger_batch *batch, size_t i)
{
	if (batch->admitted == NULL || batch->admitted[i] == NULL) {
		return ledger_admit(event, &result->detail, &ledger->id, batch->events[i],
		                    &ledger->scratch);
	}
	*event = *batch->admitted[i];
	return ledger_is_its_own(event, &result->detail, &ledger->id);
}

static enum status apply_event(struct application *application, struct ledger_result *result,
                               const struct ledger_batch *batch, size_t i)
{
	struct ledger *ledger = application->ledger;
	struct view view = { .store = store_batch_view(application->batch),
		             .size = application->head.size,
		             .arena = &ledger->scratch,
		             .rows = ledger->rows,
		             .memo = ledger->memo };
	struct event event;
	enum status status = admit(ledger, &event, result, batch, i);

	if (status == STATUS_INVALID) {
		result->status = STATUS_INVALID;
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	result->event_id = event.id;
	status = ledger_find_repetition(&view, result, &ledger->results, &event);
	if (status != STATUS_NOT_FOUND && !PLANTED("dedupe skipped")) {
		return status;
	}
	status = refresh_reference(ledger, &view);
	if (status == STATUS_OK) {
		status = rules_judge(&view, &result->verdict, &event,
		                     application->head.recorded_at_ms);
	}
	if (status != STATUS_OK) {
		return status;
	}
	if (!result->verdict.accepted) {
		result->status = STATUS_REFUSED;
		return verdict_copy(&result->verdict, &ledger->results);
	}
	return accept(application, &view, result, &event, &result->verdict,
	              application->head.recorded_at_ms);
}

/* The same bytes, refused earlier in this batch. A batch judges an event once: whoever waits for it
 * hears one verdict, wherever its copies came from. */
static const struct ledger_result *refused_earlier(const struct ledger_result results[],
                                                   const struct ledger_batch *batch, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (results[j].status == STATUS_REFUSED &&
		    bytes_equal(batch->events[j], batch->events[i])) {
			return PLANTED("a batch judges copies anew") ? NULL : &results[j];
		}
	}
	return NULL;
}

/* Applies event `i`, unless it is a copy of one that this batch has refused. */
static enum status apply_next(struct application *application, struct ledger_result results[],
                              const struct ledger_batch *batch, size_t i)
{
	const struct ledger_result *earlier = refused_earlier(results, batch, i);

	if (earlier != NULL) {
		results[i] = *earlier;
		return STATUS_OK;
	}
	results[i] = (struct ledger_result){ .status = STATUS_INVALID };
	arena_reset(&application->ledger->scratch);
	memo_turn(application->ledger->memo);
	return apply_event(application, &results[i], batch, i);
}

/* True when the event became the record that the batch expects of it, newly. */
static bool is_expected(const struct application *application, const struct ledger_result *result,
                        const struct ledger_batch *batch, size_t i)
{
	return batch->expected == NULL ||
	       (result->status == STATUS_OK && !result->repeated &&
	        hash_equal(&application->head.head, &batch->expected[i]));
}

/* What was erased leaves the disk now, or with a later batch when readers still see it. */
static enum status purge(struct ledger *ledger, bool erases)
{
	if (erases) {
		ledger->erasing = true;
		ledger->purge_moment = 0;
	}
	enum status status = ledger_purge(ledger);
	return status == STATUS_BUSY ? STATUS_OK : status;
}

enum status ledger_apply(struct ledger *ledger, struct ledger_result results[],
                         const struct ledger_batch *batch, enum store_durability durability)
{
	struct application application = { .ledger = ledger,
		                           .head = ledger->head,
		                           .tree = ledger->tree };
	enum status status = STATUS_OK;

	ASSERT(batch->count >= 1 && batch->count <= BATCH_EVENTS_MAX);
	if (batch->number != ledger->head.batch + 1) {
		return STATUS_OUT_OF_RANGE;
	}
	application.head.batch = batch->number;
	application.head.batch_hash = batch->hash;
	if (batch->recorded_at_ms > ledger->head.recorded_at_ms) {
		application.head.recorded_at_ms = batch->recorded_at_ms;
	}
	application.batch = store_batch_begin(ledger->store);
	if (application.batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	arena_reset(&ledger->results);
	for (size_t i = 0; status == STATUS_OK && i < batch->count; i++) {
		status = apply_next(&application, results, batch, i);
		if (status == STATUS_OK && !is_expected(&application, &results[i], batch, i)) {
			status = STATUS_DIVERGED;
		}
	}
	if (status == STATUS_OK && PLANTED("head in a second commit")) {
		status = store_batch_commit(application.batch, durability);
	}
	if (status == STATUS_OK) {
		tree_root(&application.tree, &application.head.root);
		head_write(application.batch, &application.head);
		status = store_batch_commit(application.batch, durability);
	}
	store_batch_end(application.batch);
	if (status == STATUS_OK) {
		ASSERT(application.tree.size == application.head.size);
		ledger->head = application.head;
		ledger->tree = application.tree;
		status = purge(ledger, application.erases);
	} else {
		ledger->reference = NULL; /* may name records that were not committed */
		row_cache_clear(ledger->rows);
		memo_clear(ledger->memo);
	}
	return status;
}

enum status ledger_skip_to_batch(struct ledger *ledger, uint64_t number,
                                 enum store_durability durability)
{
	struct ledger_head head = ledger->head;
	struct store_batch *batch;

	if (number < head.batch) {
		return STATUS_OUT_OF_RANGE;
	}
	batch = store_batch_begin(ledger->store);
	if (batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	head.batch_hash = number == head.batch ? head.batch_hash : (struct hash){ { 0 } };
	head.batch = number;
	head_write(batch, &head);
	enum status status = store_batch_commit(batch, durability);
	store_batch_end(batch);
	if (status == STATUS_OK) {
		ledger->head = head;
	}
	return status;
}
