#include "ledger/rules/timeline.h"

#include "ledger/person/persona.h"
#include "ledger/person/state.h"

/* Another act of the persons named, to be judged by two states of them. */
struct later_act {
	struct matter now;
	struct matter then;
};

static bool has_timeline(enum rule_id id)
{
	return id == RULE_S23 || id == RULE_L03 || id == RULE_L05 || id == RULE_L07 ||
	       id == RULE_P01 || id == RULE_P02 || id == RULE_P04;
}

/* The event as if it were the newest record. */
static bool next_record(struct judgement *j, struct stored_record *out)
{
	Civil__V1__RecordContent *kept = arena_alloc(j->view->arena, sizeof(*kept));

	if (kept == NULL) {
		return judgement_settle(j, STATUS_NO_MEMORY);
	}
	civil__v1__record_content__init(kept);
	*out = (struct stored_record){
		.index = j->view->size,
		.recorded_at_ms = j->recorded_at_ms,
		.kept = kept,
		.event = *j->event,
	};
	return true;
}

/* Fills the states that the persons named would have. */
static bool load_states(struct judgement *j)
{
	size_t count = j->own.party_count;
	const Civil__V1__PersonState **states;
	struct stored_record next;

	if (j->states_then != NULL) {
		return true;
	}
	states = arena_array(j->view->arena, count, sizeof(*states));
	if (states == NULL) {
		return judgement_settle(j, STATUS_NO_MEMORY);
	}
	if (!next_record(j, &next)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		Civil__V1__PersonState *state = NULL;

		(void)judgement_settle(j,
		                       state_with(j->view, &state, &j->own.parties[i].id, &next));
		states[i] = state;
	}
	j->states_then = states;
	return true;
}

const Civil__V1__PersonState *timeline_state(struct judgement *j, const struct party *party)
{
	for (size_t i = 0; i < j->own.party_count; i++) {
		if (id_equal(&j->own.parties[i].id, &party->id)) {
			return load_states(j) ? j->states_then[i] : NULL;
		}
	}
	return NULL;
}

/* Persons of the act; those whom the event names with the states given, or as known. */
static bool set_parties(struct judgement *j, struct matter *matter, const struct act *act,
                        const Civil__V1__PersonState *const states[])
{
	const struct event event = { .id = act->event_id, .header = act->header };
	size_t count = act->header->n_subjects;

	matter->parties = arena_array(j->view->arena, count, sizeof(*matter->parties));
	if (matter->parties == NULL) {
		return judgement_settle(j, STATUS_NO_MEMORY);
	}
	for (size_t i = 0; i < count; i++) {
		struct party *party = &matter->parties[i];

		*party = (struct party){
			.id = event_subject_id(&event, i),
			.role = act->header->subjects[i]->role,
			.path = role_name(act->header->subjects[i]->role),
		};
		(void)judgement_settle(j, persona_resolve(j->view, &party->id));
		for (size_t p = 0; states != NULL && p < j->own.party_count; p++) {
			if (id_equal(&party->id, &j->own.parties[p].id)) {
				party->loaded = true;
				party->state = states[p];
			}
		}
	}
	matter->party_count = count;
	return true;
}

static bool set_matter(struct judgement *j, struct matter *matter, const struct act *act,
                       const Civil__V1__PersonState *const states[])
{
	*matter = (struct matter){
		.header = act->header,
		.case_id = bytes_of(act->header->case_id.data, act->header->case_id.len),
		.registered_day = act->registered_day,
		.corrected = true, /* read again, as the target is */
		.is_act = true,
		.index = act->index,
		.event_id = act->event_id,
	};
	if (!set_parties(j, matter, act, states)) {
		return false;
	}
	matter_set_content(j, matter, act->kind, act->content);
	return matter->message != NULL;
}

static bool is_known(const struct judgement *j, uint64_t index)
{
	for (size_t i = 0; i < j->later_count; i++) {
		if (j->later[i].now.index == index) {
			return true;
		}
	}
	return index == j->target_corrected.index;
}

static void add_acts(struct judgement *j, const struct acts *acts,
                     const Civil__V1__PersonState *const states[])
{
	struct later_act *later =
	        arena_array(j->view->arena, j->later_count + acts->count, sizeof(*later));

	if (later == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return;
	}
	if (j->later_count > 0) {
		memcpy(later, j->later, j->later_count * sizeof(*later));
	}
	j->later = later;
	for (size_t i = 0; i < acts->count; i++) {
		struct later_act *added = &later[j->later_count];

		if (!is_known(j, acts->act[i].index) &&
		    set_matter(j, &added->now, &acts->act[i], NULL) &&
		    set_matter(j, &added->then, &acts->act[i], states)) {
			j->later_count++;
		}
	}
}

static void load(struct judgement *j)
{
	j->later_loaded = true;
	for (size_t p = 0; load_states(j) && p < j->own.party_count; p++) {
		struct acts acts;

		if (judgement_settle(j, acts_load(j->view, &acts, &j->own.parties[p].id))) {
			add_acts(j, &acts, j->states_then);
		}
	}
}

/* Worst answer of the rule for a matter; its findings are taken back. */
static enum ternary ask(struct judgement *j, const struct rule *rule, struct matter *matter)
{
	size_t begin = j->findings.count;
	enum ternary worst = TERNARY_YES;

	j->matter = matter;
	rule->judge(j);
	for (size_t i = begin; i < j->findings.count; i++) {
		worst = ternary_and(worst, j->findings.item[i]->outcome == OUTCOME(BROKEN)
		                                   ? TERNARY_NO
		                                   : TERNARY_UNKNOWN);
	}
	j->findings.count = begin;
	return worst;
}

void timeline_judge(struct judgement *j, const struct rule *rule)
{
	if (!has_timeline(rule->id)) {
		return;
	}
	if (!j->later_loaded) {
		load(j);
	}
	for (size_t i = 0; i < j->later_count; i++) {
		struct later_act *later = &j->later[i];

		if (!rule_guards(rule, later->now.kind, STEP(REGISTERED))) {
			continue;
		}
		enum ternary then = ask(j, rule, &later->then);

		if (then < ask(j, rule, &later->now)) {
			j->matter = &later->then; /* whose laws may let it pass */
			(void)finding_unless(j, then, matter_path(j, ""));
		}
	}
	j->matter = &j->own;
}
