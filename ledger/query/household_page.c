#include "ledger/query/household_page.h"

#include "ledger/concerned.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/household.h"
#include "ledger/person/state.h"
#include "ledger/query/protection.h"

#define PART(name) CIVIL__V1__HOUSEHOLD_PART__HOUSEHOLD_PART_##name

static bool grow(struct household *household)
{
	size_t more = household->capacity == 0 ? 16 : household->capacity * 2;
	Civil__V1__HouseholdMember **grown =
	        arena_array(household->query.view.arena, more, sizeof(*grown));

	if (grown == NULL) {
		return false;
	}
	if (household->count > 0) {
		memcpy(grown, household->members, household->count * sizeof(*grown));
	}
	household->members = grown;
	household->capacity = more;
	return true;
}

/* A row of the person; NULL when memory is exhausted. */
static Civil__V1__HouseholdMember *add(struct household *household, const struct id *person,
                                       const Civil__V1__PersonState *state,
                                       const Civil__V1__Provenance *provenance)
{
	Civil__V1__HouseholdMember *member =
	        query_new(&household->query, &civil__v1__household_member__descriptor);

	if (member == NULL || (household->count == household->capacity && !grow(household)) ||
	    !query_bytes(&household->query, &member->person_id, bytes_of_id(person))) {
		return NULL;
	}
	member->name = state->n_names == 0 ? NULL : state->names[0]->name;
	member->sex = state->sex == NULL ? 0 : state->sex->sex;
	member->birth = state->birth == NULL ? NULL : state->birth->date;
	if (provenance != NULL) {
		member->from = provenance->valid_from;
		member->to = provenance->valid_to;
	}
	concerned_note(&household->query.view, person);
	household->members[household->count] = member;
	household->count++;
	return member;
}

static bool is_unit(const struct household *household, const ProtobufCBinaryData *unit)
{
	return bytes_equal(bytes_of(unit->data, unit->len), household->unit);
}

static enum status add_residence(struct household *household, const struct id *person,
                                 const Civil__V1__PersonState *state,
                                 const Civil__V1__PersonResidence *residence)
{
	if (residence == NULL || !is_unit(household, &residence->unit_id)) {
		return STATUS_OK;
	}
	Civil__V1__HouseholdMember *member = add(household, person, state, residence->provenance);

	if (member == NULL) {
		return STATUS_NO_MEMORY;
	}
	member->part = PART(RESIDENT);
	member->leaving = residence == state->residence && state->pending_move != NULL;
	return STATUS_OK;
}

static enum status add_stay(struct household *household, const struct id *person,
                            const Civil__V1__PersonState *state)
{
	const Civil__V1__PersonTemporaryResidence *stay = state->temporary_residence;

	if (stay == NULL || !is_unit(household, &stay->unit_id)) {
		return STATUS_OK;
	}
	Civil__V1__HouseholdMember *member = add(household, person, state, stay->provenance);
	int32_t last;

	if (member == NULL) {
		return STATUS_NO_MEMORY;
	}
	member->part = PART(STAYING);
	if (partial_date_day(&last, stay->until)) {
		member->to = query_new(&household->query, &civil__v1__partial_date__descriptor);
		if (member->to == NULL) {
			return STATUS_NO_MEMORY;
		}
		member->to->precision = CIVIL__V1__DATE_PRECISION__DATE_PRECISION_DAY;
		member->to->year = stay->until->year;
		member->to->month = stay->until->month;
		member->to->day = stay->until->day;
	}
	return STATUS_OK;
}

static enum status add_resident(struct household *household, const struct id *person,
                                const Civil__V1__PersonState *state)
{
	enum status status = STATUS_OK;

	for (size_t i = 0;
	     household->former && status == STATUS_OK && i < state->n_former_residences; i++) {
		status = add_residence(household, person, state, state->former_residences[i]);
	}
	if (status == STATUS_OK) {
		status = add_residence(household, person, state, state->residence);
	}
	return status == STATUS_OK ? add_stay(household, person, state) : status;
}

static enum status add_place(struct household *household, const struct id *person,
                             const Civil__V1__PersonState *state,
                             const Civil__V1__PersonFamilyBook *book)
{
	if (book == NULL || strcmp(book->book_number, household->book_number) != 0) {
		return STATUS_OK;
	}
	Civil__V1__HouseholdMember *member = add(household, person, state, book->provenance);

	if (member == NULL) {
		return STATUS_NO_MEMORY;
	}
	member->part = book->head ? PART(HEAD) : PART(MEMBER);
	member->relation = book->relation;
	return STATUS_OK;
}

static enum status add_member(struct household *household, const struct id *person,
                              const Civil__V1__PersonState *state)
{
	enum status status = STATUS_OK;

	for (size_t i = 0;
	     household->former && status == STATUS_OK && i < state->n_former_family_books; i++) {
		status = add_place(household, person, state, state->former_family_books[i]);
	}
	return status == STATUS_OK ? add_place(household, person, state, state->family_book)
	                           : status;
}

/* Adds what the person's state says of the household, on the day of the page. */
static enum status add_person(struct household *household, struct id *person)
{
	struct view *view = &household->query.view;
	Civil__V1__PersonState *state;
	bool first;
	enum status status =
	        household->book_number == NULL
	                ? household_resident(view, &first, person, household->unit)
	                : household_member(view, &first, person, household->book_number);

	if (status != STATUS_OK || !first) {
		return status;
	}
	status = state_at(view, &state, person, household->page.day);
	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK; /* known later, or born later */
	}
	if (status == STATUS_OK) {
		status = state_resolve(view, state, household->page.day, STATE_VALID_ALL);
	}
	bool hidden = false;

	if (status == STATUS_OK) {
		status = protection_applies(&household->query, &hidden, state, household->page.day,
		                            household->context, household->today);
	}
	if (status != STATUS_OK || hidden) {
		return status;
	}
	return household->book_number == NULL ? add_resident(household, person, state)
	                                      : add_member(household, person, state);
}

enum status household_page(struct household *household)
{
	struct view *view = &household->query.view;
	const struct page *page = &household->page;
	struct id *persons = NULL;
	struct id after;
	size_t count;

	if (!page->first) {
		memcpy(after.bytes, page->from.data, ID_BYTES);
	}
	enum status status =
	        household->book_number == NULL
	                ? view_residents(view, &persons, &count, household->unit,
	                                 page->first ? NULL : &after, page->size + 1)
	                : view_book_members(view, &persons, &count, household->book_number,
	                                    page->first ? NULL : &after, page->size + 1);

	for (size_t i = 0; status == STATUS_OK && i < count && i < page->size; i++) {
		after = persons[i];
		status = add_person(household, &persons[i]);
	}
	if (status == STATUS_OK && count > page->size) {
		household->next = page_token(page, &household->query, bytes_of_id(&after));
		status = household->next == NULL ? STATUS_NO_MEMORY : STATUS_OK;
	}
	return status;
}

enum status household_begin(struct household *household, struct view *view,
                            struct page_request *asked, const Civil__V1__Date *valid, int32_t today)
{
	enum status status = query_day(&asked->day, valid, today);

	if (status == STATUS_OK) {
		status = page_begin(&household->page, asked, view->arena);
	}
	if (status == STATUS_OK && !household->page.first &&
	    household->page.from.size != ID_BYTES) {
		status = STATUS_INVALID;
	}
	return status == STATUS_OK ? query_begin(&household->query, view, household->page.has_known,
	                                         household->page.known)
	                           : status;
}
