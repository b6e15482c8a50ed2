#include "ledger/ledger.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/format.h"
#include "ledger/ledger_internal.h"
#include "ledger/log/merkle.h"
#include "ledger/receipt.h"
#include "ledger/store/keys.h"

#include <stdlib.h>

enum {
	RESULTS_ARENA_BYTES_MAX = 64 * 1024 * 1024, /* 512 verdicts of 128 findings with facts */
};

enum status ledger_format(struct store *store, const struct id *ledger_id, struct detail *detail)
{
	struct ledger_head head = { .size = 0 };
	struct ledger_head present;
	struct store_view *view = store_view_begin(store);
	struct store_batch *batch = store_batch_begin(store);
	uint8_t version[4];
	struct key key;
	enum status status = STATUS_NO_MEMORY;

	if (view == NULL || batch == NULL) {
		goto out;
	}
	status = head_read(view, &present);
	if (status != STATUS_NOT_FOUND) {
		detail_set(detail, "", "the store holds a ledger already");
		status = status == STATUS_OK ? STATUS_EXISTS : status;
		goto out;
	}
	bytes_write_u32(version, LEDGER_FORMAT);
	key_meta(&key, "format");
	store_batch_put(batch, STORE_META, key_bytes(&key), bytes_of(version, sizeof(version)));
	key_meta(&key, "ledger");
	store_batch_put(batch, STORE_META, key_bytes(&key), bytes_of_id(ledger_id));
	merkle_empty(&head.root);
	head_write(batch, &head);
	status = store_batch_commit(batch, STORE_SYNCED);
out:
	store_batch_end(batch);
	if (view != NULL) {
		store_view_end(view);
	}
	return status;
}

/* Reads a META value of exactly `size` bytes. */
static enum status read_meta(struct store_view *view, void *out, size_t size, const char *name)
{
	struct key key;
	struct buf value;

	key_meta(&key, name);
	buf_init(&value, size);
	enum status status = store_get(view, &value, STORE_META, key_bytes(&key));
	if (status == STATUS_OK) {
		status = value.size == size ? STATUS_OK : STATUS_CORRUPT;
	}
	if (status == STATUS_OK) {
		memcpy(out, value.data, size);
	}
	buf_fini(&value);
	return status;
}

static enum status read_format(struct store_view *view, struct ledger *ledger,
                               struct detail *detail)
{
	uint8_t version[4];
	enum status status = read_meta(view, version, sizeof(version), "format");

	if (status == STATUS_NOT_FOUND) {
		detail_set(detail, "", "the folder holds no ledger; make one with civild format");
	}
	if (status != STATUS_OK) {
		return status;
	}
	ledger->format = bytes_read_u32(version);
	if (ledger->format < LEDGER_FORMAT_OLDEST || ledger->format > LEDGER_FORMAT) {
		detail_set(detail, "",
		           "the ledger has format %u and this program knows %d to %d; %s",
		           ledger->format, LEDGER_FORMAT_OLDEST, LEDGER_FORMAT,
		           ledger->format > LEDGER_FORMAT
		                   ? "start the newer program that wrote it"
		                   : "start an older program, or restore from a peer");
		return STATUS_UNSUPPORTED;
	}
	return read_meta(view, ledger->id.bytes, ID_BYTES, "ledger");
}

/* The last record must hash to the head, and the tree's edge to the root. */
static enum status check_head(struct ledger *ledger, struct store_view *store,
                              struct detail *detail)
{
	struct view view = { .store = store, .size = ledger->head.size, .arena = &ledger->scratch };
	struct stored_record last;
	struct hash root;
	struct hash hash = { { 0 } };
	enum status status = tree_open(&ledger->tree, store, ledger->head.size);

	if (status == STATUS_OK && ledger->head.size > 0) {
		status = view_record(&view, &last, ledger->head.size - 1);
	}
	if (status != STATUS_OK) {
		detail_set(detail, "", "the newest of %llu records cannot be read",
		           (unsigned long long)ledger->head.size);
		return status;
	}
	if (ledger->head.size > 0) {
		merkle_leaf(&hash, last.record_bytes);
	}
	tree_root(&ledger->tree, &root);
	if (!hash_equal(&hash, &ledger->head.head) || !hash_equal(&root, &ledger->head.root)) {
		detail_set(detail, "",
		           "record %llu or the tree is not what was written; restore from a "
		           "backup or a peer",
		           (unsigned long long)ledger->head.size - 1);
		return STATUS_CORRUPT;
	}
	arena_reset(&ledger->scratch);
	return STATUS_OK;
}

enum status ledger_open(struct ledger **out, struct store *store, struct detail *detail)
{
	struct ledger *ledger = calloc(1, sizeof(*ledger));
	struct store_view *view = store_view_begin(store);
	enum status status = STATUS_NO_MEMORY;

	if (ledger == NULL || view == NULL) {
		goto out;
	}
	ledger->store = store;
	ledger->rows = row_cache_new(); /* without one, applying is slower */
	ledger->memo = memo_new();      /* without one, slower still */
	arena_init(&ledger->results, RESULTS_ARENA_BYTES_MAX);
	arena_init(&ledger->scratch, FOLD_ARENA_BYTES_MAX);
	arena_init(&ledger->reference_arena, REFERENCE_ARENA_BYTES_MAX);
	status = read_format(view, ledger, detail);
	if (status == STATUS_OK) {
		status = head_read(view, &ledger->head);
	}
	if (status == STATUS_OK) {
		status = check_head(ledger, view, detail);
	}
	if (status == STATUS_OK) {
		status = purge_load(ledger, view);
	}
	if (status == STATUS_OK) {
		*out = ledger;
		ledger = NULL;
	}
out:
	if (view != NULL) {
		store_view_end(view);
	}
	ledger_close(ledger);
	return status;
}

static void lent_free(struct lent *lent)
{
	if (lent != NULL) {
		tables_free(lent->tables);
		arena_fini(&lent->arena);
		free(lent);
	}
}

void ledger_close(struct ledger *ledger)
{
	if (ledger == NULL) {
		return;
	}
	arena_fini(&ledger->results);
	arena_fini(&ledger->scratch);
	arena_fini(&ledger->reference_arena);
	for (size_t i = 0; i < LENT_MAX; i++) {
		lent_free(ledger->lent[i]);
	}
	row_cache_free(ledger->rows);
	memo_free(ledger->memo);
	free(ledger);
}

struct ledger_head ledger_head(const struct ledger *ledger)
{
	return ledger->head;
}

uint32_t ledger_format_of(const struct ledger *ledger)
{
	return ledger->format;
}

struct id ledger_id(const struct ledger *ledger)
{
	return ledger->id;
}

enum status ledger_admit(struct event *event, struct detail *detail, const struct id *ledger_id,
                         struct bytes signed_event, struct arena *arena)
{
	enum status status = event_admit(event, signed_event, arena, detail);

	return status == STATUS_OK ? ledger_is_its_own(event, detail, ledger_id) : status;
}

enum status ledger_is_its_own(const struct event *event, struct detail *detail,
                              const struct id *ledger_id)
{
	if (!bytes_equal(bytes_of(event->header->ledger_id.data, event->header->ledger_id.len),
	                 bytes_of_id(ledger_id))) {
		detail_set(detail, "header.ledger_id", "the event is for another ledger");
		return STATUS_INVALID;
	}
	return STATUS_OK;
}

enum status ledger_find_repetition(struct view *view, struct ledger_result *result,
                                   struct arena *results, const struct event *event)
{
	struct stored_record record;
	enum status status = view_record_by_event(view, &record, bytes_of_hash(&event->id));

	if (status == STATUS_OK) {
		const Civil__V1__Receipt *receipt = receipt_of(&record, view->arena);

		result->repeated = true;
		result->receipt = receipt == NULL ? NULL : receipt_copy(receipt, results);
		result->status = STATUS_OK;
		return result->receipt == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (status != STATUS_NOT_FOUND) {
		return status;
	}
	status = view_event_of_request(
	        view, &result->first_event_id,
	        bytes_of(event->header->request_id.data, event->header->request_id.len));
	if (status == STATUS_OK) {
		result->status = STATUS_EXISTS;
	}
	return status;
}

static struct lent *lent_new(void)
{
	struct lent *lent = calloc(1, sizeof(*lent));

	if (lent == NULL) {
		return NULL;
	}
	arena_init(&lent->arena, FOLD_ARENA_BYTES_MAX);
	lent->tables = tables_new();
	if (lent->tables == NULL) {
		lent_free(lent);
		return NULL;
	}
	return lent;
}

/* What no view uses, or new; NULL when there is no memory for it. */
static struct lent *lent_take(struct ledger *ledger)
{
	for (size_t i = 0; i < LENT_MAX; i++) {
		struct lent *lent = atomic_exchange(&ledger->lent[i], NULL);

		if (lent != NULL) {
			return lent;
		}
	}
	return lent_new();
}

static void lent_give(struct ledger *ledger, struct lent *lent)
{
	for (size_t i = 0; lent != NULL && i < LENT_MAX; i++) {
		struct lent *none = NULL;

		if (atomic_compare_exchange_strong(&ledger->lent[i], &none, lent)) {
			return;
		}
	}
	lent_free(lent);
}

enum status ledger_view_begin(struct ledger *ledger, struct ledger_view *out)
{
	struct store_view *store = store_view_begin(ledger->store);

	if (store == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = head_read(store, &out->head);
	if (status != STATUS_OK) {
		store_view_end(store);
		return status;
	}
	out->ledger = ledger;
	out->ledger_id = ledger->id;
	out->view = (struct view){ .store = store, .size = out->head.size, .arena = &out->arena };
	out->lent = lent_take(ledger);
	if (out->lent == NULL) {
		arena_init(&out->arena, FOLD_ARENA_BYTES_MAX);
		return STATUS_OK;
	}
	arena_move(&out->arena, &out->lent->arena);
	status = tables_enter(out->lent->tables, &out->view);
	if (status != STATUS_OK) {
		ledger_view_end(out);
	}
	return status;
}

void ledger_view_end(struct ledger_view *view)
{
	store_view_end(view->view.store);
	if (view->lent == NULL || view->arena.held > LENT_BYTES_MAX) {
		arena_fini(&view->arena);
	}
	if (view->lent != NULL) {
		arena_reset(&view->arena);
		arena_move(&view->lent->arena, &view->arena);
		lent_give(view->ledger, view->lent);
	}
}

enum status ledger_preview(struct ledger_view *view, struct ledger_result *out,
                           struct bytes signed_event, int64_t recorded_at_ms)
{
	struct event event;

	*out = (struct ledger_result){ .status = STATUS_INVALID };
	enum status status =
	        ledger_admit(&event, &out->detail, &view->ledger_id, signed_event, &view->arena);
	if (status != STATUS_OK) {
		return status == STATUS_INVALID ? STATUS_OK : status;
	}
	out->event_id = event.id;
	status = ledger_find_repetition(&view->view, out, &view->arena, &event);
	if (status != STATUS_NOT_FOUND) {
		return status;
	}
	status =
	        rules_judge(&view->view, &out->verdict, &event,
	                    recorded_at_ms > view->head.recorded_at_ms ? recorded_at_ms
	                                                               : view->head.recorded_at_ms);
	if (status == STATUS_OK) {
		out->status = out->verdict.accepted ? STATUS_OK : STATUS_REFUSED;
	}
	return status;
}

enum status ledger_receipt(struct view *view, Civil__V1__Receipt **out, struct bytes event_id)
{
	struct stored_record record;
	enum status status = view_record_by_event(view, &record, event_id);

	if (status != STATUS_OK) {
		return status;
	}
	Civil__V1__Receipt *receipt = receipt_of(&record, view->arena);
	if (receipt == NULL) {
		return STATUS_NO_MEMORY;
	}
	*out = receipt;
	return STATUS_OK;
}

enum status ledger_root(struct view *view, struct hash *out, uint64_t size)
{
	if (size > view->size) {
		return STATUS_OUT_OF_RANGE;
	}
	return tree_root_at(view->store, out, size);
}
