/* What an auditor sees of the log: node/access_list.h. */
#include "node/access_list.h"

#include "ledger/authority/law.h"
#include "ledger/event/partial_date.h"
#include "ledger/query/page.h"
#include "ledger/rules/watch.h"
#include "node/access_log.h"

enum {
	POSITION_BYTES = 16,
	HOUR_MS = 3600000,
	WATCHED_MAX = 1000, /* more in an hour than any law watches for */
};

struct auditing {
	struct query query;
	struct page page;
	struct store_view *log;
	const char *name; /* "": all entries */
	struct access_place from;
	int64_t end_ms;
	size_t watched; /* entries in an hour that W02 tells; 0: none */
	Civil__V1__AuditAccessesResponse *response;
};

static enum status read_period(struct auditing *auditing,
                               const Civil__V1__AuditAccessesRequest *request)
{
	int32_t from;
	int32_t to;

	auditing->end_ms = INT64_MAX;
	if (auditing->name[0] == '\0') {
		return request->from == NULL && request->to == NULL ? STATUS_OK : STATUS_INVALID;
	}
	if (request->from != NULL) {
		if (!partial_date_day(&from, request->from)) {
			return STATUS_INVALID;
		}
		auditing->from.at_ms = date_instant_of(from);
	}
	if (request->to != NULL) {
		if (!partial_date_day(&to, request->to)) {
			return STATUS_INVALID;
		}
		auditing->end_ms = date_instant_of(to + 1);
	}
	return STATUS_OK;
}

/* How many in an hour the law has watched. */
static enum status read_watch(struct auditing *auditing)
{
	const Civil__V1__RuleSet *law;
	enum status status = law_on(&auditing->query.view, &law, auditing->page.day);

	if (status == STATUS_OK && law->rate_watch > 0) {
		auditing->watched =
		        law->rate_watch < WATCHED_MAX ? (size_t)law->rate_watch : WATCHED_MAX;
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status begin(struct auditing *auditing, struct view *view,
                         const Civil__V1__AuditAccessesRequest *request, int32_t today)
{
	Civil__V1__AuditAccessesRequest rest = *request;
	const struct page_request asked = { .rest = &rest.base,
		                            .size = request->page_size,
		                            .token = request->page_token,
		                            .day = today };

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	auditing->name = request->name;
	enum status status = page_begin(&auditing->page, &asked, view->arena);
	if (status == STATUS_OK) {
		status = read_period(auditing, request);
	}
	if (status == STATUS_OK && !auditing->page.first) {
		if (auditing->page.from.size != POSITION_BYTES) {
			return STATUS_INVALID;
		}
		auditing->from.at_ms = (int64_t)bytes_read_u64(auditing->page.from.data);
		auditing->from.index = bytes_read_u64(auditing->page.from.data + 8);
	}
	if (status == STATUS_OK) {
		status = query_begin(&auditing->query, view, auditing->page.has_known,
		                     auditing->page.known);
	}
	return status == STATUS_OK ? read_watch(auditing) : status;
}

/* True when as many accesses of the name as are watched lie in the hour before this one. */
static enum status is_frequent(const struct auditing *auditing, bool *out,
                               const struct access_place *place)
{
	struct access_place before[WATCHED_MAX];
	const struct access_place hour = { .at_ms = place->at_ms - HOUR_MS + 1 };
	size_t count = 0;
	enum status status = STATUS_OK;

	if (auditing->watched > 0) {
		status = access_log_of_name(auditing->log, before, &count, auditing->watched,
		                            auditing->name, hour, place->at_ms);
	}
	*out = auditing->watched > 0 && count == auditing->watched;
	return status;
}

static enum status add(struct auditing *auditing, const struct access_place *place)
{
	Civil__V1__AuditAccessesResponse *response = auditing->response;
	struct arena *arena = auditing->query.view.arena;
	Civil__V1__AuditedAccess *access =
	        query_new(&auditing->query, &civil__v1__audited_access__descriptor);
	bool frequent = false;

	if (access == NULL) {
		return STATUS_NO_MEMORY;
	}
	enum status status = access_log_read(auditing->log, &access->entry, place->index, arena);
	if (status == STATUS_OK && auditing->name[0] != '\0') {
		status = is_frequent(auditing, &frequent, place);
	}
	access->findings = arena_array(arena, 2, sizeof(*access->findings));
	if (status != STATUS_OK || access->findings == NULL) {
		return status == STATUS_OK ? STATUS_NO_MEMORY : status;
	}
	if (watch_is_out_of_hours(access->entry->at_ms)) {
		access->findings[access->n_findings] = arena_string(arena, "W01");
		access->n_findings++;
	}
	if (frequent) {
		access->findings[access->n_findings] = arena_string(arena, "W02");
		access->n_findings++;
	}
	for (size_t i = 0; i < access->n_findings; i++) {
		if (access->findings[i] == NULL) {
			return STATUS_NO_MEMORY;
		}
	}
	response->accesses[response->n_accesses] = access;
	response->n_accesses++;
	return STATUS_OK;
}

/* The places of one page and of the entry behind it. */
static enum status find(const struct auditing *auditing, struct access_place *places, size_t *count,
                        uint64_t end)
{
	size_t room = auditing->page.size + 1;

	if (auditing->name[0] != '\0') {
		return access_log_of_name(auditing->log, places, count, room, auditing->name,
		                          auditing->from, auditing->end_ms);
	}
	for (*count = 0; *count < room && auditing->from.index + *count < end; (*count)++) {
		places[*count] = (struct access_place){ .index = auditing->from.index + *count };
	}
	return STATUS_OK;
}

static enum status end_page(struct auditing *auditing, const struct access_place *next)
{
	uint8_t position[POSITION_BYTES];

	bytes_write_u64(position, (uint64_t)next->at_ms);
	bytes_write_u64(position + 8, next->index);
	char *token =
	        page_token(&auditing->page, &auditing->query, bytes_of(position, sizeof(position)));
	if (token == NULL) {
		return STATUS_NO_MEMORY;
	}
	auditing->response->next_page_token = token;
	return STATUS_OK;
}

static enum status fill(struct auditing *auditing, const struct access_head *head)
{
	Civil__V1__AuditAccessesResponse *response = auditing->response;
	struct arena *arena = auditing->query.view.arena;
	struct access_place *places = arena_array(arena, auditing->page.size + 1, sizeof(*places));
	size_t count = 0;

	response->accesses = arena_array(arena, auditing->page.size, sizeof(*response->accesses));
	if (places == NULL || response->accesses == NULL ||
	    !query_bytes(&auditing->query, &response->head, bytes_of_hash(&head->hash))) {
		return STATUS_NO_MEMORY;
	}
	response->count = head->count;
	enum status status = find(auditing, places, &count, head->count);
	for (size_t i = 0; status == STATUS_OK && i < count && i < auditing->page.size; i++) {
		status = add(auditing, &places[i]);
	}
	return status == STATUS_OK && count > auditing->page.size
	               ? end_page(auditing, &places[auditing->page.size])
	               : status;
}

enum status access_audit(struct view *view, struct store_view *log,
                         Civil__V1__AuditAccessesResponse **out,
                         const Civil__V1__AuditAccessesRequest *request, int32_t today)
{
	struct auditing auditing = { .log = log };
	struct access_head head;
	struct detail detail;
	enum status status = begin(&auditing, view, request, today);

	if (status == STATUS_OK) {
		status = access_log_head(log, &head, &detail);
	}
	if (status != STATUS_OK) {
		return status;
	}
	auditing.response =
	        query_new(&auditing.query, &civil__v1__audit_accesses_response__descriptor);
	if (auditing.response == NULL) {
		return STATUS_NO_MEMORY;
	}
	auditing.response->position = query_position(&auditing.query);
	if (auditing.response->position == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&auditing, &head);
	*out = auditing.response;
	return status;
}
