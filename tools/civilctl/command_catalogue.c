/* civilctl kinds, rules */
#include "ledger/rules/rule.h"
#include "ledger/rules/rules.h"
#include "tools/civilctl/commands.h"
#include "tools/civilctl/format.h"
#include "tools/civilctl/rule_text.h"
#include "tools/civilctl/table.h"

#include "civil/v1/governance.pb-c.h"

#include <string.h>

#define OFFICER(name) CIVIL__V1__OFFICER_ROLE__OFFICER_ROLE_##name

/* Letters of the roles, in the order of reach; `R` is the registrar in every table of the law. */
static const struct {
	Civil__V1__OfficerRole role;
	const char *letter;
} letters[] = {
	{ OFFICER(NOTIFIER), "N" },        { OFFICER(CLERK), "K" },
	{ OFFICER(REGISTRAR), "R" },       { OFFICER(VERIFIER), "V" },
	{ OFFICER(PROVINCIAL), "P" },      { OFFICER(NATIONAL), "G" },
	{ OFFICER(JUDGE), "J" },           { OFFICER(COURT_CLERK), "CC" },
	{ OFFICER(COMMUNE_POLICE), "PC" }, { OFFICER(DISTRICT_POLICE), "PD" },
	{ OFFICER(ID_CARD), "IC" },        { OFFICER(PASSPORT), "PP" },
	{ OFFICER(NATIONALITY), "NA" },    { OFFICER(IMMIGRATION), "IM" },
	{ OFFICER(HEALTH_CODER), "HC" },   { OFFICER(E_SERVICE), "ES" },
	{ OFFICER(NODE), "NODE" },
};

static const char *const passes[] = {
	[PASS_NOTHING] = "nothing",
	[PASS_SECOND] = "a second officer and a reason",
	[PASS_DECISION] = "a decision of a court",
	[PASS_POLICE] = "the district police's signature",
	[PASS_AGE] = "a decision of a court where the law of the day lets it",
	[PASS_WAITING] = "a decision of a court, or proof of no pregnancy",
	[PASS_HOLD] = "a decision of each court that set a hold",
	[PASS_ALWAYS] = "always; it is counted",
};

static const char *roles_text(struct ctl *ctl, uint32_t roles)
{
	const char *text = "";

	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if ((roles & ROLE_BIT(letters[i].role)) != 0) {
			text = format_text(ctl, "%s%s%s", text, text[0] == '\0' ? "" : "/",
			                   letters[i].letter);
		}
	}
	return text;
}

/* "declared K/R, registered R"; "+" joins seats of one way to fill a step, "or" the ways. */
static const char *signers_text(struct ctl *ctl, const struct kind *kind)
{
	const char *text = "";

	for (size_t i = 0; kind->seats[i].step != 0; i++) {
		const struct kind_seat *seat = &kind->seats[i];
		const struct kind_seat *before = i == 0 ? NULL : &kind->seats[i - 1];
		const char *join = "";

		if (before == NULL || before->step != seat->step) {
			join = format_text(ctl, "%s%s ", before == NULL ? "" : ", ",
			                   format_enum(ctl, &civil__v1__event_step__descriptor,
			                               (int)seat->step));
		} else {
			join = before->variant == seat->variant ? " + " : " or ";
		}
		text = format_text(ctl, "%s%s%s%s", text, join, roles_text(ctl, seat->roles),
		                   seat->reach == REACH_NATION ? "@nation" : "");
	}
	return text;
}

static const char *rules_text(struct ctl *ctl, const struct kind *kind)
{
	const char *text = "";

	for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
		text = format_text(ctl, "%s%s%s", text, i == 0 ? "" : " ",
		                   rule_name(kind->rules[i]));
	}
	return text;
}

static void add_kind(struct ctl_table *table, const struct kind *kind)
{
	struct ctl *ctl = table->ctl;
	const char *dates = "";

	for (size_t i = 0; kind->valid_dates[i] != NULL; i++) {
		dates = format_text(ctl, "%s%s%s", dates, i == 0 ? "" : " or ",
		                    kind->valid_dates[i]);
	}
	(void)table_add(table, (const char *const[]){
	                               kind->name,
	                               format_enum(ctl, &civil__v1__event_class__descriptor,
	                                           (int)kind->event_class),
	                               signers_text(ctl, kind), dates, rules_text(ctl, kind) });
}

static enum ctl_exit run_kinds(struct ctl *ctl)
{
	const struct kind *only = NULL;
	struct ctl_table table;

	if (ctl->argument_count > 0) {
		only = kind_of_name(ctl->arguments[0]);
		if (only == NULL) {
			ctl_say("there is no kind %s; try: civilctl kinds", ctl->arguments[0]);
			return CTL_NOT_FOUND;
		}
	}
	table_init(
	        &table, ctl,
	        (const char *const[]){ "KIND", "CLASS", "SIGNERS", "VALID DATE", "RULES", NULL });
	for (int k = 0; k < KINDS; k++) {
		const struct kind *kind = kind_of_id((enum kind_id)k);

		if (only == NULL || kind == only) {
			add_kind(&table, kind);
		}
	}
	table_print(&table, stdout);
	return CTL_OK;
}

/* Which kinds a rule guards: names, or in words when there are too many to list. */
static const char *guarded_text(struct ctl *ctl, const struct rule *rule)
{
	const char *text = "";

	if (rule->judge == NULL) {
		return "no kind of this ledger";
	}
	if (rule->guard == GUARD_COMMON) {
		return "every kind";
	}
	if (rule->guard == GUARD_STEPS) {
		return "kinds with steps";
	}
	for (int k = 0; k < KINDS; k++) {
		const struct kind *kind = kind_of_id((enum kind_id)k);

		for (size_t i = 0; kind->rules[i] != RULE_NONE; i++) {
			if (kind->rules[i] == rule->id) {
				text = format_text(ctl, "%s%s%s", text, text[0] == '\0' ? "" : " ",
				                   kind->name);
			}
		}
	}
	return text;
}

static void add_rule(struct ctl_table *table, const struct rule *rule, bool guarded)
{
	struct ctl *ctl = table->ctl;
	const struct rule_text *text = rule_text_of(rule->name);

	(void)table_add(table, (const char *const[]){
	                               rule->name, rule->reason,
	                               format_enum(ctl, &civil__v1__rule_strength__descriptor,
	                                           (int)rule->strength),
	                               passes[rule->pass], text->english, text->khmer,
	                               guarded ? guarded_text(ctl, rule) : NULL });
}

static enum ctl_exit run_rules(struct ctl *ctl)
{
	const char *only = ctl->argument_count > 0 ? ctl->arguments[0] : NULL;
	/* To people the kinds are shown for one rule only: they would make the lines too long. */
	bool guarded = only != NULL || ctl->output != CTL_TABLE;
	struct ctl_table table;

	table_init(&table, ctl,
	           (const char *const[]){ "RULE", "REASON", "STRENGTH", "PASSES WITH", "ENGLISH",
	                                  "KHMER", guarded ? "KINDS" : NULL, NULL });
	for (int id = RULE_NONE + 1; id < RULES; id++) {
		const struct rule *rule = rule_of((enum rule_id)id);

		if (only == NULL || strcmp(rule->name, only) == 0 ||
		    strcmp(rule->reason, only) == 0) {
			add_rule(&table, rule, guarded);
		}
	}
	if (table.first == NULL) {
		ctl_say("there is no rule %s; try: civilctl rules", only);
		return CTL_NOT_FOUND;
	}
	table_print(&table, stdout);
	return CTL_OK;
}

const struct command command_kinds = {
	.name = "kinds",
	.synopsis = "[KIND]",
	.summary = "show the kinds of acts: who signs them, which rules guard them",
	.text = "Signers are letters: N notifier, K clerk, R registrar, V verifier, P province, G "
	        "national office, J judge, CC court clerk, PC and PD police of commune and "
	        "district, IC cards, PP passports, NA nationality, IM immigration, HC health "
	        "coder, ES e-service desk. K/R is one of them, V + R both, @nation anywhere. The "
	        "rules common to all kinds are not repeated in each row. No node is asked.",
	.arguments_max = 1,
	.examples = { { "civilctl kinds", "the whole catalogue" },
	              { "civilctl kinds marriage", "one kind" } },
	.exits = CTL_BIT(CTL_NOT_FOUND),
	.run = run_kinds,
};

const struct command command_rules = {
	.name = "rules",
	.synopsis = "[RULE]",
	.summary = "show the rules: what each asks, and what passes its breach",
	.text = "A rule is named by its id or its reason. Structural rules never pass, legal ones "
	        "as their row says, plausibility with a second officer, and a watch rule is only "
	        "counted. No node is asked.",
	.arguments_max = 1,
	.examples = { { "civilctl rules L07", "one rule, with the kinds that it guards" },
	              { "civilctl -o csv rules", "all, for a spreadsheet" } },
	.exits = CTL_BIT(CTL_NOT_FOUND),
	.run = run_rules,
};
