#include "ledger/rules/judgement.h"

#include "ledger/base/assert.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/rules/signer.h"
#include "ledger/rules/standing.h"

bool judgement_settle(struct judgement *j, enum status status)
{
	if (status != STATUS_OK && status != STATUS_NOT_FOUND && j->status == STATUS_OK) {
		j->status = status;
	}
	return status == STATUS_OK;
}

/* Reads the case and what each of its steps left. */
static void load_case(struct judgement *j)
{
	const Civil__V1__EventHeader *header = j->event->header;

	if (!judgement_settle(j, view_case(j->view, &j->case_records, &j->case_count,
	                                   bytes_of(header->case_id.data, header->case_id.len)))) {
		j->case_count = 0;
		return;
	}
	for (size_t i = 0; i < j->case_count; i++) {
		const struct stored_record *record = &j->case_records[i];

		switch (record->event.header->step) {
		case STEP(DECLARED):
			j->declared = record;
			j->verified = NULL;
			if (j->first_declared == NULL) {
				j->first_declared = record;
			}
			break;
		case STEP(VERIFIED):
			j->verified = record;
			break;
		case STEP(REGISTERED):
			j->registered = record;
			break;
		case STEP(REFUSED):
		case STEP(WITHDRAWN):
			j->ended = record;
			break;
		case STEP(NOTIFIED):
		case STEP(UNSPECIFIED):
		case _CIVIL__V1__EVENT_STEP_IS_INT_SIZE:
			break;
		}
	}
}

/* A class with one kind that has steps gives the kind of a refusal at the counter. */
static const struct kind *stepped_kind_of_class(Civil__V1__EventClass event_class)
{
	for (size_t i = 0; i < KINDS; i++) {
		const struct kind *kind = kind_of_id((enum kind_id)i);

		if (kind->event_class == event_class &&
		    (kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED)) {
			return kind;
		}
	}
	return NULL;
}

static const struct kind *kind_of_event(const struct judgement *j)
{
	const struct event *event = j->event;

	if (event->kind != NULL) {
		return event->kind;
	}
	if (event->content->kind_case == CONTENT_CASE(NOTIFICATION)) {
		const struct kind *kind = kind_of_name(event->content->notification->kind);

		return kind != NULL && kind->event_class == event->header->event_class ? kind
		                                                                       : NULL;
	}
	if (!kind_is_step_content(event->content->kind_case)) {
		return NULL; /* class and content do not fit: S07 */
	}
	if (j->declared != NULL) {
		return j->declared->event.kind;
	}
	return stepped_kind_of_class(event->header->event_class);
}

/* True when an earlier declaration of the case created this person. */
static bool created_by_case(const struct judgement *j, const struct id *id)
{
	for (size_t i = 0; i < j->case_count; i++) {
		const struct event *event = &j->case_records[i].event;

		if (event->header->step != STEP(DECLARED)) {
			continue;
		}
		for (size_t s = 0; s < event->header->n_subjects; s++) {
			struct id named = event_subject_id(event, s);

			if (event->header->subjects[s]->person_id.len == 0 &&
			    id_equal(&named, id)) {
				return true;
			}
		}
	}
	return false;
}

static const Civil__V1__NewPerson *new_person_of(const struct event *event,
                                                 Civil__V1__SubjectRole role)
{
	if (event->content->kind_case == CONTENT_CASE(FOREIGNER_ENROLLED)) {
		return event->content->foreigner_enrolled->person;
	}
	if (event->content->kind_case != CONTENT_CASE(LEGACY_LINKED)) {
		return NULL;
	}
	const Civil__V1__LegacyLinked *linked = event->content->legacy_linked;

	for (size_t i = 0; i < linked->n_new_persons; i++) {
		if (linked->new_persons[i]->role == role) {
			return linked->new_persons[i];
		}
	}
	return NULL;
}

static const char *party_path(struct judgement *j, const Civil__V1__EventHeader *header, size_t s)
{
	Civil__V1__SubjectRole role = header->subjects[s]->role;
	size_t nth = 0;
	size_t all = 0;

	for (size_t i = 0; i < header->n_subjects; i++) {
		if (header->subjects[i]->role == role) {
			all++;
			nth += i < s;
		}
	}
	if (all == 1) {
		return role_name(role);
	}
	const char *path = arena_printf(j->view->arena, "%s[%zu]", role_name(role), nth);

	(void)judgement_settle(j, path == NULL ? STATUS_NO_MEMORY : STATUS_OK);
	return path == NULL ? "" : path;
}

/* An unmerge names two ids that stand for one person; everywhere else an id is whom it stands for.
 */
static bool speaks_of_ids(const struct event *event)
{
	return event->content->kind_case == CONTENT_CASE(UNMERGE);
}

static void load_parties(struct judgement *j, struct matter *matter)
{
	const struct event *event = j->event;
	const Civil__V1__EventHeader *header = event->header;

	matter->parties = arena_array(j->view->arena, header->n_subjects, sizeof(*matter->parties));
	if (matter->parties == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return;
	}
	matter->party_count = header->n_subjects;
	for (size_t i = 0; i < header->n_subjects; i++) {
		const Civil__V1__Subject *subject = header->subjects[i];
		bool new_here = subject->person_id.len == 0;
		struct party *party = &matter->parties[i];

		party->id = event_subject_id(event, i);
		if (!speaks_of_ids(event)) {
			(void)judgement_settle(j, persona_resolve(j->view, &party->id));
		}
		party->role = subject->role;
		party->path = party_path(j, header, i);
		party->expected_version = subject->expected_version;
		party->created =
		        new_here || (j->registered == NULL && created_by_case(j, &party->id));
		party->new_person = new_here ? new_person_of(event, subject->role) : NULL;
	}
}

void matter_set_content(struct judgement *j, struct matter *matter, const struct kind *kind,
                        const Civil__V1__Content *content)
{
	matter->content = content;
	matter->kind = kind_effective(&matter->message, kind, content);
	matter->from_paper = content->kind_case == CONTENT_CASE(LEGACY_LINKED);
	matter->declared_day = j->recorded_day;
	if (content->common != NULL) {
		matter->declared = partial_date_day(&matter->declared_day,
		                                    content->common->date_of_declaration);
	}
	matter->dated = matter->kind != NULL && matter->message != NULL &&
	                kind_valid_date(&matter->valid, matter->kind, matter->message,
	                                matter->declared_day);
}

static void load_own(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct matter *own = &j->own;

	own->header = j->event->header;
	own->case_id = bytes_of(own->header->case_id.data, own->header->case_id.len);
	own->registered_day = j->recorded_day;
	if (content->kind_case == CONTENT_CASE(REGISTRATION)) {
		(void)partial_date_day(&own->registered_day,
		                       content->registration->date_of_registration);
	}
	load_parties(j, own);
	if (j->event->kind != NULL) {
		matter_set_content(j, own, j->event->kind, content);
	} else if (j->declared != NULL && j->declared->event.content != NULL &&
	           kind_is_step_content(content->kind_case)) {
		matter_set_content(j, own, j->declared->event.kind, j->declared->event.content);
	} else {
		own->content = content;
		own->declared_day = j->recorded_day;
	}
}

void judgement_begin(struct judgement *j, struct view *view, const struct event *event,
                     int64_t recorded_at_ms)
{
	*j = (struct judgement){
		.view = view,
		.event = event,
		.recorded_at_ms = recorded_at_ms,
		.recorded_day = date_of_instant(recorded_at_ms),
		.step = event->header->step,
	};

	load_case(j);
	j->kind = kind_of_event(j);
	load_own(j);
	j->matter = &j->own;
	signers_load(j);
}

const Civil__V1__PersonState *party_state(struct judgement *j, struct party *party)
{
	Civil__V1__PersonState *state = NULL;

	if (!party->loaded) {
		party->loaded = true;
		if (!party->created &&
		    judgement_settle(j, state_cached(j->view, &state, &party->id))) {
			party->state = state;
		}
	}
	return party->state;
}

const Civil__V1__PersonState *party_state_on(struct judgement *j, struct party *party, int32_t day)
{
	const Civil__V1__PersonState *state = party_state(j, party);
	Civil__V1__PersonState *then = NULL;

	if (state == NULL || standing_latest_day(state) <= day) {
		return state;
	}
	return judgement_settle(j, state_at(j->view, &then, &party->id, day)) ? then : NULL;
}

bool party_birth(struct judgement *j, struct party *party, struct interval *birth)
{
	const Civil__V1__PersonState *state = party_state(j, party);

	if (party->new_person != NULL) {
		return partial_date_interval(birth, party->new_person->birth,
		                             j->matter->declared_day);
	}
	return state != NULL && standing_birth(birth, state, j->recorded_day);
}

struct party *matter_party(struct matter *matter, Civil__V1__SubjectRole role)
{
	for (size_t i = 0; i < matter->party_count; i++) {
		if (matter->parties[i].role == role) {
			return &matter->parties[i];
		}
	}
	return NULL;
}

size_t matter_laws(struct judgement *j, const Civil__V1__RuleSet ***laws)
{
	struct matter *matter = j->matter;

	if (!matter->laws_loaded && matter->dated) {
		matter->laws_loaded = true;
		if (!judgement_settle(j, law_spanning(j->view, &matter->laws, &matter->law_count,
		                                      matter->valid))) {
			matter->law_count = 0;
		}
	}
	*laws = matter->laws;
	return matter->law_count;
}

const Civil__V1__RuleSet *judgement_law_registered(struct judgement *j)
{
	const Civil__V1__RuleSet *law;

	if (j->law_registered == NULL &&
	    judgement_settle(j, law_on(j->view, &law, j->own.registered_day))) {
		j->law_registered = law;
	}
	return j->law_registered;
}
