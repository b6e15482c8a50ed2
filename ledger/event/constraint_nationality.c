/* Field rows of nationality. */
#include "ledger/event/constraint_table.h"

static const struct field_row acquired_rows[] = {
	NEEDED("country", FORM_COUNTRY),
	NEEDED("basis", FORM_ENUM),
	NEEDED_TEXT("decree_number", TEXT_LINE_MAX),
	NEEDED("effective_on", FORM_DATE),
};

const struct table table_nationality_acquired = TABLE(nationality_acquired, acquired_rows, NULL);

/* Renounced and lost have the same fields. */
static const struct field_row ended_rows[] = {
	NEEDED("country", FORM_COUNTRY),
	NEEDED("basis", FORM_CODE),
	NEEDED_TEXT("decree_number", TEXT_LINE_MAX),
	NEEDED("effective_on", FORM_DATE),
	OPTIONAL("other_nationalities", FORM_COUNTRY),
	OPTIONAL("statelessness", FORM_ACT),
};

const struct table table_nationality_renounced = TABLE(nationality_renounced, ended_rows, NULL);
const struct table table_nationality_lost = TABLE(nationality_lost, ended_rows, NULL);

static const struct field_row restored_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED_TEXT("decree_number", TEXT_LINE_MAX),
	NEEDED("effective_on", FORM_DATE),
};

const struct table table_nationality_restored = TABLE(nationality_restored, restored_rows, NULL);

static const struct field_row statelessness_found_rows[] = {
	NEEDED_TEXT("finding_number", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
};

const struct table table_statelessness_found =
        TABLE(statelessness_found, statelessness_found_rows, NULL);
