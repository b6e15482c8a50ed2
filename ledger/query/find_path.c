#include "ledger/query/find_path.h"

#include "ledger/query/kin.h"

/* How somebody was reached, which says how one may go on. */
enum way {
	WAY_UP,          /* only climbed: may climb and descend */
	WAY_DOWN,        /* descended: may only descend */
	WAY_SPOUSE_UP,   /* the spouse of the first, and climbed from there */
	WAY_SPOUSE_DOWN, /* ... and descended */
	WAY_END,         /* the spouse of kin: the way ends */
};
enum { WAYS = WAY_END + 1 };

static enum status go_on(struct kin_search *search, size_t at, bool by_marriage)
{
	enum way way = (enum way)search->node[at].way;
	bool in_law = way == WAY_SPOUSE_UP || way == WAY_SPOUSE_DOWN;
	enum status status = STATUS_OK;

	if (way == WAY_END) {
		return STATUS_OK;
	}
	if (way == WAY_UP || way == WAY_SPOUSE_UP) {
		status = kin_add_parents(search, at, (uint8_t)way);
	}
	if (status == STATUS_OK) {
		status = kin_add_children(search, at, in_law ? WAY_SPOUSE_DOWN : WAY_DOWN);
	}
	if (status == STATUS_OK && by_marriage && !in_law) {
		status = kin_add_spouses(search, at, at == 0 ? WAY_SPOUSE_UP : WAY_END);
	}
	return status;
}

/* Steps from the first to the node. */
static size_t length_of(const struct kin_search *search, size_t at)
{
	size_t length = 0;

	for (; at != 0; at = search->node[at].from) {
		length++;
	}
	return length;
}

static enum status walk(struct kin_search *search, size_t *found, const struct id *to,
                        size_t degree, bool by_marriage)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < search->count; i++) {
		if (id_equal(&search->node[i].person, to)) {
			*found = i;
			return STATUS_OK;
		}
		if (length_of(search, i) < degree) {
			status = go_on(search, i, by_marriage);
		}
	}
	return status == STATUS_OK ? STATUS_NOT_FOUND : status;
}

static enum status add_steps(const struct kin_search *search, Civil__V1__FindPathResponse *response,
                             size_t at)
{
	struct query *query = search->query;
	size_t count = length_of(search, at) + 1;

	response->steps = arena_array(query->view.arena, count, sizeof(Civil__V1__PathStep *));
	if (response->steps == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = count; i > 0; i--) {
		const struct kin_node *node = &search->node[at];
		Civil__V1__PathStep *step = query_new(query, &civil__v1__path_step__descriptor);

		if (step == NULL ||
		    !query_bytes(query, &step->person_id, bytes_of_id(&node->person))) {
			return STATUS_NO_MEMORY;
		}
		step->edge = node->edge;
		response->steps[i - 1] = step;
		at = node->from;
	}
	response->n_steps = count;
	return STATUS_OK;
}

static enum status search_between(struct kin_search *search, Civil__V1__FindPathResponse **out,
                                  const struct id ends[2], size_t degree, bool by_marriage)
{
	Civil__V1__FindPathResponse *response =
	        query_new(search->query, &civil__v1__find_path_response__descriptor);
	const struct kin_node first = { .person = ends[0] };
	Civil__V1__PersonState *state;
	size_t found;

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(search->query);
	if (response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < 2; i++) {
		enum status status = kin_state(search, &state, &ends[i]);

		if (status != STATUS_OK || state == NULL) {
			return status == STATUS_OK ? STATUS_NOT_FOUND : status;
		}
	}
	(void)kin_add(search, &first); /* into an empty search */
	enum status status = walk(search, &found, &ends[1], degree, by_marriage);
	if (status == STATUS_OK) {
		status = add_steps(search, response, found);
	} else if (status == STATUS_NOT_FOUND) {
		status = STATUS_OK;
	}
	response->truncated = search->truncated;
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}

enum status query_find_path(struct view *view, Civil__V1__FindPathResponse **out,
                            const Civil__V1__FindPathRequest *request, int32_t today)
{
	size_t degree = request->degree == 0 ? PATH_DEGREE_DEFAULT : (size_t)request->degree;
	struct kin_search search;
	struct query query;
	struct id ends[2];
	int32_t day;
	enum status status = query_begin(
	        &query, view, request->known_case == CIVIL__V1__FIND_PATH_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK && request->degree < 0) {
		status = STATUS_INVALID;
	}
	degree = degree > PATH_DEGREE_MAX ? PATH_DEGREE_MAX : degree;
	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &ends[0], request->from);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &ends[1], request->to);
	}
	if (status == STATUS_OK) {
		status = kin_begin(&search, &query, day);
	}
	return status == STATUS_OK
	               ? search_between(&search, out, ends, degree, request->by_marriage)
	               : status;
}
