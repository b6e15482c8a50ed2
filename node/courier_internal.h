/* The insides of a courier, shared by courier.c (what is due) and courier_thread.c alone. */
#ifndef NODE_COURIER_INTERNAL_H
#define NODE_COURIER_INTERNAL_H

#include "node/courier.h"

#include <pthread.h>

/* An event that a core node says it has. */
struct delivered {
	uint64_t number;
	int64_t at_ns;
};

struct courier {
	struct courier_options options;
	struct choice choice;
	struct delivered *delivered; /* OUTBOX_ENTRIES_MAX, ascending */
	size_t delivered_count;
	struct outbox_entry *entries; /* scratch, OUTBOX_ENTRIES_MAX */
	uint64_t looked_at_size;      /* of the ledger, when entries were last looked for in it */
	uint64_t looked_at_number;    /* of the newest entry then */
	bool looked;
	struct buf answer;
	struct arena arena; /* of one answer */
	bool running;
	pthread_t thread;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t news;
	bool woken;
	bool stopping;
};

#endif
