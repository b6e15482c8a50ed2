/* What courts do to a person beside deciding: holds; and the acts whose dispute is open. */
#include "ledger/person/step.h"

static const char hold_fields[] = " date until ";

void step_legal_hold_set(struct fold *fold, const struct act *act)
{
	const Civil__V1__LegalHoldSet *content = act->content->legal_hold_set;
	Civil__V1__PersonLegalHold *hold =
	        fold_new(fold, &civil__v1__person_legal_hold__descriptor);

	if (hold != NULL) {
		hold->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		hold->scope = content->scope;
		hold->n_targets = content->n_targets;
		hold->targets = content->targets;
		hold->provenance =
		        fold_provenance(fold, act, fold_partial(fold, content->date), hold_fields);
	}
	if (hold != NULL && hold->provenance != NULL && content->until != NULL) {
		hold->provenance->valid_to = fold_partial(fold, content->until);
	}
	fold_append(fold, &fold->state->legal_holds, &fold->state->n_legal_holds, hold);
}

void step_legal_hold_lifted(struct fold *fold, const struct act *act)
{
	const ProtobufCBinaryData target = act->content->legal_hold_lifted->target;
	Civil__V1__PersonState *state = fold->state;
	size_t kept = 0;

	for (size_t i = 0; i < state->n_legal_holds; i++) {
		const ProtobufCBinaryData hold = state->legal_holds[i]->act;

		if (!bytes_equal(bytes_of(hold.data, hold.len),
		                 bytes_of(target.data, target.len))) {
			state->legal_holds[kept] = state->legal_holds[i];
			kept++;
		}
	}
	state->n_legal_holds = kept;
}

const struct act *step_legal_hold_lifted_anchor(const struct acts *acts, const struct act *act,
                                                const struct id *person)
{
	const ProtobufCBinaryData target = act->content->legal_hold_lifted->target;

	(void)person; /* the target says it all */
	return acts_by_event(acts, bytes_of(target.data, target.len));
}

/* The next contested act by index behind `index`; NULL when there is none. */
static const struct act *next_contested(const struct fold *fold, const struct acts *acts,
                                        const struct act *previous)
{
	const struct act *found = NULL;

	for (size_t i = 0; i < acts->count; i++) {
		const struct act *act = &acts->act[i];

		if (act->contested && act->valid.earliest <= fold->valid_day &&
		    (previous == NULL || act->index > previous->index) &&
		    (found == NULL || act->index < found->index)) {
			found = act;
		}
	}
	return found;
}

void fold_disputed_acts(struct fold *fold, const struct acts *acts)
{
	const struct act *act = NULL;
	size_t count = 0;

	for (size_t i = 0; i < acts->count; i++) {
		count += acts->act[i].contested ? 1 : 0;
	}
	if (count == 0) {
		return;
	}
	fold->state->disputed_acts =
	        arena_array(fold->arena, count, sizeof(*fold->state->disputed_acts));
	if (fold->state->disputed_acts == NULL) {
		fold->failed = true;
		return;
	}
	while ((act = next_contested(fold, acts, act)) != NULL) {
		fold->state->disputed_acts[fold->state->n_disputed_acts] =
		        fold_bytes(fold, bytes_of_hash(&act->event_id));
		fold->state->n_disputed_acts++;
	}
}
