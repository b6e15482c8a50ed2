#include "ledger/query/match_attributes.h"

#include "ledger/base/text.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/state.h"
#include "ledger/query/attribute.h"
#include "ledger/query/protection.h"
#include "ledger/query/query.h"
#include "ledger/rules/standing.h"

enum { FIELDS = 7 };

#define FIELD(name) CIVIL__V1__MATCH_FIELD__MATCH_FIELD_##name

/* One answer per field, in the order of MatchField. */
struct matches {
	bool presented[FIELDS + 1];
	enum ternary same[FIELDS + 1];
};

static void put(struct matches *matches, Civil__V1__MatchField field, enum ternary same)
{
	matches->presented[field] = true;
	matches->same[field] = same;
}

static bool part_equal(const char *a, const char *b, struct arena *arena, bool *failed)
{
	struct bytes first = bytes_of_string(a);
	struct bytes second = bytes_of_string(b);
	uint8_t *visible = arena_alloc(arena, first.size + second.size);

	if (visible == NULL) {
		*failed = true;
		return false;
	}
	size_t first_size = text_visible(visible, first);
	size_t second_size = text_visible(visible + first_size, second);

	return bytes_equal(bytes_of(visible, first_size),
	                   bytes_of(visible + first_size, second_size));
}

/* The names in both scripts; UNKNOWN where the register has no given name. */
static enum status match_name(struct matches *matches, const Civil__V1__Name *shown,
                              const Civil__V1__Name *registered, struct arena *arena)
{
	bool failed = false;

	if (shown->km_given[0] != '\0') {
		enum ternary same = TERNARY_UNKNOWN;

		if (registered != NULL && registered->km_given[0] != '\0') {
			bool given =
			        part_equal(shown->km_given, registered->km_given, arena, &failed);

			same = ternary_of(given &&
			                  part_equal(shown->km_surname, registered->km_surname,
			                             arena, &failed));
		}
		put(matches, FIELD(NAME_KM), same);
	}
	if (shown->latin_given[0] != '\0') {
		enum ternary same = TERNARY_UNKNOWN;

		if (registered != NULL && registered->latin_given[0] != '\0') {
			same = ternary_of(
			        strcmp(shown->latin_given, registered->latin_given) == 0 &&
			        strcmp(shown->latin_surname, registered->latin_surname) == 0);
		}
		put(matches, FIELD(NAME_LATIN), same);
	}
	return failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status match_birth(struct matches *matches, const Civil__V1__PartialDate *shown,
                               const Civil__V1__PersonState *state, int32_t day)
{
	struct interval presented;
	struct interval birth;

	if (!partial_date_interval(&presented, shown, day)) {
		return STATUS_INVALID;
	}
	put(matches, FIELD(BIRTH),
	    standing_birth(&birth, state, day) ? interval_same(presented, birth) : TERNARY_UNKNOWN);
	return STATUS_OK;
}

static enum status match_all(struct matches *matches, struct query *query,
                             const Civil__V1__MatchAttributesRequest *request,
                             const Civil__V1__PersonState *state, int32_t day)
{
	enum status status = STATUS_OK;

	if (request->name != NULL) {
		status =
		        match_name(matches, request->name, standing_name(state), query->view.arena);
	}
	if (status == STATUS_OK && request->birth != NULL) {
		status = match_birth(matches, request->birth, state, day);
	}
	if (request->sex != CIVIL__V1__SEX__SEX_UNSPECIFIED) {
		put(matches, FIELD(SEX), attribute_sex(state, request->sex));
	}
	if (request->nationality[0] != '\0') {
		put(matches, FIELD(NATIONALITY),
		    attribute_national(state, request->nationality, day));
	}
	if (request->residence[0] != '\0') {
		put(matches, FIELD(RESIDENCE), attribute_resident(state, request->residence));
	}
	if (request->personal_number[0] != '\0') {
		put(matches, FIELD(NUMBER), attribute_number(state, request->personal_number));
	}
	return status;
}

static Civil__V1__MatchAnswer answer_of(enum ternary same)
{
	switch (same) {
	case TERNARY_YES:
		return CIVIL__V1__MATCH_ANSWER__MATCH_ANSWER_SAME;
	case TERNARY_NO:
		return CIVIL__V1__MATCH_ANSWER__MATCH_ANSWER_DIFFERENT;
	case TERNARY_UNKNOWN:
		break;
	}
	return CIVIL__V1__MATCH_ANSWER__MATCH_ANSWER_UNKNOWN;
}

static enum status answer(struct query *query, Civil__V1__MatchAttributesResponse **out,
                          const struct matches *matches)
{
	Civil__V1__MatchAttributesResponse *response =
	        query_new(query, &civil__v1__match_attributes_response__descriptor);

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	response->fields = arena_array(query->view.arena, FIELDS, sizeof(*response->fields));
	if (response->position == NULL || response->fields == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 1; i <= FIELDS; i++) {
		if (!matches->presented[i]) {
			continue;
		}
		Civil__V1__FieldMatch *field =
		        query_new(query, &civil__v1__field_match__descriptor);
		if (field == NULL) {
			return STATUS_NO_MEMORY;
		}
		field->field = (Civil__V1__MatchField)i;
		field->answer = answer_of(matches->same[i]);
		response->fields[response->n_fields] = field;
		response->n_fields++;
	}
	*out = response;
	return response->n_fields == 0 ? STATUS_INVALID : STATUS_OK;
}

enum status query_match_attributes(struct view *view, Civil__V1__MatchAttributesResponse **out,
                                   const Civil__V1__MatchAttributesRequest *request, int32_t today)
{
	struct matches matches = { 0 };
	Civil__V1__PersonState *state;
	struct query query;
	struct id person;
	int32_t day;
	enum status status = query_begin(
	        &query, view,
	        request->known_case == CIVIL__V1__MATCH_ATTRIBUTES_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_named(&query, &person, request->person);
	}
	if (status == STATUS_OK) {
		status = state_at(&query.view, &state, &person, day);
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query.view, state, day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) {
		status = protection_hide(&query, state, day, request->context, today);
	}
	if (status == STATUS_OK) {
		status = match_all(&matches, &query, request, state, day);
	}
	return status == STATUS_OK ? answer(&query, out, &matches) : status;
}
