/* Rows of the catalogue, C7: identities beside the birth act, and papers that are not linked. */
#include "ledger/event/kind_rows.h"

#define ONE_SUBJECT(may_be_new)                                                                    \
	{                                                                                          \
		{                                                                                  \
			SUBJECT(SUBJECT), 1, 1, may_be_new                                         \
		}                                                                                  \
	}

const struct kind kind_row_foreigner_enrolled = {
	.id = KIND_FOREIGNER_ENROLLED,
	.name = "foreigner_enrolled",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(FOREIGNER_ENROLLED),
	.profile = PROFILE_JOINT,
	.subjects = ONE_SUBJECT(true),
	.seats = { SEAT_REGISTERED(ROLE_IM, REACH_NATION), SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S21 },
	.valid_dates = { "date" },
	.places = { "content.foreigner_enrolled.address" },
};

const struct kind kind_row_false_identity = {
	.id = KIND_FALSE_IDENTITY,
	.name = "false_identity",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(FALSE_IDENTITY),
	.profile = PROFILE_JOINT,
	.subjects = ONE_SUBJECT(false),
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION),
	           SEAT_REGISTERED(ROLE_CC | ROLE_P, REACH_NATION) },
	.valid_dates = { "date" },
};

const struct kind kind_row_proof_of_life = {
	.id = KIND_PROOF_OF_LIFE,
	.name = "proof_of_life",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(PROOF_OF_LIFE),
	.profile = PROFILE_SINGLE,
	.subjects = ONE_SUBJECT(false),
	/* Wherever the person shows up: a registrar, a consul (who is one abroad), the police. */
	.seats = { SEAT_REGISTERED(ROLE_R | ROLE_PC, REACH_NATION) },
	.rules = { RULE_L03 },
	.valid_dates = { "date" },
};

/* S14: a paper is rejected once, and then neither verified nor linked. */
const struct kind kind_row_legacy_rejected = {
	.id = KIND_LEGACY_REJECTED,
	.name = "legacy_rejected",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(LEGACY_REJECTED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};
