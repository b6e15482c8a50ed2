/* Births, foetal deaths, and persons created by a paper that records something else. */
#include "ledger/person/step.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

/* Fields of a birth that each attribute is made of, for its provenance. */
static const char name_fields[] = " name ";
static const char sex_fields[] = " sex ";
static const char birth_fields[] = " date_of_birth place_of_birth delivery_id birth_order ";
static const char life_fields[] = " date_of_birth ";
static const char nationality_fields[] = " nationality_at_birth ";
static const char address_fields[] = " child_address ";

/* The registered name takes the place of what another paper said, and stands before the names of
 * absorbed identities. */
static void set_name(struct fold *fold, const struct act *act, Civil__V1__Name *name,
                     Civil__V1__PartialDate *from)
{
	bool wins = fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES);
	Civil__V1__PersonName **before = fold->state->names;
	size_t count = wins ? fold->state->n_names : 0;
	Civil__V1__PersonName *entry;

	if (wins) {
		fold->state->n_names = 0;
		fold->state->names = NULL;
	}
	if (name != NULL) {
		entry = fold_new(fold, &civil__v1__person_name__descriptor);
		if (entry != NULL) {
			entry->name = name;
			entry->sort = wins ? CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED
			                   : CIVIL__V1__NAME_SORT__NAME_SORT_ALIAS;
			entry->provenance = fold_provenance(fold, act, from, name_fields);
		}
		fold_append(fold, &fold->state->names, &fold->state->n_names, entry);
	}
	for (size_t i = 0; i < count; i++) {
		if (before[i]->sort == CIVIL__V1__NAME_SORT__NAME_SORT_ALIAS) {
			fold_append(fold, &fold->state->names, &fold->state->n_names, before[i]);
		}
	}
}

static void set_sex(struct fold *fold, const struct act *act, Civil__V1__Sex sex,
                    Civil__V1__PartialDate *from)
{
	if (!fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_SEX)) {
		return;
	}
	Civil__V1__PersonSex *entry = fold_new(fold, &civil__v1__person_sex__descriptor);

	if (entry != NULL) {
		entry->sex = sex;
		entry->provenance = fold_provenance(fold, act, from, sex_fields);
		fold->state->sex = entry;
	}
}

/* Whoever begins to live is alive and never married, unless an absorbed identity did more. */
static void begin_life(struct fold *fold, const struct act *act, Civil__V1__PartialDate *from)
{
	Civil__V1__PersonLife *life = fold_new(fold, &civil__v1__person_life__descriptor);
	Civil__V1__PersonCivilStatus *civil =
	        fold_new(fold, &civil__v1__person_civil_status__descriptor);
	bool alone = fold->persona == NULL || fold->persona->member_count == 0;

	if (life != NULL && (alone || fold->state->life == NULL)) {
		life->status = CIVIL__V1__LIFE_STATUS__LIFE_STATUS_ALIVE;
		life->provenance = fold_provenance(fold, act, from, life_fields);
		fold->state->life = life;
	}
	if (civil != NULL && (alone || fold->state->civil_status == NULL)) {
		civil->status = CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_NEVER_MARRIED;
		civil->provenance = fold_provenance(fold, act, from, life_fields);
		fold->state->civil_status = civil;
	}
}

static void add_parent(struct fold *fold, const struct act *act, Civil__V1__SubjectRole role,
                       Civil__V1__PartialDate *from)
{
	struct id person;
	Civil__V1__PersonParent *parent;

	if (!act_person(act, &person, role, 0)) {
		return;
	}
	parent = fold_new(fold, &civil__v1__person_parent__descriptor);
	if (parent != NULL) {
		parent->person_id = fold_bytes(fold, bytes_of_id(&person));
		parent->role = role;
		parent->basis = CIVIL__V1__PARENT_BASIS__PARENT_BASIS_BIRTH;
		parent->provenance = fold_provenance(fold, act, from, "");
	}
	fold_append(fold, &fold->state->parents, &fold->state->n_parents, parent);
}

static void set_birth(struct fold *fold, const struct act *act, const Civil__V1__Birth *birth)
{
	Civil__V1__PersonBirth *entry = fold_new(fold, &civil__v1__person_birth__descriptor);

	if (entry == NULL) {
		return;
	}
	entry->date = birth->date_of_birth;
	entry->place = birth->place_of_birth;
	entry->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
	entry->delay_class = fold->facts.delay_class;
	entry->delivery_id = birth->delivery_id;
	entry->birth_order = birth->birth_order;
	if (act->registration != NULL) {
		entry->registration_number = act->registration->registration_number;
	}
	entry->provenance = fold_provenance(fold, act, birth->date_of_birth, birth_fields);
	fold->state->birth = entry;
}

static void birth_of_child(struct fold *fold, const struct act *act, const Civil__V1__Birth *birth)
{
	Civil__V1__PartialDate *from = birth->date_of_birth;
	Civil__V1__PersonState *state = fold->state;

	set_name(fold, act, birth->name, from);
	set_sex(fold, act, birth->sex, from);
	number_add(fold, act, from);
	for (size_t i = 0; i < birth->n_nationality_at_birth &&
	                   fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NATIONALITY);
	     i++) {
		nationality_add(fold, act, birth->nationality_at_birth[i]->country,
		                birth->nationality_at_birth[i]->basis, from, nationality_fields);
	}
	fold->compare = true;
	if (!fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH)) {
		return;
	}
	set_birth(fold, act, birth);
	begin_life(fold, act, from);
	add_parent(fold, act, ROLE(MOTHER), from);
	add_parent(fold, act, ROLE(FATHER), from);
	if (birth->child_address != NULL) {
		residence_begin(fold, act, birth->child_address, birth->child_address->unit_id,
		                from, address_fields);
	}
	state->provisional = !act->verified;
}

void birth_hint(struct fold *fold, const struct act *act)
{
	struct id person;
	Civil__V1__PersonChild *child;

	if (!act_person(act, &person, ROLE(CHILD), 0)) {
		return;
	}
	child = fold_new(fold, &civil__v1__person_child__descriptor);
	if (child != NULL) {
		child->person_id = fold_bytes(fold, bytes_of_id(&person));
		child->source = act->index;
	}
	fold_append(fold, &fold->state->children, &fold->state->n_children, child);
}

void step_birth(struct fold *fold, const struct act *act)
{
	Civil__V1__SubjectRole role = act_role(act, fold->person);
	const Civil__V1__Birth *birth = (const Civil__V1__Birth *)act->message;

	if (role == ROLE(CHILD)) {
		birth_of_child(fold, act, birth);
	} else if (role == ROLE(MOTHER) || role == ROLE(FATHER)) {
		birth_hint(fold, act);
	}
}

void step_foetal_death(struct fold *fold, const struct act *act)
{
	const Civil__V1__FoetalDeath *death = (const Civil__V1__FoetalDeath *)act->message;
	Civil__V1__PersonFoetalDeath *entry =
	        fold_new(fold, &civil__v1__person_foetal_death__descriptor);

	if (entry != NULL) {
		entry->date = death->date;
		entry->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		if (act->registration != NULL) {
			entry->registration_number = act->registration->registration_number;
		}
		entry->provenance = fold_provenance(fold, act, death->date, " date ");
	}
	fold_append(fold, &fold->state->foetal_deaths, &fold->state->n_foetal_deaths, entry);
}

void step_create(struct fold *fold, const struct act *act, const Civil__V1__NewPerson *person)
{
	Civil__V1__PersonBirth *birth = fold_new(fold, &civil__v1__person_birth__descriptor);

	set_name(fold, act, person->name, person->birth);
	set_sex(fold, act, person->sex, person->birth);
	fold->compare = true;
	if (!fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH)) {
		return;
	}
	if (birth != NULL) {
		birth->date = person->birth;
		birth->provenance = fold_provenance(fold, act, person->birth, "");
		fold->state->birth = birth;
	}
	begin_life(fold, act, person->birth);
}

void step_birth_remains(struct fold *fold, const struct act *act)
{
	if (act_role(act, fold->person) == ROLE(CHILD)) {
		number_add(fold, act, ((const Civil__V1__Birth *)act->message)->date_of_birth);
	}
}

void step_birth_closing(struct fold *fold, const struct act *act)
{
	if (act_role(act, fold->person) == ROLE(CHILD)) {
		number_close_known_before(fold, act->voided.index,
		                          fold_partial(fold, act->voided.date));
	}
}
