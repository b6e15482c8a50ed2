/* Rows of the catalogue, C2: parents by other ways than birth, guardians, capacity, names. */
#include "ledger/event/kind_rows.h"

/* Besides the parent who recognises, the other one may be named: rule S07 asks for the first. */
const struct kind kind_row_recognition = {
	.id = KIND_RECOGNITION,
	.name = "recognition",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(RECOGNITION),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(MOTHER), 0, 1, false },
	              { SUBJECT(FATHER), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S17, RULE_S23, RULE_L20, RULE_L21, RULE_P02 },
	.valid_dates = { "date" },
};

const struct kind kind_row_parentage_disputed = {
	.id = KIND_PARENTAGE_DISPUTED,
	.name = "parentage_disputed",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(PARENTAGE_DISPUTED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(MOTHER), 0, 1, false },
	              { SUBJECT(FATHER), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_CC, REACH_NATION) },
	.valid_dates = { "date" },
};

const struct kind kind_row_parentage_set = {
	.id = KIND_PARENTAGE_SET,
	.name = "parentage_set",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(PARENTAGE_SET),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(MOTHER), 0, 1, false },
	              { SUBJECT(FATHER), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S17, RULE_L09 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_legitimation = {
	.id = KIND_LEGITIMATION,
	.name = "legitimation",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(LEGITIMATION),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(MOTHER), 1, 1, false },
	              { SUBJECT(FATHER), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_adoption = {
	.id = KIND_ADOPTION,
	.name = "adoption",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(ADOPTION),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(ADOPTER_A), 1, 1, false },
	              { SUBJECT(ADOPTER_B), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S17, RULE_L03, RULE_L09, RULE_L21, RULE_L22 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_adoption_revoked = {
	.id = KIND_ADOPTION_REVOKED,
	.name = "adoption_revoked",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(ADOPTION_REVOKED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(CHILD), 1, 1, false },
	              { SUBJECT(ADOPTER_A), 1, 1, false },
	              { SUBJECT(ADOPTER_B), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "date_final" },
};

const struct kind kind_row_guardianship_set = {
	.id = KIND_GUARDIANSHIP_SET,
	.name = "guardianship_set",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(GUARDIANSHIP_SET),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(WARD), 1, 1, false }, { SUBJECT(GUARDIAN), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_L03, RULE_L09 },
	.valid_dates = { "from" },
};

const struct kind kind_row_guardianship_ended = {
	.id = KIND_GUARDIANSHIP_ENDED,
	.name = "guardianship_ended",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(GUARDIANSHIP_ENDED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(WARD), 1, 1, false }, { SUBJECT(GUARDIAN), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L03, RULE_L09 },
	.valid_dates = { "from" },
};

const struct kind kind_row_capacity_set = {
	.id = KIND_CAPACITY_SET,
	.name = "capacity_set",
	.event_class = CLASS(FILIATION),
	.content_case = CONTENT(CAPACITY_SET),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_L03, RULE_L09 },
	.valid_dates = { "from" },
};

/* Of the sorts only a replacement needs a court: rule L09. */
const struct kind kind_row_name_change = {
	.id = KIND_NAME_CHANGE,
	.name = "name_change",
	.event_class = CLASS(NAME),
	.content_case = CONTENT(NAME_CHANGE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(HOLDER), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S19, RULE_L03, RULE_L09 },
	.valid_dates = { "effective_on" },
};
