#include "ledger/query/find_act.h"

#include "ledger/person/state.h"
#include "ledger/query/history_entry.h"
#include "ledger/query/query.h"

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

enum status query_find_act(struct view *view, Civil__V1__FindActResponse **out,
                           const Civil__V1__FindActRequest *request)
{
	struct stored_record registered;
	struct query query;
	struct bytes value;
	struct id nobody;
	uint64_t index;
	enum status status = query_begin(
	        &query, view, request->known_case == CIVIL__V1__FIND_ACT_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status != STATUS_OK) {
		return status;
	}
	if (request->registration_number == NULL ||
	    request->registration_number->office_id[0] == '\0') {
		return STATUS_INVALID;
	}
	value = number_of_registration(request->registration_number, query.view.arena);
	if (value.size == 0) {
		return STATUS_NO_MEMORY;
	}
	status = view_number(&query.view, &nobody, &index, NUMBER_REGISTRATION, value);
	if (status == STATUS_OK) {
		status = view_record(&query.view, &registered, index);
	}
	return status == STATUS_OK ? answer(&query, out, &registered) : status;
}
