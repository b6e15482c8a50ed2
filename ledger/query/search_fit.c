#include "ledger/event/name_fold.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/query/search_internal.h"

enum { FITS_MAX = 5 };

enum status search_wanted(struct wanted *out, const char *given, const char *surname,
                          struct arena *arena)
{
	return name_fold(&out->given, given, arena) && name_fold(&out->surname, surname, arena)
	               ? STATUS_OK
	               : STATUS_NO_MEMORY;
}

/* Whether one form of the name is the one looked for. */
static enum status form_fits(struct search *search, bool *out, const struct wanted *wanted,
                             const char *given, const char *surname)
{
	struct wanted form;
	enum status status = search_wanted(&form, given, surname, search->query.view.arena);

	*out = status == STATUS_OK && bytes_equal(form.given, wanted->given) &&
	       (wanted->surname.size == 0 || bytes_equal(form.surname, wanted->surname));
	return status;
}

static enum status name_fits(struct search *search, bool *out, const struct wanted *wanted,
                             const Civil__V1__Name *name)
{
	*out = false;
	if (name == NULL) {
		return STATUS_OK;
	}
	enum status status = form_fits(search, out, wanted, name->km_given, name->km_surname);

	return status == STATUS_OK && !*out
	               ? form_fits(search, out, wanted, name->latin_given, name->latin_surname)
	               : status;
}

enum status search_name(struct search *search, const Civil__V1__PersonName **out,
                        const struct wanted *wanted, const Civil__V1__PersonState *state)
{
	*out = NULL;
	for (size_t i = 0; i < state->n_names; i++) {
		const Civil__V1__PersonName *name = state->names[i];
		bool fits;
		enum status status = name_fits(search, &fits, wanted, name->name);

		if (status != STATUS_OK) {
			return status;
		}
		if (fits && (*out == NULL || name->sort < (*out)->sort)) {
			*out = name;
		}
	}
	return STATUS_OK;
}

/* YES: a registered mother has the name; NO: one has another; UNKNOWN: none is known. */
static enum status mother_fits(struct search *search, enum ternary *out,
                               const Civil__V1__PersonState *state)
{
	*out = TERNARY_UNKNOWN;
	for (size_t i = 0; i < state->n_parents; i++) {
		const Civil__V1__PersonParent *parent = state->parents[i];
		const Civil__V1__PersonName *name;
		Civil__V1__PersonState *mother;
		struct id person;

		if (parent->role != CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER ||
		    parent->person_id.len != ID_BYTES) {
			continue;
		}
		memcpy(person.bytes, parent->person_id.data, ID_BYTES);
		enum status status = state_at(&search->query.view, &mother, &person, search->day);
		if (status == STATUS_NOT_FOUND) {
			continue;
		}
		if (status == STATUS_OK) {
			status = search_name(search, &name, &search->mother, mother);
		}
		if (status != STATUS_OK) {
			return status;
		}
		if (name != NULL) {
			*out = TERNARY_YES;
			return STATUS_OK;
		}
		*out = TERNARY_NO;
	}
	return STATUS_OK;
}

static enum ternary birth_fits(const struct search *search, const Civil__V1__PersonState *state,
                               int32_t *earliest)
{
	struct interval birth;

	*earliest = INT32_MAX;
	if (state->birth == NULL ||
	    !partial_date_interval(&birth, state->birth->date, search->day)) {
		return TERNARY_UNKNOWN;
	}
	*earliest = birth.earliest;
	if (birth.latest < search->born.earliest || birth.earliest > search->born.latest) {
		return TERNARY_NO;
	}
	return birth.earliest >= search->born.earliest && birth.latest <= search->born.latest
	               ? TERNARY_YES
	               : TERNARY_UNKNOWN;
}

static enum ternary area_fits(const struct search *search, const Civil__V1__PersonState *state)
{
	const Civil__V1__Place *place = state->birth == NULL ? NULL : state->birth->place;
	const char *wanted = search->request->birth_area;
	size_t size = strlen(wanted);

	if (place == NULL || place->code[0] == '\0') {
		return TERNARY_UNKNOWN;
	}
	if (strncmp(place->code, wanted, size) == 0 ||
	    strncmp(state->birth->place_code_now, wanted, size) == 0) {
		return TERNARY_YES;
	}
	/* a district may be all that is known of a village */
	return strncmp(place->code, wanted, strlen(place->code)) == 0 ? TERNARY_UNKNOWN
	                                                              : TERNARY_NO;
}

static enum ternary sex_fits(const struct search *search, const Civil__V1__PersonState *state)
{
	return state->sex == NULL                        ? TERNARY_UNKNOWN
	       : state->sex->sex == search->request->sex ? TERNARY_YES
	                                                 : TERNARY_NO;
}

enum status search_weigh(struct search *search, bool *out, Civil__V1__SearchHit *hit,
                         const Civil__V1__PersonState *state, int32_t *birth)
{
	const struct {
		const char *name;
		bool asked;
		enum ternary fits;
	} parts[] = {
		{ "birth", search->born_is_asked, birth_fits(search, state, birth) },
		{ "birth_area", search->request->birth_area[0] != '\0', area_fits(search, state) },
		{ "sex", search->request->sex != CIVIL__V1__SEX__SEX_UNSPECIFIED,
		  sex_fits(search, state) },
	};
	struct arena *arena = search->query.view.arena;
	enum ternary mother = TERNARY_UNKNOWN;
	enum status status = STATUS_OK;

	*out = true;
	hit->fits = arena_array(arena, FITS_MAX, sizeof(*hit->fits));
	if (hit->fits == NULL) {
		return STATUS_NO_MEMORY;
	}
	hit->fits[hit->n_fits++] = arena_string(arena, "name");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		*out = *out && !(parts[i].asked && parts[i].fits == TERNARY_NO);
		if (parts[i].asked && parts[i].fits == TERNARY_YES) {
			hit->fits[hit->n_fits++] = arena_string(arena, parts[i].name);
		}
	}
	if (*out && search->mother.given.size > 0) {
		status = mother_fits(search, &mother, state);
		*out = mother != TERNARY_NO;
		if (mother == TERNARY_YES) {
			hit->fits[hit->n_fits++] = arena_string(arena, "mother");
		}
	}
	for (size_t i = 0; i < hit->n_fits; i++) {
		status = hit->fits[i] == NULL ? STATUS_NO_MEMORY : status;
	}
	return status;
}
