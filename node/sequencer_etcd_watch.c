#include "node/sequencer_etcd_internal.h"

#include <stdio.h>

enum { LOOK_AGAIN_MS = 200, POLL_MS = 200 };

struct watching {
	struct sequencer_etcd *order;
	struct arena arena;
	bool ended;
};

void order_note_leader(struct sequencer_etcd *order, const struct map_entry *entry,
                       int64_t revision)
{
	struct sequencer_state *state = &order->state;

	if (revision < order->leader_revision) {
		return;
	}
	order->leader_revision = revision;
	order->leader_lease = 0;
	state->leader[0] = '\0';
	state->leader_address[0] = '\0';
	if (entry != NULL &&
	    order_leader_read(state->leader, state->leader_address, entry->value)) {
		order->leader_lease = entry->lease;
	}
	state->leading = order->lease != 0 && order->leader_lease == order->lease;
	(void)pthread_cond_broadcast(&order->news);
}

/* A slot was decided. With the lock. */
static void note_slot(struct sequencer_etcd *order, uint64_t number, struct bytes sealed)
{
	struct window_slot *slot = &order->window[number % ORDER_WINDOW];

	if (slot->number < number) {
		slot->number = buf_assign(&slot->sealed, sealed) == STATUS_OK ? number : 0;
	}
	if (number > order->state.newest) {
		order->state.newest = number;
	}
}

static bool is_leader_key(struct bytes key, const struct id *ledger)
{
	static const char name[] = "/leader";
	const size_t size = sizeof("/civil/") - 1 + 2 * ID_BYTES + sizeof(name) - 1;

	(void)ledger; /* the range that is watched is this ledger's */
	return key.size == size &&
	       memcmp(key.data + key.size - (sizeof(name) - 1), name, sizeof(name) - 1) == 0;
}

static void put(void *context, const struct map_entry *entry)
{
	struct watching *watching = context;
	struct sequencer_etcd *order = watching->order;
	const struct id *ledger = &order->options.ledger;
	uint64_t number = order_slot_of_key(entry->key, ledger);
	bool leader = is_leader_key(entry->key, ledger);

	if (number == 0 && !leader) {
		return;
	}
	(void)pthread_mutex_lock(&order->lock);
	if (leader) {
		order_note_leader(order, entry, entry->changed);
	} else {
		note_slot(order, number, entry->value);
	}
	(void)pthread_mutex_unlock(&order->lock);
	order_tell(order);
}

static void removed(void *context, const struct map_entry *entry)
{
	struct watching *watching = context;
	struct sequencer_etcd *order = watching->order;
	const struct id *ledger = &order->options.ledger;
	uint64_t number = order_slot_of_key(entry->key, ledger);

	(void)pthread_mutex_lock(&order->lock);
	if (is_leader_key(entry->key, ledger)) {
		order_note_leader(order, NULL, entry->changed);
	}
	if (number >= order->state.oldest) {
		order->state.oldest = number + 1;
	}
	(void)pthread_mutex_unlock(&order->lock);
}

static void ended(void *context)
{
	struct watching *watching = context;

	watching->ended = true;
}

/* The lowest slot that is kept. */
static enum status look_for_oldest(struct watching *watching, struct detail *detail)
{
	struct sequencer_etcd *order = watching->order;
	const struct id *ledger = &order->options.ledger;
	struct map_position position;
	struct map_found found;

	arena_reset(&watching->arena);
	const struct map_range range = {
		.key = order_key_of_slot(&watching->arena, ledger, 0),
		.end = order_key(&watching->arena, ledger, "batch0"), /* behind "batch/" */
		.limit = 1,
		.keys_only = true,
	};
	enum status status = map_read(order->options.maps[ORDER_MAP_WATCH], &found, &position,
	                              &watching->arena, &range, detail);
	if (status == STATUS_OK && found.count > 0) {
		uint64_t number = order_slot_of_key(found.entries[0].key, ledger);

		(void)pthread_mutex_lock(&order->lock);
		if (number > order->state.oldest) {
			order->state.oldest = number;
		}
		(void)pthread_mutex_unlock(&order->lock);
	}
	return status;
}

/* Reads what is, then watches what comes, until the watch ends. */
static enum status watch_once(struct watching *watching)
{
	struct sequencer_etcd *order = watching->order;
	struct ordered_map *map = order->options.maps[ORDER_MAP_WATCH];
	const struct map_watcher watcher = {
		.put = put, .removed = removed, .ended = ended, .context = watching
	};
	struct map_position position;
	struct detail detail = { "", "" };
	uint64_t newest;
	enum status status =
	        order_look(order, ORDER_MAP_WATCH, &watching->arena, &newest, &position, &detail);

	if (status == STATUS_OK) {
		status = look_for_oldest(watching, &detail);
	}
	order_tell(order);
	if (status != STATUS_OK) {
		return status;
	}
	arena_reset(&watching->arena);
	const struct map_range range = {
		.key = order_key(&watching->arena, &order->options.ledger, ""),
		.end = order_key_end(&watching->arena, &order->options.ledger),
	};
	watching->ended = false;
	status = map_watch(map, &range, position.revision + 1, &watcher);
	while (status == STATUS_OK && !watching->ended && !order_rest(order, 0)) {
		map_poll(map, POLL_MS);
	}
	return status;
}

void *order_watch(void *context)
{
	struct sequencer_etcd *order = context;
	struct watching watching = { .order = order };

	arena_init(&watching.arena, ORDER_ARENA_BYTES_MAX);
	do {
		/* Whatever is wrong, the pipeline meets it in its own calls and says so; what is
		 * wrong for good, order_look remembers for them. */
		(void)!watch_once(&watching);
	} while (!order_rest(order, LOOK_AGAIN_MS));
	arena_fini(&watching.arena);
	return NULL;
}
