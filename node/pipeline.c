#include "node/pipeline.h"

#include "ledger/base/assert.h"
#include "node/failpoint.h"
#include "node/pipeline_internal.h"

#include <stdlib.h>

enum {
	BATCH_MESSAGE_BYTES_MAX = BATCH_BYTES_MAX + 8 * BATCH_EVENTS_MAX + 1024,
	BATCH_ARENA_BYTES_MAX = 8 * BATCH_MESSAGE_BYTES_MAX,
};

static void lock(struct pipeline *pipeline)
{
	int error = pthread_mutex_lock(&pipeline->lock);
	ASSERT(error == 0);
}

static void unlock(struct pipeline *pipeline)
{
	int error = pthread_mutex_unlock(&pipeline->lock);
	ASSERT(error == 0);
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

/* Admission and signatures: results stay OK for events that may go into a batch. */
static void verify_chunk(struct submission *submission, size_t from, size_t to, struct arena *arena)
{
	for (size_t i = from; i < to; i++) {
		struct ledger_result *result = &submission->results[i];
		struct event event;

		arena_reset(arena);
		result->status = event_admit(&event, submission->events[i], arena, &result->detail);
		if (result->status == STATUS_OK) {
			result->event_id = event.id;
			result->status = event_verify(&event, &result->detail);
		}
	}
}

static void *verify_main(void *argument)
{
	struct pipeline *pipeline = argument;
	struct arena arena;

	arena_init(&arena, EVENT_ARENA_BYTES_MAX);
	lock(pipeline);
	for (;;) {
		struct submission *submission;
		size_t from;
		size_t to;

		if (take_chunk(pipeline, &submission, &from, &to)) {
			unlock(pipeline);
			verify_chunk(submission, from, to, &arena);
			lock(pipeline);
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
	unlock(pipeline);
	arena_fini(&arena);
	return NULL;
}

static bool is_verified(const struct submission *submission)
{
	return submission != NULL && atomic_load(&submission->unverified) == 0;
}

/* Adds the event to the batch when it is fit and fits; false when the batch is full. */
static bool gather_event(struct pipeline_batch *batch, struct submission *submission)
{
	size_t i = submission->applied;

	if (submission->results[i].status == STATUS_OK) {
		size_t bytes = submission->events[i].size;

		if (batch->count == BATCH_EVENTS_MAX || batch->bytes + bytes > BATCH_BYTES_MAX) {
			return false;
		}
		batch->events[batch->count] = submission->events[i];
		batch->outcome[batch->count] = &submission->results[i];
		batch->owner[batch->count] = submission;
		batch->count++;
		batch->bytes += bytes;
	}
	submission->applied++;
	return true;
}

/* Fills the batch from verified submissions at the front. With the lock held. */
static void gather(struct pipeline *pipeline)
{
	struct submission *submission = pipeline->first;

	pipeline->batch.count = 0;
	pipeline->batch.bytes = 0;
	pipeline->batch.completed = 0;
	while (is_verified(submission)) {
		while (submission->applied < submission->count) {
			if (!gather_event(&pipeline->batch, submission)) {
				return;
			}
		}
		pipeline->batch.completed++;
		submission = submission->next;
	}
}

static void count_result(struct pipeline_counts *counts, const struct ledger_result *result)
{
	if (result->status != STATUS_OK) {
		counts->refused++;
	} else if (result->repeated) {
		counts->repeated++;
	} else {
		counts->accepted++;
	}
}

/* Hands what the batch has completed to the reply thread. Others may have come behind meanwhile, so
 * it is counted, not looked for. With the lock held. */
static void release(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->batch.completed; i++) {
		struct submission *submission = pipeline->first;

		ASSERT(submission != NULL);
		ASSERT(submission->applied == submission->count);
		pipeline->first = submission->next;
		if (pipeline->first == NULL) {
			pipeline->last = NULL;
		}
		pipeline->pending_events -= submission->count;
		pipeline->pending_bytes -= submission->bytes;
		for (size_t event = 0; event < submission->count; event++) {
			count_result(&pipeline->counts, &submission->results[event]);
		}
		submission->next = NULL;
		if (pipeline->replies_last == NULL) {
			pipeline->replies = submission;
		} else {
			pipeline->replies_last->next = submission;
		}
		pipeline->replies_last = submission;
	}
	(void)pthread_cond_signal(&pipeline->to_reply);
}

/* One round of the apply thread, lock held on entry and exit. */
static void apply_round(struct pipeline *pipeline)
{
	const struct pipeline_hooks *hooks = &pipeline->options.hooks;

	gather(pipeline);
	if (pipeline->batch.count > 0) {
		struct detail detail = { "", "" };
		int64_t begin = clock_monotonic_ns(pipeline->options.clock);

		unlock(pipeline);
		enum status status = pipeline_apply(pipeline, &detail);
		if (status != STATUS_OK) {
			hooks->fatal(hooks->context, status, &detail);
			abort(); /* fatal() does not return */
		}
		struct ledger_head head = ledger_head(pipeline->options.ledger);
		hooks->committed(hooks->context, &head);
		lock(pipeline);
		pipeline->counts.batches++;
		pipeline->counts.commit_ns +=
		        (uint64_t)(clock_monotonic_ns(pipeline->options.clock) - begin);
	}
	release(pipeline);
}

static void *apply_main(void *argument)
{
	struct pipeline *pipeline = argument;

	lock(pipeline);
	while (pipeline->first != NULL || !pipeline->stopping) {
		if (is_verified(pipeline->first)) {
			apply_round(pipeline);
		} else {
			(void)pthread_cond_wait(&pipeline->to_apply, &pipeline->lock);
		}
	}
	pipeline->applying_ended = true;
	(void)pthread_cond_signal(&pipeline->to_reply);
	unlock(pipeline);
	return NULL;
}

static void *reply_main(void *argument)
{
	struct pipeline *pipeline = argument;

	lock(pipeline);
	for (;;) {
		struct submission *submission = pipeline->replies;

		if (submission != NULL) {
			pipeline->replies = NULL;
			pipeline->replies_last = NULL;
			unlock(pipeline);
			while (submission != NULL) {
				struct submission *next = submission->next;

				FAILPOINT("before_reply");
				submission->done(submission); /* may free it */
				submission = next;
			}
			lock(pipeline);
		} else if (pipeline->applying_ended) {
			break;
		} else {
			(void)pthread_cond_wait(&pipeline->to_reply, &pipeline->lock);
		}
	}
	unlock(pipeline);
	return NULL;
}

static void pipeline_free(struct pipeline *pipeline)
{
	(void)pthread_mutex_destroy(&pipeline->lock);
	(void)pthread_cond_destroy(&pipeline->to_verify);
	(void)pthread_cond_destroy(&pipeline->to_apply);
	(void)pthread_cond_destroy(&pipeline->to_reply);
	buf_fini(&pipeline->packed);
	buf_fini(&pipeline->decided);
	arena_fini(&pipeline->arena);
	free(pipeline);
}

/* Starts all threads; on failure those that run are told to stop and are joined. */
static bool start_threads(struct pipeline *pipeline)
{
	bool apply = pthread_create(&pipeline->apply_thread, NULL, apply_main, pipeline) == 0;
	bool reply =
	        apply && pthread_create(&pipeline->reply_thread, NULL, reply_main, pipeline) == 0;

	while (reply && pipeline->worker_count < pipeline->options.workers &&
	       pthread_create(&pipeline->workers[pipeline->worker_count], NULL, verify_main,
	                      pipeline) == 0) {
		pipeline->worker_count++;
	}
	if (pipeline->worker_count > 0) {
		return true; /* fewer workers than asked for are slower, not wrong */
	}
	lock(pipeline);
	pipeline->stopping = true;
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	unlock(pipeline);
	if (apply) {
		(void)pthread_join(pipeline->apply_thread, NULL);
	}
	if (reply) {
		(void)pthread_join(pipeline->reply_thread, NULL);
	}
	return false;
}

enum status pipeline_start(struct pipeline **out, const struct pipeline_options *options)
{
	struct pipeline *pipeline = calloc(1, sizeof(*pipeline));

	ASSERT(options->workers >= 1 && options->workers <= VERIFY_WORKERS_MAX);
	if (pipeline == NULL) {
		return STATUS_NO_MEMORY;
	}
	pipeline->options = *options;
	(void)pthread_mutex_init(&pipeline->lock, NULL); /* default attributes cannot fail */
	(void)pthread_cond_init(&pipeline->to_verify, NULL);
	(void)pthread_cond_init(&pipeline->to_apply, NULL);
	(void)pthread_cond_init(&pipeline->to_reply, NULL);
	buf_init(&pipeline->packed, BATCH_MESSAGE_BYTES_MAX);
	buf_init(&pipeline->decided, BATCH_MESSAGE_BYTES_MAX);
	arena_init(&pipeline->arena, BATCH_ARENA_BYTES_MAX);
	if (!start_threads(pipeline)) {
		pipeline_free(pipeline);
		return STATUS_NO_MEMORY;
	}
	*out = pipeline;
	return STATUS_OK;
}

enum status pipeline_submit(struct pipeline *pipeline, struct submission *submission)
{
	enum status status = STATUS_OK;

	ASSERT(submission->count >= 1 && submission->count <= BATCH_EVENTS_MAX);
	submission->next = NULL;
	submission->taken = 0;
	submission->applied = 0;
	submission->bytes = 0;
	submission->arrived_ns = clock_monotonic_ns(pipeline->options.clock);
	atomic_init(&submission->unverified, submission->count);
	for (size_t i = 0; i < submission->count; i++) {
		submission->bytes += submission->events[i].size;
		submission->results[i] = (struct ledger_result){ .status = STATUS_OK };
	}

	lock(pipeline);
	if (pipeline->stopping) {
		status = STATUS_UNAVAILABLE;
	} else if (pipeline->pending_events + submission->count > PENDING_EVENTS_MAX ||
	           pipeline->pending_bytes + submission->bytes > PENDING_BYTES_MAX) {
		pipeline->counts.busy++;
		status = STATUS_BUSY;
	} else {
		if (pipeline->last == NULL) {
			pipeline->first = submission;
		} else {
			pipeline->last->next = submission;
		}
		pipeline->last = submission;
		if (pipeline->verifying == NULL) {
			pipeline->verifying = submission;
		}
		pipeline->pending_events += submission->count;
		pipeline->pending_bytes += submission->bytes;
		if (submission->count > VERIFY_CHUNK_EVENTS) {
			(void)pthread_cond_broadcast(&pipeline->to_verify);
		} else {
			(void)pthread_cond_signal(&pipeline->to_verify);
		}
	}
	unlock(pipeline);
	return status;
}

struct pipeline_counts pipeline_counts(struct pipeline *pipeline)
{
	lock(pipeline);
	struct pipeline_counts counts = pipeline->counts;
	counts.pending_events = pipeline->pending_events;
	unlock(pipeline);
	return counts;
}

void pipeline_stop(struct pipeline *pipeline)
{
	if (pipeline == NULL) {
		return;
	}
	lock(pipeline);
	pipeline->stopping = true;
	(void)pthread_cond_broadcast(&pipeline->to_verify);
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	unlock(pipeline);
	for (unsigned i = 0; i < pipeline->worker_count; i++) {
		(void)pthread_join(pipeline->workers[i], NULL);
	}
	lock(pipeline);
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	unlock(pipeline);
	(void)pthread_join(pipeline->apply_thread, NULL);
	(void)pthread_join(pipeline->reply_thread, NULL);
	pipeline_free(pipeline);
}
