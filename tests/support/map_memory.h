/* An ordered map in memory, with connections that fail: what node/ordered_map.h asks of etcd,
 * without etcd.
 *
 *   struct map_memory servers          what all connections share
 *   map_memory_connect(&servers)  ──▶  struct ordered_map, one for each owner
 * Faults are counted down by calls of `change`: the next ones lose the question, lose the answer,
 * or find the servers full. Leases end only when a test ends them.
 *
 * Thread: any, a lock guards it all. Memory: heap; map_memory_free after all connections. */
#ifndef TESTS_SUPPORT_MAP_MEMORY_H
#define TESTS_SUPPORT_MAP_MEMORY_H

#include "node/ordered_map.h"

#include <pthread.h>

enum { MAP_MEMORY_ENTRIES_MAX = 512, MAP_MEMORY_NEWS_MAX = 4096 };

/* A key as it was at a revision. */
struct map_memory_entry {
	uint8_t *key, *value; /* value NULL: removed */
	size_t key_size, value_size;
	int64_t lease, revision;
};

/* What the coming changes meet. */
struct map_memory_faults {
	unsigned questions_lost; /* nothing happens, and the answer is a timeout */
	unsigned answers_lost;   /* it happens, and the answer is a timeout */
	bool full;
	bool unreachable; /* all calls */
	bool deaf;        /* nothing comes by a watch */
};

struct map_memory {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct map_memory_entry entries[MAP_MEMORY_ENTRIES_MAX]; /* by key */
	size_t count;
	struct map_memory_entry news[MAP_MEMORY_NEWS_MAX];
	size_t news_count;
	int64_t revision;
	int64_t compacted;
	int64_t leases;    /* given so far; lease n is the n-th */
	int64_t ended;     /* leases up to this one have ended */
	unsigned restarts; /* a watch lives no longer than until the next */
	struct map_memory_faults faults;
};

void map_memory_init(struct map_memory *servers);
void map_memory_fini(struct map_memory *servers);

/* A connection of its own; the test fails when there is no memory. */
struct ordered_map *map_memory_connect(struct map_memory *servers);

/* Sets the faults of all calls from now on. */
void map_memory_break(struct map_memory *servers, struct map_memory_faults faults);

/* Ends all leases given so far, with the keys under them. */
void map_memory_end_leases(struct map_memory *servers);

/* Ends all watches, as servers do that start again. */
void map_memory_end_watches(struct map_memory *servers);

/* Takes a copy of all keys, and puts one back: what an operator does with an old backup. */
struct map_memory_copy {
	struct map_memory_entry entries[MAP_MEMORY_ENTRIES_MAX];
	size_t count;
};
void map_memory_save(struct map_memory *servers, struct map_memory_copy *copy);
void map_memory_restore(struct map_memory *servers, const struct map_memory_copy *copy);
void map_memory_forget(struct map_memory_copy *copy);

#endif
