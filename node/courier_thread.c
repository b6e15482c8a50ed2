#include "ledger/base/assert.h"
#include "node/courier_internal.h"

#include <time.h>

#define MS_NS INT64_C(1000000)

enum { REST_MS_MAX = 1000 };

/* Waits until `at_ns` or news. True when it is to stop. */
static bool rest(struct courier *courier, int64_t at_ns)
{
	int64_t ns = at_ns - clock_monotonic_ns(courier->options.clock);
	struct timespec until;

	ns = ns < 0 ? 0 : ns;
	ns = ns > REST_MS_MAX * MS_NS ? REST_MS_MAX * MS_NS : ns;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	ns += until.tv_nsec;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	(void)pthread_mutex_lock(&courier->lock);
	if (!courier->stopping && !courier->woken) {
		(void)pthread_cond_timedwait(&courier->news, &courier->lock, &until);
	}
	if (courier->woken) {
		courier->looked = false; /* what was added may stand in the ledger already */
	}
	courier->woken = false;
	bool stopping = courier->stopping;
	(void)pthread_mutex_unlock(&courier->lock);
	return stopping;
}

static void *carry(void *context)
{
	struct courier *courier = context;
	struct courier_update update = { .progress = true };
	struct detail detail = { "", "" };
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !rest(courier, update.progress ? 0 : update.at_ns)) {
		status = courier_step(courier, &update, &detail);
	}
	if (status != STATUS_OK) {
		courier->options.fatal(courier->options.context, status, &detail);
	}
	return NULL;
}

enum status courier_start(struct courier *courier)
{
	ASSERT(!courier->running);
	courier->running = pthread_create(&courier->thread, NULL, carry, courier) == 0;
	return courier->running ? STATUS_OK : STATUS_NO_MEMORY;
}

void courier_wake(struct courier *courier)
{
	if (courier == NULL) {
		return;
	}
	(void)pthread_mutex_lock(&courier->lock);
	courier->woken = true;
	(void)pthread_cond_signal(&courier->news);
	(void)pthread_mutex_unlock(&courier->lock);
}
