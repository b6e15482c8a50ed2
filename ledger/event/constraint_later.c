/* Field rows of corrections, court decisions and old papers. */
#include "ledger/event/constraint_table.h"

static const struct field_row field_value_rows[] = {
	OPTIONAL_TEXT("text", TEXT_STORY_MAX),
	OPTIONAL_NUMBER("number", INT64_MIN, INT64_MAX),
	OPTIONAL("partial_date", FORM_PARTIAL_DATE),
	OPTIONAL("date", FORM_DATE),
	OPTIONAL_MESSAGE("name", &table_name),
	OPTIONAL_MESSAGE("place", &table_place),
	OPTIONAL_MESSAGE("address", &table_address),
	OPTIONAL("identifier", FORM_IDENTIFIER),
	OPTIONAL("flag", FORM_FLAG),
};

static const struct table table_field_value = TABLE(field_value, field_value_rows, NULL);

/* A value that is not there means that the field is, or becomes, absent. */
static const struct field_row field_change_rows[] = {
	NEEDED("path", FORM_PATH),
	OPTIONAL_MESSAGE("old_value", &table_field_value),
	OPTIONAL_MESSAGE("new_value", &table_field_value),
};

static const struct table table_field_change = TABLE(field_change, field_change_rows, NULL);

static const struct field_row correction_rows[] = {
	NEEDED("target", FORM_ACT),  MESSAGES("changes", 1, &table_field_change),
	NEEDED("ground", FORM_ENUM), NEEDED("path", FORM_ENUM),
	NEEDED("date", FORM_DATE),
};

/* One correction changes a field once: which of two values would stand? */
static void check_correction(struct checking *checking, const struct position *position,
                             const ProtobufCMessage *message)
{
	const Civil__V1__Correction *correction = (const Civil__V1__Correction *)message;

	for (size_t i = 0; i < correction->n_changes; i++) {
		const struct position here = {
			.parent = position,
			.name = "changes",
			.index = (int)i,
		};

		for (size_t j = 0; j < i; j++) {
			if (strcmp(correction->changes[i]->path, correction->changes[j]->path) ==
			    0) {
				constraint_report(checking, &here, "path", RULE_S07,
				                  "is changed twice");
				break;
			}
		}
	}
}

const struct table table_correction = TABLE(correction, correction_rows, check_correction);

static const struct field_row court_order_rows[] = {
	NEEDED("kind", FORM_CODE),
	OPTIONAL("persons", FORM_ID),
	OPTIONAL("targets", FORM_ACT),
	NEEDED_TEXT("text", TEXT_STORY_MAX),
};

static const struct table table_court_order = TABLE(court_order, court_order_rows, NULL);

static const struct field_row court_decision_rows[] = {
	NEEDED_TEXT("court", TEXT_LINE_MAX),
	NEEDED_TEXT("case_number", TEXT_LINE_MAX),
	NEEDED_TEXT("decision_number", TEXT_LINE_MAX),
	NEEDED("date_of_decision", FORM_DATE),
	OPTIONAL("date_final", FORM_DATE),
	OPTIONAL("final", FORM_FLAG),
	OPTIONAL("stay", FORM_FLAG),
	MESSAGES("orders", 0, &table_court_order),
};

const struct table table_court_decision = TABLE(court_decision, court_decision_rows, NULL);

static const struct field_row keyed_field_rows[] = {
	NEEDED("name", FORM_PATH),
	OPTIONAL_TEXT("value", TEXT_STORY_MAX),
};

static const struct table table_keyed_field = TABLE(keyed_field, keyed_field_rows, NULL);

static const struct field_row keying_rows[] = {
	NEEDED("officer_id", FORM_ID),
	MESSAGES("fields", 1, &table_keyed_field),
};

static const struct table table_keying = TABLE(keying, keying_rows, NULL);

static const struct field_row legacy_digitised_rows[] = {
	NEEDED("image_digest", FORM_HASH),
	NEEDED("form_generation", FORM_CODE),
	NEEDED_MESSAGE("paper_reference", &table_paper_reference),
	MESSAGES("keyings", 2, &table_keying),
	OPTIONAL_TEXT("old_place_name", TEXT_LINE_MAX),
	OPTIONAL_TEXT("old_number", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
};

/* Two keyings by two clerks, no more: the point is that they are independent. */
static void check_legacy_digitised(struct checking *checking, const struct position *position,
                                   const ProtobufCMessage *message)
{
	const Civil__V1__LegacyDigitised *digitised = (const Civil__V1__LegacyDigitised *)message;

	if (digitised->n_keyings > 2) {
		constraint_report(checking, position, "keyings", RULE_S07, "are more than two");
	}
	if (digitised->n_keyings == 2) {
		const ProtobufCBinaryData *first = &digitised->keyings[0]->officer_id;
		const ProtobufCBinaryData *second = &digitised->keyings[1]->officer_id;

		if (bytes_equal(bytes_of(first->data, first->len),
		                bytes_of(second->data, second->len))) {
			constraint_report(checking, position, "keyings", RULE_S07,
			                  "are by the same clerk");
		}
	}
}

const struct table table_legacy_digitised =
        TABLE(legacy_digitised, legacy_digitised_rows, check_legacy_digitised);

static const struct field_row legacy_verified_rows[] = {
	NEEDED("digitised", FORM_ACT),
	MESSAGES("resolved", 1, &table_keyed_field),
	OPTIONAL("differences", FORM_PATH),
	NEEDED("date", FORM_DATE),
};

const struct table table_legacy_verified = TABLE(legacy_verified, legacy_verified_rows, NULL);

static const struct field_row new_person_rows[] = {
	NEEDED("role", FORM_ENUM),
	NEEDED_MESSAGE("name", &table_name),
	NEEDED("sex", FORM_ENUM),
	NEEDED("birth", FORM_PARTIAL_DATE),
};

const struct table table_new_person = TABLE(new_person, new_person_rows, NULL);

static const struct field_row legacy_linked_rows[] = {
	NEEDED("verified", FORM_ACT),
	OPTIONAL_MESSAGE("birth", &table_birth),
	OPTIONAL_MESSAGE("death", &table_death),
	OPTIONAL_MESSAGE("marriage", &table_marriage),
	MESSAGES("new_persons", 0, &table_new_person),
	NEEDED("confidence", FORM_ENUM),
};

static size_t new_persons_of_role(const Civil__V1__LegacyLinked *linked,
                                  Civil__V1__SubjectRole role)
{
	size_t count = 0;

	for (size_t i = 0; i < linked->n_new_persons; i++) {
		count += linked->new_persons[i]->role == role;
	}
	return count;
}

/* What is known of a person whom the paper names and no record knows: the child of a birth is
 * described by the act itself, anybody else by one new_persons element. */
static bool is_described(const Civil__V1__LegacyLinked *linked, const Civil__V1__Subject *subject)
{
	if (subject->role == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD) {
		return true;
	}
	return new_persons_of_role(linked, subject->role) == 1;
}

static bool is_created(const Civil__V1__EventHeader *header, Civil__V1__SubjectRole role)
{
	const int subject = event_subject_of_role(header, role, 0);

	return subject >= 0 && header->subjects[subject]->ordinal != 0;
}

static void check_legacy_linked(struct checking *checking, const struct position *position,
                                const ProtobufCMessage *message)
{
	const Civil__V1__LegacyLinked *linked = (const Civil__V1__LegacyLinked *)message;
	const Civil__V1__EventHeader *header = checking->header;

	if (linked->act_case == CIVIL__V1__LEGACY_LINKED__ACT__NOT_SET) {
		constraint_report(checking, position, "act", RULE_S07,
		                  "is missing: birth, death or marriage");
	}
	for (size_t i = 0; header != NULL && i < header->n_subjects; i++) {
		const Civil__V1__Subject *subject = header->subjects[i];

		if (subject->ordinal != 0 && !is_described(linked, subject)) {
			constraint_report(checking, position, "new_persons", RULE_S07,
			                  "must describe each person that the act creates once");
			break;
		}
	}
	for (size_t i = 0; header != NULL && i < linked->n_new_persons; i++) {
		const struct position here = {
			.parent = position,
			.name = "new_persons",
			.index = (int)i,
		};

		if (!is_created(header, linked->new_persons[i]->role)) {
			constraint_report(checking, &here, "role", RULE_S07,
			                  "is of nobody whom the act creates");
		}
	}
}

const struct table table_legacy_linked =
        TABLE(legacy_linked, legacy_linked_rows, check_legacy_linked);
