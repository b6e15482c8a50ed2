#include "tests/support/simulator/world.h"

#include "ledger/base/assert.h"
#include "ledger/store/store_memory.h"
#include "node/limits.h"

#include <stdio.h>
#include <stdlib.h>

#define MS       INT64_C(1000000)
#define BEGIN_MS INT64_C(1795000000000)

static int64_t now_ms(void *context)
{
	const struct member *member = context;

	return BEGIN_MS + member->world->schedule.now_ns / MS + member->clock_offset_ms;
}

static int64_t monotonic_ns(void *context)
{
	const struct member *member = context;

	return (int64_t)(member->index + 1) * 1000 * MS + member->world->schedule.now_ns;
}

/* The floor lies on a disk of its own writes, so raising it cannot tear: floor.h proves that. */
static enum status raise_floor(void *context, const struct floor_state *state,
                               struct detail *detail)
{
	struct member *member = context;

	(void)detail;
	if (store_memory_unsynced(member->store) > 0) {
		world_fail(member->world, "%s: the floor rises above what is synced", member->name);
	}
	member->floor = *state;
	return STATUS_OK;
}

static void step(void *context, size_t who, uint64_t what);

void member_wake(struct member *member, int64_t after_ns)
{
	struct schedule *schedule = &member->world->schedule;

	if (!member->up ||
	    (member->wake_at_ns > 0 && member->wake_at_ns <= schedule->now_ns + after_ns)) {
		return; /* it wakes earlier already */
	}
	member->wake++;
	member->wake_at_ns = schedule->now_ns + after_ns;
	schedule_after(schedule, after_ns, step, member->index, member->wake);
}

/* The order has changed. */
static void changed(void *context)
{
	struct member *member = context;

	member_wake(member, schedule_between_ms(&member->world->schedule, 0, 3));
}

void member_start(struct member *member)
{
	struct detail detail = { "", "" };

	ASSERT(!member->up);
	enum status status = ledger_open(&member->ledger, member->store, &detail);
	if (status != STATUS_OK) {
		world_fail(member->world, "%s does not open: %s %s", member->name,
		           status_name(status), detail.text);
		member->stopped = true;
		return;
	}
	member->clock =
	        (struct clock){ .now_ms = now_ms, .monotonic_ns = monotonic_ns, .context = member };
	const struct core_options options = {
		.ledger = member->ledger,
		.store = member->store,
		.sequencer = &member->seat.sequencer,
		.clock = &member->clock,
		.node_name = member->name,
		.table_key = { (uint8_t)member->index },
		.floor = member->floor,
		.raise_floor = raise_floor,
		.context = member,
	};
	status = core_new(&member->core, &options);
	ASSERT(status == STATUS_OK);
	forward_init(&member->forward);
	member->forwarding = false;
	member->seat.changed = changed;
	member->seat.changed_context = member;
	order_seat_restart(&member->seat);
	member->up = true;
	member->life++;
	member->checked = member->world->workload->head.size;
	member->checked_batch = ledger_head(member->ledger).batch;
	member->ahead = member->ahead && member->checked_batch >= member->world->forgotten_from;
	if (!member->ahead) {
		member->checked_batch = 0; /* what it applied when it fell was not compared */
	}
	member->wake_at_ns = 0;
	member_wake(member, 0);
}

static void drop_all(struct submission *submission)
{
	while (submission != NULL) {
		struct submission *next = submission->next;

		lane_drop(submission->context);
		submission = next;
	}
}

void member_crash(struct member *member, bool power)
{
	struct store *after;
	size_t unsynced = store_memory_unsynced(member->store);
	uint32_t kept = random_below(&member->world->schedule.chance, (uint32_t)unsynced + 1);

	ASSERT(member->up);
	member->up = false;
	member->read.waits = false;
	member->seat.changed = NULL;
	drop_all(core_abandon(member->core));
	core_free(member->core);
	forward_fini(&member->forward);
	ledger_close(member->ledger);
	store_memory_crash(member->store, power ? kept : unsynced);
	enum status status = store_memory_clone(&after, member->store);
	ASSERT(status == STATUS_OK);
	store_close(member->store);
	store_memory_simulate(after);
	member->store = after;
}

void member_take(struct member *member, struct ticket *ticket)
{
	struct submission *submission = &ticket->submission;

	ticket->member = member;
	submission->context = ticket;
	submission->events = ticket->events;
	submission->results = ticket->results;
	submission->arrived_ns = clock_monotonic_ns(&member->clock);
	arena_init(&submission->arena, TICKET_ARENA_BYTES_MAX);
	enum status status = submission_prepare(submission);
	ASSERT(status == STATUS_OK);
	for (size_t from = 0; from < submission->count; from += VERIFY_CHUNK_EVENTS) {
		size_t left = submission->count - from;

		submission_verify(submission, from,
		                  from + (left < VERIFY_CHUNK_EVENTS ? left : VERIFY_CHUNK_EVENTS));
	}
	core_offer(member->core, submission);
	member_wake(member, schedule_between_ms(&member->world->schedule, 0, 2));
}

/* The node said that it cannot go on. After a fault of its disk it is started again; where the
 * order has lost what it promised, that is the right thing to say; otherwise it must not happen. */
static void fatal(struct member *member, enum status status, const struct detail *detail)
{
	struct world *world = member->world;

	schedule_trace(&world->schedule, status);
	if (status == STATUS_IO) {
		member_crash(member, true);
		return;
	}
	member_crash(member, false);
	member->stopped = true;
	if (!world->run.restored) {
		world_fail(world, "%s stops: %s %s", member->name, status_name(status),
		           detail->text);
	}
}

static void answer_all(struct submission *submission)
{
	while (submission != NULL) {
		struct submission *next = submission->next;

		lane_answered(submission->context);
		submission = next;
	}
}

static void step(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct member *member = &world->members[who];
	struct detail detail = { "", "" };
	struct core_update update;

	if (!member->up || what != member->wake) {
		return;
	}
	member->wake_at_ns = 0;
	faults_before_step(member);
	enum status status = core_step(member->core, &update, &detail);
	faults_after_step(member);
	if (status != STATUS_OK) {
		fatal(member, status, &detail);
		return;
	}
	schedule_trace(&world->schedule, core_position(member->core).applied);
	if (update.activity == CORE_BEHIND) {
		world_fail(world, "%s: the order was trimmed before it was durable here",
		           member->name);
		return;
	}
	truth_check_member(member);
	answer_all(update.answered);
	lane_read_ready(member);
	message_send(member);
	struct sequencer_position position = core_position(member->core);
	if (update.activity == CORE_PROGRESS) {
		member_wake(member, schedule_between_ms(&world->schedule, 0, 1));
	} else if (update.activity == CORE_BLOCKED || core_waits(member->core) ||
	           position.applied != position.durable) {
		member_wake(member, CORE_RETRY_MS * MS);
	}
}
