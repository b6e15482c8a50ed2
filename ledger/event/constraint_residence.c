/* Field rows of residence beyond opening a unit and moving; those of applications. */
#include "ledger/event/constraint_table.h"

#include "ledger/event/partial_date.h"

static const struct field_row residence_unit_closed_rows[] = {
	NEEDED("unit", FORM_ID),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_residence_unit_closed =
        TABLE(residence_unit_closed, residence_unit_closed_rows, NULL);

void constraint_until(struct checking *checking, const struct position *position,
                      const Civil__V1__Date *from, const Civil__V1__Date *until)
{
	int32_t first;
	int32_t last;

	if (partial_date_day(&first, from) && partial_date_day(&last, until) && last < first) {
		constraint_report(checking, position, "until", RULE_S07, "lies before from");
	}
}

static const struct field_row temporary_residence_rows[] = {
	NEEDED("unit", FORM_ID),
	NEEDED("from", FORM_DATE),
	NEEDED("until", FORM_DATE),
	NEEDED_TEXT("host", TEXT_LINE_MAX),
};

static void check_temporary_residence(struct checking *checking, const struct position *position,
                                      const ProtobufCMessage *message)
{
	const Civil__V1__TemporaryResidence *stay = (const Civil__V1__TemporaryResidence *)message;

	constraint_until(checking, position, stay->from, stay->until);
}

const struct table table_temporary_residence =
        TABLE(temporary_residence, temporary_residence_rows, check_temporary_residence);

static const struct field_row address_changed_rows[] = {
	NEEDED_MESSAGE("old_address", &table_address),
	NEEDED_MESSAGE("new_address", &table_address),
	NEEDED("cause", FORM_ENUM),
	NEEDED("effective_on", FORM_DATE),
};

const struct table table_address_changed = TABLE(address_changed, address_changed_rows, NULL);

static const struct field_row address_protection_set_rows[] = {
	NEEDED("level", FORM_ENUM),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	OPTIONAL("until", FORM_DATE),
	NEEDED("from", FORM_DATE),
};

static void check_address_protection_set(struct checking *checking, const struct position *position,
                                         const ProtobufCMessage *message)
{
	const Civil__V1__AddressProtectionSet *set =
	        (const Civil__V1__AddressProtectionSet *)message;

	constraint_until(checking, position, set->from, set->until);
}

const struct table table_address_protection_set =
        TABLE(address_protection_set, address_protection_set_rows, check_address_protection_set);

static const struct field_row address_protection_lifted_rows[] = {
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED("from", FORM_DATE),
};

const struct table table_address_protection_lifted =
        TABLE(address_protection_lifted, address_protection_lifted_rows, NULL);

/* Going abroad and coming back have the same fields. */
static const struct field_row abroad_rows[] = {
	NEEDED("country", FORM_COUNTRY),
	NEEDED("date", FORM_DATE),
	NEEDED("basis", FORM_CODE),
};

const struct table table_emigration = TABLE(emigration, abroad_rows, NULL);
const struct table table_immigration_return = TABLE(immigration_return, abroad_rows, NULL);

static const struct field_row application_submitted_rows[] = {
	NEEDED("for_kind", FORM_CODE), NEEDED("application_number", FORM_DOCUMENT_NUMBER),
	NEEDED("channel", FORM_ENUM),  NEEDED("delivery", FORM_ENUM),
	NEEDED("date", FORM_DATE),     NEEDED("office_id", FORM_OFFICE),
};

const struct table table_application_submitted =
        TABLE(application_submitted, application_submitted_rows, NULL);

static const struct field_row application_step_rows[] = {
	NEEDED("application", FORM_ACT),
	NEEDED("date", FORM_DATE),
};

const struct table table_application_processing =
        TABLE(application_processing, application_step_rows, NULL);
const struct table table_application_ready = TABLE(application_ready, application_step_rows, NULL);

static const struct field_row application_delivered_rows[] = {
	NEEDED("application", FORM_ACT),
	NEEDED("delivered_how", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_application_delivered =
        TABLE(application_delivered, application_delivered_rows, NULL);

static const struct field_row application_refused_rows[] = {
	NEEDED("application", FORM_ACT),
	NEEDED("reason", FORM_CODE),
	OPTIONAL_TEXT("text", TEXT_STORY_MAX),
	NEEDED("appeal_until", FORM_DATE),
	NEEDED("date", FORM_DATE),
};

const struct table table_application_refused =
        TABLE(application_refused, application_refused_rows, NULL);

static const struct field_row application_withdrawn_rows[] = {
	NEEDED("application", FORM_ACT),
	OPTIONAL_TEXT("text", TEXT_STORY_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_application_withdrawn =
        TABLE(application_withdrawn, application_withdrawn_rows, NULL);
