#include "ledger/view.h"

#include "ledger/base/assert.h"
#include "ledger/base/crypto.h"
#include "ledger/base/limits.h"
#include "ledger/base/unpack.h"
#include "ledger/memo.h"
#include "ledger/sealing.h"
#include "ledger/store/keys.h"
#include "ledger/view_internal.h"

enum status view_get(struct view *view, struct bytes *value, enum store_family family,
                     struct bytes key)
{
	struct buf buf;
	buf_init(&buf, CONTENT_BYTES_MAX * 4);

	enum status status = store_get(view->store, &buf, family, key);
	if (status == STATUS_OK) {
		void *copy = arena_copy(view->arena, buf_bytes(&buf));

		status = copy == NULL ? STATUS_NO_MEMORY : STATUS_OK;
		if (status == STATUS_OK) {
			*value = bytes_of(copy, buf.size);
		}
	}
	buf_fini(&buf);
	return status;
}

enum status view_get_index(struct view *view, uint64_t *index, enum store_family family,
                           struct bytes key)
{
	struct bytes value;
	enum status status = view_get(view, &value, family, key);

	if (status != STATUS_OK) {
		return status;
	}
	if (value.size != 8) {
		return STATUS_CORRUPT;
	}
	uint64_t found = bytes_read_u64(value.data);
	if (found >= view->size) {
		return STATUS_NOT_FOUND;
	}
	*index = found;
	return STATUS_OK;
}

enum { INDEXES_FIRST = 16 };

enum status index_list_add(struct index_list *list, struct arena *arena, uint64_t index)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity == 0 ? INDEXES_FIRST : 2 * list->capacity;
		uint64_t *grown = arena_array(arena, capacity, sizeof(*grown));

		if (grown == NULL) {
			return STATUS_NO_MEMORY;
		}
		if (list->count > 0) {
			memcpy(grown, list->index, list->count * sizeof(*grown));
		}
		list->index = grown;
		list->capacity = capacity;
	}
	list->index[list->count] = index;
	list->count++;
	return STATUS_OK;
}

enum status view_scan_indexes(struct view *view, struct index_list *list, enum store_family family,
                              struct bytes prefix)
{
	enum status status = STATUS_OK;
	struct store_cursor *cursor =
	        store_cursor_open(view->store, family, prefix, bytes_of(NULL, 0));

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);

		if (key.size != prefix.size + 8) {
			continue; /* the bare key that holds the version */
		}
		uint64_t index = bytes_read_u64(key.data + prefix.size);
		if (index >= view->size) {
			break;
		}
		bool covered;

		status = sealing_covers(view, &covered, index);
		if (status == STATUS_OK && !covered) {
			status = index_list_add(list, view->arena, index);
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

enum status view_history(struct view *view, uint64_t **indexes, size_t *count,
                         const struct id *person)
{
	struct index_list list = { 0 };
	struct view visible = *view;
	bool touched;
	enum status status = sealing_touches(view, &touched, person);

	if (!touched) {
		visible.reader = NULL;
	}
	if (status == STATUS_OK) {
		status = view_scan_indexes(&visible, &list, STORE_HISTORY, bytes_of_id(person));
	}
	if (status == STATUS_OK) {
		*indexes = list.index;
		*count = list.count;
	}
	return status;
}

enum status view_history_covered(struct view *view, bool *out, const struct id *person)
{
	struct view visible = *view;
	struct view all;
	size_t seen;
	size_t count;
	uint64_t *indexes;

	bool touched;
	enum status status = sealing_touches(view, &touched, person);

	*out = false;
	if (status != STATUS_OK || !touched) {
		return status;
	}
	visible.size = UINT64_MAX; /* a seal looks at the reader's rights now */
	all = visible;
	all.reader = NULL;
	status = view_history(&visible, &indexes, &seen, person);
	if (status == STATUS_OK) {
		status = view_history(&all, &indexes, &count, person);
	}
	*out = status == STATUS_OK && seen < count;
	return status;
}

enum status view_version(struct view *view, uint64_t *version, uint64_t *count,
                         const struct id *person)
{
	const struct memo_version *known =
	        memo_find(view->memo, NULL, MEMO_VERSION, bytes_of_id(person));
	struct bytes value;

	if (known != NULL) {
		*version = known->last;
		*count = known->count;
		return STATUS_OK;
	}
	enum status status = view_get(view, &value, STORE_HISTORY, bytes_of_id(person));
	if (status == STATUS_NOT_FOUND) {
		*version = 0;
		*count = 0;
		view_remember_version(view, person, 0, 0);
		return STATUS_OK;
	}
	if (status != STATUS_OK) {
		return status;
	}
	struct unpack unpack = unpack_of(value);
	uint64_t last = unpack_u64(&unpack);
	uint64_t records = unpack_u64(&unpack);

	if (!unpack_done(&unpack)) {
		return STATUS_CORRUPT;
	}
	bool touched;
	status = sealing_touches(view, &touched, person);
	if (status == STATUS_OK && (last > view->size || touched)) {
		/* later or sealed records exist: count the visible ones */
		uint64_t *indexes = NULL;
		size_t visible = 0;

		status = view_history(view, &indexes, &visible, person);
		records = visible;
		last = status != STATUS_OK || visible == 0 ? 0 : indexes[visible - 1] + 1;
	}
	if (status != STATUS_OK) {
		return status;
	}
	*version = last;
	*count = records;
	view_remember_version(view, person, last, records);
	return STATUS_OK;
}

void view_remember_version(struct view *view, const struct id *person, uint64_t version,
                           uint64_t count)
{
	struct memo_version *kept =
	        memo_put(view->memo, NULL, MEMO_VERSION, bytes_of_id(person), sizeof(*kept));

	if (kept != NULL) {
		*kept = (struct memo_version){ .last = version, .count = count };
	}
}

enum status view_number(struct view *view, struct id *person, uint64_t *index,
                        enum number_sort sort, struct bytes value)
{
	struct bytes owner;

	struct key key;

	key_number(&key, (uint8_t)sort, value);
	if (key_failed(&key)) {
		return STATUS_NOT_FOUND; /* longer than any number ever admitted */
	}
	enum status status = view_get(view, &owner, STORE_NUMBER, key_bytes(&key));
	if (status != STATUS_OK) {
		return status;
	}
	struct unpack unpack = unpack_of(owner);
	struct id holder;

	unpack_copy(&unpack, holder.bytes, sizeof(holder.bytes));
	uint64_t first = unpack_u64(&unpack);
	if (!unpack_done(&unpack)) {
		return STATUS_CORRUPT;
	}
	if (first >= view->size) {
		return STATUS_NOT_FOUND;
	}
	bool covered =
	        false; /* a personal number finds the person, whom the seal may leave visible */

	if (sort != NUMBER_PERSONAL) {
		status = sealing_covers(view, &covered, first);
	}
	if (status != STATUS_OK || covered) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	*person = holder;
	*index = first;
	return STATUS_OK;
}

struct bytes number_of_registration(const Civil__V1__RegistrationNumber *number,
                                    struct arena *arena)
{
	const char *text = arena_printf(arena, "%s/%s/%04d/%05d", number->office_id,
	                                number->register_, number->year, number->number);

	return text == NULL ? bytes_of(NULL, 0) : bytes_of_string(text);
}

enum status view_signed_between(struct view *view, size_t *count, struct bytes public_key,
                                int64_t after_ms, int64_t before_ms, size_t limit)
{
	struct key prefix;
	key_authority(&prefix, 'r', public_key);
	struct key start;

	key_signed(&start, public_key, after_ms + 1, 0);
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_WORK, key_bytes(&prefix), key_bytes(&start));
	size_t found = 0;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; found < limit && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);

		ASSERT(key.size == prefix.size + 16);
		if ((int64_t)bytes_read_u64(key.data + prefix.size) >= before_ms) {
			break;
		}
		if (bytes_read_u64(key.data + prefix.size + 8) < view->size) {
			found++;
		}
	}
	enum status status = store_cursor_status(cursor);
	store_cursor_close(cursor);
	if (status == STATUS_OK) {
		*count = found;
	}
	return status;
}

enum status view_deaths_of_name(struct view *view, uint64_t **indexes, size_t *count,
                                struct bytes name_key)
{
	struct index_list list = { 0 };
	struct hash name = crypto_sha256(name_key);
	struct key key;

	key_death_name(&key, &name, 0);
	enum status status =
	        view_scan_indexes(view, &list, STORE_NAME, bytes_of(key.bytes, key.size - 8));

	if (status == STATUS_OK) {
		*indexes = list.index;
		*count = list.count;
	}
	return status;
}

enum status view_births_of_mother(struct view *view, uint64_t **indexes, size_t *count,
                                  const struct id *mother)
{
	struct index_list list = { 0 };
	struct key key;

	key_birth_of_mother(&key, mother, 0);
	enum status status =
	        view_scan_indexes(view, &list, STORE_NAME, bytes_of(key.bytes, key.size - 8));

	if (status == STATUS_OK) {
		*indexes = list.index;
		*count = list.count;
	}
	return status;
}

enum status view_births_of_delivery(struct view *view, uint64_t **indexes, size_t *count,
                                    struct bytes delivery_id)
{
	struct index_list list = { 0 };
	enum status status = STATUS_OK;

	if (delivery_id.size == ID_BYTES) {
		struct key key;

		key_delivery(&key, delivery_id, 0);
		status = view_scan_indexes(view, &list, STORE_NAME,
		                           bytes_of(key.bytes, key.size - 8));
	}
	if (status == STATUS_OK) {
		*indexes = list.index;
		*count = list.count;
	}
	return status;
}
