/* The table of rules: what each guards, at which steps it is judged, what passes it.
 *
 * A rule is one row of ledger/rules/rule.c and one function. The function looks at the judgement
 * and writes findings for what does not hold; silence means that the rule holds, or that its
 * inputs are missing because of another broken rule. It never branches on the kind: which kinds a
 * rule guards is said here and in ledger/event/kind*.c.
 *
 * Thread: constant table. Memory: static. */
#ifndef LEDGER_RULES_RULE_H
#define LEDGER_RULES_RULE_H

#include "ledger/event/kind.h"
#include "ledger/event/rule_id.h"

#include "civil/v1/receipt.pb-c.h"

struct judgement;

/* Which events a rule guards. */
enum guard {
	GUARD_COMMON, /* every kind */
	GUARD_KIND,   /* kinds whose row lists it */
	GUARD_STEPS,  /* kinds of profile V and D */
};

/* What lets a broken rule pass. UNDECIDED always passes as PASS_SECOND. */
enum pass {
	PASS_NOTHING,
	PASS_SECOND,   /* a second officer of the same or a higher level, and an overrides item */
	PASS_DECISION, /* a court decision in force that orders the act, and an overrides item */
	PASS_POLICE,   /* the signature of the district police */
	PASS_AGE,      /* table D1: a court decision, where each law of the day lets it */
	PASS_WAITING,  /* a court decision, or a certificate of not being pregnant */
	PASS_HOLD,     /* a decision of each court that set a hold, and an overrides item */
	PASS_ALWAYS,   /* watch rules */
};

struct rule {
	enum rule_id id;
	const char *name;   /* "S01" */
	const char *reason; /* "SIGNER_NOT_ACTIVE" */
	Civil__V1__RuleStrength strength;
	enum guard guard;
	uint32_t steps; /* set of 1 << EventStep */
	enum pass pass;
	void (*judge)(struct judgement *j); /* NULL: no kind of this ledger needs it yet */
};

/* The row of an id; NULL for RULE_NONE. */
const struct rule *rule_of(enum rule_id id);

/* True when the rule is judged for this kind at this step. `kind` may be NULL: common rules only.
 */
bool rule_guards(const struct rule *rule, const struct kind *kind, Civil__V1__EventStep step);

/* True for rules that a correction must keep again, on the corrected content of its target. */
bool rule_judges_corrected(enum rule_id id);

/* True for rules that the act which a reinstatement brings back must keep again. */
bool rule_judges_returned(enum rule_id id);

/* ledger/rules/structure_signers.c */
void rule_s01(struct judgement *j);
void rule_s02(struct judgement *j);
void rule_s03(struct judgement *j);
void rule_s04(struct judgement *j);
void rule_s05(struct judgement *j);
void rule_s18(struct judgement *j);
/* ledger/rules/structure_case.c */
void rule_s06(struct judgement *j);
void rule_s20(struct judgement *j);
void rule_s22(struct judgement *j);
/* ledger/rules/structure_content.c */
void rule_s07(struct judgement *j);
void rule_s08(struct judgement *j);
void rule_s09(struct judgement *j);
void rule_s10(struct judgement *j);
/* ledger/rules/structure_subject.c */
void rule_s11(struct judgement *j);
void rule_s16(struct judgement *j);
void rule_s21(struct judgement *j);
/* ledger/rules/structure_target.c */
void rule_s12(struct judgement *j);
void rule_s13(struct judgement *j);
void rule_s14(struct judgement *j);
void rule_s15(struct judgement *j);
void rule_s19(struct judgement *j);
/* ledger/rules/vital.c */
void rule_s23(struct judgement *j);
void rule_s24(struct judgement *j);
void rule_l01(struct judgement *j);
void rule_l02(struct judgement *j);
void rule_l03(struct judgement *j);
void rule_l11(struct judgement *j);
void rule_l20(struct judgement *j);
void rule_p01(struct judgement *j);
void rule_p02(struct judgement *j);
void rule_p03(struct judgement *j);
void rule_p04(struct judgement *j);
void rule_p05(struct judgement *j);
void rule_p06(struct judgement *j);
void rule_p07(struct judgement *j);
void rule_p09(struct judgement *j);
void rule_w04(struct judgement *j);
/* ledger/rules/notice.c */
void rule_l18(struct judgement *j);
/* ledger/rules/union.c */
void rule_l04(struct judgement *j);
void rule_l05(struct judgement *j);
void rule_l07(struct judgement *j);
void rule_l08(struct judgement *j);
/* ledger/rules/kinship.c */
void rule_l06(struct judgement *j);
/* ledger/rules/document.c */
void rule_l12(struct judgement *j);
void rule_l13(struct judgement *j);
void rule_l14(struct judgement *j);
void rule_l25(struct judgement *j);
void rule_p11(struct judgement *j);
/* ledger/rules/nationality.c */
void rule_l17(struct judgement *j);
/* ledger/rules/certificate.c */
void rule_l26(struct judgement *j);
/* ledger/rules/merge.c */
void rule_s17(struct judgement *j);
void rule_l27(struct judgement *j);
/* ledger/rules/filiation.c */
void rule_l21(struct judgement *j);
void rule_l22(struct judgement *j);
/* ledger/rules/household.c */
void rule_l16(struct judgement *j);
/* ledger/rules/residence.c */
void rule_l15(struct judgement *j);
void rule_l23(struct judgement *j);
void rule_l24(struct judgement *j);
/* ledger/rules/amendment.c */
void rule_l10(struct judgement *j);
/* ledger/rules/court.c */
void rule_l09(struct judgement *j);
/* ledger/rules/hold.c */
void rule_l19(struct judgement *j);
/* ledger/rules/rate.c */
void rule_p08(struct judgement *j);
void rule_p10(struct judgement *j);
void rule_w01(struct judgement *j);
void rule_w02(struct judgement *j);

#endif
