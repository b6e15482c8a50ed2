#include "ledger/query/compare_known.h"

#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/query/protection.h"
#include "ledger/query/query.h"

/* Who reads, and when. */
struct reader {
	const Civil__V1__ReadContext *context;
	int32_t today;
};

/* The state at one side; NULL when there is none. */
static enum status side(struct query *query, Civil__V1__PersonState **out, const struct id *person,
                        int32_t day, const struct reader *reader)
{
	enum status status = state_at(&query->view, out, person, day);

	if (status == STATUS_NOT_FOUND) {
		*out = NULL;
		return STATUS_OK;
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query->view, *out, day, STATE_VALID_ALL);
	}
	return status == STATUS_OK
	               ? protection_hide(query, *out, day, reader->context, reader->today)
	               : status;
}

static enum status add_causes(struct query *to, Civil__V1__CompareKnownResponse *response,
                              const struct id *person, uint64_t known_from)
{
	uint64_t *indexes;
	size_t count;
	size_t first = 0;
	struct persona persona;
	enum status status = persona_load(&to->view, &persona, person);

	if (status == STATUS_OK) {
		status = persona_history(&to->view, &indexes, &count, &persona, PERSONA_GROUP);
	}

	if (status != STATUS_OK) {
		return status;
	}
	while (first < count && indexes[first] < known_from) {
		first++;
	}
	response->causes = indexes + first;
	response->n_causes = count - first;
	return STATUS_OK;
}

static enum status add_changes(struct query *to, Civil__V1__CompareKnownResponse *response,
                               const Civil__V1__PersonState *before,
                               const Civil__V1__PersonState *after)
{
	struct arena *arena = to->view.arena;
	struct state_difference *found;
	size_t count;
	enum status status = state_compare(&found, &count, before, after, arena);

	if (status != STATUS_OK) {
		return status;
	}
	response->changes = arena_array(arena, count, sizeof(Civil__V1__AttributeChange *));
	if (response->changes == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		Civil__V1__AttributeChange *change =
		        query_new(to, &civil__v1__attribute_change__descriptor);

		if (change == NULL) {
			return STATUS_NO_MEMORY;
		}
		change->path = arena_string(arena, found[i].path);
		change->before = arena_string(arena, found[i].before);
		change->after = arena_string(arena, found[i].after);
		if (change->path == NULL || change->before == NULL || change->after == NULL) {
			return STATUS_NO_MEMORY;
		}
		response->changes[i] = change;
		response->n_changes++;
	}
	return STATUS_OK;
}

static enum status answer(struct query *to, Civil__V1__CompareKnownResponse **out,
                          const struct id *person, uint64_t known_from,
                          Civil__V1__PersonState *const sides[2])
{
	Civil__V1__CompareKnownResponse *response =
	        query_new(to, &civil__v1__compare_known_response__descriptor);
	enum status status;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(to);
	if (response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = add_causes(to, response, person, known_from);
	if (status == STATUS_OK) {
		status = add_changes(to, response, sides[0], sides[1]);
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

enum status query_compare_known(struct view *view, Civil__V1__CompareKnownResponse **out,
                                const Civil__V1__CompareKnownRequest *request, int32_t today)
{
	bool by_id = request->person_case == CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_PERSON_ID;
	bool by_number = request->person_case == CIVIL__V1__COMPARE_KNOWN_REQUEST__PERSON_NUMBER;
	const struct reader reader = { request->context, today };
	Civil__V1__PersonState *sides[2];
	struct query from;
	struct query to;
	struct id person;
	int32_t day;
	enum status status = query_begin(
	        &to, view, request->known_case == CIVIL__V1__COMPARE_KNOWN_REQUEST__KNOWN_KNOWN_TO,
	        request->known_to);

	if (status == STATUS_OK) {
		status = query_begin(&from, view, true, request->known_from);
	}
	if (status == STATUS_OK && from.view.size > to.view.size) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_person(&to, &person, by_id ? &request->person_id : NULL,
		                      by_number ? request->number : NULL);
	}
	if (status == STATUS_OK) {
		status = side(&from, &sides[0], &person, day, &reader);
	}
	if (status == STATUS_OK) {
		status = side(&to, &sides[1], &person, day, &reader);
	}
	if (status == STATUS_OK && sides[0] == NULL && sides[1] == NULL) {
		status = STATUS_NOT_FOUND;
	}
	return status == STATUS_OK ? answer(&to, out, &person, request->known_from, sides) : status;
}
