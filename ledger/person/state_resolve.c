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

static enum status resolve_residence(struct view *view, Civil__V1__PersonResidence *residence,
                                     int32_t today)
{
	if (residence == NULL || residence->address == NULL) {
		return STATUS_OK;
	}
	return resolve_code(view, &residence->code_now, residence->address->gazetteer,
	                    residence->address->code, today);
}

static enum status resolve_places(struct view *view, Civil__V1__PersonState *state, int32_t today)
{
	enum status status = resolve_residence(view, state->residence, today);

	for (size_t i = 0; status == STATUS_OK && i < state->n_former_residences; i++) {
		status = resolve_residence(view, state->former_residences[i], today);
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

enum status state_resolve(struct view *view, Civil__V1__PersonState *state, int32_t valid_day,
                          int32_t today)
{
	for (size_t i = 0; i < state->n_documents; i++) {
		Civil__V1__PersonDocument *document = state->documents[i];
		int32_t last;

		if (document_is_live(document->status) &&
		    partial_date_day(&last, document->expires_on) && last < valid_day) {
			document->status = CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_EXPIRED;
		}
	}
	return resolve_places(view, state, today);
}
