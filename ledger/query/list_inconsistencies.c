#include "ledger/query/list_inconsistencies.h"

#include "ledger/authority/authority.h"
#include "ledger/authority/gazetteer.h"
#include "ledger/concerned.h"
#include "ledger/person/area.h"
#include "ledger/person/state.h"
#include "ledger/query/page.h"
#include "ledger/query/protection.h"
#include "ledger/store/keys.h"

enum { AREA_MAX = 8, POSITION_MAX = AREA_MAX + 1 + ID_BYTES };

/* One call. */
struct listing {
	struct query query;
	struct page page;
	const Civil__V1__ReadContext *context;
	int32_t today;
	Civil__V1__ListInconsistenciesResponse *response;
	const char *const *areas; /* any order */
	size_t area_count;
	size_t seen;
	bool full;
};

static bool is_asked(const struct listing *listing, const char *code)
{
	for (size_t i = 0; i < listing->area_count; i++) {
		if (gazetteer_contains(listing->areas[i], code)) {
			return true;
		}
	}
	return listing->area_count == 0;
}

static enum status add(struct listing *listing, const struct id *person,
                       const Civil__V1__PersonState *state)
{
	struct query *query = &listing->query;
	Civil__V1__PersonInconsistencies *found =
	        query_new(query, &civil__v1__person_inconsistencies__descriptor);

	if (found == NULL || !query_bytes(query, &found->person_id, bytes_of_id(person))) {
		return STATUS_NO_MEMORY;
	}
	found->area = arena_string(query->view.arena, person_area(state));
	found->inconsistencies = state->inconsistencies;
	found->n_inconsistencies = state->n_inconsistencies;
	concerned_note(&query->view, person);
	listing->response->persons[listing->response->n_persons] = found;
	listing->response->n_persons++;
	return found->area == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Looks at one person of the index, who may be elsewhere or consistent on that day. */
static enum status look_at(struct listing *listing, struct bytes area, const struct id *person)
{
	struct view *view = &listing->query.view;
	Civil__V1__PersonState *state;
	bool hidden = false;
	enum status status = state_at(view, &state, person, listing->page.day);

	if (status == STATUS_OK) {
		status = state_resolve(view, state, listing->page.day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) { /* to be listed here would tell where the person lives */
		status = protection_applies(&listing->query, &hidden, state, listing->page.day,
		                            listing->context, listing->today);
	}
	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	bool here = !hidden && bytes_equal(bytes_of_string(person_area(state)), area);

	return here && state->n_inconsistencies > 0 ? add(listing, person, state) : STATUS_OK;
}

static enum status end_page(struct listing *listing, struct bytes key)
{
	struct bytes position = bytes_of(key.data + 1, key.size - 1);
	char *token = page_token(&listing->page, &listing->query, position);

	listing->full = true;
	listing->response->next_page_token = token;
	return token == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status read_row(struct listing *listing, struct bytes key)
{
	struct bytes rest = bytes_of(key.data + 1, key.size - 1);
	char code[AREA_MAX + 1];
	struct bytes area;
	struct id person;

	if (!key_read_string0(&rest, &area) || area.size > AREA_MAX ||
	    !key_read_id(&rest, &person) || rest.size != 0) {
		return STATUS_CORRUPT;
	}
	memcpy(code, area.data, area.size);
	code[area.size] = '\0';
	if (!is_asked(listing, code)) {
		return STATUS_OK;
	}
	if (listing->seen == INCONSISTENT_SCAN_MAX ||
	    listing->response->n_persons == listing->page.size) {
		return end_page(listing, key);
	}
	listing->seen++;
	return look_at(listing, area, &person);
}

/* Reads the rows between the least and the greatest area that were asked for. */
static enum status fill(struct listing *listing)
{
	struct bytes common = bytes_of(NULL, 0);
	struct key prefix;
	struct key start;

	if (listing->area_count == 1) {
		common = bytes_of_string(listing->areas[0]);
	}
	key_authority(&prefix, 'i', common);
	key_authority(&start, 'i', listing->page.from);
	if (start.size < prefix.size || memcmp(start.bytes, prefix.bytes, prefix.size) != 0) {
		start = prefix;
	}
	struct store_cursor *cursor = store_cursor_open(listing->query.view.store, STORE_WORK,
	                                                key_bytes(&prefix), key_bytes(&start));
	enum status status = cursor == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	for (; status == STATUS_OK && !listing->full && store_cursor_valid(cursor);
	     store_cursor_next(cursor)) {
		status = read_row(listing, store_cursor_key(cursor));
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status;
}

static enum status read_scope(struct listing *listing,
                              const Civil__V1__ListInconsistenciesRequest *request)
{
	struct arena *arena = listing->query.view.arena;
	struct office office;
	const char **area;

	switch (request->scope_case) {
	case CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE_OFFICE_ID: {
		enum status status =
		        authority_office(&listing->query.view, &office, request->office_id);

		if (status == STATUS_OK) {
			listing->areas = office.areas;
			listing->area_count = office.area_count;
		}
		return status;
	}
	case CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE_AREA:
		area = arena_alloc(arena, sizeof(*area));
		if (area == NULL) {
			return STATUS_NO_MEMORY;
		}
		*area = request->area;
		listing->areas = area;
		listing->area_count = 1;
		return strnlen(request->area, AREA_MAX + 1) > AREA_MAX ? STATUS_INVALID : STATUS_OK;
	case CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE__NOT_SET:
	case _CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__SCOPE__CASE_IS_INT_SIZE:
		break;
	}
	return STATUS_INVALID;
}

static enum status begin(struct listing *listing, struct view *view,
                         const Civil__V1__ListInconsistenciesRequest *request, int32_t today)
{
	Civil__V1__ListInconsistenciesRequest rest = *request;
	struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known = request->known_case ==
		             CIVIL__V1__LIST_INCONSISTENCIES_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};
	enum status status = query_day(&asked.day, request->valid, today);

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	if (status == STATUS_OK) {
		status = page_begin(&listing->page, &asked, view->arena);
	}
	if (status == STATUS_OK && listing->page.from.size > POSITION_MAX) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = query_begin(&listing->query, view, listing->page.has_known,
		                     listing->page.known);
	}
	return status == STATUS_OK ? read_scope(listing, request) : status;
}

enum status query_list_inconsistencies(struct view *view,
                                       Civil__V1__ListInconsistenciesResponse **out,
                                       const Civil__V1__ListInconsistenciesRequest *request,
                                       int32_t today)
{
	struct listing listing = { .context = request->context, .today = today };
	enum status status = begin(&listing, view, request, today);

	if (status != STATUS_OK) {
		return status;
	}
	listing.response =
	        query_new(&listing.query, &civil__v1__list_inconsistencies_response__descriptor);
	if (listing.response == NULL) {
		return STATUS_NO_MEMORY;
	}
	listing.response->position = query_position(&listing.query);
	listing.response->persons = arena_array(listing.query.view.arena, listing.page.size,
	                                        sizeof(Civil__V1__PersonInconsistencies *));
	if (listing.response->position == NULL || listing.response->persons == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&listing);
	if (status == STATUS_OK) {
		*out = listing.response;
	}
	return status;
}
