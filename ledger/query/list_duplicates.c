#include "ledger/query/list_duplicates.h"

#include "ledger/authority/authority.h"
#include "ledger/authority/gazetteer.h"
#include "ledger/person/state.h"
#include "ledger/query/page.h"
#include "ledger/store/keys.h"

enum { KEY_BYTES = 9, POSITION_BYTES = 8 };

/* One call. */
struct listing {
	struct query query;
	struct page page;
	Civil__V1__ListDuplicatesResponse *response;
	struct office office;
	size_t seen;
	bool full;
};

/* True when the asked office covers an area of the one that raised the pair, or is that office. */
static enum status is_asked(bool *asked, struct listing *listing, const char *raised_by)
{
	const struct office *office = &listing->office;
	struct office raiser;

	*asked = office->area_count == 0 || strcmp(office->id, raised_by) == 0;
	if (*asked) {
		return STATUS_OK;
	}
	enum status status = authority_office(&listing->query.view, &raiser, raised_by);
	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	for (size_t i = 0; i < raiser.area_count; i++) {
		for (size_t a = 0; a < office->area_count; a++) {
			*asked = *asked || gazetteer_contains(office->areas[a], raiser.areas[i]);
		}
	}
	return STATUS_OK;
}

/* True while the suspicion stands in the state of the first of the two. */
static enum status is_open(bool *open, struct listing *listing, const struct stored_record *record)
{
	struct id person = event_subject_id(&record->event, 0);
	Civil__V1__PersonState *state;
	enum status status = state_at(&listing->query.view, &state, &person, listing->page.day);

	*open = false;
	for (size_t i = 0; status == STATUS_OK && i < state->n_suspicions; i++) {
		const ProtobufCBinaryData *act = &state->suspicions[i]->act;

		*open = *open || bytes_equal(bytes_of(act->data, act->len),
		                             bytes_of_hash(&record->event.id));
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status add(struct listing *listing, const struct stored_record *record)
{
	struct query *query = &listing->query;
	const Civil__V1__DuplicateSuspected *raised = record->event.content->duplicate_suspected;
	const size_t count = record->event.header->n_subjects;
	Civil__V1__SuspectedPair *pair = query_new(query, &civil__v1__suspected_pair__descriptor);

	if (pair == NULL) {
		return STATUS_NO_MEMORY;
	}
	pair->person_ids = arena_array(query->view.arena, count, sizeof(*pair->person_ids));
	if (pair->person_ids == NULL ||
	    !query_bytes(query, &pair->act, bytes_of_hash(&record->event.id))) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		struct id person = event_subject_id(&record->event, i);

		if (!query_bytes(query, &pair->person_ids[i], bytes_of_id(&person))) {
			return STATUS_NO_MEMORY;
		}
	}
	pair->n_person_ids = count;
	pair->index = record->index;
	pair->office_id = record->event.header->office_id;
	pair->score = raised->score;
	pair->rule = raised->rule;
	pair->fields = raised->fields;
	pair->n_fields = raised->n_fields;
	listing->response->pairs[listing->response->n_pairs] = pair;
	listing->response->n_pairs++;
	return STATUS_OK;
}

static enum status look_at(struct listing *listing, uint64_t index)
{
	struct stored_record record;
	bool meant = false;
	enum status status = view_record(&listing->query.view, &record, index);

	if (status != STATUS_OK) {
		return status == STATUS_OUT_OF_RANGE || status == STATUS_NOT_FOUND ? STATUS_OK
		                                                                   : status;
	}
	if (record.event.content == NULL ||
	    record.event.content->kind_case != CIVIL__V1__CONTENT__KIND_DUPLICATE_SUSPECTED) {
		return STATUS_OK; /* erased */
	}
	status = is_asked(&meant, listing, record.event.header->office_id);
	if (status == STATUS_OK && meant) {
		status = is_open(&meant, listing, &record);
	}
	return status == STATUS_OK && meant ? add(listing, &record) : status;
}

static enum status read_row(struct listing *listing, struct bytes key)
{
	if (key.size != KEY_BYTES) {
		return STATUS_CORRUPT;
	}
	const uint64_t index = bytes_read_u64(key.data + 1);

	if (index >= listing->query.view.size) {
		listing->full = true; /* and so are all that follow */
		return STATUS_OK;
	}
	if (listing->seen == DUPLICATES_SCAN_MAX ||
	    listing->response->n_pairs == listing->page.size) {
		listing->full = true;
		listing->response->next_page_token = page_token(
		        &listing->page, &listing->query, bytes_of(key.data + 1, POSITION_BYTES));
		return listing->response->next_page_token == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	listing->seen++;
	return look_at(listing, index);
}

static enum status fill(struct listing *listing)
{
	struct key prefix;
	struct key start;

	key_authority(&prefix, 'd', bytes_of(NULL, 0));
	key_authority(&start, 'd', listing->page.from);
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

static enum status begin(struct listing *listing, struct view *view,
                         const Civil__V1__ListDuplicatesRequest *request, int32_t today)
{
	Civil__V1__ListDuplicatesRequest rest = *request;
	const struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known =
		        request->known_case == CIVIL__V1__LIST_DUPLICATES_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
		.day = today,
	};

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	enum status status = page_begin(&listing->page, &asked, view->arena);
	if (status == STATUS_OK && listing->page.from.size > POSITION_BYTES) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = query_begin(&listing->query, view, listing->page.has_known,
		                     listing->page.known);
	}
	return status == STATUS_OK ? authority_office(&listing->query.view, &listing->office,
	                                              request->office_id)
	                           : status;
}

enum status query_list_duplicates(struct view *view, Civil__V1__ListDuplicatesResponse **out,
                                  const Civil__V1__ListDuplicatesRequest *request, int32_t today)
{
	struct listing listing = { .seen = 0 };
	enum status status = begin(&listing, view, request, today);

	if (status != STATUS_OK) {
		return status;
	}
	listing.response =
	        query_new(&listing.query, &civil__v1__list_duplicates_response__descriptor);
	if (listing.response == NULL) {
		return STATUS_NO_MEMORY;
	}
	listing.response->position = query_position(&listing.query);
	listing.response->pairs = arena_array(listing.query.view.arena, listing.page.size,
	                                      sizeof(*listing.response->pairs));
	if (listing.response->position == NULL || listing.response->pairs == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&listing);
	if (status == STATUS_OK) {
		*out = listing.response;
	}
	return status;
}
