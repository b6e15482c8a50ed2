/* Marriages that a removed death leaves in dispute (catalogue D2).
 *
 * A death that is removed leaves its marriage in force, unless the survivor has married since. For
 * the returned person that is a fact of another's history: it is read as known when the death was
 * removed, so that later records, which do not name the person, cannot change the state. For the
 * survivor it is read as known now: when the later marriage never was, nothing is in dispute. In
 * the same way the death of a survivor who died meanwhile ends the marriage of who returns. */
#include "ledger/person/step.h"

#define ROLE(name)   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name
#define STATUS(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define UNION(name)  CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name

void union_dispute(struct fold *fold, const struct act *act, const struct id *spouse)
{
	bool found = false;

	for (size_t i = 0; i < fold->state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = fold->state->marriages[i];

		if (marriage->status == UNION(IN_FORCE) &&
		    fold_same_other(fold, marriage->spouse, spouse)) {
			marriage->status = UNION(DISPUTED);
			found = true;
		}
	}
	if (found) {
		union_status_after(fold, STATUS(UNDETERMINED),
		                   fold_provenance_voided(fold, act, death_date(fold, act)));
	}
}

/* Whether an act of the person ends the marriage with `spouse`. */
static bool ends(const struct act *act, const struct act *marriage, const struct id *person,
                 const struct id *spouse)
{
	struct id deceased;

	switch ((int)act->kind->id) {
	case KIND_DEATH:
	case KIND_PRESUMED_DEATH:
		return act_person(act, &deceased, ROLE(DECEASED), 0) &&
		       (id_equal(&deceased, person) || id_equal(&deceased, spouse));
	case KIND_DIVORCE:
	case KIND_ANNULMENT:
		return bytes_equal(union_target(act), bytes_of_hash(&marriage->event_id));
	case KIND_MARRIAGE_RESOLVED:
		return act->content->marriage_resolved->outcome ==
		               CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_ENDED &&
		       bytes_equal(union_target(act), bytes_of_hash(&marriage->event_id));
	default:
		return false;
	}
}

/* Whether the marriage was in force when record `index` was made. */
static bool stood_at(const struct acts *acts, const struct act *marriage, uint64_t index,
                     const struct id *person)
{
	const Civil__V1__Marriage *content = (const Civil__V1__Marriage *)marriage->message;
	struct id spouse;

	if (marriage->index >= index || content->already_ended != NULL ||
	    marriage->voided.sort != ACT_VOID_NOT || !union_spouse(marriage, &spouse, person)) {
		return false;
	}
	for (size_t i = 0; i < acts->count; i++) {
		bool known = acts->act[i].index < index || union_annuls(&acts->act[i], marriage);

		if (known && ends(&acts->act[i], marriage, person, &spouse)) {
			return false;
		}
	}
	return true;
}

enum status union_remarried(bool *out, struct view *view, const struct act *death,
                            const struct id *person)
{
	struct view known = *view;
	struct id survivor;
	struct acts acts;
	bool found = false;

	if (!act_person(death, &survivor, ROLE(SURVIVING_SPOUSE), 0)) {
		*out = false;
		return STATUS_OK;
	}
	if (!id_equal(&survivor, person)) {
		known.size = death->voided.index;
		known.memo = NULL; /* it sees a part */
	}
	enum status status = acts_load(&known, &acts, &survivor);

	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < acts.count && !found; i++) {
		found = acts.act[i].kind->id == KIND_MARRIAGE &&
		        acts.act[i].valid.earliest >= death->valid.earliest &&
		        stood_at(&acts, &acts.act[i], death->voided.index, &survivor);
	}
	*out = found;
	return STATUS_OK;
}

enum status union_bereaved(const struct act **out, struct view *view, const struct act *act,
                           const struct id *person)
{
	struct view known = *view;
	struct id survivor;
	struct acts acts;

	*out = NULL;
	if (act->voided.sort != ACT_VOID_UNTRUE || act_role(act, person) != ROLE(DECEASED) ||
	    !act_person(act, &survivor, ROLE(SURVIVING_SPOUSE), 0)) {
		return STATUS_OK;
	}
	known.size = act->voided.index;
	known.memo = NULL; /* it sees a part */
	enum status status = acts_load(&known, &acts, &survivor);

	for (size_t i = 0; status == STATUS_OK && i < acts.count; i++) {
		const struct act *death = &acts.act[i];

		if ((death->kind->id == KIND_DEATH || death->kind->id == KIND_PRESUMED_DEATH) &&
		    act_role(death, &survivor) == ROLE(DECEASED) &&
		    act_role(death, person) == ROLE(UNSPECIFIED) &&
		    death->valid.earliest >= act->valid.earliest) {
			*out = death;
			break; /* the first day; a death takes the place of a presumed one */
		}
	}
	return status;
}
