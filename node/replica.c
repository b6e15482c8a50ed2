#include "ledger/base/planted.h"
#include "node/failpoint.h"
#include "node/limits.h"
#include "node/replica_internal.h"

#include <stdlib.h>

#define MS_NS INT64_C(1000000)

int64_t replica_now_ns(const struct replica *replica)
{
	return clock_monotonic_ns(replica->options.clock);
}

enum status replica_new(struct replica **out, const struct replica_options *options)
{
	struct replica *replica = calloc(1, sizeof(*replica));

	if (replica == NULL || page_new(&replica->page) != STATUS_OK) {
		free(replica);
		return STATUS_NO_MEMORY;
	}
	replica->options = *options;
	choice_init(&replica->choice, options->upstream_count, options->seed);
	buf_init(&replica->answer, UPSTREAM_PAGE_BYTES_MAX);
	replica->head = ledger_head(options->ledger);
	replica->synced_at_ns = replica_now_ns(replica);
	replica->witness_at_ns = replica->synced_at_ns;
	replica->witness_next = options->upstream_count;
	replica->state.upstream = options->upstreams[0]->name;
	replica->state.contradicted = witness_contradicted(options->witness);
	*out = replica;
	return STATUS_OK;
}

void replica_free(struct replica *replica)
{
	if (replica == NULL) {
		return;
	}
	page_free(replica->page);
	buf_fini(&replica->answer);
	free(replica);
}

struct replica_state replica_state(const struct replica *replica)
{
	return replica->state;
}

struct upstream *replica_current(const struct replica *replica)
{
	return replica->options.upstreams[replica->choice.current];
}

enum status replica_make_durable(struct replica *replica, struct replica_update *update,
                                 struct detail *detail)
{
	const struct floor_state state = { .batch = replica->head.batch,
		                           .size = replica->head.size,
		                           .head = replica->head.head };

	replica->synced_at_ns = replica_now_ns(replica);
	if (replica->options.watches || state.batch == replica->options.floor.batch) {
		return witness_store(replica->options.witness, detail);
	}
	enum status status = PLANTED("replica raises the floor unsynced")
	                             ? STATUS_OK
	                             : store_sync(replica->options.store);
	FAILPOINT("ledger_synced");
	if (status == STATUS_OK) {
		status = replica->options.raise_floor(replica->options.context, &state, detail);
	}
	FAILPOINT("floor_raised");
	if (status == STATUS_OK) {
		replica->options.floor = state;
		update->durable = true;
		status = witness_store(replica->options.witness, detail);
	}
	return status;
}

/* Another upstream from now on; what the last one said is not asked of this one. */
static void pick(struct replica *replica, size_t before)
{
	if (replica->choice.current != before) {
		replica->following = false;
		replica->stale_since_ns = 0;
		replica->state.upstream = replica_current(replica)->name;
		replica->state.switches++;
	}
}

/* Something of an upstream cannot be used: it is left alone for a while. */
static void leave(struct replica *replica, size_t i, enum status status,
                  const struct detail *detail)
{
	size_t before = replica->choice.current;
	int64_t at;

	if (status_class(status) == STATUS_CLASS_RETRY) {
		replica->state.failures++;
	} else {
		replica->state.unproven++;
	}
	replica->state.trouble = *detail;
	if (detail->text[0] == '\0') {
		detail_set(&replica->state.trouble, "", "%s", status_name(status));
	}
	choice_failed(&replica->choice, i, replica_now_ns(replica));
	if (i == before) {
		replica->following = false;
		replica->state.connected = false;
		(void)choice_pick(&replica->choice, replica_now_ns(replica), &at); /* or later */
		pick(replica, before);
	}
}

/* Trouble of an upstream's is not ours; a contradiction ends the following; the rest is fatal. */
enum status replica_sort_out(struct replica *replica, size_t i, enum status status,
                             const struct detail *detail)
{
	if (status == STATUS_DIVERGED && witness_contradicted(replica->options.witness)) {
		replica->state.contradicted = true;
		replica->state.trouble = *detail;
		return STATUS_OK;
	}
	if (status_is_fatal(status)) {
		return status;
	}
	leave(replica, i, status, detail);
	return STATUS_OK;
}

/* A statement was given; all its records are here. */
void replica_note_verified(struct replica *replica, uint64_t size, int64_t at_ms)
{
	if (size >= replica->state.verified_size) {
		replica->state.verified_size = size;
		replica->state.verified_at_ms = at_ms;
	}
}

/* Asks one upstream what it has signed. */
enum status replica_ask(struct replica *replica, size_t i, struct detail *detail)
{
	struct upstream *upstream = replica->options.upstreams[i];
	int64_t at_ms = clock_now_ms(replica->options.clock);
	struct witness_answer answer;
	enum status status = witness_ask(replica->options.witness, upstream, &answer,
	                                 CHECKPOINT_TIMEOUT_MS, detail);

	if (status != STATUS_OK) {
		return replica_sort_out(replica, i, status, detail);
	}
	choice_worked(&replica->choice, i);
	replica->signed_sizes[i] = answer.head.size;
	if (answer.head.size <= replica->head.size) {
		replica_note_verified(replica, answer.head.size, at_ms);
	}
	if (i != replica->choice.current) {
		return STATUS_OK;
	}
	replica->state.connected = true;
	replica->state.upstream_size = answer.head.size;
	replica->state.trouble = (struct detail){ "", "" };
	if (!replica->following || replica->target.head.size <= replica->head.size) {
		replica->target = answer;
		replica->target_at_ms = at_ms;
		replica->following = true;
	}
	return STATUS_OK;
}

/* Leaves an upstream that has nothing new while another has, and has had for a while. */
static void look_further(struct replica *replica)
{
	int64_t now = replica_now_ns(replica);
	size_t before = replica->choice.current;
	size_t best = before;

	for (size_t i = 0; i < replica->options.upstream_count; i++) {
		if (replica->signed_sizes[i] > replica->signed_sizes[best] &&
		    choice_is_open(&replica->choice, i, now)) {
			best = i;
		}
	}
	if (best == before || replica->signed_sizes[best] <= replica->head.size) {
		replica->stale_since_ns = 0;
	} else if (replica->stale_since_ns == 0) {
		replica->stale_since_ns = now;
	} else if (now - replica->stale_since_ns >= STALE_MS * MS_NS) {
		replica->choice.current = best;
		pick(replica, before);
	}
}

/* One upstream of a round, as each of them is asked what it has signed. */
static enum status witness_next(struct replica *replica, struct detail *detail)
{
	size_t i = replica->witness_next;

	replica->witness_next++;
	if (replica->witness_next == replica->options.upstream_count) {
		replica->witness_at_ns = replica_now_ns(replica) +
		                         choice_jitter_ns(&replica->choice, WITNESS_INTERVAL_MS);
	}
	return choice_is_open(&replica->choice, i, replica_now_ns(replica))
	               ? replica_ask(replica, i, detail)
	               : STATUS_OK;
}

/* Steps 2 to 5; `update->at_ns` is when something is due again. */
static enum status follow(struct replica *replica, struct replica_update *update,
                          struct detail *detail)
{
	int64_t now = replica_now_ns(replica);
	int64_t at;

	update->progress = true;
	if (replica->witness_next == replica->options.upstream_count &&
	    now >= replica->witness_at_ns) {
		replica->witness_next = 0;
	}
	if (replica->witness_next < replica->options.upstream_count) {
		return witness_next(replica, detail);
	}
	if (!replica->options.watches && replica->following &&
	    replica->target.head.size > replica->head.size) {
		return replica_fetch(replica, update, replica->target.head.size, detail);
	}
	size_t before = replica->choice.current;
	bool open = choice_pick(&replica->choice, now, &at);
	pick(replica, before);
	if (open && now >= replica->ask_at_ns) {
		replica->ask_at_ns = now + choice_jitter_ns(&replica->choice, FOLLOW_INTERVAL_MS);
		look_further(replica);
		return replica_ask(replica, replica->choice.current, detail);
	}
	update->progress = false;
	update->at_ns = open || replica->ask_at_ns > at ? replica->ask_at_ns : at;
	if (replica->witness_at_ns < update->at_ns) {
		update->at_ns = replica->witness_at_ns;
	}
	return STATUS_OK;
}

enum status replica_step(struct replica *replica, struct replica_update *update,
                         struct detail *detail)
{
	bool all_durable =
	        replica->options.watches || replica->head.batch == replica->options.floor.batch;
	int64_t due = replica->synced_at_ns + SYNC_INTERVAL_MS * MS_NS;
	enum status status = STATUS_OK;

	*update = (struct replica_update){ .at_ns = due };
	detail_set(detail, "", "%s", "");
	if (replica_now_ns(replica) >= due) {
		status = replica_make_durable(replica, update, detail);
		all_durable = status == STATUS_OK;
	}
	if (replica->options.watches) {
		replica->head = ledger_head(replica->options.ledger); /* others write it */
	}
	if (status == STATUS_OK && !replica->state.contradicted) {
		status = follow(replica, update, detail);
		if (!update->progress && !all_durable && due < update->at_ns) {
			update->at_ns = due;
		}
	}
	update->stopped = replica->state.contradicted && all_durable;
	if (replica->state.contradicted) {
		update->progress = false;
		update->at_ns = due;
	}
	return status;
}
