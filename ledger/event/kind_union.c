/* Rows of the catalogue, C2: objections to a marriage, and what courts decide about one. */
#include "ledger/event/kind_rows.h"

#define SPOUSES                                                                                    \
	{ SUBJECT(SPOUSE_A), 1, 1, false },                                                        \
	{                                                                                          \
		SUBJECT(SPOUSE_B), 1, 1, false                                                     \
	}

const struct kind kind_row_objection = {
	.id = KIND_OBJECTION,
	.name = "objection",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(OBJECTION),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES, { SUBJECT(OBJECTOR), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_objection_resolved = {
	.id = KIND_OBJECTION_RESOLVED,
	.name = "objection_resolved",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(OBJECTION_RESOLVED),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES, { SUBJECT(OBJECTOR), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "date" },
};

const struct kind kind_row_annulment = {
	.id = KIND_ANNULMENT,
	.name = "annulment",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(ANNULMENT),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_separation = {
	.id = KIND_SEPARATION,
	.name = "separation",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(SEPARATION),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L03, RULE_L09 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_reconciliation = {
	.id = KIND_RECONCILIATION,
	.name = "reconciliation",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(RECONCILIATION),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L03, RULE_L09 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_marriage_resolved = {
	.id = KIND_MARRIAGE_RESOLVED,
	.name = "marriage_resolved",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(MARRIAGE_RESOLVED),
	.profile = PROFILE_SINGLE,
	.subjects = { SPOUSES },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "ended_on", "date_final" },
};
