#include "node/core_internal.h"

#include "ledger/base/assert.h"

void forward_init(struct forward *forward)
{
	forward->count = 0;
	forward->address[0] = '\0';
	buf_init(&forward->bytes, BATCH_BYTES_MAX);
}

void forward_fini(struct forward *forward)
{
	buf_fini(&forward->bytes);
}

/* All that waits is due again, from the first. */
static void begin_again(struct core *core)
{
	core->sending.round++;
	core->counts.again++;
}

/* The first event that waits; where it was sent too long ago it was lost on its way. */
static bool is_lost(const struct core *core, int64_t now)
{
	for (const struct submission *submission = core->first; submission != NULL;
	     submission = submission->next) {
		for (size_t i = 0; i < submission->count; i++) {
			const struct submitted *submitted = &submission->submitted[i];

			if (!submitted->answered && !submission->from_peer) {
				return submitted->sent_round == core->sending.round &&
				       now - submitted->sent_at_ns >
				               (int64_t)FORWARD_AGAIN_MS * 1000000;
			}
		}
	}
	return false;
}

/* Copies what is due, in order, as much as one batch holds. */
static void copy_due(struct core *core, struct forward *out, int64_t now)
{
	buf_reset(&out->bytes);
	out->count = 0;
	out->seen = core->position.applied;
	for (struct submission *submission = core->first; submission != NULL;
	     submission = submission->next) {
		for (size_t i = 0; !submission->from_peer && i < submission->count; i++) {
			struct submitted *submitted = &submission->submitted[i];
			struct bytes event = submission->events[i];

			if (submitted->answered || submitted->refused_in > 0 ||
			    submitted->sent_round == core->sending.round) {
				continue;
			}
			if (out->count == BATCH_EVENTS_MAX ||
			    out->bytes.size + event.size > BATCH_BYTES_MAX) {
				return;
			}
			out->events[out->count].size = event.size;
			out->count++;
			buf_append(&out->bytes, event);
			submitted->sent_round = core->sending.round;
			submitted->sent_at_ns = now;
			submitted->offered = true;
			submitted->in_flight = true;
		}
	}
}

bool core_forward(struct core *core, struct forward *out)
{
	struct sending *sending = &core->sending;
	int64_t now = clock_monotonic_ns(core->options.clock);

	if (sending->under_way || core->first == NULL || now < sending->not_before_ns) {
		return false;
	}
	struct sequencer_state state = sequencer_state(core->options.sequencer);
	if (state.leading || state.leader_address[0] == '\0') {
		return false;
	}
	if (strcmp(state.leader, sending->leader) != 0) {
		memcpy(sending->leader, state.leader, sizeof(sending->leader));
		sending->turn++;
		begin_again(core);
	} else if (is_lost(core, now)) {
		begin_again(core);
	}
	copy_due(core, out, now);
	if (out->count == 0) {
		return false;
	}
	/* The buffer has moved while it grew. */
	size_t at = 0;
	for (size_t i = 0; i < out->count; i++) {
		out->events[i].data = out->bytes.data + at;
		at += out->events[i].size;
	}
	memcpy(out->address, state.leader_address, sizeof(out->address));
	sending->under_way = true;
	core->counts.forwarded += out->count;
	return true;
}

/* One event has come back from its way, with a refusal that waited for what the leader says. */
static void settle_refusal(struct core *core, struct submission *submission, size_t i)
{
	struct submitted *submitted = &submission->submitted[i];
	const struct origin origin = { submission, i };
	bool taken = submitted->taken_turn == core->sending.turn;

	if (taken && submitted->refused_in > submitted->taken_behind) {
		core_answer(core, &origin);
	} else {
		core_doubt(core, &origin);
	}
}

/* Notes what the leader said of the events that were on their way. */
static void land(struct core *core, enum status status, uint64_t behind)
{
	for (struct submission *submission = core->first; submission != NULL;
	     submission = submission->next) {
		for (size_t i = 0; i < submission->count; i++) {
			struct submitted *submitted = &submission->submitted[i];

			if (!submitted->in_flight) {
				continue;
			}
			submitted->in_flight = false;
			if (status == STATUS_OK && submitted->taken_turn != core->sending.turn) {
				submitted->taken_turn = core->sending.turn;
				submitted->taken_behind = behind;
			}
			if (submitted->refused_in > 0 && !submitted->answered) {
				settle_refusal(core, submission, i);
			}
		}
	}
	core_release(core);
}

void core_forwarded(struct core *core, enum status status, uint64_t behind)
{
	ASSERT(core->sending.under_way);
	core->sending.under_way = false;
	land(core, status, behind);
	if (status != STATUS_OK) {
		begin_again(core);
		core->sending.not_before_ns =
		        clock_monotonic_ns(core->options.clock) + (int64_t)CORE_RETRY_MS * 1000000;
	}
}
