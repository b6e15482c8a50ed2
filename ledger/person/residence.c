/* Where a person lives: one permanent residence, and the former ones; stays elsewhere and abroad.
 */
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

void residence_end_all(struct fold *fold, const struct act *act, Civil__V1__PartialDate *to)
{
	residence_end(fold, act, to);
	fold->state->temporary_residence = NULL;
	fold->state->pending_move = NULL;
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

/* A person stays at one place at a time beside the home: the newest. Its end is no moment of the
 * fold: reads leave out what is past its last day. */
void step_temporary_residence(struct fold *fold, const struct act *act)
{
	const Civil__V1__TemporaryResidence *content = act->content->temporary_residence;
	Civil__V1__PersonTemporaryResidence *stay =
	        fold_new(fold, &civil__v1__person_temporary_residence__descriptor);

	if (stay != NULL) {
		stay->unit_id = content->unit;
		stay->address = fold->facts.address;
		stay->until = content->until;
		stay->host = content->host;
		stay->provenance = fold_provenance(fold, act, fold_partial(fold, content->from),
		                                   " unit from until host ");
		fold->state->temporary_residence = stay;
	}
}

/* The dwelling stays, and so does who lives there: only what it is called is new. */
void step_address_changed(struct fold *fold, const struct act *act)
{
	const Civil__V1__AddressChanged *content = act->content->address_changed;

	if (fold->state->residence != NULL) {
		residence_begin(fold, act, content->new_address, fold->state->residence->unit_id,
		                fold_partial(fold, content->effective_on),
		                " new_address effective_on ");
	}
}

void step_address_protection_set(struct fold *fold, const struct act *act)
{
	const Civil__V1__AddressProtectionSet *content = act->content->address_protection_set;
	Civil__V1__PersonAddressProtection *protection =
	        fold_new(fold, &civil__v1__person_address_protection__descriptor);

	if (protection != NULL) {
		protection->level = content->level;
		protection->authority = content->authority;
		protection->until = content->until;
		protection->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		protection->provenance =
		        fold_provenance(fold, act, fold_partial(fold, content->from),
		                        " level authority until from ");
		fold->state->address_protection = protection;
	}
}

void step_address_protection_lifted(struct fold *fold, const struct act *act)
{
	(void)act; /* whatever was set before */
	fold->state->address_protection = NULL;
}

/* Who emigrates keeps home and life in the register. */
void step_emigration(struct fold *fold, const struct act *act)
{
	const Civil__V1__Emigration *content = act->content->emigration;
	Civil__V1__PersonAbroad *abroad = fold_new(fold, &civil__v1__person_abroad__descriptor);

	if (abroad != NULL) {
		abroad->country = content->country;
		abroad->basis = content->basis;
		abroad->provenance = fold_provenance(fold, act, fold_partial(fold, content->date),
		                                     " country date basis ");
		fold->state->abroad = abroad;
	}
}

void step_immigration_return(struct fold *fold, const struct act *act)
{
	(void)act; /* from wherever */
	fold->state->abroad = NULL;
}
