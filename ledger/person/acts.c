#include "ledger/person/acts.h"

#include "ledger/authority/authority.h"
#include "ledger/base/limits.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/amend.h"
#include "ledger/person/join.h"

#include <stdlib.h>

enum status acts_records(struct view *view, struct stored_record **out, size_t *count,
                         const struct id *person, uint64_t from)
{
	struct stored_record *records;
	uint64_t *indexes;
	size_t all;
	size_t read = 0;
	enum status status = view_history(view, &indexes, &all, person);

	if (status != STATUS_OK) {
		return status;
	}
	if (all > HISTORY_ACTS_MAX) {
		return STATUS_OUT_OF_RANGE;
	}
	records = arena_array(view->arena, all, sizeof(*records));
	if (records == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < all; i++) {
		if (indexes[i] < from) {
			continue;
		}
		status = view_record(view, &records[read], indexes[i]);
		if (status != STATUS_OK) {
			return status;
		}
		read++;
	}
	*out = records;
	*count = read;
	return STATUS_OK;
}

/* Fold order: earliest day of the valid date, then index. */
static int compare_acts(const void *left, const void *right)
{
	const struct act *a = left;
	const struct act *b = right;

	if (a->valid.earliest != b->valid.earliest) {
		return a->valid.earliest < b->valid.earliest ? -1 : 1;
	}
	return a->index < b->index ? -1 : a->index > b->index;
}

/* The corrections among the records: few or none, so acts look only at these. */
static enum status collect_corrections(struct view *view, struct stored_record **out, size_t *count,
                                       const struct stored_record *records, size_t record_count)
{
	size_t found = 0;

	for (size_t i = 0; i < record_count; i++) {
		found += amend_is_correction(&records[i]) ? 1 : 0;
	}
	struct stored_record *corrections = arena_array(view->arena, found, sizeof(*corrections));
	if (corrections == NULL) {
		return STATUS_NO_MEMORY;
	}
	*count = 0;
	for (size_t i = 0; i < record_count; i++) {
		if (amend_is_correction(&records[i])) {
			corrections[*count] = records[i];
			(*count)++;
		}
	}
	*out = corrections;
	return STATUS_OK;
}

enum status acts_of_records(struct view *view, struct acts *out,
                            const struct stored_record *records, size_t count, bool trust)
{
	struct acts acts = { .act = arena_array(view->arena, count, sizeof(*acts.act)) };
	struct stored_record *corrections;
	size_t correction_count;
	enum status status =
	        collect_corrections(view, &corrections, &correction_count, records, count);

	if (status != STATUS_OK || acts.act == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		struct act *act = &acts.act[acts.count];

		status = join_is_act(&records[i])
		                 ? join_act(view, act, &records[i], records, i, trust)
		                 : STATUS_NOT_FOUND;
		if (status == STATUS_NOT_FOUND) {
			continue;
		}
		if (status == STATUS_OK) {
			status = amend_act(view, act, corrections, correction_count, trust);
		}
		if (status != STATUS_OK) {
			return status;
		}
		acts.count++;
	}
	if (acts.count > 1) {
		qsort(acts.act, acts.count, sizeof(*acts.act), compare_acts);
	}
	*out = acts;
	return STATUS_OK;
}

enum status acts_load(struct view *view, struct acts *out, const struct id *person)
{
	struct stored_record *records;
	size_t count;
	bool trust;
	enum status status = acts_records(view, &records, &count, person, 0);

	if (status == STATUS_OK) {
		status = authority_any_compromised(view, &trust);
	}
	return status == STATUS_OK ? acts_of_records(view, out, records, count, trust) : status;
}

enum status acts_find(struct view *view, struct act *out, struct bytes event_id)
{
	struct stored_record record;
	struct stored_record *later = NULL;
	struct act act;
	size_t count = 0;
	bool trust;
	enum status status = view_record_by_event(view, &record, event_id);

	if (status == STATUS_OK) {
		status = authority_any_compromised(view, &trust);
	}
	if (status == STATUS_OK) {
		status = join_act(view, &act, &record, NULL, 0, trust);
	}
	/* A correction names all subjects of its target: the first one's history has it. */
	if (status == STATUS_OK && act.header->n_subjects > 0) {
		struct id person = event_subject_id(&record.event, 0);

		status = acts_records(view, &later, &count, &person, act.index + 1);
	}
	if (status == STATUS_OK) {
		status = amend_act(view, &act, later, count, trust);
	}
	if (status == STATUS_OK) {
		*out = act;
	}
	return status;
}

/* The record in force as event_subject_id wants it. */
static struct event event_of(const struct act *act)
{
	return (struct event){ .id = act->event_id, .header = act->header };
}

Civil__V1__SubjectRole act_role(const struct act *act, const struct id *person)
{
	struct event event = event_of(act);

	for (size_t i = 0; i < act->header->n_subjects; i++) {
		struct id subject = event_subject_id(&event, i);

		if (id_equal(&subject, person)) {
			return act->header->subjects[i]->role;
		}
	}
	return CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_UNSPECIFIED;
}

Civil__V1__SubjectRole act_created_role(const struct act *act, const struct id *person)
{
	struct event event = event_of(act);

	for (size_t i = 0; i < act->header->n_subjects; i++) {
		const Civil__V1__Subject *subject = act->header->subjects[i];

		if (subject->person_id.len == 0) {
			struct id created = event_subject_id(&event, i);

			if (id_equal(&created, person)) {
				return subject->role;
			}
		}
	}
	return CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_UNSPECIFIED;
}

bool act_person(const struct act *act, struct id *out, Civil__V1__SubjectRole role, size_t nth)
{
	struct event event = event_of(act);
	int subject = event_subject_of_role(act->header, role, nth);

	if (subject < 0) {
		return false;
	}
	*out = event_subject_id(&event, (size_t)subject);
	return true;
}
