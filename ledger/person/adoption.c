/* Adoptions and their end.
 *
 * A simple adoption adds the adopters to the child's parents. A full one puts them in the place of
 * all parents there were; those stand apart as former parents, whom rules still know, and return
 * when that adoption is revoked. */
#include "ledger/person/state.h"
#include "ledger/person/step.h"

#define ROLE(name)  CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name

static const Civil__V1__SubjectRole adopter_roles[ADOPTERS_MAX] = { ROLE(ADOPTER_A),
	                                                            ROLE(ADOPTER_B) };

enum status adoption_roles(Civil__V1__SubjectRole roles[ADOPTERS_MAX], struct view *view,
                           const struct act *act)
{
	struct view before = *view;
	enum status status = STATUS_OK;

	before.size = act->index;
	before.memo = NULL; /* it sees a part */
	before.reader = NULL;
	for (size_t i = 0; status == STATUS_OK && i < ADOPTERS_MAX; i++) {
		Civil__V1__PersonState *state;
		struct id adopter;

		roles[i] = ROLE(MOTHER);
		if (!act_person(act, &adopter, adopter_roles[i], 0)) {
			continue;
		}
		status = state_cached(&before, &state, &adopter);
		if (status == STATUS_OK && state->sex != NULL &&
		    state->sex->sex == CIVIL__V1__SEX__SEX_MALE) {
			roles[i] = ROLE(FATHER);
		}
		status = status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	return status;
}

/* All parents make room. */
static void displace(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from)
{
	Civil__V1__PersonState *state = fold->state;

	for (size_t i = 0; i < state->n_parents; i++) {
		Civil__V1__PersonParent *parent = state->parents[i];

		parent->displaced_by = fold_bytes(fold, bytes_of_hash(&act->event_id));
		fold_end(fold, parent->provenance, act, from);
		fold_append(fold, &state->former_parents, &state->n_former_parents, parent);
	}
	state->parents = NULL;
	state->n_parents = 0;
}

/* To a reader who may not know of it: parents by birth, and a name without an earlier one. */
static void adopt_veiled(struct fold *fold, const struct act *act)
{
	const Civil__V1__Adoption *adoption = act->content->adoption;
	Civil__V1__PartialDate *from = fold_partial(fold, adoption->date_final);

	fold->state->parents = NULL; /* those of another identity of the child */
	fold->state->n_parents = 0;
	for (size_t i = 0; i < ADOPTERS_MAX; i++) {
		struct id adopter;

		if (act_person(act, &adopter, adopter_roles[i], 0)) {
			filiation_edge(fold, act, &adopter, fold->facts.adopters[i], BASIS(BIRTH),
			               from);
		}
	}
	for (size_t i = 0; i < fold->state->n_parents; i++) {
		fold->state->parents[i]->act = (ProtobufCBinaryData){ 0 };
	}
	if (adoption->new_name != NULL && fold->state->n_names > 0) {
		fold->state->names[0]->name = adoption->new_name;
	}
}

void step_adoption(struct fold *fold, const struct act *act)
{
	const Civil__V1__Adoption *adoption = act->content->adoption;
	Civil__V1__PartialDate *from = fold_partial(fold, adoption->date_final);
	bool full = adoption->form == CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL;

	if (act_role(act, fold->person) != ROLE(CHILD)) {
		birth_hint(fold, act);
		return;
	}
	if (act->veiled) {
		adopt_veiled(fold, act);
		return;
	}
	if (full) {
		displace(fold, act, from);
	}
	for (size_t i = 0; i < ADOPTERS_MAX; i++) {
		struct id adopter;

		if (act_person(act, &adopter, adopter_roles[i], 0)) {
			filiation_edge(fold, act, &adopter, fold->facts.adopters[i],
			               full ? BASIS(ADOPTIVE_FULL) : BASIS(ADOPTIVE_SIMPLE), from);
		}
	}
	filiation_name(fold, act, adoption->new_name, from);
}

static bool is_same(ProtobufCBinaryData a, ProtobufCBinaryData b)
{
	return bytes_equal(bytes_of(a.data, a.len), bytes_of(b.data, b.len));
}

/* Drops the edges that the adoption made. */
static void drop_edges(Civil__V1__PersonState *state, ProtobufCBinaryData adoption)
{
	size_t kept = 0;

	for (size_t i = 0; i < state->n_parents; i++) {
		if (!is_same(state->parents[i]->act, adoption)) {
			state->parents[kept] = state->parents[i];
			kept++;
		}
	}
	state->n_parents = kept;
}

/* Those whom it displaced stand in their place again. */
static void return_edges(struct fold *fold, ProtobufCBinaryData adoption)
{
	Civil__V1__PersonState *state = fold->state;
	size_t kept = 0;

	for (size_t i = 0; i < state->n_former_parents; i++) {
		Civil__V1__PersonParent *parent = state->former_parents[i];

		if (!is_same(parent->displaced_by, adoption)) {
			state->former_parents[kept] = parent;
			kept++;
			continue;
		}
		parent->displaced_by = (ProtobufCBinaryData){ 0 };
		if (parent->provenance != NULL) {
			parent->provenance->valid_to = NULL;
		}
		fold_append(fold, &state->parents, &state->n_parents, parent);
	}
	state->n_former_parents = kept;
}

void step_adoption_revoked(struct fold *fold, const struct act *act)
{
	ProtobufCBinaryData adoption = act->content->adoption_revoked->target;

	if (act_role(act, fold->person) == ROLE(CHILD) && adoption.len > 0) {
		drop_edges(fold->state, adoption);
		return_edges(fold, adoption);
	}
}

/* What is revoked was done before. */
const struct act *step_adoption_anchor(const struct acts *acts, const struct act *act,
                                       const struct id *person)
{
	ProtobufCBinaryData target = act->content->adoption_revoked->target;

	(void)person; /* child and adopters have both acts */
	return acts_by_event(acts, bytes_of(target.data, target.len));
}
