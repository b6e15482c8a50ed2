#include "node/access_log.h"

#include "ledger/base/assert.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

enum { HEAD_BYTES = 8 + HASH_BYTES };

struct hash access_log_hash(struct bytes entry)
{
	struct crypto_sha256_state state;

	crypto_sha256_begin(&state);
	crypto_sha256_update(&state, bytes_of_string(ACCESS_DOMAIN));
	crypto_sha256_update(&state, entry);
	return crypto_sha256_end(&state);
}

/* Compares the head with the entry that it is of. */
static enum status check_last(struct store_view *view, const struct access_head *head)
{
	struct buf entry;
	struct key key;

	if (head->count == 0) {
		return STATUS_OK;
	}
	key_record(&key, head->count - 1);
	buf_init(&entry, ACCESS_ENTRY_BYTES_MAX);
	enum status status = store_get(view, &entry, STORE_RECORD, key_bytes(&key));
	struct hash hash = access_log_hash(buf_bytes(&entry));
	if (status == STATUS_NOT_FOUND ||
	    (status == STATUS_OK && !hash_equal(&hash, &head->hash))) {
		status = STATUS_CORRUPT;
	}
	buf_fini(&entry);
	return status;
}

enum status access_log_head(struct store_view *view, struct access_head *out, struct detail *detail)
{
	struct buf value;
	struct key key;

	*out = (struct access_head){ .count = 0 };
	key_meta(&key, "head");
	buf_init(&value, HEAD_BYTES);
	enum status status = store_get(view, &value, STORE_META, key_bytes(&key));
	if (status == STATUS_OK) {
		struct unpack unpack = unpack_of(buf_bytes(&value));

		out->count = unpack_u64(&unpack);
		unpack_copy(&unpack, out->hash.bytes, HASH_BYTES);
		status = unpack.failed ? STATUS_CORRUPT : check_last(view, out);
	} else if (status == STATUS_NOT_FOUND) {
		status = STATUS_OK;
	}
	buf_fini(&value);
	if (status == STATUS_CORRUPT) {
		detail_set(detail, "access", "the head of the log is not that of its last entry");
	}
	return status;
}

static void put_name(struct store_batch *batch, const char *name, int64_t at_ms, uint64_t index)
{
	struct key key;

	if (name[0] == '\0') {
		return;
	}
	key_begin(&key);
	key_string0(&key, bytes_of_string(name));
	key_u64(&key, (uint64_t)at_ms);
	key_u64(&key, index);
	if (!key_failed(&key)) { /* a name too long for a key is found among all entries */
		store_batch_put(batch, STORE_WORK, key_bytes(&key), bytes_of(NULL, 0));
	}
}

bool access_log_holds(const Civil__V1__AccessEntry *entry)
{
	uint8_t hash[HASH_BYTES] = { 0 };
	Civil__V1__AccessEntry whole = *entry;

	whole.index = UINT64_MAX;
	whole.previous = (ProtobufCBinaryData){ .data = hash, .len = sizeof(hash) };
	return civil__v1__access_entry__get_packed_size(&whole) <= ACCESS_ENTRY_BYTES_MAX;
}

static enum status put_entry(struct store_batch *batch, struct access_head *head,
                             const struct access_draft *draft, struct buf *buf)
{
	Civil__V1__AccessEntry *entry = draft->entry;
	struct hash previous = head->hash;
	struct key key;

	entry->index = head->count;
	entry->previous = (ProtobufCBinaryData){ .data = previous.bytes, .len = HASH_BYTES };
	buf_reset(buf);
	uint8_t *packed = buf_extend(buf, civil__v1__access_entry__get_packed_size(entry));
	if (packed == NULL) {
		return STATUS_NO_MEMORY;
	}
	(void)civil__v1__access_entry__pack(entry, packed);
	entry->previous = (ProtobufCBinaryData){ .data = NULL, .len = 0 };
	key_record(&key, entry->index);
	store_batch_put(batch, STORE_RECORD, key_bytes(&key), buf_bytes(buf));
	for (size_t i = 0; i < draft->told_count; i++) {
		key_history(&key, &draft->told[i], entry->index);
		store_batch_put(batch, STORE_HISTORY, key_bytes(&key), bytes_of(NULL, 0));
	}
	put_name(batch, entry->caller, entry->at_ms, entry->index);
	if (entry->attempt != NULL && strcmp(entry->attempt->office_id, entry->caller) != 0) {
		put_name(batch, entry->attempt->office_id, entry->at_ms, entry->index);
	}
	head->hash = access_log_hash(buf_bytes(buf));
	head->count++;
	return STATUS_OK;
}

static void put_head(struct store_batch *batch, const struct access_head *head)
{
	uint8_t value[HEAD_BYTES];
	struct key key;

	bytes_write_u64(value, head->count);
	memcpy(value + 8, head->hash.bytes, HASH_BYTES);
	key_meta(&key, "head");
	store_batch_put(batch, STORE_META, key_bytes(&key), bytes_of(value, sizeof(value)));
}

enum status access_log_append(struct store *store, struct access_head *head,
                              struct access_draft *const drafts[], size_t count)
{
	struct store_batch *batch = store_batch_begin(store);
	struct access_head next = *head;
	enum status status = STATUS_OK;
	struct buf buf;

	if (batch == NULL) {
		return STATUS_NO_MEMORY;
	}
	buf_init(&buf, ACCESS_ENTRY_BYTES_MAX);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = put_entry(batch, &next, drafts[i], &buf);
	}
	if (status == STATUS_OK) {
		put_head(batch, &next);
		status = store_batch_commit(batch, STORE_SYNCED);
	}
	if (status == STATUS_OK) {
		*head = next;
	}
	store_batch_end(batch);
	buf_fini(&buf);
	return status;
}

enum status access_log_read(struct store_view *view, Civil__V1__AccessEntry **out, uint64_t index,
                            struct arena *arena)
{
	struct buf value;
	struct key key;

	key_record(&key, index);
	buf_init(&value, ACCESS_ENTRY_BYTES_MAX);
	enum status status = store_get(view, &value, STORE_RECORD, key_bytes(&key));
	if (status == STATUS_OK) {
		*out = civil__v1__access_entry__unpack(&arena->allocator, value.size, value.data);
		if (*out == NULL) {
			status = arena->cap_reached || arena->heap_failed ? STATUS_NO_MEMORY
			                                                  : STATUS_CORRUPT;
		}
	}
	buf_fini(&value);
	return status;
}

/* Entries that one person is told of, as a cursor stands on them. */
struct told {
	struct store_cursor *cursor;
	uint64_t index; /* UINT64_MAX behind the last */
};

static enum status told_read(struct told *told)
{
	struct id person;

	told->index = UINT64_MAX;
	if (!store_cursor_valid(told->cursor)) {
		return store_cursor_status(told->cursor);
	}
	return key_read_history(store_cursor_key(told->cursor), &person, &told->index)
	               ? STATUS_OK
	               : STATUS_CORRUPT;
}

static enum status told_open(struct told *told, struct store_view *view, const struct id *person,
                             uint64_t from)
{
	struct key prefix;
	struct key start;

	key_history_prefix(&prefix, person);
	key_history(&start, person, from);
	told->cursor =
	        store_cursor_open(view, STORE_HISTORY, key_bytes(&prefix), key_bytes(&start));
	return told->cursor == NULL ? STATUS_NO_MEMORY : told_read(told);
}

/* The lowest index of all; those that stand on it step on. */
static enum status told_next(struct told told[], size_t count, uint64_t *out)
{
	enum status status = STATUS_OK;

	*out = UINT64_MAX;
	for (size_t i = 0; i < count; i++) {
		*out = told[i].index < *out ? told[i].index : *out;
	}
	for (size_t i = 0; *out != UINT64_MAX && status == STATUS_OK && i < count; i++) {
		if (told[i].index == *out) {
			store_cursor_next(told[i].cursor);
			status = told_read(&told[i]);
		}
	}
	return status;
}

enum status access_log_of_persons(struct store_view *view, uint64_t indexes[], size_t *count,
                                  size_t room, const struct id persons[], size_t person_count,
                                  uint64_t from)
{
	struct told told[ACCESS_PERSONS_MAX] = { { .cursor = NULL } };
	enum status status = STATUS_OK;
	uint64_t index = 0;

	ASSERT(person_count <= ACCESS_PERSONS_MAX);
	*count = 0;
	for (size_t i = 0; status == STATUS_OK && i < person_count; i++) {
		status = told_open(&told[i], view, &persons[i], from);
	}
	while (status == STATUS_OK && *count < room && index != UINT64_MAX) {
		status = told_next(told, person_count, &index);
		if (status == STATUS_OK && index != UINT64_MAX) {
			indexes[*count] = index;
			(*count)++;
		}
	}
	for (size_t i = 0; i < person_count; i++) {
		store_cursor_close(told[i].cursor);
	}
	return status;
}

static bool read_place(struct access_place *place, struct bytes key, size_t prefix)
{
	struct bytes rest = bytes_of(key.data + prefix, key.size - prefix);
	uint64_t at_ms;

	if (!key_read_u64(&rest, &at_ms) || !key_read_u64(&rest, &place->index) || rest.size != 0) {
		return false;
	}
	place->at_ms = (int64_t)at_ms;
	return true;
}

enum status access_log_of_name(struct store_view *view, struct access_place places[], size_t *count,
                               size_t room, const char *name, struct access_place from,
                               int64_t end_ms)
{
	struct key prefix;

	*count = 0;
	key_begin(&prefix);
	key_string0(&prefix, bytes_of_string(name));
	if (key_failed(&prefix) || name[0] == '\0') {
		return STATUS_INVALID;
	}
	struct key start = prefix;
	key_u64(&start, from.at_ms < 0 ? 0 : (uint64_t)from.at_ms);
	key_u64(&start, from.index);
	if (key_failed(&start)) {
		return STATUS_INVALID;
	}
	struct store_cursor *cursor =
	        store_cursor_open(view, STORE_WORK, key_bytes(&prefix), key_bytes(&start));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = STATUS_OK;
	for (; *count < room && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		if (!read_place(&places[*count], store_cursor_key(cursor), prefix.size)) {
			status = STATUS_CORRUPT;
			break;
		}
		if (places[*count].at_ms >= end_ms) {
			break;
		}
		(*count)++;
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}
