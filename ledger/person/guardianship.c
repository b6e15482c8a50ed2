/* Guardians, capacity, and changes of name.
 *
 * Ward and guardian both keep the guardianship, each with the other in it. Its last day, told or
 * decided, is the end of its provenance. A later capacity takes the place of an earlier one. */
#include "ledger/person/step.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

void step_guardianship_set(struct fold *fold, const struct act *act)
{
	const Civil__V1__GuardianshipSet *set = act->content->guardianship_set;
	Civil__V1__SubjectRole other =
	        act_role(act, fold->person) == ROLE(WARD) ? ROLE(GUARDIAN) : ROLE(WARD);
	Civil__V1__PersonGuardianship *entry;
	struct id person;

	if (!act_person(act, &person, other, 0)) {
		return;
	}
	entry = fold_new(fold, &civil__v1__person_guardianship__descriptor);
	if (entry != NULL) {
		entry->person_id = fold_bytes(fold, bytes_of_id(&person));
		entry->role = other;
		entry->scope = set->scope;
		entry->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		entry->provenance = fold_provenance(fold, act, fold_partial(fold, set->from),
		                                    " scope from until ");
		fold_end(fold, entry->provenance, act, fold_partial(fold, set->until));
	}
	fold_append(fold, &fold->state->guardianships, &fold->state->n_guardianships, entry);
}

void step_guardianship_ended(struct fold *fold, const struct act *act)
{
	const Civil__V1__GuardianshipEnded *ended = act->content->guardianship_ended;

	for (size_t i = 0; i < fold->state->n_guardianships; i++) {
		Civil__V1__PersonGuardianship *entry = fold->state->guardianships[i];

		if (bytes_equal(bytes_of(entry->act.data, entry->act.len),
		                bytes_of(ended->target.data, ended->target.len))) {
			fold_end(fold, entry->provenance, act, fold_partial(fold, ended->from));
			entry->ended_by = fold_bytes(fold, bytes_of_hash(&act->event_id));
		}
	}
}

/* What ends was set before. */
const struct act *step_guardianship_anchor(const struct acts *acts, const struct act *act,
                                           const struct id *person)
{
	ProtobufCBinaryData target = act->content->guardianship_ended->target;

	(void)person; /* ward and guardian have both acts */
	return acts_by_event(acts, bytes_of(target.data, target.len));
}

void step_capacity_set(struct fold *fold, const struct act *act)
{
	const Civil__V1__CapacitySet *set = act->content->capacity_set;
	Civil__V1__PersonCapacity *capacity =
	        fold_new(fold, &civil__v1__person_capacity__descriptor);

	if (capacity != NULL) {
		capacity->scope = set->scope;
		capacity->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		capacity->provenance = fold_provenance(fold, act, fold_partial(fold, set->from),
		                                       " scope from until ");
		fold_end(fold, capacity->provenance, act, fold_partial(fold, set->until));
		fold->state->capacity = capacity;
	}
}

/* A name in use stands behind the others, and an earlier one in use has ended. */
static void use_name(struct fold *fold, const struct act *act, Civil__V1__Name *name,
                     Civil__V1__PartialDate *from)
{
	Civil__V1__PersonName *entry;

	for (size_t i = 0; i < fold->state->n_names; i++) {
		Civil__V1__PersonName *before = fold->state->names[i];

		if (before->sort == CIVIL__V1__NAME_SORT__NAME_SORT_USAGE) {
			before->sort = CIVIL__V1__NAME_SORT__NAME_SORT_FORMER;
			fold_end(fold, before->provenance, act, from);
		}
	}
	entry = fold_new(fold, &civil__v1__person_name__descriptor);
	if (entry != NULL) {
		entry->name = name;
		entry->sort = CIVIL__V1__NAME_SORT__NAME_SORT_USAGE;
		entry->provenance = fold_provenance(fold, act, from, " new_name effective_on ");
	}
	fold_append(fold, &fold->state->names, &fold->state->n_names, entry);
}

void step_name_change(struct fold *fold, const struct act *act)
{
	const Civil__V1__NameChange *change = act->content->name_change;
	Civil__V1__PartialDate *from = fold_partial(fold, change->effective_on);

	if (change->sort == CIVIL__V1__NAME_CHANGE_SORT__NAME_CHANGE_SORT_USAGE) {
		use_name(fold, act, change->new_name, from);
	} else {
		filiation_name(fold, act, change->new_name, from);
	}
}
