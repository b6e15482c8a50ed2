#include "ledger/query/list_cases.h"

#include "ledger/event/partial_date.h"
#include "ledger/query/case_summary.h"
#include "ledger/query/page.h"
#include "ledger/query/work_scan.h"

#define FILTER(name) CIVIL__V1__CASE_FILTER__CASE_FILTER_##name
#define STEP(name)   CIVIL__V1__EVENT_STEP__EVENT_STEP_##name

/* One call. */
struct listing {
	struct query query;
	struct page page;
	const Civil__V1__ListCasesRequest *request;
	Civil__V1__ListCasesResponse *response;
};

static bool is_id_empty(const struct id *id)
{
	static const struct id nobody;

	return id_equal(id, &nobody);
}

/* What an open row says by itself; the days need the law. */
static enum status open_passes(struct listing *listing, bool *passes, struct work *work)
{
	Civil__V1__CaseFilter filter = listing->request->filter;
	Civil__V1__EventClass event_class = (Civil__V1__EventClass)work->event_class;
	Civil__V1__EventStep next =
	        case_next_step(event_class, (Civil__V1__EventStep)work->step, false);
	int32_t due;

	if (filter == FILTER(OVERDUE)) {
		enum status status = case_due_day(&listing->query, &due, work->day);

		*passes = status == STATUS_OK && listing->page.day > due;
		return status;
	}
	*passes = filter == FILTER(UNSPECIFIED) || filter == FILTER(OPEN) ||
	          (filter == FILTER(TO_DECLARE) && next == STEP(DECLARED)) ||
	          (filter == FILTER(TO_VERIFY) && next == STEP(VERIFIED)) ||
	          (filter == FILTER(TO_REGISTER) && next == STEP(REGISTERED)) ||
	          (filter == FILTER(EXPIRED) && listing->page.day > work->day + CASE_DAYS);
	return STATUS_OK;
}

static bool ended_passes(const struct listing *listing, const struct work *work)
{
	bool stepless = work->start == work->newest && work->step == STEP(REGISTERED);

	if (stepless || is_id_empty(&work->case_id) || work->step == STEP(DECLARED)) {
		return false; /* no case; or gone to another office */
	}
	return listing->request->filter == FILTER(ENDED) || work->step == STEP(REFUSED);
}

static bool is_appealable(const struct listing *listing, const Civil__V1__CaseSummary *summary)
{
	int32_t last;

	return partial_date_day(&last, summary->appeal_until) && listing->page.day <= last;
}

/* Adds a row's case when the filter lets it pass. STATUS_NOT_FOUND: it is sealed to the reader. */
static enum status add_passing(struct listing *listing, struct work *work)
{
	const Civil__V1__ListCasesRequest *request = listing->request;
	Civil__V1__ListCasesResponse *response = listing->response;
	Civil__V1__CaseSummary *summary;
	enum status status = STATUS_OK;
	bool passes;

	if (request->filter == FILTER(APPEALABLE) || request->filter == FILTER(ENDED)) {
		passes = ended_passes(listing, work);
	} else {
		status = case_refresh(&listing->query, work);
		if (status == STATUS_OK) {
			status = open_passes(listing, &passes, work);
		}
	}
	if (status != STATUS_OK || !passes ||
	    (request->event_class != CIVIL__V1__EVENT_CLASS__EVENT_CLASS_UNSPECIFIED &&
	     request->event_class != (Civil__V1__EventClass)work->event_class)) {
		return status;
	}
	status = case_summary(&listing->query, &summary, work, listing->page.day);
	if (status == STATUS_OK &&
	    (request->filter != FILTER(APPEALABLE) || is_appealable(listing, summary))) {
		response->cases[response->n_cases] = summary;
		response->n_cases++;
	}
	return status;
}

static enum status consider(struct listing *listing, struct work *work)
{
	enum status status = add_passing(listing, work);

	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status end_page(struct listing *listing, const struct work *next, enum work_sort sort)
{
	uint8_t position[WORK_POSITION_MAX];
	size_t size = work_position(position, next, sort);
	char *token = page_token(&listing->page, &listing->query, bytes_of(position, size));

	listing->response->next_page_token = token;
	return token == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status fill(struct listing *listing)
{
	const Civil__V1__ListCasesRequest *request = listing->request;
	bool ended = request->filter == FILTER(APPEALABLE) || request->filter == FILTER(ENDED);
	enum work_sort sort = ended ? WORK_ENDED : WORK_OPEN;
	struct work_scan scan;
	struct work work;
	enum status status = work_scan_begin(&scan, &listing->query, request->office_id,
	                                     request->own, sort, listing->page.from);
	bool begun = status == STATUS_OK;
	bool full = false;

	for (size_t seen = 0; status == STATUS_OK && !full; seen++) {
		status = work_scan_next(&scan, &work);
		full = seen == CASES_SCAN_MAX || listing->response->n_cases == listing->page.size;
		if (status == STATUS_OK) {
			status = full ? end_page(listing, &work, sort) : consider(listing, &work);
		}
	}
	work_scan_end(&scan);
	return begun && status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status begin(struct listing *listing, struct view *view, int32_t today)
{
	const Civil__V1__ListCasesRequest *request = listing->request;
	Civil__V1__ListCasesRequest rest = *request;
	struct page_request asked = {
		.rest = &rest.base,
		.size = request->page_size,
		.token = request->page_token,
		.has_known = request->known_case == CIVIL__V1__LIST_CASES_REQUEST__KNOWN_KNOWN_SIZE,
		.known = request->known_size,
	};
	enum status status = query_day(&asked.day, request->day, today);

	rest.context = NULL;
	rest.page_size = 0;
	rest.page_token = NULL;
	if (status == STATUS_OK && (unsigned)request->filter > FILTER(ENDED)) {
		status = STATUS_INVALID;
	}
	if (status == STATUS_OK) {
		status = page_begin(&listing->page, &asked, view->arena);
	}
	return status == STATUS_OK ? query_begin(&listing->query, view, listing->page.has_known,
	                                         listing->page.known)
	                           : status;
}

enum status query_list_cases(struct view *view, Civil__V1__ListCasesResponse **out,
                             const Civil__V1__ListCasesRequest *request, int32_t today)
{
	struct listing listing = { .request = request };
	enum status status = begin(&listing, view, today);

	if (status != STATUS_OK) {
		return status;
	}
	listing.response = query_new(&listing.query, &civil__v1__list_cases_response__descriptor);
	if (listing.response == NULL) {
		return STATUS_NO_MEMORY;
	}
	listing.response->position = query_position(&listing.query);
	listing.response->cases = arena_array(listing.query.view.arena, listing.page.size,
	                                      sizeof(Civil__V1__CaseSummary *));
	if (listing.response->position == NULL || listing.response->cases == NULL) {
		return STATUS_NO_MEMORY;
	}
	status = fill(&listing);
	if (status == STATUS_OK) {
		*out = listing.response;
	}
	return status;
}
