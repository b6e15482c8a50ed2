/* Rows of the catalogue, C4: numbers and documents. A document's class says which document it is;
 * passports and permits are further rows over the same contents. */
#include "ledger/event/kind_rows.h"

#define HOLDER                                                                                     \
	{                                                                                          \
		{                                                                                  \
			SUBJECT(HOLDER), 1, 1, false                                               \
		}                                                                                  \
	}

const struct kind kind_row_number_allocated = {
	.id = KIND_NUMBER_ALLOCATED,
	.name = "number_allocated",
	.event_class = CLASS(NUMBER),
	.content_case = CONTENT(NUMBER_ALLOCATED),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_AREA), SEAT_REGISTERED(ROLE_R, REACH_AREA) },
	.rules = { RULE_S11, RULE_S15 },
	.valid_dates = { "date" },
	.places = { "content.number_allocated.place" },
};

const struct kind kind_row_id_card_applied = {
	.id = KIND_ID_CARD_APPLIED,
	.name = "id_card_applied",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_APPLIED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_PC | ROLE_PD | ROLE_IC, REACH_NATION) },
	.rules = { RULE_L03, RULE_L13, RULE_L14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_issued = {
	.id = KIND_ID_CARD_ISSUED,
	.name = "id_card_issued",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_ISSUED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S15, RULE_L03, RULE_L12, RULE_L13, RULE_L14, RULE_L19, RULE_P11 },
	.valid_dates = { "issued_on" },
};

const struct kind kind_row_id_card_delivered = {
	.id = KIND_ID_CARD_DELIVERED,
	.name = "id_card_delivered",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_DELIVERED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_renewed = {
	.id = KIND_ID_CARD_RENEWED,
	.name = "id_card_renewed",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_RENEWED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S15, RULE_L03, RULE_L12, RULE_L13, RULE_L14, RULE_L19, RULE_P11 },
	.valid_dates = { "issue.issued_on" },
};

const struct kind kind_row_id_card_replaced = {
	.id = KIND_ID_CARD_REPLACED,
	.name = "id_card_replaced",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_REPLACED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S15, RULE_L03, RULE_L12, RULE_L13, RULE_L14, RULE_L19, RULE_P11 },
	.valid_dates = { "issue.issued_on" },
};

const struct kind kind_row_id_card_lost = {
	.id = KIND_ID_CARD_LOST,
	.name = "id_card_lost",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_LOST),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_PC | ROLE_PD | ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_stolen = {
	.id = KIND_ID_CARD_STOLEN,
	.name = "id_card_stolen",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_STOLEN),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_PC | ROLE_PD | ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S13, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_found = {
	.id = KIND_ID_CARD_FOUND,
	.name = "id_card_found",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_FOUND),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_PC | ROLE_PD | ROLE_IC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_suspended = {
	.id = KIND_ID_CARD_SUSPENDED,
	.name = "id_card_suspended",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_SUSPENDED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC | ROLE_G | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_resumed = {
	.id = KIND_ID_CARD_RESUMED,
	.name = "id_card_resumed",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_RESUMED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC | ROLE_G | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};

const struct kind kind_row_id_card_revoked = {
	.id = KIND_ID_CARD_REVOKED,
	.name = "id_card_revoked",
	.event_class = CLASS(ID_CARD),
	.content_case = CONTENT(DOCUMENT_REVOKED),
	.profile = PROFILE_SINGLE,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_IC | ROLE_G | ROLE_CC, REACH_NATION) },
	.rules = { RULE_S12, RULE_S14 },
	.valid_dates = { "date" },
};
