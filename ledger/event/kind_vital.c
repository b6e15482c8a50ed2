/* Rows of the catalogue, C1 and C2: births, deaths, marriages and their end. */
#include "ledger/event/kind_rows.h"

/* S15 stands in the rows with a registration number, which is never used twice. */

const struct kind kind_row_birth = {
	.id = KIND_BIRTH,
	.name = "birth",
	.event_class = CLASS(BIRTH),
	.content_case = CONTENT(BIRTH),
	.profile = PROFILE_VERIFIED,
	/* The child may also be a person without a birth act. */
	.subjects = { { SUBJECT(CHILD), 1, 1, true },
	              { SUBJECT(MOTHER), 0, 1, false },
	              { SUBJECT(FATHER), 0, 1, false } },
	/* A very late birth needs the province too: rule L11. */
	.seats = { { STEP(NOTIFIED), ROLE_N, REACH_AREA, SEAT_ALWAYS },
	           { STEP(DECLARED), ROLE_K | ROLE_R, REACH_AREA, SEAT_ALWAYS },
	           { STEP(VERIFIED), ROLE_V, REACH_AREA, SEAT_ALWAYS },
	           { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_ALWAYS } },
	.rules = { RULE_S15, RULE_S21, RULE_S22, RULE_S23, RULE_S24, RULE_L01, RULE_L11, RULE_L20,
	           RULE_P01, RULE_P02, RULE_P03, RULE_P04, RULE_P05, RULE_P06, RULE_P07, RULE_P09,
	           RULE_P10 },
	.valid_dates = { "date_of_birth" },
	.places = { "content.birth.place_of_birth", "content.birth.mother_residence" },
};

/* A foetal death makes no person: the mother alone is named. */
const struct kind kind_row_foetal_death = {
	.id = KIND_FOETAL_DEATH,
	.name = "foetal_death",
	.event_class = CLASS(BIRTH),
	.content_case = CONTENT(FOETAL_DEATH),
	.profile = PROFILE_DECLARED,
	.subjects = { { SUBJECT(MOTHER), 1, 1, false } },
	.seats = { { STEP(NOTIFIED), ROLE_N, REACH_AREA, SEAT_ALWAYS },
	           { STEP(DECLARED), ROLE_R, REACH_AREA, SEAT_ALWAYS },
	           { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_ALWAYS } },
	.rules = { RULE_S15, RULE_S23, RULE_P01, RULE_P04, RULE_P10 },
	.valid_dates = { "date" },
	.places = { "content.foetal_death.place" },
};

const struct kind kind_row_death = {
	.id = KIND_DEATH,
	.name = "death",
	.event_class = CLASS(DEATH),
	.content_case = CONTENT(DEATH),
	.profile = PROFILE_DECLARED,
	/* The member is the new head of the household of a head who dies. */
	.subjects = { { SUBJECT(DECEASED), 1, 1, false },
	              { SUBJECT(SURVIVING_SPOUSE), 0, 1, false },
	              { SUBJECT(MEMBER), 0, 1, false } },
	.seats = { { STEP(NOTIFIED), ROLE_N, REACH_AREA, SEAT_ALWAYS },
	           { STEP(DECLARED), ROLE_K | ROLE_R, REACH_AREA, SEAT_ALWAYS },
	           { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_ALWAYS } },
	.rules = { RULE_S15, RULE_S21, RULE_L02, RULE_L03, RULE_L11, RULE_L16, RULE_P05, RULE_P08,
	           RULE_P10 },
	.valid_dates = { "date_of_death" },
	.places = { "content.death.place_of_death", "content.death.usual_residence" },
};

const struct kind kind_row_marriage_notice = {
	.id = KIND_MARRIAGE_NOTICE,
	.name = "marriage_notice",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(MARRIAGE_NOTICE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SPOUSE_A), 1, 1, false }, { SUBJECT(SPOUSE_B), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_L03, RULE_L04, RULE_L05, RULE_L06 },
	.valid_dates = { "posted_on" },
};

const struct kind kind_row_marriage = {
	.id = KIND_MARRIAGE,
	.name = "marriage",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(MARRIAGE),
	.profile = PROFILE_DECLARED,
	.subjects = { { SUBJECT(SPOUSE_A), 1, 1, false }, { SUBJECT(SPOUSE_B), 1, 1, false } },
	/* Nobody notifies a marriage, so NOTIFIED has no seat. */
	.seats = { { STEP(DECLARED), ROLE_K | ROLE_R, REACH_AREA, SEAT_ALWAYS },
	           { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_ALWAYS } },
	.rules = { RULE_S15, RULE_S21, RULE_L03, RULE_L04, RULE_L05, RULE_L06, RULE_L07, RULE_L08,
	           RULE_L11, RULE_L18, RULE_P07, RULE_P08, RULE_P10 },
	.valid_dates = { "date_of_marriage" },
	.places = { "content.marriage.place" },
};

const struct kind kind_row_divorce = {
	.id = KIND_DIVORCE,
	.name = "divorce",
	.event_class = CLASS(MARRIAGE),
	.content_case = CONTENT(DIVORCE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SPOUSE_A), 1, 1, false }, { SUBJECT(SPOUSE_B), 1, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_R, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L03, RULE_L09 },
	.valid_dates = { "date_final" },
};
