/* Rows of the catalogue, C6: erasure. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_content_erased = {
	.id = KIND_CONTENT_ERASED,
	.name = "content_erased",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(CONTENT_ERASED),
	.profile = PROFILE_JOINT,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION) },
	/* No S14: what was revoked can be erased too. */
	.rules = { RULE_S12, RULE_S13, RULE_L09 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};
