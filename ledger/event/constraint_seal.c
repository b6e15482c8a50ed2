/* Field rows of seals and of erasure. */
#include "ledger/event/constraint_table.h"

static const struct field_row seal_rows[] = {
	NEEDED("scope", FORM_ENUM),    OPTIONAL("targets", FORM_ACT),
	OPTIONAL("fields", FORM_PATH), NEEDED_TEXT("authority", TEXT_LINE_MAX),
	OPTIONAL("until", FORM_DATE),  NEEDED("date", FORM_DATE),
};

static void check_seal(struct checking *checking, const struct position *position,
                       const ProtobufCMessage *message)
{
	const Civil__V1__Seal *seal = (const Civil__V1__Seal *)message;
	const bool persons = seal->scope == CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_PERSON;
	const bool fields = seal->scope == CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_FIELD;

	if (fields || seal->scope == CIVIL__V1__SEAL_SCOPE__SEAL_SCOPE_EDGE) {
		constraint_report(checking, position, "scope", RULE_S07,
		                  "is no scope that this program keeps: act or person");
	}
	if (persons == (seal->n_targets > 0)) {
		constraint_report(checking, position, "targets", RULE_S07,
		                  "go with every scope but person");
	}
	if (fields != (seal->n_fields > 0)) {
		constraint_report(checking, position, "fields", RULE_S07,
		                  "go with scope field and not without it");
	}
	if (fields && seal->n_targets > 1) {
		constraint_report(checking, position, "targets", RULE_S07,
		                  "are more than the one act whose fields are sealed");
	}
}

const struct table table_seal = TABLE(seal, seal_rows, check_seal);

static const struct field_row unseal_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_unseal = TABLE(unseal, unseal_rows, NULL);

static const struct field_row seal_opened_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED_TEXT("reader", TEXT_LINE_MAX),
	NEEDED_TEXT("warrant", TEXT_LINE_MAX),
	OPTIONAL("fields", FORM_PATH),
	NEEDED("date", FORM_DATE),
};

const struct table table_seal_opened = TABLE(seal_opened, seal_opened_rows, NULL);

/* Whether the residue fits its target is for the rules to say: they know the target. */
static const struct field_row content_erased_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("residue", FORM_CONTENT),
	NEEDED("decision", FORM_ACT),
	NEEDED("date", FORM_DATE),
};

const struct table table_content_erased = TABLE(content_erased, content_erased_rows, NULL);
