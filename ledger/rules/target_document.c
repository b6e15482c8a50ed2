#include "ledger/person/persona.h"
#include "ledger/rules/target.h"

const char *target_document_number(const struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	switch ((int)content->kind_case) {
	case CONTENT_CASE(DOCUMENT_DELIVERED):
		return content->document_delivered->document_number;
	case CONTENT_CASE(DOCUMENT_RENEWED):
		return content->document_renewed->replaces;
	case CONTENT_CASE(DOCUMENT_REPLACED):
		return content->document_replaced->replaces;
	case CONTENT_CASE(DOCUMENT_LOST):
		return content->document_lost->document_number;
	case CONTENT_CASE(DOCUMENT_STOLEN):
		return content->document_stolen->document_number;
	case CONTENT_CASE(DOCUMENT_FOUND):
		return content->document_found->document_number;
	case CONTENT_CASE(DOCUMENT_SUSPENDED):
		return content->document_suspended->document_number;
	case CONTENT_CASE(DOCUMENT_RESUMED):
		return content->document_resumed->document_number;
	case CONTENT_CASE(DOCUMENT_REVOKED):
		return content->document_revoked->document_number;
	}
	return "";
}

const Civil__V1__DocumentIssued *target_issue(const struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	switch ((int)content->kind_case) {
	case CONTENT_CASE(DOCUMENT_ISSUED):
		return content->document_issued;
	case CONTENT_CASE(DOCUMENT_RENEWED):
		return content->document_renewed->issue;
	case CONTENT_CASE(DOCUMENT_REPLACED):
		return content->document_replaced->issue;
	}
	return NULL;
}

static const struct document_class {
	Civil__V1__EventClass event_class;
	const char *name;
	enum number_sort sort;
} classes[] = {
	{ CIVIL__V1__EVENT_CLASS__EVENT_CLASS_ID_CARD, "id_card", NUMBER_ID_CARD },
	{ CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PASSPORT, "passport", NUMBER_PASSPORT },
	{ CIVIL__V1__EVENT_CLASS__EVENT_CLASS_PERMIT, "permit", NUMBER_PERMIT },
};

static const struct document_class *class_of(const struct judgement *j)
{
	for (size_t i = 1; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (classes[i].event_class == j->event->header->event_class) {
			return &classes[i];
		}
	}
	return &classes[0];
}

const char *target_document_class(const struct judgement *j)
{
	return class_of(j)->name;
}

enum number_sort target_document_sort(const struct judgement *j)
{
	return class_of(j)->sort;
}

bool target_document_known(struct judgement *j)
{
	const struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	struct id owner;
	uint64_t index;

	return holder != NULL &&
	       judgement_settle(j, view_number(j->view, &owner, &index, target_document_sort(j),
	                                       bytes_of_string(target_document_number(j)))) &&
	       judgement_settle(j, persona_resolve(j->view, &owner)) &&
	       id_equal(&owner, &holder->id);
}

const Civil__V1__DocumentApplied *target_application(struct judgement *j)
{
	const Civil__V1__DocumentIssued *issue = target_issue(j);
	const struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	struct stored_record record;

	if (issue == NULL || holder == NULL ||
	    !judgement_settle(j, view_record_by_event(j->view, &record,
	                                              bytes_of(issue->application.data,
	                                                       issue->application.len))) ||
	    record.event.kind == NULL ||
	    record.event.header->event_class != j->event->header->event_class ||
	    record.event.content->kind_case != CONTENT_CASE(DOCUMENT_APPLIED) ||
	    record.event.header->n_subjects != 1) {
		return NULL;
	}
	struct id applicant = event_subject_id(&record.event, 0);

	if (!judgement_settle(j, persona_resolve(j->view, &applicant))) {
		return NULL;
	}
	return id_equal(&applicant, &holder->id) ? record.event.content->document_applied : NULL;
}
