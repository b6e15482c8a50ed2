#include "ledger/person/inconsistency.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/fold.h"
#include "ledger/person/state.h"
#include "ledger/person/statement.h"
#include "ledger/person/step.h"

/* The two sides of one comparison; `printed` is false when the document does not show the field. */
struct sides {
	bool printed;
	bool equal;
	const char *in_document; /* NULL when memory ran out */
	const char *in_register;
};

static const Civil__V1__Name *registered_name(const Civil__V1__PersonState *state)
{
	bool registered = state->n_names > 0 &&
	                  state->names[0]->sort == CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED;

	return registered ? state->names[0]->name : NULL; /* not that of an absorbed identity */
}

static bool same_name(const Civil__V1__Name *a, const Civil__V1__Name *b)
{
	return a != NULL && b != NULL && strcmp(a->km_surname, b->km_surname) == 0 &&
	       strcmp(a->km_given, b->km_given) == 0 &&
	       strcmp(a->latin_surname, b->latin_surname) == 0 &&
	       strcmp(a->latin_given, b->latin_given) == 0;
}

static struct sides name_sides(const Civil__V1__DocumentSnapshot *snapshot,
                               const Civil__V1__PersonState *state, struct arena *arena)
{
	struct sides sides = { .printed = snapshot->name != NULL };

	sides.equal = same_name(snapshot->name, registered_name(state));
	if (sides.printed && !sides.equal) {
		sides.in_document = statement_name(snapshot->name, arena);
		sides.in_register = statement_name(registered_name(state), arena);
	}
	return sides;
}

static struct sides sex_sides(const Civil__V1__DocumentSnapshot *snapshot,
                              const Civil__V1__PersonState *state, struct arena *arena)
{
	Civil__V1__Sex registered =
	        state->sex == NULL ? CIVIL__V1__SEX__SEX_UNSPECIFIED : state->sex->sex;

	(void)arena; /* the texts are constants */
	return (struct sides){ .printed = snapshot->sex != CIVIL__V1__SEX__SEX_UNSPECIFIED,
		               .equal = snapshot->sex == registered,
		               .in_document = statement_sex(snapshot->sex),
		               .in_register = statement_sex(registered) };
}

static struct sides birth_sides(const Civil__V1__DocumentSnapshot *snapshot,
                                const Civil__V1__PersonState *state, struct arena *arena)
{
	char printed[PARTIAL_DATE_TEXT_MAX] = "";
	char registered[PARTIAL_DATE_TEXT_MAX] = "";
	struct sides sides = { .printed = snapshot->birth != NULL };

	if (!sides.printed) {
		return sides;
	}
	partial_date_print(printed, snapshot->birth);
	if (state->birth != NULL && state->birth->date != NULL) {
		partial_date_print(registered, state->birth->date);
	}
	sides.equal = strcmp(printed, registered) == 0;
	if (!sides.equal) {
		sides.in_document = arena_string(arena, printed);
		sides.in_register = arena_string(arena, registered);
	}
	return sides;
}

bool nationality_ended(const Civil__V1__PersonNationality *nationality)
{
	return nationality->provenance != NULL && nationality->provenance->valid_to != NULL;
}

static struct sides nationality_sides(const Civil__V1__DocumentSnapshot *snapshot,
                                      const Civil__V1__PersonState *state, struct arena *arena)
{
	struct sides sides = { .printed = snapshot->nationality[0] != '\0',
		               .in_document = snapshot->nationality,
		               .in_register = "" };

	for (size_t i = 0; i < state->n_nationalities; i++) {
		const char *country = state->nationalities[i]->country;

		if (strcmp(country, snapshot->nationality) == 0 &&
		    !nationality_ended(state->nationalities[i])) {
			sides.equal = true;
		}
	}
	for (size_t i = 0; sides.printed && !sides.equal && sides.in_register != NULL &&
	                   i < state->n_nationalities;
	     i++) {
		if (!nationality_ended(state->nationalities[i])) {
			sides.in_register = arena_printf(arena, "%s%s%s", sides.in_register,
			                                 sides.in_register[0] == '\0' ? "" : " ",
			                                 state->nationalities[i]->country);
		}
	}
	return sides;
}

static bool same_address(const Civil__V1__Address *printed,
                         const Civil__V1__PersonResidence *residence)
{
	if (printed == NULL || residence == NULL || residence->address == NULL) {
		return false;
	}
	const Civil__V1__Address *registered = residence->address;

	return (strcmp(printed->code, registered->code) == 0 ||
	        strcmp(printed->code, residence->code_now) == 0) &&
	       strcmp(printed->house, registered->house) == 0 &&
	       strcmp(printed->street, registered->street) == 0;
}

static struct sides address_sides(const Civil__V1__DocumentSnapshot *snapshot,
                                  const Civil__V1__PersonState *state, struct arena *arena)
{
	const Civil__V1__Address *registered =
	        state->residence == NULL ? NULL : state->residence->address;
	struct sides sides = { .printed = snapshot->address != NULL };

	sides.equal = same_address(snapshot->address, state->residence);
	if (sides.printed && !sides.equal) {
		sides.in_document = statement_address(snapshot->address, arena);
		sides.in_register = statement_address(registered, arena);
	}
	return sides;
}

static struct sides number_sides(const Civil__V1__DocumentSnapshot *snapshot,
                                 const Civil__V1__PersonState *state, struct arena *arena)
{
	struct sides sides = { .printed = snapshot->number[0] != '\0',
		               .in_document = snapshot->number,
		               .in_register = "" };

	(void)arena; /* the texts are borrowed */
	for (size_t i = 0; i < state->n_numbers; i++) {
		const Civil__V1__PersonNumber *number = state->numbers[i];

		if (number->status == CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE) {
			sides.in_register = number->number;
			sides.equal = strcmp(number->number, snapshot->number) == 0;
		}
	}
	return sides;
}

static const struct {
	const char *field;
	struct sides (*sides)(const Civil__V1__DocumentSnapshot *snapshot,
	                      const Civil__V1__PersonState *state, struct arena *arena);
} comparisons[INCONSISTENCY_FIELDS] = {
	{ "name", name_sides },       { "sex", sex_sides },
	{ "birth", birth_sides },     { "nationality", nationality_sides },
	{ "address", address_sides }, { "number", number_sides },
};

enum status inconsistency_find(struct inconsistency out[INCONSISTENCY_FIELDS], size_t *count,
                               const Civil__V1__DocumentSnapshot *snapshot,
                               const Civil__V1__PersonState *state, struct arena *arena)
{
	size_t found = 0;

	for (size_t i = 0; i < INCONSISTENCY_FIELDS; i++) {
		struct sides sides = comparisons[i].sides(snapshot, state, arena);

		if (!sides.printed || sides.equal) {
			continue;
		}
		if (sides.in_document == NULL || sides.in_register == NULL) {
			return STATUS_NO_MEMORY;
		}
		out[found] = (struct inconsistency){ .field = comparisons[i].field,
			                             .in_document = sides.in_document,
			                             .in_register = sides.in_register };
		found++;
	}
	*count = found;
	return STATUS_OK;
}

/* What is printed on a document: from the acts at hand, else from the record that issued it. */
static enum status snapshot_of(const Civil__V1__DocumentSnapshot **out, struct view *view,
                               const struct acts *acts, const Civil__V1__PersonDocument *document)
{
	struct bytes issued_by = bytes_of(document->issued_by.data, document->issued_by.len);
	const Civil__V1__DocumentIssued *issue = NULL;
	struct stored_record record;
	enum status status;

	*out = NULL;
	for (size_t i = 0; i < acts->count; i++) {
		if (bytes_equal(bytes_of_hash(&acts->act[i].event_id), issued_by)) {
			issue = document_issue_of(acts->act[i].content);
			*out = issue == NULL ? NULL : issue->snapshot;
			return STATUS_OK;
		}
	}
	status = view_record_by_event(view, &record, issued_by);
	if (status == STATUS_OK && record.event.content != NULL) {
		issue = document_issue_of(record.event.content);
		*out = issue == NULL ? NULL : issue->snapshot;
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Compares one document. The code that the area of the residence had on the day of issue is looked
 * up in what the ledger knew when document and residence were both there, and not kept: later
 * successions name no person, so they change no state. */
static enum status compare_document(struct inconsistency found[INCONSISTENCY_FIELDS], size_t *count,
                                    struct view *view, const Civil__V1__PersonDocument *document,
                                    const Civil__V1__DocumentSnapshot *snapshot,
                                    Civil__V1__PersonState *state)
{
	Civil__V1__PersonResidence *residence = state->residence;
	struct view then = *view;
	int32_t issued;

	if (residence == NULL || residence->provenance == NULL || document->provenance == NULL ||
	    !partial_date_day(&issued, document->issued_on)) {
		return inconsistency_find(found, count, snapshot, state, view->arena);
	}
	char *code_now = residence->code_now;
	uint64_t last = residence->provenance->known_from;
	if (last < document->provenance->known_from) {
		last = document->provenance->known_from;
	}
	then.size = last + 1 < view->size ? last + 1 : view->size;
	then.memo = NULL; /* it sees a part */
	enum status status = state_resolve_residence(&then, residence, issued);
	if (status == STATUS_OK) {
		status = inconsistency_find(found, count, snapshot, state, view->arena);
	}
	residence->code_now = code_now;
	return status;
}

static void add_inconsistency(struct fold *fold, const Civil__V1__PersonDocument *document,
                              const struct inconsistency *found)
{
	Civil__V1__PersonInconsistency *entry =
	        fold_new(fold, &civil__v1__person_inconsistency__descriptor);

	if (entry != NULL) {
		entry->document_class = document->document_class;
		entry->document_number = document->number;
		entry->field = fold_text(fold, found->field);
		entry->in_document = fold_text(fold, found->in_document);
		entry->in_register = fold_text(fold, found->in_register);
	}
	fold_append(fold, &fold->state->inconsistencies, &fold->state->n_inconsistencies, entry);
}

enum status fold_compare_documents(struct fold *fold, struct view *view, const struct acts *acts)
{
	Civil__V1__PersonState *state = fold->state;

	state->n_inconsistencies = 0;
	state->inconsistencies = NULL;
	for (size_t i = 0; i < state->n_documents; i++) {
		const Civil__V1__DocumentSnapshot *snapshot;
		struct inconsistency found[INCONSISTENCY_FIELDS];
		size_t count;

		if (!document_is_live(state->documents[i]->status)) {
			continue;
		}
		enum status status = snapshot_of(&snapshot, view, acts, state->documents[i]);
		if (status == STATUS_OK && snapshot != NULL) {
			status = compare_document(found, &count, view, state->documents[i],
			                          snapshot, state);
		}
		if (status != STATUS_OK) {
			return status;
		}
		for (size_t j = 0; snapshot != NULL && j < count; j++) {
			add_inconsistency(fold, state->documents[i], &found[j]);
		}
	}
	return fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
}
