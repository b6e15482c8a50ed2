#include "ledger/query/find_act.h"

#include "ledger/concerned.h"
#include "ledger/index_paper.h"
#include "ledger/person/state.h"
#include "ledger/query/history_entry.h"
#include "ledger/query/query.h"
#include "ledger/sealing.h"

enum { ACTS_MAX = 101 }; /* the one told, and a hundred others */

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

/* Position of a record among those of its first subject, which hold every record that amends it. */
static enum status relate(struct query *query, Civil__V1__HistoryEntry *entry,
                          const struct stored_record *record)
{
	struct stored_record *records;
	Civil__V1__PersonState *state = NULL;
	struct id person;
	uint64_t *indexes;
	size_t count;
	size_t later = 1;

	if (record->event.header->n_subjects == 0) {
		return STATUS_OK;
	}
	person = event_subject_id(&record->event, 0);
	enum status status = view_history(&query->view, &indexes, &count, &person);
	if (status == STATUS_OK) {
		status = state_at(&query->view, &state, &person, STATE_VALID_ALL);
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	if (status != STATUS_OK) {
		return status;
	}
	records = arena_array(query->view.arena, count + 1, sizeof(*records));
	if (records == NULL) {
		return STATUS_NO_MEMORY;
	}
	records[0] = *record;
	for (size_t i = 0; i < count; i++) {
		if (indexes[i] <= record->index) {
			continue;
		}
		status = view_record(&query->view, &records[later], indexes[i]);
		if (status != STATUS_OK) {
			return status;
		}
		later++;
	}
	return history_entry_relate(query, entry, records, later, 0, state);
}

static enum status add_entry(struct query *query, Civil__V1__HistoryEntry **out,
                             const struct stored_record *record)
{
	enum status status = history_entry_make(query, out, record, NULL);

	return status == STATUS_OK ? relate(query, *out, record) : status;
}

static enum status answer(struct query *query, Civil__V1__FindActResponse **out,
                          const struct stored_record *registered)
{
	Civil__V1__FindActResponse *response =
	        query_new(query, &civil__v1__find_act_response__descriptor);
	const Civil__V1__Content *content = registered->event.content;
	struct stored_record declared;
	enum status status;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	if (response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	concerned_note_all(&query->view, &registered->event);
	status = add_entry(query, &response->registration, registered);
	if (status == STATUS_OK && content != NULL &&
	    content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		status = view_record_by_event(&query->view, &declared,
		                              of(content->registration->declaration));
		if (status == STATUS_OK) {
			status = add_entry(query, &response->declaration, &declared);
		}
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

static enum status find_by_number(struct query *query, uint64_t *index,
                                  const Civil__V1__RegistrationNumber *number)
{
	struct id nobody;

	if (number->office_id[0] == '\0') {
		return STATUS_INVALID;
	}
	struct bytes value = number_of_registration(number, query->view.arena);

	return value.size == 0
	               ? STATUS_NO_MEMORY
	               : view_number(&query->view, &nobody, index, NUMBER_REGISTRATION, value);
}

/* Indexes of the acts at a place of a paper register, in the order of page and entry. */
static enum status find_by_paper(struct query *query, uint64_t *found, size_t *count,
                                 const Civil__V1__PaperReference *paper)
{
	struct key prefix;

	*count = 0;
	if (paper->office_id[0] == '\0' || paper->book[0] == '\0' || paper->year <= 0) {
		return STATUS_INVALID;
	}
	if (!index_paper_prefix(&prefix, paper)) {
		return STATUS_NOT_FOUND;
	}
	struct store_cursor *cursor = store_cursor_open(query->view.store, STORE_WORK,
	                                                key_bytes(&prefix), bytes_of(NULL, 0));

	if (cursor == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = STATUS_OK;

	for (; status == STATUS_OK && *count < ACTS_MAX && store_cursor_valid(cursor);
	     store_cursor_next(cursor)) {
		struct bytes key = store_cursor_key(cursor);
		uint64_t index = bytes_read_u64(key.data + key.size - 8);

		bool covered;

		status = sealing_covers(&query->view, &covered, index);
		if (status == STATUS_OK && !covered && index < query->view.size) {
			found[*count] = index;
			(*count)++;
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	return status == STATUS_OK && *count == 0 ? STATUS_NOT_FOUND : status;
}

static enum status find(struct query *query, uint64_t *found, size_t *count,
                        const Civil__V1__FindActRequest *request)
{
	if ((request->registration_number == NULL) == (request->paper_reference == NULL)) {
		return STATUS_INVALID;
	}
	*count = 1;
	return request->registration_number != NULL
	               ? find_by_number(query, found, request->registration_number)
	               : find_by_paper(query, found, count, request->paper_reference);
}

enum status query_find_act(struct view *view, Civil__V1__FindActResponse **out,
                           const Civil__V1__FindActRequest *request)
{
	struct stored_record registered;
	struct query query;
	uint64_t *found;
	size_t count;
	enum status status = query_begin(
	        &query, view, request->known_case == CIVIL__V1__FIND_ACT_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status != STATUS_OK) {
		return status;
	}
	found = arena_array(view->arena, ACTS_MAX, sizeof(*found));
	if (found == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = find(&query, found, &count, request);
	if (status == STATUS_OK) {
		status = view_record(&query.view, &registered, found[0]);
	}
	if (status == STATUS_OK) {
		status = answer(&query, out, &registered);
	}
	if (status == STATUS_OK) {
		(*out)->others = found + 1;
		(*out)->n_others = count - 1;
	}
	return status;
}
