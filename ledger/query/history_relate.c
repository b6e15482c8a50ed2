/* What later records did to an earlier one: ledger/query/history_entry.h. */
#include "ledger/query/history_entry.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
}

static bool amends(const struct stored_record *record, struct bytes event_id)
{
	const Civil__V1__Content *content = record->event.content;

	return content != NULL && content->kind_case == CIVIL__V1__CONTENT__KIND_CORRECTION &&
	       bytes_equal(of(content->correction->target), event_id);
}

static bool same_case(const struct stored_record *a, const struct stored_record *b)
{
	struct bytes case_id = of(a->event.header->case_id);

	return case_id.size > 0 && bytes_equal(case_id, of(b->event.header->case_id));
}

/* True when the later record of the same case takes the earlier step's place, or ends the case. */
static bool replaces(const struct stored_record *later, const struct stored_record *earlier)
{
	Civil__V1__EventStep step = later->event.header->step;

	if (step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REFUSED ||
	    step == CIVIL__V1__EVENT_STEP__EVENT_STEP_WITHDRAWN) {
		return true;
	}
	return step == CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED &&
	       (earlier->event.header->step == step ||
	        earlier->event.header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED);
}

/* True when the state says that what this record began is over. */
static bool is_over(const Civil__V1__PersonState *state, struct bytes event_id)
{
	for (size_t i = 0; state != NULL && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];

		if (bytes_equal(of(marriage->act), event_id)) {
			return marriage->status !=
			       CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_IN_FORCE;
		}
	}
	for (size_t i = 0; state != NULL && i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];

		if (bytes_equal(of(document->issued_by), event_id)) {
			return document->status ==
			               CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_REPLACED ||
			       document->status ==
			               CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_REVOKED ||
			       document->status ==
			               CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED;
		}
	}
	return false;
}

enum status history_entry_relate(struct query *query, Civil__V1__HistoryEntry *entry,
                                 const struct stored_record *records, size_t count, size_t at,
                                 const Civil__V1__PersonState *state)
{
	const struct stored_record *record = &records[at];
	struct bytes event_id = bytes_of_hash(&record->event.id);
	size_t amendments = 0;

	for (size_t i = at + 1; i < count; i++) {
		amendments += amends(&records[i], event_id) ? 1 : 0;
	}
	entry->amended_by = arena_array(query->view.arena, amendments, sizeof(*entry->amended_by));
	if (entry->amended_by == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = at + 1; i < count; i++) {
		if (amends(&records[i], event_id)) {
			entry->amended_by[entry->n_amended_by] = records[i].index;
			entry->n_amended_by++;
		}
		if (same_case(&records[i], record) && replaces(&records[i], record)) {
			entry->in_force = false;
		}
	}
	if (is_over(state, event_id)) {
		entry->in_force = false;
	}
	return STATUS_OK;
}
