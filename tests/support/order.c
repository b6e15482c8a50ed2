#include "tests/support/order.h"

#include "ledger/base/assert.h"

#include <stdio.h>
#include <stdlib.h>

static struct bytes copy(struct bytes bytes)
{
	uint8_t *data = malloc(bytes.size + 1); /* of nothing, too, there is a copy */

	ASSERT(data != NULL);
	if (bytes.size > 0) {
		memcpy(data, bytes.data, bytes.size);
	}
	return bytes_of(data, bytes.size);
}

static void drop(struct bytes *bytes)
{
	union {
		const uint8_t *in;
		uint8_t *out;
	} pointer = { .in = bytes->data };

	free(pointer.out);
	*bytes = bytes_of(NULL, 0);
}

void order_init(struct order *order)
{
	memset(order, 0, sizeof(*order));
	order->oldest = 1;
	(void)pthread_mutex_init(&order->lock, NULL);
}

void order_fini(struct order *order)
{
	for (uint64_t i = 1; i <= order->decided; i++) {
		drop(&order->batches[i]);
	}
	(void)pthread_mutex_destroy(&order->lock);
}

void order_begin_at(struct order *order, uint64_t number)
{
	ASSERT(order->decided == 0);
	order->decided = number;
	order->oldest = number + 1;
}

void order_forget(struct order *order, uint64_t count)
{
	(void)pthread_mutex_lock(&order->lock);
	ASSERT(count <= order->decided);
	for (uint64_t i = 0; i < count; i++) {
		drop(&order->batches[order->decided - i]);
	}
	order->decided -= count;
	(void)pthread_mutex_unlock(&order->lock);
}

/* Wakes the nodes; without the lock. */
static void tell_all(struct order *order)
{
	for (size_t i = 0; i < order->seat_count; i++) {
		if (order->seats[i]->changed != NULL) {
			order->seats[i]->changed(order->seats[i]->changed_context);
		}
	}
}

static void set_base(struct order_base *base, uint64_t number, struct bytes batch)
{
	if (base->number != number) {
		drop(&base->batch);
		base->batch = copy(batch);
		base->number = number;
	}
}

/* True when slot number - 1 holds what the seat last gave or took for it. */
static bool is_behind(const struct order *order, uint64_t number, const struct order_base *base)
{
	return base == NULL || base->number + 1 != number || base->number < order->oldest ||
	       (base->number <= order->decided &&
	        bytes_equal(order->batches[base->number], base->batch));
}

static enum status decide(struct order *order, uint64_t number, struct bytes batch,
                          const struct order_base *base)
{
	enum status status = STATUS_OK;

	(void)pthread_mutex_lock(&order->lock);
	if (!is_behind(order, number, base)) {
		status = STATUS_OUT_OF_RANGE;
	} else if (number <= order->decided) {
		status = bytes_equal(order->batches[number], batch) ? STATUS_OK : STATUS_EXISTS;
	} else if (number > order->decided + 1) {
		status = STATUS_OUT_OF_RANGE;
	} else {
		ASSERT(number < ORDER_BATCHES_MAX);
		order->batches[number] = copy(batch);
		order->decided = number;
	}
	(void)pthread_mutex_unlock(&order->lock);
	return status;
}

void order_decide(struct order *order, struct bytes batch)
{
	enum status status = decide(order, order->decided + 1, batch, NULL);
	ASSERT(status == STATUS_OK);
	tell_all(order);
}

static struct order_seat *seat_of(struct sequencer *sequencer)
{
	return (struct order_seat *)(void *)sequencer; /* its first member */
}

static enum status seat_append(struct sequencer *sequencer, uint64_t number, struct bytes batch,
                               struct detail *detail)
{
	struct order_seat *seat = seat_of(sequencer);
	enum order_fault fault = seat->append_fault;

	(void)detail;
	seat->appends++;
	drop(&seat->offered);
	seat->offered = copy(batch);
	seat->append_fault = ORDER_FINE;
	switch (fault) {
	case ORDER_FINE:
		break;
	case ORDER_REPLY_LOST:
		(void)decide(seat->order, number, batch,
		             &seat->base); /* whatever it says is lost */
		return STATUS_TIMEOUT;
	case ORDER_REQUEST_LOST:
		return STATUS_TIMEOUT;
	case ORDER_LATE:
		seat->late_number = number;
		drop(&seat->late);
		seat->late = copy(batch);
		drop(&seat->late_base.batch);
		seat->late_base.number = seat->base.number;
		seat->late_base.batch = copy(seat->base.batch);
		return STATUS_TIMEOUT;
	case ORDER_UNREACHABLE:
		return STATUS_UNAVAILABLE;
	case ORDER_CROWDED:
		return STATUS_BUSY;
	}
	enum status status = decide(seat->order, number, batch, &seat->base);
	if (status == STATUS_OK) {
		set_base(&seat->base, number, batch);
		tell_all(seat->order);
	}
	return status;
}

bool order_land(struct order_seat *seat)
{
	ASSERT(seat->late_number != 0);
	enum status status = decide(seat->order, seat->late_number, seat->late, &seat->late_base);

	seat->late_number = 0;
	tell_all(seat->order);
	return status == STATUS_OK;
}

static enum status seat_next(struct sequencer *sequencer, uint64_t number, struct buf *batch,
                             struct detail *detail)
{
	struct order_seat *seat = seat_of(sequencer);
	struct order *order = seat->order;
	enum status status;

	(void)detail;
	if (seat->next_unreachable) {
		return STATUS_UNAVAILABLE;
	}
	(void)pthread_mutex_lock(&order->lock);
	if (number > order->decided || (seat->hidden > 0 && number >= seat->hidden)) {
		status = STATUS_NOT_FOUND;
	} else if (number < order->oldest) {
		status = STATUS_OUT_OF_RANGE;
	} else {
		status = buf_assign(batch, order->batches[number]);
		set_base(&seat->base, number, order->batches[number]);
	}
	(void)pthread_mutex_unlock(&order->lock);
	return status;
}

static enum status seat_confirm(struct sequencer *sequencer, uint64_t *newest,
                                struct detail *detail)
{
	struct order_seat *seat = seat_of(sequencer);

	(void)detail;
	if (seat->confirm_unreachable) {
		return STATUS_UNAVAILABLE;
	}
	(void)pthread_mutex_lock(&seat->order->lock);
	*newest = seat->order->decided;
	(void)pthread_mutex_unlock(&seat->order->lock);
	return STATUS_OK;
}

static void seat_applied(struct sequencer *sequencer, const struct sequencer_position *position)
{
	seat_of(sequencer)->told = *position;
}

static void seat_state(struct sequencer *sequencer, struct sequencer_state *state)
{
	struct order_seat *seat = seat_of(sequencer);

	(void)pthread_mutex_lock(&seat->order->lock);
	*state = seat->state;
	state->oldest = seat->order->oldest;
	state->newest = seat->order->decided;
	(void)pthread_mutex_unlock(&seat->order->lock);
}

static void seat_listen(struct sequencer *sequencer, void (*changed)(void *context), void *context)
{
	seat_of(sequencer)->changed = changed;
	seat_of(sequencer)->changed_context = context;
}

/* A seat is the test's own. */
static void seat_free(struct sequencer *sequencer)
{
	(void)sequencer;
}

void order_seat_init(struct order_seat *seat, struct order *order, bool leading)
{
	static const struct sequencer_methods methods = {
		.append = seat_append,
		.next = seat_next,
		.confirm = seat_confirm,
		.applied = seat_applied,
		.state = seat_state,
		.listen = seat_listen,
		.free = seat_free,
	};

	memset(seat, 0, sizeof(*seat));
	seat->sequencer.methods = &methods;
	seat->sequencer.durability = STORE_UNSYNCED;
	seat->order = order;
	seat->state.leading = leading;
	seat->state.reachable = true;
	ASSERT(order->seat_count < ORDER_SEATS_MAX);
	order->seats[order->seat_count] = seat;
	order->seat_count++;
}

void order_seat_fini(struct order_seat *seat)
{
	drop(&seat->offered);
	drop(&seat->late);
	drop(&seat->base.batch);
	drop(&seat->late_base.batch);
}

void order_seat_restart(struct order_seat *seat)
{
	drop(&seat->base.batch);
	seat->base.number = 0;
	seat->hidden = 0;
}

void order_elect(struct order *order, struct order_seat *leader, const char *name)
{
	(void)pthread_mutex_lock(&order->lock);
	for (size_t i = 0; i < order->seat_count; i++) {
		struct sequencer_state *state = &order->seats[i]->state;

		state->leading = order->seats[i] == leader;
		(void)snprintf(state->leader, sizeof(state->leader), "%s", name);
		(void)snprintf(state->leader_address, sizeof(state->leader_address), "%s", name);
	}
	(void)pthread_mutex_unlock(&order->lock);
	tell_all(order);
}
