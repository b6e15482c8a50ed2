/* Public notices of a wedding, and objections to them. */
#include "ledger/person/step.h"

void step_marriage_notice(struct fold *fold, const struct act *act)
{
	const Civil__V1__MarriageNotice *content = act->content->marriage_notice;
	Civil__V1__PersonNotice *notice;
	struct id other;

	if (!union_spouse(act, &other, fold->person)) {
		return;
	}
	notice = fold_new(fold, &civil__v1__person_notice__descriptor);
	if (notice != NULL) {
		notice->other = fold_bytes(fold, bytes_of_id(&other));
		notice->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
		notice->posted_on = content->posted_on;
		notice->until = content->until;
	}
	fold_append(fold, &fold->state->notices, &fold->state->n_notices, notice);
}

void notice_remove(struct fold *fold, ProtobufCBinaryData act)
{
	Civil__V1__PersonState *state = fold->state;
	size_t kept = 0;

	for (size_t i = 0; i < state->n_notices; i++) {
		if (act.len == 0 ||
		    !bytes_equal(bytes_of(state->notices[i]->act.data, state->notices[i]->act.len),
		                 bytes_of(act.data, act.len))) {
			state->notices[kept] = state->notices[i];
			kept++;
		}
	}
	state->n_notices = kept;
}

/* The notice that an act (event id) posted; NULL when it is no longer posted. */
static Civil__V1__PersonNotice *find(const struct fold *fold, ProtobufCBinaryData act)
{
	for (size_t i = 0; i < fold->state->n_notices; i++) {
		ProtobufCBinaryData posted = fold->state->notices[i]->act;

		if (bytes_equal(bytes_of(posted.data, posted.len), bytes_of(act.data, act.len))) {
			return fold->state->notices[i];
		}
	}
	return NULL;
}

void step_objection(struct fold *fold, const struct act *act)
{
	Civil__V1__PersonNotice *notice = find(fold, act->content->objection->notice);
	ProtobufCBinaryData *objections;
	size_t n;

	if (notice == NULL) {
		return; /* the objector, or a notice that the wedding has taken down */
	}
	n = notice->n_objections;
	objections = arena_array(fold->arena, n + 1, sizeof(*objections));
	if (objections == NULL) {
		fold->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		objections[i] = notice->objections[i];
	}
	objections[n] = fold_bytes(fold, bytes_of_hash(&act->event_id));
	notice->objections = objections;
	notice->n_objections = n + 1;
}

/* Takes the objection off the list; false when it is not on it. */
static bool settle(Civil__V1__PersonNotice *notice, ProtobufCBinaryData objection)
{
	size_t kept = 0;

	for (size_t i = 0; i < notice->n_objections; i++) {
		ProtobufCBinaryData other = notice->objections[i];

		if (!bytes_equal(bytes_of(other.data, other.len),
		                 bytes_of(objection.data, objection.len))) {
			notice->objections[kept] = other;
			kept++;
		}
	}
	bool found = kept < notice->n_objections;

	notice->n_objections = kept;
	return found;
}

void step_objection_resolved(struct fold *fold, const struct act *act)
{
	const Civil__V1__ObjectionResolved *resolved = act->content->objection_resolved;
	const bool upheld =
	        resolved->outcome == CIVIL__V1__OBJECTION_OUTCOME__OBJECTION_OUTCOME_UPHELD;

	for (size_t i = 0; i < fold->state->n_notices; i++) {
		Civil__V1__PersonNotice *notice = fold->state->notices[i];

		if (settle(notice, resolved->objection) && upheld) {
			notice->voided = true;
		}
	}
}

const struct act *step_objection_anchor(const struct acts *acts, const struct act *act,
                                        const struct id *person)
{
	const Civil__V1__Content *content = act->content;
	ProtobufCBinaryData target = content->kind_case == CIVIL__V1__CONTENT__KIND_OBJECTION
	                                     ? content->objection->notice
	                                     : content->objection_resolved->objection;

	(void)person; /* the target says it all */
	return acts_by_event(acts, bytes_of(target.data, target.len));
}
