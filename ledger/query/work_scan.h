/* Walking the work of an office, or of all offices in its areas, as it was at a known position.
 * Internal to ledger/query.
 *
 * Rows come in the order of area, office, and start (open) or end (ended). What was open then and
 * has ended since is read from the ended rows behind `known`: the cost of looking back grows with
 * what happened since, not with what ever was.
 *
 * Thread and memory as ledger/view.h; the scan holds a cursor until work_scan_end. */
#ifndef LEDGER_QUERY_WORK_SCAN_H
#define LEDGER_QUERY_WORK_SCAN_H

#include "ledger/query/query.h"
#include "ledger/work.h"

enum work_sort { WORK_OPEN, WORK_ENDED };

enum { WORK_POSITION_MAX = WORK_AREA_MAX + 1 + OFFICE_ID_MAX + 1 + 8 };

struct work_scan {
	struct query *query;
	enum work_sort sort;
	bool own;
	char office[OFFICE_ID_MAX + 1];
	const char **areas; /* ascending, none within another */
	size_t area_count;
	size_t area; /* the one being read */
	struct store_cursor *cursor;
	struct work *late; /* open at `known`, ended since */
	size_t late_count;
	size_t late_at;
	uint8_t from[WORK_POSITION_MAX]; /* nothing before this is given */
	size_t from_size;
};

/* Begins at `from`, a position of work_position, or empty. `own`: only what stands with the office
 * itself. STATUS_OK; STATUS_NOT_FOUND no such office; STATUS_INVALID a position that is none;
 * STATUS_NO_MEMORY, trouble of the store. Whatever it gives, work_scan_end follows. */
enum status work_scan_begin(struct work_scan *scan, struct query *query, const char *office,
                            bool own, enum work_sort sort, struct bytes from) NODISCARD;

/* The next row. STATUS_OK; STATUS_NOT_FOUND at the end. */
enum status work_scan_next(struct work_scan *scan, struct work *out) NODISCARD;

void work_scan_end(struct work_scan *scan);

/* Where a row stands. `out` holds WORK_POSITION_MAX bytes; returns the size. */
size_t work_position(uint8_t *out, const struct work *work, enum work_sort sort);

#endif
