#include "ledger/query/get_case.h"

#include "ledger/concerned.h"
#include "ledger/query/history_entry.h"
#include "ledger/query/query.h"

/* What a step makes of its case. A verification that comes after the registration of a provisional
 * birth leaves it registered. */
static Civil__V1__CaseStatus status_after(Civil__V1__CaseStatus before, Civil__V1__EventStep step)
{
	if (step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED) {
		return CIVIL__V1__CASE_STATUS__CASE_STATUS_REGISTERED;
	}
	if (step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED) {
		return CIVIL__V1__CASE_STATUS__CASE_STATUS_REFUSED;
	}
	if (step == CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN) {
		return CIVIL__V1__CASE_STATUS__CASE_STATUS_WITHDRAWN;
	}
	return before;
}

static enum status fill(struct query *query, Civil__V1__GetCaseResponse *response,
                        const struct stored_record *records, size_t count)
{
	response->entries =
	        arena_array(query->view.arena, count, sizeof(Civil__V1__HistoryEntry *));
	if (response->entries == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->status = CIVIL__V1__CASE_STATUS__CASE_STATUS_OPEN;
	for (size_t i = 0; i < count; i++) {
		Civil__V1__HistoryEntry *entry;

		concerned_note_all(&query->view, &records[i].event);
		enum status status = history_entry_make(query, &entry, &records[i], NULL);

		if (status == STATUS_OK) {
			status = history_entry_relate(query, entry, records, count, i, NULL);
		}
		if (status != STATUS_OK) {
			return status;
		}
		response->entries[i] = entry;
		response->n_entries++;
		response->status = status_after(response->status, records[i].event.header->step);
	}
	return STATUS_OK;
}

enum status query_get_case(struct view *view, Civil__V1__GetCaseResponse **out,
                           const Civil__V1__GetCaseRequest *request)
{
	Civil__V1__GetCaseResponse *response;
	struct stored_record *records;
	struct query query;
	size_t count;
	enum status status = query_begin(&query, view, false, 0);

	if (status != STATUS_OK) {
		return status;
	}
	if (request->case_id.len != ID_BYTES) {
		return STATUS_INVALID;
	}
	status = view_case(&query.view, &records, &count,
	                   bytes_of(request->case_id.data, request->case_id.len));
	if (status != STATUS_OK) {
		return status;
	}
	if (count == 0) {
		return STATUS_NOT_FOUND;
	}
	response = query_new(&query, &civil__v1__get_case_response__descriptor);
	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(&query);
	status = response->position == NULL ? STATUS_NO_MEMORY
	                                    : fill(&query, response, records, count);
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}
