#include "ledger/person/fold.h"

#include "ledger/base/assert.h"
#include "ledger/event/partial_date.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/facts.h"
#include "ledger/person/step.h"

#include <stdlib.h>

/* Order of the parts of one act on one day. */
enum part {
	PART_CREATE, /* a person known from the paper alone */
	PART_APPLY,
	PART_FOLLOW,
	PART_END,     /* revoked ex nunc */
	PART_REMAINS, /* of an act without effect */
	PART_CLOSING,
};

/* One act at work on one day. */
struct moment {
	int32_t day;
	enum part part;
	const struct act *act;
};

enum { PARTS_MAX = 4 };

/* Those under the person, in the order in which they were absorbed. */
static void add_absorbed(struct fold *fold)
{
	const struct persona *persona = fold->persona;
	Civil__V1__PersonState *state = fold->state;
	uint64_t after = 0;

	for (size_t n = 0; n + 1 < persona->member_count; n++) {
		const struct persona_member *next = NULL;

		for (size_t m = 0; m < persona->member_count; m++) {
			const struct persona_member *member = &persona->members[m];
			struct id root = persona_root(persona, &member->id);

			if (id_equal(&root, fold->person) && !id_equal(&member->id, fold->person) &&
			    member->absorbed_at >= after &&
			    (next == NULL || member->absorbed_at < next->absorbed_at)) {
				next = member;
			}
		}
		if (next == NULL) {
			return;
		}
		after = next->absorbed_at + 1;
		ProtobufCBinaryData *ids = arena_array(fold->arena, state->n_absorbed + 1,
		                                       sizeof(ProtobufCBinaryData));
		if (ids == NULL) {
			fold->failed = true;
			return;
		}
		for (size_t i = 0; i < state->n_absorbed; i++) {
			ids[i] = state->absorbed[i];
		}
		ids[state->n_absorbed] = fold_bytes(fold, bytes_of_id(&next->id));
		state->absorbed = ids;
		state->n_absorbed++;
	}
}

enum status fold_begin(struct fold *fold, const struct persona *persona, int32_t valid_day,
                       struct arena *arena)
{
	*fold = (struct fold){ .person = &persona->person,
		               .persona = persona,
		               .arena = arena,
		               .valid_day = valid_day,
		               .fresh = true };
	fold->state = fold_new(fold, &civil__v1__person_state__descriptor);
	if (fold->state != NULL) {
		fold->state->person_id = fold_bytes(fold, bytes_of_id(fold->person));
		add_absorbed(fold);
	}
	return fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* What paper or passport says of a person whom the act makes known; NULL for others. */
static const Civil__V1__NewPerson *created_by(const struct act *act, const struct id *person)
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

		if (is_birth_of(act, person) &&
		    (persona->member_count == 0 ||
		     persona_wins(persona, &act->named,
		                  CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH))) {
			return act->valid.earliest;
		}
		paper = created_by(act, person);
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
	*out = (struct moment){ day, PART_FOLLOW, act };
	span_meet(span, day, day);
	return 1;
}

/* Writes the moments of one act; returns how many. */
static size_t moments_of(struct moment out[PARTS_MAX], struct fold_span *span, int32_t first,
                         const struct act *act, const struct id *person, bool has_birth)
{
	const struct step *step = step_of_kind(act->kind->id);
	const Civil__V1__NewPerson *paper = has_birth ? NULL : created_by(act, person);
	size_t count = 0;

	if (paper != NULL) {
		struct interval days = created_days(act, paper);

		out[count] = (struct moment){ days.earliest, PART_CREATE, act };
		count++;
		span_meet(span, days.earliest, days.latest);
	}
	if (step->apply == NULL) {
		return count;
	}
	out[count] = (struct moment){ first, PART_APPLY, act };
	count++;
	span_meet(span, first, act->valid.latest);
	count += moment_of_follow(&out[count], span, act);
	if (act->voided.sort == ACT_VOID_FROM && step->end != NULL) {
		int32_t day = act->voided.day > first ? act->voided.day : first;

		out[count] = (struct moment){ day, PART_END, act };
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
		out[count] = (struct moment){ first, PART_REMAINS, act };
		count++;
		span_meet(span, first, act->valid.latest);
	}
	if (step->closing != NULL) {
		int32_t day = act->voided.day > first ? act->voided.day : first;

		out[count] = (struct moment){ day, PART_CLOSING, act };
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

static enum status run_moment(struct fold *fold, struct view *view, const struct moment *moment)
{
	const struct act *act = moment->act;
	const struct step *step = step_of_kind(act->kind->id);
	enum status status;

	fold->day = moment->day;
	switch (moment->part) {
	case PART_CREATE:
		step_create(fold, act, created_by(act, fold->person));
		break;
	case PART_APPLY:
		status = facts_of_act(&fold->facts, view, act, fold->person);
		if (status != STATUS_OK) {
			return status;
		}
		step->apply(fold, act);
		break;
	case PART_FOLLOW:
		step->follow(fold, act);
		break;
	case PART_END:
		step->end(fold, act);
		break;
	case PART_REMAINS:
		status = facts_of_act(&fold->facts, view, act, fold->person);
		if (status != STATUS_OK) {
			return status;
		}
		step->remains(fold, act);
		break;
	case PART_CLOSING:
		step->closing(fold, act);
		break;
	}
	return fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static bool is_death_of(const struct act *act, const struct id *person)
{
	return act->kind->id == KIND_DEATH &&
	       act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_DECEASED;
}

/* True when nothing of the act is left at the asked day: it was revoked ex nunc before, and its
 * kind keeps nothing that has ended. */
static bool is_over(const struct fold *fold, const struct act *act)
{
	return act->voided.sort == ACT_VOID_FROM && act->voided.day <= fold->valid_day &&
	       step_of_kind(act->kind->id)->end == NULL;
}

/* Writes the moments of all acts, in order. `moments` has PARTS_MAX places for each act. */
static size_t plan(struct moment *moments, struct fold_span *span, struct fold *fold,
                   const struct acts *acts, const uint64_t *least)
{
	const struct id *person = fold->person;
	bool has_birth = false;
	size_t count = 0;

	for (size_t i = 0; i < acts->count; i++) {
		has_birth = has_birth || is_birth_of(&acts->act[i], person);
		fold->dies = fold->dies || is_death_of(&acts->act[i], person);
	}
	for (size_t i = 0; i < acts->count; i++) {
		const struct act *act = &acts->act[i];
		int32_t first = least[i + 1] < act->index ? first_day(acts, act, person)
		                                          : act->valid.earliest;

		if (act->voided.sort == ACT_VOID_FROM) {
			span_meet(span, act->voided.day, act->voided.day);
		}
		count += is_over(fold, act)
		                 ? moments_of_void(&moments[count], span, first, act)
		                 : moments_of(&moments[count], span, first, act, person, has_birth);
	}
	for (size_t i = 0; i < acts->voided_count; i++) {
		const struct act *act = &acts->voided[i];

		count += moments_of_void(&moments[count], span, first_day(acts, act, person), act);
	}
	if (count > 1) {
		qsort(moments, count, sizeof(*moments), compare_moments);
	}
	return count;
}

enum status fold_run(struct fold *fold, struct view *view, const struct acts *acts,
                     struct fold_span *span)
{
	size_t room = (acts->count + acts->voided_count) * PARTS_MAX;
	struct moment *moments = arena_array(fold->arena, room, sizeof(*moments));
	struct fold_span found = { .first = INT32_MAX, .last = INT32_MIN };
	const uint64_t *least = least_indexes(acts, fold->arena);
	enum status status = STATUS_OK;

	if (moments == NULL || least == NULL) {
		return STATUS_NO_MEMORY;
	}
	size_t count = plan(moments, &found, fold, acts, least);
	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		if (moments[i].day > fold->valid_day) {
			break;
		}
		status = run_moment(fold, view, &moments[i]);
	}
	if (status == STATUS_OK && fold->fresh) {
		fold_disputed_acts(fold, acts);
		status = fold->failed ? STATUS_NO_MEMORY : STATUS_OK;
	}
	if (status == STATUS_OK) {
		*span = found;
	}
	return status;
}
