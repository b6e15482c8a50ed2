/* Persons without a birth act, identities found false, proofs of life. */
#include "ledger/base/date.h"
#include "ledger/person/step.h"

/* Name, sex and birth are those that fold.c creates the person with; what the passport says of
 * nationality is known from the day of enrolment. */
void step_foreigner_enrolled(struct fold *fold, const struct act *act)
{
	const Civil__V1__ForeignerEnrolled *enrolled = act->content->foreigner_enrolled;
	bool wins = fold_wins(fold, act, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NATIONALITY);

	for (size_t i = 0; i < enrolled->n_nationalities && wins; i++) {
		if (!nationality_held(fold, enrolled->nationalities[i])) {
			nationality_add(fold, act, enrolled->nationalities[i],
			                fold_text(fold, "passport"),
			                fold_partial(fold, enrolled->date), "");
		}
	}
}

void step_false_identity(struct fold *fold, const struct act *act)
{
	const Civil__V1__FalseIdentity *found = act->content->false_identity;
	Civil__V1__PersonFalseIdentity *entry =
	        fold_new(fold, &civil__v1__person_false_identity__descriptor);

	if (entry == NULL) {
		return;
	}
	entry->true_identity = found->true_identity;
	entry->true_person = found->true_person;
	entry->act = fold_bytes(fold, bytes_of_hash(&act->event_id));
	entry->provenance = fold_provenance(fold, act, fold_partial(fold, found->date), "");
	fold->state->false_identity = entry;
}

/* Documents follow on the day of registration: they were good until somebody said so. */
bool step_false_identity_day(int32_t *day, const struct act *act)
{
	*day = act->registered_day;
	return true;
}

void step_false_identity_documents(struct fold *fold, const struct act *act)
{
	document_suspend_live(fold, act, "id_card");
	document_suspend_live(fold, act, "passport");
	document_suspend_live(fold, act, "permit");
}

/* The same day a year later; the 29th of February gives the 28th. */
static Civil__V1__Date *year_after(struct fold *fold, int32_t day)
{
	return fold_date(fold, date_add_months(day, 12));
}

void step_proof_of_life(struct fold *fold, const struct act *act)
{
	const Civil__V1__ProofOfLife *proof = act->content->proof_of_life;
	Civil__V1__PersonProofOfLife *entry =
	        fold_new(fold, &civil__v1__person_proof_of_life__descriptor);

	if (entry == NULL) {
		return;
	}
	entry->until = year_after(fold, act->valid.latest);
	entry->how = proof->how;
	entry->provenance = fold_provenance(fold, act, fold_partial(fold, proof->date), "");
	fold->state->proof_of_life = entry;
}
