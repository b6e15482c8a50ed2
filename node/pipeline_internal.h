/* The insides of the pipeline, shared by pipeline.c (queues, threads) and pipeline_apply.c (one
 * batch) alone. */
#ifndef NODE_PIPELINE_INTERNAL_H
#define NODE_PIPELINE_INTERNAL_H

#include "ledger/base/limits.h"
#include "node/limits.h"
#include "node/pipeline.h"

#include <pthread.h>

/* Events of several submissions that go into one batch. */
struct pipeline_batch {
	struct bytes events[BATCH_EVENTS_MAX];
	struct ledger_result *outcome[BATCH_EVENTS_MAX]; /* where the result of each goes */
	struct submission *owner[BATCH_EVENTS_MAX];
	size_t count;
	size_t bytes;
	size_t completed; /* submissions at the front that are wholly in it */
};

struct pipeline {
	struct pipeline_options options;
	pthread_mutex_t lock; /* guards everything down to `counts` */
	pthread_cond_t to_verify;
	pthread_cond_t to_apply;
	pthread_cond_t to_reply;
	struct submission *first; /* in order of arrival: not yet wholly applied */
	struct submission *last;
	struct submission *verifying; /* first one with events that no worker has begun */
	struct submission *replies;   /* wholly applied, not yet answered */
	struct submission *replies_last;
	size_t pending_events;
	size_t pending_bytes;
	bool stopping;       /* nothing more is taken */
	bool applying_ended; /* nothing more will be answered */
	struct pipeline_counts counts;

	pthread_t workers[VERIFY_WORKERS_MAX];
	unsigned worker_count;
	pthread_t apply_thread;
	pthread_t reply_thread;

	/* The apply thread's own. */
	struct pipeline_batch batch;
	struct ledger_result results[BATCH_EVENTS_MAX];
	struct buf packed;
	struct buf decided;
	struct arena arena;
};

/* Puts the events of `pipeline->batch` into the order and applies them; results are copied to their
 * submissions. Any status but OK is fatal. */
enum status pipeline_apply(struct pipeline *pipeline, struct detail *detail) NODISCARD;

#endif
