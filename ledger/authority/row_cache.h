/* Rows of the derived tables of offices, keys and places, kept while a ledger applies.
 *
 * Judging an event reads the same few rows again and again: the signer's key, the office, the
 * commune. The applying thread asks here first; governance_apply clears the cache whenever it wrote
 * to a table, so a row found here is the row that the store holds.
 *
 * Invariants: what is found was put since the last clear. It depends on nothing but calls, and no
 * answer of the ledger depends on it.
 * Thread: one owner. Memory: bounded; a full cache forgets everything and begins again. */
#ifndef LEDGER_AUTHORITY_ROW_CACHE_H
#define LEDGER_AUTHORITY_ROW_CACHE_H

#include "ledger/base/bytes.h"

#include <stdbool.h>

enum {
	ROW_CACHE_ROWS_MAX = 4096,     /* offices, keys and communes of a day's work */
	ROW_CACHE_BYTES_MAX = 2 << 20, /* of keys and values */
	ROW_CACHE_SLOTS = 16384,       /* a power of two, so that most rows stand in their place */
};

struct row_cache;

/* NULL when memory is exhausted. */
struct row_cache *row_cache_new(void);

/* Accepts NULL. */
void row_cache_free(struct row_cache *cache);

/* Forgets every row. Accepts NULL. */
void row_cache_clear(struct row_cache *cache);

/* True when the row is known: `*value` is borrowed until the next put or clear, and `*absent` says
 * that the table has no such row. False for a NULL cache. */
bool row_cache_find(const struct row_cache *cache, struct bytes *value, bool *absent,
                    struct bytes key);

/* Keeps a copy of a row that is not there yet, or that there is none (`absent`; the value is not
 * read). Does nothing to a NULL cache, or when a row alone would not fit. */
void row_cache_put(struct row_cache *cache, struct bytes key, struct bytes value, bool absent);

#endif
