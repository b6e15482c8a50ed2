#include "ledger/query/kin.h"

#include "ledger/person/state.h"

/* Ids are hashes already: any bytes of them spread. */
static size_t slot_of(const struct id *person, uint8_t way)
{
	return (bytes_read_u32(person->bytes) + (size_t)way * 977) % KIN_SLOTS;
}

static bool id_of(struct id *out, ProtobufCBinaryData bytes)
{
	if (bytes.len != ID_BYTES) {
		return false;
	}
	memcpy(out->bytes, bytes.data, ID_BYTES);
	return true;
}

enum status kin_begin(struct kin_search *search, struct query *query, int32_t day)
{
	struct arena *arena = query->view.arena;

	*search = (struct kin_search){ .query = query, .day = day };
	search->node = arena_array(arena, KIN_MAX, sizeof(*search->node));
	search->slot = arena_array(arena, KIN_SLOTS, sizeof(*search->slot));
	return search->node == NULL || search->slot == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* The slot that holds the node, or the empty one where it belongs. Half the slots stay empty. */
static uint16_t *find_slot(const struct kin_search *search, const struct id *person, uint8_t way)
{
	size_t slot = slot_of(person, way);

	while (search->slot[slot] != 0) {
		const struct kin_node *node = &search->node[search->slot[slot] - 1];

		if (node->way == way && id_equal(&node->person, person)) {
			break;
		}
		slot = (slot + 1) % KIN_SLOTS;
	}
	return &search->slot[slot];
}

bool kin_add(struct kin_search *search, const struct kin_node *node)
{
	uint16_t *slot = find_slot(search, &node->person, node->way);

	if (*slot != 0) {
		return false;
	}
	if (search->count == KIN_MAX) {
		search->truncated = true;
		return false;
	}
	search->node[search->count] = *node;
	search->count++;
	*slot = (uint16_t)search->count;
	return true;
}

enum status kin_state(struct kin_search *search, Civil__V1__PersonState **out,
                      const struct id *person)
{
	enum status status = state_at(&search->query->view, out, person, search->day);

	if (status == STATUS_NOT_FOUND) {
		*out = NULL;
		return STATUS_OK;
	}
	return status;
}

const Civil__V1__PersonParent *kin_parent_edge(const Civil__V1__PersonState *child,
                                               const struct id *parent)
{
	for (size_t i = 0; child != NULL && i < child->n_parents; i++) {
		const ProtobufCBinaryData *id = &child->parents[i]->person_id;

		if (bytes_equal(bytes_of(id->data, id->len), bytes_of_id(parent))) {
			return child->parents[i];
		}
	}
	return NULL;
}

static bool is_in(const struct kin_children *children, const struct id *person)
{
	for (size_t i = 0; i < children->count; i++) {
		if (id_equal(&children->person[i], person)) {
			return true;
		}
	}
	return false;
}

enum status kin_children(struct kin_search *search, struct kin_children *out,
                         const Civil__V1__PersonState *state, const struct id *parent)
{
	struct arena *arena = search->query->view.arena;
	struct kin_children children = { 0 };
	size_t hints = state == NULL ? 0 : state->n_children;

	children.person = arena_array(arena, hints, sizeof(*children.person));
	children.edge = arena_array(arena, hints, sizeof(const Civil__V1__PersonParent *));
	if (children.person == NULL || children.edge == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < hints; i++) {
		Civil__V1__PersonState *child;
		struct id person;

		if (!id_of(&person, state->children[i]->person_id) || is_in(&children, &person)) {
			continue;
		}
		enum status status = kin_state(search, &child, &person);

		if (status != STATUS_OK) {
			return status;
		}
		const Civil__V1__PersonParent *edge = kin_parent_edge(child, parent);

		if (edge != NULL) {
			children.person[children.count] = person;
			children.edge[children.count] = edge;
			children.count++;
		}
	}
	*out = children;
	return STATUS_OK;
}

static struct kin_node next_of(const struct kin_search *search, size_t at, uint8_t way,
                               Civil__V1__PathEdge edge)
{
	struct kin_node node = search->node[at];

	node.from = (uint32_t)at;
	node.way = way;
	node.edge = edge;
	node.role = CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_UNSPECIFIED;
	node.basis = CIVIL__V1__PARENT_BASIS__PARENT_BASIS_UNSPECIFIED;
	return node;
}

enum status kin_add_parents(struct kin_search *search, size_t at, uint8_t way)
{
	Civil__V1__PersonState *state;
	enum status status = kin_state(search, &state, &search->node[at].person);

	for (size_t i = 0; status == STATUS_OK && state != NULL && i < state->n_parents; i++) {
		struct kin_node node =
		        next_of(search, at, way, CIVIL__V1__PATH_EDGE__PATH_EDGE_PARENT);

		node.up++;
		node.role = state->parents[i]->role;
		node.basis = state->parents[i]->basis;
		if (id_of(&node.person, state->parents[i]->person_id)) {
			(void)kin_add(search, &node); /* a second edge to one person adds nothing */
		}
	}
	return status;
}

enum status kin_add_children(struct kin_search *search, size_t at, uint8_t way)
{
	struct id parent = search->node[at].person;
	struct kin_children children = { 0 };
	Civil__V1__PersonState *state;
	enum status status = kin_state(search, &state, &parent);

	if (status == STATUS_OK) {
		status = kin_children(search, &children, state, &parent);
	}
	for (size_t i = 0; status == STATUS_OK && i < children.count; i++) {
		struct kin_node node =
		        next_of(search, at, way, CIVIL__V1__PATH_EDGE__PATH_EDGE_CHILD);

		node.person = children.person[i];
		node.down++;
		node.role = children.edge[i]->role;
		node.basis = children.edge[i]->basis;
		(void)kin_add(search, &node);
	}
	return status;
}

enum status kin_add_spouses(struct kin_search *search, size_t at, uint8_t way)
{
	Civil__V1__PersonState *state;
	enum status status = kin_state(search, &state, &search->node[at].person);

	for (size_t i = 0; status == STATUS_OK && state != NULL && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];
		struct kin_node node =
		        next_of(search, at, way, CIVIL__V1__PATH_EDGE__PATH_EDGE_SPOUSE);

		if (marriage->status == CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_IN_FORCE &&
		    id_of(&node.person, marriage->spouse)) {
			(void)kin_add(search, &node);
		}
	}
	return status;
}
