#include "ledger/query/attribute.h"

#include "ledger/authority/gazetteer.h"
#include "ledger/rules/standing.h"

#include <string.h>

static bool is_open(const Civil__V1__Provenance *provenance)
{
	return provenance != NULL && provenance->uncertain_at_valid;
}

enum ternary attribute_alive(const Civil__V1__PersonState *state)
{
	if (state->life == NULL || is_open(state->life->provenance)) {
		return TERNARY_UNKNOWN;
	}
	switch (state->life->status) {
	case CIVIL__V1__LIFE_STATUS__LIFE_STATUS_ALIVE:
		return TERNARY_YES;
	case CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD:
	case CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD:
		return TERNARY_NO;
	case CIVIL__V1__LIFE_STATUS__LIFE_STATUS_UNSPECIFIED:
	case CIVIL__V1__LIFE_STATUS__LIFE_STATUS_MISSING:
	case _CIVIL__V1__LIFE_STATUS_IS_INT_SIZE:
		break;
	}
	return TERNARY_UNKNOWN;
}

enum ternary attribute_sex(const Civil__V1__PersonState *state, Civil__V1__Sex sex)
{
	if (state->sex == NULL || state->sex->sex == CIVIL__V1__SEX__SEX_UNSPECIFIED ||
	    is_open(state->sex->provenance)) {
		return TERNARY_UNKNOWN;
	}
	return ternary_of(state->sex->sex == sex);
}

enum ternary attribute_civil_status(const Civil__V1__PersonState *state,
                                    Civil__V1__CivilStatus status)
{
	const Civil__V1__PersonCivilStatus *civil = state->civil_status;

	if (civil == NULL || is_open(civil->provenance) ||
	    civil->status == CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_UNSPECIFIED ||
	    civil->status == CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_UNDETERMINED) {
		return TERNARY_UNKNOWN;
	}
	return ternary_of(civil->status == status);
}

enum ternary attribute_national(const Civil__V1__PersonState *state, const char *country,
                                int32_t day)
{
	return state->n_nationalities == 0
	               ? TERNARY_UNKNOWN
	               : standing_national_on(state, country, interval_of_day(day));
}

enum ternary attribute_resident(const Civil__V1__PersonState *state, const char *area)
{
	const Civil__V1__PersonResidence *residence = state->residence;

	if (residence == NULL || is_open(residence->provenance) || residence->address == NULL ||
	    residence->address->code[0] == '\0') {
		return TERNARY_UNKNOWN;
	}
	return ternary_of(
	        gazetteer_contains(area, residence->address->code) ||
	        (residence->code_now[0] != '\0' && gazetteer_contains(area, residence->code_now)));
}

enum ternary attribute_number(const Civil__V1__PersonState *state, const char *number)
{
	enum ternary holds = TERNARY_UNKNOWN;

	for (size_t i = 0; i < state->n_numbers; i++) {
		if (state->numbers[i]->status != CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE) {
			continue;
		}
		if (strcmp(state->numbers[i]->number, number) == 0) {
			return TERNARY_YES;
		}
		holds = TERNARY_NO;
	}
	return holds;
}

Civil__V1__Answer attribute_answer(enum ternary value)
{
	switch (value) {
	case TERNARY_NO:
		return CIVIL__V1__ANSWER__ANSWER_NO;
	case TERNARY_YES:
		return CIVIL__V1__ANSWER__ANSWER_YES;
	case TERNARY_UNKNOWN:
		break;
	}
	return CIVIL__V1__ANSWER__ANSWER_UNKNOWN;
}
