#include "node/cluster.h"

#include <stdio.h>

static struct map_put put_root(struct arena *arena, const struct id *ledger,
                               const struct order_root *root)
{
	struct order_root fresh = *root;

	crypto_random(fresh.generation, sizeof(fresh.generation));
	return (struct map_put){ .key = order_key(arena, ledger, "order"),
		                 .value = order_root_bytes(arena, &fresh) };
}

static struct map_put put_tail(struct arena *arena, const struct id *ledger,
                               const struct order_root *root)
{
	const struct order_tail tail = { .number = root->begin };

	return (struct map_put){ .key = order_key(arena, ledger, "tail"),
		                 .value = order_tail_bytes(arena, &tail) };
}

/* Makes a change whose only condition, if it does not hold, means `otherwise`. */
static enum status change_or(struct ordered_map *map, const struct map_change *change,
                             struct arena *arena, enum status otherwise, struct detail *detail)
{
	struct map_outcome outcome;
	enum status status = map_change(map, &outcome, arena, change, detail);

	return status == STATUS_OK && !outcome.held ? otherwise : status;
}

enum status cluster_begin(struct ordered_map *map, const struct id *ledger,
                          const struct order_root *root, struct arena *arena, struct detail *detail)
{
	const struct map_change change = {
		.conditions = { { .kind = MAP_ABSENT, .key = order_key(arena, ledger, "order") },
		                { .kind = MAP_ABSENT, .key = order_key(arena, ledger, "tail") } },
		.conditions_count = 2,
		.puts = { put_root(arena, ledger, root), put_tail(arena, ledger, root) },
		.puts_count = 2,
	};
	enum status status = change_or(map, &change, arena, STATUS_EXISTS, detail);

	if (status == STATUS_EXISTS) {
		detail_set(detail, "etcd", "there is an order for this ledger already");
	}
	return status;
}

enum status cluster_reseed(struct ordered_map *map, const struct id *ledger,
                           const struct order_root *root, struct arena *arena,
                           struct detail *detail)
{
	const struct map_change change = {
		.removals = { { .key = order_key_of_slot(arena, ledger, 0),
		                .end = order_key(arena, ledger, "batch0") },
		              { .key = order_key(arena, ledger, "leader") } },
		.removals_count = 2,
		.puts = { put_root(arena, ledger, root), put_tail(arena, ledger, root) },
		.puts_count = 2,
	};

	return change_or(map, &change, arena, STATUS_BUSY, detail);
}

enum status cluster_add_node(struct ordered_map *map, const struct id *ledger, const char *name,
                             struct arena *arena, struct detail *detail)
{
	const struct order_node node = { .name = "" };
	struct bytes key = order_key_of_node(arena, ledger, name);
	const struct map_change change = {
		.conditions = { { .kind = MAP_ABSENT, .key = key },
		                { .kind = MAP_PRESENT, .key = order_key(arena, ledger, "order") } },
		.conditions_count = 2,
		.puts = { { .key = key, .value = order_node_bytes(arena, &node) } },
		.puts_count = 1,
		.reads = { { .key = key, .keys_only = true } },
		.reads_count = 1,
	};
	struct map_outcome outcome;
	enum status status = map_change(map, &outcome, arena, &change, detail);

	if (status != STATUS_OK || outcome.held) {
		return status;
	}
	bool there = outcome.found[0].count > 0;
	detail_set(detail, name,
	           there ? "the node belongs to the cluster already"
	                 : "there is no order for this ledger: civilctl cluster init begins one");
	return there ? STATUS_EXISTS : STATUS_NOT_FOUND;
}

enum status cluster_remove_node(struct ordered_map *map, const struct id *ledger, const char *name,
                                struct arena *arena, struct detail *detail)
{
	struct cluster_state state;
	enum status status = cluster_read(map, ledger, &state, arena, detail);

	if (status != STATUS_OK) {
		return status;
	}
	if (strcmp(state.leader, name) == 0) {
		detail_set(detail, name, "the node leads now: stop it, then remove it");
		return STATUS_REFUSED;
	}
	struct bytes key = order_key_of_node(arena, ledger, name);
	const struct map_change change = {
		.conditions = { { .kind = MAP_PRESENT, .key = key } },
		.conditions_count = 1,
		.removals = { { .key = key } },
		.removals_count = 1,
	};
	status = change_or(map, &change, arena, STATUS_NOT_FOUND, detail);
	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, name, "no node of this name belongs to the cluster");
	}
	return status;
}

/* Takes in one key of the order; false when its value is none of ours. */
static bool take(struct cluster_state *state, const struct id *ledger,
                 const struct map_entry *entry, struct arena *arena, bool *rooted)
{
	struct order_node *node = &state->nodes[state->node_count];
	char address[SEQUENCER_NAME_MAX + 1];
	uint64_t number = order_slot_of_key(entry->key, ledger);

	if (number > 0) {
		state->oldest = state->oldest == 0 ? number : state->oldest;
		return true;
	}
	if (state->node_count < CLUSTER_NODES_MAX &&
	    order_node_of_key(node->name, entry->key, ledger)) {
		state->node_count++;
		return order_node_read(node, entry->value);
	}
	if (bytes_equal(entry->key, order_key(arena, ledger, "order"))) {
		*rooted = true;
		return order_root_read(&state->root, entry->value);
	}
	if (bytes_equal(entry->key, order_key(arena, ledger, "tail"))) {
		return order_tail_read(&state->tail, entry->value);
	}
	return !bytes_equal(entry->key, order_key(arena, ledger, "leader")) ||
	       order_leader_read(state->leader, address, entry->value);
}

enum status cluster_read(struct ordered_map *map, const struct id *ledger,
                         struct cluster_state *state, struct arena *arena, struct detail *detail)
{
	const struct map_range ranges[] = {
		{ .key = order_key_of_slot(arena, ledger, 0),
		  .end = order_key(arena, ledger, "batch0"),
		  .limit = 1,
		  .keys_only = true },
		{ .key = order_key(arena, ledger, "leader"), .end = order_key_end(arena, ledger) },
	};
	struct map_position position;
	enum status status = STATUS_OK;
	bool rooted = false;

	*state = (struct cluster_state){ .oldest = 0 };
	for (size_t r = 0; status == STATUS_OK && r < 2; r++) {
		struct map_found found;

		status = map_read(map, &found, &position, arena, &ranges[r], detail);
		for (size_t i = 0; status == STATUS_OK && i < found.count; i++) {
			if (!take(state, ledger, &found.entries[i], arena, &rooted)) {
				detail_set(detail, "etcd",
				           "a key of the order holds nothing of ours");
				status = STATUS_CORRUPT;
			}
		}
	}
	if (status == STATUS_OK && !rooted) {
		detail_set(detail, "etcd",
		           "there is no order for this ledger: civilctl cluster init begins one");
		return STATUS_NOT_FOUND;
	}
	return status;
}
