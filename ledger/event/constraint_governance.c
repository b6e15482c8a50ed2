/* Field rows of governance. */
#include "ledger/event/constraint_table.h"

enum { AGE_MAX = 150, DAYS_MAX = 36525 };

/* 0 means none throughout, so nothing but the name is mandatory here. */
static const struct field_row rule_set_rows[] = {
	NEEDED("version", FORM_VERSION),
	OPTIONAL("effective_on", FORM_DATE),
	OPTIONAL_NUMBER("groom_age", 0, AGE_MAX),
	OPTIONAL_NUMBER("bride_age", 0, AGE_MAX),
	OPTIONAL("under_age", FORM_ENUM),
	OPTIONAL_NUMBER("consent_age", 0, AGE_MAX),
	OPTIONAL_NUMBER("notice_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("waiting_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("impediment_degree", 0, 10),
	OPTIONAL_NUMBER("mother_age_min", 0, AGE_MAX),
	OPTIONAL_NUMBER("mother_age_max", 0, AGE_MAX),
	OPTIONAL_NUMBER("father_age_min", 0, AGE_MAX),
	OPTIONAL_NUMBER("verification_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("birth_in_time_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("birth_late_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("death_in_time_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("death_late_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("marriage_in_time_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("marriage_late_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("id_card_age", 0, AGE_MAX),
	OPTIONAL_NUMBER("release_days", 0, DAYS_MAX),
	OPTIONAL_NUMBER("rate_limit", 0, 1000000),
	OPTIONAL_NUMBER("rate_watch", 0, 1000000),
	OPTIONAL_NUMBER("temporary_months", 0, 120),
};

static const struct table table_rule_set = TABLE(rule_set, rule_set_rows, NULL);

static const struct field_row founding_officer_rows[] = {
	NEEDED("public_key", FORM_KEY),
	NEEDED("office_id", FORM_OFFICE),
};

static const struct table table_founding_officer =
        TABLE(founding_officer, founding_officer_rows, NULL);

enum { GENESIS_NAME_MAX = 64, GENESIS_OFFICERS_MIN = 3 };

static const struct field_row genesis_rows[] = {
	NEEDED_TEXT("name", GENESIS_NAME_MAX),
	NEEDED("number_scheme", FORM_CODE),
	MESSAGES("officers", GENESIS_OFFICERS_MIN, &table_founding_officer),
	MESSAGES("rule_sets", 1, &table_rule_set),
	NEEDED("date", FORM_DATE),
};

/* Rule sets are told apart by their first day; only the first may be from the beginning of time. */
static void check_genesis(struct checking *checking, const struct position *position,
                          const ProtobufCMessage *message)
{
	const Civil__V1__Genesis *genesis = (const Civil__V1__Genesis *)message;

	for (size_t i = 1; i < genesis->n_rule_sets; i++) {
		const struct position here = {
			.parent = position,
			.name = "rule_sets",
			.index = (int)i,
		};

		if (genesis->rule_sets[i]->effective_on == NULL) {
			constraint_report(checking, &here, "effective_on", RULE_S07,
			                  "is missing: only the first is from the beginning");
		}
	}
}

const struct table table_genesis = TABLE(genesis, genesis_rows, check_genesis);

static const struct field_row office_opened_rows[] = {
	NEEDED("office_id", FORM_OFFICE),
	NEEDED("sort", FORM_ENUM),
	OPTIONAL("areas", FORM_AREA),
	NEEDED("date", FORM_DATE),
};

const struct table table_office_opened = TABLE(office_opened, office_opened_rows, NULL);

static const struct field_row office_closed_rows[] = {
	NEEDED("office_id", FORM_OFFICE),
	NEEDED("date", FORM_DATE),
};

const struct table table_office_closed = TABLE(office_closed, office_closed_rows, NULL);

static const struct field_row officer_enrolled_rows[] = {
	NEEDED("public_key", FORM_KEY),   NEEDED("roles", FORM_ENUM),
	NEEDED("office_id", FORM_OFFICE), NEEDED("from", FORM_DATE),
	OPTIONAL("until", FORM_DATE),
};

/* Who verifies must not be who declares or registers, not even in another hat. */
static void check_officer_enrolled(struct checking *checking, const struct position *position,
                                   const ProtobufCMessage *message)
{
	const Civil__V1__OfficerEnrolled *officer = (const Civil__V1__OfficerEnrolled *)message;

	constraint_officer_roles(checking, position, officer->roles, officer->n_roles);
}

const struct table table_officer_enrolled =
        TABLE(officer_enrolled, officer_enrolled_rows, check_officer_enrolled);

static const struct field_row officer_suspended_rows[] = {
	NEEDED("public_key", FORM_KEY),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_officer_suspended = TABLE(officer_suspended, officer_suspended_rows, NULL);

static const struct field_row officer_key_compromised_rows[] = {
	NEEDED("public_key", FORM_KEY),
	NEEDED("since_ms", FORM_INSTANT),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_officer_key_compromised =
        TABLE(officer_key_compromised, officer_key_compromised_rows, NULL);

enum { GAZETTEER_PARTS_MAX = 10000 };

static const struct field_row gazetteer_area_rows[] = {
	NEEDED("code", FORM_AREA),
	NEEDED_TEXT("km", TEXT_LINE_MAX),
	NEEDED_TEXT("latin", TEXT_LINE_MAX),
};

static const struct table table_gazetteer_area = TABLE(gazetteer_area, gazetteer_area_rows, NULL);

static const struct field_row area_succession_rows[] = {
	NEEDED("old_code", FORM_AREA),
	NEEDED("new_code", FORM_AREA),
	NEEDED("on", FORM_DATE),
	NEEDED("sort", FORM_ENUM),
};

static const struct table table_area_succession =
        TABLE(area_succession, area_succession_rows, NULL);

static const struct field_row gazetteer_published_rows[] = {
	NEEDED("version", FORM_VERSION),
	NEEDED("effective_on", FORM_DATE),
	NEEDED_NUMBER("part", 1, GAZETTEER_PARTS_MAX),
	NEEDED_NUMBER("parts", 1, GAZETTEER_PARTS_MAX),
	MESSAGES("areas", 0, &table_gazetteer_area),
	MESSAGES("successions", 0, &table_area_succession),
};

static void check_gazetteer_published(struct checking *checking, const struct position *position,
                                      const ProtobufCMessage *message)
{
	const Civil__V1__GazetteerPublished *published =
	        (const Civil__V1__GazetteerPublished *)message;

	if (published->part > published->parts) {
		constraint_report(checking, position, "part", RULE_S07, "is beyond the last part");
	}
}

const struct table table_gazetteer_published =
        TABLE(gazetteer_published, gazetteer_published_rows, check_gazetteer_published);

static const struct field_row ruleset_published_rows[] = {
	NEEDED_MESSAGE("rule_set", &table_rule_set),
};

static void check_ruleset_published(struct checking *checking, const struct position *position,
                                    const ProtobufCMessage *message)
{
	const Civil__V1__RulesetPublished *published = (const Civil__V1__RulesetPublished *)message;

	if (published->rule_set != NULL && published->rule_set->effective_on == NULL) {
		constraint_report(checking, position, "rule_set.effective_on", RULE_S07,
		                  "is missing");
	}
}

const struct table table_ruleset_published =
        TABLE(ruleset_published, ruleset_published_rows, check_ruleset_published);
