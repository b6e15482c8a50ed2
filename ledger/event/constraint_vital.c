/* Field rows of births and deaths, and of the steps of a case. */
#include "ledger/event/constraint_table.h"

static const struct field_row notification_rows[] = {
	NEEDED("kind", FORM_CODE),
	NEEDED("date", FORM_PARTIAL_DATE),
	NEEDED_MESSAGE("place", &table_place),
	NEEDED_TEXT("description", TEXT_STORY_MAX),
	OPTIONAL("facility", FORM_DOCUMENT_NUMBER),
	OPTIONAL_TEXT("certifier", TEXT_LINE_MAX),
};

/* The kind notified must be one that is notified, and of the header's class. */
static void check_notification(struct checking *checking, const struct position *position,
                               const ProtobufCMessage *message)
{
	const Civil__V1__Notification *notification = (const Civil__V1__Notification *)message;
	const struct kind *kind = kind_of_name(notification->kind);
	bool has_seat = false;

	for (size_t i = 0; kind != NULL && kind->seats[i].step != 0; i++) {
		has_seat = has_seat ||
		           kind->seats[i].step == CIVIL__V1__EVENT_STEP__EVENT_STEP_NOTIFIED;
	}
	if (!has_seat) {
		constraint_report(checking, position, "kind", RULE_S07,
		                  "is no kind of act that is notified");
	} else if (checking->header != NULL && checking->header->event_class != kind->event_class) {
		constraint_report(checking, position, "kind", RULE_S07,
		                  "does not belong to the class of the header");
	}
}

const struct table table_notification = TABLE(notification, notification_rows, check_notification);

static const struct field_row verification_rows[] = {
	NEEDED("declaration", FORM_ACT),
	OPTIONAL("checks", FORM_CODE),
	OPTIONAL_TEXT("remarks", TEXT_STORY_MAX),
	NEEDED("kidc_source", FORM_ENUM),
};

const struct table table_verification = TABLE(verification, verification_rows, NULL);

static const struct field_row registration_rows[] = {
	NEEDED("declaration", FORM_ACT),
	OPTIONAL("verification", FORM_ACT),
	NEEDED_MESSAGE("registration_number", &table_registration_number),
	NEEDED("date_of_registration", FORM_DATE),
	OPTIONAL_MESSAGE("paper_reference", &table_paper_reference),
};

const struct table table_registration = TABLE(registration, registration_rows, NULL);

static const struct field_row refusal_rows[] = {
	NEEDED("reason", FORM_CODE),
	NEEDED_TEXT("text", TEXT_STORY_MAX),
	NEEDED("appeal_until", FORM_DATE),
};

const struct table table_refusal = TABLE(refusal, refusal_rows, NULL);

static const struct field_row withdrawal_rows[] = {
	NEEDED("by", FORM_CODE),
	NEEDED_TEXT("text", TEXT_STORY_MAX),
};

const struct table table_withdrawal = TABLE(withdrawal, withdrawal_rows, NULL);

static const struct field_row parent_details_rows[] = {
	NEEDED_MESSAGE("name", &table_name),
	NEEDED("birth", FORM_PARTIAL_DATE),
	NEEDED("nationality", FORM_COUNTRY),
	NEEDED_MESSAGE("residence", &table_place),
};

static const struct table table_parent_details = TABLE(parent_details, parent_details_rows, NULL);

static const struct field_row nationality_at_birth_rows[] = {
	NEEDED("country", FORM_COUNTRY),
	NEEDED("basis", FORM_CODE),
};

static const struct table table_nationality_at_birth =
        TABLE(nationality_at_birth, nationality_at_birth_rows, NULL);

static const struct field_row mother_parity_rows[] = {
	OPTIONAL_NUMBER("born_alive", 0, 40),
	OPTIONAL_NUMBER("living", 0, 40),
	OPTIONAL_NUMBER("foetal_deaths", 0, 40),
	OPTIONAL("previous_birth", FORM_PARTIAL_DATE),
};

static const struct table table_mother_parity = TABLE(mother_parity, mother_parity_rows, NULL);

static const struct field_row block_number_rows[] = {
	NEEDED("block", FORM_ACT),
	NEEDED("number", FORM_PERSONAL_NUMBER),
};

static const struct table table_block_number = TABLE(block_number, block_number_rows, NULL);

static const struct field_row birth_rows[] = {
	NEEDED_MESSAGE("name", &table_name),
	NEEDED("sex", FORM_ENUM),
	NEEDED("date_of_birth", FORM_PARTIAL_DATE),
	OPTIONAL("time_of_birth", FORM_TIME),
	NEEDED_MESSAGE("place_of_birth", &table_place),
	NEEDED("plurality", FORM_ENUM),
	OPTIONAL_NUMBER("birth_order", 1, 255),
	OPTIONAL("delivery_id", FORM_ID),
	OPTIONAL("foundling", FORM_FLAG),
	OPTIONAL_MESSAGE("mother_details", &table_parent_details),
	OPTIONAL_MESSAGE("father_details", &table_parent_details),
	OPTIONAL("father_declared", FORM_FLAG),
	OPTIONAL_MESSAGE("mother_residence", &table_place),
	NEEDED_MESSAGE("child_address", &table_address),
	OPTIONAL("family_book", FORM_DOCUMENT_NUMBER),
	MESSAGES("nationality_at_birth", 0, &table_nationality_at_birth),
	OPTIONAL("attendant", FORM_CODE),
	OPTIONAL("site", FORM_CODE),
	OPTIONAL_NUMBER("weight_g", 1, 15000),
	OPTIONAL_NUMBER("gestation_weeks", 1, 50),
	OPTIONAL_MESSAGE("mother_parity", &table_mother_parity),
	OPTIONAL("mother_marital_status", FORM_CODE),
	OPTIONAL("mother_education", FORM_CODE),
	OPTIONAL("mother_occupation", FORM_CODE),
	OPTIONAL("father_occupation", FORM_CODE),
	OPTIONAL("ethnic_group", FORM_CODE),
	OPTIONAL_TEXT("lunar_date", TEXT_LINE_MAX),
	OPTIONAL_MESSAGE("late", &table_late_declaration),
	OPTIONAL_MESSAGE("kidc_block", &table_block_number),
};

static bool has_subject(const Civil__V1__EventHeader *header, Civil__V1__SubjectRole role)
{
	return event_subject_of_role(header, role, 0) >= 0;
}

static void check_birth(struct checking *checking, const struct position *position,
                        const ProtobufCMessage *message)
{
	const Civil__V1__Birth *birth = (const Civil__V1__Birth *)message;
	const bool single = birth->plurality == CIVIL__V1__PLURALITY__PLURALITY_SINGLE;

	if (!single && birth->birth_order == 0) {
		constraint_report(checking, position, "birth_order", RULE_S07,
		                  "is missing: the birth is not single");
	}
	if (!single && birth->delivery_id.len == 0) {
		constraint_report(checking, position, "delivery_id", RULE_S07,
		                  "is missing: the birth is not single");
	}
	if (!birth->foundling && birth->mother_residence == NULL) {
		constraint_report(checking, position, "mother_residence", RULE_S07, "is missing");
	}
	if (checking->header != NULL && !birth->foundling && birth->mother_details == NULL &&
	    !has_subject(checking->header, CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER)) {
		constraint_report(checking, position, "mother_details", RULE_S07,
		                  "is missing: no mother is named and the child is no foundling");
	}
}

const struct table table_birth = TABLE(birth, birth_rows, check_birth);

static const struct field_row cause_line_rows[] = {
	NEEDED("line", FORM_CAUSE_LINE),
	NEEDED_TEXT("text", TEXT_LINE_MAX),
	OPTIONAL_TEXT("interval", TEXT_LINE_MAX),
	OPTIONAL("icd", FORM_ICD),
};

static const struct table table_cause_line = TABLE(cause_line, cause_line_rows, NULL);

static const struct field_row death_rows[] = {
	NEEDED("date_of_death", FORM_PARTIAL_DATE),
	OPTIONAL("time_of_death", FORM_TIME),
	NEEDED_MESSAGE("place_of_death", &table_place),
	NEEDED("manner", FORM_ENUM),
	NEEDED("certification", FORM_ENUM),
	MESSAGES("cause_chain", 0, &table_cause_line),
	OPTIONAL("pregnancy", FORM_CODE),
	OPTIONAL("autopsy_used", FORM_FLAG),
	NEEDED_MESSAGE("usual_residence", &table_place),
	OPTIONAL("occupation", FORM_CODE),
	OPTIONAL("education", FORM_CODE),
	OPTIONAL_MESSAGE("late", &table_late_declaration),
	OPTIONAL("new_head", FORM_ID),
};

/* The new head is the member whom the header names: the act changes that person too. */
static void check_death(struct checking *checking, const struct position *position,
                        const ProtobufCMessage *message)
{
	const Civil__V1__Death *death = (const Civil__V1__Death *)message;

	if (checking->header == NULL) {
		return;
	}
	const int member = event_subject_of_role(checking->header,
	                                         CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MEMBER, 0);
	if (member < 0) {
		if (death->new_head.len != 0) {
			constraint_report(checking, position, "new_head", RULE_S07,
			                  "is no member among the subjects");
		}
		return;
	}
	const ProtobufCBinaryData *person = &checking->header->subjects[member]->person_id;
	if (!bytes_equal(bytes_of(person->data, person->len),
	                 bytes_of(death->new_head.data, death->new_head.len))) {
		constraint_report(checking, position, "new_head", RULE_S07,
		                  "is not the member among the subjects");
	}
}

const struct table table_death = TABLE(death, death_rows, check_death);

static const struct field_row foetal_death_rows[] = {
	NEEDED("date", FORM_PARTIAL_DATE),
	NEEDED_MESSAGE("place", &table_place),
	OPTIONAL_NUMBER("gestation_weeks", 1, 50),
	OPTIONAL_NUMBER("weight_g", 1, 15000),
	OPTIONAL("sex", FORM_ENUM),
	OPTIONAL("plurality", FORM_ENUM),
	OPTIONAL("attendant", FORM_CODE),
	OPTIONAL("cause", FORM_ICD),
	OPTIONAL_TEXT("certifier", TEXT_LINE_MAX),
	OPTIONAL_MESSAGE("mother_parity", &table_mother_parity),
};

/* From 22 completed weeks or 500 grams on; what comes earlier is not registered. */
static void check_foetal_death(struct checking *checking, const struct position *position,
                               const ProtobufCMessage *message)
{
	enum { WEEKS_LEAST = 22, GRAMS_LEAST = 500 };
	const Civil__V1__FoetalDeath *death = (const Civil__V1__FoetalDeath *)message;

	if (death->gestation_weeks < WEEKS_LEAST && death->weight_g < GRAMS_LEAST) {
		constraint_report(checking, position, "gestation_weeks", RULE_S07,
		                  "is below 22, and weight_g below 500");
	}
}

const struct table table_foetal_death = TABLE(foetal_death, foetal_death_rows, check_foetal_death);
