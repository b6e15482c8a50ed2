/* A few threads that share one loop: calls work(argument, i) for each i of a range, in any order,
 * and ends when all have been done. The caller works too.
 *
 *     crew_each(crew, examine, page, bites);     a NULL crew does it alone, in order
 * Thread: one caller at a time. Memory: opaque, heap; `argument` is borrowed during a call. */
#ifndef NODE_CREW_H
#define NODE_CREW_H

#include "ledger/base/status.h"

#include <stddef.h>

struct crew;

typedef void crew_work(void *argument, size_t i);

/* Starts `workers` - 1 threads besides the caller's. STATUS_OK, STATUS_NO_MEMORY. */
enum status crew_start(struct crew **out, unsigned workers) NODISCARD;

/* Ends the threads and frees. Accepts NULL. */
void crew_stop(struct crew *crew);

void crew_each(struct crew *crew, crew_work *work, void *argument, size_t count);

#endif
