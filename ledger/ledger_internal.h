/* The insides of a ledger, shared by ledger.c (open, views) and apply.c (batches) alone. */
#ifndef LEDGER_LEDGER_INTERNAL_H
#define LEDGER_LEDGER_INTERNAL_H

#include "ledger/authority/row_cache.h"
#include "ledger/authority/tables.h"
#include "ledger/ledger.h"
#include "ledger/log/tree.h"
#include "ledger/memo.h"

#include <stdatomic.h>

/* Views at once that read without loading: threads of a node. */
enum { LENT_MAX = 4 };

/* Memory kept for the next view: a person with 500 acts takes two. None where freed memory is
 * watched, so that whoever reads an answer after its view ended is found. */
#ifdef __SANITIZE_ADDRESS__
enum { LENT_BYTES_MAX = 0 };
#else
enum { LENT_BYTES_MAX = 4 << 20 };
#endif

/* What a view leaves to the next one: tables that were read, memory that was touched. */
struct lent {
	struct tables *tables;
	struct arena arena;
};

struct ledger {
	struct store *store;
	struct id id;
	uint32_t format; /* of the store */
	struct ledger_head head;
	struct tree tree;
	const struct reference *reference;     /* law and gazetteer at the head; NULL: load anew */
	struct row_cache *rows;                /* rows of offices, keys and places */
	struct memo *memo;                     /* what was read and written lately */
	_Atomic(struct lent *) lent[LENT_MAX]; /* to views; here while none uses them */
	bool erasing;                          /* META "erasing" (ledger/erase.h) is there */
	uint64_t purge_moment; /* of the newest of them, for store_purge; 0: not asked */
	struct arena results;  /* lives until the next apply */
	struct arena scratch;  /* of one event */
	struct arena reference_arena;
};

/* Admits an event of this ledger. STATUS_OK; STATUS_INVALID with detail. */
enum status ledger_admit(struct event *event, struct detail *detail, const struct id *ledger_id,
                         struct bytes signed_event, struct arena *arena) NODISCARD;

/* STATUS_INVALID with detail when an admitted event names another ledger. */
enum status ledger_is_its_own(const struct event *event, struct detail *detail,
                              const struct id *ledger_id) NODISCARD;

/* Looks for the same event, or the same request id with other bytes, and fills the result.
 * STATUS_NOT_FOUND: the event is new. */
enum status ledger_find_repetition(struct view *view, struct ledger_result *result,
                                   struct arena *results, const struct event *event) NODISCARD;

/* Sets `erasing` when the ledger opens. Trouble of the store. */
enum status purge_load(struct ledger *ledger, struct store_view *store) NODISCARD;

#endif
