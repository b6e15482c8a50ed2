#include "ledger/rules/pass.h"

#include "ledger/base/assert.h"
#include "ledger/rules/signer.h"

/* Every rule that a decision passes is about a marriage: the order names it so. */
#define ORDERED_KIND          "marriage"
#define DOCUMENT_NOT_PREGNANT "not_pregnant"

static bool content_overrides(const Civil__V1__Content *content, enum rule_id rule)
{
	const Civil__V1__Common *common = content == NULL ? NULL : content->common;
	const char *name = rule_name(rule);

	for (size_t i = 0; common != NULL && i < common->n_overrides; i++) {
		if (strcmp(common->overrides[i]->rule, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool overridden(const struct judgement *j, enum rule_id rule)
{
	return content_overrides(j->event->content, rule) ||
	       (j->declared != NULL && content_overrides(j->declared->event.content, rule));
}

/* The item and the second signature stand on the same event. */
static bool passes_second(struct judgement *j, enum rule_id rule)
{
	if (content_overrides(j->event->content, rule) && signers_have_second(j, j->event)) {
		return true;
	}
	return j->declared != NULL && j->step != STEP(DECLARED) &&
	       content_overrides(j->declared->event.content, rule) &&
	       signers_have_second(j, &j->declared->event);
}

static bool passes_decision(struct judgement *j, enum rule_id rule)
{
	return overridden(j, rule) && judgement_ordered(j, ORDERED_KIND, bytes_of(NULL, 0));
}

static bool passes_police(const struct judgement *j)
{
	for (size_t i = 0; i < j->signer_count; i++) {
		if (j->signers[i].part != SIGNER_STRANGER &&
		    (j->signers[i].key.roles & ROLE_BIT(OFFICER(DISTRICT_POLICE))) != 0) {
			return true;
		}
	}
	return false;
}

static bool passes_waiting(struct judgement *j, enum rule_id rule)
{
	const Civil__V1__Content *content = j->matter->content;
	const Civil__V1__Common *common = content == NULL ? NULL : content->common;

	for (size_t i = 0; common != NULL && i < common->n_documents; i++) {
		if (strcmp(common->documents[i]->type, DOCUMENT_NOT_PREGNANT) == 0) {
			return true;
		}
	}
	return passes_decision(j, rule);
}

/* Consent of parent or guardian: from the age of consent on, when the other is of full age. */
static bool passes_consent(struct judgement *j, const Civil__V1__RuleSet *law)
{
	const struct matter *matter = j->matter;
	struct party *groom = matter_party(j->matter, SUBJECT(SPOUSE_A));
	struct party *bride = matter_party(j->matter, SUBJECT(SPOUSE_B));
	struct interval birth_a;
	struct interval birth_b;

	if (matter->message->descriptor != &civil__v1__marriage__descriptor ||
	    ((const Civil__V1__Marriage *)matter->message)->guardian_consent == NULL ||
	    groom == NULL || bride == NULL || !party_birth(j, groom, &birth_a) ||
	    !party_birth(j, bride, &birth_b)) {
		return false;
	}
	enum ternary full_a = interval_age_at_least(birth_a, matter->valid, law->groom_age);
	enum ternary full_b = interval_age_at_least(birth_b, matter->valid, law->bride_age);
	enum ternary able_a = interval_age_at_least(birth_a, matter->valid, law->consent_age);
	enum ternary able_b = interval_age_at_least(birth_b, matter->valid, law->consent_age);

	return (full_a == TERNARY_YES && able_b == TERNARY_YES) ||
	       (full_b == TERNARY_YES && able_a == TERNARY_YES);
}

/* Table D1: each law of the valid date must let it pass. */
static bool passes_age(struct judgement *j, enum rule_id rule)
{
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	bool passes = count > 0;

	for (size_t i = 0; i < count && passes; i++) {
		switch (laws[i]->under_age) {
		case CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_COURT:
			passes = passes_decision(j, rule);
			break;
		case CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_CONSENT:
			passes = passes_consent(j, laws[i]);
			break;
		case CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_UNSPECIFIED:
		case _CIVIL__V1__UNDER_AGE_PATH_IS_INT_SIZE:
			passes = laws[i]->groom_age == 0 && laws[i]->bride_age == 0;
			break;
		}
	}
	return passes;
}

static bool passes(struct judgement *j, const struct rule *rule, Civil__V1__RuleOutcome outcome)
{
	if (outcome == OUTCOME(UNDECIDED) && passes_second(j, rule->id)) {
		return true;
	}
	switch (rule->pass) {
	case PASS_NOTHING:
		return false;
	case PASS_SECOND:
		return passes_second(j, rule->id);
	case PASS_DECISION:
		return passes_decision(j, rule->id);
	case PASS_POLICE:
		return passes_police(j);
	case PASS_AGE:
		return passes_age(j, rule->id);
	case PASS_WAITING:
		return passes_waiting(j, rule->id);
	case PASS_ALWAYS:
		return true;
	}
	return false;
}

size_t pass_findings(struct judgement *j, size_t first)
{
	size_t left = 0;

	for (size_t i = first; i < j->findings.count; i++) {
		Civil__V1__RuleFinding *finding = j->findings.item[i];
		const struct rule *rule = rule_of(j->findings.rule[i]);

		ASSERT(rule != NULL);
		if (rule->strength == STRENGTH(WATCH)) {
			continue; /* stored as it is */
		}
		j->matter = j->findings.corrected[i] ? &j->target_corrected : &j->own;
		if (passes(j, rule, finding->outcome)) {
			finding->outcome = OUTCOME(OVERRIDDEN);
		} else {
			left++;
		}
	}
	j->matter = &j->own;
	return left;
}
