#include "node/sequencer_etcd_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void order_tell(struct sequencer_etcd *order)
{
	(void)pthread_mutex_lock(&order->listen_lock);
	if (order->changed != NULL) {
		order->changed(order->context);
	}
	(void)pthread_mutex_unlock(&order->listen_lock);
}

bool order_rest(struct sequencer_etcd *order, uint32_t ms)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += ms / 1000;
	until.tv_nsec += (long)(ms % 1000) * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	(void)pthread_mutex_lock(&order->lock);
	if (!order->stopping) {
		(void)pthread_cond_timedwait(&order->news, &order->lock, &until);
	}
	bool stopping = order->stopping;
	(void)pthread_mutex_unlock(&order->lock);
	return stopping;
}

static enum status etcd_confirm(struct sequencer *sequencer, uint64_t *newest,
                                struct detail *detail)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);
	struct map_position position;

	(void)pthread_mutex_lock(&order->confirm_lock);
	enum status status = order_look(order, ORDER_MAP_CONFIRM, &order->confirm_arena, newest,
	                                &position, detail);
	(void)pthread_mutex_unlock(&order->confirm_lock);
	return status;
}

/* The tail behind which slot `number` may be appended; false: this node does not know it. */
static bool tail_before(struct sequencer_etcd *order, struct order_tail *tail, uint64_t number)
{
	if (order->base.number + 1 == number && number > 1) {
		*tail = order->base;
		return true;
	}
	(void)pthread_mutex_lock(&order->lock);
	bool first = order->rooted && order->root.begin + 1 == number;
	(void)pthread_mutex_unlock(&order->lock);
	*tail = (struct order_tail){ .number = number - 1 };
	return first;
}

static void note_slot(struct sequencer_etcd *order, uint64_t number, struct bytes sealed)
{
	order->base = (struct order_tail){ .number = number, .sealed = crypto_sha256(sealed) };
	(void)pthread_mutex_lock(&order->lock);
	if (number > order->state.newest) {
		order->state.newest = number;
	}
	(void)pthread_mutex_unlock(&order->lock);
}

/* Why the conditions did not hold: reads are the order, the tail, the slot, this node. */
static enum status explain(struct sequencer_etcd *order, uint64_t number,
                           const struct map_outcome *outcome, struct bytes root,
                           struct detail *detail)
{
	const struct map_found *found = outcome->found;
	struct order_tail tail = { .number = 0 };

	if (found[0].count == 0 || !bytes_equal(found[0].entries[0].value, root)) {
		return order_lost(detail);
	}
	if (found[2].count > 0) {
		struct bytes stands = found[2].entries[0].value;

		if (bytes_equal(stands, buf_bytes(&order->sealed))) {
			note_slot(order, number, stands);
			return STATUS_OK; /* an earlier offer of ours */
		}
		return STATUS_EXISTS;
	}
	if (found[1].count == 0 || !order_tail_read(&tail, found[1].entries[0].value)) {
		return order_lost(detail);
	}
	if (found[3].count == 0) {
		detail_set(
		        detail, "cluster",
		        "this node is none of the cluster (any more): civilctl cluster add-node");
		return STATUS_DENIED;
	}
	return tail.number >= number ? STATUS_EXISTS : STATUS_OUT_OF_RANGE;
}

/* Seals a batch, once: what may be on its way to etcd is offered again as the same bytes. */
static enum status seal(struct sequencer_etcd *order, uint64_t number, struct bytes batch)
{
	struct seal_place place = { .number = number };

	if (order->offered_number == number && bytes_equal(buf_bytes(&order->offered), batch)) {
		return STATUS_OK;
	}
	order->offered_number = 0;
	memcpy(place.generation, order->root.generation, sizeof(place.generation));
	enum status status = seal_batch(&order->sealed, &order->options.key, &place, batch);
	if (status == STATUS_OK) {
		status = buf_assign(&order->offered, batch);
	}
	if (status == STATUS_OK) {
		order->offered_number = number;
	}
	return status;
}

static enum status offer(struct sequencer_etcd *order, uint64_t number,
                         const struct order_tail *before, struct detail *detail)
{
	const struct id *ledger = &order->options.ledger;
	struct arena *arena = &order->arena;
	const struct order_tail after = { .number = number,
		                          .sealed = crypto_sha256(buf_bytes(&order->sealed)) };
	struct bytes root_key = order_key(arena, ledger, "order");
	struct bytes root = order_root_bytes(arena, &order->root);
	struct bytes tail_key = order_key(arena, ledger, "tail");
	struct bytes slot = order_key_of_slot(arena, ledger, number);
	struct bytes member = order_key_of_node(arena, ledger, order->name);
	struct bytes sealed = buf_bytes(&order->sealed);
	const struct map_change change = {
		.conditions = { { MAP_EQUAL, root_key, root },
		                { MAP_EQUAL, tail_key, order_tail_bytes(arena, before) },
		                { .kind = MAP_ABSENT, .key = slot },
		                { .kind = MAP_PRESENT, .key = member } },
		.conditions_count = 4,
		.puts = { { .key = slot, .value = sealed },
		          { .key = tail_key, .value = order_tail_bytes(arena, &after) } },
		.puts_count = 2,
		.reads = { { .key = root_key },
		           { .key = tail_key },
		           { .key = slot },
		           { .key = member, .keys_only = true } },
		.reads_count = 4,
	};
	struct map_outcome outcome;
	enum status status =
	        map_change(order->options.maps[ORDER_MAP_APPEND], &outcome, arena, &change, detail);

	order_note_reachable(order, status);
	if (status == STATUS_OK && outcome.held) {
		note_slot(order, number, sealed);
		return STATUS_OK;
	}
	return status == STATUS_OK ? explain(order, number, &outcome, root, detail) : status;
}

/* Whether there is an order to work with: STATUS_UNAVAILABLE while it is not known, and what a look
 * found wrong with it for good. */
static enum status check_order(struct sequencer_etcd *order, struct detail *detail)
{
	(void)pthread_mutex_lock(&order->lock);
	enum status status = order->rooted ? order->lost : STATUS_UNAVAILABLE;
	if (order->lost != STATUS_OK) {
		*detail = order->lost_detail;
	}
	(void)pthread_mutex_unlock(&order->lock);
	return status;
}

static enum status etcd_append(struct sequencer *sequencer, uint64_t number, struct bytes batch,
                               struct detail *detail)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);
	struct order_tail before;
	enum status status = check_order(order, detail);

	if (status != STATUS_OK) {
		return status;
	}
	if (!tail_before(order, &before, number)) {
		return STATUS_OUT_OF_RANGE;
	}
	arena_reset(&order->arena);
	status = seal(order, number, batch);
	if (status == STATUS_OK) {
		status = offer(order, number, &before, detail);
	}
	if (status != STATUS_DISK_FULL) {
		return status;
	}
	(void)pthread_mutex_lock(&order->lock);
	order->state.full = true;
	(void)pthread_mutex_unlock(&order->lock);
	return STATUS_BUSY;
}

/* Takes a slot from the window. */
static bool take_from_window(struct sequencer_etcd *order, uint64_t number, struct buf *sealed)
{
	const struct window_slot *slot = &order->window[number % ORDER_WINDOW];

	(void)pthread_mutex_lock(&order->lock);
	bool there =
	        slot->number == number && buf_assign(sealed, buf_bytes(&slot->sealed)) == STATUS_OK;
	(void)pthread_mutex_unlock(&order->lock);
	return there;
}

static enum status read_slot(struct sequencer_etcd *order, uint64_t number, struct buf *sealed,
                             struct detail *detail)
{
	struct map_position position;
	struct map_found found;

	arena_reset(&order->arena);
	const struct map_range range = { .key = order_key_of_slot(&order->arena,
		                                                  &order->options.ledger, number) };
	enum status status = map_read(order->options.maps[ORDER_MAP_APPEND], &found, &position,
	                              &order->arena, &range, detail);
	order_note_reachable(order, status);
	if (status != STATUS_OK) {
		return status;
	}
	return found.count == 0 ? STATUS_OUT_OF_RANGE : buf_assign(sealed, found.entries[0].value);
}

static enum status etcd_next(struct sequencer *sequencer, uint64_t number, struct buf *batch,
                             struct detail *detail)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);
	struct seal_place place = { .number = number };
	enum status status = check_order(order, detail);

	if (status != STATUS_OK) {
		return status;
	}
	(void)pthread_mutex_lock(&order->lock);
	struct sequencer_state state = order->state;
	(void)pthread_mutex_unlock(&order->lock);
	if (number > state.newest) {
		return STATUS_NOT_FOUND;
	}
	if (number <= order->root.begin) {
		return STATUS_OUT_OF_RANGE;
	}
	/* The base is kept until the slot is really given. */
	if (!take_from_window(order, number, &order->opened)) {
		status = read_slot(order, number, &order->opened, detail);
		if (status != STATUS_OK) {
			return status;
		}
	}
	memcpy(place.generation, order->root.generation, sizeof(place.generation));
	status = seal_open(batch, &order->options.key, &place, buf_bytes(&order->opened), detail);
	if (status == STATUS_OK) {
		note_slot(order, number, buf_bytes(&order->opened));
	}
	return status;
}

static void etcd_applied(struct sequencer *sequencer, const struct sequencer_position *position)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);

	(void)pthread_mutex_lock(&order->lock);
	order->position = *position;
	(void)pthread_mutex_unlock(&order->lock);
}

static void etcd_state(struct sequencer *sequencer, struct sequencer_state *state)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);

	(void)pthread_mutex_lock(&order->lock);
	*state = order->state;
	(void)pthread_mutex_unlock(&order->lock);
}

static void etcd_listen(struct sequencer *sequencer, void (*changed)(void *context), void *context)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);

	(void)pthread_mutex_lock(&order->listen_lock);
	order->changed = changed;
	order->context = context;
	(void)pthread_mutex_unlock(&order->listen_lock);
}

static void free_parts(struct sequencer_etcd *order)
{
	for (size_t i = 0; i < ORDER_MAPS; i++) {
		map_free(order->options.maps[i]);
	}
	for (size_t i = 0; i < ORDER_WINDOW; i++) {
		buf_fini(&order->window[i].sealed);
	}
	buf_fini(&order->offered);
	buf_fini(&order->sealed);
	buf_fini(&order->opened);
	arena_fini(&order->arena);
	arena_fini(&order->confirm_arena);
	(void)pthread_mutex_destroy(&order->confirm_lock);
	(void)pthread_mutex_destroy(&order->listen_lock);
	(void)pthread_mutex_destroy(&order->lock);
	(void)pthread_cond_destroy(&order->news);
	seal_key_wipe(&order->options.key);
	free(order);
}

static void end_threads(struct sequencer_etcd *order, bool keeper)
{
	(void)pthread_mutex_lock(&order->lock);
	order->stopping = true;
	(void)pthread_cond_broadcast(&order->news);
	(void)pthread_mutex_unlock(&order->lock);
	(void)pthread_join(order->watcher, NULL);
	if (keeper) {
		(void)pthread_join(order->keeper, NULL);
	}
}

static void etcd_free(struct sequencer *sequencer)
{
	struct sequencer_etcd *order = sequencer_etcd_of(sequencer);

	end_threads(order, true);
	free_parts(order);
}

static void init(struct sequencer_etcd *order, const struct sequencer_etcd_options *options)
{
	static const struct sequencer_methods methods = {
		.append = etcd_append,
		.next = etcd_next,
		.confirm = etcd_confirm,
		.applied = etcd_applied,
		.state = etcd_state,
		.listen = etcd_listen,
		.free = etcd_free,
	};

	order->sequencer.methods = &methods;
	order->sequencer.durability = STORE_UNSYNCED;
	order->options = *options;
	(void)snprintf(order->name, sizeof(order->name), "%s", options->name);
	(void)snprintf(order->address, sizeof(order->address), "%s", options->address);
	arena_init(&order->arena, ORDER_ARENA_BYTES_MAX);
	arena_init(&order->confirm_arena, ORDER_ARENA_BYTES_MAX);
	buf_init(&order->offered, SEALED_BYTES_MAX);
	buf_init(&order->sealed, SEALED_BYTES_MAX);
	buf_init(&order->opened, SEALED_BYTES_MAX);
	for (size_t i = 0; i < ORDER_WINDOW; i++) {
		buf_init(&order->window[i].sealed, SEALED_BYTES_MAX);
	}
	(void)pthread_mutex_init(&order->confirm_lock, NULL);
	(void)pthread_mutex_init(&order->listen_lock, NULL);
	(void)pthread_mutex_init(&order->lock, NULL);
	(void)pthread_cond_init(&order->news, NULL);
}

enum status sequencer_etcd_new(struct sequencer **out, const struct sequencer_etcd_options *options,
                               struct detail *detail)
{
	struct sequencer_etcd *order = calloc(1, sizeof(*order));

	if (order == NULL) {
		for (size_t i = 0; i < ORDER_MAPS; i++) {
			map_free(options->maps[i]);
		}
		return STATUS_NO_MEMORY;
	}
	init(order, options);
	if (strlen(options->name) > SEQUENCER_NAME_MAX ||
	    strlen(options->address) > SEQUENCER_NAME_MAX) {
		detail_set(detail, "cluster", "a name or address is longer than %d bytes",
		           SEQUENCER_NAME_MAX);
		free_parts(order);
		return STATUS_INVALID;
	}
	if (pthread_create(&order->watcher, NULL, order_watch, order) != 0) {
		free_parts(order);
		return STATUS_NO_MEMORY;
	}
	if (pthread_create(&order->keeper, NULL, order_keep, order) != 0) {
		end_threads(order, false);
		free_parts(order);
		return STATUS_NO_MEMORY;
	}
	*out = &order->sequencer;
	return STATUS_OK;
}
