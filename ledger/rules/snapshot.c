#include "ledger/rules/snapshot.h"

#include "ledger/event/partial_date.h"

#include <string.h>

static bool name_equal(const Civil__V1__DocumentSnapshot *snapshot,
                       const Civil__V1__PersonState *state)
{
	const Civil__V1__Name *printed = snapshot->name;
	const Civil__V1__Name *registered = state->n_names == 0 ? NULL : state->names[0]->name;

	if (printed == NULL || registered == NULL) {
		return printed == registered;
	}
	return strcmp(printed->km_surname, registered->km_surname) == 0 &&
	       strcmp(printed->km_given, registered->km_given) == 0 &&
	       strcmp(printed->latin_surname, registered->latin_surname) == 0 &&
	       strcmp(printed->latin_given, registered->latin_given) == 0;
}

static bool sex_equal(const Civil__V1__DocumentSnapshot *snapshot,
                      const Civil__V1__PersonState *state)
{
	return state->sex != NULL && snapshot->sex == state->sex->sex;
}

/* As known: the same interval, so the same precision. */
static bool birth_equal(const Civil__V1__DocumentSnapshot *snapshot,
                        const Civil__V1__PersonState *state)
{
	struct interval printed;
	struct interval registered;

	if (state->birth == NULL || !partial_date_interval(&printed, snapshot->birth, INT32_MAX) ||
	    !partial_date_interval(&registered, state->birth->date, INT32_MAX)) {
		return false;
	}
	return printed.earliest == registered.earliest && printed.latest == registered.latest;
}

static bool nationality_equal(const Civil__V1__DocumentSnapshot *snapshot,
                              const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_nationalities; i++) {
		const Civil__V1__Provenance *provenance = state->nationalities[i]->provenance;
		bool held = provenance == NULL || provenance->valid_to == NULL;

		if (held && strcmp(state->nationalities[i]->country, snapshot->nationality) == 0) {
			return true;
		}
	}
	return false;
}

/* Village, house and street; the unit is no part of what is printed. */
static bool address_equal(const Civil__V1__DocumentSnapshot *snapshot,
                          const Civil__V1__PersonState *state)
{
	const Civil__V1__Address *printed = snapshot->address;
	const Civil__V1__Address *registered =
	        state->residence == NULL ? NULL : state->residence->address;

	if (printed == NULL || registered == NULL) {
		return printed == registered;
	}
	return strcmp(printed->code, registered->code) == 0 &&
	       strcmp(printed->house, registered->house) == 0 &&
	       strcmp(printed->street, registered->street) == 0;
}

static bool number_equal(const Civil__V1__DocumentSnapshot *snapshot,
                         const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_numbers; i++) {
		if (state->numbers[i]->status == CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE) {
			return strcmp(state->numbers[i]->number, snapshot->number) == 0;
		}
	}
	return snapshot->number[0] == '\0';
}

static const struct {
	const char *path;
	bool (*equal)(const Civil__V1__DocumentSnapshot *snapshot,
	              const Civil__V1__PersonState *state);
} fields[SNAPSHOT_FIELDS] = {
	{ "snapshot.address", address_equal }, { "snapshot.birth", birth_equal },
	{ "snapshot.name", name_equal },       { "snapshot.nationality", nationality_equal },
	{ "snapshot.number", number_equal },   { "snapshot.sex", sex_equal },
};

size_t snapshot_differences(const char *paths[SNAPSHOT_FIELDS],
                            const Civil__V1__DocumentSnapshot *snapshot,
                            const Civil__V1__PersonState *state)
{
	size_t count = 0;

	for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
		if (!fields[i].equal(snapshot, state)) {
			paths[count] = fields[i].path;
			count++;
		}
	}
	return count;
}
