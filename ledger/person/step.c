#include "ledger/person/step.h"

#include "ledger/base/assert.h"

#define DOCUMENT_VERB                                                                              \
	{                                                                                          \
		.apply = step_document_status, .anchor = step_document_anchor                      \
	}

#define APPLICATION_VERB                                                                           \
	{                                                                                          \
		.apply = step_application_moved, .anchor = step_application_anchor                 \
	}

/* Cards, passports and permits go through the same verbs. */
#define DOCUMENT_VERBS(class_name)                                                                 \
	[KIND_##class_name##_APPLIED] = { .apply = step_document_applied },                        \
	[KIND_##class_name##                                                                       \
	        _ISSUED] = { .apply = step_document_issued, .anchor = step_document_anchor },      \
	[KIND_##class_name##_DELIVERED] = DOCUMENT_VERB,                                           \
	[KIND_##class_name##                                                                       \
	        _RENEWED] = { .apply = step_document_renewed, .anchor = step_document_anchor },    \
	[KIND_##class_name##                                                                       \
	        _REPLACED] = { .apply = step_document_replaced, .anchor = step_document_anchor },  \
	[KIND_##class_name##_LOST] = DOCUMENT_VERB, [KIND_##class_name##_STOLEN] = DOCUMENT_VERB,  \
	[KIND_##class_name##_FOUND] = DOCUMENT_VERB,                                               \
	[KIND_##class_name##_SUSPENDED] = DOCUMENT_VERB,                                           \
	[KIND_##class_name##_RESUMED] = DOCUMENT_VERB,                                             \
	[KIND_##class_name##_REVOKED] = DOCUMENT_VERB

static const struct step steps[KINDS] = {
	[KIND_BIRTH] = { .apply = step_birth,
	                 .remains = step_birth_remains,
	                 .closing = step_birth_closing },
	[KIND_FOETAL_DEATH] = { .apply = step_foetal_death },
	[KIND_DEATH] = { .apply = step_death,
	                 .follow = step_death_documents,
	                 .follow_day = step_death_documents_day,
	                 .anchor = step_death_anchor,
	                 .remains = step_death_remains,
	                 .follow_remains = true },
	[KIND_PRESUMED_DEATH] = { .apply = step_presumed_death,
	                          .follow = step_death_documents,
	                          .follow_day = step_death_documents_day,
	                          .anchor = step_death_anchor,
	                          .remains = step_death_remains,
	                          .follow_remains = true },
	[KIND_DISAPPEARANCE] = { .apply = step_disappearance },
	[KIND_MARRIAGE_NOTICE] = { .apply = step_marriage_notice },
	[KIND_MARRIAGE] = { .apply = step_marriage,
	                    .follow = step_marriage_ended,
	                    .follow_day = step_marriage_ended_day,
	                    .end = step_marriage_revoked },
	[KIND_DIVORCE] = { .apply = step_divorce, .anchor = step_union_anchor },
	[KIND_OBJECTION] = { .apply = step_objection, .anchor = step_objection_anchor },
	[KIND_OBJECTION_RESOLVED] = { .apply = step_objection_resolved,
	                              .anchor = step_objection_anchor },
	[KIND_ANNULMENT] = { .apply = step_annulment, .anchor = step_union_anchor },
	[KIND_SEPARATION] = { .apply = step_separation, .anchor = step_union_anchor },
	[KIND_RECONCILIATION] = { .apply = step_reconciliation, .anchor = step_union_anchor },
	[KIND_MARRIAGE_RESOLVED] = { .apply = step_marriage_resolved, .anchor = step_union_anchor },
	[KIND_RECOGNITION] = { .apply = step_recognition },
	[KIND_PARENTAGE_DISPUTED] = { .apply = step_parentage_disputed },
	[KIND_PARENTAGE_SET] = { .apply = step_parentage_set },
	[KIND_LEGITIMATION] = { .apply = step_legitimation },
	[KIND_ADOPTION] = { .apply = step_adoption },
	[KIND_ADOPTION_REVOKED] = { .apply = step_adoption_revoked,
	                            .anchor = step_adoption_anchor },
	[KIND_GUARDIANSHIP_SET] = { .apply = step_guardianship_set },
	[KIND_GUARDIANSHIP_ENDED] = { .apply = step_guardianship_ended,
	                              .anchor = step_guardianship_anchor },
	[KIND_CAPACITY_SET] = { .apply = step_capacity_set },
	[KIND_NAME_CHANGE] = { .apply = step_name_change },
	[KIND_RESIDENCE_DEPARTURE] = { .apply = step_residence_departure },
	[KIND_RESIDENCE_ARRIVAL] = { .apply = step_residence_arrival },
	[KIND_TEMPORARY_RESIDENCE] = { .apply = step_temporary_residence },
	[KIND_ADDRESS_CHANGED] = { .apply = step_address_changed },
	[KIND_ADDRESS_PROTECTION_SET] = { .apply = step_address_protection_set },
	[KIND_ADDRESS_PROTECTION_LIFTED] = { .apply = step_address_protection_lifted },
	[KIND_EMIGRATION] = { .apply = step_emigration },
	[KIND_IMMIGRATION_RETURN] = { .apply = step_immigration_return },
	[KIND_FAMILY_BOOK_OPENED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_MEMBER_ADDED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_MEMBER_REMOVED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_HEAD_CHANGED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_SPLIT] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_MERGED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_REPLACED] = { .apply = step_family_book },
	[KIND_FAMILY_BOOK_CLOSED] = { .apply = step_family_book },
	[KIND_APPLICATION_SUBMITTED] = { .apply = step_application_submitted },
	[KIND_APPLICATION_PROCESSING] = APPLICATION_VERB,
	[KIND_APPLICATION_READY] = APPLICATION_VERB,
	[KIND_APPLICATION_DELIVERED] = APPLICATION_VERB,
	[KIND_APPLICATION_REFUSED] = APPLICATION_VERB,
	[KIND_APPLICATION_WITHDRAWN] = APPLICATION_VERB,
	[KIND_LEGAL_HOLD_SET] = { .apply = step_legal_hold_set },
	[KIND_LEGAL_HOLD_LIFTED] = { .apply = step_legal_hold_lifted,
	                             .anchor = step_legal_hold_lifted_anchor },
	[KIND_NUMBER_ALLOCATED] = { .apply = step_number_allocated },
	[KIND_NUMBER_CLOSED] = { .apply = step_number_closed },
	DOCUMENT_VERBS(ID_CARD),
	DOCUMENT_VERBS(PASSPORT),
	DOCUMENT_VERBS(PERMIT),
	[KIND_CERTIFICATE_ISSUED] = { .apply = step_certificate_issued },
	[KIND_CERTIFICATE_WITHDRAWN] = { .apply = step_certificate_withdrawn,
	                                 .anchor = step_certificate_anchor },
	[KIND_MERGE] = { .apply = step_merge },
	[KIND_DUPLICATE_SUSPECTED] = { .apply = step_duplicate_suspected },
	[KIND_DUPLICATE_CLEARED] = { .apply = step_duplicate_cleared },
	[KIND_NATIONALITY_ACQUIRED] = { .apply = step_nationality_acquired },
	[KIND_NATIONALITY_RENOUNCED] = { .apply = step_nationality_ended },
	[KIND_NATIONALITY_LOST] = { .apply = step_nationality_ended },
	[KIND_NATIONALITY_RESTORED] = { .apply = step_nationality_restored,
	                                .anchor = step_nationality_anchor },
	[KIND_STATELESSNESS_FOUND] = { .apply = step_statelessness_found },
	[KIND_FOREIGNER_ENROLLED] = { .apply = step_foreigner_enrolled },
	[KIND_FALSE_IDENTITY] = { .apply = step_false_identity,
	                          .follow = step_false_identity_documents,
	                          .follow_day = step_false_identity_day },
	[KIND_PROOF_OF_LIFE] = { .apply = step_proof_of_life },
};

const struct step *step_of_kind(enum kind_id kind)
{
	ASSERT((size_t)kind < KINDS);
	return &steps[kind];
}
