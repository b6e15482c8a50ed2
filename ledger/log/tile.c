#include "ledger/log/tile.h"

#include "ledger/base/assert.h"
#include "ledger/store/keys.h"

#include <inttypes.h>

enum { GROUP = 1000, LEVEL_DIGITS_MAX = 2, WIDTH_DIGITS_MAX = 3, INDEX_GROUPS_MAX = 7 };

void tile_path_format(struct buf *out, const struct tile *tile)
{
	uint64_t divisor = 1;

	ASSERT(tile->width >= 1 && tile->width <= TILE_WIDTH);
	if (tile->entries) {
		buf_append_string(out, "tile/entries/");
	} else {
		buf_printf(out, "tile/%u/", tile->level);
	}
	while (tile->index / divisor >= GROUP) {
		divisor *= GROUP;
	}
	for (; divisor > 1; divisor /= GROUP) {
		buf_printf(out, "x%03u/", (unsigned)(tile->index / divisor % GROUP));
	}
	buf_printf(out, "%03u", (unsigned)(tile->index % GROUP));
	if (tile->width < TILE_WIDTH) {
		buf_printf(out, ".p/%u", (unsigned)tile->width);
	}
}

static bool take_text(struct bytes *rest, const char *text)
{
	size_t size = strlen(text);

	if (rest->size < size || memcmp(rest->data, text, size) != 0) {
		return false;
	}
	*rest = bytes_of(rest->data + size, rest->size - size);
	return true;
}

/* Takes up to `digits_max` decimal digits; returns how many there were. */
static size_t take_digits(struct bytes *rest, size_t digits_max, uint32_t *value)
{
	size_t count = 0;

	*value = 0;
	while (count < digits_max && count < rest->size && rest->data[count] >= '0' &&
	       rest->data[count] <= '9') {
		*value = *value * 10 + (uint32_t)(rest->data[count] - '0');
		count++;
	}
	*rest = bytes_of(rest->data + count, rest->size - count);
	return count;
}

/* Decimal without a leading zero. */
static bool take_number(struct bytes *rest, size_t digits_max, uint32_t *value)
{
	bool zero_first = rest->size > 0 && rest->data[0] == '0';
	size_t count = take_digits(rest, digits_max, value);

	return count == 1 || (count > 1 && !zero_first);
}

static bool take_index(struct bytes *rest, uint64_t *index)
{
	uint32_t group = 0;

	*index = 0;
	for (size_t i = 0; i < INDEX_GROUPS_MAX; i++) {
		bool more = take_text(rest, "x");

		if (take_digits(rest, 3, &group) != 3 || *index > (TREE_SIZE_MAX - group) / GROUP) {
			return false;
		}
		*index = *index * GROUP + group;
		if (!more) {
			return true;
		}
		if (!take_text(rest, "/") || *index == 0) { /* "x000/" first is a longer form */
			return false;
		}
	}
	return false;
}

enum status tile_path_parse(struct tile *tile, struct bytes path)
{
	struct tile parsed = { .width = TILE_WIDTH };
	uint32_t level = 0;

	if (!take_text(&path, "tile/")) {
		return STATUS_INVALID;
	}
	parsed.entries = take_text(&path, "entries");
	if (!parsed.entries &&
	    (!take_number(&path, LEVEL_DIGITS_MAX, &level) || level >= TREE_LEVELS)) {
		return STATUS_INVALID;
	}
	parsed.level = (uint8_t)level;
	if (!take_text(&path, "/") || !take_index(&path, &parsed.index)) {
		return STATUS_INVALID;
	}
	if (take_text(&path, ".p/") && (!take_number(&path, WIDTH_DIGITS_MAX, &parsed.width) ||
	                                parsed.width == 0 || parsed.width >= TILE_WIDTH)) {
		return STATUS_INVALID;
	}
	if (path.size != 0) {
		return STATUS_INVALID;
	}
	*tile = parsed;
	return STATUS_OK;
}

enum status tile_check(const struct tile *tile, uint64_t size)
{
	ASSERT(size <= TREE_SIZE_MAX);
	if (tile->level > TILE_LEVEL_MAX) {
		return STATUS_OUT_OF_RANGE;
	}
	uint64_t present = size >> (8 * tile->level); /* hashes of this level in all */

	if (tile->index > present / TILE_WIDTH ||
	    tile->index * TILE_WIDTH + tile->width > present) {
		return STATUS_OUT_OF_RANGE;
	}
	return STATUS_OK;
}

enum status tile_read_hashes(struct store_view *view, struct buf *out, const struct tile *tile)
{
	ASSERT(!tile->entries && tile->level <= TILE_LEVEL_MAX);

	uint8_t level = (uint8_t)(8 * tile->level);
	enum status status = STATUS_OK;
	struct key key;

	key_tree(&key, level, tile->index * TILE_WIDTH);
	struct store_cursor *cursor =
	        store_cursor_open(view, STORE_TREE, bytes_of(key.bytes, 1), key_bytes(&key));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (uint32_t i = 0; i < tile->width && status == STATUS_OK; i++) {
		if (!store_cursor_valid(cursor)) {
			status = store_cursor_status(cursor);
			status = status == STATUS_OK ? STATUS_CORRUPT : status;
			break;
		}
		key_tree(&key, level, tile->index * TILE_WIDTH + i);
		struct bytes value = store_cursor_value(cursor);
		if (!bytes_equal(store_cursor_key(cursor), key_bytes(&key)) ||
		    value.size != HASH_BYTES) {
			status = STATUS_CORRUPT;
			break;
		}
		buf_append(out, value);
		store_cursor_next(cursor);
	}
	store_cursor_close(cursor);
	return status == STATUS_OK ? buf_status(out) : status;
}

void tile_append_entry(struct buf *out, struct bytes entry)
{
	ASSERT(entry.size <= TILE_ENTRY_MAX);
	buf_append_u16(out, (uint16_t)entry.size);
	buf_append(out, entry);
}
