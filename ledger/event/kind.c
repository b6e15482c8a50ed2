#include "ledger/event/kind.h"

#include "ledger/base/assert.h"
#include "ledger/event/kind_rows.h"
#include "ledger/event/message.h"
#include "ledger/event/partial_date.h"

static const struct kind *const rows[KINDS] = {
	[KIND_BIRTH] = &kind_row_birth,
	[KIND_FOETAL_DEATH] = &kind_row_foetal_death,
	[KIND_DEATH] = &kind_row_death,
	[KIND_DEATH_REVOKED] = &kind_row_death_revoked,
	[KIND_CAUSE_CODED] = &kind_row_cause_coded,
	[KIND_DISAPPEARANCE] = &kind_row_disappearance,
	[KIND_PRESUMED_DEATH] = &kind_row_presumed_death,
	[KIND_MARRIAGE_NOTICE] = &kind_row_marriage_notice,
	[KIND_MARRIAGE] = &kind_row_marriage,
	[KIND_DIVORCE] = &kind_row_divorce,
	[KIND_OBJECTION] = &kind_row_objection,
	[KIND_OBJECTION_RESOLVED] = &kind_row_objection_resolved,
	[KIND_ANNULMENT] = &kind_row_annulment,
	[KIND_SEPARATION] = &kind_row_separation,
	[KIND_RECONCILIATION] = &kind_row_reconciliation,
	[KIND_MARRIAGE_RESOLVED] = &kind_row_marriage_resolved,
	[KIND_RECOGNITION] = &kind_row_recognition,
	[KIND_PARENTAGE_DISPUTED] = &kind_row_parentage_disputed,
	[KIND_PARENTAGE_SET] = &kind_row_parentage_set,
	[KIND_LEGITIMATION] = &kind_row_legitimation,
	[KIND_ADOPTION] = &kind_row_adoption,
	[KIND_ADOPTION_REVOKED] = &kind_row_adoption_revoked,
	[KIND_GUARDIANSHIP_SET] = &kind_row_guardianship_set,
	[KIND_GUARDIANSHIP_ENDED] = &kind_row_guardianship_ended,
	[KIND_CAPACITY_SET] = &kind_row_capacity_set,
	[KIND_NAME_CHANGE] = &kind_row_name_change,
	[KIND_RESIDENCE_UNIT_OPENED] = &kind_row_residence_unit_opened,
	[KIND_RESIDENCE_DEPARTURE] = &kind_row_residence_departure,
	[KIND_RESIDENCE_ARRIVAL] = &kind_row_residence_arrival,
	[KIND_RESIDENCE_UNIT_CLOSED] = &kind_row_residence_unit_closed,
	[KIND_TEMPORARY_RESIDENCE] = &kind_row_temporary_residence,
	[KIND_ADDRESS_CHANGED] = &kind_row_address_changed,
	[KIND_ADDRESS_PROTECTION_SET] = &kind_row_address_protection_set,
	[KIND_ADDRESS_PROTECTION_LIFTED] = &kind_row_address_protection_lifted,
	[KIND_EMIGRATION] = &kind_row_emigration,
	[KIND_IMMIGRATION_RETURN] = &kind_row_immigration_return,
	[KIND_FAMILY_BOOK_OPENED] = &kind_row_family_book_opened,
	[KIND_FAMILY_BOOK_MEMBER_ADDED] = &kind_row_family_book_member_added,
	[KIND_FAMILY_BOOK_MEMBER_REMOVED] = &kind_row_family_book_member_removed,
	[KIND_FAMILY_BOOK_HEAD_CHANGED] = &kind_row_family_book_head_changed,
	[KIND_FAMILY_BOOK_SPLIT] = &kind_row_family_book_split,
	[KIND_FAMILY_BOOK_MERGED] = &kind_row_family_book_merged,
	[KIND_FAMILY_BOOK_REPLACED] = &kind_row_family_book_replaced,
	[KIND_FAMILY_BOOK_CLOSED] = &kind_row_family_book_closed,
	[KIND_NUMBER_ALLOCATED] = &kind_row_number_allocated,
	[KIND_NUMBER_CLOSED] = &kind_row_number_closed,
	[KIND_BLOCK_RESERVED] = &kind_row_block_reserved,
	[KIND_BLOCK_RETURNED] = &kind_row_block_returned,
	[KIND_ID_CARD_APPLIED] = &kind_row_id_card_applied,
	[KIND_ID_CARD_ISSUED] = &kind_row_id_card_issued,
	[KIND_ID_CARD_DELIVERED] = &kind_row_id_card_delivered,
	[KIND_ID_CARD_RENEWED] = &kind_row_id_card_renewed,
	[KIND_ID_CARD_REPLACED] = &kind_row_id_card_replaced,
	[KIND_ID_CARD_LOST] = &kind_row_id_card_lost,
	[KIND_ID_CARD_STOLEN] = &kind_row_id_card_stolen,
	[KIND_ID_CARD_FOUND] = &kind_row_id_card_found,
	[KIND_ID_CARD_SUSPENDED] = &kind_row_id_card_suspended,
	[KIND_ID_CARD_RESUMED] = &kind_row_id_card_resumed,
	[KIND_ID_CARD_REVOKED] = &kind_row_id_card_revoked,
	[KIND_PASSPORT_APPLIED] = &kind_row_passport_applied,
	[KIND_PASSPORT_ISSUED] = &kind_row_passport_issued,
	[KIND_PASSPORT_DELIVERED] = &kind_row_passport_delivered,
	[KIND_PASSPORT_RENEWED] = &kind_row_passport_renewed,
	[KIND_PASSPORT_REPLACED] = &kind_row_passport_replaced,
	[KIND_PASSPORT_LOST] = &kind_row_passport_lost,
	[KIND_PASSPORT_STOLEN] = &kind_row_passport_stolen,
	[KIND_PASSPORT_FOUND] = &kind_row_passport_found,
	[KIND_PASSPORT_SUSPENDED] = &kind_row_passport_suspended,
	[KIND_PASSPORT_RESUMED] = &kind_row_passport_resumed,
	[KIND_PASSPORT_REVOKED] = &kind_row_passport_revoked,
	[KIND_PERMIT_APPLIED] = &kind_row_permit_applied,
	[KIND_PERMIT_ISSUED] = &kind_row_permit_issued,
	[KIND_PERMIT_DELIVERED] = &kind_row_permit_delivered,
	[KIND_PERMIT_RENEWED] = &kind_row_permit_renewed,
	[KIND_PERMIT_REPLACED] = &kind_row_permit_replaced,
	[KIND_PERMIT_LOST] = &kind_row_permit_lost,
	[KIND_PERMIT_STOLEN] = &kind_row_permit_stolen,
	[KIND_PERMIT_FOUND] = &kind_row_permit_found,
	[KIND_PERMIT_SUSPENDED] = &kind_row_permit_suspended,
	[KIND_PERMIT_RESUMED] = &kind_row_permit_resumed,
	[KIND_PERMIT_REVOKED] = &kind_row_permit_revoked,
	[KIND_CERTIFICATE_ISSUED] = &kind_row_certificate_issued,
	[KIND_CERTIFICATE_WITHDRAWN] = &kind_row_certificate_withdrawn,
	[KIND_NATIONALITY_ACQUIRED] = &kind_row_nationality_acquired,
	[KIND_NATIONALITY_RENOUNCED] = &kind_row_nationality_renounced,
	[KIND_NATIONALITY_LOST] = &kind_row_nationality_lost,
	[KIND_NATIONALITY_RESTORED] = &kind_row_nationality_restored,
	[KIND_STATELESSNESS_FOUND] = &kind_row_statelessness_found,
	[KIND_CORRECTION] = &kind_row_correction,
	[KIND_REVOCATION] = &kind_row_revocation,
	[KIND_REINSTATEMENT] = &kind_row_reinstatement,
	[KIND_COURT_DECISION] = &kind_row_court_decision,
	[KIND_DISPUTE_OPENED] = &kind_row_dispute_opened,
	[KIND_DISPUTE_CLOSED] = &kind_row_dispute_closed,
	[KIND_LEGAL_HOLD_SET] = &kind_row_legal_hold_set,
	[KIND_LEGAL_HOLD_LIFTED] = &kind_row_legal_hold_lifted,
	[KIND_SEAL] = &kind_row_seal,
	[KIND_UNSEAL] = &kind_row_unseal,
	[KIND_SEAL_OPENED] = &kind_row_seal_opened,
	[KIND_CONTENT_ERASED] = &kind_row_content_erased,
	[KIND_LEGACY_DIGITISED] = &kind_row_legacy_digitised,
	[KIND_LEGACY_VERIFIED] = &kind_row_legacy_verified,
	[KIND_LEGACY_LINKED] = &kind_row_legacy_linked,
	[KIND_MERGE] = &kind_row_merge,
	[KIND_UNMERGE] = &kind_row_unmerge,
	[KIND_DUPLICATE_SUSPECTED] = &kind_row_duplicate_suspected,
	[KIND_DUPLICATE_CLEARED] = &kind_row_duplicate_cleared,
	[KIND_LEGACY_REJECTED] = &kind_row_legacy_rejected,
	[KIND_FOREIGNER_ENROLLED] = &kind_row_foreigner_enrolled,
	[KIND_FALSE_IDENTITY] = &kind_row_false_identity,
	[KIND_PROOF_OF_LIFE] = &kind_row_proof_of_life,
	[KIND_APPLICATION_SUBMITTED] = &kind_row_application_submitted,
	[KIND_APPLICATION_PROCESSING] = &kind_row_application_processing,
	[KIND_APPLICATION_READY] = &kind_row_application_ready,
	[KIND_APPLICATION_DELIVERED] = &kind_row_application_delivered,
	[KIND_APPLICATION_REFUSED] = &kind_row_application_refused,
	[KIND_APPLICATION_WITHDRAWN] = &kind_row_application_withdrawn,
	[KIND_GENESIS] = &kind_row_genesis,
	[KIND_OFFICE_OPENED] = &kind_row_office_opened,
	[KIND_OFFICE_CLOSED] = &kind_row_office_closed,
	[KIND_OFFICER_ENROLLED] = &kind_row_officer_enrolled,
	[KIND_OFFICER_SUSPENDED] = &kind_row_officer_suspended,
	[KIND_OFFICER_KEY_COMPROMISED] = &kind_row_officer_key_compromised,
	[KIND_OFFICE_MERGED] = &kind_row_office_merged,
	[KIND_OFFICER_SCOPE_CHANGED] = &kind_row_officer_scope_changed,
	[KIND_OFFICER_KEY_ROTATED] = &kind_row_officer_key_rotated,
	[KIND_OFFICER_RETIRED] = &kind_row_officer_retired,
	[KIND_INSTITUTION_AUTHORISED] = &kind_row_institution_authorised,
	[KIND_INSTITUTION_REVOKED] = &kind_row_institution_revoked,
	[KIND_CODELIST_PUBLISHED] = &kind_row_codelist_published,
	[KIND_NODE_ADMITTED] = &kind_row_node_admitted,
	[KIND_NODE_RETIRED] = &kind_row_node_retired,
	[KIND_ACCESS_ANCHOR] = &kind_row_access_anchor,
	[KIND_CHECKPOINT_EPOCH] = &kind_row_checkpoint_epoch,
	[KIND_DISCLOSURE] = &kind_row_disclosure,
	[KIND_GAZETTEER_PUBLISHED] = &kind_row_gazetteer_published,
	[KIND_RULESET_PUBLISHED] = &kind_row_ruleset_published,
};

const struct kind *kind_of_id(enum kind_id id)
{
	ASSERT((size_t)id < KINDS);
	ASSERT(rows[id]->id == id);
	return rows[id];
}

const struct kind *kind_of_content(Civil__V1__EventClass event_class,
                                   Civil__V1__Content__KindCase content_case)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (rows[i]->event_class == event_class && rows[i]->content_case == content_case) {
			return rows[i];
		}
	}
	return NULL;
}

const struct kind *kind_of_name(const char *name)
{
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(rows[i]->name, name) == 0) {
			return rows[i];
		}
	}
	return NULL;
}

bool kind_is_step_content(Civil__V1__Content__KindCase content_case)
{
	return content_case == CIVIL__V1__CONTENT__KIND_NOTIFICATION ||
	       content_case == CIVIL__V1__CONTENT__KIND_VERIFICATION ||
	       content_case == CIVIL__V1__CONTENT__KIND_REGISTRATION ||
	       content_case == CIVIL__V1__CONTENT__KIND_REFUSAL ||
	       content_case == CIVIL__V1__CONTENT__KIND_WITHDRAWAL;
}

const ProtobufCMessage *kind_message(const Civil__V1__Content *content)
{
	const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field(
	        content->base.descriptor, (unsigned)content->kind_case);

	return field == NULL ? NULL : message_message(&content->base, field, 0);
}

const struct kind *kind_effective(const ProtobufCMessage **message, const struct kind *kind,
                                  const Civil__V1__Content *content)
{
	if (content->kind_case != CIVIL__V1__CONTENT__KIND_LEGACY_LINKED) {
		*message = kind_message(content);
		return kind;
	}

	const Civil__V1__LegacyLinked *linked = content->legacy_linked;
	switch (linked->act_case) {
	case CIVIL__V1__LEGACY_LINKED__ACT_BIRTH:
		*message = &linked->birth->base;
		return &kind_row_birth;
	case CIVIL__V1__LEGACY_LINKED__ACT_DEATH:
		*message = &linked->death->base;
		return &kind_row_death;
	case CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE:
		*message = &linked->marriage->base;
		return &kind_row_marriage;
	case CIVIL__V1__LEGACY_LINKED__ACT__NOT_SET:
	case _CIVIL__V1__LEGACY_LINKED__ACT__CASE_IS_INT_SIZE:
		break;
	}
	*message = NULL;
	return NULL;
}

/* Reads a Date or PartialDate field at `path`. False when it is absent or malformed. */
static bool date_at(struct interval *out, const ProtobufCMessage *message, const char *path,
                    int32_t declared_day)
{
	const ProtobufCMessage *date = message_at(message, path);

	if (date == NULL) {
		return false;
	}
	if (date->descriptor == &civil__v1__partial_date__descriptor) {
		return partial_date_interval(out, (const Civil__V1__PartialDate *)date,
		                             declared_day);
	}
	ASSERT(date->descriptor == &civil__v1__date__descriptor);
	int32_t day;
	if (!partial_date_day(&day, (const Civil__V1__Date *)date)) {
		return false;
	}
	*out = interval_of_day(day);
	return true;
}

bool kind_valid_date(struct interval *out, const struct kind *kind, const ProtobufCMessage *message,
                     int32_t declared_day)
{
	for (const char *const *path = kind->valid_dates; *path != NULL; path++) {
		if (message_at(message, *path) != NULL) {
			return date_at(out, message, *path, declared_day);
		}
	}
	return false;
}

/* The part of a path behind "content.birth.": where it leads from the kind's message. */
static const char *path_in_kind(const char *path)
{
	const char *kind = strchr(path, '.');
	ASSERT(kind != NULL);
	const char *field = strchr(kind + 1, '.');
	ASSERT(field != NULL);
	return field + 1;
}

/* Code and version of a Place or an Address; false when there is no code. */
static bool place_at(struct kind_place *out, const ProtobufCMessage *message, const char *path)
{
	const ProtobufCMessage *found = message_at(message, path_in_kind(path));
	struct kind_place place = { .path = path };

	if (found == NULL) {
		return false;
	}
	if (found->descriptor == &civil__v1__place__descriptor) {
		place.code = ((const Civil__V1__Place *)found)->code;
		place.gazetteer = ((const Civil__V1__Place *)found)->gazetteer;
	} else {
		ASSERT(found->descriptor == &civil__v1__address__descriptor);
		place.code = ((const Civil__V1__Address *)found)->code;
		place.gazetteer = ((const Civil__V1__Address *)found)->gazetteer;
	}
	if (place.code[0] == '\0') {
		return false;
	}
	*out = place;
	return true;
}

size_t kind_tested_places(struct kind_place out[KIND_PLACES_MAX], const struct kind *kind,
                          const ProtobufCMessage *message)
{
	static const char *const notified[] = { "content.notification.place", NULL };
	const bool is_notification = message->descriptor == &civil__v1__notification__descriptor;
	const char *const *paths = is_notification ? notified : kind->places;
	size_t count = 0;

	for (; *paths != NULL; paths++) {
		if (place_at(&out[count], message, *paths)) {
			count++;
		}
	}
	ASSERT(count <= KIND_PLACES_MAX);
	return count;
}
