/* Field rows of governance: what becomes of offices and officers, institutions, code lists, nodes.
 */
#include "ledger/event/constraint_table.h"

enum { PARTS_MAX = 10000 };

#define OFFICER_ROLE(name) ROLE_BIT(CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##name)

static const struct field_row office_merged_rows[] = {
	NEEDED("office_id", FORM_OFFICE),
	NEEDED("into", FORM_OFFICE),
	NEEDED("date", FORM_DATE),
};

static void check_office_merged(struct checking *checking, const struct position *position,
                                const ProtobufCMessage *message)
{
	const Civil__V1__OfficeMerged *merged = (const Civil__V1__OfficeMerged *)message;

	if (merged->office_id[0] != '\0' && strcmp(merged->office_id, merged->into) == 0) {
		constraint_report(checking, position, "into", RULE_S07, "is the office itself");
	}
}

const struct table table_office_merged =
        TABLE(office_merged, office_merged_rows, check_office_merged);

void constraint_officer_roles(struct checking *checking, const struct position *position,
                              const Civil__V1__OfficerRole *roles, size_t count)
{
	const uint32_t commune = OFFICER_ROLE(REGISTRAR) | OFFICER_ROLE(CLERK);
	uint32_t set = 0;

	for (size_t i = 0; i < count; i++) {
		set |= ROLE_BIT((uint32_t)roles[i] & 31);
	}
	if ((set & OFFICER_ROLE(VERIFIER)) != 0 && (set & commune) != 0) {
		constraint_report(checking, position, "roles", RULE_S07,
		                  "join the verifier with the registrar or clerk");
	}
	if ((set & OFFICER_ROLE(NODE)) != 0) {
		constraint_report(checking, position, "roles", RULE_S07,
		                  "name that of a node, which no officer has");
	}
}

static const struct field_row officer_scope_changed_rows[] = {
	NEEDED("public_key", FORM_KEY),   NEEDED("roles", FORM_ENUM),
	NEEDED("office_id", FORM_OFFICE), NEEDED("from", FORM_DATE),
	OPTIONAL("until", FORM_DATE),
};

static void check_officer_scope_changed(struct checking *checking, const struct position *position,
                                        const ProtobufCMessage *message)
{
	const Civil__V1__OfficerScopeChanged *changed =
	        (const Civil__V1__OfficerScopeChanged *)message;

	constraint_officer_roles(checking, position, changed->roles, changed->n_roles);
}

const struct table table_officer_scope_changed =
        TABLE(officer_scope_changed, officer_scope_changed_rows, check_officer_scope_changed);

static const struct field_row officer_key_rotated_rows[] = {
	NEEDED("public_key", FORM_KEY),
	NEEDED("new_public_key", FORM_KEY),
	NEEDED("date", FORM_DATE),
};

const struct table table_officer_key_rotated =
        TABLE(officer_key_rotated, officer_key_rotated_rows, NULL);

static const struct field_row officer_retired_rows[] = {
	NEEDED("public_key", FORM_KEY),
	NEEDED("date", FORM_DATE),
};

const struct table table_officer_retired = TABLE(officer_retired, officer_retired_rows, NULL);

static const struct field_row institution_package_rows[] = {
	NEEDED("name", FORM_CODE),
	NEEDED("fields", FORM_PATH),
};

static const struct table table_institution_package =
        TABLE(institution_package, institution_package_rows, NULL);

static const struct field_row institution_authorised_rows[] = {
	NEEDED("institution", FORM_OFFICE),    NEEDED("certificate_fingerprint", FORM_HASH),
	NEEDED("purposes", FORM_CODE),         MESSAGES("packages", 1, &table_institution_package),
	NEEDED_TEXT("basis", TEXT_REASON_MAX), NEEDED("from", FORM_DATE),
	OPTIONAL("until", FORM_DATE),
};

const struct table table_institution_authorised =
        TABLE(institution_authorised, institution_authorised_rows, NULL);

static const struct field_row institution_revoked_rows[] = {
	NEEDED("institution", FORM_OFFICE),
	NEEDED("reason", FORM_CODE),
	NEEDED("date", FORM_DATE),
};

const struct table table_institution_revoked =
        TABLE(institution_revoked, institution_revoked_rows, NULL);

static const struct field_row codelist_entry_rows[] = {
	NEEDED("code", FORM_CODE),
	NEEDED_TEXT("km", TEXT_LINE_MAX),
	NEEDED_TEXT("en", TEXT_LINE_MAX),
};

static const struct table table_codelist_entry = TABLE(codelist_entry, codelist_entry_rows, NULL);

static const struct field_row codelist_published_rows[] = {
	NEEDED("list", FORM_CODE),
	NEEDED("version", FORM_VERSION),
	NEEDED("effective_on", FORM_DATE),
	NEEDED_NUMBER("part", 1, PARTS_MAX),
	NEEDED_NUMBER("parts", 1, PARTS_MAX),
	MESSAGES("entries", 1, &table_codelist_entry),
};

static void check_codelist_published(struct checking *checking, const struct position *position,
                                     const ProtobufCMessage *message)
{
	const Civil__V1__CodelistPublished *published =
	        (const Civil__V1__CodelistPublished *)message;

	if (published->part > published->parts) {
		constraint_report(checking, position, "part", RULE_S07, "is beyond the last part");
	}
}

const struct table table_codelist_published =
        TABLE(codelist_published, codelist_published_rows, check_codelist_published);

static const struct field_row node_admitted_rows[] = {
	NEEDED("node_id", FORM_OFFICE),   NEEDED("public_key", FORM_KEY),
	NEEDED("cosigner_key", FORM_KEY), NEEDED("role", FORM_ENUM),
	NEEDED("office_id", FORM_OFFICE), NEEDED("from", FORM_DATE),
};

const struct table table_node_admitted = TABLE(node_admitted, node_admitted_rows, NULL);

static const struct field_row node_retired_rows[] = {
	NEEDED("node_id", FORM_OFFICE),
	NEEDED("date", FORM_DATE),
};

const struct table table_node_retired = TABLE(node_retired, node_retired_rows, NULL);

static const struct field_row access_anchor_rows[] = {
	NEEDED("node_id", FORM_OFFICE),       NEEDED("head", FORM_HASH),
	NEEDED_NUMBER("count", 1, INT64_MAX), NEEDED("from_ms", FORM_INSTANT),
	NEEDED("to_ms", FORM_INSTANT),        NEEDED("date", FORM_DATE),
};

static void check_access_anchor(struct checking *checking, const struct position *position,
                                const ProtobufCMessage *message)
{
	const Civil__V1__AccessAnchor *anchor = (const Civil__V1__AccessAnchor *)message;

	if (anchor->to_ms < anchor->from_ms) {
		constraint_report(checking, position, "to_ms", RULE_S07, "is before from_ms");
	}
}

const struct table table_access_anchor =
        TABLE(access_anchor, access_anchor_rows, check_access_anchor);

static const struct field_row checkpoint_epoch_rows[] = {
	NEEDED("node_id", FORM_OFFICE), NEEDED_NUMBER("size", 1, INT64_MAX),
	NEEDED("root", FORM_HASH),      NEEDED("map_root", FORM_HASH),
	NEEDED("date", FORM_DATE),
};

const struct table table_checkpoint_epoch = TABLE(checkpoint_epoch, checkpoint_epoch_rows, NULL);

static const struct field_row disclosure_rows[] = {
	NEEDED("institution", FORM_OFFICE),
	NEEDED("purpose", FORM_CODE),
	NEEDED_TEXT("selection", TEXT_STORY_MAX),
	NEEDED("output_digest", FORM_HASH),
	OPTIONAL_NUMBER("count", 0, INT64_MAX),
	NEEDED_TEXT("basis", TEXT_REASON_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_disclosure = TABLE(disclosure, disclosure_rows, NULL);
