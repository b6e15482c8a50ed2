#include "node/replica.h"

#include "ledger/base/assert.h"
#include "node/failpoint.h"
#include "node/limits.h"

#include <stdlib.h>

#define MS_NS INT64_C(1000000)

struct replica {
	struct replica_options options;
	struct choice choice;
	struct page *page;
	struct buf answer;
	struct replica_state state;
	struct ledger_head head; /* applied */
	bool following;          /* `target` is of the current upstream */
	struct witness_answer target;
	int64_t target_at_ms;  /* when it was given */
	int64_t ask_at_ns;     /* next look for something new */
	int64_t witness_at_ns; /* next round */
	size_t witness_next;   /* upstream of this round to ask; beyond the last: none */
	int64_t synced_at_ns;
	int64_t stale_since_ns; /* another has more than the current gives; 0: none has */
	uint64_t signed_sizes[UPSTREAMS_MAX]; /* as last seen of each */
};

static int64_t now_ns(const struct replica *replica)
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
	replica->synced_at_ns = now_ns(replica);
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

static struct upstream *current(const struct replica *replica)
{
	return replica->options.upstreams[replica->choice.current];
}

enum status replica_make_durable(struct replica *replica, struct replica_update *update,
                                 struct detail *detail)
{
	const struct floor_state state = { .batch = replica->head.batch,
		                           .size = replica->head.size,
		                           .head = replica->head.head };

	replica->synced_at_ns = now_ns(replica);
	if (state.batch == replica->options.floor.batch) {
		return witness_store(replica->options.witness, detail);
	}
	enum status status = store_sync(replica->options.store);
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
		replica->state.upstream = current(replica)->name;
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
	choice_failed(&replica->choice, i, now_ns(replica));
	if (i == before) {
		replica->following = false;
		replica->state.connected = false;
		(void)choice_pick(&replica->choice, now_ns(replica), &at); /* or later */
		pick(replica, before);
	}
}

/* Trouble of an upstream's is not ours; a contradiction ends the following; the rest is fatal. */
static enum status sort_out(struct replica *replica, size_t i, enum status status,
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
static void note_verified(struct replica *replica, uint64_t size, int64_t at_ms)
{
	if (size >= replica->state.verified_size) {
		replica->state.verified_size = size;
		replica->state.verified_at_ms = at_ms;
	}
}

/* Asks one upstream what it has signed. */
static enum status ask(struct replica *replica, size_t i, struct detail *detail)
{
	struct upstream *upstream = replica->options.upstreams[i];
	int64_t at_ms = clock_now_ms(replica->options.clock);
	struct witness_answer answer;
	enum status status = witness_ask(replica->options.witness, upstream, &answer,
	                                 CHECKPOINT_TIMEOUT_MS, detail);

	if (status != STATUS_OK) {
		return sort_out(replica, i, status, detail);
	}
	choice_worked(&replica->choice, i);
	replica->signed_sizes[i] = answer.head.size;
	if (answer.head.size <= replica->head.size) {
		note_verified(replica, answer.head.size, at_ms);
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

/* The page holds a record that is not good. */
static enum status judge_finding(struct replica *replica, const struct page_finding *finding,
                                 struct detail *detail)
{
	switch (finding->fault) {
	case PAGE_CONTENT_MISSING:
		return STATUS_DENIED;
	case PAGE_CONTENT_WRONG:
		return STATUS_INVALID;
	case PAGE_RECORD_WRONG:
		break;
	}
	return witness_denounce(replica->options.witness, current(replica), &replica->target,
	                        finding->index, finding->record, detail);
}

/* Applies what is good of a page that was read; what is behind a bad record stays away. */
static enum status take_page(struct replica *replica, struct detail *detail)
{
	struct ledger_view view;
	struct page_finding finding;
	struct page_finding applying;
	struct detail refusal = { "", "" };
	enum status status = ledger_view_begin(replica->options.ledger, &view);

	if (status != STATUS_OK) {
		return status;
	}
	status = page_prove(replica->page, view.view.store, &replica->target.head, detail);
	ledger_view_end(&view);
	if (status != STATUS_OK) {
		return status;
	}
	status = page_examine(replica->page, &finding, replica->options.crew, &replica->head,
	                      detail);
	if (status != STATUS_OK && status != STATUS_INVALID) {
		return status;
	}
	if (page_count(replica->page) > 0) {
		enum status applied =
		        page_apply(replica->page, &applying, replica->options.ledger,
		                   page_count(replica->page), STORE_UNSYNCED, &refusal);

		if (applied == STATUS_INVALID) { /* before whatever was found above */
			*detail = refusal;
			finding = applying;
		}
		status = applied == STATUS_OK ? status : applied;
		FAILPOINT("page_applied");
	}
	replica->head = ledger_head(replica->options.ledger);
	return status == STATUS_INVALID ? judge_finding(replica, &finding, detail) : status;
}

static enum status fetch(struct replica *replica, struct replica_update *update,
                         struct detail *detail)
{
	uint64_t size = replica->head.size;
	uint64_t missing = replica->target.head.size - size;
	const struct upstream_range range = {
		.from = size,
		.count = missing < UPSTREAM_PAGE_RECORDS ? missing : UPSTREAM_PAGE_RECORDS,
		.proven_in = replica->target.head.size,
	};
	size_t asked = replica->choice.current;
	enum status status = upstream_records(current(replica), &replica->answer, &range,
	                                      PAGE_TIMEOUT_MS, detail);

	if (status == STATUS_OK) {
		status = page_read(replica->page, buf_bytes(&replica->answer), &range, detail);
	}
	if (status == STATUS_OK) {
		status = take_page(replica, detail);
	}
	update->applied = replica->head.size > size;
	replica->state.records += replica->head.size - size;
	replica->state.pages += update->applied;
	if (status != STATUS_OK) {
		return sort_out(replica, asked, status, detail);
	}
	choice_worked(&replica->choice, asked);
	if (replica->head.size < replica->target.head.size) {
		return STATUS_OK;
	}
	note_verified(replica, replica->target.head.size, replica->target_at_ms);
	status = witness_settle(replica->options.witness, detail);
	return status == STATUS_OK ? STATUS_OK : sort_out(replica, asked, status, detail);
}

/* Leaves an upstream that has nothing new while another has, and has had for a while. */
static void look_further(struct replica *replica)
{
	int64_t now = now_ns(replica);
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
		replica->witness_at_ns =
		        now_ns(replica) + choice_jitter_ns(&replica->choice, WITNESS_INTERVAL_MS);
	}
	return choice_is_open(&replica->choice, i, now_ns(replica)) ? ask(replica, i, detail)
	                                                            : STATUS_OK;
}

/* Steps 2 to 5; `update->at_ns` is when something is due again. */
static enum status follow(struct replica *replica, struct replica_update *update,
                          struct detail *detail)
{
	int64_t now = now_ns(replica);
	int64_t at;

	update->progress = true;
	if (replica->witness_next == replica->options.upstream_count &&
	    now >= replica->witness_at_ns) {
		replica->witness_next = 0;
	}
	if (replica->witness_next < replica->options.upstream_count) {
		return witness_next(replica, detail);
	}
	if (replica->following && replica->target.head.size > replica->head.size) {
		return fetch(replica, update, detail);
	}
	size_t before = replica->choice.current;
	bool open = choice_pick(&replica->choice, now, &at);
	pick(replica, before);
	if (open && now >= replica->ask_at_ns) {
		replica->ask_at_ns = now + choice_jitter_ns(&replica->choice, FOLLOW_INTERVAL_MS);
		look_further(replica);
		return ask(replica, replica->choice.current, detail);
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
	bool all_durable = replica->head.batch == replica->options.floor.batch;
	int64_t due = replica->synced_at_ns + SYNC_INTERVAL_MS * MS_NS;
	enum status status = STATUS_OK;

	*update = (struct replica_update){ .at_ns = due };
	detail_set(detail, "", "%s", "");
	if (now_ns(replica) >= due) {
		status = replica_make_durable(replica, update, detail);
		all_durable = status == STATUS_OK;
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
