#include "ledger/base/assert.h"
#include "ledger/log/merkle.h"
#include "tests/support/simulator/province_internal.h"

void province_check_outbox(struct province *province)
{
	struct world *world = province->world;

	for (size_t i = 0; i < province->queued; i++) {
		const struct hash *id = &world->workload->ids[PROVINCE_LANE][i];
		struct outbox_entry entry;
		bool kept = outbox_find(province->outbox, &entry, id);

		/* It leaves when it was seen here; that it stands elsewhere is somebody's word. */
		kept = kept || world->lanes[PROVINCE_LANE].fates[i].sort == FATE_ACCEPTED;
		if (!kept && !world->run.restored) {
			world_fail(world,
			           "province: queued event %zu is not in its outbox, and was never "
			           "seen",
			           i);
		}
	}
}

void province_check_records(struct province *province)
{
	struct world *world = province->world;
	struct ledger_view view;
	enum status status = ledger_view_begin(province->ledger, &view);

	ASSERT(status == STATUS_OK);
	for (; province->checked < view.head.size && !world->run.restored; province->checked++) {
		struct stored_record record;
		struct hash hash;

		status = view_record(&view.view, &record, province->checked);
		ASSERT(status == STATUS_OK);
		merkle_leaf(&hash, record.record_bytes);
		if (province->checked >= world->truth_size ||
		    !hash_equal(&hash, &world->truth[province->checked].record)) {
			world_fail(world, "province: record %llu is not what members hold",
			           (unsigned long long)province->checked);
		}
		for (size_t i = 0; i < WORKLOAD_LANE_EVENTS; i++) {
			if (hash_equal(&record.event.id, &world->workload->ids[PROVINCE_LANE][i])) {
				world->lanes[PROVINCE_LANE].fates[i].sort = FATE_ACCEPTED;
			}
		}
		arena_reset(&view.arena);
	}
	ledger_view_end(&view);
}

void province_check_end(struct province *province)
{
	struct world *world = province->world;

	if (world->run.restored) {
		return; /* members have signed what the order forgot; it has stopped, or follows one
		         */
	}
	struct outbox_counts counts = outbox_counts(province->outbox);
	uint64_t size = ledger_head(province->ledger).size;

	if (replica_state(province->replica).contradicted) {
		world_fail(world, "province: contradicted by honest members");
	}
	if (size != world->truth_size || province->floor.size != size) {
		world_fail(world, "province rests at %llu records, floor %llu, of %llu",
		           (unsigned long long)size, (unsigned long long)province->floor.size,
		           (unsigned long long)world->truth_size);
	}
	if (counts.waiting > 0 || counts.refused > 0) {
		world_fail(world, "province: %zu events never leave the outbox, %zu were refused",
		           counts.waiting, counts.refused);
	}
}
