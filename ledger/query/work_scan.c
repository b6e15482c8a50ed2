#include "ledger/query/work_scan.h"

#include "ledger/authority/gazetteer.h"
#include "ledger/base/assert.h"
#include "ledger/store/keys.h"

#include <stdlib.h>

size_t work_position(uint8_t *out, const struct work *work, enum work_sort sort)
{
	struct key key;

	key_work(&key, 'o', work->area, work->office,
	         sort == WORK_OPEN ? work->start : work->newest);
	ASSERT(key.size - 1 <= WORK_POSITION_MAX);
	memcpy(out, key.bytes + 1, key.size - 1);
	return key.size - 1;
}

static int compare_positions(const void *a, const void *b)
{
	uint8_t first[WORK_POSITION_MAX] = { 0 };
	uint8_t second[WORK_POSITION_MAX] = { 0 };

	(void)work_position(first, a, WORK_OPEN);
	(void)work_position(second, b, WORK_OPEN);
	return memcmp(first, second, sizeof(first));
}

static char letter_of(const struct work_scan *scan)
{
	return scan->sort == WORK_OPEN ? 'o' : 'e';
}

/* Prefix of the rows of an area: every office whose area lies in it, or the one office. */
static void prefix_of(const struct work_scan *scan, struct key *key, char letter)
{
	struct bytes area = bytes_of_string(scan->areas[scan->area]);

	key_authority(key, letter, area);
	if (scan->own) {
		key_u8(key, 0);
		key_string0(key, bytes_of_string(scan->office));
	}
}

/* True when `from` lies behind every row of the prefix, so that none is to be given. */
static bool is_before(struct bytes prefix, struct bytes from)
{
	size_t shorter = prefix.size < from.size ? prefix.size : from.size;

	return shorter > 0 && memcmp(prefix.data, from.data, shorter) < 0;
}

static enum status open_cursor(struct work_scan *scan, struct key *prefix)
{
	struct key start;
	struct bytes from = bytes_of(scan->from, scan->from_size);

	prefix_of(scan, prefix, letter_of(scan));
	start = *prefix;
	if (from.size > 0 && from.size >= prefix->size - 1 &&
	    memcmp(prefix->bytes + 1, from.data, prefix->size - 1) == 0) {
		key_authority(&start, letter_of(scan), from);
	}
	scan->cursor = store_cursor_open(scan->query->view.store, STORE_WORK, key_bytes(prefix),
	                                 key_bytes(&start));
	return scan->cursor == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status keep_late(struct work_scan *scan, size_t *capacity, const struct work *work)
{
	if (scan->late_count == *capacity) {
		size_t more = *capacity == 0 ? 64 : 2 * *capacity;
		struct work *grown = arena_array(scan->query->view.arena, more, sizeof(*grown));

		if (grown == NULL) {
			return STATUS_NO_MEMORY;
		}
		if (scan->late_count > 0) {
			memcpy(grown, scan->late, scan->late_count * sizeof(*grown));
		}
		scan->late = grown;
		*capacity = more;
	}
	scan->late[scan->late_count] = *work;
	scan->late_count++;
	return STATUS_OK;
}

/* Looks at one ended row: keeps it, or gives the key to jump to, behind what ended before. */
static enum status look_at_ended(struct work_scan *scan, struct key *jump, size_t *capacity,
                                 struct bytes key, struct bytes value)
{
	uint64_t known = scan->query->view.size;
	struct work work;
	enum status status = work_read_ended(&work, key, value);

	jump->size = 0;
	if (status == STATUS_OK && work.newest < known) {
		key_work(jump, 'e', work.area, work.office, known);
	} else if (status == STATUS_OK && work.start < known) {
		status = keep_late(scan, capacity, &work);
	}
	return status;
}

/* Collects what was open at `known` and has ended since, office by office. */
static enum status load_late(struct work_scan *scan)
{
	struct store_view *store = scan->query->view.store;
	enum status status = STATUS_OK;
	size_t capacity = 0;
	struct key prefix;
	struct key jump;

	scan->late_count = 0;
	scan->late_at = 0;
	if (scan->sort != WORK_OPEN || scan->query->view.size == scan->query->size) {
		return STATUS_OK;
	}
	prefix_of(scan, &prefix, 'e');
	jump = prefix;
	while (status == STATUS_OK && jump.size > 0) {
		struct store_cursor *cursor =
		        store_cursor_open(store, STORE_WORK, key_bytes(&prefix), key_bytes(&jump));

		if (cursor == NULL) {
			return STATUS_NO_MEMORY;
		}
		jump.size = 0;
		for (; status == STATUS_OK && jump.size == 0 && store_cursor_valid(cursor);
		     store_cursor_next(cursor)) {
			status = look_at_ended(scan, &jump, &capacity, store_cursor_key(cursor),
			                       store_cursor_value(cursor));
		}
		status = status == STATUS_OK ? store_cursor_status(cursor) : status;
		store_cursor_close(cursor);
	}
	if (status == STATUS_OK && scan->late_count > 1) {
		qsort(scan->late, scan->late_count, sizeof(*scan->late), compare_positions);
	}
	return status;
}

/* The next open row that was there at `known`; NOT_FOUND at the end of the area. */
static enum status peek(struct work_scan *scan, struct work *out)
{
	for (; store_cursor_valid(scan->cursor); store_cursor_next(scan->cursor)) {
		struct bytes key = store_cursor_key(scan->cursor);
		struct bytes value = store_cursor_value(scan->cursor);
		enum status status = scan->sort == WORK_OPEN ? work_read_open(out, key, value)
		                                             : work_read_ended(out, key, value);

		if (status != STATUS_OK) {
			return status;
		}
		if ((scan->sort == WORK_OPEN ? out->start : out->newest) < scan->query->view.size) {
			return STATUS_OK;
		}
	}
	enum status status = store_cursor_status(scan->cursor);
	return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

static bool is_given(const struct work_scan *scan, const struct work *work)
{
	uint8_t position[WORK_POSITION_MAX] = { 0 };
	size_t size = work_position(position, work, scan->sort);

	return is_before(bytes_of(position, size), bytes_of(scan->from, scan->from_size));
}

/* The next row of the present area: of two orders the smaller first. */
static enum status next_in_area(struct work_scan *scan, struct work *out)
{
	struct work open;
	enum status status = peek(scan, &open);

	while (scan->late_at < scan->late_count && is_given(scan, &scan->late[scan->late_at])) {
		scan->late_at++;
	}
	bool late = scan->late_at < scan->late_count;

	if (status == STATUS_OK && late &&
	    compare_positions(&open, &scan->late[scan->late_at]) < 0) {
		late = false;
	}
	if (late && (status == STATUS_OK || status == STATUS_NOT_FOUND)) {
		*out = scan->late[scan->late_at];
		scan->late_at++;
		return STATUS_OK;
	}
	if (status == STATUS_OK) {
		*out = open;
		store_cursor_next(scan->cursor);
	}
	return status;
}

static enum status open_area(struct work_scan *scan)
{
	struct key prefix;
	enum status status = load_late(scan);

	return status == STATUS_OK ? open_cursor(scan, &prefix) : status;
}

enum status work_scan_next(struct work_scan *scan, struct work *out)
{
	while (scan->area < scan->area_count) {
		struct key prefix;

		prefix_of(scan, &prefix, letter_of(scan));
		if (!is_before(bytes_of(prefix.bytes + 1, prefix.size - 1),
		               bytes_of(scan->from, scan->from_size))) {
			enum status status = scan->cursor == NULL ? open_area(scan) : STATUS_OK;

			if (status == STATUS_OK) {
				status = next_in_area(scan, out);
			}
			if (status != STATUS_NOT_FOUND) {
				return status;
			}
		}
		store_cursor_close(scan->cursor);
		scan->cursor = NULL;
		scan->area++;
	}
	return STATUS_NOT_FOUND;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Areas in order, without those that lie in another. */
static void set_areas(struct work_scan *scan, const struct office *office)
{
	size_t count = 0;

	for (size_t i = 0; i < office->area_count; i++) {
		scan->areas[i] = office->areas[i];
	}
	qsort(scan->areas, office->area_count, sizeof(*scan->areas), compare_texts);
	for (size_t i = 0; i < office->area_count; i++) {
		if (count == 0 || !gazetteer_contains(scan->areas[count - 1], scan->areas[i])) {
			scan->areas[count] = scan->areas[i];
			count++;
		}
	}
	scan->area_count = count;
}

enum status work_scan_begin(struct work_scan *scan, struct query *query, const char *office_id,
                            bool own, enum work_sort sort, struct bytes from)
{
	struct arena *arena = query->view.arena;
	struct office office;
	enum status status = authority_office(&query->view, &office, office_id);

	*scan = (struct work_scan){ .query = query, .sort = sort, .own = own };
	if (status != STATUS_OK) {
		return status;
	}
	if (from.size > WORK_POSITION_MAX) {
		return STATUS_INVALID;
	}
	if (from.size > 0) {
		memcpy(scan->from, from.data, from.size);
	}
	scan->from_size = from.size;
	memcpy(scan->office, office.id, sizeof(scan->office));
	scan->areas = arena_array(arena, office.area_count + 1, sizeof(const char *));
	if (scan->areas == NULL) {
		return STATUS_NO_MEMORY;
	}
	scan->area_count = 1;
	scan->areas[0] = "";
	if (own) {
		char *area = arena_alloc(arena, WORK_AREA_MAX + 1);

		if (area == NULL) {
			return STATUS_NO_MEMORY;
		}
		scan->areas[0] = area;
		return work_area(&query->view, area, office_id);
	}
	if (office.area_count > 0) {
		set_areas(scan, &office);
	}
	return STATUS_OK;
}

void work_scan_end(struct work_scan *scan)
{
	store_cursor_close(scan->cursor);
	scan->cursor = NULL;
}
