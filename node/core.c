#include "node/core.h"

#include "ledger/base/assert.h"
#include "ledger/base/planted.h"
#include "node/core_internal.h"
#include "node/failpoint.h"

#include <stdlib.h>

enum {
	BATCH_MESSAGE_BYTES_MAX = BATCH_BYTES_MAX + 8 * BATCH_EVENTS_MAX + 1024,
	STEP_ARENA_BYTES_MAX = 8 * BATCH_MESSAGE_BYTES_MAX,
};

enum status core_new(struct core **out, const struct core_options *options)
{
	struct core *core = calloc(1, sizeof(*core));
	struct ledger_head head = ledger_head(options->ledger);

	if (core == NULL) {
		return STATUS_NO_MEMORY;
	}
	core->options = *options;
	core->sending.round = 1;
	core->synced_at_ns = clock_monotonic_ns(options->clock);
	core->position = (struct sequencer_position){
		.applied = head.batch,
		.durable = options->floor.batch < head.batch ? options->floor.batch : head.batch,
		.size = head.size,
		.head = head.head,
	};
	waiting_init(&core->waiting, options->table_key);
	refusals_init(&core->refusals, options->table_key, head.batch);
	buf_init(&core->proposal.packed, BATCH_MESSAGE_BYTES_MAX);
	buf_init(&core->decided, BATCH_MESSAGE_BYTES_MAX);
	arena_init(&core->arena, STEP_ARENA_BYTES_MAX);
	*out = core;
	return STATUS_OK;
}

void core_free(struct core *core)
{
	if (core == NULL) {
		return;
	}
	ASSERT(core->first == NULL);
	buf_fini(&core->proposal.packed);
	buf_fini(&core->decided);
	arena_fini(&core->arena);
	free(core);
}

/* Batches that were durable here are replayed from the order after a loss; at the floor they must
 * lead to what stood there. */
static enum status check_floor(const struct core *core, struct detail *detail)
{
	const struct floor_state *floor = &core->options.floor;

	if (core->position.applied == floor->batch &&
	    (core->position.size != floor->size ||
	     !hash_equal(&core->position.head, &floor->head))) {
		detail_set(detail, "floor",
		           "up to batch %llu the order leads to %llu records, but others or %llu "
		           "were committed here",
		           (unsigned long long)floor->batch,
		           (unsigned long long)core->position.size,
		           (unsigned long long)floor->size);
		return STATUS_DIVERGED;
	}
	return STATUS_OK;
}

static bool is_sync_due(const struct core *core)
{
	return core->options.sequencer->durability == STORE_SYNCED ||
	       clock_monotonic_ns(core->options.clock) - core->synced_at_ns >=
	               (int64_t)SYNC_INTERVAL_MS * 1000000;
}

enum status core_make_durable(struct core *core, struct core_update *update, struct detail *detail)
{
	const struct floor_state state = { .batch = core->position.applied,
		                           .size = core->position.size,
		                           .head = core->position.head };
	enum status status = STATUS_OK;

	if (core->position.applied == core->position.durable ||
	    core->position.applied < core->options.floor.batch) {
		return STATUS_OK; /* nothing new, or below what the floor says already */
	}
	if (core->options.sequencer->durability == STORE_UNSYNCED) {
		status = PLANTED("floor raised before the sync") ? STATUS_OK
		                                                 : store_sync(core->options.store);
		core->counts.syncs++;
		core->synced_at_ns = clock_monotonic_ns(core->options.clock);
	}
	FAILPOINT("ledger_synced");
	if (status == STATUS_OK) {
		status = core->options.raise_floor(core->options.context, &state, detail);
	}
	FAILPOINT("floor_raised");
	if (status == STATUS_OK) {
		core->position.durable = state.batch;
		core->options.floor = state;
		update->durable = true;
	}
	return status;
}

static enum status do_next(struct core *core, struct core_update *update, struct detail *detail)
{
	enum status status = STATUS_OK;

	if (!core->confirmed) {
		status = core_confirm(core, update, detail);
	}
	if (status == STATUS_OK && core->confirmed) {
		status = core_apply_next(core, update, detail);
	}
	if (status == STATUS_OK && core->confirmed && update->activity == CORE_IDLE) {
		status = core_propose(core, update, detail);
	}
	if (status == STATUS_OK && update->applied) {
		status = check_floor(core, detail);
	}
	if (status == STATUS_OK && is_sync_due(core)) {
		status = core_make_durable(core, update, detail);
	}
	return status;
}

enum status core_step(struct core *core, struct core_update *update, struct detail *detail)
{
	*update = (struct core_update){ .activity = CORE_IDLE };
	arena_reset(&core->arena);
	enum status status = do_next(core, update, detail);
	if (status != STATUS_OK) {
		return status;
	}
	if (update->applied || update->durable) {
		if (PLANTED("applied told as durable")) {
			core->position.durable = core->position.applied;
		}
		sequencer_applied(core->options.sequencer, &core->position);
	}
	core_expire(core);
	update->answered = core->answered;
	core->answered = NULL;
	core->answered_last = NULL;
	return STATUS_OK;
}

bool core_waits(const struct core *core)
{
	return core->first != NULL || core->answered != NULL;
}

struct core_counts core_counts(const struct core *core)
{
	return core->counts;
}

struct sequencer_position core_position(const struct core *core)
{
	return core->position;
}
