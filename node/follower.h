/* The thread that asks other nodes what they have signed: it steps node/replica.h, keeps what that
 * must not forget, and tells the node what has come. A replica follows; a core node watches the
 * others, whose order it shares, and takes from them records that the order no longer keeps.
 *
 *   FOLDER/witnessed   what others have signed and is held here (node/witness.h)
 *   FOLDER/evidence/   what contradicts it (node/evidence.h)
 * Evidence that no operator has settled stops the following, also over a restart: the node serves
 * what it has verified and asks nobody for more.
 *
 * A core node that finds a contradiction ends, and does not start before it is settled.
 *
 * Thread: one of its own, the only one that writes the ledger; follower_state from any. Memory:
 * opaque, heap; keeps what the options point to. */
#ifndef NODE_FOLLOWER_H
#define NODE_FOLLOWER_H

#include "node/catch_up.h"
#include "node/checkpointing.h"
#include "node/pipeline.h"
#include "node/replica.h"

/* Whom a replica follows, and whose signatures it believes. */
struct following {
	struct upstream *const *upstreams; /* in order of preference; outlive the follower */
	struct upstream *const
	        *couriers;     /* the same nodes once more, for the outbox of a replica */
	size_t upstream_count; /* 1 .. UPSTREAMS_MAX, of each */
	const struct note_key *keys;
	size_t key_count;
};

struct follower_options {
	const char *folder; /* of the node; kept */
	struct ledger *ledger;
	struct store *store;
	struct floor *floor;
	struct checkpointing *checkpointing;
	const struct clock *clock;
	unsigned workers;
	const struct following *following;
	bool watches; /* another owner writes the ledger (node/replica.h) */
	/* committed, durable and fatal, as a pipeline calls them; on the follower's thread. */
	struct pipeline_hooks hooks;
};

struct follower;

/* Loads what was kept, and starts. STATUS_OK, also when it does not follow for evidence;
 * STATUS_CORRUPT: `witnessed` is not what was written; STATUS_IO; STATUS_NO_MEMORY. */
enum status follower_start(struct follower **out, const struct follower_options *options,
                           struct detail *detail) NODISCARD;

struct replica_state follower_state(struct follower *follower);

/* Statements of others that are held, in the form of witness_notes; empty before the first.
 * STATUS_OK, STATUS_NO_MEMORY. */
enum status follower_notes(struct follower *follower, struct buf *notes) NODISCARD;

/* What a core node that was left behind by the order asks: pulls records on the caller's thread.
 * Valid until follower_stop. */
struct catch_up *follower_catch_up(struct follower *follower);

/* Ends calls under way, also of a pull, and makes later ones fail. Accepts NULL. */
void follower_hush(struct follower *follower);

/* Ends the call under way, makes durable what is applied, ends the thread, frees. Accepts NULL. */
void follower_stop(struct follower *follower);

#endif
