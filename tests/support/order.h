/* An order shared by nodes of one test, with a script of what goes wrong for each of them.
 *
 *   struct order order;                        the decided batches
 *   struct order_seat seats[2];                a sequencer for each node: order_seat_init
 *   seats[0].append_fault = ORDER_REPLY_LOST;  the next append
 * Obeys the contract of node/sequencer.h; time passes only when a test says so.
 * Thread: one lock around the order; a seat's script is set while its node is at rest.
 * Memory: batches on the heap until order_fini. */
#ifndef TESTS_SUPPORT_ORDER_H
#define TESTS_SUPPORT_ORDER_H

#include "node/sequencer.h"

#include <pthread.h>

enum { ORDER_BATCHES_MAX = 1024, ORDER_SEATS_MAX = 4 };

enum order_fault {
	ORDER_FINE,
	ORDER_REPLY_LOST,   /* decided, but nobody hears of it */
	ORDER_REQUEST_LOST, /* not decided, and nobody hears of it */
	ORDER_LATE,         /* no answer; lands when order_land is called */
	ORDER_UNREACHABLE,
	ORDER_CROWDED, /* BUSY */
};

struct order_seat;

/* The batch that a seat last gave or took; number 0: none. */
struct order_base {
	uint64_t number;
	struct bytes batch;
};

struct order {
	pthread_mutex_t lock; /* guards all but the scripts */
	struct bytes batches[ORDER_BATCHES_MAX + 1];
	uint64_t decided;
	uint64_t oldest; /* those below are trimmed */
	struct order_seat *seats[ORDER_SEATS_MAX];
	size_t seat_count;
};

struct order_seat {
	struct sequencer sequencer; /* first: what the node gets */
	struct order *order;

	/* The script. */
	struct sequencer_state state;  /* oldest and newest are the order's */
	enum order_fault append_fault; /* of the next append; FINE afterwards */
	bool next_unreachable;
	bool confirm_unreachable;
	uint64_t hidden; /* slots from this one on are not shown by next; 0: all are */

	/* What was seen. */
	size_t appends;
	struct bytes offered; /* bytes of the last append */
	struct order_base base;
	uint64_t late_number; /* of an append that is still on its way; 0: none */
	struct bytes late;
	struct order_base late_base; /* at its sending */
	struct sequencer_position told;
	void (*changed)(void *context);
	void *changed_context;
};

void order_init(struct order *order);
void order_fini(struct order *order);

/* An empty order behind a ledger that holds `number` batches already; they count as trimmed. */
void order_begin_at(struct order *order, uint64_t number);

/* Loses the newest batches, as a keeper does that comes back from an old backup. */
void order_forget(struct order *order, uint64_t count);

/* A seat at the order; it leads when `leading`. Its order is kept elsewhere: STORE_UNSYNCED. */
void order_seat_init(struct order_seat *seat, struct order *order, bool leading);
void order_seat_fini(struct order_seat *seat);

/* Decides the next slot for these bytes, whoever made them. */
void order_decide(struct order *order, struct bytes batch);

/* The late append arrives: true when it decided its slot. */
bool order_land(struct order_seat *seat);

/* The node behind the seat was started again: a process knows of no batch before it asks. */
void order_seat_restart(struct order_seat *seat);

/* `leader` leads and the others know its address, which is its name. */
void order_elect(struct order *order, struct order_seat *leader, const char *name);

#endif
