#include "ledger/query/count_acts.h"

#include "ledger/base/date.h"
#include "ledger/person/statistic.h"
#include "ledger/query/query.h"
#include "ledger/store/keys.h"

#include <stdlib.h>

enum { SLOTS = 2 * STATISTIC_CELLS_MAX, DELAY_TIMELY = 1, MONTHS = 12 };

/* What a cell is named by; compared and hashed as bytes, so padding is zero. */
struct name {
	char area[STATISTIC_AREA_MAX + 2];
	uint16_t year;
	uint8_t month;
	uint8_t sex;
	uint8_t age;
	uint8_t delay;
	uint8_t zero[2];
};

struct tally {
	struct name name;
	int64_t count;
	int64_t original;
	int64_t timely;
};

struct count {
	struct query query;
	const Civil__V1__CountActsRequest *request;
	size_t digits; /* of areas told */
	struct tally *tally;
	size_t tally_count;
	uint16_t *slot; /* hash of a name -> position + 1 */
	bool truncated;
};

_Static_assert(STATISTIC_CELLS_MAX < UINT16_MAX, "a position fits its slot");
_Static_assert(sizeof(struct name) == STATISTIC_AREA_MAX + 2 + 8, "no padding");

/* FNV-1a: the names are ours, not a stranger's. */
static size_t slot_of(const struct name *name)
{
	uint32_t sum = 2166136261u;
	const uint8_t *bytes = (const uint8_t *)name;

	for (size_t i = 0; i < sizeof(*name); i++) {
		sum = (sum ^ bytes[i]) * 16777619u;
	}
	return sum % SLOTS;
}

/* The tally of a name, made when it is new; NULL when there are too many. */
static struct tally *tally_of(struct count *count, const struct name *name)
{
	size_t slot = slot_of(name);

	while (count->slot[slot] != 0) {
		struct tally *tally = &count->tally[count->slot[slot] - 1];

		if (memcmp(&tally->name, name, sizeof(*name)) == 0) {
			return tally;
		}
		slot = (slot + 1) % SLOTS;
	}
	if (count->tally_count == STATISTIC_CELLS_MAX) {
		count->truncated = true;
		return NULL;
	}
	struct tally *tally = &count->tally[count->tally_count];

	tally->name = *name;
	count->tally_count++;
	count->slot[slot] = (uint16_t)count->tally_count;
	return tally;
}

static void add(struct count *count, const struct statistic *row)
{
	const Civil__V1__CountActsRequest *request = count->request;
	struct name name = { .year = row->year };

	if (!row->once && !request->by_sex && !request->by_age) {
		return;
	}
	memcpy(name.area, row->area, strnlen(row->area, count->digits));
	name.month = request->by_month ? row->month : 0;
	name.sex = request->by_sex ? row->sex : 0;
	name.age = request->by_age ? row->age : 0;
	name.delay = request->by_delay ? row->delay : 0;
	struct tally *tally = tally_of(count, &name);

	if (tally != NULL) {
		tally->count += row->delta;
		tally->original += row->original ? row->delta : 0;
		tally->timely += row->delay == DELAY_TIMELY ? row->delta : 0;
	}
}

/* Sums the rows of the period. */
static enum status sum(struct count *count)
{
	const Civil__V1__CountActsRequest *request = count->request;
	bool by_day = request->basis != CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_REGISTRATION;
	Civil__V1__StatisticBasis basis =
	        by_day ? CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_OCCURRENCE : request->basis;
	int32_t last = request->to->year * (MONTHS + 1) +
	               (request->to->month == 0 ? MONTHS : request->to->month);
	struct bytes area = bytes_of_string(request->area);
	enum status status = STATUS_OK;
	struct key prefix;
	struct key start;

	key_statistic_prefix(&prefix, (uint8_t)request->kind, (uint8_t)basis);
	start = prefix;
	key_statistic_month(&start, (uint16_t)request->from->year, (uint8_t)request->from->month);
	struct store_cursor *cursor = store_cursor_open(count->query.view.store, STORE_WORK,
	                                                key_bytes(&prefix), key_bytes(&start));
	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (; status == STATUS_OK && store_cursor_valid(cursor); store_cursor_next(cursor)) {
		struct statistic row;

		status = statistic_read(&row, store_cursor_key(cursor), store_cursor_value(cursor));
		if (status != STATUS_OK || row.year * (MONTHS + 1) + row.month > last) {
			break;
		}
		if (row.index < count->query.view.size &&
		    strncmp(row.area, request->area, area.size) == 0) {
			add(count, &row);
		}
	}
	status = status == STATUS_OK ? store_cursor_status(cursor) : status;
	store_cursor_close(cursor);
	return status;
}

/* By area, year, month, sex, age (unknown last), delay. */
static int compare_tallies(const void *a, const void *b)
{
	const struct name *first = &((const struct tally *)a)->name;
	const struct name *second = &((const struct tally *)b)->name;
	int order = memcmp(first->area, second->area, sizeof(first->area));
	const int parts[][2] = { { first->year, second->year },
		                 { first->month, second->month },
		                 { first->sex, second->sex },
		                 { first->age, second->age },
		                 { first->delay, second->delay } };

	for (size_t i = 0; order == 0 && i < sizeof(parts) / sizeof(parts[0]); i++) {
		order = parts[i][0] - parts[i][1];
	}
	return order;
}

static bool is_small(int64_t value)
{
	int64_t size = value < 0 ? -value : value;

	return size > 0 && size < STATISTIC_SMALL;
}

static enum status add_cell(struct count *count, Civil__V1__CountActsResponse *response,
                            const struct tally *tally, uint64_t *timely)
{
	Civil__V1__StatisticCell *cell =
	        query_new(&count->query, &civil__v1__statistic_cell__descriptor);
	int64_t revision = tally->count - tally->original;
	bool exact = count->request->exact;

	if (cell == NULL) {
		return STATUS_NO_MEMORY;
	}
	cell->period = query_new(&count->query, &civil__v1__year_month__descriptor);
	cell->area = arena_string(count->query.view.arena, tally->name.area);
	if (cell->period == NULL || cell->area == NULL) {
		return STATUS_NO_MEMORY;
	}
	cell->period->year = tally->name.year;
	cell->period->month = tally->name.month;
	cell->sex = (Civil__V1__Sex)tally->name.sex;
	cell->age_from = tally->name.age == STATISTIC_AGE_UNKNOWN ? -1 : tally->name.age;
	cell->delay = (Civil__V1__RegistrationDelay)tally->name.delay;
	cell->suppressed =
	        !exact && (is_small(tally->count) || (tally->count == 0 && is_small(revision)));
	if (cell->suppressed) {
		response->suppressed++;
	} else {
		cell->count = tally->count > 0 ? (uint64_t)tally->count : 0;
		cell->revision = exact || !is_small(revision) ? revision : 0;
		response->total += cell->count;
		*timely += tally->timely > 0 ? (uint64_t)tally->timely : 0;
	}
	response->cells[response->n_cells] = cell;
	response->n_cells++;
	return STATUS_OK;
}

static int32_t permille(uint64_t part, uint64_t whole)
{
	return whole == 0 || part > (uint64_t)INT32_MAX * whole / 1000
	               ? 0
	               : (int32_t)((part * 1000 + whole / 2) / whole);
}

static enum status answer(struct count *count, Civil__V1__CountActsResponse **out)
{
	struct query *query = &count->query;
	Civil__V1__CountActsResponse *response =
	        query_new(query, &civil__v1__count_acts_response__descriptor);
	uint64_t timely = 0;
	enum status status = STATUS_OK;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	response->cells = arena_array(query->view.arena, count->tally_count,
	                              sizeof(Civil__V1__StatisticCell *));
	if (response->position == NULL || response->cells == NULL) {
		return STATUS_NO_MEMORY;
	}
	qsort(count->tally, count->tally_count, sizeof(*count->tally), compare_tallies);
	for (size_t i = 0; status == STATUS_OK && i < count->tally_count; i++) {
		const struct tally *tally = &count->tally[i];

		if (tally->count != 0 || tally->original != 0) {
			status = add_cell(count, response, tally, &timely);
		}
	}
	response->timely_permille = permille(timely, response->total);
	response->completeness_permille = permille(response->total, count->request->expected);
	response->truncated = count->truncated;
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

static bool is_month(const Civil__V1__YearMonth *month)
{
	return month != NULL && month->year >= DATE_YEAR_MIN && month->year <= DATE_YEAR_MAX &&
	       month->month >= 0 && month->month <= MONTHS;
}

static bool is_valid(const Civil__V1__CountActsRequest *request)
{
	return request->kind >= CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_BIRTHS &&
	       request->kind <= CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_FOETAL_DEATHS &&
	       (unsigned)request->basis <=
	               CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_REGISTRATION &&
	       (unsigned)request->level <= CIVIL__V1__PLACE_LEVEL__PLACE_LEVEL_COMMUNE &&
	       is_month(request->from) && is_month(request->to) &&
	       strnlen(request->area, STATISTIC_AREA_MAX + 1) <= STATISTIC_AREA_MAX;
}

enum status query_count_acts(struct view *view, Civil__V1__CountActsResponse **out,
                             const Civil__V1__CountActsRequest *request)
{
	struct count *count = arena_alloc(view->arena, sizeof(*count));

	if (count == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (!is_valid(request)) {
		return STATUS_INVALID;
	}
	enum status status =
	        query_begin(&count->query, view,
	                    request->known_case == CIVIL__V1__COUNT_ACTS_REQUEST__KNOWN_KNOWN_SIZE,
	                    request->known_size);
	if (status != STATUS_OK) {
		return status;
	}
	count->request = request;
	count->digits = 2 * (size_t)request->level;
	count->tally = arena_array(view->arena, STATISTIC_CELLS_MAX, sizeof(*count->tally));
	count->slot = arena_array(view->arena, SLOTS, sizeof(*count->slot));
	if (count->tally == NULL || count->slot == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = sum(count);
	return status == STATUS_OK ? answer(count, out) : status;
}
