/* Rows of the catalogue, C7: two identities of one person, and pairs that may be that. */
#include "ledger/event/kind_rows.h"

#define PAIR                                                                                       \
	{                                                                                          \
		{ SUBJECT(SURVIVOR), 1, 1, false },                                                \
		{                                                                                  \
			SUBJECT(ABSORBED), 1, 1, false                                             \
		}                                                                                  \
	}
#define TWO_NATIONAL                                                                               \
	{                                                                                          \
		SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION)       \
	}

const struct kind kind_row_merge = {
	.id = KIND_MERGE,
	.name = "merge",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(MERGE),
	.profile = PROFILE_JOINT,
	.subjects = PAIR,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S13, RULE_S17, RULE_L09, RULE_L27 },
	.distinct_offices = true,
};

const struct kind kind_row_unmerge = {
	.id = KIND_UNMERGE,
	.name = "unmerge",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(UNMERGE),
	.profile = PROFILE_JOINT,
	.subjects = PAIR,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_duplicate_suspected = {
	.id = KIND_DUPLICATE_SUSPECTED,
	.name = "duplicate_suspected",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(DUPLICATE_SUSPECTED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 2, 2, false } },
	.seats = { SEAT_REGISTERED(ROLE_R | ROLE_V, REACH_NATION) },
	.rules = { RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_duplicate_cleared = {
	.id = KIND_DUPLICATE_CLEARED,
	.name = "duplicate_cleared",
	.event_class = CLASS(IDENTITY),
	.content_case = CONTENT(DUPLICATE_CLEARED),
	.profile = PROFILE_SINGLE,
	.subjects = { { SUBJECT(SUBJECT), 2, 2, false } },
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_AREA) },
	.rules = { RULE_S14 },
	.valid_dates = { "date" },
};
