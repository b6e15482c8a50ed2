#include "tests/support/simulator/province.h"

#include "ledger/base/assert.h"

#include <stdlib.h>

/* Events of each lane that are kept until the faults are over: what a world forgot to notice must
 * come out when life goes on. */
enum { KEPT_EVENTS = 2 };

static void send(void *context, size_t who, uint64_t what);

size_t lane_limit(const struct world *world)
{
	return world->calm ? WORKLOAD_LANE_EVENTS : WORKLOAD_LANE_EVENTS - KEPT_EVENTS;
}

/* The first event from `from` on without an answer; lane_limit() when there is none. */
static size_t open_event(const struct world *world, size_t lane, size_t from)
{
	while (from < lane_limit(world) && world->lanes[lane].fates[from].sort != FATE_OPEN) {
		from++;
	}
	return from;
}

bool lane_is_done(const struct world *world, size_t lane)
{
	return open_event(world, lane, 0) >= lane_limit(world);
}

static void plan(struct world *world, size_t lane, int32_t from_ms, int32_t to_ms)
{
	world->lanes[lane].attempt++;
	schedule_after(&world->schedule, schedule_between_ms(&world->schedule, from_ms, to_ms),
	               send, lane, world->lanes[lane].attempt);
}

void lane_begin(struct world *world, size_t lane)
{
	plan(world, lane, 0, 500);
}

static void give_up(void *context, size_t who, uint64_t what)
{
	struct world *world = context;

	if (world->lanes[who].attempt == what) {
		plan(world, who, 0, 200); /* the same again, to whomever */
	}
}

/* The next open events, now and then in a wrong order: an act before the one it builds on is
 * refused, and would be accepted if it came once more. */
static void fill(struct world *world, struct ticket *ticket)
{
	struct random *chance = &world->schedule.chance;
	size_t wanted = 1 + random_below(chance, TICKET_EVENTS_MAX);
	size_t event = open_event(world, ticket->lane, 0);
	size_t count = 0;

	while (count < wanted && event < lane_limit(world)) {
		ticket->numbers[count++] = event;
		event = open_event(world, ticket->lane, event + 1);
	}
	if (count > 1 && !world->calm &&
	    schedule_chance(&world->schedule, world->weather.disorder)) {
		size_t last = ticket->numbers[count - 1];

		ticket->numbers[count - 1] = ticket->numbers[0];
		ticket->numbers[0] = last;
	}
	for (size_t i = 0; i < count; i++) {
		size_t number = ticket->numbers[i];

		ticket->events[i] = world->workload->lanes[ticket->lane][number];
		ticket->fresh[i] = !world->lanes[ticket->lane].fates[number].sent;
		world->lanes[ticket->lane].fates[number].sent = true;
	}
	ticket->submission.count = count;
}

static void send(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct lane *lane = &world->lanes[who];
	struct member *member = &world->members[random_below(&world->schedule.chance, MEMBERS)];

	if (lane->attempt != what || lane_is_done(world, who)) {
		return;
	}
	if (!member->up) {
		plan(world, who, 20, 200);
		return;
	}
	struct ticket *ticket = calloc(1, sizeof(*ticket));

	ASSERT(ticket != NULL);
	ticket->lane = who;
	ticket->attempt = lane->attempt;
	fill(world, ticket);
	bool impatient =
	        !world->calm && schedule_chance(&world->schedule, world->weather.impatient);
	schedule_after(&world->schedule,
	               impatient ? schedule_between_ms(&world->schedule, 1, 2000)
	                         : schedule_between_ms(&world->schedule, 12000, 15000),
	               give_up, who, lane->attempt);
	world->run.operations++;
	world->run.faults += impatient;
	member_take(member, ticket);
}

void lane_drop(struct ticket *ticket)
{
	if (ticket->lane == PROVINCE_LANE && !ticket->submission.from_peer) {
		province_dropped(ticket->member->world->province);
	}
	submission_finish(&ticket->submission);
	arena_fini(&ticket->submission.arena);
	free(ticket);
}

static void acknowledged(struct ticket *ticket, size_t i)
{
	struct world *world = ticket->member->world;
	size_t event = ticket->numbers[i];
	uint64_t index = ticket->results[i].receipt->index;
	const struct hash *id = &world->workload->ids[ticket->lane][event];

	if (ticket->member->ahead && index >= world->truth_size) {
		world->lanes[ticket->lane].fates[event].sort = FATE_ACCEPTED;
		return; /* a late answer, of what the order has forgotten since */
	}
	if (index >= world->truth_size || !hash_equal(&world->truth[index].event, id)) {
		world_fail(world, "%s: receipt for record %llu, which holds another event",
		           ticket->member->name, (unsigned long long)index);
	}
	world->lanes[ticket->lane].fates[event].sort = FATE_ACCEPTED;
	world->lanes[ticket->lane].fates[event].index = index;
	if (index >= world->acknowledged) {
		world->acknowledged = index + 1;
	}
	world->run.accepted++;
}

static void settle(struct ticket *ticket, size_t i)
{
	struct world *world = ticket->member->world;
	enum status status = ticket->results[i].status;

	if (status == STATUS_OK) {
		acknowledged(ticket, i);
	} else if (status == STATUS_REFUSED) {
		world->lanes[ticket->lane].fates[ticket->numbers[i]].sort = FATE_REFUSED;
		world->run.refused++;
	} else if (status == STATUS_UNAVAILABLE && ticket->fresh[i] &&
	           schedule_chance(&world->schedule, world->calm ? 0 : world->weather.fickle)) {
		world->lanes[ticket->lane].fates[ticket->numbers[i]].sort = FATE_LEFT;
	} else if (status_class(status) != STATUS_CLASS_RETRY) {
		world_fail(world, "%s answers %s", ticket->member->name, status_name(status));
	}
}

void lane_answered(struct ticket *ticket)
{
	struct world *world = ticket->member->world;
	struct lane *lane = &world->lanes[ticket->lane];
	bool heard = !ticket->submission.from_peer && lane->attempt == ticket->attempt;

	if (ticket->lane == PROVINCE_LANE && !ticket->submission.from_peer) {
		province_answered(world->province, ticket);
		lane_drop(ticket);
		return;
	}

	if (heard && !world->calm && schedule_chance(&world->schedule, world->weather.client_cut)) {
		world->run.faults++;
		heard = false;
	}
	if (heard) {
		for (size_t i = 0; i < ticket->submission.count; i++) {
			settle(ticket, i);
		}
		plan(world, ticket->lane, 0, 300);
	}
	lane_drop(ticket);
}

void lane_read(struct world *world)
{
	struct member *member = &world->members[random_below(&world->schedule.chance, MEMBERS)];
	struct detail detail;
	uint64_t newest;

	if (!member->up || member->read.waits ||
	    sequencer_confirm(&member->seat.sequencer, &newest, &detail) != STATUS_OK) {
		return;
	}
	member->read.waits = true;
	member->read.newest = newest;
	member->read.acknowledged = world->acknowledged;
	lane_read_ready(member);
}

void lane_read_ready(struct member *member)
{
	struct sequencer_position position = core_position(member->core);

	if (!member->read.waits || position.applied < member->read.newest) {
		return;
	}
	member->read.waits = false;
	member->world->run.reads++;
	if (!member->world->run.restored && position.size < member->read.acknowledged) {
		world_fail(member->world, "%s: a linearizable read misses acknowledged records",
		           member->name);
	}
}
