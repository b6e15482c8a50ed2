#include "tests/support/simulator/province.h"

#include "ledger/base/assert.h"
#include "ledger/store/store_memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define SECOND INT64_C(1000000000)

/* Simulated seconds: of weather, at most; and then until everything must have come to rest. */
enum { WEATHER_S = 60, REST_S = 120 };

void world_fail(struct world *world, const char *format, ...)
{
	va_list values;

	if (world->run.failure[0] != '\0') {
		return; /* the first is the cause */
	}
	va_start(values, format);
	(void)vsnprintf(world->run.failure, sizeof(world->run.failure), format, values);
	va_end(values);
}

static struct world *world_new(const struct workload *workload, uint64_t seed)
{
	struct world *world = calloc(1, sizeof(*world));

	ASSERT(world != NULL);
	world->workload = workload;
	world->run.seed = seed;
	world->truth_size = workload->head.size;
	world->acknowledged = workload->head.size;
	schedule_init(&world->schedule, seed);
	order_init(&world->order);
	order_begin_at(&world->order, workload->head.batch);
	world->sizes[workload->head.batch] = workload->head.size;
	faults_draw(world);
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &world->members[i];

		*member = (struct member){ .world = world, .index = i };
		member->name[0] = (char)('a' + (char)i);
		member->floor = (struct floor_state){ .batch = workload->head.batch,
			                              .size = workload->head.size,
			                              .head = workload->head.head };
		enum status status = store_memory_clone(&member->store, workload->founded);
		ASSERT(status == STATUS_OK);
		store_memory_simulate(member->store);
		order_seat_init(&member->seat, &world->order, false);
		member->seat.told.durable = workload->head.batch;
		member_start(member);
	}
	(void)province_new(world);
	return world;
}

static void world_free(struct world *world)
{
	province_free(world->province);
	for (size_t i = 0; i < MEMBERS; i++) {
		struct member *member = &world->members[i];

		if (member->up) {
			member_crash(member, false);
		}
		order_seat_fini(&member->seat);
		store_close(member->store);
	}
	for (size_t i = 0; i < world->message_count; i++) {
		free(world->messages[i]->events);
		free(world->messages[i]->bytes);
		free(world->messages[i]);
	}
	order_fini(&world->order);
	schedule_fini(&world->schedule);
	free(world);
}

static bool is_done(const struct world *world)
{
	for (size_t lane = 0; lane < WORKLOAD_LANES; lane++) {
		if (!lane_is_done(world, lane)) {
			return false;
		}
	}
	return true;
}

/* Lets things happen until a time, or a failure, or while there is something to do. */
static void live(struct world *world, int64_t until_ns)
{
	struct schedule *schedule = &world->schedule;

	while (world->run.failure[0] == '\0' && schedule->now_ns < until_ns &&
	       schedule_step(schedule, world)) {
		if (!world->calm && is_done(world)) {
			return;
		}
	}
}

void world_run(struct run *run, const struct workload *workload, uint64_t seed)
{
	struct world *world = world_new(workload, seed);

	faults_begin(world);
	for (size_t lane = 0; lane < CLIENTS; lane++) {
		lane_begin(world, lane);
	}
	live(world, WEATHER_S * SECOND);
	if (world->run.failure[0] == '\0') {
		faults_end(world);
		for (size_t lane = 0; lane < CLIENTS; lane++) {
			lane_begin(world, lane);
		}
		live(world, world->schedule.now_ns + REST_S * SECOND);
		truth_check_end(world);
		province_check_end(world->province);
	}
	world->run.trace = world->schedule.trace;
	world->run.happenings = world->schedule.steps;
	*run = world->run;
	world_free(world);
}
