#include "ledger/query/case_summary.h"

#include "ledger/authority/law.h"
#include "ledger/event/partial_date.h"
#include "ledger/query/list_cases.h"

#define STEP(name)        CIVIL__V1__EVENT_STEP__EVENT_STEP_##name
#define CASE_STATUS(name) CIVIL__V1__CASE_STATUS__CASE_STATUS_##name

Civil__V1__EventStep case_next_step(Civil__V1__EventClass event_class, Civil__V1__EventStep newest,
                                    bool ended)
{
	bool verified_kind = event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_BIRTH;

	if (ended) {
		return STEP(UNSPECIFIED);
	}
	switch (newest) {
	case STEP(NOTIFIED):
		return STEP(DECLARED);
	case STEP(DECLARED):
		return verified_kind ? STEP(VERIFIED) : STEP(REGISTERED);
	case STEP(VERIFIED):
		return STEP(REGISTERED);
	case STEP(REGISTERED):
		return STEP(VERIFIED); /* of a provisional birth */
	case STEP(REFUSED):
	case STEP(WITHDRAWN):
	case STEP(UNSPECIFIED):
	case _CIVIL__V1__EVENT_STEP_IS_INT_SIZE:
		break;
	}
	return STEP(UNSPECIFIED);
}

enum status case_due_day(struct query *query, int32_t *due, int32_t day)
{
	const Civil__V1__RuleSet *law;
	int32_t days = CASE_DUE_DAYS;
	enum status status = law_on(&query->view, &law, day);

	if (status == STATUS_OK && law->verification_days > 0) {
		days = law->verification_days;
	}
	if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
		return status;
	}
	*due = day + days;
	return STATUS_OK;
}

enum status case_refresh(struct query *query, struct work *work)
{
	struct stored_record *records;
	size_t count;

	if (!work->has_ended && work->newest < query->view.size) {
		return STATUS_OK;
	}
	enum status status = view_case(&query->view, &records, &count, bytes_of_id(&work->case_id));
	if (status != STATUS_OK) {
		return status;
	}
	if (count == 0) { /* the row says that there are some */
		return query->view.reader == NULL ? STATUS_CORRUPT : STATUS_NOT_FOUND;
	}
	const struct stored_record *newest = &records[count - 1];

	work->has_ended = false;
	work->newest = newest->index;
	work->event_class = (uint8_t)newest->event.header->event_class;
	work->step = (uint8_t)newest->event.header->step;
	work->day = date_of_instant(newest->recorded_at_ms);
	return STATUS_OK;
}

static Civil__V1__Date *date_of(struct query *query, int32_t day)
{
	Civil__V1__Date *date = query_new(query, &civil__v1__date__descriptor);

	if (date != NULL) {
		partial_date_of_day(date, day);
	}
	return date;
}

/* What the records of the case say. */
static enum status read_records(struct query *query, Civil__V1__CaseSummary *summary,
                                const struct stored_record *records, size_t count)
{
	const char *kind = "";

	for (size_t i = 0; i < count; i++) {
		const struct event *event = &records[i].event;
		const Civil__V1__Content *content = event->content;

		if (content == NULL) {
			continue;
		}
		if (content->kind_case == CIVIL__V1__CONTENT__KIND_NOTIFICATION) {
			kind = content->notification->kind;
		} else if (content->kind_case == CIVIL__V1__CONTENT__KIND_REFUSAL) {
			summary->refusal_reason = content->refusal->reason;
			summary->appeal_until = content->refusal->appeal_until;
		} else if (event->kind != NULL) {
			kind = event->kind->name;
			if (!query_bytes(query, &summary->declaration, bytes_of_hash(&event->id))) {
				return STATUS_NO_MEMORY;
			}
		}
	}
	summary->kind = arena_string(query->view.arena, kind);
	summary->opened_on = date_of(query, date_of_instant(records[0].recorded_at_ms));
	summary->first_index = records[0].index;
	summary->newest_index = records[count - 1].index;
	return summary->kind == NULL || summary->opened_on == NULL ? STATUS_NO_MEMORY : STATUS_OK;
}

static Civil__V1__CaseStatus status_of(const struct work *work)
{
	switch ((Civil__V1__EventStep)work->step) {
	case STEP(REGISTERED):
		return CASE_STATUS(REGISTERED);
	case STEP(REFUSED):
		return CASE_STATUS(REFUSED);
	case STEP(WITHDRAWN):
		return CASE_STATUS(WITHDRAWN);
	case STEP(NOTIFIED):
	case STEP(DECLARED):
	case STEP(VERIFIED):
	case STEP(UNSPECIFIED):
	case _CIVIL__V1__EVENT_STEP_IS_INT_SIZE:
		break;
	}
	return CASE_STATUS(OPEN);
}

static enum status add_deadlines(struct query *query, Civil__V1__CaseSummary *summary,
                                 const struct work *work, int32_t day)
{
	int32_t due;
	enum status status = case_due_day(query, &due, work->day);

	if (status != STATUS_OK || work->has_ended) {
		return status;
	}
	summary->due_on = date_of(query, due);
	summary->overdue = day > due;
	summary->expires_on = date_of(query, work->day + CASE_DAYS);
	summary->expired = day > work->day + CASE_DAYS;
	return summary->due_on == NULL || summary->expires_on == NULL ? STATUS_NO_MEMORY
	                                                              : STATUS_OK;
}

enum status case_summary(struct query *query, Civil__V1__CaseSummary **out, const struct work *work,
                         int32_t day)
{
	Civil__V1__CaseSummary *summary = query_new(query, &civil__v1__case_summary__descriptor);
	struct stored_record *records;
	size_t count;
	enum status status = view_case(&query->view, &records, &count, bytes_of_id(&work->case_id));

	if (status != STATUS_OK) {
		return status;
	}
	if (summary == NULL) {
		return STATUS_NO_MEMORY;
	}
	if (count == 0) {
		return query->view.reader == NULL ? STATUS_CORRUPT : STATUS_NOT_FOUND;
	}
	summary->office_id = arena_string(query->view.arena, work->office);
	summary->event_class = (Civil__V1__EventClass)work->event_class;
	summary->newest_step = records[count - 1].event.header->step;
	summary->next_step = case_next_step(summary->event_class, (Civil__V1__EventStep)work->step,
	                                    work->has_ended);
	summary->status = status_of(work);
	summary->provisional = !work->has_ended && work->step == STEP(REGISTERED);
	summary->changed_on = date_of(query, work->day);
	if (summary->office_id == NULL || summary->changed_on == NULL ||
	    !query_bytes(query, &summary->case_id, bytes_of_id(&work->case_id))) {
		return STATUS_NO_MEMORY;
	}
	status = read_records(query, summary, records, count);
	if (status == STATUS_OK) {
		status = add_deadlines(query, summary, work, day);
	}
	if (status == STATUS_OK) {
		*out = summary;
	}
	return status;
}
