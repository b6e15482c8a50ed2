/* Records read back: by index, event, request and case; and what the memo keeps of them. */
#include "ledger/base/crypto.h"
#include "ledger/memo.h"
#include "ledger/sealing.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

#include "civil/v1/event.pb-c.h"

/* A record in the memo: its bytes, and from the first question on what they say. */
struct memo_record {
	struct bytes record_bytes;
	struct bytes kept_bytes;
	struct hash event_id;
	bool is_unpacked;
	struct stored_record record;
};

/* Unpacks a record into an arena. `event_id` is NULL when it is not known. */
static enum status unpack_record(struct stored_record *out, uint64_t index, struct bytes bytes,
                                 struct bytes kept_bytes, const struct hash *event_id,
                                 struct arena *arena)
{
	ProtobufCAllocator *allocator = &arena->allocator;
	Civil__V1__Record *record = civil__v1__record__unpack(allocator, bytes.size, bytes.data);
	Civil__V1__RecordContent *kept =
	        civil__v1__record_content__unpack(allocator, kept_bytes.size, kept_bytes.data);

	if (record == NULL || kept == NULL || record->index != index) {
		return STATUS_CORRUPT;
	}
	struct bytes header = bytes_of(record->header.data, record->header.len);
	struct hash id = event_id == NULL ? crypto_event_id(header) : *event_id;
	/* What a court left of an erased content is read in its place. */
	const ProtobufCBinaryData *content =
	        kept->residue.len > 0 ? &kept->residue : &kept->content;
	struct event event;
	enum status status =
	        event_read_as(&event, &id, header, bytes_of(content->data, content->len),
	                      bytes_of(kept->opening.data, kept->opening.len), record->signatures,
	                      record->n_signatures, arena);
	if (status == STATUS_OK) {
		*out = (struct stored_record){
			.index = index,
			.recorded_at_ms = record->recorded_at_ms,
			.record_bytes = bytes,
			.record = record,
			.kept = kept,
			.event = event,
		};
	}
	return status;
}

static void index_key(uint8_t key[8], uint64_t index)
{
	bytes_write_u64(key, index);
}

/* The record as the memo has it, unpacked; NULL when it has not, or has no room. */
static const struct stored_record *recall(struct view *view, uint64_t index)
{
	uint8_t key[8];
	struct arena *arena;

	index_key(key, index);
	struct memo_record *kept =
	        memo_find(view->memo, &arena, MEMO_RECORD, bytes_of(key, sizeof(key)));
	if (kept == NULL) {
		return NULL;
	}
	if (!kept->is_unpacked) {
		kept->is_unpacked =
		        unpack_record(&kept->record, index, kept->record_bytes, kept->kept_bytes,
		                      &kept->event_id, arena) == STATUS_OK;
	}
	return kept->is_unpacked ? &kept->record : NULL;
}

static void remember_bytes(struct view *view, uint64_t index, struct bytes record_bytes,
                           struct bytes kept_bytes, const struct hash *event_id)
{
	uint8_t key[8];
	struct arena *arena;

	index_key(key, index);
	struct memo_record *kept = memo_put(view->memo, &arena, MEMO_RECORD,
	                                    bytes_of(key, sizeof(key)), sizeof(*kept));
	if (kept == NULL) {
		return;
	}
	const void *record_copy = arena_copy(arena, record_bytes);
	const void *kept_copy = arena_copy(arena, kept_bytes);
	if (record_copy == NULL || kept_copy == NULL) {
		memo_forget(view->memo, MEMO_RECORD, bytes_of(key, sizeof(key)));
		return;
	}
	kept->record_bytes = bytes_of(record_copy, record_bytes.size);
	kept->kept_bytes = bytes_of(kept_copy, kept_bytes.size);
	kept->event_id = *event_id;
}

static void remember_index(struct view *view, struct bytes event_id, uint64_t index)
{
	uint64_t *kept = memo_put(view->memo, NULL, MEMO_EVENT, event_id, sizeof(*kept));

	if (kept != NULL) {
		*kept = index;
	}
}

/* A case that the memo knows gets one record more; one that it does not know stays unknown. */
static void remember_step(struct view *view, struct bytes case_id, uint64_t index)
{
	if (case_id.size != ID_BYTES) {
		return;
	}
	struct memo_case *kept = memo_find(view->memo, NULL, MEMO_CASE, case_id);

	if (kept != NULL && kept->count < MEMO_CASE_INDEXES_MAX) {
		kept->index[kept->count] = index;
		kept->count++;
	} else if (kept != NULL) {
		memo_forget(view->memo, MEMO_CASE, case_id);
	}
}

void view_remember(struct view *view, const struct stored_record *record, struct bytes kept)
{
	const Civil__V1__EventHeader *header = record->event.header;

	if (view->memo != NULL) {
		remember_bytes(view, record->index, record->record_bytes, kept, &record->event.id);
		remember_index(view, bytes_of_hash(&record->event.id), record->index);
		remember_step(view, bytes_of(header->case_id.data, header->case_id.len),
		              record->index);
	}
}

/* Reads the rows of a record. */
static enum status read_rows(struct view *view, struct bytes *record, struct bytes *kept,
                             uint64_t index)
{
	struct key key;

	key_record(&key, index);
	enum status status = view_get(view, record, STORE_RECORD, key_bytes(&key));
	if (status == STATUS_OK) {
		status = view_get(view, kept, STORE_CONTENT, key_bytes(&key));
	}
	return status == STATUS_NOT_FOUND ? STATUS_CORRUPT : status;
}

enum status view_record(struct view *view, struct stored_record *out, uint64_t index)
{
	struct stored_record record;
	struct bytes record_bytes;
	struct bytes kept;

	if (index >= view->size) {
		return STATUS_NOT_FOUND;
	}
	bool covered;
	enum status status = sealing_covers(view, &covered, index);
	if (status != STATUS_OK || covered) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	const struct stored_record *known = recall(view, index);
	if (known != NULL) {
		*out = *known;
		return STATUS_OK;
	}
	status = read_rows(view, &record_bytes, &kept, index);
	if (status == STATUS_OK) {
		status = unpack_record(&record, index, record_bytes, kept, NULL, view->arena);
	}
	if (status == STATUS_OK) {
		if (view->memo != NULL) {
			remember_bytes(view, index, record_bytes, kept, &record.event.id);
		}
		*out = record;
	}
	return status;
}

/* Index of an event's record. STATUS_NOT_FOUND. */
static enum status view_index_of_event(struct view *view, uint64_t *index, struct bytes event_id)
{
	const uint64_t *known = memo_find(view->memo, NULL, MEMO_EVENT, event_id);

	if (known != NULL && *known < view->size) {
		*index = *known;
		return STATUS_OK;
	}
	return view_get_index(view, index, STORE_EVENT, event_id);
}

enum status view_record_by_event(struct view *view, struct stored_record *out,
                                 struct bytes event_id)
{
	uint64_t index;

	if (event_id.size != HASH_BYTES) {
		return STATUS_NOT_FOUND;
	}
	enum status status = view_index_of_event(view, &index, event_id);
	return status == STATUS_OK ? view_record(view, out, index) : status;
}

enum status view_event_of_request(struct view *view, struct hash *event_id, struct bytes request_id)
{
	struct bytes value;
	uint64_t index;
	enum status status = view_get(view, &value, STORE_REQUEST, request_id);

	if (status != STATUS_OK) {
		return status;
	}
	if (value.size != HASH_BYTES) {
		return STATUS_CORRUPT;
	}
	status = view_index_of_event(view, &index, value);
	if (status == STATUS_OK) {
		memcpy(event_id->bytes, value.data, HASH_BYTES);
	}
	return status;
}

/* Reads the indexes of a case, and keeps them when they are few. */
static enum status case_indexes(struct view *view, struct index_list *list, struct bytes case_id)
{
	struct memo_case *known = memo_find(view->memo, NULL, MEMO_CASE, case_id);

	if (known != NULL) {
		*list = (struct index_list){ .index = known->index, .count = known->count };
		return STATUS_OK;
	}
	enum status status = view_scan_indexes(view, list, STORE_CASE, case_id);
	if (status == STATUS_OK && view->memo != NULL && list->count <= MEMO_CASE_INDEXES_MAX) {
		known = memo_put(view->memo, NULL, MEMO_CASE, case_id, sizeof(*known));
	}
	if (known != NULL) {
		known->count = list->count;
		for (size_t i = 0; i < list->count; i++) {
			known->index[i] = list->index[i];
		}
	}
	return status;
}

enum status view_case(struct view *view, struct stored_record **records, size_t *count,
                      struct bytes case_id)
{
	struct index_list list = { 0 };
	enum status status = STATUS_OK;

	if (case_id.size == ID_BYTES) {
		status = case_indexes(view, &list, case_id);
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct stored_record *found = arena_array(view->arena, list.count, sizeof(*found));
	if (found == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < list.count; i++) {
		status = view_record(view, &found[i], list.index[i]);
		if (status != STATUS_OK) {
			return status;
		}
	}
	*records = found;
	*count = list.count;
	return STATUS_OK;
}
