#include "node/log.h"
#include "node/sequencer_etcd_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MS INT64_C(1000000)

enum {
	ROUND_MS = 100,
	POSITION_MS = 1000,
	TRIM_MS = 10000,
	ROOM_MS = 5000, /* between looks whether etcd is full */
};

struct keeping {
	struct sequencer_etcd *order;
	struct ordered_map *map;
	struct arena arena;
	int64_t kept_at_ns; /* the lease was surely alive then */
	int64_t posted_at_ns;
	int64_t trimmed_at_ns;
	int64_t looked_at_ns;
	bool full; /* told to the log */
	struct sequencer_position posted;
};

static int64_t now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 * MS + now.tv_nsec;
}

static void set_lease(struct sequencer_etcd *order, int64_t lease)
{
	(void)pthread_mutex_lock(&order->lock);
	bool led = order->state.leading;
	order->lease = lease;
	order->state.leading = lease != 0 && order->leader_lease == lease;
	bool differs = led != order->state.leading;
	(void)pthread_mutex_unlock(&order->lock);
	if (differs) {
		order_tell(order);
	}
}

/* Keeps the lease alive, or gets one. What cannot be kept is over when its time is, whatever etcd
 * would say if it could be asked. */
static void keep_lease(struct keeping *keeping)
{
	struct sequencer_etcd *order = keeping->order;
	int64_t begin = now_ns();
	struct detail detail;
	int64_t lease = order->lease; /* only this thread writes it */
	enum status status = STATUS_OK;

	if (lease == 0) {
		status = map_grant(keeping->map, &lease, ORDER_LEASE_S, &detail);
		if (status == STATUS_OK) {
			keeping->kept_at_ns = begin;
			set_lease(order, lease);
		}
	} else if (begin - keeping->kept_at_ns > ORDER_LEASE_S * 1000 * MS / 3) {
		status = map_keep(keeping->map, lease, &detail);
		if (status == STATUS_OK) {
			keeping->kept_at_ns = begin;
		} else if (status == STATUS_NOT_FOUND ||
		           now_ns() - keeping->kept_at_ns > ORDER_LEASE_S * 1000 * MS) {
			set_lease(order, 0);
		}
	} else {
		return;
	}
	order_note_reachable(order, status);
}

/* Takes the lead if nobody has it. Whether it was taken is told by the watch. */
static void campaign(struct keeping *keeping)
{
	struct sequencer_etcd *order = keeping->order;
	const struct id *ledger = &order->options.ledger;
	struct map_outcome outcome;
	struct detail detail;

	(void)pthread_mutex_lock(&order->lock);
	int64_t lease = order->lease;
	bool vacant = order->rooted && order->leader_lease == 0 && lease != 0;
	(void)pthread_mutex_unlock(&order->lock);
	if (!vacant) {
		return;
	}
	arena_reset(&keeping->arena);
	struct bytes key = order_key(&keeping->arena, ledger, "leader");
	struct bytes me = order_leader_bytes(&keeping->arena, order->name, order->address);
	const struct map_change change = {
		.conditions = { { .kind = MAP_ABSENT, .key = key },
		                { MAP_EQUAL, order_key(&keeping->arena, ledger, "order"),
		                  order_root_bytes(&keeping->arena, &order->root) },
		                { .kind = MAP_PRESENT,
		                  .key = order_key_of_node(&keeping->arena, ledger,
		                                           order->name) } },
		.conditions_count = 3,
		.puts = { { .key = key, .value = me, .lease = lease } },
		.puts_count = 1,
		.reads = { { .key = key } },
		.reads_count = 1,
	};
	enum status status = map_change(keeping->map, &outcome, &keeping->arena, &change, &detail);
	if (status != STATUS_OK) {
		return;
	}
	const struct map_entry mine = { .key = key, .value = me, .lease = lease };
	const struct map_entry *leader = &mine;

	if (!outcome.held) {
		leader = outcome.found[0].count > 0 ? &outcome.found[0].entries[0] : NULL;
	}
	(void)pthread_mutex_lock(&order->lock);
	order_note_leader(order, leader, outcome.position.revision);
	(void)pthread_mutex_unlock(&order->lock);
	order_tell(order);
}

/* Says how far this node has come, if it is one of the cluster. */
static void post_position(struct keeping *keeping)
{
	struct sequencer_etcd *order = keeping->order;
	struct order_node node = { .name = "" };
	struct map_outcome outcome;
	struct detail detail;
	int64_t now = now_ns();

	(void)pthread_mutex_lock(&order->lock);
	node.position = order->position;
	bool rooted = order->rooted;
	(void)pthread_mutex_unlock(&order->lock);
	if (!rooted || now - keeping->posted_at_ns < POSITION_MS * MS ||
	    memcmp(&node.position, &keeping->posted, sizeof(node.position)) == 0) {
		return;
	}
	(void)snprintf(node.address, sizeof(node.address), "%s", order->address);
	keeping->posted_at_ns = now;
	arena_reset(&keeping->arena);
	struct bytes key = order_key_of_node(&keeping->arena, &order->options.ledger, order->name);
	const struct map_change change = {
		.conditions = { { .kind = MAP_PRESENT, .key = key } },
		.conditions_count = 1,
		.puts = { { .key = key, .value = order_node_bytes(&keeping->arena, &node) } },
		.puts_count = 1,
	};
	enum status status = map_change(keeping->map, &outcome, &keeping->arena, &change, &detail);
	if (status != STATUS_OK) {
		return;
	}
	if (!outcome.held) {
		log_line(LOG_WARNING, "not_in_cluster", "hint=\"civilctl cluster add-node\"");
		return;
	}
	keeping->posted = node.position;
}

/* The last slot that every node holds durably, or that is waited for no longer. */
static enum status trimmable(struct keeping *keeping, uint64_t *last, uint64_t newest, bool full,
                             struct detail *detail)
{
	const struct sequencer_etcd *order = keeping->order;
	const struct id *ledger = &order->options.ledger;
	uint64_t kept = order->options.kept > 0 ? order->options.kept : ORDER_KEPT;
	uint64_t waited = newest > ORDER_KEPT_MAX ? newest - ORDER_KEPT_MAX : 0;
	struct map_position position;
	struct map_found found;

	kept = full ? ORDER_KEPT_FULL : kept;
	arena_reset(&keeping->arena);
	const struct map_range range = {
		.key = order_key(&keeping->arena, ledger, "node/"),
		.end = order_key(&keeping->arena, ledger, "node0"),
	};
	enum status status =
	        map_read(keeping->map, &found, &position, &keeping->arena, &range, detail);
	if (status != STATUS_OK) {
		return status;
	}
	*last = newest > kept ? newest - kept : 0;
	for (size_t i = 0; i < found.count; i++) {
		struct order_node node;
		bool known = order_node_read(&node, found.entries[i].value);
		uint64_t durable = known ? node.position.durable : 0;

		durable = durable > waited ? durable : waited;
		*last = durable < *last ? durable : *last;
	}
	return STATUS_OK;
}

static void trim(struct keeping *keeping)
{
	struct sequencer_etcd *order = keeping->order;
	const struct id *ledger = &order->options.ledger;
	struct map_outcome outcome;
	struct detail detail;
	uint64_t last = 0;
	int64_t now = now_ns();

	(void)pthread_mutex_lock(&order->lock);
	struct sequencer_state state = order->state;
	(void)pthread_mutex_unlock(&order->lock);
	if (!state.leading ||
	    (keeping->trimmed_at_ns != 0 && now - keeping->trimmed_at_ns < TRIM_MS * MS)) {
		return;
	}
	keeping->trimmed_at_ns = now;
	if (trimmable(keeping, &last, state.newest, state.full, &detail) != STATUS_OK ||
	    last < state.oldest) {
		return;
	}
	const struct map_change change = {
		.conditions = { { MAP_EQUAL, order_key(&keeping->arena, ledger, "order"),
		                  order_root_bytes(&keeping->arena, &order->root) } },
		.conditions_count = 1,
		.removals = { { .key = order_key_of_slot(&keeping->arena, ledger, 0),
		                .end = order_key_of_slot(&keeping->arena, ledger, last + 1) } },
		.removals_count = 1,
	};
	enum status status = map_change(keeping->map, &outcome, &keeping->arena, &change, &detail);
	if (status == STATUS_OK && outcome.held) {
		log_line(LOG_INFO, "order_trimmed", "up_to=%llu slots=%llu",
		         (unsigned long long)last, (unsigned long long)outcome.removed);
		/* The history of keys has no reader here; a failure is made up for next time. */
		(void)!map_compact(keeping->map, outcome.position.revision, &detail);
	}
}

/* Whether etcd takes puts. That it does not, an append may find out first; then the leader makes
 * room at once. The file of etcd gets smaller by an operator's hand alone. */
static void look_for_room(struct keeping *keeping)
{
	struct sequencer_etcd *order = keeping->order;
	struct map_status servers;
	struct detail detail;
	int64_t now = now_ns();

	(void)pthread_mutex_lock(&order->lock);
	bool full = order->state.full;
	(void)pthread_mutex_unlock(&order->lock);
	if (full == keeping->full && now - keeping->looked_at_ns < ROOM_MS * MS) {
		return;
	}
	keeping->looked_at_ns = now;
	if (map_status(keeping->map, &servers, &detail) != STATUS_OK) {
		return;
	}
	(void)pthread_mutex_lock(&order->lock);
	order->state.full = servers.full;
	(void)pthread_mutex_unlock(&order->lock);
	if (servers.full == keeping->full) {
		return;
	}
	keeping->full = servers.full;
	if (servers.full) {
		keeping->trimmed_at_ns = 0;
		log_line(LOG_ERROR, "order_room", "full=1 hint=\"%s\"",
		         "once the leader has said order_trimmed: etcdctl defrag on each member, "
		         "then etcdctl alarm disarm");
	} else {
		log_line(LOG_INFO, "order_room", "full=0");
	}
	order_tell(order);
}

void *order_keep(void *context)
{
	struct sequencer_etcd *order = context;
	struct keeping keeping = { .order = order, .map = order->options.maps[ORDER_MAP_KEEP] };
	struct detail detail;

	arena_init(&keeping.arena, ORDER_ARENA_BYTES_MAX);
	do {
		keep_lease(&keeping);
		campaign(&keeping);
		post_position(&keeping);
		trim(&keeping);
		look_for_room(&keeping);
	} while (!order_rest(order, ROUND_MS));
	if (order->lease != 0) {
		/* The others need not wait for its end; if this fails, they do. */
		(void)!map_revoke(keeping.map, order->lease, &detail);
	}
	arena_fini(&keeping.arena);
	return NULL;
}
