#include "ledger/person/cache.h"

#include "ledger/base/assert.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/memo.h"
#include "ledger/store/keys.h"

enum { CACHE_VERSION = 1, CACHE_HEAD_BYTES = 1 + 8 + 4 + 1 };
enum { FLAG_AMENDED = 1, FLAG_PROVISIONAL = 2 };

/* A state in the memo: the row, and from the first question on what it says. */
struct memo_state {
	struct bytes row;
	Civil__V1__PersonState *state;
};

static enum status entry_of_row(struct cache_entry *out, struct bytes row)
{
	struct unpack unpack = unpack_of(row);
	struct cache_entry entry;
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

/* Keeps a row in the memo, if there is one. */
static void remember(struct view *view, const struct id *person, struct bytes row)
{
	struct arena *arena;
	struct memo_state *kept =
	        memo_put(view->memo, &arena, MEMO_STATE, bytes_of_id(person), sizeof(*kept));
	const void *copy = kept == NULL ? NULL : arena_copy(arena, row);

	if (copy != NULL) {
		kept->row = bytes_of(copy, row.size);
	} else {
		memo_forget(view->memo, MEMO_STATE, bytes_of_id(person));
	}
}

enum status cache_read(struct view *view, struct cache_entry *out, const struct id *person)
{
	const struct memo_state *known =
	        memo_find(view->memo, NULL, MEMO_STATE, bytes_of_id(person));
	struct key key;
	struct buf buf;

	if (known != NULL) {
		return entry_of_row(out, known->row);
	}
	key_person(&key, person);
	buf_init(&buf, FOLD_ARENA_BYTES_MAX);
	enum status status = store_get(view->store, &buf, STORE_PERSON, key_bytes(&key));
	void *copy = status == STATUS_OK ? arena_copy(view->arena, buf_bytes(&buf)) : NULL;
	struct bytes row = bytes_of(copy, buf.size);

	buf_fini(&buf);
	if (status != STATUS_OK) {
		return status;
	}
	if (copy == NULL) {
		return STATUS_NO_MEMORY;
	}
	remember(view, person, row);
	return entry_of_row(out, row);
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

enum status cache_share(struct view *view, Civil__V1__PersonState **out,
                        const struct cache_entry *entry, const struct id *person)
{
	struct arena *arena;
	struct memo_state *known = memo_find(view->memo, &arena, MEMO_STATE, bytes_of_id(person));

	if (known != NULL && known->state == NULL &&
	    cache_unpack(&known->state, entry, arena) != STATUS_OK) {
		known = NULL; /* the memo has no room for it */
	}
	if (known == NULL) {
		return cache_unpack(out, entry, view->arena);
	}
	Civil__V1__PersonState *own =
	        arena_copy(view->arena, bytes_of(known->state, sizeof(*known->state)));
	if (own == NULL) {
		return STATUS_NO_MEMORY;
	}
	*out = own;
	return STATUS_OK;
}

enum status cache_write(struct view *view, struct store_batch *batch,
                        const struct cache_entry *entry, const Civil__V1__PersonState *state,
                        const struct id *person)
{
	size_t size = civil__v1__person_state__get_packed_size(state);
	uint8_t *value = arena_alloc(view->arena, CACHE_HEAD_BYTES + size);
	struct bytes row = bytes_of(value, CACHE_HEAD_BYTES + size);
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
	store_batch_put(batch, STORE_PERSON, key_bytes(&key), row);
	remember(view, person, row);
	return STATUS_OK;
}
