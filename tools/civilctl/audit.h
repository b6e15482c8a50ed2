/* A full audit of a log: nothing is believed that can be computed.
 *
 * For every record, in order:
 *   A1  its index is the next one, its time never goes back
 *   A2  it holds the hash of the record before it
 *   A3  header, event id and ledger id are well formed and of this ledger
 *   A4  the content fits the header's commitment
 *   A5  every signature is right                                  (on all cores)
 *   A6  executing its event again on a ledger of our own, made of the records before it, makes the
 *       same record, byte for byte: rules, numbers, person states and all
 * and at the end
 *   A7  head and root are those that the source claims
 *   A8  the checkpoint is signed by the log's key, and its root is the root at its size
 *   A9  a content that was erased was so by a content_erased of the log, which left what is there
 * The lowest index at which anything is wrong is told. A record whose content was erased ends A6
 * for the rest, because its effects cannot be computed; the audit says from where.
 *
 * Thread: main, with workers of its own. Memory: a chunk of records and the ledger of its own, in
 * memory or in a folder. */
#ifndef TOOLS_CIVILCTL_AUDIT_H
#define TOOLS_CIVILCTL_AUDIT_H

#include "tools/civilctl/records.h"

enum { AUDIT_CHUNK_RECORDS = 512, AUDIT_TEXT_MAX = 256, AUDIT_WORKERS_MAX = 64 };

struct audit;

/* One content that a court had erased. */
struct audit_erasure {
	uint64_t index;    /* of the record */
	uint64_t by;       /* of the content_erased */
	const char *order; /* court, case and decision; borrowed */
};

struct audit_options {
	const struct records_head *head; /* borrowed until audit_end */
	const char *store;               /* folder of the audit's own ledger; NULL: in memory */
	const char *pinned_key;          /* vkey; NULL: that of the source is believed */
	unsigned workers;                /* 1 to AUDIT_WORKERS_MAX */
	/* Told of each erased content when its order is found; may be NULL. */
	void (*erased)(void *context, const struct audit_erasure *erasure);
	void *context;
};

struct audit_result {
	bool good;
	bool has_index;
	uint64_t index;            /* of the first record that is wrong */
	char text[AUDIT_TEXT_MAX]; /* what is wrong */
	uint64_t records;
	uint64_t signatures;
	uint64_t executed;        /* records executed again */
	uint64_t erased;          /* contents erased, each with its order */
	uint64_t checkpoint_size; /* of the checkpoint that fits; 0 when there is none */
	struct hash root;
};

/* STATUS_OK; STATUS_INVALID when the pinned key is none; STATUS_NO_MEMORY; what the store says. */
enum status audit_begin(struct audit **out, const struct audit_options *options,
                        struct detail *detail) NODISCARD;

/* Takes the next record (records_take). False when it is useless to go on. */
bool audit_take(void *audit, const Civil__V1__LogRecord *record);

/* Finishes what is under way and judges. STATUS_OK with `*result`, also when the log is bad; other
 * statuses are trouble of the audit's own. Frees. */
enum status audit_end(struct audit *audit, struct audit_result *result) NODISCARD;

#endif
