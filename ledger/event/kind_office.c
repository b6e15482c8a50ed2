/* Rows of the catalogue, C8: what becomes of offices and officers, institutions, code lists, nodes.
 * Officers of communes are governed by their province, all else by two national registrars.
 *
 * S12 and S14 hold what an act names to exist and to be in force, S15 what it makes to be new. */
#include "ledger/event/kind_rows.h"

#define TWO_NATIONAL                                                                               \
	{                                                                                          \
		SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION)       \
	}
#define ONE_NODE                                                                                   \
	{                                                                                          \
		SEAT_REGISTERED(ROLE_NODE, REACH_NATION)                                           \
	}
#define OF_OFFICER                                                                                 \
	{                                                                                          \
		{ STEP(REGISTERED), ROLE_P, REACH_AREA, SEAT_PROVINCE },                           \
		        { STEP(REGISTERED), ROLE_V, REACH_AREA, SEAT_PROVINCE },                   \
		        { STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL },                 \
		{                                                                                  \
			STEP(REGISTERED), ROLE_G, REACH_NATION, SEAT_NATIONAL                      \
		}                                                                                  \
	}
#define ABOUT_OFFICER                                                                              \
	{                                                                                          \
		{                                                                                  \
			SUBJECT(OFFICER), 0, 1, false                                              \
		}                                                                                  \
	}

/* S13: an office joins one of its sort. */
const struct kind kind_row_office_merged = {
	.id = KIND_OFFICE_MERGED,
	.name = "office_merged",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICE_MERGED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_officer_scope_changed = {
	.id = KIND_OFFICER_SCOPE_CHANGED,
	.name = "officer_scope_changed",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_SCOPE_CHANGED),
	.profile = PROFILE_JOINT,
	.subjects = ABOUT_OFFICER,
	.seats = OF_OFFICER,
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "from" },
};

/* The old key signs too, which entitles it here and nowhere else. */
const struct kind kind_row_officer_key_rotated = {
	.id = KIND_OFFICER_KEY_ROTATED,
	.name = "officer_key_rotated",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_KEY_ROTATED),
	.profile = PROFILE_JOINT,
	.subjects = ABOUT_OFFICER,
	.seats = OF_OFFICER,
	.rules = { RULE_S12, RULE_S14, RULE_S15 },
	.valid_dates = { "date" },
};

const struct kind kind_row_officer_retired = {
	.id = KIND_OFFICER_RETIRED,
	.name = "officer_retired",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(OFFICER_RETIRED),
	.profile = PROFILE_JOINT,
	.subjects = ABOUT_OFFICER,
	.seats = OF_OFFICER,
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_institution_authorised = {
	.id = KIND_INSTITUTION_AUTHORISED,
	.name = "institution_authorised",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(INSTITUTION_AUTHORISED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S13 },
	.valid_dates = { "from" },
};

const struct kind kind_row_institution_revoked = {
	.id = KIND_INSTITUTION_REVOKED,
	.name = "institution_revoked",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(INSTITUTION_REVOKED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_codelist_published = {
	.id = KIND_CODELIST_PUBLISHED,
	.name = "codelist_published",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(CODELIST_PUBLISHED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S15 },
	.valid_dates = { "effective_on" },
};

const struct kind kind_row_node_admitted = {
	.id = KIND_NODE_ADMITTED,
	.name = "node_admitted",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(NODE_ADMITTED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S15 },
	.valid_dates = { "from" },
};

const struct kind kind_row_node_retired = {
	.id = KIND_NODE_RETIRED,
	.name = "node_retired",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(NODE_RETIRED),
	.profile = PROFILE_JOINT,
	.seats = TWO_NATIONAL,
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

/* The node that it speaks of signs, and nobody else. */
const struct kind kind_row_access_anchor = {
	.id = KIND_ACCESS_ANCHOR,
	.name = "access_anchor",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(ACCESS_ANCHOR),
	.profile = PROFILE_SINGLE,
	.seats = ONE_NODE,
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

/* The roots are those that the node says: a wrong one is evidence, and stays. */
const struct kind kind_row_checkpoint_epoch = {
	.id = KIND_CHECKPOINT_EPOCH,
	.name = "checkpoint_epoch",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(CHECKPOINT_EPOCH),
	.profile = PROFILE_SINGLE,
	.seats = ONE_NODE,
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

/* One national registrar lets a list out, to an institution that may read. */
const struct kind kind_row_disclosure = {
	.id = KIND_DISCLOSURE,
	.name = "disclosure",
	.event_class = CLASS(GOVERNANCE),
	.content_case = CONTENT(DISCLOSURE),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};
