#include "ledger/person/area.h"

const char *person_area(const Civil__V1__PersonState *state)
{
	if (state->residence != NULL && state->residence->address != NULL &&
	    state->residence->address->code[0] != '\0') {
		return state->residence->address->code;
	}
	return state->birth == NULL || state->birth->place == NULL ? "" : state->birth->place->code;
}
