#include "ledger/base/assert.h"
#include "ledger/base/unpack.h"
#include "node/outbox_internal.h"

#include <stdlib.h>

struct bytes outbox_next_key(void)
{
	return bytes_of_string("next");
}

struct bytes outbox_key(uint8_t key[8], uint64_t number)
{
	bytes_write_u64(key, number);
	return bytes_of(key, 8);
}

bool outbox_parse(struct outbox_entry *entry, struct bytes *refusal, struct bytes *signed_event,
                  struct bytes value)
{
	struct unpack unpack = unpack_of(value);

	entry->queued_at_ms = (int64_t)unpack_u64(&unpack);
	uint8_t state = unpack_u8(&unpack);
	unpack_copy(&unpack, entry->event_id.bytes, HASH_BYTES);
	unpack_copy(&unpack, entry->request_id.bytes, ID_BYTES);
	uint32_t size = unpack_u32(&unpack);
	*refusal = unpack_bytes(&unpack, size);
	*signed_event = unpack.rest;
	entry->bytes = unpack.rest.size;
	entry->state = state == OUTBOX_REFUSED ? OUTBOX_REFUSED : OUTBOX_WAITING;
	return !unpack.failed && state <= OUTBOX_REFUSED && entry->bytes > 0;
}

void outbox_put(struct store_batch *batch, const struct outbox_entry *entry, struct bytes refusal,
                struct bytes signed_event)
{
	struct buf value;
	uint8_t key[8];

	buf_init(&value, VALUE_BYTES_MAX);
	buf_append_u64(&value, (uint64_t)entry->queued_at_ms);
	buf_append_u8(&value, (uint8_t)entry->state);
	buf_append(&value, bytes_of_hash(&entry->event_id));
	buf_append(&value, bytes_of_id(&entry->request_id));
	buf_append_u32(&value, (uint32_t)refusal.size);
	buf_append(&value, refusal);
	buf_append(&value, signed_event);
	ASSERT(buf_status(&value) == STATUS_OK); /* both are bounded by who calls */
	store_batch_put(batch, STORE_WORK, outbox_key(key, entry->number), buf_bytes(&value));
	buf_fini(&value);
}

static enum status load_entries(struct outbox *outbox, struct store_view *view,
                                struct detail *detail)
{
	struct store_cursor *cursor =
	        store_cursor_open(view, STORE_WORK, bytes_of(NULL, 0), bytes_of(NULL, 0));
	enum status status = cursor == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	for (; status == STATUS_OK && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct outbox_entry *entry = &outbox->entries[outbox->count];
		struct bytes key = store_cursor_key(cursor);
		struct bytes ignored[2];

		if (outbox->count == OUTBOX_ENTRIES_MAX || key.size != 8 ||
		    !outbox_parse(entry, &ignored[0], &ignored[1], store_cursor_value(cursor))) {
			detail_set(detail, "outbox", "holds an entry that is none");
			status = STATUS_CORRUPT;
			break;
		}
		entry->number = bytes_read_u64(key.data);
		outbox->bytes += entry->bytes;
		outbox->count++;
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

static enum status load(struct outbox *outbox, struct detail *detail)
{
	struct store_view *view = store_view_begin(outbox->store);
	struct buf next;

	if (view == NULL) {
		return STATUS_NO_MEMORY;
	}
	buf_init(&next, 8);
	enum status status = store_get(view, &next, STORE_META, outbox_next_key());
	if (status == STATUS_OK && next.size == 8) {
		outbox->next = bytes_read_u64(next.data);
	} else if (status == STATUS_NOT_FOUND) {
		status = STATUS_OK;
	} else if (status == STATUS_OK) {
		status = STATUS_CORRUPT;
	}
	if (status == STATUS_OK) {
		status = load_entries(outbox, view, detail);
	}
	buf_fini(&next);
	store_view_end(view);
	return status;
}

enum status outbox_open(struct outbox **out, struct store *store, struct detail *detail)
{
	struct outbox *outbox = calloc(1, sizeof(*outbox));

	if (outbox == NULL) {
		return STATUS_NO_MEMORY;
	}
	outbox->store = store;
	outbox->next = 1;
	(void)pthread_mutex_init(&outbox->lock, NULL);
	outbox->entries = calloc(OUTBOX_ENTRIES_MAX, sizeof(*outbox->entries));
	enum status status = outbox->entries == NULL ? STATUS_NO_MEMORY : load(outbox, detail);
	if (status != STATUS_OK) {
		outbox_close(outbox);
		return status;
	}
	*out = outbox;
	return STATUS_OK;
}

void outbox_close(struct outbox *outbox)
{
	if (outbox == NULL) {
		return;
	}
	(void)pthread_mutex_destroy(&outbox->lock);
	free(outbox->entries);
	free(outbox);
}
