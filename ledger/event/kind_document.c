/* Rows of the catalogue, C4: numbers and documents. A document's class says which document it is;
 * cards, passports and permits go through the same verbs and contents. */
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

const struct kind kind_row_number_closed = {
	.id = KIND_NUMBER_CLOSED,
	.name = "number_closed",
	.event_class = CLASS(NUMBER),
	.content_case = CONTENT(NUMBER_CLOSED),
	.profile = PROFILE_JOINT,
	.subjects = HOLDER,
	.seats = { SEAT_REGISTERED(ROLE_G, REACH_NATION), SEAT_REGISTERED(ROLE_G, REACH_NATION) },
	.rules = { RULE_S12 },
	.valid_dates = { "date" },
};

/* The tested places of both are the areas of the block's office. */
const struct kind kind_row_block_reserved = {
	.id = KIND_BLOCK_RESERVED,
	.name = "block_reserved",
	.event_class = CLASS(NUMBER),
	.content_case = CONTENT(BLOCK_RESERVED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_AREA) },
	.rules = { RULE_S12, RULE_S15 },
	.valid_dates = { "date" },
};

const struct kind kind_row_block_returned = {
	.id = KIND_BLOCK_RETURNED,
	.name = "block_returned",
	.event_class = CLASS(NUMBER),
	.content_case = CONTENT(BLOCK_RETURNED),
	.profile = PROFILE_SINGLE,
	.seats = { SEAT_REGISTERED(ROLE_V, REACH_AREA) },
	.rules = { RULE_S12, RULE_S13, RULE_S14, RULE_S15 },
	.valid_dates = { "date" },
};

/* What each class of documents has of its own: who takes applications, who issues and hands over,
 * who hears of a loss. Suspending, resuming and revoking is also for the nation and the courts. */
#define CARD_DESK       (ROLE_PC | ROLE_PD | ROLE_IC)
#define CARD_ISSUER     ROLE_IC
#define PASSPORT_DESK   ROLE_PP
#define PASSPORT_ISSUER ROLE_PP
#define PERMIT_DESK     ROLE_IM
#define PERMIT_ISSUER   ROLE_IM

/* One verb of one class; the rules follow. */
#define VERB(class_name, CLASS_NAME, verb, VERB_NAME, set, date, ...)                              \
	const struct kind kind_row_##class_name##_##verb = {                                       \
		.id = KIND_##CLASS_NAME##_##VERB_NAME,                                             \
		.name = #class_name "_" #verb,                                                     \
		.event_class = CLASS(CLASS_NAME),                                                  \
		.content_case = CONTENT(DOCUMENT_##VERB_NAME),                                     \
		.profile = PROFILE_SINGLE,                                                         \
		.subjects = HOLDER,                                                                \
		.seats = { SEAT_REGISTERED(set, REACH_NATION) },                                   \
		.rules = { __VA_ARGS__ },                                                          \
		.valid_dates = { date },                                                           \
	};

/* The verbs that are alike in all classes. A death cancels what is in use; what was lost or
 * suspended then does not come back into use either: rule L03. */
#define VERBS(class_name, CLASS_NAME, issuer)                                                      \
	VERB(class_name, CLASS_NAME, delivered, DELIVERED, issuer, "date", RULE_S12, RULE_S14)     \
	VERB(class_name, CLASS_NAME, lost, LOST, ROLE_PC | ROLE_PD | (issuer), "date", RULE_S12,   \
	     RULE_S13, RULE_S14)                                                                   \
	VERB(class_name, CLASS_NAME, stolen, STOLEN, ROLE_PC | ROLE_PD | (issuer), "date",         \
	     RULE_S12, RULE_S13, RULE_S14)                                                         \
	VERB(class_name, CLASS_NAME, found, FOUND, ROLE_PC | ROLE_PD | (issuer), "date", RULE_S12, \
	     RULE_S14, RULE_L03)                                                                   \
	VERB(class_name, CLASS_NAME, suspended, SUSPENDED, (issuer) | ROLE_G | ROLE_CC, "date",    \
	     RULE_S12, RULE_S14)                                                                   \
	VERB(class_name, CLASS_NAME, resumed, RESUMED, (issuer) | ROLE_G | ROLE_CC, "date",        \
	     RULE_S12, RULE_S14, RULE_L03)                                                         \
	VERB(class_name, CLASS_NAME, revoked, REVOKED, (issuer) | ROLE_G | ROLE_CC, "date",        \
	     RULE_S12, RULE_S14)

/* Issue, and issue in the place of another: the rules of issuing differ by class. */
#define ISSUES(class_name, CLASS_NAME, issuer, ...)                                                \
	VERB(class_name, CLASS_NAME, issued, ISSUED, issuer, "issued_on", __VA_ARGS__)             \
	VERB(class_name, CLASS_NAME, renewed, RENEWED, issuer, "issue.issued_on", __VA_ARGS__)     \
	VERB(class_name, CLASS_NAME, replaced, REPLACED, issuer, "issue.issued_on", __VA_ARGS__)

VERB(id_card, ID_CARD, applied, APPLIED, CARD_DESK, "date", RULE_L03, RULE_L13, RULE_L14)
ISSUES(id_card, ID_CARD, CARD_ISSUER, RULE_S12, RULE_S15, RULE_L03, RULE_L12, RULE_L13, RULE_L14,
       RULE_L19, RULE_P11)
VERBS(id_card, ID_CARD, CARD_ISSUER)

VERB(passport, PASSPORT, applied, APPLIED, PASSPORT_DESK, "date", RULE_L03, RULE_L14)
ISSUES(passport, PASSPORT, PASSPORT_ISSUER, RULE_S12, RULE_S15, RULE_L03, RULE_L12, RULE_L14,
       RULE_L19, RULE_P11)
VERBS(passport, PASSPORT, PASSPORT_ISSUER)

/* A permit is for who has no nationality of the country, and one person may hold several. */
VERB(permit, PERMIT, applied, APPLIED, PERMIT_DESK, "date", RULE_L03, RULE_L25)
ISSUES(permit, PERMIT, PERMIT_ISSUER, RULE_S12, RULE_S15, RULE_L03, RULE_L19, RULE_L25, RULE_P11)
VERBS(permit, PERMIT, PERMIT_ISSUER)
