#include "ledger/query/get_performance.h"

#include "ledger/event/partial_date.h"
#include "ledger/query/case_summary.h"
#include "ledger/query/work_scan.h"

#define STEP(name) CIVIL__V1__EVENT_STEP__EVENT_STEP_##name

enum { CLASSES = CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE + 1, DELAY_TIMELY = 1 };

struct figures {
	struct query query;
	int32_t from;
	int32_t to;
	Civil__V1__ClassPerformance of[CLASSES];
};

static void count_ended(struct figures *figures, const struct work *work)
{
	Civil__V1__ClassPerformance *figure = &figures->of[work->event_class];
	uint64_t days = work->day > work->opened_day ? (uint64_t)(work->day - work->opened_day) : 0;

	if (work->day < figures->from || work->day > figures->to) {
		return;
	}
	figure->refused += work->step == STEP(REFUSED);
	figure->withdrawn += work->step == STEP(WITHDRAWN);
	if (work->step == STEP(REGISTERED)) {
		figure->registered++;
		figure->late += work->delay > DELAY_TIMELY;
		figure->processing_days += days;
		if (days > figure->processing_days_max) {
			figure->processing_days_max = days;
		}
	}
}

static enum status count_open(struct figures *figures, struct work *work)
{
	enum status status = case_refresh(&figures->query, work);
	int32_t due;

	if (status == STATUS_OK) {
		status = case_due_day(&figures->query, &due, work->day);
	}
	if (status != STATUS_OK || work->event_class >= CLASSES) {
		return status == STATUS_OK ? STATUS_CORRUPT : status;
	}
	Civil__V1__ClassPerformance *figure = &figures->of[work->event_class];
	bool verification =
	        case_next_step((Civil__V1__EventClass)work->event_class,
	                       (Civil__V1__EventStep)work->step, false) == STEP(VERIFIED);

	figure->pending++;
	figure->pending_verifications += verification;
	figure->overdue_verifications += verification && figures->to > due;
	return STATUS_OK;
}

static enum status count(struct figures *figures, const Civil__V1__GetPerformanceRequest *request,
                         enum work_sort sort)
{
	struct work_scan scan;
	struct work work;
	enum status status = work_scan_begin(&scan, &figures->query, request->office_id,
	                                     request->own, sort, bytes_of(NULL, 0));
	bool begun = status == STATUS_OK;

	while (status == STATUS_OK) {
		status = work_scan_next(&scan, &work);
		if (status == STATUS_OK && sort == WORK_OPEN) {
			status = count_open(figures, &work);
		} else if (status == STATUS_OK && work.event_class < CLASSES) {
			count_ended(figures, &work);
		}
	}
	work_scan_end(&scan);
	return begun && status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static bool is_empty(const Civil__V1__ClassPerformance *figure)
{
	return figure->registered == 0 && figure->refused == 0 && figure->withdrawn == 0 &&
	       figure->pending == 0;
}

static enum status answer(struct figures *figures, Civil__V1__GetPerformanceResponse **out)
{
	Civil__V1__GetPerformanceResponse *response =
	        query_new(&figures->query, &civil__v1__get_performance_response__descriptor);

	if (response == NULL) {
		return STATUS_NO_MEMORY;
	}
	response->position = query_position(&figures->query);
	response->classes = arena_array(figures->query.view.arena, CLASSES,
	                                sizeof(Civil__V1__ClassPerformance *));
	if (response->position == NULL || response->classes == NULL) {
		return STATUS_NO_MEMORY;
	}
	for (size_t i = 0; i < CLASSES; i++) {
		if (is_empty(&figures->of[i])) {
			continue;
		}
		figures->of[i].event_class = (Civil__V1__EventClass)i;
		response->classes[response->n_classes] = &figures->of[i];
		response->n_classes++;
	}
	*out = response;
	return STATUS_OK;
}

enum status query_get_performance(struct view *view, Civil__V1__GetPerformanceResponse **out,
                                  const Civil__V1__GetPerformanceRequest *request)
{
	struct figures *figures = arena_alloc(view->arena, sizeof(*figures));

	if (figures == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (!partial_date_day(&figures->from, request->from) ||
	    !partial_date_day(&figures->to, request->to) || figures->from > figures->to) {
		return STATUS_INVALID;
	}
	for (size_t i = 0; i < CLASSES; i++) {
		civil__v1__class_performance__init(&figures->of[i]);
	}
	enum status status = query_begin(
	        &figures->query, view,
	        request->known_case == CIVIL__V1__GET_PERFORMANCE_REQUEST__KNOWN_KNOWN_SIZE,
	        request->known_size);
	if (status == STATUS_OK) {
		status = count(figures, request, WORK_ENDED);
	}
	if (status == STATUS_OK) {
		status = count(figures, request, WORK_OPEN);
	}
	return status == STATUS_OK ? answer(figures, out) : status;
}
