#include "ledger/rules/judgement.h"
#include "ledger/rules/target.h"

/* The person lives in the unit that the departure leaves, and is not leaving it already. */
static void departure_conflict(struct judgement *j, struct party *resident,
                               const Civil__V1__PersonState *state)
{
	const ProtobufCBinaryData *from = &j->event->content->residence_departure->from_unit;
	bool lives_there =
	        state->residence != NULL &&
	        bytes_equal(bytes_of(state->residence->unit_id.data, state->residence->unit_id.len),
	                    bytes_of(from->data, from->len));

	if (!lives_there || state->pending_move != NULL) {
		(void)finding_broken(j, resident->path);
	}
}

/* Nobody arrives while another move is pending. */
static void arrival_conflict(struct judgement *j, struct party *resident,
                             const Civil__V1__PersonState *state)
{
	const ProtobufCBinaryData *release = &j->event->content->residence_arrival->release;

	if (state->pending_move != NULL &&
	    !bytes_equal(bytes_of(state->pending_move->act.data, state->pending_move->act.len),
	                 bytes_of(release->data, release->len))) {
		(void)finding_broken(j, resident->path);
	}
}

void rule_l15(struct judgement *j)
{
	bool departure = j->event->content->kind_case == CONTENT_CASE(RESIDENCE_DEPARTURE);

	if (!departure && !target_unit_open(j)) {
		(void)finding_broken(j, "content.residence_arrival.unit");
	}
	for (size_t i = 0; i < j->own.party_count && j->own.dated; i++) {
		struct party *resident = &j->own.parties[i];
		const Civil__V1__PersonState *state =
		        party_state_on(j, resident, j->own.valid.latest);

		if (state == NULL) {
			continue; /* S11 */
		}
		if (departure) {
			departure_conflict(j, resident, state);
		} else {
			arrival_conflict(j, resident, state);
		}
	}
}

/* An address of birth is no dwelling yet: the first entry gives one. */
static bool has_unit(const Civil__V1__PersonState *state)
{
	return state->residence != NULL && state->residence->unit_id.len > 0;
}

static bool released(struct judgement *j, const Civil__V1__ResidenceArrival *arrival,
                     const struct party *resident)
{
	struct bytes release = bytes_of(arrival->release.data, arrival->release.len);
	struct act act;

	return release.size == HASH_BYTES &&
	       judgement_settle(j, acts_find(j->view, &act, release)) &&
	       act.kind->id == KIND_RESIDENCE_DEPARTURE && act.voided.sort == ACT_VOID_NOT &&
	       act_role(&act, &resident->id) != SUBJECT(UNSPECIFIED);
}

void rule_l24(struct judgement *j)
{
	const Civil__V1__ResidenceArrival *arrival = j->event->content->residence_arrival;
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);

	if (count == 0) {
		return;
	}
	int32_t days = laws[count - 1]->release_days;
	enum ternary long_ago =
	        interval_days_at_least(j->own.valid, interval_of_day(j->own.registered_day), days);

	for (size_t i = 0; i < j->own.party_count; i++) {
		struct party *resident = &j->own.parties[i];
		const Civil__V1__PersonState *state =
		        party_state_on(j, resident, j->own.valid.latest);

		if (state == NULL || released(j, arrival, resident) ||
		    (!has_unit(state) && strcmp(arrival->reason, "first_entry") == 0)) {
			continue;
		}
		Civil__V1__RuleFinding *finding = finding_unless(j, long_ago, resident->path);

		finding_fact(j, finding, "days_required", "%d", days);
	}
}
