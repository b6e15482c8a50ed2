/* The rows of the table of kinds, one file per family; ledger/event/kind.c looks them up.
 *
 * Included by the row files and kind.c only. The letters are those of the catalogue, section E. */
#ifndef LEDGER_EVENT_KIND_ROWS_H
#define LEDGER_EVENT_KIND_ROWS_H

#include "ledger/base/limits.h"
#include "ledger/event/kind.h"

#include "civil/v1/governance.pb-c.h"

#define OFFICER(role)   ROLE_BIT(CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##role)
#define SUBJECT(role)   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##role
#define STEP(step)      CIVIL__V1__EVENT_STEP__EVENT_STEP_##step
#define CLASS(class)    CIVIL__V1__EVENT_CLASS__EVENT_CLASS_##class
#define CONTENT(member) CIVIL__V1__CONTENT__KIND_##member

#define ROLE_N    OFFICER(NOTIFIER)
#define ROLE_K    OFFICER(CLERK)
#define ROLE_R    OFFICER(REGISTRAR)
#define ROLE_P    OFFICER(PROVINCIAL)
#define ROLE_V    (OFFICER(VERIFIER) | ROLE_P) /* a province may stand in for its district */
#define ROLE_G    OFFICER(NATIONAL)
#define ROLE_J    OFFICER(JUDGE)
#define ROLE_CC   OFFICER(COURT_CLERK)
#define ROLE_PC   OFFICER(COMMUNE_POLICE)
#define ROLE_PD   OFFICER(DISTRICT_POLICE)
#define ROLE_IC   OFFICER(ID_CARD)
#define ROLE_PP   OFFICER(PASSPORT)
#define ROLE_IM   OFFICER(IMMIGRATION)
#define ROLE_HC   OFFICER(HEALTH_CODER)
#define ROLE_NA   OFFICER(NATIONALITY)
#define ROLE_NODE OFFICER(NODE)

/* The one seat of most kinds of profile 1. */
#define SEAT_REGISTERED(set, how_far)                                                              \
	{                                                                                          \
		STEP(REGISTERED), set, how_far, SEAT_ALWAYS                                        \
	}

extern const struct kind kind_row_birth;
extern const struct kind kind_row_foetal_death;
extern const struct kind kind_row_death;
extern const struct kind kind_row_death_revoked;
extern const struct kind kind_row_cause_coded;
extern const struct kind kind_row_disappearance;
extern const struct kind kind_row_presumed_death;
extern const struct kind kind_row_marriage_notice;
extern const struct kind kind_row_marriage;
extern const struct kind kind_row_divorce;
extern const struct kind kind_row_objection;
extern const struct kind kind_row_objection_resolved;
extern const struct kind kind_row_annulment;
extern const struct kind kind_row_separation;
extern const struct kind kind_row_reconciliation;
extern const struct kind kind_row_marriage_resolved;
extern const struct kind kind_row_recognition;
extern const struct kind kind_row_parentage_disputed;
extern const struct kind kind_row_parentage_set;
extern const struct kind kind_row_legitimation;
extern const struct kind kind_row_adoption;
extern const struct kind kind_row_adoption_revoked;
extern const struct kind kind_row_guardianship_set;
extern const struct kind kind_row_guardianship_ended;
extern const struct kind kind_row_capacity_set;
extern const struct kind kind_row_name_change;
extern const struct kind kind_row_residence_unit_opened;
extern const struct kind kind_row_residence_departure;
extern const struct kind kind_row_residence_arrival;
extern const struct kind kind_row_residence_unit_closed;
extern const struct kind kind_row_temporary_residence;
extern const struct kind kind_row_address_changed;
extern const struct kind kind_row_address_protection_set;
extern const struct kind kind_row_address_protection_lifted;
extern const struct kind kind_row_emigration;
extern const struct kind kind_row_immigration_return;
extern const struct kind kind_row_family_book_opened;
extern const struct kind kind_row_family_book_member_added;
extern const struct kind kind_row_family_book_member_removed;
extern const struct kind kind_row_family_book_head_changed;
extern const struct kind kind_row_family_book_split;
extern const struct kind kind_row_family_book_merged;
extern const struct kind kind_row_family_book_replaced;
extern const struct kind kind_row_family_book_closed;
extern const struct kind kind_row_number_allocated;
extern const struct kind kind_row_number_closed;
extern const struct kind kind_row_block_reserved;
extern const struct kind kind_row_block_returned;
extern const struct kind kind_row_id_card_applied;
extern const struct kind kind_row_id_card_issued;
extern const struct kind kind_row_id_card_delivered;
extern const struct kind kind_row_id_card_renewed;
extern const struct kind kind_row_id_card_replaced;
extern const struct kind kind_row_id_card_lost;
extern const struct kind kind_row_id_card_stolen;
extern const struct kind kind_row_id_card_found;
extern const struct kind kind_row_id_card_suspended;
extern const struct kind kind_row_id_card_resumed;
extern const struct kind kind_row_id_card_revoked;
extern const struct kind kind_row_passport_applied;
extern const struct kind kind_row_passport_issued;
extern const struct kind kind_row_passport_delivered;
extern const struct kind kind_row_passport_renewed;
extern const struct kind kind_row_passport_replaced;
extern const struct kind kind_row_passport_lost;
extern const struct kind kind_row_passport_stolen;
extern const struct kind kind_row_passport_found;
extern const struct kind kind_row_passport_suspended;
extern const struct kind kind_row_passport_resumed;
extern const struct kind kind_row_passport_revoked;
extern const struct kind kind_row_permit_applied;
extern const struct kind kind_row_permit_issued;
extern const struct kind kind_row_permit_delivered;
extern const struct kind kind_row_permit_renewed;
extern const struct kind kind_row_permit_replaced;
extern const struct kind kind_row_permit_lost;
extern const struct kind kind_row_permit_stolen;
extern const struct kind kind_row_permit_found;
extern const struct kind kind_row_permit_suspended;
extern const struct kind kind_row_permit_resumed;
extern const struct kind kind_row_permit_revoked;
extern const struct kind kind_row_certificate_issued;
extern const struct kind kind_row_certificate_withdrawn;
extern const struct kind kind_row_nationality_acquired;
extern const struct kind kind_row_nationality_renounced;
extern const struct kind kind_row_nationality_lost;
extern const struct kind kind_row_nationality_restored;
extern const struct kind kind_row_statelessness_found;
extern const struct kind kind_row_correction;
extern const struct kind kind_row_revocation;
extern const struct kind kind_row_reinstatement;
extern const struct kind kind_row_court_decision;
extern const struct kind kind_row_dispute_opened;
extern const struct kind kind_row_dispute_closed;
extern const struct kind kind_row_legal_hold_set;
extern const struct kind kind_row_legal_hold_lifted;
extern const struct kind kind_row_seal;
extern const struct kind kind_row_unseal;
extern const struct kind kind_row_seal_opened;
extern const struct kind kind_row_content_erased;
extern const struct kind kind_row_legacy_digitised;
extern const struct kind kind_row_legacy_verified;
extern const struct kind kind_row_legacy_linked;
extern const struct kind kind_row_merge;
extern const struct kind kind_row_unmerge;
extern const struct kind kind_row_duplicate_suspected;
extern const struct kind kind_row_duplicate_cleared;
extern const struct kind kind_row_legacy_rejected;
extern const struct kind kind_row_foreigner_enrolled;
extern const struct kind kind_row_false_identity;
extern const struct kind kind_row_proof_of_life;
extern const struct kind kind_row_application_submitted;
extern const struct kind kind_row_application_processing;
extern const struct kind kind_row_application_ready;
extern const struct kind kind_row_application_delivered;
extern const struct kind kind_row_application_refused;
extern const struct kind kind_row_application_withdrawn;
extern const struct kind kind_row_genesis;
extern const struct kind kind_row_office_opened;
extern const struct kind kind_row_office_closed;
extern const struct kind kind_row_officer_enrolled;
extern const struct kind kind_row_officer_suspended;
extern const struct kind kind_row_officer_key_compromised;
extern const struct kind kind_row_office_merged;
extern const struct kind kind_row_officer_scope_changed;
extern const struct kind kind_row_officer_key_rotated;
extern const struct kind kind_row_officer_retired;
extern const struct kind kind_row_institution_authorised;
extern const struct kind kind_row_institution_revoked;
extern const struct kind kind_row_codelist_published;
extern const struct kind kind_row_node_admitted;
extern const struct kind kind_row_node_retired;
extern const struct kind kind_row_access_anchor;
extern const struct kind kind_row_checkpoint_epoch;
extern const struct kind kind_row_disclosure;
extern const struct kind kind_row_gazetteer_published;
extern const struct kind kind_row_ruleset_published;

#endif
