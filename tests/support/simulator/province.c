#include "tests/support/simulator/province.h"

#include "ledger/base/assert.h"
#include "ledger/event/event.h"
#include "ledger/store/store_memory.h"
#include "tests/support/simulator/province_internal.h"

#include <stdlib.h>

#define MS       INT64_C(1000000)
#define BEGIN_MS INT64_C(1795000000000)

enum { ARENA_BYTES_MAX = 16 << 20, STEPS_AT_ONCE = 4 };

static void wake(void *context, size_t who, uint64_t what);
static void work(void *context, size_t who, uint64_t what);

static int64_t now_ms(void *context)
{
	const struct province *province = context;

	return BEGIN_MS + province->world->schedule.now_ns / MS;
}

static int64_t monotonic_ns(void *context)
{
	const struct province *province = context;

	return province->world->schedule.now_ns;
}

static enum status raise_floor(void *context, const struct floor_state *state,
                               struct detail *detail)
{
	struct province *province = context;

	(void)detail;
	if (store_memory_unsynced(province->store) > 0) {
		world_fail(province->world, "province: the floor rises above what is synced");
	}
	province->floor = *state;
	return STATUS_OK;
}

static enum status store_notes(void *context, struct bytes notes, struct detail *detail)
{
	struct province *province = context;

	(void)detail;
	return buf_assign(&province->notes, notes);
}

static enum status store_evidence(void *context, enum evidence_kind kind, int64_t found_at_ms,
                                  struct bytes text, struct detail *detail)
{
	struct province *province = context;

	(void)kind;
	(void)found_at_ms;
	(void)text;
	if (!province->world->run.restored) {
		world_fail(province->world, "province: honest members contradict: %s",
		           detail->text);
	}
	return STATUS_OK;
}

static void open_parts(struct province *province)
{
	const struct witness_options witnessing = {
		.ledger = province->ledger,
		.clock = &province->clock,
		.keys = province->keys,
		.key_count = MEMBERS,
		.store_evidence = store_evidence,
		.store_notes = store_notes,
		.context = province,
	};
	enum status status = witness_new(&province->witness, &witnessing);
	ASSERT(status == STATUS_OK);
	const struct replica_options following = {
		.ledger = province->ledger,
		.store = province->store,
		.witness = province->witness,
		.upstreams = province->upstreams,
		.upstream_count = MEMBERS,
		.clock = &province->clock,
		.seed = province->life,
		.floor = province->floor,
		.raise_floor = raise_floor,
		.context = province,
	};
	status = replica_new(&province->replica, &following);
	ASSERT(status == STATUS_OK);
	const struct courier_options carrying = { .outbox = province->outbox,
		                                  .ledger = province->ledger,
		                                  .upstreams = province->upstreams,
		                                  .upstream_count = MEMBERS,
		                                  .clock = &province->clock,
		                                  .seed = province->life };
	status = courier_new(&province->courier, &carrying);
	ASSERT(status == STATUS_OK);
}

static void start(struct province *province)
{
	struct schedule *schedule = &province->world->schedule;
	struct detail detail = { "", "" };
	enum status status = ledger_open(&province->ledger, province->store, &detail);

	ASSERT(!province->up);
	if (status == STATUS_OK) {
		status = outbox_open(&province->outbox, province->outbox_store, &detail);
	}
	if (status != STATUS_OK) {
		world_fail(province->world, "province does not open: %s", detail.text);
		return;
	}
	province->life++;
	open_parts(province);
	province->up = true;
	province->checked = province->world->workload->head.size;
	if (province->notes.size > 0) {
		status = witness_load(province->witness, buf_bytes(&province->notes), &detail);
		if (status != STATUS_OK && !province->world->run.restored) {
			world_fail(province->world, "province: kept statements: %s", detail.text);
		}
	}
	province_check_outbox(province);
	schedule_after(schedule, schedule_between_ms(schedule, 0, 50), wake, 0, province->life);
	schedule_after(schedule, schedule_between_ms(schedule, 0, 3000), work, 0, province->life);
}

static struct store *after_crash(struct province *province, struct store *store, bool power)
{
	struct store *after;
	size_t unsynced = store_memory_unsynced(store);
	uint32_t kept = random_below(&province->world->schedule.chance, (uint32_t)unsynced + 1);

	store_memory_crash(store, power ? kept : unsynced);
	enum status status = store_memory_clone(&after, store);
	ASSERT(status == STATUS_OK);
	store_close(store);
	store_memory_simulate(after);
	return after;
}

static void crash(struct province *province, bool power)
{
	if (province->calling) {
		province->fell = true;
		province->fell_by_power = province->fell_by_power || power;
		return;
	}
	province->up = false;
	province->fell = false;
	province->fell_by_power = false;
	replica_free(province->replica);
	witness_free(province->witness);
	courier_free(province->courier);
	outbox_close(province->outbox);
	ledger_close(province->ledger);
	province->store = after_crash(province, province->store, power);
	province->outbox_store = after_crash(province, province->outbox_store, power);
}

/* A disk that failed is replaced by a start; anything else must not happen. */
static void end(struct province *province, enum status status, const struct detail *detail)
{
	if (status != STATUS_IO) {
		world_fail(province->world, "province stops: %s %s", status_name(status),
		           detail->text);
	}
	crash(province, true);
}

static enum status follow(struct province *province, struct detail *detail)
{
	struct replica_update update = { .progress = true };
	enum status status = STATUS_OK;

	for (int i = 0; i < STEPS_AT_ONCE && status == STATUS_OK && update.progress; i++) {
		status = replica_step(province->replica, &update, detail);
		if (status == STATUS_OK && update.applied) {
			province_check_records(province);
		}
	}
	return status;
}

/* The weather is over, everybody has what there is, and nothing more will come. */
static bool is_at_rest(const struct province *province)
{
	const struct world *world = province->world;
	struct outbox_counts counts = outbox_counts(province->outbox);
	bool done = world->calm && counts.waiting == 0 &&
	            ledger_head(province->ledger).size == world->truth_size &&
	            province->floor.size == world->truth_size;

	for (size_t lane = 0; done && lane < WORKLOAD_LANES; lane++) {
		done = lane_is_done(world, lane);
	}
	return done;
}

/* A moment of the node: it follows, and carries. */
static void wake(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct province *province = world->province;
	struct courier_update update;
	struct detail detail = { "", "" };

	(void)who;
	if (!province->up || province->life != what) {
		return;
	}
	enum status status = follow(province, &detail);
	if (status == STATUS_OK) {
		status = courier_step(province->courier, &update, &detail);
	}
	if (province->fell) {
		crash(province, province->fell_by_power);
		return;
	}
	if (status != STATUS_OK) {
		end(province, status, &detail);
		return;
	}
	province_check_records(province);
	province_check_outbox(province);
	schedule_trace(&world->schedule, ledger_head(province->ledger).size);
	if (is_at_rest(province)) {
		return;
	}
	schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 50, 1500), wake, 0,
	               what);
}

static enum status queue(struct province *province, size_t i, struct detail *detail)
{
	struct outbox_event queued = {
		.event_id = province->world->workload->ids[PROVINCE_LANE][i],
		.signed_event = province->world->workload->lanes[PROVINCE_LANE][i],
	};
	struct outbox_entry entry;
	struct arena arena;
	struct event event;
	size_t which;

	arena_init(&arena, ARENA_BYTES_MAX);
	enum status status = event_admit(&event, queued.signed_event, &arena, detail);
	ASSERT(status == STATUS_OK);
	memcpy(queued.request_id.bytes, event.header->request_id.data, ID_BYTES);
	arena_fini(&arena);
	return outbox_add(province->outbox, &entry, &queued, 1, now_ms(province), &which, detail);
}

/* The office: the next act, or once more the last one, whose answer somebody missed. */
static void work(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct province *province = world->province;
	struct detail detail = { "", "" };

	(void)who;
	if (!province->up || province->fell || province->life != what) {
		return;
	}
	size_t next = province->queued;
	bool again = next > 0 && !world->calm &&
	             schedule_chance(&world->schedule, world->weather.impatient);
	if (again || next < lane_limit(world)) {
		enum status status = queue(province, again ? next - 1 : next, &detail);

		if (status != STATUS_OK) {
			end(province, status, &detail);
			return;
		}
		province->queued += !again;
		world->run.operations++;
	}
	schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 100, 4000), work, 0,
	               what);
}

struct province *province_new(struct world *world)
{
	struct province *province = calloc(1, sizeof(*province));

	ASSERT(province != NULL);
	province->world = world;
	world->province = province;
	buf_init(&province->notes, WITNESS_NOTES_BYTES_MAX);
	province->clock = (struct clock){ .now_ms = now_ms,
		                          .monotonic_ns = monotonic_ns,
		                          .context = province };
	province->floor = (struct floor_state){ .batch = world->workload->head.batch,
		                                .size = world->workload->head.size,
		                                .head = world->workload->head.head };
	enum status status = store_memory_clone(&province->store, world->workload->founded);
	ASSERT(status == STATUS_OK);
	store_memory_simulate(province->store);
	status = store_memory_open(&province->outbox_store);
	ASSERT(status == STATUS_OK);
	store_memory_simulate(province->outbox_store);
	ways_init(province);
	start(province);
	return province;
}

void province_free(struct province *province)
{
	if (province->up) {
		crash(province, false);
	}
	store_close(province->store);
	store_close(province->outbox_store);
	buf_fini(&province->notes);
	free(province);
}

void province_second(struct province *province)
{
	struct world *world = province->world;
	const struct weather *weather = &world->weather;
	bool power = faults_strike(world, weather->power_cut);

	if (!province->up) {
		start(province);
	} else if (power || faults_strike(world, weather->crash)) {
		crash(province, power);
	} else if (faults_strike(world, weather->disk_fault)) {
		store_memory_fail_after(province->outbox_store,
		                        random_below(&world->schedule.chance, 3));
		store_memory_fail_after(province->store, random_below(&world->schedule.chance, 3));
	}
	if (faults_strike(world, weather->cut)) {
		province->cut_until_ns =
		        world->schedule.now_ns + schedule_between_ms(&world->schedule, 1000, 20000);
	}
}

void province_calm(struct province *province)
{
	if (province->up) {
		crash(province, true);
	}
	start(province);
}
