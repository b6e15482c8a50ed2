/* Answers wait here until the log of accesses holds their entries.
 *
 *   any thread: access_writer_add ─▶ one thread: all that wait in one synced write ─▶ kept()
 * A crowd shares one write, so what an answer pays is one sync of the disk.
 *
 * Invariant: kept() is called once for each item, in the order of adding, after its entries are
 * durable. Trouble of the store is fatal: without its log a node answers nobody.
 * Threads: one of its own. Memory: an item belongs to who adds it and is lent until kept(); items
 * are bounded by the calls under way. */
#ifndef NODE_ACCESS_WRITER_H
#define NODE_ACCESS_WRITER_H

#include "node/access_log.h"

enum { ACCESS_WRITE_ENTRIES_MAX = 1024 }; /* in one write; then the next begins */

struct access_item {
	struct access_draft *drafts;
	size_t count; /* up to ACCESS_WRITE_ENTRIES_MAX; 0: waits its turn */
	void (*kept)(struct access_item *item); /* on the writer's thread; must not block */
	void *context;                          /* the caller's */
	struct access_item *next;               /* the writer's own */
};

struct access_writer_options {
	struct store *store; /* kept; written by nobody else */
	/* When the log cannot be written; must not return. */
	void (*fatal)(void *context, enum status status, const struct detail *detail);
	void *context;
};

struct access_writer;

/* Reads the head and starts. STATUS_OK; STATUS_CORRUPT (access_log_head); STATUS_IO;
 * STATUS_NO_MEMORY. */
enum status access_writer_start(struct access_writer **out,
                                const struct access_writer_options *options,
                                struct detail *detail) NODISCARD;

void access_writer_add(struct access_writer *writer, struct access_item *item);

/* Entries written since the start, and writes: for metrics. */
struct access_writer_counts {
	uint64_t entries;
	uint64_t writes;
};
struct access_writer_counts access_writer_counts(struct access_writer *writer);

/* Keeps what was added, then ends the thread and frees. Accepts NULL. */
void access_writer_stop(struct access_writer *writer);

#endif
