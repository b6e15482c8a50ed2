/* A node to follow, played: it holds a history, signs it with its own key, and may lie.
 *
 *   struct source source;
 *   source_init(&source, "kep", &(struct source_history){ .count = 40, .batch = 5 });
 *   source_sign(&source, 40);          as many records as it says to have; before: none
 *   source.spoil_page = drop_last;     what becomes of an answer on its way
 *   source_forge(&source, 7, change);  what it signs itself
 * The history is the founding of a country (tests/support/founding.h, which must be made before):
 * event i is record i, and every batch is recorded one second after the one before. Answers are
 * built here, from messages, not by the code that a node answers with.
 *
 * Thread: one. Memory: lives until source_fini. */
#ifndef TESTS_SUPPORT_SOURCE_H
#define TESTS_SUPPORT_SOURCE_H

#include "ledger/base/arena.h"
#include "ledger/ledger.h"
#include "ledger/log/checkpoint.h"
#include "node/upstream.h"

#include "civil/v1/log_service.pb-c.h"

enum { SOURCE_RECORDS_MAX = 128, SOURCE_WITNESSED_MAX = 4 };

struct source_history {
	size_t count;      /* records */
	size_t batch;      /* of one time */
	size_t other_from; /* records of this batch and later are recorded a millisecond later */
};

struct source_record {
	struct bytes record;
	struct bytes content;
	struct bytes opening;
};

struct source {
	struct upstream upstream; /* first: what is followed */
	struct source_record records[SOURCE_RECORDS_MAX];
	size_t count;
	struct store *tree; /* over those records */
	struct arena arena; /* what it holds */
	struct arena answer;

	/* Its key, and what it has signed. */
	struct note_key key;
	uint8_t secret_key[SECRET_KEY_BYTES];
	struct tree_head signed_;
	struct buf note;

	/* The script; zero is an honest node. */
	enum status checkpoint_status;
	enum status records_status;
	size_t page_records_max; /* 0: as asked */
	struct bytes witnessed[SOURCE_WITNESSED_MAX];
	size_t witnessed_count;
	void (*spoil_checkpoint)(struct source *source, Civil__V1__GetCheckpointResponse *message);
	void (*spoil_page)(struct source *source, Civil__V1__ListRecordsResponse *message);
	void (*spoil_bytes)(struct buf *bytes); /* of either */

	/* What was seen. */
	size_t checkpoint_calls;
	size_t records_calls;
	struct upstream_range range; /* of the last call */
	bool stopped;
};

/* Applies a history from where the ledger is up to `size` records, as its nodes did. */
void source_fill(struct ledger *ledger, const struct source_history *history, size_t size);

/* A fresh ledger in memory with the first `size` records of a history. */
struct ledger *source_ledger(struct store **store, const struct source_history *history,
                             size_t size);

void source_init(struct source *source, const char *name, const struct source_history *history);
void source_fini(struct source *source);

/* It says to have the first `size` of its records. */
void source_sign(struct source *source, size_t size);

/* Changes a record that it holds, and the tree over them; to be signed again. */
void source_forge(struct source *source, size_t index,
                  void (*change)(struct source *source, Civil__V1__Record *record));

/* Puts the event of one record in place of another's; the place stays. */
void source_replace(struct source *source, size_t index, size_t event_of);

/* Puts any event, bytes of a SignedEvent, in place of a record's. */
void source_place(struct source *source, size_t index, struct bytes event);

/* Hash of a record. */
struct hash source_hash(const struct source *source, size_t index);

/* A copy that may be written, in an answer. */
ProtobufCBinaryData source_copy(struct source *source, ProtobufCBinaryData bytes);

#endif
