/* Rows of the catalogue, C8: the ledger itself. Unless a row says otherwise two national registrars
 * sign. An officer need not be a person of the register yet, so the subject is optional.
 *
 * S12 holds the offices and keys that an act names to exist, S15 those it makes to be new. */
#include "ledger/event/kind_rows.h"

#define TWO_NATIONAL                                                                               \
	{                                                                                          \
		SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION)       \
	}
#define ABOUT_OFFICER                                                                              \
	{                                                                                          \
		{                                                                                  \
			SUBJECT(OFFICER), 0, 1, false                                              \
		}                                                                                  \
	}

/* Record 0. Its seats are the keys that it names itself: the ledger checks them. */
const struct kind kind_row_genesis = {
	.id = KIND_GENESIS,
	.name = "genesis",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(GENESIS),
	.profile = PROFILE_JOINT,
	.valid_dates = { "date" },
};

const struct kind kind_row_office_opened = {
	.id = KIND_OFFICE_OPENED,
	.name = "office_opened",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICE_OPENED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S15 },
	.valid_dates = { "date" },
};

const struct kind kind_row_office_closed = {
	.id = KIND_OFFICE_CLOSED,
	.name = "office_closed",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICE_CLOSED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

const struct kind kind_row_officer_enrolled = {
	.id = KIND_OFFICER_ENROLLED,
	.name = "officer_enrolled",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_ENROLLED),
	.profile = PROFILE_JOINT,
	.subjects = ABOUT_OFFICER,
	.seats = { { STEP(REGISTERED), ROLE_P, REACH_AREA, SEAT_PROVINCE },
	           { STEP(REGISTERED), ROLE_V, REACH_AREA, SEAT_PROVINCE },
	           { STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL },
	           { STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL } },
	.rules = { RULE_S12, RULE_S15 },
	.valid_dates = { "from" },
};

/* One national registrar suffices: a suspension cannot wait for the second (section E). */
const struct kind kind_row_officer_suspended = {
	.id = KIND_OFFICER_SUSPENDED,
	.name = "officer_suspended",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_SUSPENDED),
	.profile = PROFILE_JOINT,
	.subjects = ABOUT_OFFICER,
	.seats = { { STEP(REGISTERED), ROLE_P, REACH_AREA, SEAT_PROVINCE },
	           { STEP(REGISTERED), ROLE_V, REACH_AREA, SEAT_PROVINCE },
	           { STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL } },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

/* One signature suffices: every hour that a stolen key signs on is worse. */
const struct kind kind_row_officer_key_compromised = {
	.id = KIND_OFFICER_KEY_COMPROMISED,
	.name = "officer_key_compromised",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_KEY_COMPROMISED),
	.profile = PROFILE_SINGLE,
	.subjects = ABOUT_OFFICER,
	.seats = { { STEP(REGISTERED), ROLE_P, REACH_AREA, SEAT_PROVINCE },
	           { STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL } },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

const struct kind kind_row_gazetteer_published = {
	.id = KIND_GAZETTEER_PUBLISHED,
	.name = "gazetteer_published",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(GAZETTEER_PUBLISHED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S15 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_ruleset_published = {
	.id = KIND_RULESET_PUBLISHED,
	.name = "ruleset_published",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(RULESET_PUBLISHED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S15 },
	.valid_dates = { "rule_set.effective_on" },
};
