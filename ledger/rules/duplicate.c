#include "ledger/rules/duplicate.h"

#include "ledger/event/name_key.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/standing.h"

/* At most `days` between the two, whichever came first. */
static enum ternary near_days(struct interval a, struct interval b, int32_t days)
{
	return ternary_not(ternary_or(interval_days_at_least(a, b, days + 1),
	                              interval_days_at_least(b, a, days + 1)));
}

/* Births at most a year apart. */
static enum ternary near_year(struct interval a, struct interval b)
{
	struct interval day_before_a = { a.earliest - 1, a.latest - 1 };
	struct interval day_before_b = { b.earliest - 1, b.latest - 1 };

	return ternary_not(ternary_or(interval_age_at_least(a, day_before_b, 1),
	                              interval_age_at_least(b, day_before_a, 1)));
}

/* Date of death in a DECLARED of an open case; false when it is none. */
static bool open_death(struct judgement *j, const struct stored_record *record,
                       struct interval *death)
{
	const struct event *event = &record->event;
	struct stored_record *steps;
	size_t count;

	if (event->header->step != STEP(DECLARED) || event->content == NULL ||
	    event->content->kind_case != CONTENT_CASE(DEATH) ||
	    !partial_date_interval(death, event->content->death->date_of_death, j->recorded_day) ||
	    !judgement_settle(j, view_case(j->view, &steps, &count,
	                                   bytes_of(event->header->case_id.data,
	                                            event->header->case_id.len)))) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		Civil__V1__EventStep step = steps[i].event.header->step;

		if (steps[i].index > record->index && step != STEP(NOTIFIED)) {
			return false; /* replaced, registered, or ended */
		}
	}
	return true;
}

/* Whether the record tells of the death of another person near this one in both dates. */
static enum ternary same_death(struct judgement *j, struct party *deceased, uint64_t index)
{
	struct stored_record record;
	struct interval own_birth;
	struct interval birth;
	struct interval death;
	Civil__V1__PersonState *state;

	if (!judgement_settle(j, view_record(j->view, &record, index))) {
		return TERNARY_NO;
	}
	int s = event_subject_of_role(record.event.header, SUBJECT(DECEASED), 0);
	struct id other = s < 0 ? deceased->id : event_subject_id(&record.event, (size_t)s);

	(void)judgement_settle(j, persona_resolve(j->view, &other));
	if (id_equal(&other, &deceased->id) ||
	    !judgement_settle(j, state_cached(j->view, &state, &other))) {
		return TERNARY_NO;
	}
	bool dead = state->life != NULL &&
	            state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD;

	if (!(dead && standing_death(&death, state)) && !open_death(j, &record, &death)) {
		return TERNARY_NO;
	}
	enum ternary births = TERNARY_UNKNOWN;

	if (party_birth(j, deceased, &own_birth) &&
	    standing_birth(&birth, state, j->recorded_day)) {
		births = near_year(own_birth, birth);
	}
	return ternary_and(births, near_days(j->matter->valid, death, 5));
}

static void duplicate_death(struct judgement *j, struct party *deceased)
{
	const Civil__V1__PersonState *state = party_state(j, deceased);
	enum ternary candidate = TERNARY_NO;
	uint64_t *indexes;
	size_t count;

	if (state == NULL || standing_name(state) == NULL || !j->matter->dated ||
	    !judgement_settle(
	            j, view_deaths_of_name(j->view, &indexes, &count,
	                                   name_key(standing_name(state), j->view->arena)))) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		candidate = ternary_or(candidate, same_death(j, deceased, indexes[i]));
	}
	(void)finding_unless(j, ternary_not(candidate), deceased->path);
}

void rule_p05(struct judgement *j)
{
	struct party *deceased = matter_party(j->matter, SUBJECT(DECEASED));

	if (deceased != NULL) {
		duplicate_death(j, deceased);
	} else {
		duplicate_birth(j);
	}
}
