/* Field rows of what takes an act's effect away and gives it back, of disputes and of holds. */
#include "ledger/event/constraint_table.h"

static const struct field_row death_revoked_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("found_on", FORM_DATE),
	NEEDED("proof", FORM_CODE),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
};

const struct table table_death_revoked = TABLE(death_revoked, death_revoked_rows, NULL);

static const struct field_row coded_cause_rows[] = {
	NEEDED("line", FORM_CAUSE_LINE),
	NEEDED("icd_version", FORM_VERSION),
	NEEDED("code", FORM_ICD),
};

static const struct table table_coded_cause = TABLE(coded_cause, coded_cause_rows, NULL);

static const struct field_row cause_coded_rows[] = {
	NEEDED("target", FORM_ACT),
	MESSAGES("codes", 1, &table_coded_cause),
	NEEDED("underlying", FORM_ICD),
	OPTIONAL_TEXT("tool", TEXT_LINE_MAX),
	OPTIONAL_TEXT("tool_version", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
};

/* The underlying cause is chosen among the lines, and a tool is told with its version. */
static void check_cause_coded(struct checking *checking, const struct position *position,
                              const ProtobufCMessage *message)
{
	const Civil__V1__CauseCoded *coded = (const Civil__V1__CauseCoded *)message;
	bool listed = coded->underlying[0] == '\0'; /* missing, which is said already */

	for (size_t i = 0; i < coded->n_codes; i++) {
		listed = listed || strcmp(coded->codes[i]->code, coded->underlying) == 0;
	}
	if (!listed) {
		constraint_report(checking, position, "underlying", RULE_S07,
		                  "is none of the codes");
	}
	if ((coded->tool[0] == '\0') != (coded->tool_version[0] == '\0')) {
		constraint_report(checking, position, "tool_version", RULE_S07,
		                  "goes with tool and not without it");
	}
}

const struct table table_cause_coded = TABLE(cause_coded, cause_coded_rows, check_cause_coded);

static const struct field_row disappearance_rows[] = {
	NEEDED("last_seen", FORM_PARTIAL_DATE),
	NEEDED_MESSAGE("place", &table_place),
	NEEDED_MESSAGE("reported_by", &table_informant),
};

const struct table table_disappearance = TABLE(disappearance, disappearance_rows, NULL);

static const struct field_row presumed_death_rows[] = {
	NEEDED("presumed_date", FORM_DATE),
	NEEDED("decision", FORM_ACT),
};

const struct table table_presumed_death = TABLE(presumed_death, presumed_death_rows, NULL);

static const struct field_row revocation_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("ground", FORM_ENUM),
	NEEDED("effect", FORM_ENUM),
	NEEDED("date", FORM_DATE),
};

const struct table table_revocation = TABLE(revocation, revocation_rows, NULL);

static const struct field_row reinstatement_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED("ground", FORM_ENUM),
	NEEDED("date", FORM_DATE),
};

const struct table table_reinstatement = TABLE(reinstatement, reinstatement_rows, NULL);

static bool named_twice(const ProtobufCBinaryData *targets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (bytes_equal(bytes_of(targets[i].data, targets[i].len),
			                bytes_of(targets[j].data, targets[j].len))) {
				return true;
			}
		}
	}
	return false;
}

static const struct field_row dispute_opened_rows[] = {
	NEEDED("targets", FORM_ACT),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED_TEXT("reason", TEXT_STORY_MAX),
	NEEDED("date", FORM_DATE),
};

static void check_dispute_opened(struct checking *checking, const struct position *position,
                                 const ProtobufCMessage *message)
{
	const Civil__V1__DisputeOpened *opened = (const Civil__V1__DisputeOpened *)message;

	if (named_twice(opened->targets, opened->n_targets)) {
		constraint_report(checking, position, "targets", RULE_S07, "name an act twice");
	}
}

const struct table table_dispute_opened =
        TABLE(dispute_opened, dispute_opened_rows, check_dispute_opened);

static const struct field_row dispute_closed_rows[] = {
	NEEDED("targets", FORM_ACT),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED("outcome", FORM_ENUM),
	NEEDED("date", FORM_DATE),
};

static void check_dispute_closed(struct checking *checking, const struct position *position,
                                 const ProtobufCMessage *message)
{
	const Civil__V1__DisputeClosed *closed = (const Civil__V1__DisputeClosed *)message;

	if (named_twice(closed->targets, closed->n_targets)) {
		constraint_report(checking, position, "targets", RULE_S07, "name an act twice");
	}
}

const struct table table_dispute_closed =
        TABLE(dispute_closed, dispute_closed_rows, check_dispute_closed);

static const struct field_row legal_hold_set_rows[] = {
	NEEDED("scope", FORM_ENUM),   OPTIONAL("targets", FORM_ACT),
	OPTIONAL("until", FORM_DATE), NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
};

static void check_legal_hold_set(struct checking *checking, const struct position *position,
                                 const ProtobufCMessage *message)
{
	const Civil__V1__LegalHoldSet *hold = (const Civil__V1__LegalHoldSet *)message;
	const bool acts = hold->scope == CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_ACT;

	if (acts != (hold->n_targets > 0)) {
		constraint_report(checking, position, "targets", RULE_S07,
		                  "go with scope act and not without it");
	}
	if (named_twice(hold->targets, hold->n_targets)) {
		constraint_report(checking, position, "targets", RULE_S07, "name an act twice");
	}
}

const struct table table_legal_hold_set =
        TABLE(legal_hold_set, legal_hold_set_rows, check_legal_hold_set);

static const struct field_row legal_hold_lifted_rows[] = {
	NEEDED("target", FORM_ACT),
	NEEDED_TEXT("authority", TEXT_LINE_MAX),
	NEEDED("date", FORM_DATE),
};

const struct table table_legal_hold_lifted = TABLE(legal_hold_lifted, legal_hold_lifted_rows, NULL);
