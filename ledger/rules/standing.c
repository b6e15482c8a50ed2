#include "ledger/rules/standing.h"

#include "ledger/event/partial_date.h"

#include <string.h>

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static int32_t first_day(const Civil__V1__PartialDate *date)
{
	struct interval days;

	return partial_date_interval(&days, date, INT32_MAX) ? days.earliest : INT32_MIN;
}

static int32_t span_day(const Civil__V1__Provenance *provenance)
{
	return provenance == NULL
	               ? INT32_MIN
	               : later(first_day(provenance->valid_from), first_day(provenance->valid_to));
}

static int32_t exact_day(const Civil__V1__Date *date)
{
	int32_t day;

	return partial_date_day(&day, date) ? day : INT32_MIN;
}

static int32_t latest_of_attributes(const Civil__V1__PersonState *state)
{
	int32_t day = INT32_MIN;

	day = later(day, state->sex == NULL ? day : span_day(state->sex->provenance));
	day = later(day, state->birth == NULL ? day : span_day(state->birth->provenance));
	day = later(day, state->life == NULL ? day : span_day(state->life->provenance));
	day = later(day, state->residence == NULL ? day : span_day(state->residence->provenance));
	day = later(day,
	            state->civil_status == NULL ? day : span_day(state->civil_status->provenance));
	day = later(day,
	            state->pending_move == NULL ? day : span_day(state->pending_move->provenance));
	day = later(day,
	            state->family_book == NULL ? day : span_day(state->family_book->provenance));
	if (state->proof_of_life != NULL) {
		day = later(day, span_day(state->proof_of_life->provenance));
	}
	if (state->false_identity != NULL) {
		day = later(day, span_day(state->false_identity->provenance));
	}
	return day;
}

int32_t standing_latest_day(const Civil__V1__PersonState *state)
{
	int32_t day = latest_of_attributes(state);

	for (size_t i = 0; i < state->n_numbers; i++) {
		day = later(day, span_day(state->numbers[i]->provenance));
	}
	for (size_t i = 0; i < state->n_names; i++) {
		day = later(day, span_day(state->names[i]->provenance));
	}
	for (size_t i = 0; i < state->n_marriages; i++) {
		day = later(day, first_day(state->marriages[i]->from));
		day = later(day, first_day(state->marriages[i]->to));
	}
	for (size_t i = 0; i < state->n_notices; i++) {
		day = later(day, exact_day(state->notices[i]->posted_on));
	}
	for (size_t i = 0; i < state->n_nationalities; i++) {
		day = later(day, span_day(state->nationalities[i]->provenance));
	}
	for (size_t i = 0; i < state->n_former_residences; i++) {
		day = later(day, span_day(state->former_residences[i]->provenance));
	}
	for (size_t i = 0; i < state->n_former_family_books; i++) {
		day = later(day, span_day(state->former_family_books[i]->provenance));
	}
	for (size_t i = 0; i < state->n_applications; i++) {
		day = later(day, exact_day(state->applications[i]->status_since));
	}
	for (size_t i = 0; i < state->n_documents; i++) {
		day = later(day, span_day(state->documents[i]->provenance));
		day = later(day, exact_day(state->documents[i]->status_since));
	}
	return day;
}

bool standing_birth(struct interval *birth, const Civil__V1__PersonState *state,
                    int32_t declared_day)
{
	return state->birth != NULL &&
	       partial_date_interval(birth, state->birth->date, declared_day);
}

bool standing_death(struct interval *death, const Civil__V1__PersonState *state)
{
	return state->life != NULL &&
	       (state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_DEAD ||
	        state->life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD) &&
	       partial_date_interval(death, state->life->date_of_death, INT32_MAX);
}

enum ternary standing_alive_on(const Civil__V1__PersonState *state, struct interval valid)
{
	struct interval death;

	return standing_death(&death, state) ? interval_not_after(valid, death) : TERNARY_YES;
}

bool standing_union(struct union_span *span, const Civil__V1__PersonMarriage *marriage)
{
	if (marriage->status == CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_NEVER_WAS ||
	    !partial_date_interval(&span->from, marriage->from, INT32_MAX)) {
		return false;
	}
	span->ended = partial_date_interval(&span->to, marriage->to, INT32_MAX);
	if (!span->ended) {
		span->to = interval_of_day(INT32_MAX);
	}
	return true;
}

enum ternary standing_national_on(const Civil__V1__PersonState *state, const char *country,
                                  struct interval valid)
{
	enum ternary holds = TERNARY_NO;

	for (size_t i = 0; i < state->n_nationalities; i++) {
		const Civil__V1__PersonNationality *nationality = state->nationalities[i];
		const Civil__V1__Provenance *provenance = nationality->provenance;
		struct interval days;
		enum ternary held = TERNARY_YES;

		if (strcmp(nationality->country, country) != 0) {
			continue;
		}
		if (provenance != NULL &&
		    partial_date_interval(&days, provenance->valid_from, INT32_MAX)) {
			held = interval_not_after(days, valid);
		}
		if (provenance != NULL &&
		    partial_date_interval(&days, provenance->valid_to, INT32_MAX)) {
			held = ternary_and(held, interval_before(valid, days));
		}
		holds = ternary_or(holds, held);
	}
	return holds;
}

bool standing_document_live(const Civil__V1__PersonDocument *document, int32_t day)
{
	int32_t last;
	bool live = document->status == CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_LIVE ||
	            document->status == CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_DELIVERED ||
	            document->status == CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_FOUND;

	return live && (!partial_date_day(&last, document->expires_on) || day <= last);
}

const Civil__V1__PersonDocument *standing_document(const Civil__V1__PersonState *state,
                                                   const char *document_class, const char *number)
{
	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];

		if (strcmp(document->document_class, document_class) == 0 &&
		    strcmp(document->number, number) == 0) {
			return document;
		}
	}
	return NULL;
}

const Civil__V1__Name *standing_name(const Civil__V1__PersonState *state)
{
	return state->n_names == 0 ? NULL : state->names[0]->name;
}
