#include "ledger/rules/merge.h"

#include "ledger/person/acts.h"
#include "ledger/person/persona.h"
#include "ledger/rules/filiation.h"
#include "ledger/rules/kinship.h"
#include "ledger/rules/standing.h"

#define GROUP(name) CIVIL__V1__MERGE_GROUP__MERGE_GROUP_##name

enum { BIRTHS_APART_YEARS = 15 };

/* The two of a merge; false when one is missing (S16) or has no record (S11). */
struct pair {
	struct party *party[2];
	const Civil__V1__PersonState *state[2];
};

static bool pair_of(struct judgement *j, struct pair *pair)
{
	pair->party[0] = matter_party(&j->own, SUBJECT(SURVIVOR));
	pair->party[1] = matter_party(&j->own, SUBJECT(ABSORBED));
	for (size_t i = 0; i < 2; i++) {
		pair->state[i] = pair->party[i] == NULL ? NULL : party_state(j, pair->party[i]);
	}
	return pair->state[0] != NULL && pair->state[1] != NULL &&
	       !id_equal(&pair->party[0]->id, &pair->party[1]->id);
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool same_names(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	const Civil__V1__Name *first = standing_name(a);
	const Civil__V1__Name *second = standing_name(b);

	if (first == NULL || second == NULL) {
		return first == second;
	}
	return same_text(first->km_surname, second->km_surname) &&
	       same_text(first->km_given, second->km_given) &&
	       same_text(first->latin_surname, second->latin_surname) &&
	       same_text(first->latin_given, second->latin_given);
}

static bool same_sex(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	return a->sex != NULL && b->sex != NULL && a->sex->sex == b->sex->sex;
}

static bool same_birth(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	struct interval first;
	struct interval second;

	if (!standing_birth(&first, a, INT32_MAX) || !standing_birth(&second, b, INT32_MAX) ||
	    first.earliest != second.earliest || first.latest != second.latest) {
		return false;
	}
	if (a->birth->place == NULL || b->birth->place == NULL) {
		return a->birth->place == b->birth->place;
	}
	return same_text(a->birth->place->code, b->birth->place->code) &&
	       same_text(a->birth->place->country, b->birth->place->country);
}

static bool has_nationalities_of(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	for (size_t i = 0; i < b->n_nationalities; i++) {
		bool found = false;

		for (size_t k = 0; k < a->n_nationalities && !found; k++) {
			found = same_text(a->nationalities[k]->country,
			                  b->nationalities[i]->country);
		}
		if (!found) {
			return false;
		}
	}
	return true;
}

static bool same_nationalities(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b)
{
	return has_nationalities_of(a, b) && has_nationalities_of(b, a);
}

static const struct {
	Civil__V1__MergeGroup group;
	bool (*same)(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b);
} groups[] = {
	{ GROUP(NAMES), same_names },
	{ GROUP(SEX), same_sex },
	{ GROUP(BIRTH), same_birth },
	{ GROUP(NATIONALITY), same_nationalities },
};

static bool has_winner(const Civil__V1__Merge *merge, Civil__V1__MergeGroup group)
{
	for (size_t i = 0; i < merge->n_winners; i++) {
		if (merge->winners[i]->group == group) {
			return true;
		}
	}
	return false;
}

void merge_require_winners(struct judgement *j)
{
	struct pair pair;

	if (j->event->content->kind_case != CONTENT_CASE(MERGE) || !pair_of(j, &pair)) {
		return;
	}
	for (size_t g = 0; g < sizeof(groups) / sizeof(groups[0]); g++) {
		if (!groups[g].same(pair.state[0], pair.state[1]) &&
		    !has_winner(j->event->content->merge, groups[g].group)) {
			(void)finding_broken(j, "content.merge.winners");
			return;
		}
	}
}

void rule_s17(struct judgement *j)
{
	struct pair pair;

	filiation_no_cycle(j);
	if (j->event->content->kind_case == CONTENT_CASE(MERGE) && pair_of(j, &pair) &&
	    kinship_direct(j, &pair.party[0]->id, &pair.party[1]->id)) {
		(void)finding_broken(j, "");
	}
}

/* The spouse of a marriage in force; NULL. */
static const ProtobufCBinaryData *spouse_of(const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_marriages; i++) {
		if (state->marriages[i]->status ==
		    CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_IN_FORCE) {
			return &state->marriages[i]->spouse;
		}
	}
	return NULL;
}

static bool two_marriages(const struct pair *pair)
{
	const ProtobufCBinaryData *a = spouse_of(pair->state[0]);
	const ProtobufCBinaryData *b = spouse_of(pair->state[1]);

	return a != NULL && b != NULL &&
	       !bytes_equal(bytes_of(a->data, a->len), bytes_of(b->data, b->len));
}

/* More than 15 years between the last day of the one and the first day of the other. */
static bool births_apart(const struct pair *pair)
{
	struct interval a;
	struct interval b;

	if (!standing_birth(&a, pair->state[0], INT32_MAX) ||
	    !standing_birth(&b, pair->state[1], INT32_MAX)) {
		return false;
	}
	return b.earliest > date_add_months(a.latest, 12 * BIRTHS_APART_YEARS) ||
	       a.earliest > date_add_months(b.latest, 12 * BIRTHS_APART_YEARS);
}

/* Whether the living one did nothing after the death of the dead one. */
static enum ternary acts_before_death(struct judgement *j, const Civil__V1__PersonState *dead,
                                      const struct party *living)
{
	enum ternary holds = TERNARY_YES;
	struct interval death;
	struct acts acts;

	if (!standing_death(&death, dead) ||
	    !judgement_settle(j, acts_load(j->view, &acts, &living->id))) {
		return TERNARY_YES;
	}
	for (size_t i = 0; i < acts.count; i++) {
		if (acts.act[i].kind->event_class != CIVIL__V1__EVENT_CLASS__EVENT_CLASS_IDENTITY) {
			holds = ternary_and(holds, interval_not_after(acts.act[i].valid, death));
		}
	}
	return holds;
}

void rule_l27(struct judgement *j)
{
	struct pair pair;

	if (!pair_of(j, &pair)) {
		return;
	}
	if (two_marriages(&pair) || !same_sex(pair.state[0], pair.state[1]) ||
	    births_apart(&pair)) {
		(void)finding_broken(j, "");
		return;
	}
	struct interval death;
	bool first_dead = standing_death(&death, pair.state[0]);
	bool second_dead = standing_death(&death, pair.state[1]);

	if (first_dead != second_dead) {
		(void)finding_unless(j,
		                     first_dead
		                             ? acts_before_death(j, pair.state[0], pair.party[1])
		                             : acts_before_death(j, pair.state[1], pair.party[0]),
		                     "");
	}
}

/* Two persons are named, and not one by two ids. */
static bool names_pair(const struct judgement *j)
{
	return j->own.party_count == 2 && !id_equal(&j->own.parties[0].id, &j->own.parties[1].id);
}

/* Equal rule and fields. */
static bool pair_same_evidence(const Civil__V1__DuplicateSuspected *a,
                               const Civil__V1__DuplicateSuspected *b)
{
	bool same = same_text(a->rule, b->rule) && a->n_fields == b->n_fields;

	for (size_t i = 0; same && i < a->n_fields; i++) {
		same = same_text(a->fields[i], b->fields[i]);
	}
	return same;
}

/* Whether the two subjects of a record stand for the two. */
static bool is_about_pair(struct judgement *j, const struct event *event)
{
	struct id a = event_subject_id(event, 0);
	struct id b = event_subject_id(event, 1);
	const struct id *first = &j->own.parties[0].id;
	const struct id *second = &j->own.parties[1].id;

	return judgement_settle(j, persona_resolve(j->view, &a)) &&
	       judgement_settle(j, persona_resolve(j->view, &b)) &&
	       ((id_equal(&a, first) && id_equal(&b, second)) ||
	        (id_equal(&a, second) && id_equal(&b, first)));
}

/* The newest record of a kind about the pair, by whatever ids it names them; false when there is
 * none. */
static bool newest_about(struct judgement *j, struct stored_record *out, uint64_t *index,
                         enum kind_id kind, const Civil__V1__DuplicateSuspected *like)
{
	struct persona persona;
	uint64_t *indexes;
	size_t count;
	bool found = false;

	if (!names_pair(j) ||
	    !judgement_settle(j, persona_load(j->view, &persona, &j->own.parties[0].id)) ||
	    !judgement_settle(
	            j, persona_history(j->view, &indexes, &count, &persona, PERSONA_PERSON))) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		struct stored_record record;

		if (!judgement_settle(j, view_record(j->view, &record, indexes[i])) ||
		    record.event.kind == NULL || record.event.kind->id != kind ||
		    record.event.header->n_subjects != 2 || !is_about_pair(j, &record.event)) {
			continue;
		}
		if (like == NULL ||
		    pair_same_evidence(like, record.event.content->duplicate_suspected)) {
			*out = record;
			*index = record.index;
			found = true;
		}
	}
	return found;
}

void pair_in_force(struct judgement *j)
{
	const Civil__V1__Content *content = j->event->content;
	bool clears = content->kind_case == CONTENT_CASE(DUPLICATE_CLEARED);
	struct stored_record record;
	uint64_t suspected = 0;
	uint64_t cleared = 0;

	if (!names_pair(j)) {
		return; /* S16 */
	}
	bool raised = newest_about(j, &record, &suspected, KIND_DUPLICATE_SUSPECTED,
	                           clears ? NULL : content->duplicate_suspected);
	bool settled = newest_about(j, &record, &cleared, KIND_DUPLICATE_CLEARED, NULL);

	if (clears ? !raised || (settled && cleared > suspected)
	           : raised && settled && cleared > suspected) {
		(void)finding_broken(j, "content");
	}
}

bool pair_raised_by(struct judgement *j, const struct id *officer)
{
	struct stored_record record;
	uint64_t index;

	if (j->event->content->kind_case != CONTENT_CASE(DUPLICATE_CLEARED) ||
	    !newest_about(j, &record, &index, KIND_DUPLICATE_SUSPECTED, NULL)) {
		return false;
	}
	for (size_t i = 0; i < record.event.signature_count; i++) {
		const ProtobufCBinaryData *key = &record.event.signatures[i]->public_key;
		struct officer_key signer;

		if (judgement_settle(
		            j, authority_key(j->view, &signer, bytes_of(key->data, key->len))) &&
		    id_equal(&signer.officer, officer)) {
			return true;
		}
	}
	return false;
}
