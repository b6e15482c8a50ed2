#include "node/sequencer_etcd_internal.h"

void order_note_reachable(struct sequencer_etcd *order, enum status status)
{
	bool reachable = status_class(status) != STATUS_CLASS_RETRY || status == STATUS_BUSY ||
	                 status == STATUS_DISK_FULL;

	(void)pthread_mutex_lock(&order->lock);
	bool differs = order->state.reachable != reachable;
	order->state.reachable = reachable;
	(void)pthread_mutex_unlock(&order->lock);
	if (differs) {
		order_tell(order);
	}
}

enum status order_lost(struct detail *detail)
{
	detail_set(detail, "etcd",
	           "the order of this ledger is gone or another one: etcd was wiped, restored or "
	           "reseeded. Nothing is lost here. See civilctl cluster status, then reseed");
	return STATUS_DIVERGED;
}

/* Takes in what the order is; the first time it is learned, later it must be the same. */
static enum status note_root(struct sequencer_etcd *order, const struct map_entry *entry,
                             struct detail *detail)
{
	struct order_root root;
	enum status status = STATUS_OK;

	if (entry != NULL && !order_root_read(&root, entry->value)) {
		detail_set(detail, "etcd", "the key `order` holds no order of ours");
		return STATUS_CORRUPT;
	}
	(void)pthread_mutex_lock(&order->lock);
	if (entry == NULL) {
		status = order->rooted ? order_lost(detail) : STATUS_NOT_FOUND;
	} else if (!order->rooted) {
		order->root = root;
		order->rooted = true;
		order->state.oldest = root.begin + 1;
		order->state.newest = root.begin;
	} else if (memcmp(&order->root, &root, sizeof(root)) != 0) {
		status = order_lost(detail);
	}
	(void)pthread_mutex_unlock(&order->lock);
	if (status == STATUS_NOT_FOUND) {
		detail_set(
		        detail, "etcd",
		        "there is no order for this ledger: civilctl cluster init begins one; if "
		        "there was one, etcd was wiped: civilctl cluster reseed");
	}
	return status;
}

static const struct map_entry *entry_of(const struct map_found *found, struct bytes key)
{
	for (size_t i = 0; i < found->count; i++) {
		if (bytes_equal(found->entries[i].key, key)) {
			return &found->entries[i];
		}
	}
	return NULL;
}

/* An order never forgets a slot that it has decided. `known` is what this node knew to be decided
 * before it asked; 0: it knew of no order. */
static enum status check_tail(const struct order_tail *tail, uint64_t known, struct detail *detail)
{
	if (tail->number >= known) {
		return STATUS_OK;
	}
	detail_set(
	        detail, "etcd",
	        "the order ends with batch %llu, and %llu was decided before: etcd came back from "
	        "an old backup. Nothing is lost here. See civilctl cluster status, then reseed",
	        (unsigned long long)tail->number, (unsigned long long)known);
	return STATUS_DIVERGED;
}

static enum status look(struct sequencer_etcd *order, enum sequencer_etcd_map map,
                        struct arena *arena, uint64_t *newest, struct map_position *position,
                        struct detail *detail)
{
	const struct id *ledger = &order->options.ledger;
	struct order_tail tail = { .number = 0 };
	struct map_found found;

	(void)pthread_mutex_lock(&order->lock);
	uint64_t known = order->state.newest;
	(void)pthread_mutex_unlock(&order->lock);
	arena_reset(arena);
	struct bytes leader = order_key(arena, ledger, "leader");
	struct bytes root = order_key(arena, ledger, "order");
	struct bytes last = order_key(arena, ledger, "tail");
	const struct map_range range = { .key = leader, .end = order_key_end(arena, ledger) };
	enum status status =
	        map_read(order->options.maps[map], &found, position, arena, &range, detail);
	order_note_reachable(order, status);
	if (status == STATUS_OK) {
		status = note_root(order, entry_of(&found, root), detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	const struct map_entry *entry = entry_of(&found, last);
	if (entry == NULL || !order_tail_read(&tail, entry->value)) {
		detail_set(detail, "etcd", "the key `tail` holds no slot of ours");
		return STATUS_CORRUPT;
	}
	status = check_tail(&tail, known, detail);
	if (status != STATUS_OK) {
		return status;
	}
	(void)pthread_mutex_lock(&order->lock);
	if (tail.number > order->state.newest) {
		order->state.newest = tail.number;
	}
	if (map == ORDER_MAP_WATCH) {
		order->leader_revision = 0; /* news begin here, also after a restore */
	}
	order_note_leader(order, entry_of(&found, leader), position->revision);
	(void)pthread_mutex_unlock(&order->lock);
	*newest = tail.number;
	return STATUS_OK;
}

enum status order_look(struct sequencer_etcd *order, enum sequencer_etcd_map map,
                       struct arena *arena, uint64_t *newest, struct map_position *position,
                       struct detail *detail)
{
	enum status status = look(order, map, arena, newest, position, detail);

	if (status_is_fatal(status)) {
		(void)pthread_mutex_lock(&order->lock);
		order->lost = status;
		order->lost_detail = *detail;
		(void)pthread_mutex_unlock(&order->lock);
	}
	return status;
}
