#include "node/pipeline_internal.h"

enum status pipeline_prepare(struct submission *submission)
{
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

void pipeline_finish(struct submission *submission)
{
	for (size_t i = 0; submission->admissions > 1 && i < submission->admissions; i++) {
		arena_fini(&submission->admission[i]);
	}
	submission->admission = NULL;
	submission->admissions = 0;
	submission->submitted = NULL;
}

/* Takes a bite of events to verify; false when there is none. With the lock held. */
static bool take_chunk(struct pipeline *pipeline, struct submission **submission, size_t *from,
                       size_t *to)
{
	struct submission *next = pipeline->verifying;

	if (next == NULL) {
		return false;
	}
	*submission = next;
	*from = next->taken;
	*to = next->taken + VERIFY_CHUNK_EVENTS < next->count ? next->taken + VERIFY_CHUNK_EVENTS
	                                                      : next->count;
	next->taken = *to;
	if (*to == next->count) {
		pipeline->verifying = next->next;
	}
	return true;
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

/* Admission and signatures: results stay OK for events that may go into a batch. */
static void verify_chunk(struct submission *submission, size_t from, size_t to)
{
	struct arena *arena = &submission->admission[from / VERIFY_CHUNK_EVENTS];

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

void *pipeline_verify_main(void *argument)
{
	struct pipeline *pipeline = argument;

	pipeline_lock(pipeline);
	for (;;) {
		struct submission *submission;
		size_t from;
		size_t to;

		if (take_chunk(pipeline, &submission, &from, &to)) {
			pipeline_unlock(pipeline);
			verify_chunk(submission, from, to);
			pipeline_lock(pipeline);
			size_t before = atomic_fetch_sub(&submission->unverified, to - from);
			if (before == to - from && submission == pipeline->first) {
				(void)pthread_cond_signal(&pipeline->to_apply);
			}
		} else if (pipeline->stopping) {
			break;
		} else {
			(void)pthread_cond_wait(&pipeline->to_verify, &pipeline->lock);
		}
	}
	pipeline_unlock(pipeline);
	return NULL;
}
