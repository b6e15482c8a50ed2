#include "tools/civilctl/person_rows.h"

static void add_parent(struct person_view *view, const Civil__V1__PersonParent *parent, bool former)
{
	struct ctl *ctl = view->ctl;
	const bool mother = parent->role == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_MOTHER;
	const bool by_birth = parent->basis == CIVIL__V1__PARENT_BASIS__PARENT_BASIS_BIRTH;

	person_row(view, mother ? "ម្តាយ" : "ឪពុក",
	           format_text(ctl, "%s%s", former ? "former " : "", mother ? "mother" : "father"),
	           format_text(ctl, "%s%s%s%s", format_hex(ctl, parent->person_id),
	                       by_birth ? "" : ", ",
	                       by_birth ? ""
	                                : format_enum(ctl, &civil__v1__parent_basis__descriptor,
	                                              (int)parent->basis),
	                       parent->disputed ? ", disputed before a court" : ""),
	           parent->provenance);
}

static void add_children(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_children; i++) {
		const Civil__V1__PersonChild *child = state->children[i];

		(void)table_add(&view->table,
		                (const char *const[]){ "កូន", "child",
		                                       format_hex(ctl, child->person_id), "",
		                                       format_u64(ctl, child->source), "" });
	}
	for (size_t i = 0; i < state->n_foetal_deaths; i++) {
		const Civil__V1__PersonFoetalDeath *lost = state->foetal_deaths[i];

		person_row(view, "ទារកស្លាប់ក្នុងផ្ទៃ", "child not born alive",
		           format_partial(ctl, lost->date), lost->provenance);
	}
}

static void add_guardians(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_guardianships; i++) {
		const Civil__V1__PersonGuardianship *of = state->guardianships[i];

		person_row(view, "អាណាព្យាបាល",
		           format_enum(ctl, &civil__v1__subject_role__descriptor, (int)of->role),
		           format_text(ctl, "%s, %s%s", format_hex(ctl, of->person_id), of->scope,
		                       of->ended_by.len == 0 ? "" : ", ended"),
		           of->provenance);
	}
	if (state->capacity != NULL) {
		person_row(view, "សមត្ថភាព", "capacity", state->capacity->scope,
		           state->capacity->provenance);
	}
}

static void add_nationalities(struct person_view *view, const Civil__V1__PersonState *state)
{
	struct ctl *ctl = view->ctl;

	for (size_t i = 0; i < state->n_nationalities; i++) {
		const Civil__V1__PersonNationality *held = state->nationalities[i];

		person_row(view, "សញ្ជាតិ",
		           held->ended_by.len == 0 ? "nationality" : "former nationality",
		           format_text(ctl, "%s, by %s", held->country, held->basis),
		           held->provenance);
	}
	if (state->statelessness != NULL) {
		person_row(view, "ជនគ្មានសញ្ជាតិ", "statelessness", "found by the authority",
		           state->statelessness->provenance);
	}
}

void person_rows_kin(struct person_view *view, const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_parents; i++) {
		add_parent(view, state->parents[i], false);
	}
	for (size_t i = 0; i < state->n_former_parents; i++) {
		add_parent(view, state->former_parents[i], true);
	}
	if (state->legitimation != NULL) {
		person_row(view, "កូនស្របច្បាប់", "legitimate", "by the marriage of the parents",
		           state->legitimation->provenance);
	}
	add_children(view, state);
	add_guardians(view, state);
	add_nationalities(view, state);
}

static void add_notice(struct person_view *view, const Civil__V1__PersonNotice *notice)
{
	struct ctl *ctl = view->ctl;
	const char *objections = "";

	if (notice->n_objections > 0) {
		objections = format_text(ctl, "; %zu objections are open", notice->n_objections);
	}
	person_row(view, "ការប្រកាសផ្សាយ", "notice of marriage",
	           format_text(ctl, "with %s, posted %s until %s%s%s",
	                       format_hex(ctl, notice->other), format_day(ctl, notice->posted_on),
	                       format_day(ctl, notice->until), objections,
	                       notice->voided ? "; void, an objection was upheld" : ""),
	           NULL);
}

static void add_marriage(struct person_view *view, const Civil__V1__PersonMarriage *marriage)
{
	struct ctl *ctl = view->ctl;
	const char *status =
	        format_enum(ctl, &civil__v1__marriage_status__descriptor, (int)marriage->status);
	const char *reason =
	        format_enum(ctl, &civil__v1__end_reason__descriptor, (int)marriage->end_reason);
	const char *to = format_partial(ctl, marriage->to);

	person_row(view, "អាពាហ៍ពិពាហ៍", "marriage",
	           format_text(ctl, "with %s from %s%s%s%s%s%s; %s%s; %s",
	                       format_hex(ctl, marriage->spouse),
	                       format_partial(ctl, marriage->from), to[0] == '\0' ? "" : " to ", to,
	                       reason[0] == '\0' ? "" : " (", reason, reason[0] == '\0' ? "" : ")",
	                       status, marriage->separated ? ", separated" : "",
	                       person_row_place(view, marriage->place)),
	           marriage->provenance);
	if (marriage->registration_number != NULL) {
		person_row(view, "លេខសំបុត្រអាពាហ៍ពិពាហ៍", "marriage act",
		           format_registration(ctl, marriage->registration_number),
		           marriage->provenance);
	}
}

void person_rows_unions(struct person_view *view, const Civil__V1__PersonState *state)
{
	for (size_t i = 0; i < state->n_marriages; i++) {
		add_marriage(view, state->marriages[i]);
	}
	for (size_t i = 0; i < state->n_notices; i++) {
		add_notice(view, state->notices[i]);
	}
}
