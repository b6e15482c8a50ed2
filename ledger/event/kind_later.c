/* Rows of the catalogue, C6 and C7: corrections, court decisions, old papers. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_correction = {
	.id = KIND_CORRECTION,
	.name = "correction",
	.event_class = CLASS(AMENDMENT),
	.content_case = CONTENT(CORRECTION),
	.profile = PROFILE_JOINT,
	.seats = { { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_ADMINISTRATIVE },
	           { STEP(REGISTERED), ROLE_V, REACH_AREA, SEAT_ADMINISTRATIVE },
	           { STEP(REGISTERED), ROLE_R, REACH_NATION, SEAT_COURT },
	           { STEP(REGISTERED), ROLE_V, REACH_NATION, SEAT_COURT } },
	/* Besides these, the rules of the target's kind on the corrected content. */
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_S19, RULE_L09, RULE_L10, RULE_L19 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};

const struct kind kind_row_court_decision = {
	.id = KIND_COURT_DECISION,
	.name = "court_decision",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(COURT_DECISION),
	.profile = PROFILE_SINGLE,
	/* An order may concern acts alone, and then names nobody. */
	.subjects = { { SUBJECT(SUBJECT), 0, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_J | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12 },
	.valid_dates = { "date_final", "date_of_decision" },
};

const struct kind kind_row_legacy_digitised = {
	.id = KIND_LEGACY_DIGITISED,
	.name = "legacy_digitised",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(LEGACY_DIGITISED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_K | ROLE_V, REACH_NATION) },
	.valid_dates = { "date" },
};

const struct kind kind_row_legacy_verified = {
	.id = KIND_LEGACY_VERIFIED,
	.name = "legacy_verified",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(LEGACY_VERIFIED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_legacy_linked = {
	.id = KIND_LEGACY_LINKED,
	.name = "legacy_linked",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(LEGACY_LINKED),
	.profile = PROFILE_JOINT,
	/* The tested place is that of the paper's office, which legacy_digitised names. */
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_AREA), SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	/* Besides these, the rules of the act on the paper, without S22, L08, L11, P10. */
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.subjects_of_effective = true,
	.valid_dates = { "birth.date_of_birth", "death.date_of_death",
	                 "marriage.date_of_marriage" },
};
