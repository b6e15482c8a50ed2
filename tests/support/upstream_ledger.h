/* An upstream (node/upstream.h) over a ledger in memory beside it, and what can be wrong with one.
 * It answers with the bytes that LogService would (api/log_page.h), signs what it holds, and takes
 * events as a core node.
 *
 * Thread: one. Memory: upstream_ledger_fini frees. */
#ifndef TESTS_SUPPORT_UPSTREAM_LEDGER_H
#define TESTS_SUPPORT_UPSTREAM_LEDGER_H

#include "ledger/ledger.h"
#include "ledger/log/note_key.h"
#include "node/upstream.h"

struct upstream_ledger {
	struct upstream upstream; /* first */
	struct store *store;
	struct ledger *ledger;
	struct note_key key;
	uint8_t secret_key[SECRET_KEY_BYTES];
	unsigned calls;

	/* Faults. */
	enum status fails;      /* every call answers this; STATUS_OK: none does */
	uint64_t flip;          /* not 0: bit flip-1, modulo their number, of every answer */
	bool hides_content;     /* records come without content */
	bool submit_unanswered; /* it takes events, and its answer is lost */
	struct bytes relayed;   /* a note of another node that it gives besides */
};

/* Formats and opens a ledger of founding_ledger; its key comes from `seed`. */
void upstream_ledger_init(struct upstream_ledger *upstream, const char *name, uint8_t seed);
void upstream_ledger_fini(struct upstream_ledger *upstream);

/* Applies events as one batch, recorded at `at_ms`; every one must be accepted. */
void upstream_ledger_apply(struct upstream_ledger *upstream, const struct bytes events[],
                           size_t count, int64_t at_ms);

/* Signs what it holds. */
void upstream_ledger_note(const struct upstream_ledger *upstream, struct buf *note);

#endif
