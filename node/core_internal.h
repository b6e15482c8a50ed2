/* The insides of the core, shared by core.c (one step), core_propose.c (packing, appending),
 * core_confirm.c (the start), core_apply.c (decided batches), core_answer.c (who waits) and
 * core_forward.c alone. */
#ifndef NODE_CORE_INTERNAL_H
#define NODE_CORE_INTERNAL_H

#include "ledger/base/limits.h"
#include "node/core.h"
#include "node/limits.h"
#include "node/refusals.h"

/* Where an event of a batch came from; no submission: nobody waits for it here. */
struct origin {
	struct submission *submission;
	size_t index;
};

/* The batch that this node offers for slot `number`; count 0: none. */
struct proposal {
	uint64_t number;
	size_t count;
	bool unknown; /* an append had no answer: these bytes may stand in the order */
	struct buf packed;
	struct origin origins[BATCH_EVENTS_MAX];
};

struct sending {
	bool under_way;
	uint64_t round;                      /* events whose sent_round is this one were sent */
	int64_t not_before_ns;               /* after a failure */
	uint64_t turn;                       /* counts leaders */
	char leader[SEQUENCER_NAME_MAX + 1]; /* to whom this round goes */
};

struct core {
	struct core_options options;
	struct core_counts counts;
	bool confirmed;           /* the order knows what this node holds */
	uint64_t taken_slot;      /* known to be decided for others, not yet read */
	struct submission *first; /* not answered, in the order in which they came */
	struct submission *last;
	struct submission *answered;
	struct submission *answered_last;
	size_t from_peers;      /* of those not answered */
	struct waiting waiting; /* events of the submissions before `unlisted` */
	struct submission *unlisted;
	struct refusals refusals;
	struct proposal proposal;
	struct sending sending;
	struct sequencer_position position;
	int64_t synced_at_ns;
	struct buf decided;
	struct arena arena; /* of one step */
	struct ledger_result results[BATCH_EVENTS_MAX];
	struct origin origins[BATCH_EVENTS_MAX];
};

/* Step 0, once: the order must know what this node holds. */
enum status core_confirm(struct core *core, struct core_update *update,
                         struct detail *detail) NODISCARD;

/* Step 1: applies the next slot if it is decided. */
enum status core_apply_next(struct core *core, struct core_update *update,
                            struct detail *detail) NODISCARD;

/* One result into its submission, without answering it. */
enum status core_copy_result(struct submission *submission, size_t index,
                             const struct ledger_result *result) NODISCARD;

/* A copy of an event that waits here was refused, and whether that came before this one was
 * submitted is not known: its outcome is unknown too. */
void core_doubt(struct core *core, const struct origin *origin);

/* What the ledger keeps of a batch's bytes (ledger/head.h). */
struct hash core_batch_hash(const struct core *core, struct bytes bytes);

/* Applies decided bytes of the next slot. */
enum status core_apply_batch(struct core *core, struct core_update *update, struct bytes bytes,
                             struct detail *detail) NODISCARD;

/* Unpacks a batch into the arena. STATUS_CORRUPT. */
enum status core_unpack(struct core *core, Civil__V1__Batch **out, struct bytes bytes,
                        struct detail *detail) NODISCARD;

/* Step 2: appends a batch of what waits, if this node leads. */
enum status core_propose(struct core *core, struct core_update *update,
                         struct detail *detail) NODISCARD;

/* Lists the events that are not yet in `waiting`. */
void core_list_waiting(struct core *core);

/* The event has its result; releases its submission when it is the front's last. */
void core_answer(struct core *core, const struct origin *origin);

/* Moves submissions at the front that are wholly answered to `answered`. */
void core_release(struct core *core);

/* Gives up the events of a submission that have no answer. */
void core_give_up(struct core *core, struct submission *submission);

/* Gives up what came from peers; for a node that does not lead. */
void core_drop_peers(struct core *core);

/* Gives up what has waited too long. */
void core_expire(struct core *core);

#endif
