#include "node/follower.h"

#include "ledger/base/crypto.h"
#include "node/durable_file.h"
#include "node/folder.h"
#include "node/log.h"

#include <inttypes.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

enum { REST_MS_MAX = 1000, PAGES_MAX = 8 };

struct follower {
	struct follower_options options;
	struct witness *witness;
	struct crew *crew;
	struct replica *replica;
	bool running; /* there is a thread */
	struct catch_up catch_up;
	pthread_mutex_t turn; /* held by whoever steps or pulls; before `lock` */
	pthread_t thread;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t wake;
	bool stopping;
	struct replica_state state;
	struct buf notes; /* as witness_notes gives them */
};

static enum status own_note(void *context, struct buf *note)
{
	const struct follower *follower = context;

	return checkpointing_newest(follower->options.checkpointing, note);
}

static enum status store_evidence(void *context, enum evidence_kind kind, int64_t found_at_ms,
                                  struct bytes text, struct detail *detail)
{
	const struct follower *follower = context;

	return evidence_store(follower->options.folder, kind, found_at_ms, text, detail);
}

static enum status store_notes(void *context, struct bytes notes, struct detail *detail)
{
	const struct follower *follower = context;
	char path[PATH_MAX];

	folder_path(path, follower->options.folder, "witnessed");
	return durable_file_write(path, notes, detail);
}

static enum status raise_floor(void *context, const struct floor_state *state,
                               struct detail *detail)
{
	const struct follower *follower = context;

	return floor_raise(follower->options.floor, state, detail);
}

/* Copies the state out; tells the log what an operator must know. */
static void publish(struct follower *follower)
{
	struct replica_state state = replica_state(follower->replica);

	(void)pthread_mutex_lock(&follower->lock);
	bool contradicted = state.contradicted && !follower->state.contradicted;
	bool switched = state.switches != follower->state.switches;
	follower->state = state;
	buf_reset(&follower->notes);
	witness_notes(follower->witness, &follower->notes);
	(void)pthread_mutex_unlock(&follower->lock);
	if (contradicted) {
		log_line(LOG_ERROR, "contradicted", "hint=\"civilctl evidence list\"");
	}
	if (switched) {
		log_line(LOG_INFO, "upstream_switched", "upstream=%s", state.upstream);
	}
}

/* Waits until `at_ns`, or until it is to stop. True then. */
static bool rest(struct follower *follower, int64_t at_ns)
{
	int64_t ns = at_ns - clock_monotonic_ns(follower->options.clock);
	struct timespec until;

	ns = ns < 0 ? 0 : ns;
	ns = ns > REST_MS_MAX * INT64_C(1000000) ? REST_MS_MAX * INT64_C(1000000) : ns;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	ns += until.tv_nsec;
	until.tv_sec += ns / 1000000000;
	until.tv_nsec = ns % 1000000000;
	(void)pthread_mutex_lock(&follower->lock);
	if (!follower->stopping) {
		(void)pthread_cond_timedwait(&follower->wake, &follower->lock, &until);
	}
	bool stopping = follower->stopping;
	(void)pthread_mutex_unlock(&follower->lock);
	return stopping;
}

/* Passes on what one step did. */
static void tell(struct follower *follower, const struct replica_update *update)
{
	const struct pipeline_hooks *hooks = &follower->options.hooks;
	struct ledger_head head = ledger_head(follower->options.ledger);

	if (update->applied) {
		hooks->committed(hooks->context, &head);
	}
	if (update->durable) {
		hooks->durable(hooks->context, &head);
	}
	publish(follower);
}

/* Core nodes share one order: to go on beside another history would be to take part in it. */
static enum status contradiction(const struct follower *follower, struct detail *detail)
{
	if (!follower->state.contradicted) {
		return STATUS_OK;
	}
	*detail = follower->state.trouble;
	return STATUS_DIVERGED;
}

static void *follow(void *context)
{
	struct follower *follower = context;
	const struct pipeline_hooks *hooks = &follower->options.hooks;
	struct replica_update update = { .progress = true };
	struct detail detail = { "", "" };
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !rest(follower, update.progress ? 0 : update.at_ns)) {
		(void)pthread_mutex_lock(&follower->turn);
		status = replica_step(follower->replica, &update, &detail);
		tell(follower, &update);
		(void)pthread_mutex_unlock(&follower->turn);
		if (status == STATUS_OK && follower->options.watches) {
			status = contradiction(follower, &detail);
		}
	}
	if (status == STATUS_OK) {
		update = (struct replica_update){ .applied = false };
		status = replica_make_durable(follower->replica, &update, &detail);
		tell(follower, &update);
	}
	if (status != STATUS_OK) {
		hooks->fatal(hooks->context, status, &detail);
	}
	return NULL;
}

/* Statements that an earlier run held. */
static enum status load_notes(struct follower *follower, struct detail *detail)
{
	char path[PATH_MAX];
	struct buf notes;

	folder_path(path, follower->options.folder, "witnessed");
	buf_init(&notes, WITNESS_NOTES_BYTES_MAX);
	enum status status = durable_file_read(path, &notes, detail);
	if (status == STATUS_OK) {
		status = witness_load(follower->witness, buf_bytes(&notes), detail);
	} else if (status == STATUS_NOT_FOUND) {
		status = STATUS_OK;
	} else if (status == STATUS_NO_MEMORY) {
		detail_set(detail, path, "is larger than this program ever writes it");
		status = STATUS_CORRUPT;
	}
	buf_fini(&notes);
	return status;
}

static enum status open_witness(struct follower *follower, struct detail *detail)
{
	const struct following *following = follower->options.following;
	const struct witness_options options = {
		.ledger = follower->options.ledger,
		.clock = follower->options.clock,
		.keys = following->keys,
		.key_count = following->key_count,
		.own_note = own_note,
		.store_evidence = store_evidence,
		.store_notes = store_notes,
		.context = follower,
	};
	enum status status = witness_new(&follower->witness, &options);

	return status == STATUS_OK ? load_notes(follower, detail) : status;
}

static enum status open_replica(struct follower *follower)
{
	struct replica_options options = {
		.ledger = follower->options.ledger,
		.store = follower->options.store,
		.witness = follower->witness,
		.upstreams = follower->options.following->upstreams,
		.upstream_count = follower->options.following->upstream_count,
		.clock = follower->options.clock,
		.floor = follower->options.floor->state,
		.watches = follower->options.watches,
		.raise_floor = raise_floor,
		.context = follower,
	};
	enum status status = crew_start(&follower->crew, follower->options.workers);

	crypto_random(&options.seed, sizeof(options.seed));
	options.crew = follower->crew;
	return status == STATUS_OK ? replica_new(&follower->replica, &options) : status;
}

/* Starts the thread unless an operator must act first. */
static enum status begin(struct follower *follower, struct detail *detail)
{
	struct replica_state *state = &follower->state;
	size_t evidence = 0;
	enum status status = evidence_count(follower->options.folder, &evidence, detail);

	if (status != STATUS_OK) {
		return status;
	}
	*state = replica_state(follower->replica);
	if (evidence > 0 && follower->options.watches) {
		detail_set(detail, "evidence",
		           "%zu contradictions are not settled: civilctl evidence list", evidence);
		return STATUS_DIVERGED;
	}
	if (evidence > 0) {
		state->contradicted = true;
		detail_set(&state->trouble, "",
		           "%zu contradictions are not settled: civilctl evidence list", evidence);
		log_line(LOG_ERROR, "contradicted", "evidence=%zu hint=\"civilctl evidence list\"",
		         evidence);
		return STATUS_OK;
	}
	follower->running = pthread_create(&follower->thread, NULL, follow, follower) == 0;
	return follower->running ? STATUS_OK : STATUS_NO_MEMORY;
}

static struct follower *of(struct catch_up *catch_up)
{
	return (struct follower *)(void *)((char *)catch_up - offsetof(struct follower, catch_up));
}

/* A few pages on the thread that applies; the rest is asked for again. */
static enum status pull(struct catch_up *catch_up, struct ledger *ledger,
                        const struct catch_up_target *target, struct detail *detail)
{
	struct follower *follower = of(catch_up);
	struct replica_update update = { .progress = true };
	enum status status = STATUS_OK;

	(void)pthread_mutex_lock(&follower->turn);
	for (size_t i = 0; status == STATUS_OK && update.progress && i < PAGES_MAX &&
	                   ledger_head(ledger).size < target->size;
	     i++) {
		status = replica_pull(follower->replica, &update, target->size, detail);
	}
	(void)pthread_mutex_unlock(&follower->turn);
	if (status != STATUS_OK) {
		return status;
	}
	log_line(LOG_INFO, "pulled", "size=%" PRIu64 " of=%" PRIu64, ledger_head(ledger).size,
	         target->size);
	return ledger_head(ledger).size < target->size ? STATUS_UNAVAILABLE : STATUS_OK;
}

struct catch_up *follower_catch_up(struct follower *follower)
{
	return &follower->catch_up;
}

enum status follower_start(struct follower **out, const struct follower_options *options,
                           struct detail *detail)
{
	struct follower *follower = calloc(1, sizeof(*follower));

	if (follower == NULL) {
		return STATUS_NO_MEMORY;
	}
	follower->options = *options;
	buf_init(&follower->notes, WITNESS_NOTES_BYTES_MAX);
	follower->catch_up.pull = pull;
	(void)pthread_mutex_init(&follower->turn, NULL);
	(void)pthread_mutex_init(&follower->lock, NULL);
	(void)pthread_cond_init(&follower->wake, NULL);
	enum status status = open_witness(follower, detail);
	if (status == STATUS_DIVERGED && witness_contradicted(follower->witness)) {
		status = STATUS_OK; /* its evidence is counted below */
	}
	if (status == STATUS_OK) {
		status = open_replica(follower);
	}
	if (status == STATUS_OK) {
		status = begin(follower, detail);
	}
	if (status != STATUS_OK) {
		follower_stop(follower);
		return status;
	}
	*out = follower;
	return STATUS_OK;
}

struct replica_state follower_state(struct follower *follower)
{
	(void)pthread_mutex_lock(&follower->lock);
	struct replica_state state = follower->state;
	(void)pthread_mutex_unlock(&follower->lock);
	return state;
}

enum status follower_notes(struct follower *follower, struct buf *notes)
{
	(void)pthread_mutex_lock(&follower->lock);
	enum status status = buf_assign(notes, buf_bytes(&follower->notes));
	(void)pthread_mutex_unlock(&follower->lock);
	return status;
}

void follower_hush(struct follower *follower)
{
	const struct following *following;

	if (follower != NULL) {
		following = follower->options.following;
		for (size_t i = 0; i < following->upstream_count; i++) {
			upstream_stop(following->upstreams[i]);
		}
	}
}

static void end_thread(struct follower *follower)
{
	(void)pthread_mutex_lock(&follower->lock);
	follower->stopping = true;
	(void)pthread_cond_signal(&follower->wake);
	(void)pthread_mutex_unlock(&follower->lock);
	(void)pthread_join(follower->thread, NULL);
}

void follower_stop(struct follower *follower)
{
	if (follower == NULL) {
		return;
	}
	follower_hush(follower);
	if (follower->running) {
		end_thread(follower);
	}
	replica_free(follower->replica);
	crew_stop(follower->crew);
	witness_free(follower->witness);
	buf_fini(&follower->notes);
	(void)pthread_mutex_destroy(&follower->turn);
	(void)pthread_mutex_destroy(&follower->lock);
	(void)pthread_cond_destroy(&follower->wake);
	free(follower);
}
