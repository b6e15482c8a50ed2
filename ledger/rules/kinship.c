#include "ledger/rules/kinship.h"

#include "ledger/person/state.h"
#include "ledger/rules/judgement.h"

/* Ascendants of one person, nearest first. Eight full generations fill it. */
enum { ASCENDANTS_MAX = 512 };

struct ascent {
	struct id id[ASCENDANTS_MAX];
	int32_t steps[ASCENDANTS_MAX];
	size_t count;
};

static struct ascent *ascent_new(struct judgement *j, const struct id *person)
{
	struct ascent *ascent = arena_alloc(j->view->arena, sizeof(*ascent));

	if (ascent == NULL) {
		(void)judgement_settle(j, STATUS_NO_MEMORY);
		return NULL;
	}
	ascent->id[0] = *person;
	ascent->count = 1;
	return ascent;
}

static int find(const struct ascent *ascent, const struct id *person)
{
	for (size_t i = 0; i < ascent->count; i++) {
		if (id_equal(&ascent->id[i], person)) {
			return (int)i;
		}
	}
	return -1;
}

static void add_parents(struct ascent *ascent, size_t of, Civil__V1__PersonParent *const *parents,
                        size_t count)
{
	for (size_t p = 0; p < count; p++) {
		struct id parent;

		if (parents[p]->person_id.len != ID_BYTES || ascent->count == ASCENDANTS_MAX) {
			continue;
		}
		memcpy(parent.bytes, parents[p]->person_id.data, ID_BYTES);
		if (find(ascent, &parent) < 0) {
			ascent->id[ascent->count] = parent;
			ascent->steps[ascent->count] = ascent->steps[of] + 1;
			ascent->count++;
		}
	}
}

const Civil__V1__PersonState *kinship_state(struct judgement *j, const struct id *person)
{
	Civil__V1__PersonState *state;

	for (size_t i = 0; i < j->own.party_count; i++) {
		if (id_equal(&j->own.parties[i].id, person)) {
			return party_state(j, &j->own.parties[i]);
		}
	}
	return judgement_settle(j, state_cached(j->view, &state, person)) ? state : NULL;
}

/* Climbs until no edge is left, breadth first: the list grows while it is read. Who was adopted
 * keeps the kin by blood. */
static void climb(struct judgement *j, struct ascent *ascent)
{
	for (size_t i = 0; i < ascent->count; i++) {
		const Civil__V1__PersonState *state = kinship_state(j, &ascent->id[i]);

		if (state != NULL) {
			add_parents(ascent, i, state->parents, state->n_parents);
			add_parents(ascent, i, state->former_parents, state->n_former_parents);
		}
	}
}

static bool related(struct judgement *j, const struct id *a, const struct id *b, int32_t degree)
{
	struct ascent *up_a = ascent_new(j, a);
	struct ascent *up_b = ascent_new(j, b);

	if (up_a == NULL || up_b == NULL) {
		return false;
	}
	climb(j, up_a);
	climb(j, up_b);
	for (size_t i = 0; i < up_a->count; i++) {
		int at = find(up_b, &up_a->id[i]);

		if (at < 0) {
			continue;
		}
		int32_t steps = up_a->steps[i] + up_b->steps[at];

		if (up_a->steps[i] == 0 || up_b->steps[at] == 0 || steps <= degree) {
			return true;
		}
	}
	return false;
}

static bool married_now(struct judgement *j, const struct id *a, const struct id *b)
{
	const Civil__V1__PersonState *state = kinship_state(j, a);

	for (size_t i = 0; state != NULL && i < state->n_marriages; i++) {
		const Civil__V1__PersonMarriage *marriage = state->marriages[i];

		if (marriage->status == CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_IN_FORCE &&
		    bytes_equal(bytes_of(marriage->spouse.data, marriage->spouse.len),
		                bytes_of_id(b))) {
			return true;
		}
	}
	return false;
}

bool kinship_close(struct judgement *j, const struct id *a, const struct id *b)
{
	enum { SIBLINGS = 2 };

	return id_equal(a, b) || married_now(j, a, b) || related(j, a, b, SIBLINGS);
}

bool kinship_direct(struct judgement *j, const struct id *a, const struct id *b)
{
	return married_now(j, a, b) || related(j, a, b, 0);
}

bool kinship_descends(struct judgement *j, const struct id *a, const struct id *b)
{
	struct ascent *up = ascent_new(j, a);

	if (up == NULL) {
		return false;
	}
	climb(j, up);
	return find(up, b) >= 0;
}

bool kinship_forbids(struct judgement *j, const struct id *a, const struct id *b, int32_t degree)
{
	return related(j, a, b, degree);
}

void rule_l06(struct judgement *j)
{
	struct party *a = matter_party(j->matter, SUBJECT(SPOUSE_A));
	struct party *b = matter_party(j->matter, SUBJECT(SPOUSE_B));
	const Civil__V1__RuleSet **laws;
	size_t count = matter_laws(j, &laws);
	struct law_answer answer = { 0 };

	if (a == NULL || b == NULL) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		law_answer_add(&answer, ternary_of(!kinship_forbids(j, &a->id, &b->id,
		                                                    laws[i]->impediment_degree)));
	}
	if (answer.answered) {
		(void)finding_unless(j, answer.value, ""); /* never says which */
	}
}
