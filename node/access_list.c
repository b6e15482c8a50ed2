#include "node/access_list.h"

#include "ledger/event/event.h"
#include "ledger/person/persona.h"
#include "ledger/query/page.h"
#include "node/access_log.h"

enum { POSITION_BYTES = 8 };

/* One page of a person's accesses. */
struct listing {
	struct query query;
	struct page page;
	struct store_view *log;
	struct persona persona;
	struct id ids[PERSONA_MEMBERS_MAX]; /* under which the person was known */
	size_t id_count;
	int64_t withheld_from_ms;
	Civil__V1__ListAccessesResponse *response;
};

static enum status begin(struct listing *listing, struct view *view,
                         const Civil__V1__ListAccessesRequest *request, int32_t today)
{
	bool by_id = request->person_case == CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_PERSON_ID;
	bool by_number = request->person_case == CIVIL__V1__LIST_ACCESSES_REQUEST__PERSON_NUMBER;
	Civil__V1__ListAccessesRequest rest = *request;
	const struct page_request asked = { .rest = &rest.base,
		                            .size = request->page_size,
		                            .token = request->page_token,
		                            .day = today };
	struct id person;

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	enum status status = page_begin(&listing->page, &asked, view->arena);
	if (status == STATUS_OK && !listing->page.first &&
	    listing->page.from.size != POSITION_BYTES) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = query_begin(&listing->query, view, listing->page.has_known,
		                     listing->page.known);
	}
	if (status == STATUS_OK) {
		status = query_person(&listing->query, &person, by_id ? &request->person_id : NULL,
		                      by_number ? request->number : NULL);
	}
	if (status == STATUS_OK) {
		status = persona_load(&listing->query.view, &listing->persona, &person);
	}
	/* not by the day of the page: a token is the caller's to write */
	listing->withheld_from_ms = date_instant_of(today - ACCESS_WITHHELD_DAYS);
	return status;
}

static void find_ids(struct listing *listing)
{
	const struct persona *persona = &listing->persona;

	listing->ids[0] = persona->person;
	listing->id_count = 1;
	for (size_t i = 0; i < persona->member_count; i++) {
		const struct persona_member *member = &persona->members[i];

		if (!id_equal(&member->id, &persona->person) &&
		    id_equal(&persona->members[member->root].id, &persona->person) &&
		    listing->id_count < PERSONA_MEMBERS_MAX) {
			listing->ids[listing->id_count] = member->id;
			listing->id_count++;
		}
	}
}

static bool is_withheld(const struct listing *listing, const Civil__V1__AccessEntry *entry)
{
	return strcmp(entry->purpose, "law_enforcement") == 0 &&
	       entry->at_ms >= listing->withheld_from_ms;
}

/* Leaves out who else was asked about, and the link of the chain, which no longer holds. */
static void redact(struct listing *listing, Civil__V1__AccessEntry *entry)
{
	size_t kept = 0;

	for (size_t i = 0; i < entry->n_person_ids; i++) {
		bool own = false;

		for (size_t j = 0; j < listing->id_count; j++) {
			own = own || bytes_equal(bytes_of(entry->person_ids[i].data,
			                                  entry->person_ids[i].len),
			                         bytes_of_id(&listing->ids[j]));
		}
		if (own) {
			entry->person_ids[kept] = entry->person_ids[i];
			kept++;
		}
	}
	entry->n_person_ids = kept;
	entry->previous = (ProtobufCBinaryData){ .data = NULL, .len = 0 };
}

static enum status end_page(struct listing *listing, uint64_t next)
{
	uint8_t position[POSITION_BYTES];

	bytes_write_u64(position, next);
	char *token =
	        page_token(&listing->page, &listing->query, bytes_of(position, sizeof(position)));
	if (token == NULL) {
		return STATUS_NO_MEMORY;
	}
	listing->response->next_page_token = token;
	return STATUS_OK;
}

static enum status fill(struct listing *listing)
{
	struct arena *arena = listing->query.view.arena;
	uint64_t *indexes = arena_array(arena, ACCESS_SCAN_MAX, sizeof(*indexes));
	uint64_t from = listing->page.first ? 0 : bytes_read_u64(listing->page.from.data);
	Civil__V1__ListAccessesResponse *response = listing->response;
	size_t count;

	response->entries = arena_array(arena, listing->page.size, sizeof(*response->entries));
	if (indexes == NULL || response->entries == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = access_log_of_persons(listing->log, indexes, &count, ACCESS_SCAN_MAX,
	                                           listing->ids, listing->id_count, from);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		Civil__V1__AccessEntry *entry;

		status = access_log_read(listing->log, &entry, indexes[i], arena);
		if (status != STATUS_OK || is_withheld(listing, entry)) {
			continue; /* a page for withheld entries alone would tell of them */
		}
		if (response->n_entries == listing->page.size) {
			return end_page(listing, indexes[i]);
		}
		redact(listing, entry);
		response->entries[response->n_entries] = entry;
		response->n_entries++;
	}
	return status == STATUS_OK && count == ACCESS_SCAN_MAX
	               ? end_page(listing, indexes[count - 1] + 1)
	               : status;
}

static enum status add_opening(struct listing *listing, const struct stored_record *record)
{
	Civil__V1__ListAccessesResponse *response = listing->response;
	Civil__V1__SealOpening *opening =
	        query_new(&listing->query, &civil__v1__seal_opening__descriptor);

	if (opening == NULL) {
		return STATUS_NO_MEMORY;
	}
	opening->index = record->index;
	opening->recorded_at_ms = record->recorded_at_ms;
	opening->reader = record->event.content->seal_opened->reader;
	response->openings[response->n_openings] = opening;
	response->n_openings++;
	return STATUS_OK;
}

/* Openings name those alone for whom a seal is opened. They are sealed to everybody else, so they
 * are looked for among all records. */
static enum status add_openings(struct listing *listing)
{
	struct view all = listing->query.view;
	uint64_t *indexes;
	size_t count;

	all.reader = NULL;
	enum status status =
	        persona_history(&all, &indexes, &count, &listing->persona, PERSONA_PERSON);
	if (status == STATUS_OK) {
		listing->response->openings =
		        arena_array(all.arena, count, sizeof(*listing->response->openings));
	}
	if (status == STATUS_OK && listing->response->openings == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct stored_record record;

		status = view_record(&all, &record, indexes[i]);
		if (status == STATUS_OK && record.event.content != NULL &&
		    record.event.content->kind_case == CIVIL__V1__CONTENT__KIND_SEAL_OPENED) {
			status = add_opening(listing, &record);
		}
	}
	return status;
}

enum status access_list(struct view *view, struct store_view *log,
                        Civil__V1__ListAccessesResponse **out,
                        const Civil__V1__ListAccessesRequest *request, int32_t today)
{
	struct listing listing = { .log = log };
	enum status status = begin(&listing, view, request, today);

	if (status != STATUS_OK) {
		return status;
	}
	find_ids(&listing);
	listing.response =
	        query_new(&listing.query, &civil__v1__list_accesses_response__descriptor);
	if (listing.response == NULL) {
		return STATUS_NO_MEMORY;
	}
	listing.response->position = query_position(&listing.query);
	if (listing.response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&listing);
	if (status == STATUS_OK && listing.page.first) {
		status = add_openings(&listing);
	}
	*out = listing.response;
	return status;
}
