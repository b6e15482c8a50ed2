/* Rows of the catalogue, C4: extracts and certificates. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_certificate_issued = {
	.id = KIND_CERTIFICATE_ISSUED,
	.name = "certificate_issued",
	.event_class = CLASS(CERTIFICATE),
	.content_case = CONTENT(CERTIFICATE_ISSUED),
	.profile = PROFILE_SINGLE,
	.subjects_of_target = true,
	.seats = { { STEP(REGISTERED), ROLE_R, REACH_NATION, SEAT_EXTRACT },
	           { STEP(REGISTERED), ROLE_NA, REACH_NATION, SEAT_NATIONALITY },
	           { STEP(REGISTERED), ROLE_R, REACH_AREA, SEAT_CERTIFICATE } },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_S15, RULE_L19, RULE_L26 },
	.valid_dates = { "as_of" },
};

const struct kind kind_row_certificate_withdrawn = {
	.id = KIND_CERTIFICATE_WITHDRAWN,
	.name = "certificate_withdrawn",
	.event_class = CLASS(CERTIFICATE),
	.content_case = CONTENT(CERTIFICATE_WITHDRAWN),
	.profile = PROFILE_SINGLE,
	.subjects_of_target = true,
	.seats = { SEAT_REGISTERED(ROLE_R | ROLE_G, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};
