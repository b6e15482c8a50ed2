#include "tests/support/simulator/world.h"

#include "ledger/base/assert.h"
#include "node/limits.h"

#include <stdlib.h>

#define MS INT64_C(1000000)

static void answer(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct member *member = &world->members[who];
	struct message *message = world->messages[what];

	if (message->answered || !member->up || member->life != message->life) {
		return; /* the caller has gone, or heard that it is too late */
	}
	message->answered = true;
	member->forwarding = false;
	core_forwarded(member->core, message->status, message->behind);
	member_wake(member, 0);
}

/* The caller waits no longer. */
static void expire(void *context, size_t who, uint64_t what)
{
	struct world *world = context;

	if (!world->messages[what]->answered) {
		world->messages[what]->status = STATUS_TIMEOUT;
		answer(context, who, what);
	}
}

static void arrive(void *context, size_t who, uint64_t what)
{
	struct world *world = context;
	struct member *member = &world->members[who];
	struct message *message = world->messages[what];

	if (!message->answered) {
		message->status = STATUS_UNAVAILABLE;
	}
	if (member->up && sequencer_state(&member->seat.sequencer).leading) {
		struct ticket *ticket = calloc(1, sizeof(*ticket));

		ASSERT(ticket != NULL);
		memcpy(ticket->events, message->events, message->count * sizeof(struct bytes));
		ticket->submission.count = message->count;
		ticket->submission.from_peer = true;
		ticket->submission.seen = message->seen;
		if (!message->answered) {
			message->status = STATUS_OK;
			message->behind = core_position(member->core).applied;
		}
		member_take(member, ticket);
	}
	if (!schedule_chance(&world->schedule, world->calm ? 0 : world->weather.message_lost)) {
		schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 0, 5),
		               answer, message->from, what);
	}
}

static struct message *copy(struct member *member)
{
	const struct forward *forward = &member->forward;
	struct message *message = calloc(1, sizeof(*message));

	ASSERT(message != NULL);
	message->events = calloc(forward->count, sizeof(*message->events));
	message->bytes = malloc(forward->bytes.size);
	ASSERT(message->events != NULL);
	ASSERT(message->bytes != NULL);
	memcpy(message->bytes, forward->bytes.data, forward->bytes.size);
	size_t at = 0;
	for (size_t i = 0; i < forward->count; i++) {
		message->events[i] = bytes_of(message->bytes + at, forward->events[i].size);
		at += forward->events[i].size;
	}
	message->from = member->index;
	message->to = (size_t)(forward->address[0] - 'a');
	message->life = member->life;
	message->seen = forward->seen;
	message->count = forward->count;
	message->status = STATUS_TIMEOUT;
	return message;
}

void message_send(struct member *member)
{
	struct world *world = member->world;
	const struct weather *weather = &world->weather;

	if (member->forwarding || !core_forward(member->core, &member->forward)) {
		return;
	}
	ASSERT(world->message_count < MESSAGES_MAX);
	size_t number = world->message_count++;
	struct message *message = copy(member);

	world->messages[number] = message;
	member->forwarding = true;
	schedule_after(&world->schedule, PROPOSE_TIMEOUT_MS * MS, expire, member->index, number);
	if (!world->calm && schedule_chance(&world->schedule, weather->message_lost)) {
		world->run.faults++;
		return;
	}
	int32_t longest = 5;
	if (!world->calm && schedule_chance(&world->schedule, weather->message_slow)) {
		world->run.faults++;
		longest = 8000;
	}
	schedule_after(&world->schedule, schedule_between_ms(&world->schedule, 0, longest), arrive,
	               message->to, number);
}
