#include "node/access_writer.h"

#include "ledger/base/assert.h"
#include "node/failpoint.h"

#include <pthread.h>
#include <stdlib.h>

struct access_writer {
	struct access_writer_options options;
	struct access_head head;                               /* the thread's */
	struct access_draft *drafts[ACCESS_WRITE_ENTRIES_MAX]; /* the thread's */
	pthread_t thread;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t wake;
	struct access_item *first;
	struct access_item **last;
	struct access_writer_counts counts;
	bool stopping;
};

static void lock(struct access_writer *writer)
{
	int error = pthread_mutex_lock(&writer->lock);
	ASSERT(error == 0);
}

static void unlock(struct access_writer *writer)
{
	int error = pthread_mutex_unlock(&writer->lock);
	ASSERT(error == 0);
}

/* Takes the items that one write holds off the queue. With the lock held. */
static struct access_item *take(struct access_writer *writer, size_t *count)
{
	struct access_item *taken = writer->first;
	struct access_item **end = &writer->first;

	*count = 0;
	while (*end != NULL && *count + (*end)->count <= ACCESS_WRITE_ENTRIES_MAX) {
		for (size_t i = 0; i < (*end)->count; i++) {
			writer->drafts[*count + i] = &(*end)->drafts[i];
		}
		*count += (*end)->count;
		end = &(*end)->next;
	}
	writer->first = *end;
	*end = NULL;
	if (writer->first == NULL) {
		writer->last = &writer->first;
	}
	return taken;
}

static void write_all(struct access_writer *writer, size_t count)
{
	struct detail detail = { "", "" };
	enum status status = STATUS_OK;

	if (count > 0) {
		status = access_log_append(writer->options.store, &writer->head, writer->drafts,
		                           count);
	}
	if (status != STATUS_OK) {
		detail_set(&detail, "access", "the log of accesses cannot be written: %s",
		           store_fault(writer->options.store));
		writer->options.fatal(writer->options.context, status, &detail);
		abort(); /* fatal() does not return */
	}
	FAILPOINT("access_kept");
}

static void *writer_main(void *argument)
{
	struct access_writer *writer = argument;

	lock(writer);
	while (writer->first != NULL || !writer->stopping) {
		if (writer->first == NULL) {
			(void)pthread_cond_wait(&writer->wake, &writer->lock);
			continue;
		}
		size_t count;
		struct access_item *item = take(writer, &count);
		unlock(writer);
		write_all(writer, count);
		while (item != NULL) {
			struct access_item *next = item->next; /* the item goes with kept() */

			item->kept(item);
			item = next;
		}
		lock(writer);
		writer->counts.entries += count;
		writer->counts.writes++;
	}
	unlock(writer);
	return NULL;
}

static enum status read_head(struct access_writer *writer, struct detail *detail)
{
	struct store_view *view = store_view_begin(writer->options.store);

	if (view == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = access_log_head(view, &writer->head, detail);
	store_view_end(view);
	return status;
}

enum status access_writer_start(struct access_writer **out,
                                const struct access_writer_options *options, struct detail *detail)
{
	struct access_writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL) {
		return STATUS_NO_MEMORY;
	}
	writer->options = *options;
	writer->last = &writer->first;
	enum status status = read_head(writer, detail);
	if (status != STATUS_OK) {
		free(writer);
		return status;
	}
	(void)pthread_mutex_init(&writer->lock, NULL);
	(void)pthread_cond_init(&writer->wake, NULL);
	if (pthread_create(&writer->thread, NULL, writer_main, writer) != 0) {
		(void)pthread_cond_destroy(&writer->wake);
		(void)pthread_mutex_destroy(&writer->lock);
		free(writer);
		return STATUS_NO_MEMORY;
	}
	*out = writer;
	return STATUS_OK;
}

void access_writer_add(struct access_writer *writer, struct access_item *item)
{
	ASSERT(item->count <= ACCESS_WRITE_ENTRIES_MAX);
	item->next = NULL;
	lock(writer);
	ASSERT(!writer->stopping);
	*writer->last = item;
	writer->last = &item->next;
	(void)pthread_cond_signal(&writer->wake);
	unlock(writer);
}

struct access_writer_counts access_writer_counts(struct access_writer *writer)
{
	lock(writer);
	struct access_writer_counts counts = writer->counts;
	unlock(writer);
	return counts;
}

void access_writer_stop(struct access_writer *writer)
{
	if (writer == NULL) {
		return;
	}
	lock(writer);
	writer->stopping = true;
	(void)pthread_cond_signal(&writer->wake);
	unlock(writer);
	(void)pthread_join(writer->thread, NULL);
	(void)pthread_cond_destroy(&writer->wake);
	(void)pthread_mutex_destroy(&writer->lock);
	free(writer);
}
