/* Keeping the cached states: one step when the new act sorts last, else a fresh fold. */
#include "ledger/person/state.h"

#include "ledger/base/assert.h"
#include "ledger/erase.h"
#include "ledger/index_names.h"
#include "ledger/person/acts_internal.h"
#include "ledger/person/amend.h"
#include "ledger/person/area.h"
#include "ledger/person/cache.h"
#include "ledger/person/fold.h"
#include "ledger/person/join.h"
#include "ledger/person/statistic.h"
#include "ledger/store/keys.h"

/* What every update gets. */
struct update {
	struct view *view;
	struct store_batch *batch;
	uint64_t as_of;
	struct statistic_update *statistics;
	bool all_names; /* index every name of a state, not only what this record brought */
};

/* Who ever had a differing document is found by area (query/list_inconsistencies.h). */
static void note_inconsistency(const struct update *update, const struct fold *fold)
{
	struct key key;

	if (fold->state->n_inconsistencies > 0) {
		key_inconsistent(&key, person_area(fold->state), fold->person);
		store_batch_put(update->batch, STORE_WORK, key_bytes(&key), bytes_of(NULL, 0));
	}
}

static enum status write_state(const struct update *update, const struct fold *fold,
                               int32_t last_day, bool amended)
{
	struct cache_entry entry = { .as_of = update->as_of,
		                     .last_day = last_day,
		                     .amended = amended,
		                     .provisional = fold->state->provisional };

	note_inconsistency(update, fold);
	enum status status = index_names(update->view, update->batch, fold->state, fold->person,
	                                 update->as_of - 1, update->all_names);
	if (status == STATUS_OK && update->statistics != NULL) {
		status = statistic_update(update->statistics, fold->state, fold->person);
	}
	return status == STATUS_OK
	               ? cache_write(update->view, update->batch, &entry, fold->state, fold->person)
	               : status;
}

/* Folds all acts of the person that the view sees. */
static enum status fold_all(const struct update *update, struct fold *fold, struct fold_span *span,
                            bool *amended, const struct persona *persona)
{
	struct view *view = update->view;
	struct stored_record *records;
	struct acts acts;
	size_t count;
	enum status status = acts_records(view, &records, &count, persona, 0);

	if (status == STATUS_OK) {
		status = acts_of_records(view, &acts, records, count, persona, false);
	}
	if (status == STATUS_OK) {
		status = fold_begin(fold, persona, STATE_VALID_ALL, view->arena);
	}
	if (status == STATUS_OK) {
		status = fold_run(fold, view, &acts, span);
	}
	if (status == STATUS_OK) {
		status = fold_compare_documents(fold, view, &acts);
	}
	/* A merged person is folded anew each time, as one with amended acts is. */
	*amended = status == STATUS_OK && (acts.voided_count > 0 || persona->member_count > 0);
	for (size_t i = 0; status == STATUS_OK && i < acts.count; i++) {
		*amended = *amended || acts.act[i].amended != 0 ||
		           acts.act[i].voided.sort != ACT_VOID_NOT;
	}
	return status;
}

static enum status refold_persona(const struct update *update, const struct persona *persona)
{
	struct update merged = *update;
	struct fold_span span;
	struct fold fold;
	bool amended;
	enum status status = fold_all(update, &fold, &span, &amended, persona);

	/* Acts of merged identities go from one to the other, names with them. */
	merged.all_names = update->all_names || persona->member_count > 0;
	return status == STATUS_OK ? write_state(&merged, &fold, span.last, amended) : status;
}

static enum status refold(const struct update *update, const struct id *person)
{
	struct persona persona;
	enum status status = persona_load(update->view, &persona, person);

	return status == STATUS_OK ? refold_persona(update, &persona) : status;
}

/* A merge or its undoing changes whom each id of the group stands for. */
static enum status refold_group(struct persona *persona, const struct update *update)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; status == STATUS_OK && i < persona->member_count; i++) {
		if (persona->members[i].root == i) {
			persona->person = persona->members[i].id;
			status = refold_persona(update, persona);
		} else {
			status =
			        statistic_update(update->statistics, NULL, &persona->members[i].id);
		}
	}
	return status;
}

/* True when the state equals the fold over all acts: what is kept against what is recomputed. */
static bool equals_fresh_fold(const struct update *update, const Civil__V1__PersonState *state,
                              const struct id *person)
{
	struct arena *arena = update->view->arena;
	struct fold_span span;
	const struct persona alone = { .person = *person };
	struct fold fold;
	bool amended;

	if (fold_all(update, &fold, &span, &amended, &alone) != STATUS_OK) {
		return false;
	}
	struct hash kept = state_hash(state, arena);
	struct hash folded = state_hash(fold.state, arena);
	return hash_equal(&kept, &folded);
}

/* A death takes the place of what a court presumed, and an annulment from the beginning that of a
 * marriage, days before it too. */
static bool reaches_back(const struct fold *fold, const struct acts *acts)
{
	const struct act *act = &acts->act[0];
	const Civil__V1__PersonLife *life = fold->state->life;

	if (act->kind->id == KIND_ANNULMENT) {
		return act->content->annulment->ab_initio;
	}
	return act->kind->id == KIND_DEATH && life != NULL &&
	       life->status == CIVIL__V1__LIFE_STATUS__LIFE_STATUS_PRESUMED_DEAD;
}

/* One step on the cached state. */
static enum status step_on(const struct update *update, const struct cache_entry *entry,
                           const struct acts *acts, const struct id *person)
{
	struct view *view = update->view;
	struct fold fold = { .person = person, .arena = view->arena, .valid_day = STATE_VALID_ALL };
	struct fold_span span;
	enum status status = cache_unpack(&fold.state, entry, view->arena);

	if (status == STATUS_OK && reaches_back(&fold, acts)) {
		return refold(update, person);
	}
	if (status == STATUS_OK) {
		status = fold_run(&fold, view, acts, &span);
	}
	if (status == STATUS_OK && fold.compare) {
		status = fold_compare_documents(&fold, view, acts);
	}
	if (status != STATUS_OK) {
		return status;
	}
	VERIFY(equals_fresh_fold(update, fold.state, person));
	int32_t last = span.last > entry->last_day ? span.last : entry->last_day;
	return write_state(update, &fold, last, false);
}

static enum status begin_state(const struct update *update, const struct acts *acts,
                               const struct id *person)
{
	struct view *view = update->view;
	struct fold_span span;
	const struct persona alone = { .person = *person };
	struct fold fold;
	enum status status = fold_begin(&fold, &alone, STATE_VALID_ALL, view->arena);

	if (status == STATUS_OK) {
		status = fold_run(&fold, view, acts, &span);
	}
	if (status == STATUS_OK && fold.compare) {
		status = fold_compare_documents(&fold, view, acts);
	}
	return status == STATUS_OK ? write_state(update, &fold, span.last, false) : status;
}

/* A birth brings its child's whole beginning and is never one step on what is there. */
static bool is_child(const struct act *act, const struct id *person)
{
	return act->kind->id == KIND_BIRTH &&
	       act_role(act, person) == CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD;
}

static enum status add_act(const struct update *update, struct act *act, const struct id *person)
{
	const struct acts acts = { .act = act, .count = 1 };
	struct fold_span span = fold_span_of(act, person);
	struct cache_entry entry;
	enum status status = cache_read(update->view, &entry, person);

	if (status == STATUS_NOT_FOUND) {
		return begin_state(update, &acts, person);
	}
	if (status != STATUS_OK || span.first > span.last) {
		return status; /* an act without effect on this person */
	}
	if (entry.amended || span.first < entry.last_day || is_child(act, person)) {
		return refold(update, person);
	}
	return step_on(update, &entry, &acts, person);
}

/* A verification that comes after the registration ends the provisional state of the child. */
static enum status add_verification(const struct update *update, const struct id *person)
{
	struct cache_entry entry;
	enum status status = cache_read(update->view, &entry, person);

	if (status == STATUS_NOT_FOUND) {
		return STATUS_OK;
	}
	return status == STATUS_OK && entry.provisional ? refold(update, person) : status;
}

/* True when an earlier subject of the event stands for the same person. */
static enum status is_repeated(bool *out, struct view *view, const struct event *event, size_t i,
                               const struct persona *persona)
{
	*out = false;
	for (size_t j = 0; j < i; j++) {
		struct id person = event_subject_id(event, j);
		struct persona earlier;
		enum status status = persona_load(view, &earlier, &person);

		if (status != STATUS_OK) {
			return status;
		}
		*out = *out || id_equal(&earlier.person, &persona->person);
	}
	return STATUS_OK;
}

/* Whether an adopter is a mother or a father is read from the adopter's acts (step.h,
 * adoption_roles): when those leave, the children are folded anew. */
static enum status refold_children(const struct update *update, const struct persona *parent)
{
	struct update quiet = *update; /* what is counted of the children stays */
	Civil__V1__PersonState *state;
	enum status status = state_cached(update->view, &state, &parent->person);

	quiet.statistics = NULL;
	for (size_t i = 0; status == STATUS_OK && i < state->n_children; i++) {
		struct persona persona;
		struct id child;

		memcpy(child.bytes, state->children[i]->person_id.data, ID_BYTES);
		status = persona_load(update->view, &persona, &child);
		if (status == STATUS_OK) {
			status = refold_persona(&quiet, &persona);
		}
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What the person was found by as long as the contents were there. */
static enum status forget_names(const struct update *update, const struct id *person)
{
	Civil__V1__PersonState *state;
	enum status status = state_cached(update->view, &state, person);

	if (status == STATUS_OK) {
		status = index_names_forget(update->view, update->batch, &state->base, person);
	}
	return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Contents leave: what they counted goes while they can be read, what is left counts anew. */
static enum status update_erased(const struct update *before, const struct stored_record *record)
{
	const struct event *event = &record->event;
	struct update all = *before;
	const struct update *update = &all;
	struct persona persona;
	enum status status = STATUS_OK;

	all.all_names = true;
	for (int pass = 0; pass < 3; pass++) {
		for (size_t i = 0; status == STATUS_OK && i < event->header->n_subjects; i++) {
			struct id person = event_subject_id(event, i);
			bool repeated = false;

			status = persona_load(update->view, &persona, &person);
			if (status == STATUS_OK) {
				status = is_repeated(&repeated, update->view, event, i, &persona);
			}
			if (status == STATUS_OK && pass == 0) {
				status = forget_names(update, &persona.person);
			}
			if (status == STATUS_OK && !repeated) {
				status = pass == 0   ? statistic_withdraw(update->statistics,
				                                          &persona.person)
				         : pass == 1 ? refold_persona(update, &persona)
				                     : refold_children(update, &persona);
			}
			if (status == STATUS_OK && pass == 2) {
				status = index_names_group(update->view, update->batch, &persona);
			}
		}
		if (status == STATUS_OK && pass == 0) {
			status = erase_apply(update->view, update->batch, record);
		}
	}
	return status;
}

enum status state_update(struct view *view, struct store_batch *batch,
                         const struct stored_record *record)
{
	struct statistic_update statistics = { .view = view, .batch = batch, .record = record };
	const struct update update = { view, batch, record->index + 1, &statistics, false };
	const struct event *event = &record->event;
	bool amends = amend_amends(record);
	bool merges = event->kind != NULL &&
	              (event->kind->id == KIND_MERGE || event->kind->id == KIND_UNMERGE);
	bool seals = event->kind != NULL && event->kind->id == KIND_SEAL;
	struct act act;
	enum status status = STATUS_NOT_FOUND;

	ASSERT(view->size == record->index + 1);
	if (event->header->n_subjects == 0) {
		return STATUS_OK;
	}
	if (erase_is(record)) {
		return update_erased(&update, record);
	}
	if (join_is_act(record)) {
		status = join_act(view, &act, record, NULL, 0, (struct join_trust){ 0 });
		if (status != STATUS_OK && status != STATUS_NOT_FOUND) {
			return status;
		}
	}
	bool is_act = status == STATUS_OK;

	statistics.act = is_act ? &act : NULL;
	status = STATUS_OK;
	/* A merge joins its subjects in one group, which is refolded as a whole. */
	size_t count = merges ? 1 : event->header->n_subjects;

	for (size_t i = 0; status == STATUS_OK && i < count; i++) {
		struct id person = event_subject_id(event, i);
		struct persona persona;

		status = persona_load(view, &persona, &person);
		if (status == STATUS_OK && persona.member_count > 0) {
			status = merges ? refold_group(&persona, &update)
			                : refold_persona(&update, &persona);
		} else if (status == STATUS_OK && seals) {
			status = index_names_again(view, batch, &person);
		} else if (status == STATUS_OK && amends) {
			status = refold_persona(&update, &persona);
		} else if (status == STATUS_OK && is_act) {
			status = add_act(&update, &act, &person);
		} else if (status == STATUS_OK &&
		           event->header->step == CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED &&
		           event->header->subjects[i]->role ==
		                   CIVIL__V1__SUBJECT_ROLE__SUBJECT_ROLE_CHILD) {
			status = add_verification(&update, &person);
		}
	}
	return status;
}
