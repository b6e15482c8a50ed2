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
