#include "ledger/query/list_heirs.h"

#include "ledger/person/state.h"
#include "ledger/query/attribute.h"
#include "ledger/query/kin.h"
#include "ledger/rules/standing.h"

enum { UNBORN_DAYS = 300, GENERATIONS_MAX = 8 };

/* Ways of the search, one for each order: a person may be heir in one of them only by one way. */
enum way { WAY_DESCENDANT, WAY_ASCENDANT, WAY_SIBLING };

#define ORDER(name) CIVIL__V1__HEIR_ORDER__HEIR_ORDER_##name

struct estate {
	struct kin_search search; /* node 0 is the deceased */
	Civil__V1__ListHeirsResponse *response;
	const Civil__V1__PersonState *deceased; /* with all that is known */
	struct interval death;
	bool settled; /* somebody of an earlier order survived for certain */
};

/* Alive after the death. NO also for somebody born too late to inherit. */
static enum status survived(struct estate *estate, enum ternary *out, const struct id *person)
{
	Civil__V1__PersonState *state;
	struct interval birth;
	struct interval death;
	enum status status = state_at(&estate->search.query->view, &state, person, STATE_VALID_ALL);

	if (status != STATUS_OK) {
		*out = TERNARY_UNKNOWN;
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	if (standing_birth(&birth, state, INT32_MAX) &&
	    (int64_t)birth.earliest > (int64_t)estate->death.latest + UNBORN_DAYS) {
		*out = TERNARY_NO;
	} else if (standing_death(&death, state)) {
		*out = interval_before(estate->death, death);
	} else {
		*out = attribute_alive(state);
	}
	return STATUS_OK;
}

static enum status add_heir(struct estate *estate, Civil__V1__HeirOrder order,
                            const struct id *person, const struct id *represents,
                            enum ternary alive)
{
	Civil__V1__ListHeirsResponse *response = estate->response;
	struct query *query = estate->search.query;
	Civil__V1__Heir *heir = query_new(query, &civil__v1__heir__descriptor);

	if (heir == NULL || !query_bytes(query, &heir->person_id, bytes_of_id(person)) ||
	    (represents != NULL &&
	     !query_bytes(query, &heir->represents, bytes_of_id(represents)))) {
		return STATUS_NO_MEMORY;
	}
	heir->order = order;
	heir->survived = attribute_answer(alive);
	heir->called = order == ORDER(SPOUSE) || !estate->settled;
	response->heirs[response->n_heirs] = heir;
	response->n_heirs++;
	return STATUS_OK;
}

/* Adds those in line from node `first` on, and behind each who may not have survived the children
 * who come in the place. Nodes at `root` have nobody to represent. */
static enum status add_line(struct estate *estate, Civil__V1__HeirOrder order, size_t first,
                            uint16_t root, bool *certain)
{
	struct kin_search *search = &estate->search;
	enum status status = STATUS_OK;

	for (size_t i = first; status == STATUS_OK && i < search->count; i++) {
		const struct kin_node node = search->node[i];
		const struct id *represents =
		        node.down > root ? &search->node[node.from].person : NULL;
		enum ternary alive;

		status = survived(estate, &alive, &node.person);
		if (status == STATUS_OK && alive != TERNARY_NO) {
			status = add_heir(estate, order, &node.person, represents, alive);
		}
		if (status == STATUS_OK && alive != TERNARY_YES &&
		    node.down < root + GENERATIONS_MAX) {
			status = kin_add_children(search, i, node.way);
		}
		*certain = *certain || (status == STATUS_OK && alive == TERNARY_YES);
	}
	return status;
}

/* Children born after the death stand in no state of that day. */
static enum status add_posthumous(struct estate *estate)
{
	struct kin_search *search = &estate->search;
	struct kin_search later = *search;
	struct kin_children children = { 0 };
	const struct id deceased = search->node[0].person;

	later.day += UNBORN_DAYS;
	enum status status = kin_children(&later, &children, estate->deceased, &deceased);
	for (size_t i = 0; status == STATUS_OK && i < children.count; i++) {
		struct kin_node node = { .person = children.person[i],
			                 .way = WAY_DESCENDANT,
			                 .down = 1 };
		Civil__V1__PersonState *then;

		status = kin_state(search, &then, &node.person);
		if (status == STATUS_OK && then == NULL) {
			(void)kin_add(search, &node);
		}
	}
	return status;
}

static enum status add_descendants(struct estate *estate)
{
	bool certain = false;
	enum status status = kin_add_children(&estate->search, 0, WAY_DESCENDANT);

	if (status == STATUS_OK) {
		status = add_posthumous(estate);
	}
	if (status == STATUS_OK) {
		status = add_line(estate, ORDER(DESCENDANTS), 1, 1, &certain);
	}
	estate->settled = estate->settled || certain;
	return status;
}

/* Generation after generation, until one has a survivor. */
static enum status add_ascendants(struct estate *estate)
{
	struct kin_search *search = &estate->search;
	size_t first = search->count;
	bool certain = false;
	enum status status = kin_add_parents(search, 0, WAY_ASCENDANT);

	for (size_t g = 0; status == STATUS_OK && g < GENERATIONS_MAX && !certain; g++) {
		size_t end = search->count;

		for (size_t i = first; status == STATUS_OK && i < end; i++) {
			const struct id person = search->node[i].person;
			enum ternary alive;

			status = survived(estate, &alive, &person);
			if (status == STATUS_OK && alive != TERNARY_NO) {
				status = add_heir(estate, ORDER(ASCENDANTS), &person, NULL, alive);
			}
			certain = certain || (status == STATUS_OK && alive == TERNARY_YES);
		}
		for (size_t i = first; status == STATUS_OK && !certain && i < end; i++) {
			status = kin_add_parents(search, i, WAY_ASCENDANT);
		}
		first = end;
	}
	estate->settled = estate->settled || certain;
	return status;
}

static enum status add_siblings(struct estate *estate)
{
	struct kin_search *search = &estate->search;
	const struct kin_node self = { .person = search->node[0].person,
		                       .way = WAY_SIBLING,
		                       .down = 1 };
	size_t parents_end = search->count;
	bool certain = false;
	enum status status = STATUS_OK;

	(void)kin_add(search, &self); /* so that the deceased is not found again */
	size_t first = search->count;
	for (size_t i = 1; status == STATUS_OK && i < parents_end; i++) {
		const struct kin_node *node = &search->node[i];

		if (node->way == WAY_ASCENDANT && node->up == 1) {
			status = kin_add_children(search, i, WAY_SIBLING);
		}
	}
	if (status == STATUS_OK) {
		status = add_line(estate, ORDER(SIBLINGS), first, 1, &certain);
	}
	return status;
}

/* The spouse of a marriage that this very death ended. */
static enum status add_spouse(struct estate *estate)
{
	const Civil__V1__PersonState *state = estate->deceased;
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];
		struct id spouse;
		enum ternary alive;

		if (marriage->spouse.len != ID_BYTES || marriage->end_act.len == 0 ||
		    !bytes_equal(bytes_of(marriage->end_act.data, marriage->end_act.len),
		                 bytes_of(state->life->act.data, state->life->act.len))) {
			continue;
		}
		memcpy(spouse.bytes, marriage->spouse.data, ID_BYTES);
		status = survived(estate, &alive, &spouse);
		if (status == STATUS_OK && alive != TERNARY_NO) {
			status = add_heir(estate, ORDER(SPOUSE), &spouse, NULL, alive);
		}
	}
	return status;
}

static enum status open_estate(struct estate *estate, struct query *query, const struct id *person)
{
	const struct kin_node first = { .person = *person, .way = WAY_DESCENDANT };
	Civil__V1__PersonState *state;
	enum status status = state_at(&query->view, &state, person, STATE_VALID_ALL);

	*estate = (struct estate){ 0 };
	if (status == STATUS_OK && !standing_death(&estate->death, state)) {
		status = STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		estate->deceased = state;
		status = kin_begin(&estate->search, query, estate->death.latest);
	}
	if (status != STATUS_OK) {
		return status;
	}
	(void)kin_add(&estate->search, &first); /* into an empty search */
	estate->response = query_new(query, &civil__v1__list_heirs_response__descriptor);
	if (estate->response == NULL) {
		return STATUS_NO_MEMORY;
	}
	estate->response->date_of_death = state->life->date_of_death;
	estate->response->position = query_position(query);
	estate->response->heirs = arena_array(query->view.arena, KIN_MAX + state->n_marriages,
	                                      sizeof(Civil__V1__Heir *));
	return estate->response->position == NULL || estate->response->heirs == NULL
	               ? STATUS_NO_MEMORY
	               : STATUS_OK;
}

enum status query_list_heirs(struct view *view, Civil__V1__ListHeirsResponse **out,
                             const Civil__V1__ListHeirsRequest *request)
{
	struct estate estate;
	struct query query;
	struct id person;
	enum status status =
	        query_begin(&query, view,
	                    request->known_case == CIVIL__V1__LIST_HEIRS_REQUEST__KNOWN_KNOWN_SIZE,
	                    request->known_size);

	if (status == STATUS_OK) {
		status = query_named(&query, &person, request->deceased);
	}
	if (status == STATUS_OK) {
		status = open_estate(&estate, &query, &person);
	}
	if (status == STATUS_OK) {
		status = add_descendants(&estate);
	}
	if (status == STATUS_OK) {
		status = add_ascendants(&estate);
	}
	if (status == STATUS_OK) {
		status = add_siblings(&estate);
	}
	if (status == STATUS_OK) {
		status = add_spouse(&estate);
	}
	if (status == STATUS_OK) {
		estate.response->truncated = estate.search.truncated;
		*out = estate.response;
	}
	return status;
}
