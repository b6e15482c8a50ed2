#include "ledger/query/list_kin.h"

#include "ledger/query/kin.h"
#include "ledger/query/page.h"

enum { WAY = 0, WAY_SPOUSE = 1 };

#define RELATION(name) CIVIL__V1__KIN_RELATION__KIN_RELATION_##name

static Civil__V1__KinRelation relation_of(const struct kin_node *node)
{
	if (node->way == WAY_SPOUSE) {
		return RELATION(SPOUSE);
	}
	if (node->down == 0) {
		return RELATION(ASCENDANT);
	}
	if (node->up == 0) {
		return RELATION(DESCENDANT);
	}
	return node->up == 1 && node->down == 1 ? RELATION(SIBLING) : RELATION(COLLATERAL);
}

/* Breadth first, so that everybody is reached by the nearest way. */
static enum status walk(struct kin_search *search, const struct id *person, size_t degree)
{
	const struct kin_node first = { .person = *person };
	Civil__V1__PersonState *state;
	enum status status = kin_state(search, &state, person);

	if (status != STATUS_OK || state == NULL) {
		return status == STATUS_OK ? STATUS_NOT_FOUND : status;
	}
	(void)kin_add(search, &first); /* into an empty search */
	for (size_t i = 0; status == STATUS_OK && i < search->count; i++) {
		const struct kin_node *node = &search->node[i];
		size_t steps = (size_t)node->up + node->down;

		if (node->way == WAY_SPOUSE || steps >= degree) {
			continue;
		}
		if (node->down == 0) {
			status = kin_add_parents(search, i, WAY);
		}
		if (status == STATUS_OK) {
			status = kin_add_children(search, i, WAY);
		}
	}
	return status == STATUS_OK ? kin_add_spouses(search, 0, WAY_SPOUSE) : status;
}

/* Positions of all but the first, in the order of the answer. */
static size_t *sort(const struct kin_search *search, size_t degree)
{
	size_t *order = arena_array(search->query->view.arena, search->count, sizeof(*order));
	size_t count = 0;

	for (size_t i = 1; order != NULL && i < search->count; i++) {
		if (search->node[i].way == WAY_SPOUSE) {
			order[count++] = i;
		}
	}
	for (size_t steps = 1; order != NULL && steps <= degree; steps++) {
		for (size_t down = 0; down <= steps; down++) {
			for (size_t i = 1; i < search->count; i++) {
				const struct kin_node *node = &search->node[i];

				if (node->way == WAY && node->down == down &&
				    (size_t)node->up + down == steps) {
					order[count++] = i;
				}
			}
		}
	}
	return order;
}

static enum status add(struct query *query, Civil__V1__ListKinResponse *response,
                       const struct kin_node *node)
{
	Civil__V1__Kin *kin = query_new(query, &civil__v1__kin__descriptor);
	bool parent_or_child = node->up + node->down == 1;

	if (kin == NULL || !query_bytes(query, &kin->person_id, bytes_of_id(&node->person))) {
		return STATUS_NO_MEMORY;
	}
	kin->relation = relation_of(node);
	kin->up = node->up;
	kin->down = node->down;
	if (parent_or_child) {
		kin->role = node->up == 1 ? node->role
		                          : CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_UNSPECIFIED;
		kin->basis = node->basis;
	}
	response->kin[response->n_kin] = kin;
	response->n_kin++;
	return STATUS_OK;
}

static enum status answer(const struct kin_search *search, Civil__V1__ListKinResponse **out,
                          const struct page *page, const size_t *order)
{
	struct query *query = search->query;
	Civil__V1__ListKinResponse *response =
	        query_new(query, &civil__v1__list_kin_response__descriptor);
	size_t all = search->count - 1;
	size_t at = page->first ? 0 : bytes_read_u32(page->from.data);
	uint8_t next[4];

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	response->kin = arena_array(query->view.arena, page->size, sizeof(Civil__V1__Kin *));
	if (response->position == NULL || response->kin == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->truncated = search->truncated;
	for (; at < all && response->n_kin < page->size; at++) {
		enum status status = add(query, response, &search->node[order[at]]);

		if (status != STATUS_OK) {
			return status;
		}
	}
	if (at < all) {
		bytes_write_u32(next, (uint32_t)at);
		response->next_page_token = page_token(page, query, bytes_of(next, sizeof(next)));
		if (response->next_page_token == NULL) {
			return STATUS_NO_MEMORY;
		}
	}
	*out = response;
	return STATUS_OK;
}

static enum status read_page(struct page *page, struct view *view,
                             const Civil__V1__ListKinRequest *request, int32_t today)
{
	Civil__V1__ListKinRequest rest = *request;
	struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known = request->known_case == CIVIL__V1__LIST_KIN_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};
	enum status status = query_day(&asked.day, request->valid, today);

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	if (status == STATUS_OK) {
		status = page_begin(page, &asked, view->arena);
	}
	if (status == STATUS_OK && !page->first && page->from.size != 4) {
		status = STATUS_INVALID;
	}
	return status;
}

enum status query_list_kin(struct view *view, Civil__V1__ListKinResponse **out,
                           const Civil__V1__ListKinRequest *request, int32_t today)
{
	size_t degree = request->degree == 0 ? KIN_DEGREE_DEFAULT : (size_t)request->degree;
	struct kin_search search;
	struct query query;
	struct page page;
	struct id person;

	if (request->degree < 0) {
		return STATUS_INVALID;
	}
	degree = degree > KIN_DEGREE_MAX ? KIN_DEGREE_MAX : degree;
	enum status status = read_page(&page, view, request, today);
	if (status == STATUS_OK) {
		status = query_begin(&query, view, page.has_known, page.known);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &person, request->person);
	}
	if (status == STATUS_OK) {
		status = kin_begin(&search, &query, page.day);
	}
	if (status == STATUS_OK) {
		status = walk(&search, &person, degree);
	}
	if (status != STATUS_OK) {
		return status;
	}
	const size_t *order = sort(&search, degree);

	return order == NULL ? STATUS_NO_MEMORY : answer(&search, out, &page, order);
}
