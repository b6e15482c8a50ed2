/* The ledger: batches of events in, records and receipts out; everything else derived by replay.
 *
 *   order ──▶ ledger_apply: admit, deduplicate, judge, append, fold, index ──▶ one store batch
 *   reader ──▶ ledger_view_begin: a snapshot at one size ──▶ queries
 *
 * Invariants
 *   I1  Same batches, same bytes: record n, head, root and states are equal on every node.
 *   I2  Record n holds the hash of record n-1; the tree's leaf n is the hash of record n.
 *   I3  One commit holds records, indexes, states, tree, head and applied batch number of a batch.
 *   I4  recorded_at never decreases.
 *   I5  A refused event changes nothing.
 *   I6  The same event again gets its first receipt; a request id never serves two events.
 *   I7  A batch judges the same bytes once: a copy of what it refused is refused for the same.
 * Thread: one thread applies; views may be used from any thread, one thread per view.
 * Memory: `struct ledger` is opaque and heap; results of an apply live until the next apply. */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "ledger/head.h"
#include "ledger/rules/rules.h"
#include "ledger/store/store.h"
#include "ledger/view.h"

struct ledger;

/* What became of one event of a batch. */
struct ledger_result {
	enum status status;   /* OK, INVALID (detail), REFUSED (verdict), EXISTS (first event id) */
	struct hash event_id; /* unset when INVALID */
	const Civil__V1__Receipt *receipt; /* OK: also for an event seen before */
	bool repeated;                     /* OK, and it was there already */
	struct verdict verdict;            /* REFUSED */
	struct hash first_event_id;        /* EXISTS */
	struct detail detail;              /* INVALID */
};

/* One batch in the agreed order. Events are bytes of SignedEvents whose signatures the caller has
 * verified (event_verify); the ledger does not verify them again. */
struct ledger_batch {
	uint64_t number;        /* must be head.batch + 1 */
	int64_t recorded_at_ms; /* raised to the head's when it lies before */
	const struct bytes *events;
	size_t count; /* 1 .. BATCH_EVENTS_MAX */
	struct hash
	        hash; /* of the batch as the order gave it; zero: no such bytes (ledger/head.h) */

	/* Events that the caller has admitted already, each NULL where it has not; NULL for none.
	 * An element must be event_admit of the same bytes, and outlive the call. */
	const struct event *const *admitted;

	/* What a replica knows of the records that these events became elsewhere: their hashes.
	 * Each event must then become a new record of that hash. NULL where the order is all there
	 * is. */
	const struct hash *expected;
};

/* Prepares an empty store: writes format version and ledger id. STATUS_EXISTS when it has one. */
enum status ledger_format(struct store *store, const struct id *ledger_id,
                          struct detail *detail) NODISCARD;

/* Opens over a formatted store; keeps the store (does not close it).
 *   STATUS_NOT_FOUND not formatted; STATUS_UNSUPPORTED another format (ledger/format.h);
 *   STATUS_CORRUPT head, tree and last record do not agree. */
enum status ledger_open(struct ledger **out, struct store *store, struct detail *detail) NODISCARD;
void ledger_close(struct ledger *ledger);

/* Head after the last apply. The applying thread only. */
struct ledger_head ledger_head(const struct ledger *ledger);
struct id ledger_id(const struct ledger *ledger);

/* Format of its store (ledger/format.h). */
uint32_t ledger_format_of(const struct ledger *ledger);

/* Applies one batch and commits it. `results` has batch->count elements.
 * STATUS_OK when committed (each result says its own); STATUS_OUT_OF_RANGE when the number is not
 * the next one; STATUS_DIVERGED when an event did not become the record that `expected` names (the
 * last result written says which and what it became instead; the ledger can go on); anything else
 * is fatal. Nothing of a batch that failed is visible. */
enum status ledger_apply(struct ledger *ledger, struct ledger_result results[],
                         const struct ledger_batch *batch,
                         enum store_durability durability) NODISCARD;

/* Makes the bytes that a court had erased leave the disk, when there are any that have not:
 * ledger_apply does it for those of its batch, and whoever has a quiet moment asks again while it
 * was BUSY. STATUS_OK: none are left in the store's files; STATUS_BUSY: a view from before still
 * shows them; STATUS_UNSUPPORTED: the store was opened read-only; else fatal. May rewrite files of
 * the store and take seconds. The applying thread only. */
enum status ledger_purge(struct ledger *ledger) NODISCARD;

/* Raises the number of the last batch without a record: for a node that fetched the records up to
 * just behind batch `number` elsewhere. STATUS_OK; STATUS_OUT_OF_RANGE when the ledger has come
 * further; else fatal, as ledger_apply. */
enum status ledger_skip_to_batch(struct ledger *ledger, uint64_t number,
                                 enum store_durability durability) NODISCARD;

/* A snapshot of the newest committed position, for queries and previews. */
struct lent;

struct ledger_view {
	struct view view;
	struct ledger *ledger;
	struct lent *lent; /* by the ledger; NULL: nothing */
	struct arena arena;
	struct ledger_head head; /* as stored with the snapshot; root included */
	struct id ledger_id;
};
enum status ledger_view_begin(struct ledger *ledger, struct ledger_view *out) NODISCARD;
void ledger_view_end(struct ledger_view *view);

/* Judges an event without applying it. Result as in ledger_apply. */
enum status ledger_preview(struct ledger_view *view, struct ledger_result *out,
                           struct bytes signed_event, int64_t recorded_at_ms) NODISCARD;

/* Receipt of an accepted event. STATUS_NOT_FOUND. */
enum status ledger_receipt(struct view *view, Civil__V1__Receipt **out,
                           struct bytes event_id) NODISCARD;

/* Root of the tree at any size <= view's. STATUS_OUT_OF_RANGE. */
enum status ledger_root(struct view *view, struct hash *out, uint64_t size) NODISCARD;

#endif
