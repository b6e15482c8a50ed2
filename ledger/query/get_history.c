#include "ledger/query/get_history.h"

#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/query/history_entry.h"
#include "ledger/query/page.h"
#include "ledger/query/protection.h"

enum { POSITION_BYTES = 8 }; /* index of the next record */

/* Records being collected, ascending. */
struct collection {
	struct stored_record *records;
	size_t count;
	size_t room;
};

static enum status add_record(struct query *query, struct collection *collection,
                              const struct stored_record *record)
{
	size_t at = collection->count;

	if (collection->count == collection->room) {
		size_t room = collection->room == 0 ? 16 : 2 * collection->room;
		struct stored_record *grown = arena_array(query->view.arena, room, sizeof(*grown));

		if (grown == NULL) {
			return STATUS_NO_MEMORY;
		}
		if (collection->count > 0) {
			memcpy(grown, collection->records, collection->count * sizeof(*grown));
		}
		collection->records = grown;
		collection->room = room;
	}
	while (at > 0 && collection->records[at - 1].index > record->index) {
		collection->records[at] = collection->records[at - 1];
		at--;
	}
	collection->records[at] = *record;
	collection->count++;
	return STATUS_OK;
}

/* A notification may come before anybody knows whom it concerns. It belongs to the history of those
 * whom its case names. */
static enum status add_notifications(struct query *query, struct collection *collection,
                                     const struct stored_record *declared)
{
	const ProtobufCBinaryData *case_id = &declared->event.header->case_id;
	struct stored_record *records;
	size_t count;
	enum status status =
	        view_case(&query->view, &records, &count, bytes_of(case_id->data, case_id->len));

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		const Civil__V1__EventHeader *header = records[i].event.header;

		if (header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED &&
		    header->n_subjects == 0) {
			status = add_record(query, collection, &records[i]);
		}
	}
	return status;
}

/* True when an earlier record at hand declares in the same case. */
static bool case_is_known(const struct collection *collection, const struct stored_record *declared)
{
	for (size_t i = 0; i < collection->count; i++) {
		const Civil__V1__EventHeader *header = collection->records[i].event.header;
		const ProtobufCBinaryData *case_id = &declared->event.header->case_id;

		if (header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED &&
		    bytes_equal(bytes_of(header->case_id.data, header->case_id.len),
		                bytes_of(case_id->data, case_id->len))) {
			return true;
		}
	}
	return false;
}

static enum status read_records(struct query *query, struct collection *collection,
                                const struct id *person)
{
	uint64_t *indexes;
	size_t count;
	struct persona persona;
	enum status status = persona_load(&query->view, &persona, person);

	if (status == STATUS_OK) {
		status = persona_history(&query->view, &indexes, &count, &persona, PERSONA_PERSON);
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;

		status = view_record(&query->view, &record, indexes[i]);
		if (status == STATUS_OK &&
		    record.event.header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED &&
		    !case_is_known(collection, &record)) {
			status = add_notifications(query, collection, &record);
		}
		if (status == STATUS_OK) {
			status = add_record(query, collection, &record);
		}
	}
	return status;
}

static enum status end_page(struct query *query, Civil__V1__GetHistoryResponse *response,
                            const struct page *page, uint64_t next)
{
	uint8_t position[POSITION_BYTES];

	bytes_write_u64(position, next);
	response->next_page_token = page_token(page, query, bytes_of(position, sizeof(position)));
	return response->next_page_token == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status fill(struct query *query, Civil__V1__GetHistoryResponse *response,
                        const struct page *page, const struct id *person,
                        const Civil__V1__PersonState *state)
{
	struct collection found = { 0 };
	uint64_t from = page->first ? 0 : bytes_read_u64(page->from.data);
	enum status status = read_records(query, &found, person);
	const struct stored_record *records = found.records;
	size_t count = found.count;

	if (status != STATUS_OK) {
		return status;
	}
	response->entries = arena_array(query->view.arena, count < page->size ? count : page->size,
	                                sizeof(Civil__V1__HistoryEntry *));
	if (response->entries == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		Civil__V1__HistoryEntry *entry;

		if (records[i].index < from) {
			continue;
		}
		if (response->n_entries == page->size) {
			return end_page(query, response, page, records[i].index);
		}
		status = history_entry_make(query, &entry, &records[i], person);
		if (status == STATUS_OK) {
			status = history_entry_relate(query, entry, records, count, i, state);
		}
		if (status != STATUS_OK) {
			return status;
		}
		response->entries[response->n_entries] = entry;
		response->n_entries++;
	}
	return STATUS_OK;
}

static enum status read_page(struct page *page, struct view *view,
                             const Civil__V1__GetHistoryRequest *request)
{
	Civil__V1__GetHistoryRequest rest = *request;
	const struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known =
		        request->known_case == CIVIL__V1__GET_HISTORY_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	enum status status = page_begin(page, &asked, view->arena);

	return status == STATUS_OK && !page->first && page->from.size != POSITION_BYTES
	               ? STATUS_INVALID
	               : status;
}

/* Takes out what a protection of the person's address hides. */
static enum status hide(struct query *query, Civil__V1__GetHistoryResponse *response,
                        const struct id *person, const Civil__V1__ReadContext *context,
                        int32_t today)
{
	bool hidden;
	enum status status = protection_now(query, &hidden, person, context, today);

	for (size_t i = 0; status == STATUS_OK && hidden && i < response->n_entries; i++) {
		protection_strip(&response->entries[i]->content);
	}
	return status;
}

enum status query_get_history(struct view *view, Civil__V1__GetHistoryResponse **out,
                              const Civil__V1__GetHistoryRequest *request, int32_t today)
{
	Civil__V1__GetHistoryResponse *response;
	Civil__V1__PersonState *state;
	struct query query;
	struct page page;
	struct id person;
	bool by_id = request->person_case == CIVIL__V1__GET_HISTORY_REQUEST__PERSON_PERSON_ID;
	bool by_number = request->person_case == CIVIL__V1__GET_HISTORY_REQUEST__PERSON_NUMBER;
	enum status status = read_page(&page, view, request);

	if (status == STATUS_OK) {
		status = query_begin(&query, view, page.has_known, page.known);
	}
	if (status == STATUS_OK) {
		status = query_person(&query, &person, by_id ? &request->person_id : NULL,
		                      by_number ? request->number : NULL);
	}
	if (status == STATUS_OK) {
		status = state_at(&query.view, &state, &person, STATE_VALID_ALL);
	}
	if (status != STATUS_OK) {
		return status;
	}
	response = query_new(&query, &civil__v1__get_history_response__descriptor);
	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(&query);
	status = response->position == NULL ? STATUS_NO_MEMORY
	                                    : fill(&query, response, &page, &person, state);
	if (status == STATUS_OK) {
		status = hide(&query, response, &person, request->context, today);
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}
