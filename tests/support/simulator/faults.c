#include "tests/support/simulator/province.h"

#include "ledger/base/assert.h"
#include "ledger/store/store_memory.h"

#include <stddef.h>

#define MS INT64_C(1000000)

enum { SECOND_MS = 1000 };

/* How bad each fault gets where it comes at all, and in how many worlds of a thousand it does. */
static const struct {
	size_t offset;
	uint32_t worlds;
	uint32_t worst;
} kinds[] = {
	{ offsetof(struct weather, request_lost), 400, 400 },
	{ offsetof(struct weather, reply_lost), 400, 500 },
	{ offsetof(struct weather, late), 400, 500 },
	{ offsetof(struct weather, unreachable), 300, 300 },
	{ offsetof(struct weather, crowded), 200, 300 },
	{ offsetof(struct weather, hidden), 400, 300 },
	{ offsetof(struct weather, message_lost), 400, 400 },
	{ offsetof(struct weather, message_slow), 400, 400 },
	{ offsetof(struct weather, impatient), 500, 600 },
	{ offsetof(struct weather, disorder), 500, 400 },
	{ offsetof(struct weather, fickle), 300, 600 },
	{ offsetof(struct weather, client_cut), 300, 300 },
	{ offsetof(struct weather, spoiled), 300, 300 },
	{ offsetof(struct weather, crash), 400, 150 },
	{ offsetof(struct weather, power_cut), 500, 200 },
	{ offsetof(struct weather, disk_fault), 200, 100 },
	{ offsetof(struct weather, cut), 400, 150 },
	{ offsetof(struct weather, elect), 700, 400 },
	{ offsetof(struct weather, split), 400, 300 },
	{ offsetof(struct weather, clock_jump), 300, 200 },
	{ offsetof(struct weather, trim), 600, 800 },
	{ offsetof(struct weather, order_restored), 80, 200 },
};

void faults_draw(struct world *world)
{
	struct random *chance = &world->schedule.chance;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		uint32_t *field = (uint32_t *)(void *)((char *)&world->weather + kinds[i].offset);
		uint32_t worst = 1 + random_below(chance, kinds[i].worst);

		*field = random_below(chance, 1000) < kinds[i].worlds ? worst : 0;
	}
}

bool faults_strike(struct world *world, uint32_t per_mille)
{
	bool struck = !world->calm && schedule_chance(&world->schedule, per_mille);

	world->run.faults += struck;
	return struck;
}

static void unhide(void *context, size_t who, uint64_t what)
{
	struct world *world = context;

	(void)what;
	world->members[who].seat.hidden = 0;
	member_wake(&world->members[who], 0);
}

static void land(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct order_seat *seat = &world->members[who].seat;

	if (seat->late_number == what) {
		(void)order_land(seat);
	}
}

void faults_before_step(struct member *member)
{
	struct world *world = member->world;
	const struct weather *weather = &world->weather;
	struct order_seat *seat = &member->seat;

	bool cut = !world->calm && member->cut_until_ns > world->schedule.now_ns;

	seat->state.reachable = !cut;
	seat->next_unreachable = cut || faults_strike(world, weather->unreachable);
	seat->confirm_unreachable = seat->next_unreachable;
	seat->append_fault = ORDER_FINE;
	if (cut) {
		seat->append_fault = ORDER_UNREACHABLE;
	} else if (faults_strike(world, weather->request_lost)) {
		seat->append_fault = ORDER_REQUEST_LOST;
	} else if (faults_strike(world, weather->reply_lost)) {
		seat->append_fault = ORDER_REPLY_LOST;
	} else if (seat->late_number == 0 && faults_strike(world, weather->late)) {
		seat->append_fault = ORDER_LATE;
	} else if (faults_strike(world, weather->crowded)) {
		seat->append_fault = ORDER_CROWDED;
	}
	if (seat->hidden == 0 && faults_strike(world, weather->hidden)) {
		seat->hidden = world->order.decided + 1;
		schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 1, 4000),
		               unhide, member->index, 0);
	}
}

void faults_after_step(struct member *member)
{
	struct order_seat *seat = &member->seat;

	if (seat->append_fault == ORDER_FINE && seat->late_number != 0) {
		schedule_after(&member->world->schedule,
		               schedule_between_ms(&member->world->schedule, 1, 6000), land,
		               member->index, seat->late_number);
	}
	seat->append_fault = ORDER_FINE;
	seat->next_unreachable = false;
	seat->confirm_unreachable = false;
}

static void revive(void *context, size_t who, uint64_t what)
{
	struct world *world = context;

	(void)what;
	if (!world->members[who].up && !world->members[who].stopped) {
		member_start(&world->members[who]);
	}
}

static void kill(struct world *world, struct member *member, bool power)
{
	if (member->up) {
		member_crash(member, power);
	}
	schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 1, 5000), revive,
	               member->index, 0);
}

/* A leader, or none; what a lease does when its holder is slow is to leave two. Who has stopped for
 * good holds none: where nothing more is decided, nobody notices what the order has forgotten. */
static void elect(struct world *world, bool split)
{
	struct random *chance = &world->schedule.chance;
	size_t first = random_below(chance, MEMBERS);
	struct member *leader = &world->members[first];

	for (size_t i = 1; i < MEMBERS && leader->stopped; i++) {
		leader = &world->members[(first + i) % MEMBERS];
	}
	order_elect(&world->order, &leader->seat, leader->name);
	if (split) {
		world->members[random_below(chance, MEMBERS)].seat.state.leading = true;
	}
}

/* As a sequencer trims: what is durable on every member. */
static void trim(struct world *world)
{
	uint64_t durable = UINT64_MAX;

	for (size_t i = 0; i < MEMBERS; i++) {
		uint64_t told = world->members[i].seat.told.durable;

		durable = told < durable ? told : durable;
	}
	if (durable > 0 && durable < UINT64_MAX && durable >= world->order.oldest) {
		world->order.oldest = durable;
	}
}

/* The keeper of the order comes back from an old backup: what was decided since is gone. */
static void restore_order(struct world *world)
{
	struct order *order = &world->order;
	uint64_t lost = 1 + random_below(&world->schedule.chance, 3);

	if (world->run.restored || order->decided < order->oldest + lost) {
		return;
	}
	world->run.restored = true;
	order_forget(order, lost);
	truth_forget(world, order->decided);
}

static void second(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	const struct weather *weather = &world->weather;

	(void)who;
	if (world->calm) {
		return;
	}
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &world->members[i];
		bool power = faults_strike(world, weather->power_cut);

		if (power || faults_strike(world, weather->crash)) {
			kill(world, member, power);
		} else if (member->up && faults_strike(world, weather->disk_fault)) {
			store_memory_fail_after(member->store,
			                        random_below(&world->schedule.chance, 3));
		} else if (!member->up) {
			revive(world, i, 0);
		}
		if (faults_strike(world, weather->cut)) {
			member->cut_until_ns = world->schedule.now_ns +
			                       schedule_between_ms(&world->schedule, 1000, 20000);
		}
		if (faults_strike(world, weather->clock_jump)) {
			member->clock_offset_ms =
			        random_between(&world->schedule.chance, -100000, 100000);
		}
	}
	bool split = faults_strike(world, weather->split);
	if (split || faults_strike(world, weather->elect)) {
		elect(world, split);
	}
	if (faults_strike(world, weather->trim)) {
		trim(world);
	}
	if (faults_strike(world, weather->order_restored)) {
		restore_order(world);
	}
	province_second(world->province);
	for (int i = 0; i < 3; i++) {
		lane_read(world);
	}
	schedule_after(&world->schedule, SECOND_MS * MS, second, 0, what + 1);
}

void faults_begin(struct world *world)
{
	elect(world, false);
	schedule_after(&world->schedule, SECOND_MS * MS, second, 0, 0);
}

void faults_end(struct world *world)
{
	world->calm = true;
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &world->members[i];

		member->seat.hidden = 0;
		member->clock_offset_ms = 0;
		if (member->up) {
			member_crash(member, true);
		}
		revive(world, i, 0);
	}
	province_calm(world->province);
	elect(world, false);
}
