#include "ledger/person/aliases.h"

#include "ledger/authority/authority.h"
#include "ledger/person/persona.h"

/* What is done to each id of a person in a state. */
struct visit {
	struct view *view;
	bool replace; /* else only look */
	bool found;   /* an id that stands for another */
	enum status status;
};

/* `index` is the record that brought into force what names the person: a moved act names another.
 */
static void visit_id(struct visit *visit, ProtobufCBinaryData *field, uint64_t index)
{
	struct persona persona;
	struct id named;

	if (visit->status != STATUS_OK || field->len != ID_BYTES) {
		return;
	}
	memcpy(named.bytes, field->data, ID_BYTES);
	visit->status = persona_load(visit->view, &persona, &named);
	if (visit->status != STATUS_OK || persona.member_count == 0) {
		return;
	}
	struct id moved = persona_named(&persona, index, &named);
	struct id root = persona_root(&persona, &moved);

	if (id_equal(&named, &root)) {
		return;
	}
	visit->found = true;
	if (visit->replace) {
		memcpy(field->data, root.bytes, ID_BYTES);
	}
}

static uint64_t known_from(const Civil__V1__Provenance *provenance)
{
	return provenance == NULL ? UINT64_MAX : provenance->known_from;
}

/* Index of the record of an act: a correction of it is not what names the spouse. */
static uint64_t index_of(struct visit *visit, ProtobufCBinaryData act)
{
	struct stored_record record;
	enum status status =
	        view_record_by_event(visit->view, &record, bytes_of(act.data, act.len));

	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		visit->status = status;
	}
	return status == STATUS_OK ? record.index : UINT64_MAX;
}

static void visit_state(struct visit *visit, Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_parents; i++) {
		visit_id(visit, &state->parents[i]->person_id,
		         known_from(state->parents[i]->provenance));
	}
	for (size_t i = 0; i < state->n_former_parents; i++) {
		visit_id(visit, &state->former_parents[i]->person_id,
		         known_from(state->former_parents[i]->provenance));
	}
	for (size_t i = 0; i < state->n_children; i++) {
		visit_id(visit, &state->children[i]->person_id, state->children[i]->source);
	}
	for (size_t i = 0; i < state->n_marriages; i++) {
		visit_id(visit, &state->marriages[i]->spouse,
		         index_of(visit, state->marriages[i]->act));
	}
	for (size_t i = 0; i < state->n_notices; i++) {
		visit_id(visit, &state->notices[i]->other, index_of(visit, state->notices[i]->act));
	}
	for (size_t i = 0; i < state->n_guardianships; i++) {
		visit_id(visit, &state->guardianships[i]->person_id,
		         index_of(visit, state->guardianships[i]->act));
	}
	for (size_t i = 0; i < state->n_suspicions; i++) {
		visit_id(visit, &state->suspicions[i]->person_id,
		         index_of(visit, state->suspicions[i]->act));
	}
}

static Civil__V1__PersonState *copy(struct arena *arena, const Civil__V1__PersonState *state)
{
	size_t size = civil__v1__person_state__get_packed_size(state);
	uint8_t *packed = arena_alloc(arena, size);

	if (packed == NULL) {
		return NULL;
	}
	(void)civil__v1__person_state__pack(state, packed);
	return civil__v1__person_state__unpack(&arena->allocator, size, packed);
}

enum status aliases_read(struct view *view, Civil__V1__PersonState **out,
                         Civil__V1__PersonState *state)
{
	struct visit visit = { .view = view };
	bool merged;

	visit.status = authority_any_merged(view, &merged);
	if (visit.status == STATUS_OK && merged) {
		visit_state(&visit, state);
	}
	if (visit.status == STATUS_OK && visit.found) {
		state = copy(view->arena, state);
		if (state == NULL) {
			return STATUS_NO_MEMORY;
		}
		visit.replace = true;
		visit_state(&visit, state);
	}
	*out = state;
	return visit.status;
}
