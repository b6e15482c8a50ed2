#include "node/pipeline_internal.h"

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
			submission_verify(submission, from, to);
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
