#include "ledger/query/compare_documents.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/inconsistency.h"
#include "ledger/person/state.h"
#include "ledger/person/statement.h"
#include "ledger/person/step.h"
#include "ledger/query/likeness.h"
#include "ledger/query/protection.h"
#include "ledger/query/query.h"

#include <string.h>

#define LIKENESS(name) CIVIL__V1__LIKENESS__LIKENESS_##name

/* One paper, or the register (class and number ""), and what it says. */
struct paper {
	char *document_class;
	char *number;
	const Civil__V1__DocumentSnapshot *says;
};

/* Comparisons of one field: whether a side shows it, how like two sides are, and its text. */
struct field {
	const char *name;
	bool (*shown)(const Civil__V1__DocumentSnapshot *side);
	Civil__V1__Likeness (*likeness)(const Civil__V1__DocumentSnapshot *a,
	                                const Civil__V1__DocumentSnapshot *b);
	const char *(*text)(const Civil__V1__DocumentSnapshot *side, struct arena *arena);
};

static Civil__V1__Likeness equal_or_conflict(bool equal)
{
	return equal ? LIKENESS(EQUAL) : LIKENESS(CONFLICT);
}

static bool name_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->name != NULL;
}

static Civil__V1__Likeness name_likeness(const Civil__V1__DocumentSnapshot *a,
                                         const Civil__V1__DocumentSnapshot *b)
{
	return likeness_of_names(a->name, b->name);
}

static const char *name_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	return statement_name(side->name, arena);
}

static bool sex_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->sex != CIVIL__V1__SEX__SEX_UNSPECIFIED;
}

static Civil__V1__Likeness sex_likeness(const Civil__V1__DocumentSnapshot *a,
                                        const Civil__V1__DocumentSnapshot *b)
{
	return equal_or_conflict(a->sex == b->sex);
}

static const char *sex_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	(void)arena; /* the texts are constants */
	return statement_sex(side->sex);
}

static bool birth_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->birth != NULL;
}

static Civil__V1__Likeness birth_likeness(const Civil__V1__DocumentSnapshot *a,
                                          const Civil__V1__DocumentSnapshot *b)
{
	return likeness_of_births(a->birth, b->birth);
}

static const char *birth_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	char text[PARTIAL_DATE_TEXT_MAX];

	if (side->birth == NULL) {
		return "";
	}
	partial_date_print(text, side->birth);
	return arena_string(arena, text);
}

static bool nationality_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->nationality[0] != '\0';
}

static Civil__V1__Likeness nationality_likeness(const Civil__V1__DocumentSnapshot *a,
                                                const Civil__V1__DocumentSnapshot *b)
{
	return equal_or_conflict(strcmp(a->nationality, b->nationality) == 0);
}

static const char *nationality_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	(void)arena; /* the text is borrowed */
	return side->nationality;
}

static bool address_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->address != NULL;
}

static Civil__V1__Likeness address_likeness(const Civil__V1__DocumentSnapshot *a,
                                            const Civil__V1__DocumentSnapshot *b)
{
	return likeness_of_addresses(a->address, b->address);
}

static const char *address_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	return statement_address(side->address, arena);
}

static bool number_shown(const Civil__V1__DocumentSnapshot *side)
{
	return side->number[0] != '\0';
}

static Civil__V1__Likeness number_likeness(const Civil__V1__DocumentSnapshot *a,
                                           const Civil__V1__DocumentSnapshot *b)
{
	return equal_or_conflict(strcmp(a->number, b->number) == 0);
}

static const char *number_text(const Civil__V1__DocumentSnapshot *side, struct arena *arena)
{
	(void)arena; /* the text is borrowed */
	return side->number;
}

static const struct field fields[] = {
	{ "name", name_shown, name_likeness, name_text },
	{ "sex", sex_shown, sex_likeness, sex_text },
	{ "birth", birth_shown, birth_likeness, birth_text },
	{ "nationality", nationality_shown, nationality_likeness, nationality_text },
	{ "address", address_shown, address_likeness, address_text },
	{ "number", number_shown, number_likeness, number_text },
};
enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };

/* The nationality that the register sets against a printed one: the same when the person has it,
 * else the first. A person may have several, a paper prints one. */
static char *nationality_against(const Civil__V1__PersonState *state, const char *printed)
{
	char *first = NULL;

	for (size_t i = 0; i < state->n_nationalities; i++) {
		Civil__V1__PersonNationality *nationality = state->nationalities[i];

		if (nationality_ended(nationality)) {
			continue;
		}
		if (strcmp(nationality->country, printed) == 0) {
			return nationality->country;
		}
		first = first == NULL ? nationality->country : first;
	}
	return first;
}

/* The address in force, with the code that its area has now when the paper prints that. */
static Civil__V1__Address *address_against(struct query *query, const Civil__V1__PersonState *state,
                                           const Civil__V1__Address *printed)
{
	const Civil__V1__PersonResidence *residence = state->residence;
	Civil__V1__Address *address;

	if (residence == NULL || residence->address == NULL) {
		return NULL;
	}
	if (printed == NULL || strcmp(residence->code_now, printed->code) != 0) {
		return residence->address;
	}
	address = query_new(query, &civil__v1__address__descriptor);
	if (address != NULL) {
		*address = *residence->address;
		address->code = residence->code_now;
	}
	return address;
}

/* What the register would print instead of a document; NULL when memory is exhausted. */
static Civil__V1__DocumentSnapshot *register_says(struct query *query,
                                                  const Civil__V1__PersonState *state,
                                                  const Civil__V1__DocumentSnapshot *printed)
{
	Civil__V1__DocumentSnapshot *says =
	        query_new(query, &civil__v1__document_snapshot__descriptor);

	if (says == NULL) {
		return NULL;
	}
	says->name = state->n_names == 0 ? NULL : state->names[0]->name;
	says->sex = state->sex == NULL ? CIVIL__V1__SEX__SEX_UNSPECIFIED : state->sex->sex;
	says->birth = state->birth == NULL ? NULL : state->birth->date;
	says->address = address_against(query, state, printed->address);
	char *nationality = nationality_against(state, printed->nationality);
	if (nationality != NULL) {
		says->nationality = nationality;
	}
	for (size_t i = 0; i < state->n_numbers; i++) {
		if (state->numbers[i]->status == CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE) {
			says->number = state->numbers[i]->number;
		}
	}
	return says;
}

static Civil__V1__FieldLikeness *compare_field(struct query *query, const struct field *field,
                                               const struct paper *a, const struct paper *b)
{
	struct arena *arena = query->view.arena;
	Civil__V1__FieldLikeness *out = query_new(query, &civil__v1__field_likeness__descriptor);
	const char *first = field->text(a->says, arena);
	const char *second = field->text(b->says, arena);

	if (out == NULL || first == NULL || second == NULL) {
		return NULL;
	}
	out->field = arena_string(arena, field->name);
	out->likeness = field->likeness(a->says, b->says);
	out->in_document = arena_string(arena, first);
	out->in_other = arena_string(arena, second);
	return out->field == NULL || out->in_document == NULL || out->in_other == NULL ? NULL : out;
}

/* Compares two papers field by field and appends that. The register must answer for every field
 * that the paper shows; another paper only for those that both show. */
static enum status compare(struct query *query, Civil__V1__CompareDocumentsResponse *response,
                           const struct paper *a, const struct paper *b)
{
	Civil__V1__DocumentComparison *out =
	        query_new(query, &civil__v1__document_comparison__descriptor);
	bool with_register = b->number[0] == '\0';

	if (out == NULL) {
		return STATUS_NO_MEMORY;
	}
	out->fields = arena_array(query->view.arena, FIELDS, sizeof(Civil__V1__FieldLikeness *));
	if (out->fields == NULL) {
		return STATUS_NO_MEMORY;
	}
	out->document_class = a->document_class;
	out->document_number = a->number;
	out->other_class = b->document_class;
	out->other_number = b->number;
	for (size_t i = 0; i < FIELDS; i++) {
		if (!fields[i].shown(a->says) || (!with_register && !fields[i].shown(b->says))) {
			continue;
		}
		Civil__V1__FieldLikeness *field = compare_field(query, &fields[i], a, b);

		if (field == NULL) {
			return STATUS_NO_MEMORY;
		}
		out->fields[out->n_fields] = field;
		out->n_fields++;
		out->worst = field->likeness > out->worst ? field->likeness : out->worst;
	}
	response->comparisons[response->n_comparisons] = out;
	response->n_comparisons++;
	response->worst = out->worst > response->worst ? out->worst : response->worst;
	return STATUS_OK;
}

/* Papers in use on the day: live, with what their issue says, corrected. */
static enum status load_papers(struct query *query, struct paper *papers, size_t *count,
                               const Civil__V1__PersonState *state)
{
	*count = 0;
	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__PersonDocument *document = state->documents[i];
		struct act act;

		if (!document_is_live(document->status)) {
			continue;
		}
		enum status status =
		        acts_find(&query->view, &act,
		                  bytes_of(document->issued_by.data, document->issued_by.len));
		if (status == STATUS_NOT_FOUND) {
			continue; /* its content is not held here */
		}
		if (status != STATUS_OK) {
			return status;
		}
		const Civil__V1__DocumentIssued *issue = document_issue_of(act.content);
		if (issue != NULL && issue->snapshot != NULL) {
			papers[*count] = (struct paper){ document->document_class, document->number,
				                         issue->snapshot };
			(*count)++;
		}
	}
	return STATUS_OK;
}

static enum status compare_all(struct query *query, Civil__V1__CompareDocumentsResponse *response,
                               const Civil__V1__PersonState *state)
{
	struct arena *arena = query->view.arena;
	struct paper *papers = arena_array(arena, state->n_documents, sizeof(*papers));
	struct paper the_register = { arena_string(arena, ""), arena_string(arena, ""), NULL };
	size_t count;

	if (papers == NULL || the_register.document_class == NULL || the_register.number == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = load_papers(query, papers, &count, state);
	if (status == STATUS_OK) {
		response->comparisons = arena_array(arena, count * (count + 1) / 2,
		                                    sizeof(Civil__V1__DocumentComparison *));
		status = response->comparisons == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		the_register.says = register_says(query, state, papers[i].says);
		status = the_register.says == NULL
		                 ? STATUS_NO_MEMORY
		                 : compare(query, response, &papers[i], &the_register);
	}
	for (size_t i = 0; i < count; i++) {
		for (size_t k = i + 1; k < count && status == STATUS_OK; k++) {
			status = compare(query, response, &papers[i], &papers[k]);
		}
	}
	return status;
}

static enum status answer(struct query *query, Civil__V1__CompareDocumentsResponse **out,
                          const Civil__V1__PersonState *state)
{
	Civil__V1__CompareDocumentsResponse *response =
	        query_new(query, &civil__v1__compare_documents_response__descriptor);

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(query);
	*out = response;
	return response->position == NULL ? STATUS_NO_MEMORY : compare_all(query, response, state);
}

enum status query_compare_documents(struct view *view, Civil__V1__CompareDocumentsResponse **out,
                                    const Civil__V1__CompareDocumentsRequest *request,
                                    int32_t today)
{
	bool by_id = request->person_case == CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_PERSON_ID;
	bool by_number =
	        request->person_case == CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__PERSON_NUMBER;
	Civil__V1__PersonState *state;
	struct query query;
	struct id person;
	int32_t day;
	enum status status = query_begin(
	        &query, view,
	        request->known_case == CIVIL__V1__COMPARE_DOCUMENTS_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK) {
		status = query_day(&day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status = query_person(&query, &person, by_id ? &request->person_id : NULL,
		                      by_number ? request->number : NULL);
	}
	if (status == STATUS_OK) {
		status = state_at(&query.view, &state, &person, day);
	}
	if (status == STATUS_OK) {
		status = state_resolve(&query.view, state, day, today);
	}
	if (status == STATUS_OK) {
		status = protection_hide(&query, state, day, request->context, today);
	}
	return status == STATUS_OK ? answer(&query, out, state) : status;
}
