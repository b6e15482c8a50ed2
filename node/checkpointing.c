#include "node/checkpointing.h"

#include "ledger/base/assert.h"
#include "ledger/log/checkpoint.h"
#include "node/durable_file.h"
#include "node/failpoint.h"
#include "node/limits.h"
#include "node/seen.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct checkpointing {
	struct checkpointing_options options;
	char path[PATH_MAX];
	struct note_key key;
	enum status (*root_at)(void *context, struct hash *root, uint64_t size);
	void *root_context;
	bool seen_compared; /* the thread's */
	pthread_t thread;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t wake;
	struct ledger_head head; /* newest known */
	struct buf note;         /* newest signed */
	uint64_t signed_size;
	bool signed_any;
	bool stopping;
};

static void lock(struct checkpointing *checkpointing)
{
	int error = pthread_mutex_lock(&checkpointing->lock);
	ASSERT(error == 0);
}

static void unlock(struct checkpointing *checkpointing)
{
	int error = pthread_mutex_unlock(&checkpointing->lock);
	ASSERT(error == 0);
}

/* Signs one head: makes the note, makes it durable, then publishes it. */
static enum status sign(struct checkpointing *checkpointing, const struct ledger_head *head,
                        struct detail *detail)
{
	struct checkpoint checkpoint = { .head = { .size = head->size, .root = head->root } };
	struct buf text;
	struct buf note;

	memcpy(checkpoint.origin, checkpointing->options.identity->origin,
	       strlen(checkpointing->options.identity->origin) + 1);
	buf_init(&text, CHECKPOINT_TEXT_MAX);
	buf_init(&note, CHECKPOINT_NOTE_MAX);
	checkpoint_format(&text, &checkpoint);
	note_begin(&note, buf_bytes(&text));
	note_sign(&note, buf_bytes(&text), &checkpointing->key,
	          checkpointing->options.identity->secret_key);
	enum status status = buf_status(&text);
	if (status == STATUS_OK) {
		status = buf_status(&note);
	}
	FAILPOINT("checkpoint_made");
	if (status == STATUS_OK) {
		status = durable_file_write(checkpointing->path, buf_bytes(&note), detail);
	}
	FAILPOINT("checkpoint_written");
	if (status == STATUS_OK) {
		lock(checkpointing);
		ASSERT(!checkpointing->signed_any || head->size > checkpointing->signed_size);
		status = buf_assign(&checkpointing->note, buf_bytes(&note));
		checkpointing->signed_size = head->size;
		checkpointing->signed_any = true;
		unlock(checkpointing);
	}
	buf_fini(&text);
	buf_fini(&note);
	return status;
}

/* True when there is something new to sign. With the lock held. */
static bool has_new(const struct checkpointing *checkpointing)
{
	if (checkpointing->head.size < checkpointing->options.seen.size) {
		return false;
	}
	return !checkpointing->signed_any || checkpointing->head.size > checkpointing->signed_size;
}

/* Before the first signature: the records that were seen signed are the ones held. */
static enum status compare_seen(struct checkpointing *checkpointing, struct detail *detail)
{
	const struct tree_head *seen = &checkpointing->options.seen;

	if (checkpointing->seen_compared || seen->size == 0) {
		return STATUS_OK;
	}
	checkpointing->seen_compared = true;
	return seen_check(seen, seen->size, false, checkpointing->root_at,
	                  checkpointing->root_context, detail);
}

/* Waits until the interval is over or the node stops. With the lock held. */
static void wait_interval(struct checkpointing *checkpointing)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += CHECKPOINT_INTERVAL_MS / 1000;
	while (!checkpointing->stopping &&
	       pthread_cond_timedwait(&checkpointing->wake, &checkpointing->lock, &until) !=
	               ETIMEDOUT) {
	}
}

static void *checkpointing_main(void *argument)
{
	struct checkpointing *checkpointing = argument;

	lock(checkpointing);
	for (;;) {
		if (has_new(checkpointing)) {
			struct ledger_head head = checkpointing->head;
			struct detail detail = { "", "" };

			unlock(checkpointing);
			enum status status = compare_seen(checkpointing, &detail);
			if (status == STATUS_OK) {
				status = sign(checkpointing, &head, &detail);
			}
			if (status != STATUS_OK) {
				checkpointing->options.fatal(checkpointing->options.context, status,
				                             &detail);
				abort(); /* fatal() does not return */
			}
			lock(checkpointing);
			wait_interval(checkpointing);
		} else if (checkpointing->stopping) {
			break;
		} else {
			(void)pthread_cond_wait(&checkpointing->wake, &checkpointing->lock);
		}
	}
	unlock(checkpointing);
	return NULL;
}

/* Reads the file of an earlier run, if any, and holds the ledger against it. */
static enum status load(struct checkpointing *checkpointing, const struct ledger_head *head,
                        enum status (*root_at)(void *context, struct hash *root, uint64_t size),
                        void *root_context, struct detail *detail)
{
	struct checkpoint checkpoint;
	struct hash root;
	enum status status = durable_file_read(checkpointing->path, &checkpointing->note, detail);

	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	status = checkpoint_open(&checkpoint, buf_bytes(&checkpointing->note), &checkpointing->key);
	if (status != STATUS_OK) {
		detail_set(detail, checkpointing->path,
		           "is not a checkpoint that this node signed; restore it, or the whole "
		           "folder, from a backup");
		return STATUS_CORRUPT;
	}
	if (checkpoint.head.size > head->size) {
		detail_set(detail, checkpointing->path,
		           "this node signed %llu records and holds %llu: some are missing; "
		           "restore a newer backup, or fetch them from a peer",
		           (unsigned long long)checkpoint.head.size,
		           (unsigned long long)head->size);
		return STATUS_OUT_OF_RANGE;
	}
	status = root_at(root_context, &root, checkpoint.head.size);
	if (status == STATUS_OK && !hash_equal(&root, &checkpoint.head.root)) {
		detail_set(detail, checkpointing->path,
		           "the first %llu records are not those that this node signed",
		           (unsigned long long)checkpoint.head.size);
		return STATUS_DIVERGED;
	}
	checkpointing->signed_size = checkpoint.head.size;
	checkpointing->signed_any = true;
	return status;
}

static void checkpointing_free(struct checkpointing *checkpointing)
{
	(void)pthread_mutex_destroy(&checkpointing->lock);
	(void)pthread_cond_destroy(&checkpointing->wake);
	buf_fini(&checkpointing->note);
	free(checkpointing);
}

enum status checkpointing_start(struct checkpointing **out,
                                const struct checkpointing_options *options,
                                const struct ledger_head *head,
                                enum status (*root_at)(void *context, struct hash *root,
                                                       uint64_t size),
                                void *root_context, struct detail *detail)
{
	struct checkpointing *checkpointing = calloc(1, sizeof(*checkpointing));
	pthread_condattr_t monotonic;

	if (checkpointing == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_mutex_init(&checkpointing->lock, NULL);
	(void)pthread_cond_init(&checkpointing->wake, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	checkpointing->options = *options;
	checkpointing->head = *head;
	checkpointing->root_at = root_at;
	checkpointing->root_context = root_context;
	(void)snprintf(checkpointing->path, sizeof(checkpointing->path), "%s", options->path);
	buf_init(&checkpointing->note, CHECKPOINT_NOTE_MAX);

	enum status status = note_key_init(&checkpointing->key, options->identity->origin,
	                                   NOTE_KEY_ED25519, options->identity->public_key);
	if (status == STATUS_OK) {
		status = load(checkpointing, head, root_at, root_context, detail);
	}
	if (status == STATUS_OK &&
	    pthread_create(&checkpointing->thread, NULL, checkpointing_main, checkpointing) != 0) {
		status = STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK) {
		checkpointing_free(checkpointing);
		return status;
	}
	*out = checkpointing;
	return STATUS_OK;
}

void checkpointing_notify(struct checkpointing *checkpointing, const struct ledger_head *head)
{
	lock(checkpointing);
	bool grown = head->size > checkpointing->head.size;
	checkpointing->head = *head;
	unlock(checkpointing);
	if (grown) {
		(void)pthread_cond_signal(&checkpointing->wake);
	}
}

enum status checkpointing_newest(struct checkpointing *checkpointing, struct buf *note)
{
	lock(checkpointing);
	enum status status = buf_assign(note, buf_bytes(&checkpointing->note));
	unlock(checkpointing);
	return status;
}

uint64_t checkpointing_size(struct checkpointing *checkpointing)
{
	lock(checkpointing);
	uint64_t size = checkpointing->signed_size;
	unlock(checkpointing);
	return size;
}

void checkpointing_stop(struct checkpointing *checkpointing)
{
	if (checkpointing == NULL) {
		return;
	}
	lock(checkpointing);
	checkpointing->stopping = true;
	(void)pthread_cond_signal(&checkpointing->wake);
	unlock(checkpointing);
	(void)pthread_join(checkpointing->thread, NULL);
	checkpointing_free(checkpointing);
}
