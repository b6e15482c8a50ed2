/* The births of a mother that the ledger knows: registered ones as their states say, corrected;
 * declared ones of open cases as declared. Rules S24, P03, P05 and P06 compare with them. */
#include "ledger/event/name_key.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"

struct birth_list {
	struct known_birth *birth;
	struct bytes *case_id; /* of each */
	size_t count;
};

static const Civil__V1__Birth *birth_of(const struct event *event)
{
	const Civil__V1__Content *content = event->content;

	if (content == NULL) {
		return NULL;
	}
	if (content->kind_case == CONTENT_CASE(BIRTH)) {
		return content->birth;
	}
	if (content->kind_case == CONTENT_CASE(LEGACY_LINKED) &&
	    content->legacy_linked->act_case == CIVIL__V1__LEGACY_LINKED__ACT_BIRTH) {
		return content->legacy_linked->birth;
	}
	return NULL;
}

/* A declaration, or a linked paper. A newer declaration of a case takes the older one's place. */
static void note_birth(struct judgement *j, struct birth_list *list, uint64_t index,
                       const struct event *event, const Civil__V1__Birth *birth)
{
	struct bytes case_id = bytes_of(event->header->case_id.data, event->header->case_id.len);
	bool declared = event->header->step == STEP(DECLARED);
	int child = event_subject_of_role(event->header, SUBJECT(CHILD), 0);
	int mother = event_subject_of_role(event->header, SUBJECT(MOTHER), 0);
	size_t at = list->count;
	int32_t declared_day = j->recorded_day;

	for (size_t i = 0; declared && i < list->count; i++) {
		at = bytes_equal(list->case_id[i], case_id) ? i : at;
	}
	if (child < 0 || at == BIRTHS_MAX) {
		return;
	}
	if (event->content->common != NULL) {
		(void)partial_date_day(&declared_day, event->content->common->date_of_declaration);
	}
	struct known_birth *known = &list->birth[at];

	*known = (struct known_birth){
		.index = index,
		.child = event_subject_id(event, (size_t)child),
		.name_key = name_key(birth->name, j->view->arena),
		.delivery_id = bytes_of(birth->delivery_id.data, birth->delivery_id.len),
		.plurality = birth->plurality,
		.birth_order = birth->birth_order,
		.has_mother = mother >= 0,
		.office = event->header->office_id,
		.registered = !declared,
		.open = declared,
	};
	if (mother >= 0) {
		known->mother = event_subject_id(event, (size_t)mother);
	}
	if (!partial_date_interval(&known->date, birth->date_of_birth, declared_day)) {
		return;
	}
	list->case_id[at] = case_id;
	list->count += at == list->count;
}

static void note_step(struct birth_list *list, const struct event *event)
{
	struct bytes case_id = bytes_of(event->header->case_id.data, event->header->case_id.len);
	bool ends = event->header->step == STEP(REFUSED) || event->header->step == STEP(WITHDRAWN);

	for (size_t i = 0; i < list->count; i++) {
		if (!bytes_equal(list->case_id[i], case_id)) {
			continue;
		}
		if (event->header->step == STEP(REGISTERED)) {
			list->birth[i].registered = true;
		}
		if (event->header->step == STEP(REGISTERED) || ends) {
			list->birth[i].open = false;
		}
	}
}

/* What a registered birth says now, after corrections. */
static void refresh(struct judgement *j, struct known_birth *known)
{
	Civil__V1__PersonState *state;

	if (!known->registered ||
	    !judgement_settle(j, state_cached(j->view, &state, &known->child))) {
		return;
	}
	(void)standing_birth(&known->date, state, j->recorded_day);
	known->name_key = name_key(standing_name(state), j->view->arena);
	if (state->birth != NULL) {
		known->delivery_id =
		        bytes_of(state->birth->delivery_id.data, state->birth->delivery_id.len);
	}
}

static bool list_begin(struct judgement *j, struct birth_list *list)
{
	list->birth = arena_array(j->view->arena, BIRTHS_MAX, sizeof(*list->birth));
	list->case_id = arena_array(j->view->arena, BIRTHS_MAX, sizeof(*list->case_id));
	return judgement_settle(j, list->birth == NULL || list->case_id == NULL ? STATUS_NO_MEMORY
	                                                                        : STATUS_OK);
}

/* Notes births and steps of the records, but not those of the act being judged. */
static void note_records(struct judgement *j, struct birth_list *list, const uint64_t *indexes,
                         size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct stored_record record;

		if (!judgement_settle(j, view_record(j->view, &record, indexes[i]))) {
			return;
		}
		const struct event *event = &record.event;
		const Civil__V1__Birth *birth = birth_of(event);

		if (bytes_equal(bytes_of(event->header->case_id.data, event->header->case_id.len),
		                j->matter->case_id)) {
			continue;
		}
		if (birth != NULL) {
			note_birth(j, list, record.index, event, birth);
		} else {
			note_step(list, event);
		}
	}
}

static void load_of_mother(struct judgement *j, const struct id *mother)
{
	struct birth_list list = { 0 };
	uint64_t *indexes;
	size_t count;

	if (!list_begin(j, &list) ||
	    !judgement_settle(
	            j, view_history_as(j->view, &indexes, &count, mother, SUBJECT(MOTHER)))) {
		return;
	}
	note_records(j, &list, indexes, count);
	for (size_t i = 0; i < list.count; i++) {
		refresh(j, &list.birth[i]);
	}
	j->births = list.birth;
	j->birth_count = list.count;
}

size_t judgement_births(struct judgement *j, const struct known_birth **births)
{
	struct party *mother = matter_party(j->matter, SUBJECT(MOTHER));

	if (j->births_of != j->matter) {
		j->births_of = j->matter;
		j->birth_count = 0;
		if (mother != NULL && !mother->created) {
			load_of_mother(j, &mother->id);
		}
	}
	*births = j->births;
	return j->birth_count;
}

size_t judgement_delivery(struct judgement *j, struct bytes delivery_id,
                          const struct known_birth **births)
{
	struct birth_list list = { 0 };
	uint64_t *indexes;
	size_t count;

	if (!list_begin(j, &list) ||
	    !judgement_settle(j, view_births_of_delivery(j->view, &indexes, &count, delivery_id))) {
		return 0;
	}
	note_records(j, &list, indexes, count);
	for (size_t i = 0; i < list.count; i++) {
		struct stored_record *steps;

		if (!judgement_settle(j, view_case(j->view, &steps, &count, list.case_id[i]))) {
			return 0;
		}
		for (size_t s = 0; s < count; s++) {
			note_step(&list, &steps[s].event);
		}
		refresh(j, &list.birth[i]);
	}
	*births = list.birth;
	return list.count;
}
