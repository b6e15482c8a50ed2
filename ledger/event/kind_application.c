/* Rows of the catalogue, C7: applications. The e-service desk signs anywhere, or an officer of the
 * office that handles the application. */
#include "ledger/event/kind_rows.h"

#define ROLES_OF_OFFICES                                                                           \
	(ROLE_K | ROLE_R | ROLE_PC | ROLE_PD | ROLE_IC | ROLE_PP | ROLE_NA | ROLE_IM)

#define ROW(lower, upper)                                                                          \
	.id = KIND_APPLICATION_##upper, .name = "application_" #lower,                             \
	.event_class = CLASS(APPLICATION), .content_case = CONTENT(APPLICATION_##upper),           \
	.profile = PROFILE_SINGLE,                                                                 \
	.seats = { { STEP(REGISTERED), OFFICER(E_SERVICE), REACH_NATION, SEAT_E_SERVICE },         \
		   { STEP(REGISTERED), ROLES_OF_OFFICES, REACH_AREA, SEAT_OF_OFFICE } },           \
	.valid_dates = { "date" }

#define VERB(lower, upper)                                                                         \
	const struct kind kind_row_application_##lower = {                                         \
		ROW(lower, upper),                                                                 \
		.rules = { RULE_S12, RULE_S13, RULE_S14 },                                         \
		.subjects_of_target = true,                                                        \
	}

const struct kind kind_row_application_submitted = {
	ROW(submitted, SUBMITTED),
	.subjects = { { SUBJECT(APPLICANT), 1, 1, false }, { SUBJECT(HOLDER), 0, 1, false } },
	.rules = { RULE_S12 },
};

VERB(processing, PROCESSING);
VERB(ready, READY);
VERB(delivered, DELIVERED);
VERB(refused, REFUSED);
VERB(withdrawn, WITHDRAWN);
