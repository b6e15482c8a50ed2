/* Field rows of marriage and its end, and of what late declarations carry. */
#include "ledger/event/constraint_table.h"

static const struct field_row witness_rows[] = {
	NEEDED_MESSAGE("name", &table_name),
	OPTIONAL("person_id", FORM_ID),
	OPTIONAL_TEXT("id_shown", TEXT_LINE_MAX),
};

const struct table table_witness = TABLE(witness, witness_rows, NULL);

/* How many witnesses a delay needs is rule L11. */
static const struct field_row late_declaration_rows[] = {
	NEEDED("reason", FORM_CODE),
	MESSAGES("witnesses", 0, &table_witness),
	OPTIONAL_TEXT("text", TEXT_STORY_MAX),
};

const struct table table_late_declaration = TABLE(late_declaration, late_declaration_rows, NULL);

static const struct field_row marriage_notice_rows[] = {
	NEEDED("posted_on", FORM_DATE),
	NEEDED("until", FORM_DATE),
	OPTIONAL("planned_on", FORM_DATE),
};

const struct table table_marriage_notice = TABLE(marriage_notice, marriage_notice_rows, NULL);

static const struct field_row guardian_consent_rows[] = {
	OPTIONAL("act", FORM_ACT),
	OPTIONAL_MESSAGE("document", &table_supporting_document),
};

static void check_guardian_consent(struct checking *checking, const struct position *position,
                                   const ProtobufCMessage *message)
{
	const Civil__V1__GuardianConsent *consent = (const Civil__V1__GuardianConsent *)message;

	if (consent->act.len == 0 && consent->document == NULL) {
		constraint_report(checking, position, "", RULE_S07,
		                  "has neither an act nor a document");
	}
}

static const struct table table_guardian_consent =
        TABLE(guardian_consent, guardian_consent_rows, check_guardian_consent);

static const struct field_row already_ended_rows[] = {
	NEEDED("on", FORM_DATE),
	NEEDED("reason", FORM_ENUM),
	NEEDED("act", FORM_ACT),
};

static const struct table table_already_ended = TABLE(already_ended, already_ended_rows, NULL);

static const struct field_row marriage_rows[] = {
	NEEDED("date_of_marriage", FORM_PARTIAL_DATE),
	NEEDED_MESSAGE("place", &table_place),
	NEEDED("form", FORM_ENUM),
	OPTIONAL_TEXT("officiant", TEXT_LINE_MAX),
	MESSAGES("witnesses", 2, &table_witness),
	OPTIONAL("notice", FORM_ACT),
	OPTIONAL_NUMBER("age_stated_a", 1, 130),
	OPTIONAL_NUMBER("age_stated_b", 1, 130),
	OPTIONAL("previous_status_a", FORM_CODE),
	OPTIONAL("previous_status_b", FORM_CODE),
	OPTIONAL("property_regime", FORM_CODE),
	OPTIONAL_MESSAGE("guardian_consent", &table_guardian_consent),
	OPTIONAL_MESSAGE("late", &table_late_declaration),
	OPTIONAL_MESSAGE("foreign_act", &table_supporting_document),
	OPTIONAL_MESSAGE("already_ended", &table_already_ended),
};

const struct table table_marriage = TABLE(marriage, marriage_rows, NULL);

static const struct field_row divorce_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("decision", FORM_ACT),
	NEEDED("date_final", FORM_DATE),
	OPTIONAL("ground", FORM_CODE),
	OPTIONAL_TEXT("children", TEXT_STORY_MAX),
};

const struct table table_divorce = TABLE(divorce, divorce_rows, NULL);

static const struct field_row objection_rows[] = {
	NEEDED("notice", FORM_ACT),
	OPTIONAL_MESSAGE("objector_name", &table_name),
	NEEDED("ground", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

static void check_objection(struct checking *checking, const struct position *position,
                            const ProtobufCMessage *message)
{
	const Civil__V1__Objection *objection = (const Civil__V1__Objection *)message;
	const bool subject =
	        checking->header != NULL &&
	        event_subject_of_role(checking->header,
	                              CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_OBJECTOR, 0) >= 0;

	if (checking->header != NULL && objection->objector_name == NULL && !subject) {
		constraint_report(checking, position, "objector_name", RULE_S07,
		                  "is missing: the objector is no subject");
	}
}

const struct table table_objection = TABLE(objection, objection_rows, check_objection);

static const struct field_row objection_resolved_rows[] = {
	NEEDED("objection", FORM_ACT),
	NEEDED("outcome", FORM_ENUM),
	NEEDED("date", FORM_DATE),
	OPTIONAL("decision", FORM_ACT),
};

const struct table table_objection_resolved =
        TABLE(objection_resolved, objection_resolved_rows, NULL);

static const struct field_row annulment_rows[] = {
	NEEDED("target", FORM_ACT),      NEEDED("decision", FORM_ACT),
	NEEDED("date_final", FORM_DATE), OPTIONAL("ab_initio", FORM_FLAG),
	NEEDED("good_faith", FORM_ENUM),
};

const struct table table_annulment = TABLE(annulment, annulment_rows, NULL);

static const struct field_row separation_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("decision", FORM_ACT),
	NEEDED("date_final", FORM_DATE),
};

const struct table table_separation = TABLE(separation, separation_rows, NULL);

static const struct field_row reconciliation_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("decision", FORM_ACT),
	NEEDED("date_final", FORM_DATE),
};

const struct table table_reconciliation = TABLE(reconciliation, reconciliation_rows, NULL);

static const struct field_row marriage_resolved_rows[] = {
	NEEDED("target", FORM_ACT),      NEEDED("decision", FORM_ACT),
	NEEDED("outcome", FORM_ENUM),    OPTIONAL("ended_on", FORM_DATE),
	NEEDED("date_final", FORM_DATE),
};

static void check_marriage_resolved(struct checking *checking, const struct position *position,
                                    const ProtobufCMessage *message)
{
	const Civil__V1__MarriageResolved *resolved = (const Civil__V1__MarriageResolved *)message;
	const bool ended = resolved->outcome == CIVIL__V1__MARRIAGE_OUTCOME__MARRIAGE_OUTCOME_ENDED;

	if (ended != (resolved->ended_on != NULL)) {
		constraint_report(checking, position, "ended_on", RULE_S07,
		                  "goes with outcome ended and not without it");
	}
}

const struct table table_marriage_resolved =
        TABLE(marriage_resolved, marriage_resolved_rows, check_marriage_resolved);
