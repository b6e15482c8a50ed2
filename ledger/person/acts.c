#include "ledger/person/acts.h"

#include "ledger/authority/authority.h"
#include "ledger/base/limits.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/amend.h"
#include "ledger/person/join.h"
#include "ledger/person/reading.h"

#include <stdlib.h>

enum status acts_records(struct view *view, struct stored_record **out, size_t *count,
                         const struct persona *persona, uint64_t from)
{
	struct stored_record *records;
	uint64_t *indexes;
	size_t all;
	size_t read = 0;
	enum status status = persona_history(view, &indexes, &all, persona, PERSONA_GROUP);

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

bool act_has_effect(const struct act *act)
{
	return act->voided.sort == ACT_VOID_NOT || act->voided.sort == ACT_VOID_FROM;
}

/* One act of a history, joined and amended. STATUS_NOT_FOUND when record i brings none. */
static enum status read_act(struct view *view, struct act *act, const struct stored_record *records,
                            size_t i, const struct amendments *amendments, bool trust)
{
	const struct join_trust asked = {
		.asked = trust,
		.affirmed =
		        amend_dispute_of(amendments, bytes_of_hash(&records[i].event.id)).affirmed,
	};
	enum status status = join_is_act(&records[i])
	                             ? join_act(view, act, &records[i], records, i, asked)
	                             : STATUS_NOT_FOUND;

	return status == STATUS_OK ? amend_act(view, act, amendments, trust) : status;
}

static void sort_acts(struct act *act, size_t count)
{
	if (count > 1) {
		qsort(act, count, sizeof(*act), compare_acts);
	}
}

/* Acts without effect go to the end of the array, which has a place for each record. */
static void divide(struct acts *acts, size_t room)
{
	size_t kept = 0;

	acts->voided = &acts->act[room];
	for (size_t i = 0; i < acts->count; i++) {
		if (act_has_effect(&acts->act[i])) {
			acts->act[kept] = acts->act[i];
			kept++;
		} else {
			acts->voided[acts->voided_count] = acts->act[i];
			acts->voided_count++;
		}
	}
	acts->count = kept;
	sort_acts(acts->act, acts->count);
	sort_acts(acts->voided, acts->voided_count);
}

enum status acts_of_records(struct view *view, struct acts *out,
                            const struct stored_record *records, size_t count,
                            const struct persona *persona, bool trust)
{
	struct amendments amendments;
	enum status status = amend_collect(view, &amendments, records, count);

	if (status != STATUS_OK) {
		return status;
	}
	size_t room = amendments.void_count > 0 ? 2 * count : count;
	struct acts acts = { .act = arena_array(view->arena, room, sizeof(*acts.act)) };

	if (acts.act == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < count; i++) {
		status = read_act(view, &acts.act[acts.count], records, i, &amendments, trust);
		if (status == STATUS_OK && persona->member_count > 0) {
			status = reading_for(view, &acts.act[acts.count], persona);
		}
		if (status == STATUS_NOT_FOUND) {
			continue;
		}
		if (status != STATUS_OK) {
			return status;
		}
		acts.count++;
	}
	if (amendments.void_count > 0) {
		divide(&acts, count);
	} else {
		sort_acts(acts.act, acts.count);
	}
	*out = acts;
	return STATUS_OK;
}

enum status acts_insert(struct acts *acts, const struct act *act, struct arena *arena)
{
	struct act *grown = arena_array(arena, acts->count + 1, sizeof(*grown));

	if (grown == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (acts->count > 0) {
		memcpy(grown, acts->act, acts->count * sizeof(*grown));
	}
	grown[acts->count] = *act;
	acts->act = grown;
	acts->count++;
	sort_acts(acts->act, acts->count);
	return STATUS_OK;
}

enum status acts_load(struct view *view, struct acts *out, const struct id *person)
{
	struct stored_record *records;
	struct persona persona;
	size_t count;
	bool trust;
	enum status status = persona_load(view, &persona, person);

	if (status == STATUS_OK) {
		status = acts_records(view, &records, &count, &persona, 0);
	}
	if (status == STATUS_OK) {
		status = authority_any_compromised(view, &trust);
	}
	return status == STATUS_OK ? acts_of_records(view, out, records, count, &persona, trust)
	                           : status;
}

/* What amends the record: whoever does names all subjects of it, so the first one's history has
 * it. */
static enum status amendments_of(struct view *view, struct amendments *out,
                                 const struct stored_record *record)
{
	struct stored_record *later = NULL;
	size_t count = 0;
	enum status status = STATUS_OK;

	if (record->event.header->n_subjects > 0) {
		struct id person = event_subject_id(&record->event, 0);
		struct persona persona;

		status = persona_load(view, &persona, &person);
		if (status == STATUS_OK) {
			status = acts_records(view, &later, &count, &persona, record->index + 1);
		}
	}
	return status == STATUS_OK ? amend_collect(view, out, later, count) : status;
}

enum status acts_find(struct view *view, struct act *out, struct bytes event_id)
{
	struct stored_record record;
	struct amendments amendments;
	struct act act;
	bool trust;
	enum status status = view_record_by_event(view, &record, event_id);

	if (status == STATUS_OK) {
		status = authority_any_compromised(view, &trust);
	}
	if (status == STATUS_OK) {
		status = join_is_act(&record) ? amendments_of(view, &amendments, &record)
		                              : STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		struct join_trust asked = { trust,
			                    amend_dispute_of(&amendments, event_id).affirmed };

		status = join_act(view, &act, &record, NULL, 0, asked);
	}
	if (status == STATUS_OK) {
		status = amend_act(view, &act, &amendments, trust);
	}
	if (status == STATUS_OK) {
		status = reading_everybody(view, &act);
	}
	if (status == STATUS_OK) {
		*out = act;
	}
	return status;
}

enum status acts_find_amendment(struct view *view, struct act *out, struct bytes event_id)
{
	struct stored_record record;
	struct act act = { 0 };
	enum status status = view_record_by_event(view, &record, event_id);

	if (status == STATUS_OK && !amend_is_no_act(&record)) {
		return STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		act.index = record.index;
		act.source = record.index;
		act.event_id = record.event.id;
		act.header = record.event.header;
		act.kind = record.event.kind;
		act.content = record.event.content;
		status = acts_voided(view, &act.voided, &record);
	}
	if (status == STATUS_OK) {
		status = reading_everybody(view, &act);
	}
	if (status == STATUS_OK) {
		*out = act;
	}
	return status;
}

enum status acts_voided(struct view *view, struct act_void *out, const struct stored_record *record)
{
	struct amendments amendments;
	enum status status = amendments_of(view, &amendments, record);

	if (status == STATUS_OK) {
		const struct act_void *by =
		        amend_voided(&amendments, bytes_of_hash(&record->event.id));

		*out = by == NULL ? (struct act_void){ .sort = ACT_VOID_NOT } : *by;
	}
	return status;
}

const struct act *acts_by_event(const struct acts *acts, struct bytes event_id)
{
	for (size_t i = 0; i < acts->count; i++) {
		if (bytes_equal(bytes_of_hash(&acts->act[i].event_id), event_id)) {
			return &acts->act[i];
		}
	}
	return NULL;
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
	bool read = act->signed_header != NULL;
	const Civil__V1__EventHeader *header = read ? act->signed_header : act->header;
	const struct event event = { .id = act->event_id, .header = header };

	for (size_t i = 0; i < header->n_subjects; i++) {
		if (header->subjects[i]->person_id.len == 0) {
			struct id created = event_subject_id(&event, i);

			if (id_equal(&created, read ? &act->named : person)) {
				return header->subjects[i]->role;
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
