/* Rows of the catalogue, C3: family books, kept by the district police. The dwellings of the books
 * are the tested places: the rule reads them from the units. */
#include "ledger/event/kind_rows.h"

/* A head alone is a household. */
#define HEAD_AND_MEMBERS                                                                           \
	{                                                                                          \
		{ SUBJECT(HEAD), 1, 1, false },                                                    \
		{                                                                                  \
			SUBJECT(MEMBER), 0, SUBJECTS_MAX - 1, false                                \
		}                                                                                  \
	}

#define ROW(lower, upper)                                                                          \
	.id = KIND_FAMILY_BOOK_##upper, .name = "family_book_" #lower,                             \
	.event_class = CLASS(HOUSEHOLD), .content_case = CONTENT(FAMILY_BOOK_##upper),             \
	.profile = PROFILE_SINGLE, .seats = { SEAT_REGISTERED(ROLE_PD, REACH_AREA) },              \
	.valid_dates = { "date" }

const struct kind kind_row_family_book_opened = {
	ROW(opened, OPENED),
	.subjects = HEAD_AND_MEMBERS,
	.rules = { RULE_S15, RULE_L03, RULE_L14, RULE_L16 },
};

const struct kind kind_row_family_book_member_added = {
	ROW(member_added, MEMBER_ADDED),
	.subjects = { { SUBJECT(MEMBER), 1, SUBJECTS_MAX, false } },
	.rules = { RULE_L03, RULE_L14, RULE_L16 },
};

const struct kind kind_row_family_book_member_removed = {
	ROW(member_removed, MEMBER_REMOVED),
	.subjects = { { SUBJECT(MEMBER), 1, SUBJECTS_MAX, false } },
	.rules = { RULE_L16 },
};

const struct kind kind_row_family_book_head_changed = {
	ROW(head_changed, HEAD_CHANGED),
	.subjects = { { SUBJECT(HEAD), 1, 1, false }, { SUBJECT(MEMBER), 0, 1, false } },
	.rules = { RULE_L03, RULE_L16 },
};

const struct kind kind_row_family_book_split = {
	ROW(split, SPLIT),
	.subjects = HEAD_AND_MEMBERS,
	.rules = { RULE_S15, RULE_L16 },
};

const struct kind kind_row_family_book_merged = {
	ROW(merged, MERGED),
	.subjects = HEAD_AND_MEMBERS,
	.rules = { RULE_S15, RULE_L16 },
};

const struct kind kind_row_family_book_replaced = {
	ROW(replaced, REPLACED),
	.subjects = HEAD_AND_MEMBERS,
	.rules = { RULE_S15, RULE_L16 },
};

const struct kind kind_row_family_book_closed = {
	ROW(closed, CLOSED),
	.subjects = HEAD_AND_MEMBERS,
	.rules = { RULE_L16 },
};
