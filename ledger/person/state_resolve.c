/* What a read adds to a state and no fold keeps, because it changes without an act. */
#include "ledger/person/state.h"

#include "ledger/authority/gazetteer.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/step.h"

/* Writes the code that `code` has become, when it differs. */
static enum status resolve_code(struct view *view, char **now, const char *version,
                                const char *code, int32_t today)
{
	char successor[AREA_CODE_MAX + 1];
	enum status status;

	if (code[0] == '\0' || version[0] == '\0') {
		return STATUS_OK;
	}
	status = gazetteer_successor(view, successor, version, code, today);
	if (status != STATUS_OK) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	if (strcmp(successor, code) == 0) {
		return STATUS_OK;
	}
	char *copy = arena_string(view->arena, successor);
	if (copy == NULL) {
		return STATUS_NO_MEMORY;
	}
	*now = copy;
	return STATUS_OK;
}

enum status state_resolve_residence(struct view *view, Civil__V1__PersonResidence *residence,
                                    int32_t today)
{
	if (residence == NULL || residence->address == NULL) {
		return STATUS_OK;
	}
	return resolve_code(view, &residence->code_now, residence->address->gazetteer,
	                    residence->address->code, today);
}

/* What had a last day, and is past it. */
static bool is_past(const Civil__V1__Date *until, int32_t valid_day)
{
	int32_t last;

	return until != NULL && partial_date_day(&last, until) && last < valid_day;
}

static void drop_past(Civil__V1__PersonState *state, int32_t valid_day)
{
	if (state->temporary_residence != NULL &&
	    is_past(state->temporary_residence->until, valid_day)) {
		state->temporary_residence = NULL;
	}
	if (state->address_protection != NULL &&
	    is_past(state->address_protection->until, valid_day)) {
		state->address_protection = NULL;
	}
}

static enum status resolve_stay(struct view *view, Civil__V1__PersonTemporaryResidence *stay,
                                int32_t today)
{
	if (stay == NULL || stay->address == NULL) {
		return STATUS_OK;
	}
	return resolve_code(view, &stay->code_now, stay->address->gazetteer, stay->address->code,
	                    today);
}

static enum status resolve_places(struct view *view, Civil__V1__PersonState *state, int32_t today)
{
	enum status status = state_resolve_residence(view, state->residence, today);

	for (size_t i = 0; status == STATUS_OK && i < state->n_former_residences; i++) {
		status = state_resolve_residence(view, state->former_residences[i], today);
	}
	if (status == STATUS_OK) {
		status = resolve_stay(view, state->temporary_residence, today);
	}
	if (status == STATUS_OK && state->birth != NULL && state->birth->place != NULL) {
		status = resolve_code(view, &state->birth->place_code_now,
		                      state->birth->place->gazetteer, state->birth->place->code,
		                      today);
	}
	for (size_t i = 0; status == STATUS_OK && i < state->n_marriages; i++) {
		Civil__V1__PersonMarriage *marriage = state->marriages[i];

		if (marriage->place != NULL) {
			status = resolve_code(view, &marriage->place_code_now,
			                      marriage->place->gazetteer, marriage->place->code,
			                      today);
		}
	}
	return status;
}

/* An expired document is not live, so what it prints is compared no longer. */
static void drop_inconsistencies(Civil__V1__PersonState *state, const char *number)
{
	size_t kept = 0;

	for (size_t i = 0; i < state->n_inconsistencies; i++) {
		if (strcmp(state->inconsistencies[i]->document_number, number) != 0) {
			state->inconsistencies[kept] = state->inconsistencies[i];
			kept++;
		}
	}
	state->n_inconsistencies = kept;
}

static enum status resolve_expiry(struct view *view, Civil__V1__PersonState *state,
                                  int32_t valid_day)
{
	for (size_t i = 0; i < state->n_documents; i++) {
		Civil__V1__PersonDocument *document = state->documents[i];
		int32_t last;

		if (!document_is_live(document->status) ||
		    !partial_date_day(&last, document->expires_on) || last >= valid_day) {
			continue;
		}
		document->status = CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_EXPIRED;
		document->status_since = arena_alloc(view->arena, sizeof(Civil__V1__Date));
		if (document->status_since == NULL) {
			return STATUS_NO_MEMORY;
		}
		civil__v1__date__init(document->status_since);
		partial_date_of_day(document->status_since, last + 1);
		drop_inconsistencies(state, document->number);
	}
	return STATUS_OK;
}

enum status state_resolve(struct view *view, Civil__V1__PersonState *state, int32_t valid_day,
                          int32_t today)
{
	enum status status = resolve_expiry(view, state, valid_day);

	drop_past(state, valid_day);
	return status == STATUS_OK ? resolve_places(view, state, today) : status;
}
