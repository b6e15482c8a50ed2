#include "ledger/rules/marriage.h"

#include "ledger/rules/target.h"

#define UNION(name) CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_##name

/* Whether an act of this kind has something to do about the marriage as it stands. */
static bool may_follow(const struct judgement *j, const Civil__V1__PersonMarriage *marriage)
{
	switch ((int)j->event->content->kind_case) {
	case CONTENT_CASE(SEPARATION):
		return !marriage->separated;
	case CONTENT_CASE(RECONCILIATION):
		return marriage->separated;
	case CONTENT_CASE(MARRIAGE_RESOLVED):
		return marriage->status == UNION(DISPUTED);
	}
	return true;
}

/* Whether the marriage goes on, and the act has something to do about it. */
static bool is_open(const struct judgement *j, const Civil__V1__PersonMarriage *marriage)
{
	return (marriage->status == UNION(IN_FORCE) || marriage->status == UNION(DISPUTED)) &&
	       may_follow(j, marriage);
}

static const Civil__V1__PersonMarriage *find(const Civil__V1__PersonState *state,
                                             const struct act *wedding)
{
	for (size_t i = 0; i < state->n_marriages; i++) {
		ProtobufCBinaryData act = state->marriages[i]->act;

		if (bytes_equal(bytes_of(act.data, act.len), bytes_of_hash(&wedding->event_id))) {
			return state->marriages[i];
		}
	}
	return NULL;
}

static bool is_about_marriage(const Civil__V1__Content *content)
{
	return content->kind_case == CONTENT_CASE(DIVORCE) ||
	       content->kind_case == CONTENT_CASE(ANNULMENT) ||
	       content->kind_case == CONTENT_CASE(SEPARATION) ||
	       content->kind_case == CONTENT_CASE(RECONCILIATION) ||
	       content->kind_case == CONTENT_CASE(MARRIAGE_RESOLVED);
}

void marriage_in_force(struct judgement *j)
{
	struct target targets[TARGETS_MAX];
	const struct act *wedding;

	if (!is_about_marriage(j->event->content) || !judgement_target(j, &wedding) ||
	    wedding->kind->id != KIND_MARRIAGE || targets_of(j, targets) == 0) {
		return; /* S07, S12 or S13 */
	}
	for (size_t p = 0; p < j->own.party_count; p++) {
		const Civil__V1__PersonState *state = party_state(j, &j->own.parties[p]);
		const Civil__V1__PersonMarriage *marriage =
		        state == NULL ? NULL : find(state, wedding);

		/* The two states may differ: one spouse alone may stand in dispute. */
		if (marriage != NULL && is_open(j, marriage)) {
			return;
		}
	}
	(void)finding_broken(j, targets[0].path);
}
