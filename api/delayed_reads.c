#include "api/delayed_reads.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum {
	TICK_MS = 20,    /* between looks at deadlines */
	REFUSAL_MS = 50, /* before its deadline a call is refused, so that the caller hears why */
};

struct delayed_read {
	struct delayed_read *next;
	struct node *node; /* one for all */
	struct rpc_call *call;
	struct delay delay;
	bool asked;     /* `batch` is known */
	uint64_t batch; /* that must be applied */
	method_callback *answer;
	void *context;
};

struct delayed_reads {
	pthread_t thread;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t news;
	struct delayed_read *first;
	size_t count;
	bool moved;
	bool stopping;
};

bool delay_is_over(const struct delay *delay, uint64_t size)
{
	return !delay->linearizable && size >= delay->min_size;
}

static void refuse(const struct delayed_read *read, const struct node_position *position)
{
	struct detail detail;

	if (read->delay.linearizable && !read->asked) {
		detail_set(&detail, "context.linearizable",
		           "the order cannot be asked how far it is; ask again, or without it");
	} else if (read->delay.linearizable) {
		detail_set(
		        &detail, "context.linearizable",
		        "this node has applied batch %llu and not yet %llu; ask again, or another "
		        "node",
		        (unsigned long long)position->batch, (unsigned long long)read->batch);
	} else {
		detail_set(&detail, "context.min_size",
		           "this node holds %llu records and not yet %llu; ask again, or another "
		           "node",
		           (unsigned long long)position->size,
		           (unsigned long long)read->delay.min_size);
	}
	rpc_call_refuse(read->call, STATUS_UNAVAILABLE, &detail);
}

static bool is_ready(const struct delayed_read *read, const struct node_position *position)
{
	return position->size >= read->delay.min_size &&
	       (!read->delay.linearizable || (read->asked && position->batch >= read->batch));
}

/* Takes out the reads that are to be answered or refused now. With the lock. */
static struct delayed_read *take_due(struct delayed_reads *reads,
                                     const struct node_position *position)
{
	struct delayed_read *due = NULL;
	struct delayed_read **link = &reads->first;

	while (*link != NULL) {
		struct delayed_read *read = *link;

		if (reads->stopping || is_ready(read, position) ||
		    rpc_call_remaining_ms(read->call) <= REFUSAL_MS) {
			*link = read->next;
			read->next = due;
			due = read;
			reads->count--;
		} else {
			link = &read->next;
		}
	}
	return due;
}

static void answer_all(struct delayed_read *due, const struct node_position *position)
{
	while (due != NULL) {
		struct delayed_read *read = due;

		due = read->next;
		if (is_ready(read, position)) {
			read->answer(read->call, read->context);
		} else {
			refuse(read, position);
		}
		free(read);
	}
}

/* Asks the order for all reads that wait for that, once. Lock held on entry and exit; reads that
 * come meanwhile are at the front of the list and are not served by the answer. */
static void ask_order(struct delayed_reads *reads)
{
	struct delayed_read *newest = reads->first;
	struct detail detail = { "", "" };
	bool wanted = false;
	uint64_t batch;

	for (struct delayed_read *read = newest; read != NULL; read = read->next) {
		wanted = wanted || (read->delay.linearizable && !read->asked);
	}
	if (!wanted) {
		return;
	}
	(void)pthread_mutex_unlock(&reads->lock);
	enum status status = node_confirm(newest->node, &batch, &detail);
	(void)pthread_mutex_lock(&reads->lock);
	for (struct delayed_read *read = newest; status == STATUS_OK && read != NULL;
	     read = read->next) {
		if (!read->asked) {
			read->batch = batch;
			read->asked = true;
		}
	}
}

static void wait_for_news(struct delayed_reads *reads)
{
	struct timespec until;

	if (reads->first == NULL) {
		(void)pthread_cond_wait(&reads->news, &reads->lock);
		return;
	}
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += TICK_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	(void)pthread_cond_timedwait(&reads->news, &reads->lock, &until);
}

/* Answers what may be answered. Lock held on entry and exit. */
static void serve_once(struct delayed_reads *reads)
{
	ask_order(reads);
	struct node_position position = node_position(reads->first->node);
	struct delayed_read *due = take_due(reads, &position);

	(void)pthread_mutex_unlock(&reads->lock);
	answer_all(due, &position);
	(void)pthread_mutex_lock(&reads->lock);
}

static void *serve(void *context)
{
	struct delayed_reads *reads = context;

	(void)pthread_mutex_lock(&reads->lock);
	while (!reads->stopping || reads->first != NULL) {
		reads->moved = false;
		if (reads->first != NULL) {
			serve_once(reads);
		}
		if (!reads->moved && !reads->stopping) {
			wait_for_news(reads);
		}
	}
	(void)pthread_mutex_unlock(&reads->lock);
	return NULL;
}

struct delayed_reads *delayed_reads_new(void)
{
	struct delayed_reads *reads = calloc(1, sizeof(*reads));

	if (reads == NULL) {
		return NULL;
	}
	(void)pthread_mutex_init(&reads->lock, NULL);
	(void)pthread_cond_init(&reads->news, NULL);
	if (pthread_create(&reads->thread, NULL, serve, reads) != 0) {
		free(reads);
		return NULL;
	}
	return reads;
}

static struct delayed_read *read_new(struct node *node, struct rpc_call *call,
                                     const struct delay *delay, method_callback *answer,
                                     void *context)
{
	struct delayed_read *read = malloc(sizeof(*read));

	if (read != NULL) {
		*read = (struct delayed_read){
			.node = node,
			.call = call,
			.delay = *delay,
			.answer = answer,
			.context = context,
		};
	}
	return read;
}

void delayed_reads_add(struct delayed_reads *reads, struct node *node, struct rpc_call *call,
                       const struct delay *delay, method_callback *answer, void *context)
{
	struct delayed_read *read = read_new(node, call, delay, answer, context);

	(void)pthread_mutex_lock(&reads->lock);
	bool taken = read != NULL && !reads->stopping && reads->count < DELAYED_READS_MAX;
	if (taken) {
		read->next = reads->first;
		reads->first = read;
		reads->count++;
		reads->moved = true;
		(void)pthread_cond_signal(&reads->news);
	}
	(void)pthread_mutex_unlock(&reads->lock);
	if (!taken) {
		free(read);
		rpc_call_refuse(call, STATUS_BUSY, NULL);
	}
}

void delayed_reads_wake(struct delayed_reads *reads)
{
	if (reads == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&reads->lock);
	reads->moved = true;
	(void)pthread_cond_signal(&reads->news);
	(void)pthread_mutex_unlock(&reads->lock);
}

void delayed_reads_stop(struct delayed_reads *reads)
{
	if (reads == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&reads->lock);
	bool first = !reads->stopping;
	reads->stopping = true;
	(void)pthread_cond_signal(&reads->news);
	(void)pthread_mutex_unlock(&reads->lock);
	if (first) {
		(void)pthread_join(reads->thread, NULL);
	}
}

void delayed_reads_free(struct delayed_reads *reads)
{
	if (reads == NULL) {
		return;
	}
	delayed_reads_stop(reads);
	(void)pthread_mutex_destroy(&reads->lock);
	(void)pthread_cond_destroy(&reads->news);
	free(reads);
}
