/* Rows of the catalogue, C3: residence units and moves, kept by the commune police. Dwellings are
 * the tested places: the rule reads them from the unit. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_residence_unit_opened = {
	.id = KIND_RESIDENCE_UNIT_OPENED,
	.name = "residence_unit_opened",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(RESIDENCE_UNIT_OPENED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(HOST), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_PC, REACH_AREA) },
	.valid_dates = { "date" },
	.places = { "content.residence_unit_opened.address" },
};

const struct kind kind_row_residence_departure = {
	.id = KIND_RESIDENCE_DEPARTURE,
	.name = "residence_departure",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(RESIDENCE_DEPARTURE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_PC, REACH_AREA) },
	.rules = { RULE_L03, RULE_L15, RULE_L19 },
	.valid_dates = { "date" },
};

const struct kind kind_row_residence_arrival = {
	.id = KIND_RESIDENCE_ARRIVAL,
	.name = "residence_arrival",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(RESIDENCE_ARRIVAL),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	/* Without a release the district police sign too: rule L24. */
	.seats = { SEAT_REGISTERED(ROLE_PC, REACH_AREA) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L03, RULE_L15, RULE_L24 },
	.valid_dates = { "date" },
};

const struct kind kind_row_residence_unit_closed = {
	.id = KIND_RESIDENCE_UNIT_CLOSED,
	.name = "residence_unit_closed",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(RESIDENCE_UNIT_CLOSED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(HOST), 0, 1, false } },
	.seats = { SEAT_REGISTERED(ROLE_PC, REACH_AREA) },
	.rules = { RULE_L15 },
	.valid_dates = { "date" },
};

const struct kind kind_row_temporary_residence = {
	.id = KIND_TEMPORARY_RESIDENCE,
	.name = "temporary_residence",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(TEMPORARY_RESIDENCE),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_PC, REACH_AREA) },
	.rules = { RULE_L03, RULE_L15, RULE_L23 },
	.valid_dates = { "from" },
};

const struct kind kind_row_address_changed = {
	.id = KIND_ADDRESS_CHANGED,
	.name = "address_changed",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(ADDRESS_CHANGED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	/* The national office covers every place. */
	.seats = { SEAT_REGISTERED(ROLE_PC | ROLE_G, REACH_AREA) },
	.rules = { RULE_S19 },
	.valid_dates = { "effective_on" },
	.places = { "content.address_changed.old_address", "content.address_changed.new_address" },
};

const struct kind kind_row_address_protection_set = {
	.id = KIND_ADDRESS_PROTECTION_SET,
	.name = "address_protection_set",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(ADDRESS_PROTECTION_SET),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, 1, false } },
	.seats = { { STEP(REGISTERED), ROLE_PD, REACH_AREA, SEAT_POLICE },
	           { STEP(REGISTERED), ROLE_CC, REACH_NATION, SEAT_CLERK_OF_COURT } },
	.rules = { RULE_L03 },
	.valid_dates = { "from" },
};

const struct kind kind_row_address_protection_lifted = {
	.id = KIND_ADDRESS_PROTECTION_LIFTED,
	.name = "address_protection_lifted",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(ADDRESS_PROTECTION_LIFTED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, 1, false } },
	.seats = { { STEP(REGISTERED), ROLE_PD, REACH_AREA, SEAT_POLICE },
	           { STEP(REGISTERED), ROLE_CC, REACH_NATION, SEAT_CLERK_OF_COURT } },
	.rules = { RULE_L03 },
	.valid_dates = { "from" },
};

const struct kind kind_row_emigration = {
	.id = KIND_EMIGRATION,
	.name = "emigration",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(EMIGRATION),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_IM, REACH_NATION) },
	.rules = { RULE_L03 },
	.valid_dates = { "date" },
};

const struct kind kind_row_immigration_return = {
	.id = KIND_IMMIGRATION_RETURN,
	.name = "immigration_return",
	.event_class = CLASS(RESIDENCE),
	.content_case = CONTENT(IMMIGRATION_RETURN),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(RESIDENT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_IM, REACH_NATION) },
	.rules = { RULE_L03 },
	.valid_dates = { "date" },
};
