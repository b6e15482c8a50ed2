/* Seals that end, and seals that are opened to a reader. */
#include "ledger/sealing_internal.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

enum status sealing_release(struct view *view, struct store_batch *batch, struct bytes target)
{
	struct stored_record seal;
	struct sealing_row rows[SEALS_MAX];
	struct key prefix;
	struct key key;
	size_t count = SEALS_MAX;
	enum status status = view_record_by_event(view, &seal, target);

	sealing_key(&prefix, 'x');
	key_u64(&prefix, seal.index);
	while (status == STATUS_OK && count == SEALS_MAX) { /* deleted rows are not read again */
		status = sealing_rows(view, rows, &count, &prefix, SEALS_MAX);
		for (size_t i = 0; status == STATUS_OK && i < count; i++) {
			sealing_key(&key, 'x');
			key_u64(&key, seal.index);
			key_u64(&key, rows[i].index);
			store_batch_delete(batch, STORE_NAME, key_bytes(&key));
			sealing_key(&key, 'q');
			key_u64(&key, rows[i].index);
			key_u64(&key, seal.index);
			store_batch_delete(batch, STORE_NAME, key_bytes(&key));
		}
	}
	for (size_t i = 0; status == STATUS_OK && i < seal.event.header->n_subjects; i++) {
		struct id person = event_subject_id(&seal.event, i);

		sealing_key(&key, 'z');
		key_id(&key, &person);
		key_u64(&key, seal.index);
		store_batch_delete(batch, STORE_NAME, key_bytes(&key));
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status sealing_open(struct view *view, struct store_batch *batch,
                         const struct stored_record *record)
{
	const Civil__V1__SealOpened *opened = record->event.content->seal_opened;
	struct stored_record seal;
	enum status status = view_record_by_event(view, &seal, of(opened->target));

	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	size_t length = strlen(opened->reader);
	uint8_t *value = arena_alloc(view->arena, sizeof(uint64_t) + length);
	struct key key;

	if (value == NULL) {
		return STATUS_NO_MEMORY;
	}
	bytes_write_u64(value, seal.index);
	memcpy(value + sizeof(uint64_t), opened->reader, length);
	sealing_key_warrant(&key, opened->warrant);
	key_u64(&key, record->index);
	store_batch_put(batch, STORE_NAME, key_bytes(&key),
	                bytes_of(value, sizeof(uint64_t) + length));
	return STATUS_OK;
}
