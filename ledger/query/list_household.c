#include "ledger/query/list_household.h"

#include "ledger/person/household.h"
#include "ledger/query/household_page.h"

/* The content of the record that a number belongs to. STATUS_NOT_FOUND also when it was erased. */
static enum status content_of(struct view *view, const Civil__V1__Content **out,
                              enum number_sort sort, struct bytes value)
{
	struct stored_record record;
	struct id nobody;
	uint64_t index;
	enum status status = view_number(view, &nobody, &index, sort, value);

	if (status == STATUS_OK) {
		status = view_record(view, &record, index);
	}
	if (status == STATUS_OK && record.event.content == NULL) {
		return STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		*out = record.event.content;
	}
	return status;
}

static enum status answer_residents(struct household *household,
                                    Civil__V1__ListResidentsResponse **out)
{
	Civil__V1__ListResidentsResponse *response =
	        query_new(&household->query, &civil__v1__list_residents_response__descriptor);
	const Civil__V1__Content *content;
	enum status status =
	        content_of(&household->query.view, &content, NUMBER_UNIT, household->unit);

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (status != STATUS_OK) {
		return status;
	}
	response->address = content->residence_unit_opened->address;
	status = content_of(&household->query.view, &content, NUMBER_UNIT_CLOSED, household->unit);
	if (status == STATUS_OK) {
		response->closed_on = content->residence_unit_closed->date;
	} else if (status != STATUS_NOT_FOUND) {
		return status;
	}
	status = household_page(household);
	response->members = household->members;
	response->n_members = household->count;
	if (household->next != NULL) {
		response->next_page_token = household->next;
	}
	response->position = query_position(&household->query);
	if (status == STATUS_OK && response->position == NULL) {
		status = STATUS_NO_MEMORY;
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

enum status query_list_residents(struct view *view, Civil__V1__ListResidentsResponse **out,
                                 const Civil__V1__ListResidentsRequest *request, int32_t today)
{
	Civil__V1__ListResidentsRequest rest = *request;
	struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known =
		        request->known_case == CIVIL__V1__LIST_RESIDENTS_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};
	struct household household = { .unit = bytes_of(request->unit.data, request->unit.len),
		                       .former = request->former,
		                       .context = request->context,
		                       .today = today };

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	if (household.unit.size != ID_BYTES) {
		return STATUS_INVALID;
	}
	enum status status = household_begin(&household, view, &asked, request->valid, today);

	return status == STATUS_OK ? answer_residents(&household, out) : status;
}

/* The dwelling of the book: its unit, and its address where the unit is known. */
static enum status add_dwelling(struct household *household,
                                Civil__V1__ListBookMembersResponse *response,
                                const Civil__V1__Content *opened)
{
	const Civil__V1__Content *dwelling = NULL;
	struct book_act book;

	if (!book_act_of(&book, opened)) {
		return STATUS_CORRUPT;
	}
	enum status status = content_of(&household->query.view, &dwelling, NUMBER_UNIT, book.unit);
	if (status == STATUS_OK) {
		response->address = dwelling->residence_unit_opened->address;
	}
	if (!query_bytes(&household->query, &response->unit, book.unit)) {
		return STATUS_NO_MEMORY;
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status answer_members(struct household *household,
                                  Civil__V1__ListBookMembersResponse **out)
{
	Civil__V1__ListBookMembersResponse *response =
	        query_new(&household->query, &civil__v1__list_book_members_response__descriptor);
	const Civil__V1__Content *opened;
	enum status status = content_of(&household->query.view, &opened, NUMBER_FAMILY_BOOK,
	                                bytes_of_string(household->book_number));

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (status == STATUS_OK) {
		status = add_dwelling(household, response, opened);
	}
	if (status == STATUS_OK) {
		status = household_page(household);
	}
	response->members = household->members;
	response->n_members = household->count;
	if (household->next != NULL) {
		response->next_page_token = household->next;
	}
	response->position = query_position(&household->query);
	if (status == STATUS_OK && response->position == NULL) {
		status = STATUS_NO_MEMORY;
	}
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

enum status query_list_book_members(struct view *view, Civil__V1__ListBookMembersResponse **out,
                                    const Civil__V1__ListBookMembersRequest *request, int32_t today)
{
	Civil__V1__ListBookMembersRequest rest = *request;
	struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known = request->known_case ==
		             CIVIL__V1__LIST_BOOK_MEMBERS_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};
	struct household household = { .book_number = request->book_number,
		                       .former = request->former,
		                       .context = request->context,
		                       .today = today };

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	if (request->book_number[0] == '\0') {
		return STATUS_INVALID;
	}
	enum status status = household_begin(&household, view, &asked, request->valid, today);

	return status == STATUS_OK ? answer_members(&household, out) : status;
}
