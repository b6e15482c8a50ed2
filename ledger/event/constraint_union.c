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
