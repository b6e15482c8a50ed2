/* Deaths, presumed deaths, disappearances, and what is left of a death that never was. */
#include "ledger/base/assert.h"
#include "ledger/person/step.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define LIFE(name) CIVIL__V1__LIFE_STATUS__LIFE_STATUS_##name

static const char death_fields[] = " date_of_death place_of_death ";
static const char presumed_fields[] = " presumed_date ";
static const char last_seen_fields[] = " last_seen ";

Civil__V1__PartialDate *death_date(struct fold *fold, const struct act *act)
{
	if (act->kind->id == KIND_PRESUMED_DEATH) {
		return fold_partial(
		        fold, ((const Civil__V1__PresumedDeath *)act->message)->presumed_date);
	}
	ASSERT(act->kind->id == KIND_DEATH);
	return ((const Civil__V1__Death *)act->message)->date_of_death;
}

/* What ends with a life, whether it ended or is presumed to have. */
static void end_life(struct fold *fold, const struct act *act, Civil__V1__PersonLife *life)
{
	life->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
	if (act->cause != NULL) {
		life->underlying_cause = act->cause->underlying;
	}
	fold->state->life = life;
	union_end_by_death(fold, act, NULL);
	number_close(fold, act, life->date_of_death);
	residence_end_all(fold, act, life->date_of_death);
	household_leave(fold, act, life->date_of_death);
	fold->compare = true;
}

static void death_of(struct fold *fold, const struct act *act, const Civil__V1__Death *death)
{
	Civil__V1__PersonLife *life = fold_new(fold, &civil__v1__person_life__descriptor);

	if (life == NULL) {
		return;
	}
	life->status = LIFE(DEAD);
	life->date_of_death = death->date_of_death;
	life->place_of_death = death->place_of_death;
	if (act->registration != NULL) {
		life->registration_number = act->registration->registration_number;
	}
	life->provenance = fold_provenance(fold, act, death->date_of_death, death_fields);
	end_life(fold, act, life);
}

/* A marriage ends for the survivor by the death of the other. */
static void end_for_survivor(struct fold *fold, const struct act *act)
{
	struct id deceased;

	if (act_role(act, fold->person) == ROLE(SURVIVING_SPOUSE) &&
	    act_person(act, &deceased, ROLE(DECEASED), 0)) {
		union_end_by_death(fold, act, &deceased);
	}
}

void step_death(struct fold *fold, const struct act *act)
{
	if (act_role(act, fold->person) == ROLE(DECEASED)) {
		death_of(fold, act, (const Civil__V1__Death *)act->message);
	} else if (act_role(act, fold->person) == ROLE(MEMBER)) {
		household_new_head(fold, act, death_date(fold, act));
	} else {
		end_for_survivor(fold, act);
	}
}

/* A registered death takes the place of a presumed one, on whatever day it was: what the court
 * presumed then only ended the marriage. */
void step_presumed_death(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonLife *life;

	if (act_role(act, fold->person) != ROLE(DECEASED)) {
		end_for_survivor(fold, act);
		return;
	}
	if (fold->dies) {
		union_end_by_death(fold, act, NULL);
		return;
	}
	life = fold_new(fold, &civil__v1__person_life__descriptor);
	if (life != NULL) {
		life->status = LIFE(PRESUMED_DEAD);
		life->date_of_death = death_date(fold, act);
		life->provenance = fold_provenance(fold, act, life->date_of_death, presumed_fields);
		end_life(fold, act, life);
	}
}

/* Who is missing stays married, keeps the number and the dwelling. */
void step_disappearance(struct fold *fold, const struct act *act)
{
	const Civil__V1__Disappearance *content = (const Civil__V1__Disappearance *)act->message;
	const Civil__V1__PersonLife *now = fold->state->life;
	Civil__V1__PersonLife *life;

	if (now != NULL && (now->status == LIFE(DEAD) || now->status == LIFE(PRESUMED_DEAD))) {
		return; /* died "in 2020", last seen in March 2020 */
	}
	life = fold_new(fold, &civil__v1__person_life__descriptor);
	if (life != NULL) {
		life->status = LIFE(MISSING);
		life->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		life->provenance = fold_provenance(fold, act, content->last_seen, last_seen_fields);
		fold->state->life = life;
	}
}

bool step_death_documents_day(int32_t *day, const struct act *act)
{
	*day = act->registered_day;
	return true;
}

void step_death_documents(struct fold *fold, const struct act *act)
{
	if (act_role(act, fold->person) == ROLE(DECEASED)) {
		document_cancel_live(fold);
	}
}

/* A death that never was leaves the marriage without a gap, unless the spouse has married since:
 * then it is disputed (catalogue D2). */
void step_death_remains(struct fold *fold, const struct act *act)
{
	Civil__V1__SubjectRole role = act_role(act, fold->person);
	bool deceased = role == ROLE(DECEASED);
	struct id other;

	if (act->voided.sort == ACT_VOID_UNTRUE && fold->facts.remarried &&
	    (deceased || role == ROLE(SURVIVING_SPOUSE)) &&
	    act_person(act, &other, deceased ? ROLE(SURVIVING_SPOUSE) : ROLE(DECEASED), 0)) {
		union_dispute(fold, act, &other);
	}
}

/* For the survivor a death in "2020" ends a wedding of March 2020 after it began: the marriage is
 * the last one with the dead spouse that may have begun before the death. One that was registered
 * after the death says itself when it ended. */
const struct act *step_death_anchor(const struct acts *acts, const struct act *act,
                                    const struct id *person)
{
	const struct act *found = NULL;
	struct id deceased;
	struct id spouse;

	if (act_role(act, person) != ROLE(SURVIVING_SPOUSE) ||
	    !act_person(act, &deceased, ROLE(DECEASED), 0)) {
		return NULL;
	}
	for (size_t i = 0; i < acts->count; i++) {
		const struct act *marriage = &acts->act[i];

		if (marriage->kind->id == KIND_MARRIAGE && marriage->index < act->index &&
		    marriage->valid.earliest <= act->valid.latest &&
		    union_spouse(marriage, &spouse, person) && id_equal(&spouse, &deceased)) {
			found = marriage;
		}
	}
	return found;
}
