#include "ledger/query/list_impediments.h"

#include "ledger/query/query.h"
#include "ledger/rules/impediments.h"

static enum status add(struct query *query, Civil__V1__Impediment **out,
                       const Civil__V1__RuleFinding *finding)
{
	Civil__V1__Impediment *impediment = query_new(query, &civil__v1__impediment__descriptor);

	if (impediment == NULL) {
		return STATUS_NO_MEMORY;
	}
	impediment->rule = finding->rule;
	impediment->reason = finding->reason;
	impediment->outcome = finding->outcome;
	impediment->role = finding->path;
	*out = impediment;
	return STATUS_OK;
}

static enum status answer(struct query *query, Civil__V1__ListImpedimentsResponse **out,
                          const struct impediments *found)
{
	Civil__V1__ListImpedimentsResponse *response =
	        query_new(query, &civil__v1__list_impediments_response__descriptor);
	enum status status = STATUS_OK;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	response->law_version = arena_string(query->view.arena, found->law_version);
	response->impediments =
	        arena_array(query->view.arena, found->count, sizeof(Civil__V1__Impediment *));
	if (response->position == NULL || response->law_version == NULL ||
	    response->impediments == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->role = found->role;
	response->free = found->count == 0;
	for (size_t i = 0; status == STATUS_OK && i < found->count; i++) {
		status = add(query, &response->impediments[i], found->findings[i]);
		response->n_impediments += status == STATUS_OK;
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

enum status query_list_impediments(struct view *view, Civil__V1__ListImpedimentsResponse **out,
                                   const Civil__V1__ListImpedimentsRequest *request, int32_t today)
{
	struct impediments found;
	struct query query;
	struct id person;
	struct id other;
	int32_t day;
	enum status status = query_begin(
	        &query, view,
	        request->known_case == CIVIL__V1__LIST_IMPEDIMENTS_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK) {
		status = query_day(&day, request->day, today);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &person, request->person);
	}
	if (status == STATUS_OK && request->other != NULL) {
		status = query_named(&query, &other, request->other);
	}
	if (status == STATUS_OK && request->other != NULL && id_equal(&person, &other)) {
		status = STATUS_INVALID;
	}
	query.view.reader = NULL; /* as the rules will judge; no answer says which act it is */
	if (status == STATUS_OK) {
		status = rules_impediments(&query.view, &found, &person,
		                           request->other == NULL ? NULL : &other, day);
	}
	return status == STATUS_OK ? answer(&query, out, &found) : status;
}
