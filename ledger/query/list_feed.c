#include "ledger/query/list_feed.h"

#include "ledger/query/page.h"
#include "ledger/query/query.h"

static const char *const urgent_kinds[] = {
	"false_identity",
	"death_revoked",
	"unmerge",
	"address_protection_set",
};

static bool is_urgent(const char *kind)
{
	for (size_t i = 0; i < sizeof(urgent_kinds) / sizeof(urgent_kinds[0]); i++) {
		if (strcmp(urgent_kinds[i], kind) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_asked(const Civil__V1__ListFeedRequest *request,
                     const Civil__V1__EventHeader *header)
{
	if (header->step != CIVIL__V1__EVENT_STEP__EVENT_STEP_REGISTERED ||
	    header->n_subjects == 0) {
		return false;
	}
	for (size_t i = 0; i < request->n_classes; i++) {
		if (request->classes[i] == header->event_class) {
			return true;
		}
	}
	return request->n_classes == 0;
}

/* Name of the act's kind: of its own content, or of the declaration that it registers. */
static enum status kind_name(struct query *query, const char **out,
                             const struct stored_record *record)
{
	const Civil__V1__Content *content = record->event.content;
	const struct kind *kind = record->event.kind;
	struct stored_record declared;

	if (content != NULL && content->kind_case == CIVIL__V1__CONTENT__KIND_REGISTRATION) {
		const ProtobufCBinaryData *id = &content->registration->declaration;
		enum status status =
		        view_record_by_event(&query->view, &declared, bytes_of(id->data, id->len));

		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
		kind = status == STATUS_OK ? declared.event.kind : NULL;
	}
	*out = kind == NULL ? "" : kind->name;
	return STATUS_OK;
}

static enum status add_subjects(struct query *query, Civil__V1__FeedEntry *entry,
                                const struct event *event)
{
	entry->subjects = arena_array(query->view.arena, event->header->n_subjects,
	                              sizeof(Civil__V1__FeedSubject *));
	if (entry->subjects == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < event->header->n_subjects; i++) {
		Civil__V1__FeedSubject *subject =
		        query_new(query, &civil__v1__feed_subject__descriptor);
		struct id person = event_subject_id(event, i);

		if (subject == NULL ||
		    !query_bytes(query, &subject->person_id, bytes_of_id(&person))) {
			return STATUS_NO_MEMORY;
		}
		subject->role = event->header->subjects[i]->role;
		entry->subjects[i] = subject;
		entry->n_subjects++;
	}
	return STATUS_OK;
}

static enum status consider(struct query *query, Civil__V1__ListFeedResponse *response,
                            const Civil__V1__ListFeedRequest *request,
                            const struct stored_record *record)
{
	const char *kind;

	if (!is_asked(request, record->event.header)) {
		return STATUS_OK;
	}
	enum status status = kind_name(query, &kind, record);
	if (status != STATUS_OK || (request->urgent_only && !is_urgent(kind))) {
		return status;
	}
	Civil__V1__FeedEntry *entry = query_new(query, &civil__v1__feed_entry__descriptor);

	if (entry == NULL ||
	    !query_bytes(query, &entry->event_id, bytes_of_hash(&record->event.id))) {
		return STATUS_NO_MEMORY;
	}
	entry->index = record->index;
	entry->recorded_at_ms = record->recorded_at_ms;
	entry->event_class = record->event.header->event_class;
	entry->kind = arena_string(query->view.arena, kind);
	entry->urgent = is_urgent(kind);
	response->entries[response->n_entries] = entry;
	response->n_entries++;
	return entry->kind == NULL ? STATUS_NO_MEMORY : add_subjects(query, entry, &record->event);
}

static enum status fill(struct query *query, Civil__V1__ListFeedResponse *response,
                        const Civil__V1__ListFeedRequest *request, size_t most)
{
	uint64_t index = request->from_index;
	enum status status = STATUS_OK;

	for (size_t seen = 0; status == STATUS_OK && index < query->view.size &&
	                      seen < FEED_SCAN_MAX && response->n_entries < most;
	     seen++) {
		struct stored_record record;

		status = view_record(&query->view, &record, index);
		if (status == STATUS_OK) {
			status = consider(query, response, request, &record);
		} else if (status == STATUS_NOT_FOUND) {
			status = STATUS_OK; /* sealed: as if it were of another class */
		}
		index++;
	}
	response->next_index = index;
	return status;
}

enum status query_list_feed(struct view *view, Civil__V1__ListFeedResponse **out,
                            const Civil__V1__ListFeedRequest *request)
{
	struct query query;
	size_t most = request->page_size == 0         ? PAGE_DEFAULT
	              : request->page_size > PAGE_MAX ? PAGE_MAX
	                                              : (size_t)request->page_size;
	enum status status = query_begin(
	        &query, view, request->known_case == CIVIL__V1__LIST_FEED_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);

	if (status == STATUS_OK &&
	    (request->page_size < 0 || request->n_classes > FEED_CLASSES_MAX)) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK && request->from_index > query.view.size) {
		status = STATUS_OUT_OF_RANGE;
	}
	if (status != STATUS_OK) {
		return status;
	}
	Civil__V1__ListFeedResponse *response =
	        query_new(&query, &civil__v1__list_feed_response__descriptor);
	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(&query);
	response->entries = arena_array(query.view.arena, most, sizeof(Civil__V1__FeedEntry *));
	if (response->position == NULL || response->entries == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&query, response, request, most);
	if (status == STATUS_OK) {
		*out = response;
	}
	return status;
}
