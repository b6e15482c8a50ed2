/* When the acts of a person work. */
#include "ledger/person/moment.h"

#include "ledger/event/partial_date.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/step.h"

#include <stdlib.h>

const Civil__V1__NewPerson *moment_new_person(const struct act *act, const struct id *person)
{
	Civil__V1__SubjectRole role;

	if (act->kind->id == KIND_FOREIGNER_ENROLLED) {
		return act->content->foreigner_enrolled->person;
	}
	if (act->legacy == NULL || act->legacy->n_new_persons == 0) {
		return NULL;
	}
	role = act_created_role(act, person);
	for (size_t i = 0; role != 0 && i < act->legacy->n_new_persons; i++) {
		if (act->legacy->new_persons[i]->role == role) {
			return act->legacy->new_persons[i];
		}
	}
	return NULL;
}

static bool is_birth_of(const struct act *act, const struct id *person)
{
	return act->kind->id == KIND_BIRTH &&
	       act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD;
}

/* Possible days of birth of a new person; the act's own days when the paper gives none. */
static struct interval created_days(const struct act *act, const Civil__V1__NewPerson *person)
{
	struct interval days;

	if (!partial_date_interval(&days, person->birth, act->valid.latest)) {
		days = act->valid;
	}
	return days;
}

int32_t fold_birth_day(const struct acts *acts, const struct persona *persona)
{
	const struct id *person = &persona->person;
	int32_t created = INT32_MIN;

	for (size_t i = 0; i < acts->count; i++) {
		const struct act *act = &acts->act[i];
		const Civil__V1__NewPerson *paper;

		if (persona->member_count > 0 &&
		    !persona_wins(persona, &act->named,
		                  CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH)) {
			continue;
		}
		if (is_birth_of(act, person)) {
			return act->valid.earliest;
		}
		paper = moment_new_person(act, person);
		if (paper != NULL) {
			created = created_days(act, paper).earliest;
		}
	}
	return created;
}

/* Least index among the acts from each place on, in fold order; one more place than acts. An act
 * builds on acts of smaller index: it can lie before one of them only when a later place holds a
 * smaller index, which is rare, and only then is it worth looking. */
static uint64_t *least_indexes(const struct acts *acts, struct arena *arena)
{
	uint64_t *least = arena_array(arena, acts->count + 1, sizeof(*least));

	if (least == NULL) {
		return NULL;
	}
	least[acts->count] = UINT64_MAX;
	for (size_t i = acts->count; i > 0; i--) {
		uint64_t index = acts->act[i - 1].index;

		least[i - 1] = index < least[i] ? index : least[i];
	}
	return least;
}

/* Day on which the act begins to work: not before the acts it builds on. */
static int32_t first_day(const struct acts *acts, const struct act *act, const struct id *person)
{
	int32_t day = act->valid.earliest;
	size_t walked = 0; /* a chain of acts cannot be longer than the acts */

	while (walked < acts->count) {
		const struct step *step = step_of_kind(act->kind->id);

		act = step->anchor == NULL ? NULL : step->anchor(acts, act, person);
		if (act == NULL) {
			break;
		}
		if (act->valid.earliest > day) {
			day = act->valid.earliest;
		}
		walked++;
	}
	return day;
}

static void span_meet(struct fold_span *span, int32_t first, int32_t last)
{
	if (first < span->first) {
		span->first = first;
	}
	if (last > span->last) {
		span->last = last;
	}
}

/* A second effect on its own day; returns how many moments. */
static size_t moment_of_follow(struct moment *out, struct fold_span *span, const struct act *act)
{
	const struct step *step = step_of_kind(act->kind->id);
	int32_t day;

	if (step->follow_day == NULL || !step->follow_day(&day, act)) {
		return 0;
	}
	*out = (struct moment){ day, PART_FOLLOW, act, NULL };
	span_meet(span, day, day);
	return 1;
}

/* Writes the moments of one act; returns how many. */
static size_t moments_of(struct moment out[PARTS_MAX], struct fold_span *span, int32_t first,
                         const struct act *act, const struct id *person, bool has_birth)
{
	const struct step *step = step_of_kind(act->kind->id);
	const Civil__V1__NewPerson *paper = has_birth ? NULL : moment_new_person(act, person);
	size_t count = 0;

	if (paper != NULL) {
		struct interval days = created_days(act, paper);

		out[count] = (struct moment){ days.earliest, PART_CREATE, act, NULL };
		count++;
		span_meet(span, days.earliest, days.latest);
	}
	if (step->apply == NULL) {
		return count;
	}
	out[count] = (struct moment){ first, PART_APPLY, act, NULL };
	count++;
	span_meet(span, first, act->valid.latest);
	count += moment_of_follow(&out[count], span, act);
	if (act->voided.sort == ACT_VOID_FROM && step->end != NULL) {
		int32_t day = act->voided.day > first ? act->voided.day : first;

		out[count] = (struct moment){ day, PART_END, act, NULL };
		count++;
	}
	return count;
}

/* The same of an act without effect. */
static size_t moments_of_void(struct moment out[PARTS_MAX], struct fold_span *span, int32_t first,
                              const struct act *act)
{
	const struct step *step = step_of_kind(act->kind->id);
	size_t count = 0;

	if (step->remains != NULL) {
		out[count] = (struct moment){ first, PART_REMAINS, act, NULL };
		count++;
		span_meet(span, first, act->valid.latest);
	}
	if (step->closing != NULL) {
		int32_t day = act->voided.day > first ? act->voided.day : first;

		out[count] = (struct moment){ day, PART_CLOSING, act, NULL };
		count++;
		span_meet(span, day, day);
	}
	return step->follow_remains ? count + moment_of_follow(&out[count], span, act) : count;
}

struct fold_span fold_span_of(const struct act *act, const struct id *person)
{
	struct fold_span span = { .first = INT32_MAX, .last = INT32_MIN };
	struct moment moments[PARTS_MAX];

	(void)moments_of(moments, &span, act->valid.earliest, act, person,
	                 is_birth_of(act, person));
	return span;
}

static int compare_moments(const void *left, const void *right)
{
	const struct moment *a = left;
	const struct moment *b = right;

	if (a->day != b->day) {
		return a->day < b->day ? -1 : 1;
	}
	if (a->act->index != b->act->index) {
		return a->act->index < b->act->index ? -1 : 1;
	}
	return (int)a->part - (int)b->part;
}

/* True when nothing of the act is left at the asked day: it was revoked ex nunc before, and its
 * kind keeps nothing that has ended. */
static bool is_over(const struct fold *fold, const struct act *act)
{
	return act->voided.sort == ACT_VOID_FROM && act->voided.day <= fold->valid_day &&
	       step_of_kind(act->kind->id)->end == NULL;
}

/* Whether a birth act tells of the identity that the paper created. */
static bool told_by_birth(const struct acts *acts, const struct act *paper, const struct id *person)
{
	for (size_t i = 0; i < acts->count; i++) {
		if (is_birth_of(&acts->act[i], person) &&
		    id_equal(&acts->act[i].named, &paper->named)) {
			return true;
		}
	}
	return false;
}

/* Adds the moments of acts in force. */
static void plan_acts(struct plan *plan, const struct fold *fold, const struct acts *acts,
                      const uint64_t *least)
{
	const struct id *person = fold->person;

	for (size_t i = 0; i < acts->count; i++) {
		const struct act *act = &acts->act[i];
		struct moment *out = &plan->moments[plan->count];
		int32_t first = least[i + 1] < act->index ? first_day(acts, act, person)
		                                          : act->valid.earliest;
		bool has_birth =
		        moment_new_person(act, person) != NULL && told_by_birth(acts, act, person);

		if (act->voided.sort == ACT_VOID_FROM) {
			span_meet(&plan->span, act->voided.day, act->voided.day);
		}
		plan->count += is_over(fold, act) ? moments_of_void(out, &plan->span, first, act)
		                                  : moments_of(out, &plan->span, first, act, person,
		                                               has_birth);
	}
}

/* Who comes back from the dead may find the spouse dead. */
static enum status plan_bereavement(struct plan *plan, struct view *view, const struct act *act,
                                    const struct id *person)
{
	const struct act *death;
	enum status status = union_bereaved(&death, view, act, person);

	if (status == STATUS_OK && death != NULL) {
		plan->moments[plan->count] =
		        (struct moment){ death->valid.earliest, PART_BEREAVED, act, death };
		plan->count++;
		span_meet(&plan->span, death->valid.earliest, death->valid.latest);
	}
	return status;
}

enum status moments_plan(struct plan *out, struct view *view, const struct fold *fold,
                         const struct acts *acts)
{
	size_t room = (acts->count + acts->voided_count) * PARTS_MAX;
	struct plan plan = { .moments = arena_array(fold->arena, room, sizeof(*plan.moments)),
		             .span = { .first = INT32_MAX, .last = INT32_MIN } };
	const uint64_t *least = least_indexes(acts, fold->arena);
	enum status status = STATUS_OK;

	if (plan.moments == NULL || least == NULL) {
		return STATUS_NO_MEMORY;
	}
	plan_acts(&plan, fold, acts, least);
	for (size_t i = 0; status == STATUS_OK && i < acts->voided_count; i++) {
		const struct act *act = &acts->voided[i];
		int32_t first = first_day(acts, act, fold->person);

		plan.count += moments_of_void(&plan.moments[plan.count], &plan.span, first, act);
		status = plan_bereavement(&plan, view, act, fold->person);
	}
	if (plan.count > 1) {
		qsort(plan.moments, plan.count, sizeof(*plan.moments), compare_moments);
	}
	if (status == STATUS_OK) {
		*out = plan;
	}
	return status;
}
