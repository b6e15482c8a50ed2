/* The insides of the order kept by etcd, shared by sequencer_etcd.c (calls of the pipeline),
 * sequencer_etcd_look.c (what and where the order is), sequencer_etcd_watch.c (news) and
 * sequencer_etcd_keep.c (lease, position, trimming) alone. */
#ifndef NODE_SEQUENCER_ETCD_INTERNAL_H
#define NODE_SEQUENCER_ETCD_INTERNAL_H

#include "ledger/base/limits.h"
#include "node/order_keys.h"
#include "node/sequencer_etcd.h"

#include <pthread.h>

enum {
	SEALED_BYTES_MAX = BATCH_BYTES_MAX + 16 * BATCH_EVENTS_MAX + 2048,
	ORDER_ARENA_BYTES_MAX = 4 << 20,
};

struct window_slot {
	uint64_t number; /* 0: empty */
	struct buf sealed;
};

struct sequencer_etcd {
	struct sequencer sequencer; /* first */
	struct sequencer_etcd_options options;
	char name[SEQUENCER_NAME_MAX + 1];
	char address[SEQUENCER_NAME_MAX + 1];

	/* The pipeline's thread alone. */
	struct arena arena;
	struct order_tail base; /* slot that was last given or taken here, and its bytes */
	uint64_t offered_number;
	struct buf offered; /* batch */
	struct buf sealed;  /* the same, sealed; offered again as these very bytes */
	struct buf opened;

	pthread_mutex_t confirm_lock; /* guards maps[ORDER_MAP_CONFIRM] and its arena */
	struct arena confirm_arena;

	pthread_mutex_t listen_lock; /* held during a call of `changed` */
	void (*changed)(void *context);
	void *context;

	pthread_t watcher;
	pthread_t keeper;
	pthread_mutex_t lock; /* guards the rest */
	pthread_cond_t news;  /* for the keeper */
	bool stopping;
	bool rooted;      /* the order is known */
	enum status lost; /* what a look found wrong with it for good; STATUS_OK: nothing */
	struct detail lost_detail;
	struct order_root root;
	struct sequencer_state state;
	int64_t lease;
	int64_t leader_lease;    /* under which the leader's key stands; 0: there is none */
	int64_t leader_revision; /* at which that was so */
	struct sequencer_position position;
	struct window_slot window[ORDER_WINDOW];
};

static inline struct sequencer_etcd *sequencer_etcd_of(struct sequencer *sequencer)
{
	return (struct sequencer_etcd *)(void *)sequencer; /* its first member */
}

/* Tells the pipeline that something changed. Without the lock. */
void order_tell(struct sequencer_etcd *order);

/* Reads what the order is and where it ends, linearizably, and notes both; `found` may be NULL.
 * STATUS_OK and the revision; statuses of confirm, of which fatal ones are remembered: from then on
 * the pipeline's own calls answer the same. */
enum status order_look(struct sequencer_etcd *order, enum sequencer_etcd_map map,
                       struct arena *arena, uint64_t *newest, struct map_position *position,
                       struct detail *detail) NODISCARD;

/* STATUS_DIVERGED: the order that this node belonged to is no more. */
enum status order_lost(struct detail *detail) NODISCARD;

/* Notes what a call said of the servers. */
void order_note_reachable(struct sequencer_etcd *order, enum status status);

/* Notes who leads at `revision` of the map; an entry of NULL: nobody. What is older than what is
 * known is dropped: answers to questions and news overtake each other. With the lock. */
void order_note_leader(struct sequencer_etcd *order, const struct map_entry *entry,
                       int64_t revision);

/* The threads. */
void *order_watch(void *order);
void *order_keep(void *order);

/* Waits for news or `ms`; true when the order is to stop. */
bool order_rest(struct sequencer_etcd *order, uint32_t ms);

#endif
