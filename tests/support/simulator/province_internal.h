/* The insides of a province, shared by province.c (its life), province_check.c (what must hold) and
 * way.c (how it reaches members) alone. */
#ifndef TESTS_SUPPORT_SIMULATOR_PROVINCE_INTERNAL_H
#define TESTS_SUPPORT_SIMULATOR_PROVINCE_INTERNAL_H

#include "node/courier.h"
#include "node/replica.h"
#include "tests/support/simulator/province.h"

/* To one member, for following and for carrying. */
struct way {
	struct upstream upstream; /* first */
	struct province *province;
	struct member *member;
	uint8_t secret_key[SECRET_KEY_BYTES]; /* of the member, who would sign by it */
};

/* What became of an event that was brought. */
struct brought {
	bool under_way;
	enum status status; /* OK, REFUSED, or TIMEOUT while nothing is known */
};

struct province {
	struct world *world;
	bool up;
	bool calling; /* its courier waits for an answer, and other things happen */
	bool fell;    /* meanwhile; it ends with the call */
	bool fell_by_power;
	uint64_t life;
	struct store *store;
	struct store *outbox_store;
	struct ledger *ledger;
	struct witness *witness;
	struct replica *replica;
	struct outbox *outbox;
	struct courier *courier;
	struct floor_state floor;
	struct buf notes; /* on its disk */
	struct clock clock;
	struct way ways[MEMBERS];
	struct upstream *upstreams[MEMBERS];
	struct note_key keys[MEMBERS];
	struct brought brought[WORKLOAD_LANE_EVENTS];
	uint8_t receipt_ids[WORKLOAD_LANE_EVENTS][HASH_BYTES];
	size_t queued;        /* events of the lane that were answered */
	uint64_t checked;     /* records compared with the truth */
	int64_t cut_until_ns; /* nobody is reached */
};

void ways_init(struct province *province);

/* Everything that was queued is in the outbox, or stands in the ledger. */
void province_check_outbox(struct province *province);

/* Compares what has come with the truth; notes which events of the office are registered. */
void province_check_records(struct province *province);

#endif
