#include "ledger/person/step.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/target.h"

struct bytes court_target(const Civil__V1__Content *content)
{
	const ProtobufCBinaryData *target = NULL;
	struct bytes of_field;

	if (target_of_order(content, &of_field)) {
		return of_field;
	}
	switch ((int)content->kind_case) {
	case CONTENT_CASE(DEATH_REVOKED):
		target = &content->death_revoked->target;
		break;
	case CONTENT_CASE(CAUSE_CODED):
		target = &content->cause_coded->target;
		break;
	case CONTENT_CASE(CERTIFICATE_ISSUED):
		target = &content->certificate_issued->act;
		break;
	case CONTENT_CASE(CERTIFICATE_WITHDRAWN):
		target = &content->certificate_withdrawn->target;
		break;
	case CONTENT_CASE(CORRECTION):
		target = &content->correction->target;
		break;
	case CONTENT_CASE(REVOCATION):
		target = &content->revocation->target;
		break;
	case CONTENT_CASE(REINSTATEMENT):
		target = &content->reinstatement->target;
		break;
	case CONTENT_CASE(UNMERGE):
		target = &content->unmerge->target;
		break;
	case CONTENT_CASE(UNSEAL):
		target = &content->unseal->target;
		break;
	case CONTENT_CASE(SEAL_OPENED):
		target = &content->seal_opened->target;
		break;
	case CONTENT_CASE(CONTENT_ERASED):
		target = &content->content_erased->target;
		break;
	case CONTENT_CASE(LEGAL_HOLD_LIFTED):
		target = &content->legal_hold_lifted->target;
		break;
	default:
		return application_target(content);
	}
	return target == NULL ? bytes_of(NULL, 0) : bytes_of(target->data, target->len);
}

void rule_l09(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	if (content->kind_case == CONTENT_CASE(CORRECTION) &&
	    content->correction->path != CIVIL__V1__CORRECTION_PATH__CORRECTION_PATH_COURT) {
		return; /* L10 judges the administrative path */
	}
	if (content->kind_case == CONTENT_CASE(OBJECTION_RESOLVED) &&
	    content->objection_resolved->outcome !=
	            CIVIL__V1__OBJECTION_OUTCOME__OBJECTION_OUTCOME_UPHELD) {
		return; /* the registrar may dismiss one */
	}
	if (j->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_NATIONALITY) {
		return; /* the decree is that of the competent authority, and S07 asks for it */
	}
	if (content->kind_case == CONTENT_CASE(MERGE) && content->merge->review_file[0] != '\0') {
		return; /* the authority's review counts as a decision */
	}
	if (content->kind_case == CONTENT_CASE(NAME_CHANGE) &&
	    content->name_change->sort !=
	            CIVIL__V1__NAME_CHANGE_SORT__NAME_CHANGE_SORT_REPLACEMENT) {
		return; /* who uses a name, or takes the spouse's, asks no court */
	}
	if (!judgement_ordered(j, j->kind->name, court_target(content))) {
		(void)finding_broken(j, "content");
	}
}
