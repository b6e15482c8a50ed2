#include "node/submission.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "node/limits.h"

enum status submission_prepare(struct submission *submission)
{
	ASSERT(submission->count >= 1 && submission->count <= BATCH_EVENTS_MAX);
	submission->next = NULL;
	submission->taken = 0;
	submission->bytes = 0;
	atomic_init(&submission->unverified, submission->count);
	for (size_t i = 0; i < submission->count; i++) {
		submission->bytes += submission->events[i].size;
		submission->results[i] = (struct ledger_result){ .status = STATUS_OK };
	}
	size_t bites = (submission->count + VERIFY_CHUNK_EVENTS - 1) / VERIFY_CHUNK_EVENTS;
	struct arena *arena = &submission->arena;

	submission->submitted = arena_array(arena, submission->count, sizeof(struct submitted));
	submission->admissions = bites;
	/* One bite is one worker's, and may use the submission's own arena. */
	submission->admission = bites == 1 ? arena : arena_array(arena, bites, sizeof(*arena));
	if (submission->submitted == NULL || submission->admission == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; bites > 1 && i < bites; i++) {
		arena_init(&submission->admission[i], 0);
	}
	return STATUS_OK;
}

void submission_finish(struct submission *submission)
{
	for (size_t i = 0; submission->admissions > 1 && i < submission->admissions; i++) {
		arena_fini(&submission->admission[i]);
	}
	submission->admission = NULL;
	submission->admissions = 0;
	submission->submitted = NULL;
}

/* Admits into memory that lasts until the answer. Each event has exactly EVENT_ARENA_BYTES_MAX of
 * it, whatever lies beside: whether an event is admitted depends on its bytes alone. */
static enum status admit(struct submission *submission, size_t i, struct arena *arena)
{
	const size_t cap = arena->cap;
	const size_t used = arena->used;

	arena->cap = used + EVENT_ARENA_BYTES_MAX;
	arena->cap_reached = false;
	arena->heap_failed = false;
	enum status status = event_admit(&submission->submitted[i].admitted, submission->events[i],
	                                 arena, &submission->results[i].detail);
	arena->cap = cap + (arena->used - used);
	return status;
}

void submission_verify(struct submission *submission, size_t from, size_t to)
{
	struct arena *arena = &submission->admission[from / VERIFY_CHUNK_EVENTS];

	ASSERT(from % VERIFY_CHUNK_EVENTS == 0);
	ASSERT(from < to && to <= submission->count && to - from <= VERIFY_CHUNK_EVENTS);
	for (size_t i = from; i < to; i++) {
		struct ledger_result *result = &submission->results[i];

		result->status = admit(submission, i, arena);
		if (result->status == STATUS_OK) {
			const struct event *event = &submission->submitted[i].admitted;

			result->event_id = event->id;
			result->status = event_verify(event, &result->detail);
		}
	}
}
