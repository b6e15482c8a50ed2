#include "ledger/rules/pass.h"

#include "ledger/base/assert.h"
#include "ledger/rules/hold.h"
#include "ledger/rules/signer.h"

/* Every rule that a decision passes is about a marriage: the order names it so, or names the kind
 * of the event, as a court that orders a correction does. */
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
	return overridden(j, rule) &&
	       (judgement_ordered(j, ORDERED_KIND, bytes_of(NULL, 0)) ||
	        judgement_ordered(j, j->kind->name, court_target(j->event->content)));
}

/* Where the district police sign the act anyway, it takes a second officer of theirs. */
static bool is_police_act(const struct kind *kind)
{
	bool police = false;

	for (size_t i = 0; kind->seats[i].step != 0; i++) {
		police = police || (kind->seats[i].roles & ROLE_BIT(OFFICER(DISTRICT_POLICE))) != 0;
	}
	return police;
}

static bool passes_police(const struct judgement *j)
{
	bool second = is_police_act(j->kind);

	for (size_t i = 0; i < j->signer_count; i++) {
		enum signer_part part = j->signers[i].part;

		if ((part == SIGNER_SECOND || (part == SIGNER_SEAT && !second)) &&
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

	for (size_t i = 0; common != NULL && overridden(j, rule) && i < common->n_documents; i++) {
		if (strcmp(common->documents[i]->type, DOCUMENT_NOT_PREGNANT) == 0) {
			return true;
		}
	}
	return passes_decision(j, rule);
}

/* Table D1: every law of the valid date must let a court pass it. Consent is part of the rule. */
static bool passes_age(struct judgement *j, enum rule_id rule)
{
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);

	for (size_t i = 0; i < count; i++) {
		if (laws[i]->under_age != CIVIL__V1__UNDER_AGE_PATH__UNDER_AGE_PATH_COURT) {
			return false;
		}
	}
	return count > 0 && passes_decision(j, rule);
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
	case PASS_HOLD:
		return overridden(j, rule->id) && hold_released(j);
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
		j->matter = j->findings.matter[i];
		if (passes(j, rule, finding->outcome)) {
			finding->outcome = OUTCOME(OVERRIDDEN);
		} else {
			left++;
		}
	}
	j->matter = &j->own;
	return left;
}
