#include "node/crew.h"

#include "ledger/base/assert.h"
#include "node/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct crew {
	pthread_t threads[VERIFY_WORKERS_MAX];
	unsigned thread_count;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t begun;
	pthread_cond_t ended;
	crew_work *work;
	void *argument;
	size_t count;
	size_t taken;
	size_t done;
	bool stopping;
};

/* Takes and does pieces until none is left. Lock held on entry and exit. */
static void take_part(struct crew *crew)
{
	while (crew->taken < crew->count) {
		crew_work *work = crew->work;
		void *argument = crew->argument;
		size_t i = crew->taken++;

		(void)pthread_mutex_unlock(&crew->lock);
		work(argument, i);
		(void)pthread_mutex_lock(&crew->lock);
		crew->done++;
		if (crew->done == crew->count) {
			(void)pthread_cond_signal(&crew->ended);
		}
	}
}

static void *crew_main(void *argument)
{
	struct crew *crew = argument;

	(void)pthread_mutex_lock(&crew->lock);
	while (!crew->stopping) {
		take_part(crew);
		if (!crew->stopping) {
			(void)pthread_cond_wait(&crew->begun, &crew->lock);
		}
	}
	(void)pthread_mutex_unlock(&crew->lock);
	return NULL;
}

enum status crew_start(struct crew **out, unsigned workers)
{
	struct crew *crew = calloc(1, sizeof(*crew));

	ASSERT(workers >= 1 && workers <= VERIFY_WORKERS_MAX);
	if (crew == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)pthread_mutex_init(&crew->lock, NULL);
	(void)pthread_cond_init(&crew->begun, NULL);
	(void)pthread_cond_init(&crew->ended, NULL);
	for (unsigned i = 0; i + 1 < workers; i++) {
		if (pthread_create(&crew->threads[i], NULL, crew_main, crew) != 0) {
			crew_stop(crew);
			return STATUS_NO_MEMORY;
		}
		crew->thread_count++;
	}
	*out = crew;
	return STATUS_OK;
}

void crew_stop(struct crew *crew)
{
	if (crew == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&crew->lock);
	crew->stopping = true;
	(void)pthread_cond_broadcast(&crew->begun);
	(void)pthread_mutex_unlock(&crew->lock);
	for (unsigned i = 0; i < crew->thread_count; i++) {
		(void)pthread_join(crew->threads[i], NULL);
	}
	(void)pthread_mutex_destroy(&crew->lock);
	(void)pthread_cond_destroy(&crew->begun);
	(void)pthread_cond_destroy(&crew->ended);
	free(crew);
}

void crew_each(struct crew *crew, crew_work *work, void *argument, size_t count)
{
	if (crew == NULL) {
		for (size_t i = 0; i < count; i++) {
			work(argument, i);
		}
		return;
	}
	(void)pthread_mutex_lock(&crew->lock);
	ASSERT(crew->done == crew->count);
	crew->work = work;
	crew->argument = argument;
	crew->count = count;
	crew->taken = 0;
	crew->done = 0;
	(void)pthread_cond_broadcast(&crew->begun);
	take_part(crew);
	while (crew->done < crew->count) {
		(void)pthread_cond_wait(&crew->ended, &crew->lock);
	}
	(void)pthread_mutex_unlock(&crew->lock);
}
