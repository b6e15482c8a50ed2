/* Rows of the catalogue, C6: seals, their opening, and erasure. */
#include "ledger/event/kind_rows.h"

const struct kind kind_row_seal = {
	.id = KIND_SEAL,
	.name = "seal",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(SEAL),
	.profile = PROFILE_JOINT,
	.subjects = { { SUBJECT(SUBJECT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION),
	           SEAT_REGISTERED(ROLE_J | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_L09 },
	.valid_dates = { "date" },
};

const struct kind kind_row_unseal = {
	.id = KIND_UNSEAL,
	.name = "unseal",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(UNSEAL),
	.profile = PROFILE_JOINT,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION),
	           SEAT_REGISTERED(ROLE_J | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.subjects_of_target = true,
	.valid_dates = { "date" },
};

const struct kind kind_row_seal_opened = {
	.id = KIND_SEAL_OPENED,
	.name = "seal_opened",
	.event_class = CLASS(COURT),
	.content_case = CONTENT(SEAL_OPENED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 1, SUBJECTS_MAX, false } },
	.seats = { SEAT_REGISTERED(ROLE_G | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "date" },
};

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
