/* What may come of two people: objections, separations, annulments, a husband who comes back. */
#include "tools/populate/tale.h"

/* Somebody objects, in vain, and a wedding follows. */
static const struct tale_act objection[] = {
	{ 0, "R", "marriage_notice", "spouse_a=b spouse_b=a until=10 planned_on=20 as=n" },
	{ 2, "R", "objection", "spouse_a=b spouse_b=a notice=@n objector_name=1 as=o" },
	{ 3, "R", "declared marriage",
	  "case=c spouse_a=b spouse_b=a date_of_marriage=3 place=commune form=religious notice=@n "
	  "witnesses[0].name=2 witnesses[1].name=3 refused=L18" },
	{ 5, "R", "objection_resolved", "spouse_a=b spouse_b=a objection=@o outcome=dismissed" },
	{ 20, "K", "declared marriage",
	  "case=c spouse_a=b spouse_b=a date_of_marriage=20 place=commune form=civil notice=@n "
	  "witnesses[0].name=2 witnesses[1].name=3 as=d" },
	{ 22, "R", "registered marriage",
	  "case=c spouse_a=b spouse_b=a declaration=@d registration_number=M" },
	{ 0 },
};

/* They part, and come together again. */
static const struct tale_act separation[] = {
	{ 0, "CC", "court_decision", "order=separation persons=h,w ordered=@m as=d" },
	{ 3, "R", "reconciliation", "spouse_a=h spouse_b=w target=@m decision=@d refused=S14" },
	{ 5, "R", "separation", "spouse_a=h spouse_b=w target=@m decision=@d" },
	{ 200, "CC", "court_decision", "order=reconciliation persons=h,w ordered=@m as=e" },
	{ 205, "R", "reconciliation", "spouse_a=h spouse_b=w target=@m decision=@e" },
	{ 0 },
};

static const struct tale_act annulment[] = {
	{ 0, "CC", "court_decision", "order=annulment persons=h,w ordered=@m as=d" },
	{ 4, "R", "annulment",
	  "spouse_a=h spouse_b=w target=@m decision=@d date_final=0 good_faith=both" },
	{ 5, "R", "annulment",
	  "spouse_a=h spouse_b=w target=@m decision=@d date_final=0 good_faith=both refused=S14" },
	{ 0 },
};

/* He is missing, presumed dead, and she marries; then he comes back. */
static const struct tale_act enoch[] = {
	{ 0, "PD", "disappearance",
	  "deceased=h last_seen=-400 place=commune reported_by.name=w "
	  "reported_by.relationship=spouse" },
	{ 10, "CC", "court_decision", "order=presumed_death persons=h,w as=d" },
	{ 12, "R", "presumed_death",
	  "deceased=h surviving_spouse=w presumed_date=-30 decision=@d as=p" },
	{ 110, "R", "marriage_notice", "spouse_a=b spouse_b=w until=120 as=n" },
	{ 130, "K", "declared marriage",
	  "case=c spouse_a=b spouse_b=w date_of_marriage=130 place=commune form=civil notice=@n "
	  "witnesses[0].name=2 witnesses[1].name=3 as=e" },
	{ 132, "R", "registered marriage",
	  "case=c spouse_a=b spouse_b=w declaration=@e registration_number=M" },
	{ 300, "G1+P", "death_revoked", "deceased=h surviving_spouse=w target=@p proof=in_person" },
	{ 310, "CC", "court_decision", "order=marriage_resolved persons=h,w ordered=@m as=r" },
	{ 315, "R", "marriage_resolved",
	  "spouse_a=h spouse_b=w target=@m decision=@r outcome=ended ended_on=-30 date_final=310" },
	{ 0 },
};

const struct tale tales_of_unions[] = {
	{ "objection", "aF27 bM30", NULL, objection },
	{ "separation", "", NULL, separation },
	{ "annulment", "", NULL, annulment },
	{ "enoch", "bM45", NULL, enoch },
	{ 0 },
};
