/* The parts of the audit. Private to audit*.c. */
#ifndef TOOLS_CIVILCTL_AUDIT_INTERNAL_H
#define TOOLS_CIVILCTL_AUDIT_INTERNAL_H

#include "ledger/ledger.h"
#include "ledger/log/chain.h"
#include "ledger/log/merkle.h"
#include "tools/civilctl/audit.h"

#include <pthread.h>
#include <stdatomic.h>

enum {
	AUDIT_ARENA_BYTES = 256 * 1024 * 1024, /* of a chunk: what 512 honest records take, often */
};

/* One record of a chunk. */
struct audit_record {
	uint64_t index;
	int64_t recorded_at_ms;
	struct hash leaf;
	struct bytes header;
	Civil__V1__Signature **signatures;
	size_t signature_count;
	struct bytes event; /* of the SignedEvent made again; empty when the content is not there */
	bool is_signed_well; /* by a worker */
};

/* Root of a growing tree without a store. */
struct audit_tree {
	uint64_t size;
	struct hash frontier[TREE_LEVELS];
};
void audit_tree_append(struct audit_tree *tree, const struct hash *leaf);
void audit_tree_root(const struct audit_tree *tree, struct hash *root);

/* Workers that verify the signatures of a chunk. The chunk belongs to them between start and wait.
 */
struct audit_pool {
	pthread_mutex_t lock;
	pthread_cond_t wake; /* a chunk is there, or the end */
	pthread_cond_t idle; /* the chunk is done */
	struct audit_record *records;
	size_t count;
	atomic_size_t next;
	unsigned working; /* workers that have not finished this chunk */
	uint64_t chunk;   /* number of the chunk */
	bool ending;
	pthread_t threads[AUDIT_WORKERS_MAX];
	unsigned thread_count;
};
enum status audit_pool_start(struct audit_pool *pool, unsigned workers) NODISCARD;
void audit_pool_give(struct audit_pool *pool, struct audit_record records[], size_t count);
void audit_pool_wait(struct audit_pool *pool);
void audit_pool_stop(struct audit_pool *pool);

struct audit_erasures;

struct audit {
	struct audit_options options;
	struct checkpoint checkpoint; /* size 0: none */
	struct arena arena;           /* of the chunk */
	struct audit_record records[AUDIT_CHUNK_RECORDS];
	size_t count;
	struct chain chain;
	int64_t recorded_at_ms;
	struct audit_tree tree;
	struct store *store;
	struct ledger *ledger;
	uint64_t batch;
	bool executes;                   /* A6 goes on */
	struct audit_erasures *erasures; /* NULL until a content was erased */
	struct audit_pool pool;
	struct audit_result result;
	enum status trouble; /* of our own */
};

/* Notes that something is wrong at an index, unless it was so earlier. */
void audit_blame(struct audit *audit, uint64_t index, const char *format, ...)
        __attribute__((format(printf, 3, 4)));

/* A1 to A4 of one record, which goes into the chunk. False when it is wrong. */
bool audit_read(struct audit *audit, const Civil__V1__LogRecord *record);

/* A9. Takes a record without content; false when it is wrong. Looks for orders in a record with
 * content. At the end, blames what no record orders. Accepts NULL to free. */
bool audit_erasure_take(struct audit *audit, const struct audit_record *out,
                        const Civil__V1__LogRecord *record);
void audit_erasure_order(struct audit *audit, const struct audit_record *out,
                         const Civil__V1__EventHeader *header, const Civil__V1__LogRecord *record);
void audit_erasure_end(struct audit *audit);
void audit_erasure_free(struct audit_erasures *erasures);

/* A6 of the chunk. */
void audit_execute(struct audit *audit);

#endif
