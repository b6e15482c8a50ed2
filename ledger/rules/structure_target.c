#include "ledger/event/field_path.h"
#include "ledger/event/message.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/step.h"
#include "ledger/rules/certificate.h"
#include "ledger/rules/filiation.h"
#include "ledger/rules/identity.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/marriage.h"
#include "ledger/rules/merge.h"
#include "ledger/rules/nationality.h"
#include "ledger/rules/notice.h"
#include "ledger/rules/number_acts.h"
#include "ledger/rules/office_acts.h"
#include "ledger/rules/standing.h"
#include "ledger/rules/target.h"
#include "ledger/sealing.h"

/* Offices and officers that governance acts name. */
static void require_authorities(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	struct officer_key officer;
	struct office office;

	if (content->kind_case == CONTENT_CASE(OFFICE_CLOSED) &&
	    content->office_closed->office_id[0] != '\0' && /* else S07 */
	    !judgement_settle(
	            j, authority_office(j->view, &office, content->office_closed->office_id))) {
		(void)finding_broken(j, "content.office_closed.office_id");
	} else if (content->kind_case == CONTENT_CASE(OFFICER_ENROLLED) &&
	           content->officer_enrolled->office_id[0] != '\0' &&
	           !judgement_settle(j, authority_office(j->view, &office,
	                                                 content->officer_enrolled->office_id))) {
		(void)finding_broken(j, "content.officer_enrolled.office_id");
	} else if (content->kind_case == CONTENT_CASE(OFFICER_SUSPENDED) &&
	           content->officer_suspended->public_key.len > 0 && !target_officer(j, &officer)) {
		(void)finding_broken(j, "content.officer_suspended.public_key");
	} else if (content->kind_case == CONTENT_CASE(OFFICER_KEY_COMPROMISED) &&
	           content->officer_key_compromised->public_key.len > 0 &&
	           !target_officer(j, &officer)) {
		(void)finding_broken(j, "content.officer_key_compromised.public_key");
	}
}

void rule_s12(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	size_t count = targets_of(j, targets);
	const char *number = target_document_number(j);
	struct stored_record record;

	for (size_t i = 0; i < count; i++) {
		if (!judgement_settle(
		            j, view_record_by_event(j->view, &record, targets[i].event_id))) {
			(void)finding_broken(j, targets[i].path);
		}
	}
	/* A document is found among those of the holder, an application too. */
	bool held = matter_party(&j->own, SUBJECT(HOLDER)) != NULL; /* else S16 */

	if (held && number[0] != '\0' && !target_document_known(j)) {
		(void)finding_broken(j, "content.document_number");
	}
	const Civil__V1__DocumentIssued *issue = target_issue(j);

	if (issue != NULL && issue->application.len > 0 &&
	    (held ? target_application(j) == NULL
	          : !judgement_settle(j, view_record_by_event(j->view, &record,
	                                                      bytes_of(issue->application.data,
	                                                               issue->application.len))))) {
		(void)finding_broken(j, "content.application");
	}
	require_authorities(j);
	office_acts_named(j);
	number_acts_named(j);
}

void rule_s13(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	size_t count = targets_of(j, targets);

	office_acts_fits(j);
	filiation_fits(j);
	for (size_t i = 0; i < count; i++) {
		struct stored_record record;

		if (targets[i].fits == NULL ||
		    !judgement_settle(
		            j, view_record_by_event(j->view, &record, targets[i].event_id))) {
			continue; /* S12 */
		}
		const struct kind *kind = target_kind(j, &record);

		/* Who revokes or erases names persons: without any, no history would tell. */
		bool nobody = (j->event->content->kind_case == CONTENT_CASE(REVOCATION) ||
		               j->event->content->kind_case == CONTENT_CASE(CONTENT_ERASED)) &&
		              record.event.header->n_subjects == 0;

		if (kind == NULL || !targets[i].fits(kind) || nobody) {
			(void)finding_broken(j, targets[i].path);
		}
	}
}

#define STATUS_BIT(name) (UINT32_C(1) << CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##name)
enum {
	LIVE = STATUS_BIT(LIVE) | STATUS_BIT(DELIVERED) | STATUS_BIT(FOUND),
	MISSING = STATUS_BIT(LOST) | STATUS_BIT(STOLEN),
};

/* From which status of the document each verb leads. */
static const struct {
	Civil__V1__Content__KindCase verb;
	uint32_t statuses;
} verbs[] = {
	{ CONTENT_CASE(DOCUMENT_DELIVERED), STATUS_BIT(LIVE) | STATUS_BIT(FOUND) },
	{ CONTENT_CASE(DOCUMENT_LOST), LIVE },
	{ CONTENT_CASE(DOCUMENT_STOLEN), LIVE },
	{ CONTENT_CASE(DOCUMENT_FOUND), MISSING },
	{ CONTENT_CASE(DOCUMENT_SUSPENDED), LIVE },
	{ CONTENT_CASE(DOCUMENT_RESUMED), STATUS_BIT(SUSPENDED) },
	{ CONTENT_CASE(DOCUMENT_REVOKED), LIVE | MISSING | STATUS_BIT(SUSPENDED) },
};

/* No verb leads from `expired`, which the state does not keep. */
static bool is_expired(const Civil__V1__PersonDocument *document, int32_t day)
{
	return (LIVE & UINT32_C(1) << document->status) != 0 &&
	       !standing_document_live(document, day);
}

static void document_in_force(struct judgement *j)
{
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));

	if (holder == NULL || !j->own.dated || !target_document_known(j)) {
		return; /* S12 or S16 */
	}
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (verbs[i].verb != j->event->content->kind_case) {
			continue;
		}
		const Civil__V1__PersonState *state =
		        party_state_on(j, holder, j->own.valid.latest);
		const Civil__V1__PersonDocument *document =
		        state == NULL ? NULL
		                      : standing_document(state, target_document_class(j),
		                                          target_document_number(j));

		if (document == NULL ||
		    (verbs[i].statuses & UINT32_C(1) << document->status) == 0 ||
		    is_expired(document, j->own.valid.latest)) {
			(void)finding_broken(j, holder->path); /* or not issued by then */
		}
	}
}

/* A release is used by one arrival of each person that it names. */
static void release_in_force(struct judgement *j)
{
	const Civil__V1__ResidenceArrival *arrival = j->event->content->residence_arrival;
	struct bytes release = bytes_of(arrival->release.data, arrival->release.len);
	struct act act;

	if (release.size == 0 || !judgement_settle(j, acts_find(j->view, &act, release)) ||
	    act.kind->id != KIND_RESIDENCE_DEPARTURE) {
		return; /* S12 or S13 */
	}
	for (size_t p = 0; p < j->own.party_count; p++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[p]);

		if (state == NULL ||
		    act_role(&act, &j->own.parties[p].id) == SUBJECT(UNSPECIFIED)) {
			continue; /* S11 or S16 */
		}
		if (state->pending_move == NULL ||
		    !bytes_equal(
		            bytes_of(state->pending_move->act.data, state->pending_move->act.len),
		            release)) {
			(void)finding_broken(j, "content.residence_arrival.release");
			return;
		}
	}
}

#define APPLICATION_BIT(name)                                                                      \
	(UINT32_C(1) << CIVIL__V1__APPLICATION_STATUS__APPLICATION_STATUS_##name)

/* From which status of the application each verb leads. */
static const struct {
	Civil__V1__Content__KindCase verb;
	uint32_t statuses;
} application_verbs[] = {
	{ CONTENT_CASE(APPLICATION_PROCESSING), APPLICATION_BIT(SUBMITTED) },
	{ CONTENT_CASE(APPLICATION_READY), APPLICATION_BIT(PROCESSING) },
	{ CONTENT_CASE(APPLICATION_DELIVERED), APPLICATION_BIT(READY) },
	{ CONTENT_CASE(APPLICATION_REFUSED),
	  APPLICATION_BIT(SUBMITTED) | APPLICATION_BIT(PROCESSING) },
	{ CONTENT_CASE(APPLICATION_WITHDRAWN),
	  APPLICATION_BIT(SUBMITTED) | APPLICATION_BIT(PROCESSING) | APPLICATION_BIT(READY) },
};

/* Bit of its status in the state; 0 when it is not there. */
static uint32_t application_bit(const Civil__V1__PersonState *state, struct bytes target)
{
	const Civil__V1__PersonApplication *found =
	        state == NULL ? NULL : application_find(state, target);

	return found == NULL ? 0 : UINT32_C(1) << found->status;
}

/* The verb follows from what was done by its day, and nothing was done since. */
static void application_in_force(struct judgement *j, uint32_t statuses)
{
	struct bytes target = application_target(j->event->content);
	struct party *applicant = matter_party(&j->own, SUBJECT(APPLICANT));
	struct act submitted;

	if (applicant == NULL || !j->own.dated ||
	    !judgement_settle(j, acts_find(j->view, &submitted, target)) ||
	    submitted.kind->id != KIND_APPLICATION_SUBMITTED ||
	    act_role(&submitted, &applicant->id) != SUBJECT(APPLICANT)) {
		return; /* S12, S13 or S16 */
	}
	uint32_t now = application_bit(party_state(j, applicant), target);
	uint32_t then = application_bit(party_state_on(j, applicant, j->own.valid.latest), target);

	if (now != then || (statuses & now) == 0) {
		(void)finding_broken(j, "content.application");
	}
}

/* Whatever targets an act whose effect was taken away has nothing to work on. */
static void target_voided(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	const struct act *target;

	if (judgement_target(j, &target) && target->voided.sort != ACT_VOID_NOT &&
	    targets_of(j, targets) > 0 && targets[0].fits != NULL &&
	    targets[0].fits(target->kind)) {
		(void)finding_broken(j, targets[0].path);
	}
}

/* A seal that was lifted is lifted no more, and shuts nothing that could be opened. */
static void seal_in_force(struct judgement *j)
{
	const struct act *seal;
	bool stands;

	if (judgement_target(j, &seal) &&
	    (seal->kind->id == KIND_SEAL ||
	     (seal->kind->id == KIND_ADOPTION &&
	      j->event->content->kind_case == CONTENT_CASE(SEAL_OPENED))) &&
	    judgement_settle(j, sealing_stands(j->view, &stands, seal->index)) && !stands) {
		(void)finding_broken(j, j->event->content->kind_case == CONTENT_CASE(UNSEAL)
		                                ? "content.unseal.target"
		                                : "content.seal_opened.target");
	}
}

void rule_s14(struct judgement *j)
{
	target_voided(j);
	seal_in_force(j);
	office_acts_in_force(j);
	filiation_in_force(j);
	marriage_in_force(j);
	notice_in_force(j);
	number_acts_in_force(j);
	if (j->event->content->kind_case == CONTENT_CASE(RESIDENCE_ARRIVAL)) {
		release_in_force(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(NATIONALITY_RESTORED)) {
		nationality_in_force(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(CERTIFICATE_WITHDRAWN)) {
		certificate_in_force(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(UNMERGE)) {
		merge_in_force(j);
	} else if (j->event->content->kind_case == CONTENT_CASE(DUPLICATE_SUSPECTED) ||
	           j->event->content->kind_case == CONTENT_CASE(DUPLICATE_CLEARED)) {
		pair_in_force(j);
	} else if (j->kind != NULL &&
	           j->kind->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_IDENTITY) {
		identity_paper_in_force(j);
	} else {
		document_in_force(j);
	}
	for (size_t i = 0; i < sizeof(application_verbs) / sizeof(application_verbs[0]); i++) {
		if (application_verbs[i].verb == j->event->content->kind_case) {
			application_in_force(j, application_verbs[i].statuses);
		}
	}
}

/* The address that every resident has now. */
static void old_address(struct judgement *j, const Civil__V1__Address *told)
{
	for (size_t i = 0; told != NULL && i < j->own.party_count; i++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[i]);

		if (state != NULL &&
		    (state->residence == NULL || state->residence->address == NULL ||
		     !message_equal(&told->base, &state->residence->address->base))) {
			(void)finding_broken(j, "content.address_changed.old_address");
			return;
		}
	}
}

/* The name that is registered now. */
static void old_name(struct judgement *j, const Civil__V1__Name *told)
{
	struct party *holder = matter_party(&j->own, SUBJECT(HOLDER));
	const Civil__V1__PersonState *state = holder == NULL ? NULL : party_state(j, holder);
	const Civil__V1__Name *now = state == NULL ? NULL : standing_name(state);

	if (told != NULL && state != NULL &&
	    (now == NULL || !message_equal(&told->base, &now->base))) {
		(void)finding_broken(j, "content.name_change.old_name");
	}
}

void rule_s19(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	const struct act *target;

	if (content->kind_case == CONTENT_CASE(ADDRESS_CHANGED)) {
		old_address(j, content->address_changed->old_address);
	} else if (content->kind_case == CONTENT_CASE(NAME_CHANGE)) {
		old_name(j, content->name_change->old_name);
	}
	if (content->kind_case != CONTENT_CASE(CORRECTION) || !judgement_target(j, &target) ||
	    target->message == NULL) {
		return; /* S12 or S13 */
	}
	for (size_t i = 0; i < content->correction->n_changes; i++) {
		const Civil__V1__FieldChange *change = content->correction->changes[i];
		Civil__V1__FieldValue *now;
		enum status status =
		        field_path_read(&now, target->content, change->path, j->view->arena);

		if (status == STATUS_INVALID) {
			continue; /* S07: no such field */
		}
		if (judgement_settle(j, status) && !field_value_equal(now, change->old_value)) {
			Civil__V1__RuleFinding *finding =
			        finding_broken(j, "content.correction.changes");

			finding_fact(j, finding, "field", "%s", change->path);
		}
	}
}
