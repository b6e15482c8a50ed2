/* The births of a mother that the ledger knows: registered ones as their states say, corrected;
 * declared ones of open cases as declared. Rules S24, P03, P05 and P06 compare with them. */
#include "ledger/event/name_key.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"

struct birth_list {
	struct known_birth *birth;
	struct bytes *case_id;     /* of each declared or linked one */
	struct hash *registration; /* of each that came into force: the record that did it */
	size_t count;
	size_t room;
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
	if (child < 0 || at == list->room) {
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
	(void)judgement_settle(j, persona_resolve(j->view, &known->child));
	if (mother >= 0) {
		known->mother = event_subject_id(event, (size_t)mother);
		(void)judgement_settle(j, persona_resolve(j->view, &known->mother));
	}
	if (!partial_date_interval(&known->date, birth->date_of_birth, declared_day)) {
		return;
	}
	list->case_id[at] = case_id;
	list->registration[at] = event->id;
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
			list->registration[i] = event->id;
		}
		if (event->header->step == STEP(REGISTERED) || ends) {
			list->birth[i].open = false;
		}
	}
}

/* The edge that a birth act made, among those of one list. */
static const Civil__V1__PersonParent *born_of(Civil__V1__PersonParent *const *parents, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (parents[i]->role == SUBJECT(MOTHER) &&
		    parents[i]->basis == CIVIL__V1__PARENT_BASIS__PARENT_BASIS_BIRTH &&
		    parents[i]->provenance != NULL) {
			return parents[i];
		}
	}
	return NULL;
}

/* The mother whom the birth act names: corrections cannot touch an edge to a parent, and adopters
 * do not take the place of her who gave birth. NULL: none, or a court has removed her. */
static const Civil__V1__PersonParent *declared_mother(const Civil__V1__PersonState *state)
{
	const Civil__V1__PersonParent *mother = born_of(state->parents, state->n_parents);

	return mother != NULL ? mother : born_of(state->former_parents, state->n_former_parents);
}

/* The name that the birth gave: the registered one, or the oldest of the former ones, which stand
 * behind it. */
static const Civil__V1__Name *name_at_birth(const Civil__V1__PersonState *state)
{
	for (size_t i = state->n_names; i > 0; i--) {
		Civil__V1__NameSort sort = state->names[i - 1]->sort;

		if (sort == CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED ||
		    sort == CIVIL__V1__NAME_SORT__NAME_SORT_FORMER) {
			return state->names[i - 1]->name;
		}
	}
	return NULL;
}

/* A registered birth says what the child's state says: corrections are in it. A child of `mother`
 * whom another gave birth to is none; any is when `mother` is NULL. */
static bool read_state(struct judgement *j, struct known_birth *known, const struct id *child,
                       const struct id *mother)
{
	const Civil__V1__PersonParent *declared;
	Civil__V1__PersonState *state;

	if (!judgement_settle(j, state_cached(j->view, &state, child)) ||
	    !standing_birth(&known->date, state, j->recorded_day)) {
		return false;
	}
	declared = declared_mother(state);
	if (mother != NULL && (declared == NULL || !bytes_equal(bytes_of(declared->person_id.data,
	                                                                 declared->person_id.len),
	                                                        bytes_of_id(mother)))) {
		return false;
	}
	known->child = *child;
	known->registered = true;
	known->open = false;
	known->name_key = name_key(name_at_birth(state), j->view->arena);
	known->delivery_id =
	        bytes_of(state->birth->delivery_id.data, state->birth->delivery_id.len);
	known->birth_order = state->birth->birth_order;
	known->index = declared == NULL ? UINT64_MAX : declared->provenance->source;
	return true;
}

/* Whether the state's birth is told by this act: of merged identities one birth stands. */
static bool tells_birth(struct judgement *j, const struct act *act, const struct id *child)
{
	Civil__V1__PersonState *state;

	return judgement_settle(j, state_cached(j->view, &state, child)) && state->birth != NULL &&
	       bytes_equal(bytes_of_hash(&act->event_id),
	                   bytes_of(state->birth->act.data, state->birth->act.len));
}

/* The same, with what no state keeps: the plurality of the act as corrected. A birth that was
 * revoked stands in nobody's way, not even when the child has been registered anew; nor does one
 * that another identity of the child judged tells. */
static void read_corrected(struct judgement *j, struct known_birth *known,
                           const struct hash *registration)
{
	const struct party *own = matter_party(j->matter, SUBJECT(CHILD));
	struct id child = known->child;
	struct act act;

	known->registered =
	        judgement_settle(j, acts_find(j->view, &act, bytes_of_hash(registration))) &&
	        act.voided.sort == ACT_VOID_NOT && !(own != NULL && id_equal(&own->id, &child)) &&
	        tells_birth(j, &act, &child) && read_state(j, known, &child, NULL);
	if (known->registered) {
		known->plurality = ((const Civil__V1__Birth *)act.message)->plurality;
	}
}

static bool list_begin(struct judgement *j, struct birth_list *list, size_t count)
{
	list->room = count < BIRTHS_MAX ? count : BIRTHS_MAX;
	list->birth = arena_array(j->view->arena, list->room, sizeof(*list->birth));
	list->case_id = arena_array(j->view->arena, list->room, sizeof(*list->case_id));
	list->registration = arena_array(j->view->arena, list->room, sizeof(*list->registration));
	return judgement_settle(j, list->birth == NULL || list->case_id == NULL ||
	                                           list->registration == NULL
	                                   ? STATUS_NO_MEMORY
	                                   : STATUS_OK);
}

/* True for the records of the act being judged: those of its case, or a linked paper itself. */
static bool is_own(const struct judgement *j, const struct stored_record *record)
{
	const Civil__V1__EventHeader *header = record->event.header;

	if (j->matter->case_id.size == 0) {
		return j->matter->is_act && record->index == j->matter->index;
	}
	return bytes_equal(bytes_of(header->case_id.data, header->case_id.len), j->matter->case_id);
}

/* Notes the births that records tell of, but not the act being judged, and how their cases went. */
static void note_records(struct judgement *j, struct birth_list *list, const uint64_t *indexes,
                         size_t count)
{
	size_t first = list->count;

	for (size_t i = 0; i < count; i++) {
		struct stored_record record;

		if (!judgement_settle(j, view_record(j->view, &record, indexes[i]))) {
			return;
		}
		const struct event *event = &record.event;
		const Civil__V1__Birth *birth = birth_of(event);

		if (birth != NULL && !is_own(j, &record)) {
			note_birth(j, list, record.index, event, birth);
		}
	}
	for (size_t i = first; i < list->count; i++) {
		struct stored_record *steps;

		if (!judgement_settle(j, view_case(j->view, &steps, &count, list->case_id[i]))) {
			return;
		}
		for (size_t s = 0; s < count; s++) {
			note_step(list, &steps[s].event);
		}
		if (list->birth[i].registered) {
			read_corrected(j, &list->birth[i], &list->registration[i]);
		}
	}
}

/* Births that name the mother by any of her ids. */
static bool births_that_name(struct judgement *j, uint64_t **indexes, size_t *count,
                             const struct id *mother)
{
	struct persona persona;
	size_t all = 0;

	if (!judgement_settle(j, persona_load(j->view, &persona, mother)) ||
	    persona.member_count == 0) {
		return judgement_settle(j, view_births_of_mother(j->view, indexes, count, mother));
	}
	uint64_t *found = arena_array(j->view->arena, BIRTHS_MAX, sizeof(*found));

	if (found == NULL) {
		return judgement_settle(j, STATUS_NO_MEMORY);
	}
	for (size_t m = 0; m < persona.member_count; m++) {
		struct id root = persona_root(&persona, &persona.members[m].id);
		uint64_t *own;
		size_t own_count = 0;

		if (id_equal(&root, mother) &&
		    !judgement_settle(j, view_births_of_mother(j->view, &own, &own_count,
		                                               &persona.members[m].id))) {
			return false;
		}
		for (size_t i = 0; i < own_count && all < BIRTHS_MAX; i++, all++) {
			found[all] = own[i];
		}
	}
	*indexes = found;
	*count = all;
	return true;
}

/* Registered births stand in the states of the children, without a record read; what the mother's
 * state does not know of is declared only. */
static void load_of_mother(struct judgement *j, struct party *mother)
{
	const Civil__V1__PersonState *state = party_state(j, mother);
	const struct party *own = matter_party(j->matter, SUBJECT(CHILD));
	struct birth_list list = { 0 };
	uint64_t *indexes = NULL;
	size_t count = 0;
	size_t declared = 0;

	if (state == NULL || !births_that_name(j, &indexes, &count, &mother->id) ||
	    !list_begin(j, &list, count + state->n_children)) {
		return;
	}
	for (size_t i = 0; i < state->n_children && list.count < list.room; i++) {
		struct id child;

		memcpy(child.bytes, state->children[i]->person_id.data, ID_BYTES);
		if (own == NULL || !id_equal(&own->id, &child)) {
			list.count += read_state(j, &list.birth[list.count], &child, &mother->id);
		}
	}
	for (size_t i = 0; i < count; i++) {
		bool registered = false;

		for (size_t b = 0; b < list.count && !registered; b++) {
			registered = list.birth[b].index == indexes[i];
		}
		if (!registered) {
			indexes[declared] = indexes[i];
			declared++;
		}
	}
	note_records(j, &list, indexes, declared);
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
			load_of_mother(j, mother);
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

	if (!judgement_settle(j, view_births_of_delivery(j->view, &indexes, &count, delivery_id)) ||
	    !list_begin(j, &list, count)) {
		return 0;
	}
	note_records(j, &list, indexes, count);
	*births = list.birth;
	return list.count;
}
