#include "ledger/rules/judgement.h"

/* True when subject `s` of an event stands, in the same role, in the other event. */
static bool named_in(const struct event *event, size_t s, const struct event *other)
{
	struct id id = event_subject_id(event, s);

	for (size_t i = 0; i < other->header->n_subjects; i++) {
		struct id named = event_subject_id(other, i);

		if (other->header->subjects[i]->role == event->header->subjects[s]->role &&
		    id_equal(&named, &id)) {
			return true;
		}
	}
	return false;
}

static bool same_subjects(const struct event *event, const struct event *other)
{
	if (event->header->n_subjects != other->header->n_subjects) {
		return false;
	}
	for (size_t s = 0; s < event->header->n_subjects; s++) {
		if (!named_in(event, s, other)) {
			return false;
		}
	}
	return true;
}

static bool names_declaration(const struct judgement *j, const ProtobufCBinaryData *declaration)
{
	return bytes_equal(bytes_of(declaration->data, declaration->len),
	                   bytes_of_hash(&j->declared->event.id));
}

static bool has_steps(const struct kind *kind)
{
	return kind != NULL &&
	       (kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED);
}

/* Whether the step may follow what the case holds. The case is open. */
static bool step_follows(const struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	switch (j->step) {
	case STEP(NOTIFIED):
		return j->case_count == 0;
	case STEP(DECLARED):
		return has_steps(j->kind) && j->registered == NULL;
	case STEP(VERIFIED):
		/* A provisional birth takes its verification after it was registered. */
		return j->kind != NULL && j->kind->profile == PROFILE_VERIFIED &&
		       j->declared != NULL && j->verified == NULL &&
		       content->kind_case == CONTENT_CASE(VERIFICATION) &&
		       names_declaration(j, &content->verification->declaration);
	case STEP(REGISTERED):
		if (!has_steps(j->kind)) { /* alone, or beside other acts without steps */
			return j->declared == NULL;
		}
		return j->declared != NULL && j->registered == NULL &&
		       content->kind_case == CONTENT_CASE(REGISTRATION) &&
		       names_declaration(j, &content->registration->declaration);
	case STEP(REFUSED):
	case STEP(WITHDRAWN):
		return j->registered == NULL;
	case STEP(UNSPECIFIED):
	case _CIVIL__V1__EVENT_STEP_IS_INT_SIZE:
		break;
	}
	return false;
}

void rule_s06(struct judgement *j)
{
	if (j->kind != NULL && j->kind->id == KIND_GENESIS && j->view->size != 0) {
		(void)finding_broken(j, "header.event_class"); /* record 0 is there */
	}
	if (j->kind == NULL && !kind_is_step_content(j->event->content->kind_case)) {
		return; /* S07: no row, so no steps to follow */
	}
	if (j->ended != NULL || !step_follows(j)) {
		(void)finding_broken(j, "header.step");
		return;
	}
	for (size_t i = 0; i < j->case_count; i++) {
		if (j->case_records[i].event.header->event_class != j->event->header->event_class) {
			(void)finding_broken(j, "header.case_id");
			return;
		}
	}
	if (has_steps(j->kind) && j->declared != NULL &&
	    !same_subjects(j->event, &j->declared->event)) {
		(void)finding_broken(j, "header.subjects");
	}
}

void rule_s20(struct judgement *j)
{
	if (j->recorded_at_ms > j->event->header->expires_at_ms) {
		(void)finding_broken(j, "header.expires_at_ms");
	}
}

void rule_s22(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	const Civil__V1__Content *declared = j->own.content;

	if (content->kind_case != CONTENT_CASE(REGISTRATION) || j->declared == NULL) {
		return; /* S06 or S07 */
	}
	const ProtobufCBinaryData *named = &content->registration->verification;

	if (declared->kind_case == CONTENT_CASE(BIRTH) && declared->birth->kidc_block != NULL &&
	    declared->common != NULL && declared->common->signed_offline && j->verified == NULL &&
	    named->len == 0) {
		return; /* provisional until its VERIFIED arrives */
	}
	if (j->verified == NULL || !bytes_equal(bytes_of(named->data, named->len),
	                                        bytes_of_hash(&j->verified->event.id))) {
		(void)finding_broken(j, "content.registration.verification");
	}
}
