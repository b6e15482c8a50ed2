/* Field rows of filiation, guardians, capacity and changes of name. */
#include "ledger/event/constraint_table.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

static bool is_parent_role(Civil__V1__SubjectRole role)
{
	return role == ROLE(MOTHER) || role == ROLE(FATHER);
}

static const struct field_row recognition_rows[] = {
	NEEDED("date", FORM_DATE),         NEEDED("parent_role", FORM_ENUM),
	NEEDED("form", FORM_ENUM),         OPTIONAL("mother_consent", FORM_FLAG),
	OPTIONAL("posthumous", FORM_FLAG), OPTIONAL_MESSAGE("new_name", &table_name),
};

/* Without a subject of the role nobody recognises the child. */
static void check_recognition(struct checking *checking, const struct position *position,
                              const ProtobufCMessage *message)
{
	const Civil__V1__Recognition *recognition = (const Civil__V1__Recognition *)message;

	if (!is_parent_role(recognition->parent_role)) {
		constraint_report(checking, position, "parent_role", RULE_S07,
		                  "is neither mother nor father");
	} else if (checking->header != NULL &&
	           event_subject_of_role(checking->header, recognition->parent_role, 0) < 0) {
		constraint_report(checking, position, "parent_role", RULE_S07,
		                  "is that of no subject");
	}
}

const struct table table_recognition = TABLE(recognition, recognition_rows, check_recognition);

static const struct field_row parentage_disputed_rows[] = {
	NEEDED("date", FORM_DATE),
	NEEDED_TEXT("court", TEXT_LINE_MAX),
	NEEDED_TEXT("case_number", TEXT_LINE_MAX),
};

const struct table table_parentage_disputed =
        TABLE(parentage_disputed, parentage_disputed_rows, NULL);

static const struct field_row parent_link_rows[] = {
	NEEDED("role", FORM_ENUM),
	NEEDED("person_id", FORM_ID),
};

static void check_parent_link(struct checking *checking, const struct position *position,
                              const ProtobufCMessage *message)
{
	const Civil__V1__ParentLink *link = (const Civil__V1__ParentLink *)message;

	if (!is_parent_role(link->role)) {
		constraint_report(checking, position, "role", RULE_S07,
		                  "is neither mother nor father");
	}
}

static const struct table table_parent_link =
        TABLE(parent_link, parent_link_rows, check_parent_link);

static const struct field_row parentage_set_rows[] = {
	NEEDED("date_final", FORM_DATE),           NEEDED("decision", FORM_ACT),
	MESSAGES("remove", 0, &table_parent_link), MESSAGES("set", 0, &table_parent_link),
	OPTIONAL_MESSAGE("new_name", &table_name),
};

/* True when the person is the subject of the role. */
static bool is_subject(const Civil__V1__EventHeader *header, const Civil__V1__ParentLink *link)
{
	const int at = event_subject_of_role(header, link->role, 0);

	return at >= 0 && bytes_equal(bytes_of(header->subjects[at]->person_id.data,
	                                       header->subjects[at]->person_id.len),
	                              bytes_of(link->person_id.data, link->person_id.len));
}

/* A court removes or sets somebody; whoever is set is named as a subject, in one role once. */
static void check_parentage_set(struct checking *checking, const struct position *position,
                                const ProtobufCMessage *message)
{
	const Civil__V1__ParentageSet *parentage = (const Civil__V1__ParentageSet *)message;

	if (parentage->n_remove + parentage->n_set == 0) {
		constraint_report(checking, position, "set", RULE_S07,
		                  "is missing, and so is remove");
	}
	for (size_t i = 0; i < parentage->n_set; i++) {
		const struct position here = {
			.parent = position,
			.name = "set",
			.index = (int)i,
		};

		if (i > 0 && parentage->set[i]->role == parentage->set[0]->role) {
			constraint_report(checking, &here, "role", RULE_S07, "is set twice");
		}
		if (checking->header != NULL && !is_subject(checking->header, parentage->set[i])) {
			constraint_report(checking, &here, "person_id", RULE_S07,
			                  "is not the subject of that role");
		}
	}
}

const struct table table_parentage_set =
        TABLE(parentage_set, parentage_set_rows, check_parentage_set);

static const struct field_row legitimation_rows[] = {
	NEEDED("marriage", FORM_ACT),
	NEEDED("date", FORM_DATE),
};

const struct table table_legitimation = TABLE(legitimation, legitimation_rows, NULL);

static const struct field_row adoption_consent_rows[] = {
	NEEDED("role", FORM_ENUM),
	NEEDED("date", FORM_DATE),
	OPTIONAL_MESSAGE("document", &table_supporting_document),
};

static const struct table table_adoption_consent =
        TABLE(adoption_consent, adoption_consent_rows, NULL);

static const struct field_row adoption_rows[] = {
	NEEDED("date_final", FORM_DATE),
	NEEDED("decision", FORM_ACT),
	NEEDED("form", FORM_ENUM),
	OPTIONAL("inter_country", FORM_FLAG),
	OPTIONAL_TEXT("authority", TEXT_LINE_MAX),
	OPTIONAL("placed_on", FORM_DATE),
	MESSAGES("consents", 0, &table_adoption_consent),
	OPTIONAL_MESSAGE("new_name", &table_name),
};

const struct table table_adoption = TABLE(adoption, adoption_rows, NULL);

static const struct field_row adoption_revoked_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("decision", FORM_ACT),
	NEEDED("date_final", FORM_DATE),
};

const struct table table_adoption_revoked = TABLE(adoption_revoked, adoption_revoked_rows, NULL);

static const struct field_row guardianship_set_rows[] = {
	NEEDED("scope", FORM_CODE),
	NEEDED("from", FORM_DATE),
	OPTIONAL("until", FORM_DATE),
	NEEDED("decision", FORM_ACT),
};

static void check_guardianship_set(struct checking *checking, const struct position *position,
                                   const ProtobufCMessage *message)
{
	const Civil__V1__GuardianshipSet *set = (const Civil__V1__GuardianshipSet *)message;

	constraint_until(checking, position, set->from, set->until);
}

const struct table table_guardianship_set =
        TABLE(guardianship_set, guardianship_set_rows, check_guardianship_set);

static const struct field_row guardianship_ended_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("from", FORM_DATE),
	NEEDED("decision", FORM_ACT),
};

const struct table table_guardianship_ended =
        TABLE(guardianship_ended, guardianship_ended_rows, NULL);

static const struct field_row capacity_set_rows[] = {
	NEEDED("scope", FORM_CODE),
	NEEDED("from", FORM_DATE),
	OPTIONAL("until", FORM_DATE),
	NEEDED("decision", FORM_ACT),
};

static void check_capacity_set(struct checking *checking, const struct position *position,
                               const ProtobufCMessage *message)
{
	const Civil__V1__CapacitySet *set = (const Civil__V1__CapacitySet *)message;

	constraint_until(checking, position, set->from, set->until);
}

const struct table table_capacity_set = TABLE(capacity_set, capacity_set_rows, check_capacity_set);

static const struct field_row name_change_rows[] = {
	NEEDED_MESSAGE("old_name", &table_name),
	NEEDED_MESSAGE("new_name", &table_name),
	NEEDED("sort", FORM_ENUM),
	NEEDED("effective_on", FORM_DATE),
	OPTIONAL("decision", FORM_ACT),
};

const struct table table_name_change = TABLE(name_change, name_change_rows, NULL);
