/* The order of judgement: structure first; law, plausibility and watch only when it holds. */
#include "ledger/base/assert.h"
#include "ledger/rules/judgement.h"
#include "ledger/rules/pass.h"
#include "ledger/rules/timeline.h"

/* Rules that a linked paper leaves out: the act is old, its order and pace are not ours. */
static bool left_out_of_paper(enum rule_id rule)
{
	return rule == RULE_S22 || rule == RULE_L08 || rule == RULE_L11 || rule == RULE_P10;
}

static bool guards_own(const struct judgement *j, const struct rule *rule)
{
	if (rule_guards(rule, j->kind, j->step)) {
		return true;
	}
	return j->own.from_paper && rule->guard == GUARD_KIND && !left_out_of_paper(rule->id) &&
	       rule_guards(rule, j->own.kind, j->step);
}

static bool is_found(const struct judgement *j, enum rule_id rule)
{
	for (size_t i = 0; i < j->findings.count; i++) {
		if (j->findings.rule[i] == rule) {
			return true;
		}
	}
	return false;
}

/* A correction is judged again as the act it corrects, with the new values, a reinstatement as the
 * act that it brings back; when it does not name the persons of that act (S16), there is nothing to
 * judge. */
static bool guards_corrected(const struct judgement *j, const struct rule *rule)
{
	const bool returns = j->event->content->kind_case == CONTENT_CASE(REINSTATEMENT);

	return j->target_corrected.message != NULL && j->kind != NULL &&
	       (returns ? rule_judges_returned(rule->id) : rule_judges_corrected(rule->id)) &&
	       !is_found(j, RULE_S16) &&
	       rule_guards(rule, j->target_corrected.kind, STEP(REGISTERED));
}

/* Whatever rules its target's kind has, later acts have theirs. */
static bool has_timeline(const struct judgement *j)
{
	return j->target_corrected.message != NULL && j->target_corrected.dated &&
	       j->kind != NULL && !is_found(j, RULE_S16);
}

static void judge_one(struct judgement *j, const struct rule *rule, struct matter *matter)
{
	j->rule = rule;
	j->matter = matter;
	rule->judge(j);
	j->matter = &j->own;
}

/* Judges the rules of ids [first, last]; returns how many findings do not pass. */
static size_t judge_range(struct judgement *j, enum rule_id first, enum rule_id last)
{
	size_t begin = j->findings.count;

	for (enum rule_id id = first; id <= last; id++) {
		const struct rule *rule = rule_of(id);

		if (guards_own(j, rule)) {
			judge_one(j, rule, &j->own);
		}
		if (guards_corrected(j, rule)) {
			judge_one(j, rule, &j->target_corrected);
		}
		if (has_timeline(j)) {
			j->rule = rule;
			timeline_judge(j, rule);
		}
	}
	return pass_findings(j, begin);
}

/* By rule, then by path; the rules come in order, so only neighbours move. */
static void sort_findings(struct finding_list *list)
{
	for (size_t i = 1; i < list->count; i++) {
		for (size_t k = i; k > 0 && list->rule[k] == list->rule[k - 1] &&
		                   strcmp(list->item[k]->path, list->item[k - 1]->path) < 0;
		     k--) {
			Civil__V1__RuleFinding *later = list->item[k - 1];

			list->item[k - 1] = list->item[k];
			list->item[k] = later;
		}
	}
}

static const char *law_of(struct judgement *j)
{
	const Civil__V1__RuleSet **laws;
	const Civil__V1__RuleSet *law;

	if (j->event->header->event_class == CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE) {
		return "";
	}
	if (matter_laws(j, &laws) > 0) {
		return laws[0]->version;
	}
	return judgement_settle(j, law_on(j->view, &law, j->recorded_day)) ? law->version : "";
}

enum status rules_judge(struct view *view, struct verdict *out, const struct event *event,
                        int64_t recorded_at_ms)
{
	struct arena *arena = view->arena;
	struct judgement *j = arena_alloc(arena, sizeof(*j));
	size_t broken;

	ASSERT(event->header != NULL && event->content != NULL);
	if (j == NULL) {
		return STATUS_NO_MEMORY;
	}
	judgement_begin(j, view, event, recorded_at_ms);
	judgement_correct(j);
	broken = judge_range(j, RULE_S01, RULE_S24);
	if (broken == 0) {
		broken = judge_range(j, RULE_L01, RULE_W04);
	}
	const char *law = law_of(j);

	if (j->status != STATUS_OK) {
		return j->status;
	}
	sort_findings(&j->findings);
	*out = (struct verdict){
		.accepted = broken == 0,
		.findings = j->findings.item,
		.finding_count = j->findings.count,
		.law_version = law,
	};
	return STATUS_OK;
}
