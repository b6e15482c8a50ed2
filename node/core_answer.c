#include "node/core_internal.h"

#include "ledger/base/assert.h"

void core_offer(struct core *core, struct submission *submission)
{
	submission->next = NULL;
	submission->unanswered = 0;
	for (size_t i = 0; i < submission->count; i++) {
		struct submitted *submitted = &submission->submitted[i];

		submitted->answered = submission->results[i].status != STATUS_OK;
		submission->unanswered += !submitted->answered;
		submitted->waiter = (struct waiter){ .event = submission->events[i],
			                             .owner = submission,
			                             .index = i };
	}
	if (core->last == NULL) {
		core->first = submission;
	} else {
		core->last->next = submission;
	}
	core->last = submission;
	if (core->unlisted == NULL) {
		core->unlisted = submission;
	}
	core->from_peers += submission->from_peer;
	core_release(core);
}

/* A batch of our own is answered by position, so where nobody else proposes this is never needed
 * and costs nothing. */
void core_list_waiting(struct core *core)
{
	while (core->unlisted != NULL) {
		struct submission *submission = core->unlisted;

		for (size_t i = 0; i < submission->count; i++) {
			if (!submission->submitted[i].answered) {
				waiting_add(&core->waiting, &submission->submitted[i].waiter);
			}
		}
		core->unlisted = submission->next;
	}
}

void core_answer(struct core *core, const struct origin *origin)
{
	struct submitted *submitted = &origin->submission->submitted[origin->index];

	ASSERT(!submitted->answered);
	ASSERT(origin->submission->unanswered > 0);
	submitted->answered = true;
	origin->submission->unanswered--;
	waiting_remove(&core->waiting, &submitted->waiter);
}

void core_release(struct core *core)
{
	while (core->first != NULL && core->first->unanswered == 0) {
		struct submission *submission = core->first;

		core->first = submission->next;
		if (core->first == NULL) {
			core->last = NULL;
		}
		if (core->unlisted == submission) {
			core->unlisted = submission->next;
		}
		core->from_peers -= submission->from_peer;
		submission->next = NULL;
		if (core->answered_last == NULL) {
			core->answered = submission;
		} else {
			core->answered_last->next = submission;
		}
		core->answered_last = submission;
	}
}

/* The proposal may still be decided; its events are then nobody's. */
static void leave_proposal(struct core *core, const struct submission *submission)
{
	for (size_t i = 0; i < core->proposal.count; i++) {
		if (core->proposal.origins[i].submission == submission) {
			core->proposal.origins[i].submission = NULL;
		}
	}
}

void core_give_up(struct core *core, struct submission *submission)
{
	leave_proposal(core, submission);
	for (size_t i = 0; i < submission->count; i++) {
		struct ledger_result *result = &submission->results[i];

		if (submission->submitted[i].answered) {
			continue;
		}
		if (submission->submitted[i].offered) {
			result->status = STATUS_TIMEOUT;
			detail_set(&result->detail, "",
			           "not decided in time; the outcome is unknown: send the same "
			           "event again");
		} else {
			result->status = STATUS_UNAVAILABLE;
			detail_set(&result->detail, "",
			           "the order of events cannot be reached; nothing was done: send "
			           "the event again later");
		}
		core_answer(core, &(struct origin){ submission, i });
	}
}

void core_doubt(struct core *core, const struct origin *origin)
{
	struct ledger_result *result = &origin->submission->results[origin->index];

	*result = (struct ledger_result){ .status = STATUS_TIMEOUT };
	detail_set(&result->detail, "",
	           "another copy of this event was refused; whether this one is, is not known: "
	           "send the same event again");
	core_answer(core, origin);
}

void core_drop_peers(struct core *core)
{
	for (struct submission *submission = core->first;
	     submission != NULL && core->from_peers > 0; submission = submission->next) {
		if (submission->from_peer && submission->unanswered > 0) {
			core_give_up(core, submission);
		}
	}
	core_release(core);
}

void core_expire(struct core *core)
{
	int64_t now = clock_monotonic_ns(core->options.clock);

	while (core->first != NULL &&
	       now - core->first->arrived_ns > (int64_t)DECISION_WAIT_MS * 1000000) {
		core_give_up(core, core->first);
		core_release(core);
	}
}

struct submission *core_abandon(struct core *core)
{
	struct submission *answered;

	for (struct submission *submission = core->first; submission != NULL;
	     submission = submission->next) {
		core_give_up(core, submission);
	}
	core_release(core);
	answered = core->answered;
	core->answered = NULL;
	core->answered_last = NULL;
	return answered;
}
