#include "ledger/query/get_person.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/query/place_names.h"
#include "ledger/query/protection.h"
#include "ledger/query/query.h"

static enum status answer(struct query *query, Civil__V1__GetPersonResponse **out,
                          Civil__V1__PersonState *state, int32_t day)
{
	Civil__V1__GetPersonResponse *response =
	        query_new(query, &civil__v1__get_person_response__descriptor);
	struct hash hash;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->state = state;
	response->position = query_position(query);
	response->valid = query_new(query, &civil__v1__date__descriptor);
	if (response->position == NULL || response->valid == NULL) {
		return STATUS_NO_MEMORY;
	}
	partial_date_of_day(response->valid, day);
	hash = state_hash(state, query->view.arena);
	if (!query_bytes(query, &response->state_hash, bytes_of_hash(&hash))) {
		return STATUS_NO_MEMORY;
	}
	*out = response;
	return place_names_add(query, response);
}

enum status query_get_person(struct view *view, Civil__V1__GetPersonResponse **out,
                             const Civil__V1__GetPersonRequest *request, int32_t today)
{
	bool by_id = request->person_case == CIVIL__V1__GET_PERSON_REQUEST__PERSON_PERSON_ID;
	bool by_number = request->person_case == CIVIL__V1__GET_PERSON_REQUEST__PERSON_NUMBER;
	Civil__V1__PersonState *state;
	struct query query;
	struct id person;
	int32_t day;
	enum status status =
	        query_begin(&query, view,
	                    request->known_case == CIVIL__V1__GET_PERSON_REQUEST__KNOWN_KNOWN_SIZE,
	                    request->known_size);

	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_person(&query, &person, by_id ? &request->person_id : NULL,
		                      by_number ? request->number : NULL);
	}
	if (status == STATUS_OK) {
		status = state_at(&query.view, &state, &person, day);
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query.view, state, day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) {
		status = protection_hide(&query, state, day, request->context, today);
	}
	return status == STATUS_OK ? answer(&query, out, state, day) : status;
}
