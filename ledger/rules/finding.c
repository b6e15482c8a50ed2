#include "ledger/rules/judgement.h"

#include "ledger/base/assert.h"

#include <stdarg.h>
#include <stdio.h>

enum { FACTS_MAX = 8, FACT_BYTES_MAX = 400 };

static Civil__V1__RuleFinding *finding_add(struct judgement *j, Civil__V1__RuleOutcome outcome,
                                           const char *path)
{
	struct finding_list *list = &j->findings;
	struct arena *arena = j->view->arena;

	if (list->count == FINDINGS_MAX) {
		return NULL; /* more of the same: the first ones say enough */
	}
	Civil__V1__RuleFinding *finding = arena_alloc(arena, sizeof(*finding));
	Civil__V1__RuleFact **facts = arena_array(arena, FACTS_MAX, sizeof(*facts));
	char *kept = arena_string(arena, path);
	char *name = arena_string(arena, j->rule->name);
	char *reason = arena_string(arena, j->rule->reason);

	if (finding == NULL || facts == NULL || kept == NULL || name == NULL || reason == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return NULL;
	}
	civil__v1__rule_finding__init(finding);
	finding->rule = name;
	finding->reason = reason;
	finding->strength = j->rule->strength;
	finding->outcome = outcome;
	finding->path = kept;
	finding->facts = facts;
	list->item[list->count] = finding;
	list->rule[list->count] = j->rule->id;
	list->matter[list->count] = j->matter;
	list->count++;
	return finding;
}

Civil__V1__RuleFinding *finding_broken(struct judgement *j, const char *path)
{
	return finding_add(j, OUTCOME(BROKEN), path);
}

Civil__V1__RuleFinding *finding_undecided(struct judgement *j, const char *path)
{
	return finding_add(j, OUTCOME(UNDECIDED), path);
}

Civil__V1__RuleFinding *finding_unless(struct judgement *j, enum ternary holds, const char *path)
{
	switch (holds) {
	case TERNARY_YES:
		return NULL;
	case TERNARY_UNKNOWN:
		return finding_undecided(j, path);
	case TERNARY_NO:
		return finding_broken(j, path);
	}
	return NULL;
}

void finding_fact(struct judgement *j, Civil__V1__RuleFinding *finding, const char *name,
                  const char *format, ...)
{
	struct arena *arena = j->view->arena;
	char text[FACT_BYTES_MAX];
	va_list arguments;

	if (finding == NULL || finding->n_facts == FACTS_MAX) {
		return;
	}
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments); /* cut at the end when too long */
	va_end(arguments);

	Civil__V1__RuleFact *fact = arena_alloc(arena, sizeof(*fact));
	char *kept_name = arena_string(arena, name);
	char *value = arena_string(arena, text);

	if (fact == NULL || kept_name == NULL || value == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return;
	}
	civil__v1__rule_fact__init(fact);
	fact->name = kept_name;
	fact->value = value;
	finding->facts[finding->n_facts] = fact;
	finding->n_facts++;
}

const char *role_name(Civil__V1__SubjectRole role)
{
	static const char *const names[] = {
		[SUBJECT(UNSPECIFIED)] = "subject",
		[SUBJECT(CHILD)] = "child",
		[SUBJECT(MOTHER)] = "mother",
		[SUBJECT(FATHER)] = "father",
		[SUBJECT(SPOUSE_A)] = "spouse_a",
		[SUBJECT(SPOUSE_B)] = "spouse_b",
		[SUBJECT(DECEASED)] = "deceased",
		[SUBJECT(SURVIVING_SPOUSE)] = "surviving_spouse",
		[SUBJECT(HOLDER)] = "holder",
		[SUBJECT(APPLICANT)] = "applicant",
		[SUBJECT(HEAD)] = "head",
		[SUBJECT(MEMBER)] = "member",
		[SUBJECT(RESIDENT)] = "resident",
		[SUBJECT(ADOPTER_A)] = "adopter_a",
		[SUBJECT(ADOPTER_B)] = "adopter_b",
		[SUBJECT(GUARDIAN)] = "guardian",
		[SUBJECT(WARD)] = "ward",
		[SUBJECT(OBJECTOR)] = "objector",
		[SUBJECT(SURVIVOR)] = "survivor",
		[SUBJECT(ABSORBED)] = "absorbed",
		[SUBJECT(SUBJECT)] = "subject",
		[SUBJECT(OFFICER)] = "officer",
		[SUBJECT(HOST)] = "host",
	};
	size_t i = (size_t)role;

	return i < sizeof(names) / sizeof(names[0]) ? names[i] : "subject";
}
