#include "tests/support/simulator/world.h"

#include "ledger/base/assert.h"
#include "ledger/log/merkle.h"

static void compare(struct member *member, uint64_t index, const struct truth *seen)
{
	struct world *world = member->world;

	ASSERT(index < TRUTH_MAX);
	if (index == world->truth_size) {
		world->truth[index] = *seen;
		world->truth_size++;
		return;
	}
	if (index > world->truth_size || !hash_equal(&world->truth[index].record, &seen->record)) {
		world_fail(world, "%s: record %llu is not what the others hold", member->name,
		           (unsigned long long)index);
	}
}

void truth_check_member(struct member *member)
{
	struct ledger_view view;
	uint64_t size = ledger_head(member->ledger).size;

	uint64_t batch = core_position(member->core).applied;

	if (member->checked_batch == batch) {
		return;
	}
	if (member->ahead) {
		/* It may go on only if the very same batches were decided once more. */
		member->ahead = false;
		member->checked = member->world->workload->head.size;
	}
	member->checked_batch = batch;
	enum status status = ledger_view_begin(member->ledger, &view);
	ASSERT(status == STATUS_OK);
	while (member->checked < size) {
		struct stored_record record;
		struct truth seen;

		status = view_record(&view.view, &record, member->checked);
		ASSERT(status == STATUS_OK);
		merkle_leaf(&seen.record, record.record_bytes);
		seen.event = record.event.id;
		compare(member, member->checked, &seen);
		member->checked++;
	}
	ledger_view_end(&view);
	member->world->sizes[batch] = size;
}

void truth_forget(struct world *world, uint64_t batch)
{
	world->forgotten_from = batch + 1;
	if (world->sizes[batch] == 0) {
		return; /* nobody has come that far */
	}
	world->truth_size = world->sizes[batch];
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &world->members[i];

		uint64_t applied = member->up ? core_position(member->core).applied : 0;

		/* What one that is down holds is seen when it starts. */
		member->ahead = !member->stopped && (!member->up || applied > batch);
		if (applied > batch) {
			member->checked_batch = applied; /* looked at again when it moves */
		}
	}
}

/* How often the record of an event stands in the truth. */
static size_t occurrences(const struct world *world, const struct hash *event)
{
	size_t count = 0;

	for (uint64_t i = world->workload->head.size; i < world->truth_size; i++) {
		count += hash_equal(&world->truth[i].event, event);
	}
	return count;
}

static void check_lane(struct world *world, size_t lane)
{
	for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
		const bool accepted = world->lanes[lane].fates[i].sort == FATE_ACCEPTED;
		size_t count = occurrences(world, &world->workload->ids[lane][i]);

		if (accepted && count == 0) {
			world_fail(world, "lost: an acknowledged event of lane %zu", lane);
		} else if (count > 1) {
			world_fail(world, "doubled: an event of lane %zu", lane);
		} else if (!accepted && count > 0) {
			world_fail(world, "an event of lane %zu was %s, and then accepted", lane,
			           world->lanes[lane].fates[i].sort == FATE_LEFT ? "not done"
			                                                         : "refused");
		}
	}
}

void truth_check_end(struct world *world)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		const struct member *member = &world->members[i];

		if (member->stopped) {
			continue; /* it has said why, and answers nobody */
		}
		if (!member->up || core_position(member->core).size != world->truth_size ||
		    core_position(member->core).durable != world->order.decided) {
			world_fail(world, "%s does not come to rest at %llu records", member->name,
			           (unsigned long long)world->truth_size);
		}
	}
	for (size_t lane = 0; lane < WORKLOAD_LANES; lane++) {
		if (!world->run.restored && !lane_is_done(world, lane)) {
			world_fail(world, "lane %zu is never answered", lane);
		}
		if (!world->run.restored) {
			check_lane(world, lane);
		}
	}
}
