#include "ledger/rules/hold.h"

#include "ledger/event/partial_date.h"

static bool names_act(const Civil__V1__PersonLegalHold *hold, struct bytes event_id)
{
	for (size_t i = 0; i < hold->n_targets; i++) {
		if (bytes_equal(bytes_of(hold->targets[i].data, hold->targets[i].len), event_id)) {
			return true;
		}
	}
	return false;
}

static bool stops(const struct judgement *j, const Civil__V1__PersonLegalHold *hold)
{
	const Civil__V1__Provenance *provenance = hold->provenance;
	struct bytes target = court_target(j->event->content);
	struct interval last;

	if (provenance != NULL && partial_date_interval(&last, provenance->valid_to, INT32_MAX) &&
	    last.latest < j->recorded_day) {
		return false;
	}
	return hold->scope == CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_PERSON ||
	       (target.size > 0 && names_act(hold, target));
}

bool hold_stops(struct judgement *j, struct party *party)
{
	const Civil__V1__PersonState *state = party_state(j, party);

	for (size_t i = 0; state != NULL && i < state->n_legal_holds; i++) {
		if (stops(j, state->legal_holds[i])) {
			return true;
		}
	}
	return false;
}

void rule_l19(struct judgement *j)
{
	for (size_t p = 0; p < j->own.party_count; p++) {
		if (hold_stops(j, &j->own.parties[p])) {
			(void)finding_broken(j, j->own.parties[p].path);
		}
	}
}

/* The court behind a hold orders what the hold stops. */
static bool released(struct judgement *j, const Civil__V1__PersonLegalHold *hold)
{
	struct stored_record record;

	return judgement_settle(j, view_record_by_event(j->view, &record,
	                                                bytes_of(hold->act.data, hold->act.len))) &&
	       judgement_ordered_by(j, record.event.header->office_id, j->kind->name,
	                            court_target(j->event->content));
}

bool hold_released(struct judgement *j)
{
	for (size_t p = 0; p < j->own.party_count; p++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[p]);

		for (size_t i = 0; state != NULL && i < state->n_legal_holds; i++) {
			if (stops(j, state->legal_holds[i]) &&
			    !released(j, state->legal_holds[i])) {
				return false;
			}
		}
	}
	return true;
}
