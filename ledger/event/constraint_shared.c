/* Field rows of common.proto and of Content itself. */
#include "ledger/event/constraint_table.h"

static const struct field_row name_rows[] = {
	OPTIONAL("km_surname", FORM_NAME_KHMER),
	OPTIONAL("km_given", FORM_NAME_KHMER),
	OPTIONAL("latin_surname", FORM_NAME_LATIN),
	OPTIONAL("latin_given", FORM_NAME_LATIN),
	OPTIONAL("order", FORM_ENUM),
	OPTIONAL("other_script", FORM_NAME_OTHER),
};

/* The Khmer given name is mandatory by rule S08, not S07. */
static void check_name(struct checking *checking, const struct position *position,
                       const ProtobufCMessage *message)
{
	const Civil__V1__Name *name = (const Civil__V1__Name *)message;

	if (name->km_given[0] == '\0') {
		constraint_report(checking, position, "km_given", RULE_S08, "is missing");
	}
}

const struct table table_name = TABLE(name, name_rows, check_name);

static const struct field_row place_rows[] = {
	OPTIONAL("code", FORM_AREA),
	OPTIONAL("gazetteer", FORM_VERSION),
	OPTIONAL_TEXT("detail", TEXT_LINE_MAX),
	OPTIONAL_TEXT("name_as_written", TEXT_LINE_MAX),
	OPTIONAL("country", FORM_COUNTRY),
	OPTIONAL_TEXT("text", TEXT_LINE_MAX),
	OPTIONAL("facility", FORM_DOCUMENT_NUMBER),
};

/* An area with its version, or a country with what is written there. */
static void check_place(struct checking *checking, const struct position *position,
                        const ProtobufCMessage *message)
{
	const Civil__V1__Place *place = (const Civil__V1__Place *)message;

	if (place->code[0] != '\0') {
		if (place->gazetteer[0] == '\0') {
			constraint_report(checking, position, "gazetteer", RULE_S07,
			                  "is missing: a code is of a version");
		}
		if (place->country[0] != '\0') {
			constraint_report(checking, position, "country", RULE_S07,
			                  "does not go with a code");
		}
		return;
	}
	if (place->gazetteer[0] != '\0') {
		constraint_report(checking, position, "gazetteer", RULE_S07,
		                  "does not go without a code");
	}
	if (place->country[0] == '\0') {
		constraint_report(checking, position, "", RULE_S07,
		                  "has neither an area code nor a country");
	} else if (place->text[0] == '\0') {
		constraint_report(checking, position, "text", RULE_S07, "is missing");
	}
}

const struct table table_place = TABLE(place, place_rows, check_place);

static const struct field_row address_rows[] = {
	NEEDED("code", FORM_VILLAGE),          NEEDED("gazetteer", FORM_VERSION),
	OPTIONAL_TEXT("house", TEXT_LINE_MAX), OPTIONAL_TEXT("street", TEXT_LINE_MAX),
	OPTIONAL("unit_id", FORM_ID),
};

const struct table table_address = TABLE(address, address_rows, NULL);

static const struct field_row registration_number_rows[] = {
	NEEDED("office_id", FORM_OFFICE),
	NEEDED("register", FORM_REGISTER),
	NEEDED_NUMBER("year", 1850, 2199),
	NEEDED_NUMBER("number", 1, 99999),
};

const struct table table_registration_number =
        TABLE(registration_number, registration_number_rows, NULL);

static const struct field_row informant_rows[] = {
	OPTIONAL("person_id", FORM_ID),          OPTIONAL_MESSAGE("name", &table_name),
	NEEDED("relationship", FORM_CODE),       OPTIONAL_TEXT("id_shown", TEXT_LINE_MAX),
	OPTIONAL_TEXT("address", TEXT_LINE_MAX), OPTIONAL("thumbprint_digest", FORM_HASH),
};

static void check_informant(struct checking *checking, const struct position *position,
                            const ProtobufCMessage *message)
{
	const Civil__V1__Informant *informant = (const Civil__V1__Informant *)message;

	if (informant->person_id.len == 0 && informant->name == NULL) {
		constraint_report(checking, position, "", RULE_S07,
		                  "has neither a person id nor a name");
	}
}

const struct table table_informant = TABLE(informant, informant_rows, check_informant);

static const struct field_row supporting_document_rows[] = {
	NEEDED("type", FORM_CODE),
	NEEDED_TEXT("issuer", TEXT_LINE_MAX),
	NEEDED_TEXT("number", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
	NEEDED("digest", FORM_HASH),
	NEEDED_TEXT("media_type", TEXT_LINE_MAX),
};

const struct table table_supporting_document =
        TABLE(supporting_document, supporting_document_rows, NULL);

/* An article of law has no case, decision or date, so only its text is mandatory. */
static const struct field_row legal_basis_rows[] = {
	NEEDED_TEXT("text", TEXT_REASON_MAX),
	OPTIONAL_TEXT("case_number", TEXT_LINE_MAX),
	OPTIONAL_TEXT("decision_number", TEXT_LINE_MAX),
	OPTIONAL("date", FORM_DATE),
	OPTIONAL("act", FORM_ACT),
};

static const struct table table_legal_basis = TABLE(legal_basis, legal_basis_rows, NULL);

static const struct field_row paper_reference_rows[] = {
	NEEDED_TEXT("book", TEXT_LINE_MAX), NEEDED_NUMBER("year", 1850, 2199),
	NEEDED_TEXT("page", TEXT_LINE_MAX), NEEDED_TEXT("entry", TEXT_LINE_MAX),
	NEEDED("office_id", FORM_OFFICE),
};

const struct table table_paper_reference = TABLE(paper_reference, paper_reference_rows, NULL);

static const struct field_row override_rows[] = {
	NEEDED("rule", FORM_RULE),
	NEEDED("ground", FORM_CODE),
	NEEDED_TEXT("reason", TEXT_REASON_MAX),
	OPTIONAL("authority", FORM_ACT),
};

static const struct table table_override = TABLE(override, override_rows, NULL);

static const struct field_row common_rows[] = {
	OPTIONAL("date_of_declaration", FORM_DATE),
	OPTIONAL_MESSAGE("informant", &table_informant),
	MESSAGES("documents", 0, &table_supporting_document),
	MESSAGES("legal_basis", 0, &table_legal_basis),
	OPTIONAL_MESSAGE("paper_reference", &table_paper_reference),
	MESSAGES("overrides", 0, &table_override),
	OPTIONAL("language", FORM_ENUM),
	OPTIONAL("signed_offline", FORM_FLAG),
	OPTIONAL_TEXT("remarks", TEXT_STORY_MAX),
};

const struct table table_common = TABLE(common, common_rows, NULL);

static const struct field_row content_rows[] = {
	OPTIONAL_MESSAGE("common", &table_common),
	OPTIONAL_MESSAGE("notification", &table_notification),
	OPTIONAL_MESSAGE("verification", &table_verification),
	OPTIONAL_MESSAGE("registration", &table_registration),
	OPTIONAL_MESSAGE("refusal", &table_refusal),
	OPTIONAL_MESSAGE("withdrawal", &table_withdrawal),
	OPTIONAL_MESSAGE("birth", &table_birth),
	OPTIONAL_MESSAGE("foetal_death", &table_foetal_death),
	OPTIONAL_MESSAGE("death", &table_death),
	OPTIONAL_MESSAGE("death_revoked", &table_death_revoked),
	OPTIONAL_MESSAGE("cause_coded", &table_cause_coded),
	OPTIONAL_MESSAGE("disappearance", &table_disappearance),
	OPTIONAL_MESSAGE("presumed_death", &table_presumed_death),
	OPTIONAL_MESSAGE("marriage_notice", &table_marriage_notice),
	OPTIONAL_MESSAGE("marriage", &table_marriage),
	OPTIONAL_MESSAGE("divorce", &table_divorce),
	OPTIONAL_MESSAGE("objection", &table_objection),
	OPTIONAL_MESSAGE("objection_resolved", &table_objection_resolved),
	OPTIONAL_MESSAGE("annulment", &table_annulment),
	OPTIONAL_MESSAGE("separation", &table_separation),
	OPTIONAL_MESSAGE("reconciliation", &table_reconciliation),
	OPTIONAL_MESSAGE("marriage_resolved", &table_marriage_resolved),
	OPTIONAL_MESSAGE("recognition", &table_recognition),
	OPTIONAL_MESSAGE("parentage_disputed", &table_parentage_disputed),
	OPTIONAL_MESSAGE("parentage_set", &table_parentage_set),
	OPTIONAL_MESSAGE("legitimation", &table_legitimation),
	OPTIONAL_MESSAGE("adoption", &table_adoption),
	OPTIONAL_MESSAGE("adoption_revoked", &table_adoption_revoked),
	OPTIONAL_MESSAGE("guardianship_set", &table_guardianship_set),
	OPTIONAL_MESSAGE("guardianship_ended", &table_guardianship_ended),
	OPTIONAL_MESSAGE("capacity_set", &table_capacity_set),
	OPTIONAL_MESSAGE("name_change", &table_name_change),
	OPTIONAL_MESSAGE("residence_unit_opened", &table_residence_unit_opened),
	OPTIONAL_MESSAGE("residence_departure", &table_residence_departure),
	OPTIONAL_MESSAGE("residence_arrival", &table_residence_arrival),
	OPTIONAL_MESSAGE("residence_unit_closed", &table_residence_unit_closed),
	OPTIONAL_MESSAGE("temporary_residence", &table_temporary_residence),
	OPTIONAL_MESSAGE("address_changed", &table_address_changed),
	OPTIONAL_MESSAGE("address_protection_set", &table_address_protection_set),
	OPTIONAL_MESSAGE("address_protection_lifted", &table_address_protection_lifted),
	OPTIONAL_MESSAGE("emigration", &table_emigration),
	OPTIONAL_MESSAGE("immigration_return", &table_immigration_return),
	OPTIONAL_MESSAGE("family_book_opened", &table_family_book_opened),
	OPTIONAL_MESSAGE("family_book_member_added", &table_family_book_member_added),
	OPTIONAL_MESSAGE("family_book_member_removed", &table_family_book_member_removed),
	OPTIONAL_MESSAGE("family_book_head_changed", &table_family_book_head_changed),
	OPTIONAL_MESSAGE("family_book_split", &table_family_book_split),
	OPTIONAL_MESSAGE("family_book_merged", &table_family_book_merged),
	OPTIONAL_MESSAGE("family_book_replaced", &table_family_book_replaced),
	OPTIONAL_MESSAGE("family_book_closed", &table_family_book_closed),
	OPTIONAL_MESSAGE("number_allocated", &table_number_allocated),
	OPTIONAL_MESSAGE("number_closed", &table_number_closed),
	OPTIONAL_MESSAGE("block_reserved", &table_block_reserved),
	OPTIONAL_MESSAGE("block_returned", &table_block_returned),
	OPTIONAL_MESSAGE("document_applied", &table_document_applied),
	OPTIONAL_MESSAGE("document_issued", &table_document_issued),
	OPTIONAL_MESSAGE("document_delivered", &table_document_delivered),
	OPTIONAL_MESSAGE("document_renewed", &table_document_renewed),
	OPTIONAL_MESSAGE("document_replaced", &table_document_replaced),
	OPTIONAL_MESSAGE("document_lost", &table_document_lost),
	OPTIONAL_MESSAGE("document_stolen", &table_document_stolen),
	OPTIONAL_MESSAGE("document_found", &table_document_found),
	OPTIONAL_MESSAGE("document_suspended", &table_document_suspended),
	OPTIONAL_MESSAGE("document_resumed", &table_document_resumed),
	OPTIONAL_MESSAGE("document_revoked", &table_document_revoked),
	OPTIONAL_MESSAGE("certificate_issued", &table_certificate_issued),
	OPTIONAL_MESSAGE("certificate_withdrawn", &table_certificate_withdrawn),
	OPTIONAL_MESSAGE("nationality_acquired", &table_nationality_acquired),
	OPTIONAL_MESSAGE("nationality_renounced", &table_nationality_renounced),
	OPTIONAL_MESSAGE("nationality_lost", &table_nationality_lost),
	OPTIONAL_MESSAGE("nationality_restored", &table_nationality_restored),
	OPTIONAL_MESSAGE("statelessness_found", &table_statelessness_found),
	OPTIONAL_MESSAGE("correction", &table_correction),
	OPTIONAL_MESSAGE("revocation", &table_revocation),
	OPTIONAL_MESSAGE("reinstatement", &table_reinstatement),
	OPTIONAL_MESSAGE("court_decision", &table_court_decision),
	OPTIONAL_MESSAGE("dispute_opened", &table_dispute_opened),
	OPTIONAL_MESSAGE("dispute_closed", &table_dispute_closed),
	OPTIONAL_MESSAGE("legal_hold_set", &table_legal_hold_set),
	OPTIONAL_MESSAGE("legal_hold_lifted", &table_legal_hold_lifted),
	OPTIONAL_MESSAGE("seal", &table_seal),
	OPTIONAL_MESSAGE("unseal", &table_unseal),
	OPTIONAL_MESSAGE("seal_opened", &table_seal_opened),
	OPTIONAL_MESSAGE("content_erased", &table_content_erased),
	OPTIONAL_MESSAGE("legacy_digitised", &table_legacy_digitised),
	OPTIONAL_MESSAGE("legacy_verified", &table_legacy_verified),
	OPTIONAL_MESSAGE("legacy_linked", &table_legacy_linked),
	OPTIONAL_MESSAGE("merge", &table_merge),
	OPTIONAL_MESSAGE("unmerge", &table_unmerge),
	OPTIONAL_MESSAGE("duplicate_suspected", &table_duplicate_suspected),
	OPTIONAL_MESSAGE("duplicate_cleared", &table_duplicate_cleared),
	OPTIONAL_MESSAGE("foreigner_enrolled", &table_foreigner_enrolled),
	OPTIONAL_MESSAGE("false_identity", &table_false_identity),
	OPTIONAL_MESSAGE("legacy_rejected", &table_legacy_rejected),
	OPTIONAL_MESSAGE("application_submitted", &table_application_submitted),
	OPTIONAL_MESSAGE("application_processing", &table_application_processing),
	OPTIONAL_MESSAGE("application_ready", &table_application_ready),
	OPTIONAL_MESSAGE("application_delivered", &table_application_delivered),
	OPTIONAL_MESSAGE("application_refused", &table_application_refused),
	OPTIONAL_MESSAGE("application_withdrawn", &table_application_withdrawn),
	OPTIONAL_MESSAGE("proof_of_life", &table_proof_of_life),
	OPTIONAL_MESSAGE("genesis", &table_genesis),
	OPTIONAL_MESSAGE("office_opened", &table_office_opened),
	OPTIONAL_MESSAGE("office_closed", &table_office_closed),
	OPTIONAL_MESSAGE("officer_enrolled", &table_officer_enrolled),
	OPTIONAL_MESSAGE("officer_suspended", &table_officer_suspended),
	OPTIONAL_MESSAGE("officer_key_compromised", &table_officer_key_compromised),
	OPTIONAL_MESSAGE("gazetteer_published", &table_gazetteer_published),
	OPTIONAL_MESSAGE("ruleset_published", &table_ruleset_published),
	OPTIONAL_MESSAGE("office_merged", &table_office_merged),
	OPTIONAL_MESSAGE("officer_scope_changed", &table_officer_scope_changed),
	OPTIONAL_MESSAGE("officer_key_rotated", &table_officer_key_rotated),
	OPTIONAL_MESSAGE("officer_retired", &table_officer_retired),
	OPTIONAL_MESSAGE("institution_authorised", &table_institution_authorised),
	OPTIONAL_MESSAGE("institution_revoked", &table_institution_revoked),
	OPTIONAL_MESSAGE("codelist_published", &table_codelist_published),
	OPTIONAL_MESSAGE("node_admitted", &table_node_admitted),
	OPTIONAL_MESSAGE("node_retired", &table_node_retired),
	OPTIONAL_MESSAGE("access_anchor", &table_access_anchor),
	OPTIONAL_MESSAGE("checkpoint_epoch", &table_checkpoint_epoch),
	OPTIONAL_MESSAGE("disclosure", &table_disclosure),
};

/* The delay of an act with steps is counted from its declaration. */
static void check_content(struct checking *checking, const struct position *position,
                          const ProtobufCMessage *message)
{
	const Civil__V1__Content *content = (const Civil__V1__Content *)message;
	const bool declared = content->kind_case == CIVIL__V1__CONTENT__KIND_BIRTH ||
	                      content->kind_case == CIVIL__V1__CONTENT__KIND_FOETAL_DEATH ||
	                      content->kind_case == CIVIL__V1__CONTENT__KIND_DEATH ||
	                      content->kind_case == CIVIL__V1__CONTENT__KIND_MARRIAGE;
	const Civil__V1__Common *common = content->common;

	if (declared && (common == NULL || common->date_of_declaration == NULL)) {
		constraint_report(checking, position, "common.date_of_declaration", RULE_S07,
		                  "is missing");
	}
}

const struct table table_content = TABLE(content, content_rows, check_content);
