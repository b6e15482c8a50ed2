#include "api/log_records.h"

#include "ledger/store/keys.h"

enum {
	WIRE_VARINT = 0,
	WIRE_BYTES = 2,
	VARINT_BYTES_MAX = 10,
	ARENA_ROUND_BYTES = 1 << 20, /* the arena is emptied each time it has given this much */
};

/* Field numbers of LogRecord, and of `records` in both responses. */
enum {
	FIELD_RECORDS = 1,
	FIELD_INDEX = 1,
	FIELD_RECORD = 2,
	FIELD_CONTENT = 3,
	FIELD_OPENING = 4,
	FIELD_RESIDUE = 5,
	FIELD_ERASED_BY = 6,
};

/* What is kept beside a record, as far as it is delivered. */
struct kept {
	struct bytes content;
	struct bytes opening;
	struct bytes residue;
	struct bytes erased_by;
};

static void append_varint(struct buf *out, uint64_t value)
{
	uint8_t bytes[VARINT_BYTES_MAX];
	size_t size = 0;

	while (value >= 0x80) {
		bytes[size] = (uint8_t)(value | 0x80);
		size++;
		value >>= 7;
	}
	bytes[size] = (uint8_t)value;
	buf_append(out, bytes_of(bytes, size + 1));
}

static size_t varint_size(uint64_t value)
{
	size_t size = 1;

	for (; value >= 0x80; value >>= 7) {
		size++;
	}
	return size;
}

static void append_tag(struct buf *out, unsigned field, unsigned wire_type)
{
	append_varint(out, (uint64_t)field << 3 | wire_type);
}

/* Size of a bytes field with a number below 16; an empty one is not there. */
static size_t field_size(struct bytes bytes)
{
	return bytes.size == 0 ? 0 : 1 + varint_size(bytes.size) + bytes.size;
}

static void append_field(struct buf *out, unsigned field, struct bytes bytes)
{
	if (bytes.size > 0) {
		append_tag(out, field, WIRE_BYTES);
		append_varint(out, bytes.size);
		buf_append(out, bytes);
	}
}

static void append_log_record(struct buf *out, uint64_t index, struct bytes record,
                              const struct kept *kept)
{
	size_t size = (index == 0 ? 0 : 1 + varint_size(index)) + field_size(record) +
	              field_size(kept->content) + field_size(kept->opening) +
	              field_size(kept->residue) + field_size(kept->erased_by);

	append_tag(out, FIELD_RECORDS, WIRE_BYTES);
	append_varint(out, size);
	if (index != 0) { /* proto3 does not write zeros */
		append_tag(out, FIELD_INDEX, WIRE_VARINT);
		append_varint(out, index);
	}
	append_field(out, FIELD_RECORD, record);
	append_field(out, FIELD_CONTENT, kept->content);
	append_field(out, FIELD_OPENING, kept->opening);
	append_field(out, FIELD_RESIDUE, kept->residue);
	append_field(out, FIELD_ERASED_BY, kept->erased_by);
}

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* What is kept beside a record, in the view's arena. */
static enum status read_kept(struct view *view, struct store_cursor *cursor, struct kept *out)
{
	if (view->arena->used > ARENA_ROUND_BYTES) {
		arena_reset(view->arena);
	}
	if (!store_cursor_valid(cursor)) {
		enum status status = store_cursor_status(cursor);

		return status == STATUS_OK ? STATUS_CORRUPT : status;
	}
	struct bytes value = store_cursor_value(cursor);
	const Civil__V1__RecordContent *kept =
	        civil__v1__record_content__unpack(&view->arena->allocator, value.size, value.data);
	if (kept == NULL) {
		return STATUS_CORRUPT;
	}
	*out = (struct kept){ .content = of(kept->content),
		              .opening = of(kept->opening),
		              .residue = of(kept->residue),
		              .erased_by = of(kept->erased_by) };
	store_cursor_next(cursor);
	return STATUS_OK;
}

enum status log_records_append(struct view *view, struct buf *out, uint64_t *next,
                               bool with_content, size_t count_max, size_t bytes_max)
{
	struct bytes nothing = bytes_of(NULL, 0);
	struct kept kept = { .content = nothing };
	struct key start;
	enum status status = STATUS_OK;
	size_t begin = out->size;

	if (*next >= view->size) {
		return STATUS_OK;
	}
	key_record(&start, *next);
	struct store_cursor *records =
	        store_cursor_open(view->store, STORE_RECORD, nothing, key_bytes(&start));
	struct store_cursor *contents = with_content ? store_cursor_open(view->store, STORE_CONTENT,
	                                                                 nothing, key_bytes(&start))
	                                             : NULL;
	if (records == NULL || (with_content && contents == NULL)) {
		status = STATUS_NO_MEMORY;
		goto out;
	}
	for (size_t i = 0; i < count_max && *next < view->size && out->size - begin <= bytes_max;
	     i++) {
		uint64_t index;

		if (!store_cursor_valid(records)) {
			status = store_cursor_status(records);
			status = status == STATUS_OK ? STATUS_CORRUPT : status;
			goto out;
		}
		if (!key_read_record(store_cursor_key(records), &index) || index != *next) {
			status = STATUS_CORRUPT; /* a record is missing */
			goto out;
		}
		if (with_content) {
			status = read_kept(view, contents, &kept);
			if (status != STATUS_OK) {
				goto out;
			}
		}
		append_log_record(out, index, store_cursor_value(records), &kept);
		store_cursor_next(records);
		(*next)++;
	}
	status = buf_status(out);
out:
	if (records != NULL) {
		store_cursor_close(records);
	}
	if (contents != NULL) {
		store_cursor_close(contents);
	}
	return status;
}
