/* Late acts and their approval. How late an act is follows from the date of declaration, by the
 * law of the day of registration. */
#include "ledger/rules/judgement.h"
#include "ledger/rules/signer.h"

enum { LATE_WITNESSES_MIN = 2 };

/* Delays in days up to which an act is in time, and late. */
struct delays {
	int32_t in_time;
	int32_t late;
};

static bool delays_of(enum kind_id kind, const Civil__V1__RuleSet *law, struct delays *delays)
{
	switch ((int)kind) {
	case KIND_BIRTH:
		*delays = (struct delays){ law->birth_in_time_days, law->birth_late_days };
		return true;
	case KIND_DEATH:
		*delays = (struct delays){ law->death_in_time_days, law->death_late_days };
		return true;
	case KIND_MARRIAGE:
		*delays = (struct delays){ law->marriage_in_time_days, law->marriage_late_days };
		return true;
	}
	return false;
}

static bool signed_by(const struct judgement *j, uint32_t roles)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		if (j->signers[i].part != SIGNER_STRANGER &&
		    (j->signers[i].key.roles & roles) != 0) {
			return true;
		}
	}
	return false;
}

void rule_l11(struct judgement *j)
{
	const struct matter *matter = &j->own;
	const Civil__V1__RuleSet *law = judgement_law_registered(j);
	struct delays delays;

	if (law == NULL || !matter->dated || !delays_of(matter->kind->id, law, &delays)) {
		return;
	}
	bool birth = matter->kind->id == KIND_BIRTH;
	struct interval declared = interval_of_day(matter->declared_day);
	uint32_t province = ROLE_BIT(OFFICER(PROVINCIAL));
	bool approved_late = signed_by(j, ROLE_BIT(OFFICER(VERIFIER)) | province) ||
	                     (birth && j->verified != NULL);
	bool approved_very_late = signed_by(j, province);

	if (birth) {
		const Civil__V1__Birth *content = (const Civil__V1__Birth *)matter->message;

		approved_very_late = approved_very_late && content->late != NULL &&
		                     content->late->n_witnesses >= LATE_WITNESSES_MIN;
	}
	enum ternary late = interval_days_at_least(matter->valid, declared, delays.in_time + 1);
	enum ternary very_late = interval_days_at_least(matter->valid, declared, delays.late + 1);
	enum ternary holds = ternary_or(
	        ternary_not(late),
	        ternary_or(ternary_and(ternary_not(very_late), ternary_of(approved_late)),
	                   ternary_of(approved_very_late)));
	Civil__V1__RuleFinding *finding = finding_unless(j, holds, "signatures");

	finding_fact(j, finding, "law", "%s", law->version);
	finding_fact(j, finding, "in_time_days", "%d", delays.in_time);
	finding_fact(j, finding, "late_days", "%d", delays.late);
	finding_fact(j, finding, "approver", "%s", very_late == TERNARY_NO ? "V" : "P");
}
