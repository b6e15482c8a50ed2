#include "ledger/person/statistic_fact.h"

#include "ledger/event/partial_date.h"

#define KIND_OF(name) CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_##name

void fact_area(char out[STATISTIC_AREA_MAX + 1], const char *code)
{
	size_t length = strnlen(code, STATISTIC_AREA_MAX);

	memcpy(out, code, length);
	out[length] = '\0';
}

/* Bounds what is not known at all. */
static int32_t last_day(void)
{
	return date_to_day((struct civil_date){ DATE_YEAR_MAX, 12, 31 });
}

/* Begins a fact of an act on a date; NULL when either is none. */
static struct fact *add_fact(struct state_facts *facts, const Civil__V1__PersonState *state,
                             Civil__V1__StatisticKind kind, ProtobufCBinaryData act,
                             const Civil__V1__PartialDate *date)
{
	struct fact *fact = &facts->fact[facts->count];
	struct interval day;

	if (act.len != HASH_BYTES || !partial_date_interval(&day, date, last_day())) {
		return NULL;
	}
	facts->count++;
	fact->kind = kind;
	fact->day = day;
	memcpy(fact->act.bytes, act.data, HASH_BYTES);
	fact->sex = state->sex == NULL ? CIVIL__V1__SEX__SEX_UNSPECIFIED : state->sex->sex;
	fact->has_birth = state->birth != NULL &&
	                  partial_date_interval(&fact->birth, state->birth->date, last_day());
	return fact;
}

static void set_place(struct fact *fact, const Civil__V1__Place *place)
{
	if (fact != NULL && place != NULL) {
		fact->has_place = true;
		fact_area(fact->area, place->code);
	}
}

static void add_marriage(struct state_facts *facts, const Civil__V1__PersonState *state,
                         const Civil__V1__PersonMarriage *marriage)
{
	if (marriage->status == CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_NEVER_WAS) {
		return;
	}
	set_place(add_fact(facts, state, KIND_OF(MARRIAGES), marriage->act, marriage->from),
	          marriage->place);
	if (marriage->end_reason == CIVIL__V1__END_REASON__END_REASON_DIVORCE) {
		(void)add_fact(facts, state, KIND_OF(DIVORCES), marriage->end_act, marriage->to);
	}
}

enum status facts_of_state(struct state_facts *facts, const Civil__V1__PersonState *state,
                           struct arena *arena)
{
	size_t most = state == NULL ? 0 : 2 + 2 * state->n_marriages + state->n_foetal_deaths;

	facts->count = 0;
	facts->fact = arena_array(arena, most, sizeof(*facts->fact));
	if (facts->fact == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (state == NULL) {
		return STATUS_OK;
	}
	if (state->birth != NULL) {
		set_place(add_fact(facts, state, KIND_OF(BIRTHS), state->birth->act,
		                   state->birth->date),
		          state->birth->place);
	}
	if (state->life != NULL &&
	    (state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD ||
	     state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD)) {
		set_place(add_fact(facts, state, KIND_OF(DEATHS), state->life->act,
		                   state->life->date_of_death),
		          state->life->place_of_death);
	}
	for (size_t i = 0; i < state->n_marriages; i++) {
		add_marriage(facts, state, state->marriages[i]);
	}
	for (size_t i = 0; i < state->n_foetal_deaths; i++) {
		(void)add_fact(facts, state, KIND_OF(FOETAL_DEATHS), state->foetal_deaths[i]->act,
		               state->foetal_deaths[i]->date);
	}
	return STATUS_OK;
}
