/* Rows of the catalogue, C1 and C6: what takes the effect of an act away or gives it back, deaths
 * that a court presumes, disputes and holds. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_death_revoked = {
	.id = KIND_DEATH_REVOKED,
	.name = "death_revoked",
	.event_class = CLASS(DEATH),
	.content_case = CONTENT(DEATH_REVOKED),
	.profile = PROFILE_JOINT,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION),
	           SEAT_REGISTERED(ROLE_J | ROLE_P, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.subjects_of_target = true,
	.valid_dates = { "found_on" },
};

const struct kind kind_row_cause_coded = {
	.id = KIND_CAUSE_CODED,
	.name = "cause_coded",
	.event_class = CLASS(DEATH),
	.content_case = CONTENT(CAUSE_CODED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(DECEASED), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_HC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_disappearance = {
	.id = KIND_DISAPPEARANCE,
	.name = "disappearance",
	.event_class = CLASS(DEATH),
	.content_case = CONTENT(DISAPPEARANCE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(DECEASED), 1, 1, false } },
	.seats = { { STEP(REGISTERED), ROLE_PD, REACH_AREA, SEAT_POLICE },
	           { STEP(REGISTERED), ROLE_CC, REACH_NATION, SEAT_CLERK_OF_COURT } },
	.rules = { RULE_S21, RULE_L03 },
	.valid_dates = { "last_seen" },
	.places = { "content.disappearance.place" },
};

const struct kind kind_row_presumed_death = {
	.id = KIND_PRESUMED_DEATH,
	.name = "presumed_death",
	.event_class = CLASS(DEATH),
	.content_case = CONTENT(PRESUMED_DEATH),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(DECEASED), 1, 1, false },
	              { SUBJECT(SURVIVING_SPOUSE), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_L02, RULE_L03, RULE_L09 },
	.valid_dates = { "presumed_date" },
};

const struct kind kind_row_revocation = {
	.id = KIND_REVOCATION,
	.name = "revocation",
	.event_class = CLASS(AMENDMENT),
	.content_case = CONTENT(REVOCATION),
	.profile = PROFILE_JOINT,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09, RULE_L19 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};

const struct kind kind_row_reinstatement = {
	.id = KIND_REINSTATEMENT,
	.name = "reinstatement",
	.event_class = CLASS(AMENDMENT),
	.content_case = CONTENT(REINSTATEMENT),
	.profile = PROFILE_JOINT,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION) },
	/* Besides these, rules of the act that comes back. */
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};

const struct kind kind_row_dispute_opened = {
	.id = KIND_DISPUTE_OPENED,
	.name = "dispute_opened",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(DISPUTE_OPENED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_R | ROLE_V | ROLE_G | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

const struct kind kind_row_dispute_closed = {
	.id = KIND_DISPUTE_CLOSED,
	.name = "dispute_closed",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(DISPUTE_CLOSED),
	.profile = PROFILE_JOINT,
	.subjects = { { SUBJECT(SUBJECT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_P, REACH_NATION), SEAT_REGISTERED(ROLE_V, REACH_NATION) },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

const struct kind kind_row_legal_hold_set = {
	.id = KIND_LEGAL_HOLD_SET,
	.name = "legal_hold_set",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(LEGAL_HOLD_SET),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_J | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

const struct kind kind_row_legal_hold_lifted = {
	.id = KIND_LEGAL_HOLD_LIFTED,
	.name = "legal_hold_lifted",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(LEGAL_HOLD_LIFTED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_J | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};
