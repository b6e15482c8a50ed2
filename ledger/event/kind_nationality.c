/* Rows of the catalogue, C5: nationality. The authority and the national office sign together. */
#include "ledger/event/kind_rows.h"

#define HOLDER                                                                                     \
	{                                                                                          \
		{                                                                                  \
			SUBJECT(HOLDER), 1, 1, false                                               \
		}                                                                                  \
	}
#define SIGNERS                                                                                    \
	{                                                                                          \
		SEAT_REGISTERED(ROLE_NA, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION)      \
	}

const struct kind kind_row_nationality_acquired = {
	.id = KIND_NATIONALITY_ACQUIRED,
	.name = "nationality_acquired",
	.event_class = CLASS(NATIONALITY),
	.content_case = CONTENT(NATIONALITY_ACQUIRED),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = SIGNERS,
	.rules = { RULE_L03, RULE_L09 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_nationality_renounced = {
	.id = KIND_NATIONALITY_RENOUNCED,
	.name = "nationality_renounced",
	.event_class = CLASS(NATIONALITY),
	.content_case = CONTENT(NATIONALITY_RENOUNCED),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = SIGNERS,
	/* S12 and S13: the finding that it may cite. */
	.rules = { RULE_S12, RULE_S13, RULE_L03, RULE_L09, RULE_L17 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_nationality_lost = {
	.id = KIND_NATIONALITY_LOST,
	.name = "nationality_lost",
	.event_class = CLASS(NATIONALITY),
	.content_case = CONTENT(NATIONALITY_LOST),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = SIGNERS,
	.rules = { RULE_S12, RULE_S13, RULE_L03, RULE_L09, RULE_L17 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_nationality_restored = {
	.id = KIND_NATIONALITY_RESTORED,
	.name = "nationality_restored",
	.event_class = CLASS(NATIONALITY),
	.content_case = CONTENT(NATIONALITY_RESTORED),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = SIGNERS,
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_L09 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_statelessness_found = {
	.id = KIND_STATELESSNESS_FOUND,
	.name = "statelessness_found",
	.event_class = CLASS(NATIONALITY),
	.content_case = CONTENT(STATELESSNESS_FOUND),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = SIGNERS,
	.rules = { RULE_L03 },
	.valid_dates = { "date" },
};
