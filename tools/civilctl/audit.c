#include "tools/civilctl/audit_internal.h"

#include "ledger/base/assert.h"

#include <stdarg.h>
#include <stdlib.h>

/* A cache that holds the hot rows of some millions of events; an audit is not a service. */
#define STORE_CACHE_BYTES ((size_t)256 << 20)

void audit_blame(struct audit *audit, uint64_t index, const char *format, ...)
{
	struct audit_result *result = &audit->result;
	va_list arguments;

	if (!result->good && result->has_index && result->index <= index) {
		return;
	}
	result->good = false;
	result->has_index = true;
	result->index = index;
	va_start(arguments, format);
	(void)vsnprintf(result->text, sizeof(result->text), format, arguments);
	va_end(arguments);
}

/* What is wrong with the whole; a wrong record says more. */
static void blame_whole(struct audit *audit, const char *text)
{
	if (audit->result.good) {
		audit->result.good = false;
		(void)snprintf(audit->result.text, sizeof(audit->result.text), "%s", text);
	}
}

/* A8, first half: before any record is read, so that its root can be compared in passing. */
static enum status read_checkpoint(struct audit *audit, struct detail *detail)
{
	const struct records_head *head = audit->options.head;
	const char *text = audit->options.pinned_key;
	struct note_key key;

	if (text != NULL && note_key_parse(&key, bytes_of_string(text)) != STATUS_OK) {
		detail_set(detail, "--log-key", "is no public key of a log (a C2SP vkey)");
		return STATUS_INVALID;
	}
	if (head->note.size == 0) {
		return STATUS_OK;
	}
	if (text == NULL && note_key_parse(&key, bytes_of_string(head->key)) != STATUS_OK) {
		blame_whole(audit, "the key of the checkpoint is no key");
	} else if (checkpoint_open(&audit->checkpoint, head->note, &key) != STATUS_OK) {
		blame_whole(audit, "the checkpoint is not signed by the log's key");
		audit->checkpoint.head.size = 0;
	} else if (audit->checkpoint.head.size > head->size) {
		blame_whole(audit, "the checkpoint is of more records than there are: some are "
		                   "missing");
	}
	return STATUS_OK;
}

static enum status open_ledger(struct audit *audit, struct detail *detail)
{
	const struct store_options options = { .cache_bytes = STORE_CACHE_BYTES, .create = true };
	enum status status =
	        audit->options.store == NULL
	                ? store_memory_open(&audit->store)
	                : store_rocksdb_open(&audit->store, audit->options.store, &options, detail);

	if (status == STATUS_OK) {
		status = ledger_format(audit->store, &audit->options.head->ledger, detail);
	}
	return status == STATUS_OK ? ledger_open(&audit->ledger, audit->store, detail) : status;
}

static void free_audit(struct audit *audit)
{
	audit_pool_stop(&audit->pool);
	audit_erasure_free(audit->erasures);
	ledger_close(audit->ledger);
	store_close(audit->store);
	arena_fini(&audit->arena);
	free(audit);
}

enum status audit_begin(struct audit **out, const struct audit_options *options,
                        struct detail *detail)
{
	struct audit *audit = calloc(1, sizeof(*audit));

	if (audit == NULL) {
		return STATUS_NO_MEMORY;
	}
	audit->options = *options;
	audit->result.good = true;
	audit->executes = true;
	arena_init(&audit->arena, AUDIT_ARENA_BYTES);
	chain_init(&audit->chain);
	enum status status = read_checkpoint(audit, detail);
	if (status == STATUS_OK) {
		status = open_ledger(audit, detail);
	}
	if (status == STATUS_OK) {
		status = audit_pool_start(&audit->pool, options->workers);
	}
	if (status != STATUS_OK) {
		free_audit(audit);
		return status;
	}
	*out = audit;
	return STATUS_OK;
}

/* A5 and A6 of the chunk, side by side. */
static void finish_chunk(struct audit *audit)
{
	if (audit->count == 0) {
		return;
	}
	audit_pool_give(&audit->pool, audit->records, audit->count);
	if (audit->executes) {
		audit_execute(audit);
	}
	audit_pool_wait(&audit->pool);
	for (size_t i = 0; i < audit->count; i++) {
		const struct audit_record *record = &audit->records[i];

		audit->result.signatures += record->signature_count;
		if (!record->is_signed_well) {
			audit_blame(audit, record->index, "a signature is wrong");
		}
	}
	audit->count = 0;
	arena_reset(&audit->arena);
}

/* A8, second half. */
static void compare_checkpoint(struct audit *audit)
{
	struct hash root;

	if (audit->checkpoint.head.size == 0 || audit->tree.size != audit->checkpoint.head.size) {
		return;
	}
	audit_tree_root(&audit->tree, &root);
	if (hash_equal(&root, &audit->checkpoint.head.root)) {
		audit->result.checkpoint_size = audit->tree.size;
	} else {
		blame_whole(audit, "the records have another root than the checkpoint at its size");
	}
}

bool audit_take(void *context, const Civil__V1__LogRecord *record)
{
	struct audit *audit = context;
	bool good = audit_read(audit, record);

	if (!good || audit->count == AUDIT_CHUNK_RECORDS) {
		finish_chunk(audit);
	}
	if (!good) {
		return false;
	}
	compare_checkpoint(audit);
	/* A bad chunk is known here; its first bad record too. */
	return audit->trouble == STATUS_OK && !(audit->result.has_index && audit->count == 0);
}

/* A7. */
static void compare_head(struct audit *audit)
{
	const struct records_head *head = audit->options.head;

	audit_tree_root(&audit->tree, &audit->result.root);
	if (audit->tree.size != head->size) {
		blame_whole(audit, "records are missing at the end");
	} else if (!hash_equal(&audit->chain.head, &head->head) && head->size > 0) {
		audit_blame(audit, head->size - 1,
		            "this last record is another than the source claims");
	} else if (!hash_equal(&audit->result.root, &head->root)) {
		blame_whole(audit, "the records have another root than the source claims");
	} else if (audit->checkpoint.head.size > 0 && audit->result.checkpoint_size == 0) {
		blame_whole(audit, "the records have another root than the checkpoint");
	}
}

enum status audit_end(struct audit *audit, struct audit_result *result)
{
	finish_chunk(audit);
	audit_erasure_end(audit);
	compare_head(audit);
	audit->result.records = audit->tree.size;
	*result = audit->result;
	enum status trouble = audit->trouble;
	free_audit(audit);
	return trouble;
}
