/* What the undoing of a merge must keep: ledger/rules/merge.h. */
#include "ledger/person/persona.h"
#include "ledger/rules/merge.h"
#include "ledger/rules/rules.h"

#define SUBJECT(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

void merge_in_force(struct judgement *j)
{
	const ProtobufCBinaryData *target = &j->event->content->unmerge->target;
	struct stored_record record;
	struct persona persona;

	if (!judgement_settle(j, view_record_by_event(j->view, &record,
	                                              bytes_of(target->data, target->len))) ||
	    record.event.kind == NULL || record.event.kind->id != KIND_MERGE) {
		return; /* S12 or S13 */
	}
	int absorbed = event_subject_of_role(record.event.header, SUBJECT(ABSORBED), 0);
	struct id person = event_subject_id(&record.event, absorbed < 0 ? 0 : (size_t)absorbed);

	if (!judgement_settle(j, persona_load(j->view, &persona, &person))) {
		return;
	}
	for (size_t i = 0; i < persona.member_count; i++) {
		if (persona.members[i].absorbed_at == record.index) {
			return;
		}
	}
	(void)finding_broken(j, "content.unmerge.target");
}

static bool is_of_group(const struct persona *persona, const struct id *person)
{
	for (size_t i = 0; i < persona->member_count; i++) {
		if (id_equal(&persona->members[i].id, person)) {
			return true;
		}
	}
	return false;
}

/* One of those whom the event itself names. */
static bool is_party(const struct event *event, const ProtobufCBinaryData *person)
{
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		struct id party = event_subject_id(event, i);

		if (bytes_equal(bytes_of(person->data, person->len), bytes_of_id(&party))) {
			return true;
		}
	}
	return false;
}

/* The record is there, and names one of the ids that merges have ever joined. */
static bool names_group(struct judgement *j, uint64_t index, const struct persona *persona)
{
	struct stored_record record;

	if (!judgement_settle(j, view_record(j->view, &record, index))) {
		return false;
	}
	for (size_t i = 0; i < record.event.header->n_subjects; i++) {
		struct id person = event_subject_id(&record.event, i);

		if (is_of_group(persona, &person)) {
			return true;
		}
	}
	return false;
}

void merge_reassigned(struct judgement *j)
{
	const Civil__V1__Unmerge *unmerge = j->event->content->unmerge;
	struct stored_record merge;
	struct persona persona;

	if (j->event->header->n_subjects == 0 ||
	    !judgement_settle(
	            j, view_record_by_event(j->view, &merge,
	                                    bytes_of(unmerge->target.data, unmerge->target.len))) ||
	    merge.event.kind == NULL || merge.event.kind->id != KIND_MERGE) {
		return; /* S12 or S13 */
	}
	struct id person = event_subject_id(&merge.event, 0);
	if (!judgement_settle(j, persona_load(j->view, &persona, &person))) {
		return;
	}
	for (size_t i = 0; i < unmerge->n_reassign; i++) {
		const Civil__V1__Reassignment *move = unmerge->reassign[i];

		if (!is_party(j->event, &move->person_id) ||
		    !names_group(j, move->record_index, &persona)) {
			(void)finding_broken(j, "content.unmerge.reassign");
			return;
		}
	}
}
