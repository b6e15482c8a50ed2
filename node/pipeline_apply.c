#include "node/failpoint.h"
#include "node/pipeline_internal.h"

#include <errno.h>
#include <stdlib.h>

static _Noreturn void fatal(struct pipeline *pipeline, enum status status,
                            const struct detail *detail)
{
	pipeline->options.hooks.fatal(pipeline->options.hooks.context, status, detail);
	abort(); /* fatal() does not return */
}

/* Takes what is verified at the front. With the lock held. */
static struct submission *take_verified(struct pipeline *pipeline)
{
	struct submission *taken = NULL;
	struct submission **end = &taken;

	while (pipeline_is_verified(pipeline->first)) {
		struct submission *submission = pipeline->first;

		pipeline->first = submission->next;
		if (pipeline->first == NULL) {
			pipeline->last = NULL;
		}
		submission->next = NULL;
		*end = submission;
		end = &submission->next;
	}
	return taken;
}

static void count_result(struct pipeline_counts *counts, const struct ledger_result *result)
{
	if (result->status != STATUS_OK) {
		counts->refused += status_class(result->status) == STATUS_CLASS_REFUSAL;
		counts->given_up += status_class(result->status) == STATUS_CLASS_RETRY;
	} else if (result->repeated) {
		counts->repeated++;
	} else {
		counts->accepted++;
	}
}

/* Hands what is answered to the reply thread. With the lock held. */
static void release(struct pipeline *pipeline, struct submission *answered)
{
	while (answered != NULL) {
		struct submission *submission = answered;

		answered = submission->next;
		pipeline->pending_events -= submission->count;
		pipeline->pending_bytes -= submission->bytes;
		for (size_t i = 0; !submission->from_peer && i < submission->count; i++) {
			count_result(&pipeline->counts, &submission->results[i]);
		}
		submission->next = NULL;
		if (pipeline->replies_last == NULL) {
			pipeline->replies = submission;
		} else {
			pipeline->replies_last->next = submission;
		}
		pipeline->replies_last = submission;
		(void)pthread_cond_signal(&pipeline->to_reply);
	}
}

/* The order has dropped what comes next. Without the lock. */
static void catch_up(struct pipeline *pipeline, struct core_update *update)
{
	struct catch_up *source = pipeline->options.catch_up;
	struct detail detail = { "", "" };
	enum status status = STATUS_OUT_OF_RANGE;

	if (source == NULL) {
		detail_set(&detail, "",
		           "the order has dropped batches that this node needs: it holds %llu "
		           "records and must first fetch %llu from a peer, of which it knows none",
		           (unsigned long long)ledger_head(pipeline->options.ledger).size,
		           (unsigned long long)update->behind.size);
		fatal(pipeline, status, &detail);
	}
	status = source->pull(source, pipeline->options.ledger, &update->behind, &detail);
	if (!status_is_fatal(status)) {
		enum status there = core_caught_up(pipeline->core, &update->behind, &detail);

		status = there == STATUS_OK ? status : there;
	}
	if (status_is_fatal(status)) {
		fatal(pipeline, status, &detail);
	}
	update->applied = true;
	update->activity = status == STATUS_OK ? CORE_PROGRESS : CORE_BLOCKED;
}

/* Takes the result of the forward thread. Without the lock. */
static void end_forward(struct pipeline *pipeline)
{
	pipeline_lock(pipeline);
	bool ended = pipeline->forwarding == FORWARDING_ENDED;
	enum status status = pipeline->forwarded;
	uint64_t behind = pipeline->forwarded_behind;

	if (ended) {
		pipeline->forwarding = FORWARDING_NONE;
	}
	pipeline_unlock(pipeline);
	if (ended) {
		core_forwarded(pipeline->core, status, behind);
	}
}

/* Hands the forward thread its next events. Without the lock. */
static void begin_forward(struct pipeline *pipeline)
{
	pipeline_lock(pipeline);
	bool free = pipeline->forwarding == FORWARDING_NONE;
	pipeline_unlock(pipeline);

	if (pipeline->options.peers == NULL || !free) {
		return;
	}
	bool ready = core_forward(pipeline->core, &pipeline->forward);
	pipeline_lock(pipeline);
	pipeline->forwarding = ready ? FORWARDING_READY : FORWARDING_NONE;
	(void)pthread_cond_signal(&pipeline->to_forward);
	pipeline_unlock(pipeline);
}

static void tell(struct pipeline *pipeline, const struct core_update *update)
{
	const struct pipeline_hooks *hooks = &pipeline->options.hooks;
	struct ledger_head head = ledger_head(pipeline->options.ledger);

	if (update->applied) {
		hooks->committed(hooks->context, &head);
	}
	if (update->durable && hooks->durable != NULL) {
		hooks->durable(hooks->context, &head);
	}
}

/* One step of the core and what follows from it. Lock held on entry and exit. */
static enum core_activity step(struct pipeline *pipeline)
{
	const struct clock *clock = pipeline->options.clock;
	struct submission *verified = take_verified(pipeline);
	struct core_update update;
	struct detail detail = { "", "" };

	pipeline->changed = false;
	pipeline_unlock(pipeline);
	while (verified != NULL) {
		struct submission *next = verified->next;

		core_offer(pipeline->core, verified);
		verified = next;
	}
	end_forward(pipeline);
	int64_t begin = clock_monotonic_ns(clock);
	enum status status = core_step(pipeline->core, &update, &detail);
	if (status != STATUS_OK) {
		fatal(pipeline, status, &detail);
	}
	if (update.activity == CORE_BEHIND) {
		catch_up(pipeline, &update);
	}
	tell(pipeline, &update);
	begin_forward(pipeline);
	int64_t end = clock_monotonic_ns(clock);
	pipeline_lock(pipeline);
	pipeline->counts.core = core_counts(pipeline->core);
	pipeline->counts.position = core_position(pipeline->core);
	if (update.applied) {
		pipeline->counts.batches++;
		pipeline->counts.commit_ns += (uint64_t)(end - begin);
	}
	release(pipeline, update.answered);
	return update.activity;
}

/* Waits until there may be something to do. Lock held on entry and exit. */
static void wait(struct pipeline *pipeline, enum core_activity activity)
{
	const struct sequencer_position *position = &pipeline->counts.position;
	bool at_rest = activity == CORE_IDLE && !core_waits(pipeline->core) &&
	               position->applied == position->durable;

	if (at_rest) {
		(void)pthread_cond_wait(&pipeline->to_apply, &pipeline->lock);
		return;
	}
	struct timespec latest = pipeline_time_in(CORE_RETRY_MS);
	(void)pthread_cond_timedwait(&pipeline->to_apply, &pipeline->lock, &latest);
}

/* True when the node stops and nothing more is to be waited for. With the lock held. */
static bool is_over(const struct pipeline *pipeline)
{
	struct timespec now = pipeline_time_in(0);
	bool late = now.tv_sec > pipeline->stop_latest.tv_sec ||
	            (now.tv_sec == pipeline->stop_latest.tv_sec &&
	             now.tv_nsec > pipeline->stop_latest.tv_nsec);

	return pipeline->stopping && pipeline->first == NULL &&
	       (late || !core_waits(pipeline->core));
}

/* Gives up what still waits, and leaves nothing that a power cut could take. Without the lock. */
static struct submission *end(struct pipeline *pipeline)
{
	struct submission *given_up = core_abandon(pipeline->core);
	struct core_update update = { .activity = CORE_IDLE };
	struct detail detail = { "", "" };
	enum status status = core_make_durable(pipeline->core, &update, &detail);

	if (status != STATUS_OK) {
		fatal(pipeline, status, &detail);
	}
	tell(pipeline, &update);
	return given_up;
}

void *pipeline_apply_main(void *argument)
{
	struct pipeline *pipeline = argument;

	pipeline_lock(pipeline);
	while (!is_over(pipeline)) {
		enum core_activity activity = step(pipeline);

		if (activity != CORE_PROGRESS && !pipeline->changed &&
		    !pipeline_is_verified(pipeline->first) && !is_over(pipeline)) {
			wait(pipeline, activity);
		}
	}
	pipeline_unlock(pipeline);
	struct submission *given_up = end(pipeline);
	pipeline_lock(pipeline);
	release(pipeline, given_up);
	pipeline->applying_ended = true;
	(void)pthread_cond_signal(&pipeline->to_reply);
	(void)pthread_cond_signal(&pipeline->to_forward);
	pipeline_unlock(pipeline);
	return NULL;
}

void *pipeline_forward_main(void *argument)
{
	struct pipeline *pipeline = argument;
	struct forward *forward = &pipeline->forward;

	pipeline_lock(pipeline);
	while (!pipeline->applying_ended) {
		if (pipeline->forwarding != FORWARDING_READY) {
			(void)pthread_cond_wait(&pipeline->to_forward, &pipeline->lock);
			continue;
		}
		struct detail detail = { "", "" };

		const struct proposition proposition = { .events = forward->events,
			                                 .count = forward->count,
			                                 .seen = forward->seen };

		pipeline_unlock(pipeline);
		uint64_t behind = 0;
		enum status status =
		        peers_propose(pipeline->options.peers, forward->address, &proposition,
		                      &behind, PROPOSE_TIMEOUT_MS, &detail);
		pipeline_lock(pipeline);
		pipeline->forwarded = status;
		pipeline->forwarded_behind = behind;
		pipeline->forwarding = FORWARDING_ENDED;
		pipeline->changed = true;
		(void)pthread_cond_signal(&pipeline->to_apply);
	}
	pipeline_unlock(pipeline);
	return NULL;
}

void *pipeline_reply_main(void *argument)
{
	struct pipeline *pipeline = argument;

	pipeline_lock(pipeline);
	for (;;) {
		struct submission *submission = pipeline->replies;

		if (submission != NULL) {
			pipeline->replies = NULL;
			pipeline->replies_last = NULL;
			pipeline_unlock(pipeline);
			while (submission != NULL) {
				struct submission *next = submission->next;

				FAILPOINT("before_reply");
				submission_finish(submission);
				submission->done(submission); /* may free it */
				submission = next;
			}
			pipeline_lock(pipeline);
		} else if (pipeline->applying_ended) {
			break;
		} else {
			(void)pthread_cond_wait(&pipeline->to_reply, &pipeline->lock);
		}
	}
	pipeline_unlock(pipeline);
	return NULL;
}
