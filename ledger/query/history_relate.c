/* What later records did to an earlier one: ledger/query/history_entry.h. */
#include "ledger/person/acts.h"
#include "ledger/query/history_entry.h"

static struct bytes of(ProtobufCBinaryData data)
{
	return bytes_of(data.data, data.len);
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

/* True when the record refers to the event: it was made on the ground of it. */
static bool refers_to(const struct stored_record *record, struct bytes event_id)
{
	const Civil__V1__EventHeader *header = record->event.header;

	for (size_t i = 0; i < header->n_references; i++) {
		if (bytes_equal(of(header->references[i]), event_id)) {
			return true;
		}
	}
	return false;
}

/* True when the record ended the marriage that the event concluded. */
static bool ended_marriage(const Civil__V1__PersonState *state, const struct stored_record *record,
                           struct bytes event_id)
{
	for (size_t i = 0; state != NULL && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];

		if (bytes_equal(of(marriage->act), event_id) &&
		    bytes_equal(of(marriage->end_act), bytes_of_hash(&record->event.id))) {
			return true;
		}
	}
	return false;
}

/* True when the record issued a document that prints something else than the register says. */
static bool prints_otherwise(const Civil__V1__PersonState *state,
                             const struct stored_record *record)
{
	for (size_t i = 0; state != NULL && i < state->n_inconsistencies; i++) {
		const Civil__V1__PersonInconsistency *difference = state->inconsistencies[i];

		for (size_t d = 0; d < state->n_documents; d++) {
			const Civil__V1__PersonDocument *document = state->documents[d];

			if (strcmp(document->number, difference->document_number) == 0 &&
			    strcmp(document->document_class, difference->document_class) == 0 &&
			    bytes_equal(of(document->issued_by),
			                bytes_of_hash(&record->event.id))) {
				return true;
			}
		}
	}
	return false;
}

/* Whether a later record builds on the act: by naming it, by ending the marriage that it concluded,
 * or by a document that no longer prints what the register says. Courts speak of acts and do not
 * build on them. */
static bool depends(const struct stored_record *record, struct bytes event_id,
                    const Civil__V1__PersonState *state)
{
	const Civil__V1__EventHeader *header = record->event.header;

	return header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED &&
	       header->event_class != CIVIL__V1__EVENT_CLASS__EVENT_CLASS_COURT &&
	       !acts_amends(record, event_id) &&
	       (refers_to(record, event_id) || ended_marriage(state, record, event_id) ||
	        prints_otherwise(state, record));
}

static enum status list_dependants(struct query *query, Civil__V1__HistoryEntry *entry,
                                   const struct stored_record *records, size_t count, size_t at,
                                   const Civil__V1__PersonState *state)
{
	struct bytes event_id = bytes_of_hash(&records[at].event.id);

	entry->dependants = arena_array(query->view.arena, count - at, sizeof(*entry->dependants));
	if (entry->dependants == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = at + 1; i < count; i++) {
		if (depends(&records[i], event_id, state)) {
			entry->dependants[entry->n_dependants] = records[i].index;
			entry->n_dependants++;
		}
	}
	return STATUS_OK;
}

/* What an amended record has to say of it: whether it stands, and who leans on it. */
static enum status relate_amended(struct query *query, Civil__V1__HistoryEntry *entry,
                                  const struct stored_record *records, size_t count, size_t at,
                                  const Civil__V1__PersonState *state)
{
	struct act_void by;
	enum status status = acts_voided(&query->view, &by, &records[at]);

	if (status != STATUS_OK) {
		return status;
	}
	entry->in_force = entry->in_force && by.sort == ACT_VOID_NOT;
	return list_dependants(query, entry, records, count, at, state);
}

enum status history_entry_relate(struct query *query, Civil__V1__HistoryEntry *entry,
                                 const struct stored_record *records, size_t count, size_t at,
                                 const Civil__V1__PersonState *state)
{
	const struct stored_record *record = &records[at];
	struct bytes event_id = bytes_of_hash(&record->event.id);
	size_t amendments = 0;

	for (size_t i = at + 1; i < count; i++) {
		amendments += acts_amends(&records[i], event_id) ? 1 : 0;
	}
	entry->amended_by = arena_array(query->view.arena, amendments, sizeof(*entry->amended_by));
	if (entry->amended_by == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = at + 1; i < count; i++) {
		if (acts_amends(&records[i], event_id)) {
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
	return entry->n_amended_by == 0 ? STATUS_OK
	                                : relate_amended(query, entry, records, count, at, state);
}
