/* Where a person lives: one permanent residence, and the former ones. */
#include "ledger/person/step.h"

void residence_end(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to)
{
	Civil__V1__PersonState *state = fold->state;

	if (state->residence == NULL) {
		return;
	}
	fold_end(fold, state->residence->provenance, act, to);
	fold_append(fold, &state->former_residences, &state->n_former_residences, state->residence);
	state->residence = NULL;
}

void residence_begin(struct fold *fold, const struct act *act, Civil__V1__Address *address,
                     ProtobufCBinaryData unit_id, Civil__V1__PartialDate *from, const char *fields)
{
	Civil__V1__PersonResidence *residence;

	residence_end(fold, act, from);
	residence = fold_new(fold, &civil__v1__person_residence__descriptor);
	if (residence != NULL) {
		residence->unit_id = unit_id;
		residence->address = address;
		residence->provenance = fold_provenance(fold, act, from, fields);
		fold->state->residence = residence;
	}
	fold->compare = true;
}

/* A resident who leaves still lives at the old unit until somebody accepts the arrival. */
void step_residence_departure(struct fold *fold, const struct act *act)
{
	const Civil__V1__ResidenceDeparture *content = act->content->residence_departure;
	Civil__V1__PersonPendingMove *move =
	        fold_new(fold, &civil__v1__person_pending_move__descriptor);

	if (move != NULL) {
		move->from_unit = content->from_unit;
		move->to = content->to;
		move->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		move->provenance = fold_provenance(fold, act, fold_partial(fold, content->date),
		                                   " date from_unit to ");
		fold->state->pending_move = move;
	}
}

void step_residence_arrival(struct fold *fold, const struct act *act)
{
	const Civil__V1__ResidenceArrival *content = act->content->residence_arrival;

	residence_begin(fold, act, fold->facts.address, content->unit,
	                fold_partial(fold, content->date), " date unit ");
	fold->state->pending_move = NULL;
}
