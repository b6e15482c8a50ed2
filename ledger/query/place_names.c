#include "ledger/query/place_names.h"

#include "ledger/authority/gazetteer.h"

enum { LEVELS_MAX = AREA_CODE_MAX / 2 };

/* Names of an area that an earlier place of the answer lies in: most places of a life share their
 * district, and each name costs a look-up. False when there is none. */
static bool named_before(const Civil__V1__GetPersonResponse *response, char **km, char **latin,
                         const char *version, const char *code)
{
	size_t length = strlen(code);

	for (size_t i = 0; i < response->n_places; i++) {
		const Civil__V1__PlaceName *place = response->places[i];
		size_t levels = strlen(place->code) / 2;

		if (place->n_km == levels && levels >= length / 2 &&
		    strcmp(place->gazetteer, version) == 0 &&
		    strncmp(place->code, code, length) == 0) {
			*km = place->km[levels - length / 2];
			*latin = place->latin[levels - length / 2];
			return true;
		}
	}
	return false;
}

/* Names of one area. STATUS_NOT_FOUND when the version does not know it. */
static enum status area_names(struct query *query, const Civil__V1__GetPersonResponse *response,
                              char **km, char **latin, const char *version, const char *code)
{
	struct area area;

	if (named_before(response, km, latin, version, code)) {
		return STATUS_OK;
	}
	enum status status = gazetteer_area(&query->view, &area, version, code);
	if (status != STATUS_OK) {
		return status;
	}
	*km = arena_string(query->view.arena, area.km);
	*latin = arena_string(query->view.arena, area.latin);
	return *km == NULL || *latin == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Names from an area up to its province. */
struct names {
	char **km;
	char **latin;
	size_t count;
};

/* Areas that the version does not know are left out. */
static enum status names_up(struct query *query, struct names *out,
                            const Civil__V1__GetPersonResponse *response, const char *version,
                            const char *code)
{
	struct arena *arena = query->view.arena;
	struct names names = { .km = arena_array(arena, LEVELS_MAX, sizeof(*names.km)),
		               .latin = arena_array(arena, LEVELS_MAX, sizeof(*names.latin)) };
	char current[AREA_CODE_MAX + 1] = { 0 };

	if (names.km == NULL || names.latin == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (strlen(code) <= AREA_CODE_MAX) {
		memcpy(current, code, strlen(code));
	}
	for (size_t length = strlen(current); length >= 2; length -= 2) {
		current[length] = '\0';
		enum status status = area_names(query, response, &names.km[names.count],
		                                &names.latin[names.count], version, current);

		if (status == STATUS_NOT_FOUND) {
			continue;
		}
		if (status != STATUS_OK) {
			return status;
		}
		names.count++;
	}
	*out = names;
	return STATUS_OK;
}

/* A place in the state. `now` is "" when it has kept its code. */
struct place {
	char *code;
	char *gazetteer;
	char *now;
};

static bool is_named(const Civil__V1__GetPersonResponse *response, const struct place *place)
{
	for (size_t i = 0; i < response->n_places; i++) {
		if (strcmp(response->places[i]->code, place->code) == 0 &&
		    strcmp(response->places[i]->gazetteer, place->gazetteer) == 0) {
			return true;
		}
	}
	return false;
}

static enum status add_place(struct query *query, Civil__V1__GetPersonResponse *response,
                             const struct place *place, const char *version_now)
{
	Civil__V1__PlaceName *entry;
	enum status status;

	if (place->code[0] == '\0' || is_named(response, place)) {
		return STATUS_OK;
	}
	entry = query_new(query, &civil__v1__place_name__descriptor);
	if (entry == NULL) {
		return STATUS_NO_MEMORY;
	}
	entry->code = place->code;
	entry->gazetteer = place->gazetteer;
	entry->code_now = place->now;
	struct names names;
	struct names names_now = { 0 };

	status = names_up(query, &names, response, place->gazetteer, place->code);
	if (status == STATUS_OK && place->now[0] != '\0') {
		status = names_up(query, &names_now, response, version_now, place->now);
	}
	if (status != STATUS_OK) {
		return status;
	}
	entry->km = names.km;
	entry->latin = names.latin;
	entry->n_km = names.count;
	entry->n_latin = names.count;
	entry->km_now = names_now.km;
	entry->latin_now = names_now.latin;
	entry->n_km_now = names_now.count;
	entry->n_latin_now = names_now.count;
	if (entry->n_km > 0) {
		response->places[response->n_places] = entry;
		response->n_places++;
	}
	return STATUS_OK;
}

static void collect_residence(struct place *places, size_t *count,
                              const Civil__V1__PersonResidence *residence)
{
	if (residence != NULL && residence->address != NULL) {
		places[*count] = (struct place){ .code = residence->address->code,
			                         .gazetteer = residence->address->gazetteer,
			                         .now = residence->code_now };
		(*count)++;
	}
}

static void collect_place(struct place *places, size_t *count, const Civil__V1__Place *place,
                          char *now)
{
	if (place != NULL) {
		places[*count] = (struct place){ .code = place->code,
			                         .gazetteer = place->gazetteer,
			                         .now = now };
		(*count)++;
	}
}

/* Every place in the state; `places` has room for all. */
static size_t collect(struct place *places, const Civil__V1__PersonState *state, char *none)
{
	size_t count = 0;

	if (state->birth != NULL) {
		collect_place(places, &count, state->birth->place, state->birth->place_code_now);
	}
	collect_residence(places, &count, state->residence);
	for (size_t i = 0; i < state->n_former_residences; i++) {
		collect_residence(places, &count, state->former_residences[i]);
	}
	for (size_t i = 0; i < state->n_marriages; i++) {
		collect_place(places, &count, state->marriages[i]->place,
		              state->marriages[i]->place_code_now);
	}
	if (state->life != NULL) {
		collect_place(places, &count, state->life->place_of_death, none);
	}
	if (state->pending_move != NULL) {
		collect_place(places, &count, state->pending_move->to, none);
	}
	return count;
}

enum status place_names_add(struct query *query, Civil__V1__GetPersonResponse *response)
{
	const Civil__V1__PersonState *state = response->state;
	struct arena *arena = query->view.arena;
	size_t room = 4 + state->n_former_residences + state->n_marriages;
	struct place *places = arena_array(arena, room, sizeof(*places));
	char *none = arena_string(arena, "");
	char version_now[33];
	enum status status = gazetteer_on(&query->view, version_now, INT32_MAX);

	response->places = arena_array(arena, room, sizeof(Civil__V1__PlaceName *));
	if (places == NULL || none == NULL || response->places == NULL) {
		return STATUS_NO_MEMORY;
	}
	size_t count = collect(places, state, none);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		status = add_place(query, response, &places[i], version_now);
	}
	return status;
}
