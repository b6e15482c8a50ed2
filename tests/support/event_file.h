/* A file of events as populate writes it, mapped into memory:
 *
 *   (u32 length || u64 recorded at in ms || SignedEvent)*, big-endian
 *
 * Thread: constant after opening. Memory: the events point into the mapping, which stays until the
 * process ends. */
#ifndef TESTS_SUPPORT_EVENT_FILE_H
#define TESTS_SUPPORT_EVENT_FILE_H

#include "ledger/base/bytes.h"

#include <stdbool.h>

struct event_file {
	struct bytes *events;
	int64_t *recorded_at_ms;
	size_t count;
};

/* Reads up to `count` events (0: all) behind the first `from`. False when the file cannot be read
 * or is cut off. */
bool event_file_open(struct event_file *out, const char *path, size_t from, size_t count);

/* Signatures of the events, counted from their bytes. */
size_t event_file_signatures(const struct event_file *file);

#endif
