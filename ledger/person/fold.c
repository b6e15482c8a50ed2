#include "ledger/person/fold.h"

#include "ledger/base/assert.h"
#include "ledger/person/facts.h"
#include "ledger/person/moment.h"
#include "ledger/person/step.h"

/* Those under the person, in the order in which they were absorbed. */
static void add_absorbed(struct fold *fold)
{
	const struct persona *persona = fold->persona;
	Civil__V1__PersonState *state = fold->state;
	uint64_t after = 0;

	for (size_t n = 0; n + 1 < persona->member_count; n++) {
		const struct persona_member *next = NULL;

		for (size_t m = 0; m < persona->member_count; m++) {
			const struct persona_member *member = &persona->members[m];
			struct id root = persona_root(persona, &member->id);

			if (id_equal(&root, fold->person) && !id_equal(&member->id, fold->person) &&
			    member->absorbed_at >= after &&
			    (next == NULL || member->absorbed_at < next->absorbed_at)) {
				next = member;
			}
		}
		if (next == NULL) {
			return;
		}
		after = next->absorbed_at + 1;
		ProtobufCBinaryData *ids = arena_array(fold->arena, state->n_absorbed + 1,
		                                       sizeof(ProtobufCBinaryData));
		if (ids == NULL) {
			fold->failed = true;
			return;
		}
		for (size_t i = 0; i < state->n_absorbed; i++) {
			ids[i] = state->absorbed[i];
		}
		ids[state->n_absorbed] = fold_bytes(fold, bytes_of_id(&next->id));
		state->absorbed = ids;
		state->n_absorbed++;
	}
}

enum status fold_begin(struct fold *fold, const struct persona *persona, int32_t valid_day,
                       struct arena *arena)
{
	*fold = (struct fold){ .person = &persona->person,
		               .persona = persona,
		               .arena = arena,
		               .valid_day = valid_day,
		               .fresh = true };
	fold->state = fold_new(fold, &civil__v1__person_state__descriptor);
	if (fold->state != NULL) {
		fold->state->person_id = fold_bytes(fold, bytes_of_id(fold->person));
		add_absorbed(fold);
	}
	return fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status run_moment(struct fold *fold, struct view *view, const struct moment *moment)
{
	const struct act *act = moment->act;
	const struct step *step = step_of_kind(act->kind->id);
	enum status status;

	fold->day = moment->day;
	switch (moment->part) {
	case PART_CREATE:
		step_create(fold, act, moment_new_person(act, fold->person));
		break;
	case PART_APPLY:
		status = facts_of_act(&fold->facts, view, act, fold->person);
		if (status != STATUS_OK) {
			return status;
		}
		step->apply(fold, act);
		break;
	case PART_FOLLOW:
		step->follow(fold, act);
		break;
	case PART_END:
		step->end(fold, act);
		break;
	case PART_REMAINS:
		status = facts_of_act(&fold->facts, view, act, fold->person);
		if (status != STATUS_OK) {
			return status;
		}
		step->remains(fold, act);
		break;
	case PART_CLOSING:
		step->closing(fold, act);
		break;
	case PART_BEREAVED:
		status = facts_of_act(&fold->facts, view, moment->other, fold->person);
		if (status != STATUS_OK) {
			return status;
		}
		union_bereave(fold, act, moment->other);
		break;
	}
	return fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static bool is_death_of(const struct act *act, const struct id *person)
{
	return act->kind->id == KIND_DEATH &&
	       act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED;
}

enum status fold_run(struct fold *fold, struct view *view, const struct acts *acts,
                     struct fold_span *span)
{
	struct plan plan;
	enum status status = moments_plan(&plan, view, fold, acts);

	for (size_t i = 0; i < acts->count; i++) {
		fold->dies = fold->dies || is_death_of(&acts->act[i], fold->person);
	}
	fold->acts = acts;
	for (size_t i = 0; status == STATUS_OK && i < plan.count; i++) {
		if (plan.moments[i].day > fold->valid_day) {
			break;
		}
		status = run_moment(fold, view, &plan.moments[i]);
	}
	if (status == STATUS_OK && fold->fresh) {
		certificates_compare(fold, acts);
		fold_disputed_acts(fold, acts);
		status = fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (status == STATUS_OK) {
		*span = plan.span;
	}
	return status;
}
