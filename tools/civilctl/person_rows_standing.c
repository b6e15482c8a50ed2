#include "tools/civilctl/person_rows.h"

/* Who else the person is, was taken for, or may be. */
static void add_identities(struct person_view *view, const Civil__V1__PersonState *state)
{
	const Civil__V1__PersonFalseIdentity *false_identity = state->false_identity;
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_absorbed; i++) {
		person_row(view, "អត្តសញ្ញាណដែលបានបញ្ចូល", "merged identity",
		           format_hex(ctl, state->absorbed[i]), NULL);
	}
	for (size_t i = 0; i < state->n_suspicions; i++) {
		const Civil__V1__PersonSuspicion *suspicion = state->suspicions[i];

		person_row(view, "សង្ស័យថាស្ទួន", "suspected duplicate",
		           format_text(ctl, "of %s, by %s", format_hex(ctl, suspicion->person_id),
		                       suspicion->rule),
		           NULL);
	}
	if (false_identity != NULL) {
		person_row(view, "អត្តសញ្ញាណក្លែងក្លាយ", "false identity",
		           format_text(ctl, "the true one is %s%s%s",
		                       format_enum(ctl, &civil__v1__true_identity__descriptor,
		                                   (int)false_identity->true_identity),
		                       false_identity->true_person.len == 0 ? "" : ": ",
		                       format_hex(ctl, false_identity->true_person)),
		           false_identity->provenance);
	}
}

/* What a court or an open dispute stops or doubts. */
static void add_doubts(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_disputed_acts; i++) {
		person_row(view, "លិខិតមានវិវាទ", "disputed act",
		           format_hex(ctl, state->disputed_acts[i]), NULL);
	}
	for (size_t i = 0; i < state->n_legal_holds; i++) {
		const Civil__V1__PersonLegalHold *hold = state->legal_holds[i];
		const bool person = hold->scope == CIVIL__V1__HOLD_SCOPE__HOLD_SCOPE_PERSON;

		person_row(view, "តុលាការទប់ស្កាត់", "held by a court",
		           person ? "all acts about the person"
		                  : format_text(ctl, "changes to %zu acts", hold->n_targets),
		           hold->provenance);
	}
}

static void add_certificates(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_certificates; i++) {
		const Civil__V1__PersonCertificate *paper = state->certificates[i];

		person_row(
		        view, "វិញ្ញាបនបត្រ", "certificate",
		        format_text(ctl, "%s, %s, as of %s: %s%s", paper->serial,
		                    format_enum(ctl, &civil__v1__certificate_template__descriptor,
		                                (int)paper->template_),
		                    format_day(ctl, paper->as_of),
		                    format_enum(ctl, &civil__v1__certificate_status__descriptor,
		                                (int)paper->status),
		                    paper->provisional ? ", issued before verification" : ""),
		        paper->provenance);
	}
}

void person_rows_standing(struct person_view *view, const Civil__V1__PersonState *state)
{
	const Civil__V1__PersonProofOfLife *proof = state->proof_of_life;
	struct ctl *ctl = view->ctl;

	add_certificates(view, state);
	if (proof != NULL) {
		person_row(view, "ភស្តុតាងនៅរស់", "proof of life",
		           format_text(ctl, "%s, holds until %s",
		                       format_enum(ctl, &civil__v1__life_proof__descriptor,
		                                   (int)proof->how),
		                       format_day(ctl, proof->until)),
		           proof->provenance);
	}
	add_identities(view, state);
	add_doubts(view, state);
}
