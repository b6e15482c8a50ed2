/* What a merge does to papers, and pairs under suspicion. Whom ids stand for is read before the
 * fold begins (identity.h). */
#include "ledger/person/step.h"

#define ROLE(name) CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_##name

static bool stays(const Civil__V1__Merge *merge, const Civil__V1__PersonDocument *document)
{
	for (size_t i = 0; i < merge->n_live_documents; i++) {
		if (strcmp(merge->live_documents[i]->number, document->number) == 0 &&
		    strcmp(merge->live_documents[i]->document_class, document->document_class) ==
		            0) {
			return true;
		}
	}
	return false;
}

/* One person keeps one set of papers, also when the merge is undone: only an act about a document
 * brings it back. */
void step_merge(struct fold *fold, const struct act *act)
{
	for (size_t i = 0; i < fold->state->n_documents; i++) {
		Civil__V1__PersonDocument *document = fold->state->documents[i];

		if (document_is_live(document->status) && !stays(act->content->merge, document)) {
			document->status = CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_CANCELLED;
			document->status_since = fold_date(fold, fold->day);
		}
	}
	fold->compare = true;
}

/* The other one of a pair; false when both are the person by now. */
static bool other_of(const struct fold *fold, const struct act *act, struct id *out)
{
	for (size_t i = 0; i < 2; i++) {
		if (act_person(act, out, ROLE(SUBJECT), i) && !id_equal(out, fold->person)) {
			return true;
		}
	}
	return false;
}

void step_duplicate_suspected(struct fold *fold, const struct act *act)
{
	struct id other;

	if (!other_of(fold, act, &other)) {
		return;
	}
	Civil__V1__PersonSuspicion *suspicion =
	        fold_new(fold, &civil__v1__person_suspicion__descriptor);

	if (suspicion != NULL) {
		suspicion->person_id = fold_bytes(fold, bytes_of_id(&other));
		suspicion->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		suspicion->rule = act->content->duplicate_suspected->rule;
	}
	fold_append(fold, &fold->state->suspicions, &fold->state->n_suspicions, suspicion);
}

void step_duplicate_cleared(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonState *state = fold->state;
	struct id other;
	size_t kept = 0;

	if (!other_of(fold, act, &other)) {
		return;
	}
	for (size_t i = 0; i < state->n_suspicions; i++) {
		if (!fold_same_other(fold, state->suspicions[i]->person_id, &other)) {
			state->suspicions[kept] = state->suspicions[i];
			kept++;
		}
	}
	state->n_suspicions = kept;
}
