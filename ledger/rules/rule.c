#include "ledger/rules/rule.h"

#include "ledger/base/assert.h"
#include "ledger/rules/judgement.h"

/* Sets of steps. */
#define AT(step) (UINT32_C(1) << STEP(step))
enum {
	AT_DECLARED = AT(DECLARED),
	AT_REGISTERED = AT(REGISTERED),
	AT_END = AT(REFUSED) | AT(WITHDRAWN),
	AT_ACT = AT_DECLARED | AT_REGISTERED,  /* legal and plausibility rules */
	AT_CONTENT = AT_ACT | AT(VERIFIED),    /* structural rules */
	AT_NOTICE = AT_CONTENT | AT(NOTIFIED), /* those that a notification keeps too */
	AT_MADE = AT_CONTENT | AT_END,         /* everything but a notification */
	AT_ALL = AT_NOTICE | AT_END,
};

/* id, reason, strength, guard, steps, what passes it */
#define ROW(lower, upper, text, strong, guarded, judged_at, passed_by)                             \
	[RULE_##upper] = { .id = RULE_##upper,                                                     \
		           .name = #upper,                                                         \
		           .reason = text,                                                         \
		           .strength = STRENGTH(strong),                                           \
		           .guard = GUARD_##guarded,                                               \
		           .steps = judged_at,                                                     \
		           .pass = PASS_##passed_by,                                               \
		           .judge = rule_##lower }

/* A rule of the catalogue that no kind of this ledger needs yet: it holds, but has its name. */
#define LATER(upper, text, strong, passed_by)                                                      \
	[RULE_##upper] = { .id = RULE_##upper,                                                     \
		           .name = #upper,                                                         \
		           .reason = text,                                                         \
		           .strength = STRENGTH(strong),                                           \
		           .guard = GUARD_KIND,                                                    \
		           .steps = AT_ACT,                                                        \
		           .pass = PASS_##passed_by }

/* clang-format off */
static const struct rule rules[RULES] = {
	ROW(s01, S01, "SIGNER_NOT_ACTIVE",        STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s02, S02, "SIGNER_NOT_AUTHORISED",    STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s03, S03, "OUT_OF_JURISDICTION",      STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s04, S04, "SIGNER_IS_PARTY",          STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s05, S05, "TOO_FEW_OFFICERS",         STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s06, S06, "STEP_OUT_OF_ORDER",        STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s07, S07, "CONTENT_INVALID",          STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s08, S08, "NAME_INVALID",             STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s09, S09, "DATE_ORDER",               STRUCTURAL,  COMMON, AT_NOTICE,     NOTHING),
	ROW(s10, S10, "AREA_CODE_INVALID",        STRUCTURAL,  COMMON, AT_NOTICE,     NOTHING),
	ROW(s11, S11, "SUBJECT_NOT_FOUND",        STRUCTURAL,  COMMON, AT_MADE,       NOTHING),
	ROW(s12, S12, "TARGET_NOT_FOUND",         STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s13, S13, "TARGET_WRONG_KIND",        STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s14, S14, "TARGET_NOT_IN_FORCE",      STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s15, S15, "NUMBER_NOT_AVAILABLE",     STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s16, S16, "SUBJECT_MISSING",          STRUCTURAL,  COMMON, AT_CONTENT,    NOTHING),
	ROW(s17, S17, "KINSHIP_CYCLE",            STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s18, S18, "OFFICE_NOT_OPEN",          STRUCTURAL,  COMMON, AT_MADE,       NOTHING),
	ROW(s19, S19, "OLD_VALUE_MISMATCH",       STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s20, S20, "EVENT_EXPIRED",            STRUCTURAL,  COMMON, AT_ALL,        NOTHING),
	ROW(s21, S21, "SUBJECT_NOT_BORN",         STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s22, S22, "VERIFICATION_MISSING",     STRUCTURAL,  KIND,   AT_REGISTERED, NOTHING),
	ROW(s23, S23, "PARENT_AGE_IMPOSSIBLE",    STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),
	ROW(s24, S24, "DELIVERY_MISMATCH",        STRUCTURAL,  KIND,   AT_CONTENT,    NOTHING),

	ROW(l01, L01, "BIRTH_ALREADY_REGISTERED", LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l02, L02, "DEATH_ALREADY_REGISTERED", LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l03, L03, "SUBJECT_DEAD",             LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l04, L04, "SPOUSE_ALREADY_MARRIED",   LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l05, L05, "MARRIAGE_AGE",             LEGAL,       KIND,   AT_ACT,        AGE),
	ROW(l06, L06, "MARRIAGE_IMPEDIMENT",      LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l07, L07, "WAITING_PERIOD",           LEGAL,       KIND,   AT_ACT,        WAITING),
	ROW(l08, L08, "PUBLIC_NOTICE",            LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l09, L09, "COURT_DECISION_REQUIRED",  LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l10, L10, "CORRECTION_NEEDS_COURT",   LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l11, L11, "LATE_APPROVAL_REQUIRED",   LEGAL,       KIND,   AT_REGISTERED, NOTHING),
	ROW(l12, L12, "DOCUMENT_ALREADY_LIVE",    LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l13, L13, "HOLDER_UNDER_AGE",         LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l14, L14, "HOLDER_NOT_NATIONAL",      LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l15, L15, "RESIDENCE_CONFLICT",       LEGAL,       KIND,   AT_ACT,        POLICE),
	ROW(l16, L16, "FAMILY_BOOK_CONFLICT",     LEGAL,       KIND,   AT_ACT,        POLICE),
	ROW(l17, L17, "STATELESSNESS_FINDING",    LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l18, L18, "OBJECTION_OPEN",           LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l19, L19, "LEGAL_HOLD",               LEGAL,       KIND,   AT_ACT,        HOLD),
	ROW(l20, L20, "OTHER_PARENT_IN_FORCE",    LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l21, L21, "CONSENT_REQUIRED",         LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l22, L22, "ADOPTER_AGE",              LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l23, L23, "TEMPORARY_STAY_TOO_LONG",  LEGAL,       KIND,   AT_ACT,        POLICE),
	ROW(l24, L24, "MOVE_NOT_RELEASED",        LEGAL,       KIND,   AT_ACT,        POLICE),
	ROW(l25, L25, "HOLDER_IS_NATIONAL",       LEGAL,       KIND,   AT_ACT,        NOTHING),
	ROW(l26, L26, "CERTIFICATE_BLOCKED",      LEGAL,       KIND,   AT_ACT,        DECISION),
	ROW(l27, L27, "MERGE_CONFLICT",           LEGAL,       KIND,   AT_ACT,        DECISION),

	ROW(p01, P01, "MOTHER_AGE",               PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p02, P02, "FATHER_AGE",               PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p03, P03, "BIRTH_SPACING",            PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p04, P04, "PARENT_NOT_ALIVE",         PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p05, P05, "POSSIBLE_DUPLICATE",       PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p06, P06, "RECORD_OF_OTHER_OFFICE",   PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p07, P07, "AGE_OVER_110",             PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p08, P08, "VERSION_CHANGED",          PLAUSIBILITY, COMMON, AT_ACT,        SECOND),
	ROW(p09, P09, "FATHER_NOT_HUSBAND",       PLAUSIBILITY, KIND,   AT_ACT,        SECOND),
	ROW(p10, P10, "REGISTRATION_RATE",        PLAUSIBILITY, STEPS,  AT_REGISTERED, SECOND),
	ROW(p11, P11, "SNAPSHOT_DIFFERS",         PLAUSIBILITY, KIND,   AT_ACT,        SECOND),

	ROW(w01, W01, "OUT_OF_HOURS",             WATCH,       STEPS,  AT_ACT,        ALWAYS),
	ROW(w02, W02, "RATE_WATCH",               WATCH,       STEPS,  AT_REGISTERED, ALWAYS),
	LATER(W03, "LUNAR_MISMATCH",              WATCH, ALWAYS),
	ROW(w04, W04, "NO_CAUSE",                 WATCH,       STEPS,  AT_ACT,        ALWAYS),
};
/* clang-format on */

_Static_assert(sizeof(rules) / sizeof(rules[0]) == RULES, "every rule id has a row");

const struct rule *rule_of(enum rule_id id)
{
	ASSERT((int)id >= RULE_NONE && (int)id < RULES);
	return id == RULE_NONE ? NULL : &rules[id];
}

bool rule_judges_corrected(enum rule_id id)
{
	static const enum rule_id again[] = { RULE_S09, RULE_S21, RULE_S23, RULE_L03, RULE_L04,
		                              RULE_L05, RULE_L06, RULE_L07, RULE_P01, RULE_P02,
		                              RULE_P03, RULE_P04, RULE_P05 };

	for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++) {
		if (again[i] == id) {
			return true;
		}
	}
	return false;
}

/* L01 is no rule of the day of the act: a birth that was registered since would break it. */
bool rule_judges_returned(enum rule_id id)
{
	return id == RULE_L01 || (id >= RULE_L03 && id <= RULE_L07);
}

static bool kind_lists(const struct kind *kind, enum rule_id id)
{
	for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
		if (kind->rules[i] == id) {
			return true;
		}
	}
	return false;
}

bool rule_guards(const struct rule *rule, const struct kind *kind, Civil__V1__EventStep step)
{
	if (rule->judge == NULL || (rule->steps & UINT32_C(1) << step) == 0) {
		return false;
	}
	switch (rule->guard) {
	case GUARD_COMMON:
		return true;
	case GUARD_KIND:
		return kind != NULL && kind_lists(kind, rule->id);
	case GUARD_STEPS:
		return kind != NULL &&
		       (kind->profile == PROFILE_VERIFIED || kind->profile == PROFILE_DECLARED);
	}
	return false;
}

const char *rule_name(enum rule_id id)
{
	return id == RULE_NONE ? "" : rule_of(id)->name;
}

const char *rule_reason(enum rule_id id)
{
	return id == RULE_NONE ? "" : rule_of(id)->reason;
}
