#include "ledger/rules/target.h"

#include "ledger/authority/scope.h"
#include "ledger/base/limits.h"
#include "ledger/person/step.h"
#include "ledger/rules/target_fits.h"

static struct bytes bytes_of_field(const ProtobufCBinaryData *field)
{
	return bytes_of(field->data, field->len);
}

struct target_list {
	struct target *item;
	size_t count;
};

static void add(struct target_list *list, const ProtobufCBinaryData *field, const char *path,
                bool (*fits)(const struct kind *kind))
{
	if (field->len > 0 && list->count < TARGETS_MAX) {
		list->item[list->count] = (struct target){ bytes_of_field(field), path, fits };
		list->count++;
	}
}

static void of_correction(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->correction->target, "content.correction.target", fits_correctable);
}

static void of_death_revoked(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->death_revoked->target, "content.death_revoked.target",
	    fits_end_of_life);
}

static void of_cause_coded(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->cause_coded->target, "content.cause_coded.target", fits_death);
}

static void of_revocation(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->revocation->target, "content.revocation.target", fits_revocable);
}

static void of_reinstatement(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->reinstatement->target, "content.reinstatement.target", fits_revocation);
}

static void of_hold_lifted(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->legal_hold_lifted->target, "content.legal_hold_lifted.target",
	    fits_hold);
}

static void of_unseal(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->unseal->target, "content.unseal.target", fits_seal);
}

static void of_opened(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->seal_opened->target, "content.seal_opened.target", fits_sealing);
}

static void of_erased(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->content_erased->target, "content.content_erased.target", fits_erasable);
	add(list, &content->content_erased->decision, "content.content_erased.decision",
	    fits_court_decision);
}

static void add_all(struct target_list *list, const ProtobufCBinaryData *fields, size_t count,
                    const char *path)
{
	for (size_t i = 0; i < count; i++) {
		add(list, &fields[i], path, NULL);
	}
}

static void of_dispute_opened(struct target_list *list, const Civil__V1__Content *content)
{
	add_all(list, content->dispute_opened->targets, content->dispute_opened->n_targets,
	        "content.dispute_opened.targets");
}

static void of_dispute_closed(struct target_list *list, const Civil__V1__Content *content)
{
	add_all(list, content->dispute_closed->targets, content->dispute_closed->n_targets,
	        "content.dispute_closed.targets");
}

static void of_seal(struct target_list *list, const Civil__V1__Content *content)
{
	add_all(list, content->seal->targets, content->seal->n_targets, "content.seal.targets");
}

static void of_hold_set(struct target_list *list, const Civil__V1__Content *content)
{
	add_all(list, content->legal_hold_set->targets, content->legal_hold_set->n_targets,
	        "content.legal_hold_set.targets");
}

static void of_arrival(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->residence_arrival->release, "content.residence_arrival.release",
	    fits_departure);
}

static void of_application(struct target_list *list, const Civil__V1__Content *content)
{
	struct bytes target = application_target(content);

	if (target.size > 0 && list->count < TARGETS_MAX) {
		list->item[list->count] =
		        (struct target){ target, "content.application", fits_application };
		list->count++;
	}
}

static void of_decision(struct target_list *list, const Civil__V1__Content *content)
{
	const Civil__V1__CourtDecision *decision = content->court_decision;

	for (size_t i = 0; i < decision->n_orders; i++) {
		add_all(list, decision->orders[i]->targets, decision->orders[i]->n_targets,
		        "content.court_decision.orders.targets");
	}
}

static void of_certificate(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->certificate_issued->act, "content.certificate_issued.act",
	    fits_certifiable);
}

static void of_withdrawal(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->certificate_withdrawn->target, "content.certificate_withdrawn.target",
	    fits_certificate);
}

static void of_merge(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->merge->decision, "content.merge.decision", fits_court_decision);
}

static void of_unmerge(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->unmerge->target, "content.unmerge.target", fits_merge);
}

static void of_restored(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->nationality_restored->target, "content.nationality_restored.target",
	    fits_end_of_nationality);
}

static void of_renounced(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->nationality_renounced->statelessness,
	    "content.nationality_renounced.statelessness", fits_statelessness);
}

static void of_lost(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->nationality_lost->statelessness,
	    "content.nationality_lost.statelessness", fits_statelessness);
}

static void of_verified(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->legacy_verified->digitised, "content.legacy_verified.digitised",
	    fits_digitised);
}

static void of_rejected(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->legacy_rejected->act, "content.legacy_rejected.act", fits_paper);
}

static void of_linked(struct target_list *list, const Civil__V1__Content *content)
{
	add(list, &content->legacy_linked->verified, "content.legacy_linked.verified",
	    fits_verified);
}

static const struct {
	Civil__V1__Content__KindCase content;
	void (*targets)(struct target_list *list, const Civil__V1__Content *content);
} sources[] = {
	{ CONTENT_CASE(DEATH_REVOKED), of_death_revoked },
	{ CONTENT_CASE(CAUSE_CODED), of_cause_coded },
	{ CONTENT_CASE(CORRECTION), of_correction },
	{ CONTENT_CASE(REVOCATION), of_revocation },
	{ CONTENT_CASE(REINSTATEMENT), of_reinstatement },
	{ CONTENT_CASE(DISPUTE_OPENED), of_dispute_opened },
	{ CONTENT_CASE(DISPUTE_CLOSED), of_dispute_closed },
	{ CONTENT_CASE(LEGAL_HOLD_SET), of_hold_set },
	{ CONTENT_CASE(LEGAL_HOLD_LIFTED), of_hold_lifted },
	{ CONTENT_CASE(SEAL), of_seal },
	{ CONTENT_CASE(UNSEAL), of_unseal },
	{ CONTENT_CASE(SEAL_OPENED), of_opened },
	{ CONTENT_CASE(CONTENT_ERASED), of_erased },
	{ CONTENT_CASE(RESIDENCE_ARRIVAL), of_arrival },
	{ CONTENT_CASE(CERTIFICATE_ISSUED), of_certificate },
	{ CONTENT_CASE(CERTIFICATE_WITHDRAWN), of_withdrawal },
	{ CONTENT_CASE(MERGE), of_merge },
	{ CONTENT_CASE(UNMERGE), of_unmerge },
	{ CONTENT_CASE(NATIONALITY_RENOUNCED), of_renounced },
	{ CONTENT_CASE(NATIONALITY_LOST), of_lost },
	{ CONTENT_CASE(NATIONALITY_RESTORED), of_restored },
	{ CONTENT_CASE(COURT_DECISION), of_decision },
	{ CONTENT_CASE(LEGACY_VERIFIED), of_verified },
	{ CONTENT_CASE(APPLICATION_PROCESSING), of_application },
	{ CONTENT_CASE(APPLICATION_READY), of_application },
	{ CONTENT_CASE(APPLICATION_DELIVERED), of_application },
	{ CONTENT_CASE(APPLICATION_REFUSED), of_application },
	{ CONTENT_CASE(APPLICATION_WITHDRAWN), of_application },
	{ CONTENT_CASE(LEGACY_LINKED), of_linked },
	{ CONTENT_CASE(LEGACY_REJECTED), of_rejected },
};

size_t targets_of(struct judgement *j, struct target out[TARGETS_MAX])
{
	struct target_list list = { .item = out };

	list.count = targets_by_field(j->event->content, out);
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (sources[i].content == j->event->content->kind_case) {
			sources[i].targets(&list, j->event->content);
		}
	}
	return list.count;
}

const struct kind *target_kind(struct judgement *j, const struct stored_record *record)
{
	const ProtobufCMessage *message;
	struct act act;

	if (record->event.header->step != STEP(REGISTERED) || record->event.content == NULL) {
		return NULL;
	}
	if (record->event.kind != NULL) {
		return kind_effective(&message, record->event.kind, record->event.content);
	}
	return judgement_settle(j, acts_find(j->view, &act, bytes_of_hash(&record->event.id)))
	               ? act.kind
	               : NULL;
}

/* Content of the record with this event id when it is of this case; NULL otherwise. */
static const Civil__V1__Content *content_of(struct judgement *j, struct bytes event_id,
                                            Civil__V1__Content__KindCase content_case)
{
	struct stored_record record;

	if (event_id.size != HASH_BYTES ||
	    !judgement_settle(j, view_record_by_event(j->view, &record, event_id)) ||
	    record.event.content == NULL || record.event.content->kind_case != content_case) {
		return NULL;
	}
	return record.event.content;
}

const Civil__V1__LegacyDigitised *target_digitised(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;

	if (content->kind_case == CONTENT_CASE(LEGACY_LINKED)) {
		content = content_of(j, bytes_of_field(&content->legacy_linked->verified),
		                     CONTENT_CASE(LEGACY_VERIFIED));
	}
	if (content == NULL || content->kind_case != CONTENT_CASE(LEGACY_VERIFIED)) {
		return NULL;
	}
	content = content_of(j, bytes_of_field(&content->legacy_verified->digitised),
	                     CONTENT_CASE(LEGACY_DIGITISED));
	return content == NULL ? NULL : content->legacy_digitised;
}

bool target_officer(struct judgement *j, struct officer_key *officer)
{
	const Civil__V1__Content *content = j->event->content;
	struct bytes key = { 0 };

	if (content->kind_case == CONTENT_CASE(OFFICER_SUSPENDED)) {
		key = bytes_of_field(&content->officer_suspended->public_key);
	} else if (content->kind_case == CONTENT_CASE(OFFICER_KEY_COMPROMISED)) {
		key = bytes_of_field(&content->officer_key_compromised->public_key);
	} else if (content->kind_case == CONTENT_CASE(OFFICER_SCOPE_CHANGED)) {
		key = bytes_of_field(&content->officer_scope_changed->public_key);
	} else if (content->kind_case == CONTENT_CASE(OFFICER_KEY_ROTATED)) {
		key = bytes_of_field(&content->officer_key_rotated->public_key);
	} else if (content->kind_case == CONTENT_CASE(OFFICER_RETIRED)) {
		key = bytes_of_field(&content->officer_retired->public_key);
	}
	if (key.size == 0 || !judgement_settle(j, authority_key(j->view, officer, key))) {
		return false;
	}
	scope_on(officer, j->recorded_day);
	return true;
}
