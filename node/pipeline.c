#include "node/pipeline.h"

#include "node/pipeline_internal.h"

#include <stdlib.h>

static void pipeline_free(struct pipeline *pipeline)
{
	(void)pthread_mutex_destroy(&pipeline->lock);
	(void)pthread_cond_destroy(&pipeline->to_verify);
	(void)pthread_cond_destroy(&pipeline->to_apply);
	(void)pthread_cond_destroy(&pipeline->to_reply);
	(void)pthread_cond_destroy(&pipeline->to_forward);
	forward_fini(&pipeline->forward);
	core_free(pipeline->core);
	free(pipeline);
}

/* Starts all threads; on failure those that run are told to stop and are joined. */
static bool start_threads(struct pipeline *pipeline)
{
	bool apply =
	        pthread_create(&pipeline->apply_thread, NULL, pipeline_apply_main, pipeline) == 0;
	bool reply = apply && pthread_create(&pipeline->reply_thread, NULL, pipeline_reply_main,
	                                     pipeline) == 0;
	bool forward = reply && pipeline->options.peers != NULL;

	if (forward) {
		pipeline->forward_started = pthread_create(&pipeline->forward_thread, NULL,
		                                           pipeline_forward_main, pipeline) == 0;
		forward = pipeline->forward_started;
	}
	while (reply && forward == (pipeline->options.peers != NULL) &&
	       pipeline->worker_count < pipeline->options.workers &&
	       pthread_create(&pipeline->workers[pipeline->worker_count], NULL,
	                      pipeline_verify_main, pipeline) == 0) {
		pipeline->worker_count++;
	}
	if (pipeline->worker_count > 0) {
		return true; /* fewer workers than asked for are slower, not wrong */
	}
	pipeline_lock(pipeline);
	pipeline->stopping = true;
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	pipeline_unlock(pipeline);
	if (apply) {
		(void)pthread_join(pipeline->apply_thread, NULL);
	}
	if (reply) {
		(void)pthread_join(pipeline->reply_thread, NULL);
	}
	if (pipeline->forward_started) {
		(void)pthread_join(pipeline->forward_thread, NULL);
	}
	return false;
}

static enum status raise_floor(void *context, const struct floor_state *state,
                               struct detail *detail)
{
	return floor_raise(context, state, detail);
}

static enum status make_core(struct pipeline *pipeline)
{
	const struct pipeline_options *options = &pipeline->options;
	struct core_options core = {
		.ledger = options->ledger,
		.store = options->store,
		.sequencer = options->sequencer,
		.clock = options->clock,
		.node_name = options->node_name,
		.floor = options->floor->state,
		.raise_floor = raise_floor,
		.context = options->floor,
	};

	crypto_random(core.table_key, sizeof(core.table_key));
	return core_new(&pipeline->core, &core);
}

/* On a thread of the sequencer's. */
static void order_changed(void *context)
{
	struct pipeline *pipeline = context;

	pipeline_lock(pipeline);
	pipeline->changed = true;
	(void)pthread_cond_signal(&pipeline->to_apply);
	pipeline_unlock(pipeline);
}

static void init_conditions(struct pipeline *pipeline)
{
	pthread_condattr_t monotonic;

	/* None of these can fail with these attributes. */
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_mutex_init(&pipeline->lock, NULL);
	(void)pthread_cond_init(&pipeline->to_verify, NULL);
	(void)pthread_cond_init(&pipeline->to_apply, &monotonic);
	(void)pthread_cond_init(&pipeline->to_reply, NULL);
	(void)pthread_cond_init(&pipeline->to_forward, NULL);
	(void)pthread_condattr_destroy(&monotonic);
}

enum status pipeline_start(struct pipeline **out, const struct pipeline_options *options)
{
	struct pipeline *pipeline = calloc(1, sizeof(*pipeline));

	ASSERT(options->workers >= 1 && options->workers <= VERIFY_WORKERS_MAX);
	if (pipeline == NULL) {
		return STATUS_NO_MEMORY;
	}
	pipeline->options = *options;
	init_conditions(pipeline);
	forward_init(&pipeline->forward);
	enum status status = make_core(pipeline);
	if (status == STATUS_OK) {
		sequencer_listen(options->sequencer, order_changed, pipeline);
		status = start_threads(pipeline) ? STATUS_OK : STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK) {
		sequencer_listen(options->sequencer, NULL, NULL);
		pipeline_free(pipeline);
		return status;
	}
	*out = pipeline;
	return STATUS_OK;
}

/* Whether anything new can be decided now. */
static bool is_order_open(struct pipeline *pipeline, const struct submission *submission)
{
	struct sequencer_state state = sequencer_state(pipeline->options.sequencer);

	return state.reachable && !state.full && (state.leading || !submission->from_peer);
}

/* Adds to the order of arrival. With the lock held. */
static void enqueue(struct pipeline *pipeline, struct submission *submission)
{
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

enum status pipeline_submit(struct pipeline *pipeline, struct submission *submission)
{
	if (!is_order_open(pipeline, submission)) {
		return STATUS_UNAVAILABLE;
	}
	enum status status = submission_prepare(submission);
	if (status != STATUS_OK) {
		return status;
	}
	submission->arrived_ns = clock_monotonic_ns(pipeline->options.clock);
	pipeline_lock(pipeline);
	if (pipeline->stopping) {
		status = STATUS_UNAVAILABLE;
	} else if (pipeline->pending_events + submission->count > PENDING_EVENTS_MAX ||
	           pipeline->pending_bytes + submission->bytes > PENDING_BYTES_MAX) {
		pipeline->counts.busy++;
		status = STATUS_BUSY;
	} else {
		enqueue(pipeline, submission);
	}
	pipeline_unlock(pipeline);
	return status;
}

struct pipeline_counts pipeline_counts(struct pipeline *pipeline)
{
	pipeline_lock(pipeline);
	struct pipeline_counts counts = pipeline->counts;
	counts.pending_events = pipeline->pending_events;
	pipeline_unlock(pipeline);
	return counts;
}

void pipeline_stop(struct pipeline *pipeline)
{
	if (pipeline == NULL) {
		return;
	}
	pipeline_lock(pipeline);
	pipeline->stopping = true;
	pipeline->stop_latest = pipeline_time_in(STOP_WAIT_MS);
	(void)pthread_cond_broadcast(&pipeline->to_verify);
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	pipeline_unlock(pipeline);
	for (unsigned i = 0; i < pipeline->worker_count; i++) {
		(void)pthread_join(pipeline->workers[i], NULL);
	}
	pipeline_lock(pipeline);
	(void)pthread_cond_broadcast(&pipeline->to_apply);
	pipeline_unlock(pipeline);
	(void)pthread_join(pipeline->apply_thread, NULL);
	(void)pthread_join(pipeline->reply_thread, NULL);
	if (pipeline->forward_started) {
		(void)pthread_join(pipeline->forward_thread, NULL);
	}
	sequencer_listen(pipeline->options.sequencer, NULL, NULL);
	pipeline_free(pipeline);
}
