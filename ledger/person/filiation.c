/* Parents by recognition and by decision of a court, disputes about them, legitimation.
 *
 * The edges belong to the child's state. They hold from the child's birth, whenever somebody
 * recognised the child or a court spoke: an edge's provenance begins on that day, though a state
 * of a day before the act does not know it. */
#include "ledger/person/step.h"

#define ROLE(name)  CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name

void filiation_name(struct fold *fold, const struct act *act, Civil__V1__Name *name,
                    Civil__V1__PartialDate *from)
{
	bool wins = fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES);
	Civil__V1__PersonName **before = fold->state->names;
	size_t count = fold->state->n_names;
	Civil__V1__PersonName *entry;

	if (name == NULL) {
		return;
	}
	entry = fold_new(fold, &civil__v1__person_name__descriptor);
	if (entry != NULL) {
		entry->name = name;
		entry->sort = wins ? CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED
		                   : CIVIL__V1__NAME_SORT__NAME_SORT_ALIAS;
		entry->provenance = fold_provenance(fold, act, from, " new_name ");
	}
	fold->compare = true;
	if (!wins) {
		fold_append(fold, &fold->state->names, &fold->state->n_names, entry);
		return;
	}
	fold->state->names = NULL;
	fold->state->n_names = 0;
	fold_append(fold, &fold->state->names, &fold->state->n_names, entry);
	for (size_t i = 0; i < count; i++) {
		if (before[i]->sort == CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED) {
			before[i]->sort = CIVIL__V1__NAME_SORT__NAME_SORT_FORMER;
			fold_end(fold, before[i]->provenance, act, from);
		}
		fold_append(fold, &fold->state->names, &fold->state->n_names, before[i]);
	}
}

/* The day of birth; that of the act when none is known. */
static Civil__V1__PartialDate *since_birth(const struct fold *fold, Civil__V1__PartialDate *date)
{
	const Civil__V1__PersonBirth *birth = fold->state->birth;

	return birth == NULL || birth->date == NULL ? date : birth->date;
}

void filiation_edge(struct fold *fold, const struct act *act, const struct id *person,
                    Civil__V1__SubjectRole role, Civil__V1__ParentBasis basis,
                    Civil__V1__PartialDate *from)
{
	Civil__V1__PersonParent *parent = fold_new(fold, &civil__v1__person_parent__descriptor);

	if (parent != NULL) {
		parent->person_id = fold_bytes(fold, bytes_of_id(person));
		parent->role = role;
		parent->basis = basis;
		parent->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		parent->provenance = fold_provenance(fold, act, from, "");
	}
	fold_append(fold, &fold->state->parents, &fold->state->n_parents, parent);
}

static bool is_edge_to(const Civil__V1__PersonParent *parent, Civil__V1__SubjectRole role,
                       const struct id *person)
{
	return parent->role == role && fold_same_id(parent->person_id, person);
}

static bool is_adoptive(const Civil__V1__PersonParent *parent)
{
	return parent->basis == BASIS(ADOPTIVE_FULL) || parent->basis == BASIS(ADOPTIVE_SIMPLE);
}

/* Who recognises keeps a hint; the child of an own birth act is hinted at already, and a second
 * hint does no harm. */
void step_recognition(struct fold *fold, const struct act *act)
{
	const Civil__V1__Recognition *recognition = act->content->recognition;
	Civil__V1__SubjectRole role = act_role(act, fold->person);
	Civil__V1__PartialDate *date = fold_partial(fold, recognition->date);
	struct id person;

	if (role == recognition->parent_role) {
		birth_hint(fold, act);
	}
	if (role != ROLE(CHILD) || !act_person(act, &person, recognition->parent_role, 0)) {
		return;
	}
	bool known = false;

	for (size_t i = 0; i < fold->state->n_parents; i++) {
		known = known ||
		        is_edge_to(fold->state->parents[i], recognition->parent_role, &person);
	}
	if (!known) {
		filiation_edge(fold, act, &person, recognition->parent_role, BASIS(RECOGNISED),
		               since_birth(fold, date));
	}
	filiation_name(fold, act, recognition->new_name, date);
}

/* Edges to the parents named; to all when none is named. */
void step_parentage_disputed(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonState *state = fold->state;
	struct id mother;
	struct id father;
	bool of_mother = act_person(act, &mother, ROLE(MOTHER), 0);
	bool of_father = act_person(act, &father, ROLE(FATHER), 0);

	for (size_t i = 0; i < state->n_parents && act_role(act, fold->person) == ROLE(CHILD);
	     i++) {
		Civil__V1__PersonParent *parent = state->parents[i];

		if ((!of_mother && !of_father) ||
		    (of_mother && is_edge_to(parent, ROLE(MOTHER), &mother)) ||
		    (of_father && is_edge_to(parent, ROLE(FATHER), &father))) {
			parent->disputed = true;
		}
	}
}

/* True when the court took the edge away, or set another parent in its place. */
static bool is_removed(const Civil__V1__ParentageSet *parentage,
                       const Civil__V1__PersonParent *parent)
{
	for (size_t i = 0; i < parentage->n_remove; i++) {
		const Civil__V1__ParentLink *link = parentage->remove[i];

		if (link->role == parent->role &&
		    bytes_equal(bytes_of(link->person_id.data, link->person_id.len),
		                bytes_of(parent->person_id.data, parent->person_id.len))) {
			return true;
		}
	}
	for (size_t i = 0; i < parentage->n_set; i++) {
		if (parentage->set[i]->role == parent->role && !is_adoptive(parent)) {
			return true;
		}
	}
	return false;
}

/* What the court leaves is disputed no more. */
static void settle_edges(const Civil__V1__ParentageSet *parentage,
                         Civil__V1__PersonParent **parents, size_t *count)
{
	size_t kept = 0;

	for (size_t i = 0; i < *count; i++) {
		if (!is_removed(parentage, parents[i])) {
			parents[i]->disputed = false;
			parents[kept] = parents[i];
			kept++;
		}
	}
	*count = kept;
}

void step_parentage_set(struct fold *fold, const struct act *act)
{
	const Civil__V1__ParentageSet *parentage = act->content->parentage_set;
	Civil__V1__SubjectRole role = act_role(act, fold->person);
	Civil__V1__PartialDate *date = fold_partial(fold, parentage->date_final);

	if (role == ROLE(CHILD)) {
		settle_edges(parentage, fold->state->parents, &fold->state->n_parents);
		settle_edges(parentage, fold->state->former_parents,
		             &fold->state->n_former_parents);
	}
	for (size_t i = 0; i < parentage->n_set; i++) {
		struct id person;

		if (role == ROLE(CHILD) && act_person(act, &person, parentage->set[i]->role, 0)) {
			filiation_edge(fold, act, &person, parentage->set[i]->role, BASIS(COURT),
			               since_birth(fold, date));
		} else if (role == parentage->set[i]->role) {
			birth_hint(fold, act);
		}
	}
	if (role == ROLE(CHILD)) {
		filiation_name(fold, act, parentage->new_name, date);
	}
}

void step_legitimation(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonLegitimation *legitimation;

	if (act_role(act, fold->person) != ROLE(CHILD)) {
		return;
	}
	legitimation = fold_new(fold, &civil__v1__person_legitimation__descriptor);
	if (legitimation != NULL) {
		legitimation->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		legitimation->provenance = fold_provenance(
		        fold, act, fold_partial(fold, act->content->legitimation->date), " date ");
		fold->state->legitimation = legitimation;
	}
}
