/* The insides of the pipeline, shared by pipeline.c (submitting, starting, stopping),
 * pipeline_verify.c and pipeline_apply.c (apply, forward and reply threads) alone. */
#ifndef NODE_PIPELINE_INTERNAL_H
#define NODE_PIPELINE_INTERNAL_H

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "node/limits.h"
#include "node/pipeline.h"

#include <pthread.h>
#include <time.h>

/* How far a forward has come: the apply thread fills it, the forward thread sends it. */
enum forwarding { FORWARDING_NONE, FORWARDING_READY, FORWARDING_ENDED };

struct pipeline {
	struct pipeline_options options;
	pthread_mutex_t lock; /* guards everything down to `counts` */
	pthread_cond_t to_verify;
	pthread_cond_t to_apply;
	pthread_cond_t to_reply;
	pthread_cond_t to_forward;
	struct submission *first; /* in order of arrival: not yet offered to the core */
	struct submission *last;
	struct submission *verifying; /* first one with events that no worker has begun */
	struct submission *replies;   /* answered, not yet told */
	struct submission *replies_last;
	size_t pending_events;
	size_t pending_bytes;
	bool changed;                /* the order says so */
	bool stopping;               /* nothing more is taken */
	struct timespec stop_latest; /* then what waits is given up */
	bool applying_ended;         /* nothing more will be answered or forwarded */
	enum forwarding forwarding;
	enum status forwarded;
	uint64_t forwarded_behind; /* as peers_propose gave it */
	struct pipeline_counts counts;

	pthread_t workers[VERIFY_WORKERS_MAX];
	unsigned worker_count;
	pthread_t apply_thread;
	pthread_t reply_thread;
	pthread_t forward_thread;
	bool forward_started;

	struct core *core;      /* the apply thread's */
	struct forward forward; /* the apply thread's, while READY the forward thread's */
};

static inline void pipeline_lock(struct pipeline *pipeline)
{
	int error = pthread_mutex_lock(&pipeline->lock);
	ASSERT(error == 0);
}

static inline void pipeline_unlock(struct pipeline *pipeline)
{
	int error = pthread_mutex_unlock(&pipeline->lock);
	ASSERT(error == 0);
}

/* Now and some, on the clock of the condition variables. */
static inline struct timespec pipeline_time_in(int ms)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += ms / 1000;
	time.tv_nsec += (long)(ms % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_sec++;
		time.tv_nsec -= 1000000000;
	}
	return time;
}

/* True when all its events are verified. */
static inline bool pipeline_is_verified(const struct submission *submission)
{
	return submission != NULL && atomic_load(&submission->unverified) == 0;
}

/* Bodies of the threads; the argument is the pipeline. */
void *pipeline_verify_main(void *argument);
void *pipeline_apply_main(void *argument);
void *pipeline_reply_main(void *argument);
void *pipeline_forward_main(void *argument);

#endif
