#include "ledger/person/cache.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/store/keys.h"

enum { CACHE_VERSION = 1, CACHE_HEAD_BYTES = 1 + 8 + 4 + 1 };
enum { FLAG_AMENDED = 1, FLAG_PROVISIONAL = 2 };

enum status cache_read(struct view *view, struct cache_entry *out, const struct id *person)
{
	struct cache_entry entry;
	struct key key;
	struct buf buf;

	key_person(&key, person);
	buf_init(&buf, FOLD_ARENA_BYTES_MAX);
	enum status status = store_get(view->store, &buf, STORE_PERSON, key_bytes(&key));
	void *copy = status == STATUS_OK ? arena_copy(view->arena, buf_bytes(&buf)) : NULL;
	struct unpack unpack = unpack_of(bytes_of(copy, buf.size));

	buf_fini(&buf);
	if (status != STATUS_OK) {
		return status;
	}
	if (copy == NULL) {
		return STATUS_NO_MEMORY;
	}
	uint8_t version = unpack_u8(&unpack);
	entry.as_of = unpack_u64(&unpack);
	entry.last_day = (int32_t)unpack_u32(&unpack);
	uint8_t flags = unpack_u8(&unpack);
	entry.amended = (flags & FLAG_AMENDED) != 0;
	entry.provisional = (flags & FLAG_PROVISIONAL) != 0;
	entry.packed = unpack.rest;
	if (unpack.failed || version != CACHE_VERSION) {
		return STATUS_CORRUPT;
	}
	*out = entry;
	return STATUS_OK;
}

enum status cache_unpack(Civil__V1__PersonState **out, const struct cache_entry *entry,
                         struct arena *arena)
{
	Civil__V1__PersonState *state = civil__v1__person_state__unpack(
	        &arena->allocator, entry->packed.size, entry->packed.data);

	if (state == NULL) {
		return STATUS_CORRUPT;
	}
	*out = state;
	return STATUS_OK;
}

enum status cache_write(struct store_batch *batch, const struct cache_entry *entry,
                        const Civil__V1__PersonState *state, const struct id *person,
                        struct arena *arena)
{
	size_t size = civil__v1__person_state__get_packed_size(state);
	uint8_t *value = arena_alloc(arena, CACHE_HEAD_BYTES + size);
	struct key key;

	ASSERT(state->history_count == 0 && state->version == 0);
	if (value == NULL) {
		return STATUS_NO_MEMORY;
	}
	value[0] = CACHE_VERSION;
	bytes_write_u64(value + 1, entry->as_of);
	bytes_write_u32(value + 9, (uint32_t)entry->last_day);
	value[13] = (uint8_t)((entry->amended ? FLAG_AMENDED : 0) |
	                      (entry->provisional ? FLAG_PROVISIONAL : 0));
	(void)civil__v1__person_state__pack(state, value + CACHE_HEAD_BYTES);
	key_person(&key, person);
	store_batch_put(batch, STORE_PERSON, key_bytes(&key),
	                bytes_of(value, CACHE_HEAD_BYTES + size));
	return STATUS_OK;
}
