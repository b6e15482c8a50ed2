/* A world in which core nodes run without threads, network, disk or clock of their own: the
 * product's core, ledger and rules over a simulated order, simulated messages and disks that can be
 * cut off.
 *
 *   lanes (clients) ──ticket──▶ member (core + ledger) ──▶ seat (order.h) ──▶ all members
 *                                  └─ message ──▶ the member that leads
 *
 * Everything that happens is planned in the schedule and drawn from its seed, so a seed is a run.
 * A truth table, fed by whoever applies a record first, is what every member and every answer is
 * compared with.
 * Thread: one owner. Memory: world_free. */
#ifndef TESTS_SUPPORT_SIMULATOR_WORLD_H
#define TESTS_SUPPORT_SIMULATOR_WORLD_H

#include "node/clock.h"
#include "node/core.h"
#include "node/peer.h"
#include "tests/support/order.h"
#include "tests/support/simulator/schedule.h"
#include "tests/support/simulator/workload.h"

enum {
	MEMBERS = 3,
	CLIENTS = 5,             /* lanes that are brought to members */
	PROVINCE_LANE = CLIENTS, /* the one of the province's office */
	TICKET_EVENTS_MAX = 4,
	TICKET_ARENA_BYTES_MAX = 64 << 20,
	TRUTH_MAX = 1024, /* records of the longest run */
	MESSAGES_MAX = 1 << 14,
};

/* Chances in a thousand, at each occasion. Most are zero in most worlds: a fault that never comes
 * alone hides what it breaks. */
struct weather {
	uint32_t request_lost; /* of an append */
	uint32_t reply_lost;
	uint32_t late;
	uint32_t unreachable; /* the order, for a call */
	uint32_t crowded;
	uint32_t hidden;       /* a member does not see newer slots for a while */
	uint32_t message_lost; /* between members */
	uint32_t message_slow;
	uint32_t impatient;  /* a client gives up early */
	uint32_t disorder;   /* ... sends an act before the one it builds on */
	uint32_t fickle;     /* ... leaves what could not be done */
	uint32_t client_cut; /* an answer does not reach the client */
	uint32_t spoiled;    /* an answer to the province comes with a bit changed */
	/* In a thousand each second. */
	uint32_t crash;     /* of a member's process */
	uint32_t power_cut; /* what is not synced may be lost */
	uint32_t disk_fault;
	uint32_t cut; /* a member cannot reach the order for a while */
	uint32_t elect;
	uint32_t split; /* two members believe that they lead */
	uint32_t clock_jump;
	uint32_t trim;
	uint32_t order_restored; /* once: the keeper of the order comes back from an old backup */
};

/* What a run was. */
struct run {
	uint64_t seed;
	uint64_t trace;
	uint64_t happenings;
	uint64_t operations; /* submissions by clients */
	uint64_t accepted;
	uint64_t refused;
	uint64_t faults;
	uint64_t reads;
	bool restored;     /* the order lost what it had acknowledged */
	char failure[240]; /* empty: every promise was kept */
};

struct truth {
	struct hash record;
	struct hash event;
};

struct member;
struct province;

/* One submission on its way. */
struct ticket {
	struct submission submission;
	struct member *member;
	size_t lane;                          /* of a client's; from_peer: unused */
	size_t numbers[WORKLOAD_LANE_EVENTS]; /* of the lane's events */
	bool fresh[WORKLOAD_LANE_EVENTS];     /* never sent before */
	uint64_t attempt;
	struct bytes events[BATCH_EVENTS_MAX];
	struct ledger_result results[BATCH_EVENTS_MAX];
};

/* Events on their way to the member that leads; lives as long as the world. */
struct message {
	size_t from;
	size_t to;
	uint64_t life; /* of the sender */
	uint64_t seen;
	uint64_t behind; /* with an answer of OK */
	size_t count;
	struct bytes *events;
	uint8_t *bytes;
	enum status status;
	bool answered;
};

struct member {
	struct world *world;
	size_t index;
	char name[8];
	bool up;
	bool ahead;   /* it holds what the order has forgotten */
	bool stopped; /* for good: it said that it cannot go on */
	uint64_t life;
	uint64_t wake; /* number of the one happening that is its next step */
	int64_t wake_at_ns;
	struct store *store;
	struct ledger *ledger;
	struct core *core;
	struct order_seat seat;
	struct floor_state floor;
	struct clock clock;
	int64_t clock_offset_ms;
	struct forward forward;
	bool forwarding;
	int64_t cut_until_ns;   /* no call of the order gets through */
	uint64_t checked;       /* records compared with the truth */
	uint64_t checked_batch; /* behind which they end */
	/* Linearizable reads that wait here: position asked for, records that were acknowledged. */
	struct {
		bool waits;
		uint64_t newest;
		uint64_t acknowledged;
	} read;
};

/* LEFT: the client heard that nothing was done, and did not try again. */
enum fate_sort { FATE_OPEN, FATE_ACCEPTED, FATE_REFUSED, FATE_LEFT };

/* A client that registers the events of its lane, each until it is decided. */
struct lane {
	uint64_t attempt;
	struct {
		enum fate_sort sort;
		bool sent;
		uint64_t index;
	} fates[WORKLOAD_LANE_EVENTS];
};

struct world {
	const struct workload *workload;
	struct schedule schedule;
	struct weather weather;
	bool calm; /* no new faults: everything must come right */
	struct order order;
	struct member members[MEMBERS];
	struct province *province;
	struct lane lanes[WORKLOAD_LANES];
	struct message *messages[MESSAGES_MAX];
	size_t message_count;
	struct truth truth[TRUTH_MAX];
	uint64_t truth_size;
	uint64_t sizes[ORDER_BATCHES_MAX + 1]; /* of the truth behind each batch; 0: unknown */
	uint64_t forgotten_from;               /* first batch that the order lost */
	uint64_t acknowledged;                 /* records: 1 + highest index told to a client */
	struct run run;
};

/* Runs one seed from founding to rest and says what it was. */
void world_run(struct run *run, const struct workload *workload, uint64_t seed);

/* world.c */
void world_fail(struct world *world, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* member.c: a node's life. */
void member_start(struct member *member);
void member_crash(struct member *member, bool power);
void member_wake(struct member *member, int64_t after_ns);
void member_take(struct member *member, struct ticket *ticket);

/* message.c: what members say to each other. */
void message_send(struct member *member);

/* lane.c: clients. */
void lane_begin(struct world *world, size_t lane);
void lane_answered(struct ticket *ticket);
void lane_drop(struct ticket *ticket);
bool lane_is_done(const struct world *world, size_t lane);
size_t lane_limit(const struct world *world);
void lane_read(struct world *world);
void lane_read_ready(struct member *member);

/* faults.c: what goes wrong, and when. */
void faults_draw(struct world *world);
void faults_begin(struct world *world);
void faults_before_step(struct member *member);
void faults_after_step(struct member *member);
void faults_end(struct world *world);
bool faults_strike(struct world *world, uint32_t per_mille);

/* truth.c: what must hold. */
void truth_check_member(struct member *member);
void truth_forget(struct world *world, uint64_t batch);
void truth_check_end(struct world *world);

#endif
