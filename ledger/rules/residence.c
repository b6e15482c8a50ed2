#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/target.h"

/* Months that a stay may last where the law does not say. */
enum { TEMPORARY_MONTHS = 6 };

/* Residents of a unit that are read at a time. */
enum { RESIDENTS_PAGE = 64 };

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

static bool is_unit(const ProtobufCBinaryData *id, struct bytes unit)
{
	return bytes_equal(bytes_of(id->data, id->len), unit);
}

/* Whether somebody lives or stays in the unit, on the day or by what was registered since. */
static bool inhabits(struct judgement *j, const struct id *person, struct bytes unit)
{
	int32_t day = j->own.valid.latest;
	Civil__V1__PersonState *now;
	Civil__V1__PersonState *then;
	int32_t last;

	if (!judgement_settle(j, state_cached(j->view, &now, person))) {
		return false;
	}
	if (now->residence != NULL && is_unit(&now->residence->unit_id, unit)) {
		return true;
	}
	if (!judgement_settle(j, state_at(j->view, &then, person, day))) {
		return false;
	}
	return (then->residence != NULL && is_unit(&then->residence->unit_id, unit)) ||
	       (then->temporary_residence != NULL &&
	        is_unit(&then->temporary_residence->unit_id, unit) &&
	        partial_date_day(&last, then->temporary_residence->until) && last >= day);
}

/* A unit is closed when nobody is left in it. */
static void closing_conflict(struct judgement *j)
{
	struct bytes unit = target_unit(j);
	struct id *persons = NULL;
	size_t count = RESIDENTS_PAGE;
	struct id last;

	for (bool more = false; count == RESIDENTS_PAGE; more = true) {
		if (!judgement_settle(j, view_residents(j->view, &persons, &count, unit,
		                                        more ? &last : NULL, RESIDENTS_PAGE))) {
			return;
		}
		for (size_t i = 0; i < count; i++) {
			if (inhabits(j, &persons[i], unit)) {
				(void)finding_broken(j, "content.residence_unit_closed.unit");
				return;
			}
			last = persons[i];
		}
	}
}

/* Where the unit stands in each content that L15 asks for an open one. */
static const char *unit_path(const struct judgement *j)
{
	switch ((int)j->event->content->kind_case) {
	case CONTENT_CASE(RESIDENCE_UNIT_CLOSED):
		return "content.residence_unit_closed.unit";
	case CONTENT_CASE(TEMPORARY_RESIDENCE):
		return "content.temporary_residence.unit";
	}
	return "content.residence_arrival.unit";
}

void rule_l15(struct judgement *j)
{
	bool departure = j->event->content->kind_case == CONTENT_CASE(RESIDENCE_DEPARTURE);
	bool arrival = j->event->content->kind_case == CONTENT_CASE(RESIDENCE_ARRIVAL);

	if (!departure && !target_unit_open(j)) {
		(void)finding_broken(j, unit_path(j));
	} else if (j->kind->id == KIND_RESIDENCE_UNIT_CLOSED) {
		closing_conflict(j);
	}
	if (!departure && !arrival) {
		return;
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

void rule_l23(struct judgement *j)
{
	const Civil__V1__TemporaryResidence *stay = j->event->content->temporary_residence;
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	int32_t until;

	if (count == 0 || !j->own.dated || !partial_date_day(&until, stay->until)) {
		return; /* S07 */
	}
	int32_t months = laws[count - 1]->temporary_months;

	months = months == 0 ? TEMPORARY_MONTHS : months;
	if (until > date_add_months(j->own.valid.earliest, months)) {
		Civil__V1__RuleFinding *finding =
		        finding_broken(j, "content.temporary_residence.until");

		finding_fact(j, finding, "months_allowed", "%d", months);
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
