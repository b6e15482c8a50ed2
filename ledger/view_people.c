/* Who came to live in a unit or into a family book: the calls of ledger/view.h that scan persons.
 */
#include "ledger/view_internal.h"

#include "ledger/base/assert.h"
#include "ledger/store/keys.h"

enum { PERSONS_FIRST = 16 };

static bool grow(struct arena *arena, struct id **persons, size_t count, size_t *capacity)
{
	size_t more = *capacity == 0 ? PERSONS_FIRST : *capacity * 2;
	struct id *grown = arena_array(arena, more, sizeof(*grown));

	if (grown == NULL) {
		return false;
	}
	if (count > 0) {
		memcpy(grown, *persons, count * sizeof(*grown));
	}
	*persons = grown;
	*capacity = more;
	return true;
}

/* The persons at the end of all keys `prefix || person id`. `start` is such a key: its own person
 * is left out when `behind`. */
static enum status scan(struct view *view, struct id **persons, size_t *count,
                        const struct key *start, bool behind, size_t limit)
{
	struct bytes prefix = bytes_of(start->bytes, start->size - ID_BYTES);
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_NAME, prefix, key_bytes(start));
	struct id *found = NULL;
	size_t capacity = 0;
	size_t n = 0;
	enum status status = STATUS_OK;

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && n < limit && store_cursor_valid(cursor);
	     store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);

		if (key.size != start->size) {
			status = STATUS_CORRUPT;
		} else if (behind && bytes_equal(key, key_bytes(start))) {
			continue;
		} else if (n == capacity && !grow(view->arena, &found, n, &capacity)) {
			status = STATUS_NO_MEMORY;
		} else {
			memcpy(found[n].bytes, key.data + prefix.size, ID_BYTES);
			n++;
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	if (status == STATUS_OK) {
		*persons = found;
		*count = n;
	}
	return status;
}

enum status view_residents(struct view *view, struct id **persons, size_t *count, struct bytes unit,
                           const struct id *after, size_t limit)
{
	static const struct id first;
	struct key key;

	if (unit.size != ID_BYTES) {
		*persons = NULL;
		*count = 0;
		return STATUS_OK;
	}
	key_resident(&key, unit, after == NULL ? &first : after);
	return scan(view, persons, count, &key, after != NULL, limit);
}

enum status view_book_members(struct view *view, struct id **persons, size_t *count,
                              const char *book_number, const struct id *after, size_t limit)
{
	static const struct id first;
	struct key key;

	key_book_member(&key, book_number, after == NULL ? &first : after);
	if (key_failed(&key)) {
		*persons = NULL;
		*count = 0;
		return STATUS_OK;
	}
	return scan(view, persons, count, &key, after != NULL, limit);
}
