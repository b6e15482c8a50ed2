#include "ledger/query/search_person.h"

#include "ledger/concerned.h"
#include "ledger/event/name_fold.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/persona.h"
#include "ledger/person/state.h"
#include "ledger/query/search_internal.h"
#include "ledger/store/keys.h"

#include <stdlib.h>

enum { AREA_DIGITS_MAX = 8 };

struct hit {
	Civil__V1__SearchHit *message;
	int32_t birth; /* earliest day; INT32_MAX when nothing is known */
};

static enum status read_born(struct search *search)
{
	const Civil__V1__SearchPersonRequest *request = search->request;

	search->born = (struct interval){ INT32_MIN, INT32_MAX };
	search->born_is_asked = request->born_from != NULL || request->born_to != NULL;
	if ((request->born_from != NULL &&
	     !partial_date_day(&search->born.earliest, request->born_from)) ||
	    (request->born_to != NULL &&
	     !partial_date_day(&search->born.latest, request->born_to))) {
		return STATUS_INVALID;
	}
	return search->born.earliest <= search->born.latest ? STATUS_OK : STATUS_INVALID;
}

static bool is_area(const char *code)
{
	size_t size = strlen(code);

	return size % 2 == 0 && size <= AREA_DIGITS_MAX && strspn(code, "0123456789") == size;
}

static enum status begin(struct search *search, const struct view *view,
                         const Civil__V1__SearchPersonRequest *request, int32_t today)
{
	enum status status = query_begin(&search->query, view,
	                                 request->known_case ==
	                                         CIVIL__V1__SEARCH_PERSON_REQUEST__KNOWN_KNOWN_SIZE,
	                                 request->known_size);

	search->request = request;
	if (status == STATUS_OK) {
		status = query_day(&search->day, request->valid, today);
	}
	if (status == STATUS_OK) {
		status =
		        search_wanted(&search->name, request->given, request->surname, view->arena);
	}
	if (status == STATUS_OK) {
		status = search_wanted(&search->mother, request->mother_given,
		                       request->mother_surname, view->arena);
	}
	if (status == STATUS_OK) {
		status = read_born(search);
	}
	if (status == STATUS_OK &&
	    (search->name.given.size == 0 || !is_area(request->birth_area) ||
	     (search->mother.given.size == 0 && search->mother.surname.size > 0))) {
		status = STATUS_INVALID;
	}
	return status;
}

/* A birth of that year may lie in the range; 0: the year is not known. */
static bool may_be_born(const struct search *search, uint16_t year)
{
	int32_t first = date_to_day((struct civil_date){ year, 1, 1 });
	int32_t last = date_to_day((struct civil_date){ year, 12, 31 });

	return year == 0 || (last >= search->born.earliest && first <= search->born.latest);
}

static int compare_ids(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct id));
}

/* Persons of the index, each id once, merged ones as whom they stand for. */
static enum status gather(struct search *search)
{
	const uint64_t given = name_fold_hash(search->name.given);
	const uint64_t surname = name_fold_hash(search->name.surname);
	struct view *view = &search->query.view;
	struct key prefix;
	size_t rows = 0;

	key_named_prefix(&prefix, given, search->name.surname.size == 0 ? NULL : &surname);
	struct store_cursor *cursor =
	        store_cursor_open(view->store, STORE_NAME, key_bytes(&prefix), bytes_of(NULL, 0));
	enum status status = cursor == NULL ? STATUS_NO_MEMORY : STATUS_OK;

	for (; status == STATUS_OK && !search->refine && store_cursor_valid(cursor);
	     store_cursor_next(cursor), rows++) {
		struct id *person = &search->candidates[search->candidate_count];
		struct key_named named;

		if (!key_read_named(store_cursor_key(cursor), &named, person)) {
			status = STATUS_CORRUPT;
		} else if (rows == SEARCH_ROWS_MAX) {
			search->refine = true;
		} else if (may_be_born(search, named.year)) {
			search->refine = search->candidate_count == SEARCH_CANDIDATES_MAX;
			search->candidate_count += search->refine ? 0 : 1;
		}
	}
	if (status == STATUS_OK) {
		status = store_cursor_status(cursor);
	}
	store_cursor_close(cursor);
	for (size_t i = 0; status == STATUS_OK && i < search->candidate_count; i++) {
		status = persona_resolve(view, &search->candidates[i]);
	}
	qsort(search->candidates, search->candidate_count, sizeof(struct id), compare_ids);
	return status;
}

static enum status look_at(struct search *search, const struct id *person)
{
	Civil__V1__SearchHit *hit = query_new(&search->query, &civil__v1__search_hit__descriptor);
	const Civil__V1__PersonName *name;
	Civil__V1__PersonState *state;
	int32_t birth = INT32_MAX;
	bool fits = false;
	enum status status = state_at(&search->query.view, &state, person, search->day);

	if (status == STATUS_OK) {
		status = search_name(search, &name, &search->name, state);
	}
	if (status != STATUS_OK || name == NULL) {
		return status == STATUS_NOT_FOUND ? STATUS_OK : status;
	}
	if (hit == NULL || !query_bytes(&search->query, &hit->person_id, bytes_of_id(person))) {
		return STATUS_NO_MEMORY;
	}
	if (search->request->birth_area[0] != '\0') { /* what the area is called now */
		status = state_resolve(&search->query.view, state, search->day, STATE_VALID_ALL);
	}
	if (status == STATUS_OK) {
		status = search_weigh(search, &fits, hit, state, &birth);
	}
	if (status != STATUS_OK || !fits) {
		return status;
	}
	if (search->hit_count == SEARCH_HITS_MAX) {
		search->refine = true;
		return STATUS_OK;
	}
	hit->name = state->names[0]->name;
	hit->found_name = name->name;
	hit->found_sort = name->sort;
	hit->sex = state->sex == NULL ? CIVIL__V1__SEX__SEX_UNSPECIFIED : state->sex->sex;
	hit->birth = state->birth == NULL ? NULL : state->birth->date;
	hit->birth_place = state->birth == NULL ? NULL : state->birth->place;
	hit->life = state->life == NULL ? CIVIL__V1__LIFE_STATUS__LIFE_STATUS_UNSPECIFIED
	                                : state->life->status;
	search->hits[search->hit_count] = (struct hit){ .message = hit, .birth = birth };
	search->hit_count++;
	return STATUS_OK;
}

static int compare_hits(const void *left, const void *right)
{
	const struct hit *a = left;
	const struct hit *b = right;

	if (a->message->found_sort != b->message->found_sort) {
		return a->message->found_sort < b->message->found_sort ? -1 : 1;
	}
	if (a->message->n_fits != b->message->n_fits) {
		return a->message->n_fits > b->message->n_fits ? -1 : 1;
	}
	if (a->birth != b->birth) {
		return a->birth < b->birth ? -1 : 1;
	}
	return memcmp(a->message->person_id.data, b->message->person_id.data, ID_BYTES);
}

static enum status tell(struct search *search, Civil__V1__SearchPersonResponse *response)
{
	qsort(search->hits, search->hit_count, sizeof(*search->hits), compare_hits);
	response->hits =
	        arena_array(search->query.view.arena, search->hit_count, sizeof(*response->hits));
	if (response->hits == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < search->hit_count; i++) {
		struct id person;

		response->hits[i] = search->hits[i].message;
		memcpy(person.bytes, response->hits[i]->person_id.data, ID_BYTES);
		concerned_note(&search->query.view, &person);
	}
	response->n_hits = search->hit_count;
	return STATUS_OK;
}

static enum status run(struct search *search)
{
	struct arena *arena = search->query.view.arena;

	search->candidates =
	        arena_array(arena, SEARCH_CANDIDATES_MAX + 1, sizeof(*search->candidates));
	search->hits = arena_array(arena, SEARCH_HITS_MAX, sizeof(*search->hits));
	if (search->candidates == NULL || search->hits == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = gather(search);
	for (size_t i = 0; status == STATUS_OK && !search->refine && i < search->candidate_count;
	     i++) {
		if (i == 0 || !id_equal(&search->candidates[i], &search->candidates[i - 1])) {
			status = look_at(search, &search->candidates[i]);
		}
	}
	return status;
}

enum status query_search_person(struct view *view, Civil__V1__SearchPersonResponse **out,
                                const Civil__V1__SearchPersonRequest *request, int32_t today)
{
	struct search search = { .refine = false };
	enum status status = begin(&search, view, request, today);

	if (status == STATUS_OK) {
		status = run(&search);
	}
	if (status != STATUS_OK) {
		return status;
	}
	Civil__V1__SearchPersonResponse *response =
	        query_new(&search.query, &civil__v1__search_person_response__descriptor);
	Civil__V1__Date *day = query_new(&search.query, &civil__v1__date__descriptor);
	if (response == NULL || day == NULL) {
		return STATUS_NO_MEMORY;
	}
	partial_date_of_day(day, search.day);
	response->valid = day;
	response->refine = search.refine;
	response->position = query_position(&search.query);
	if (response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = search.refine ? STATUS_OK : tell(&search, response);
	*out = response;
	return status;
}
