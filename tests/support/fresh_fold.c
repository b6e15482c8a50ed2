#include "tests/support/fresh_fold.h"

#include "ledger/person/acts_internal.h"
#include "ledger/person/fold.h"
#include "ledger/person/persona.h"

#include <check.h>

Civil__V1__PersonState *fresh_fold(struct view *view, const struct id *person, int32_t valid_day)
{
	struct stored_record *records;
	struct fold_span span;
	struct fold fold;
	struct acts acts;
	struct persona persona;
	size_t count;

	ck_assert_int_eq(persona_load(view, &persona, person), STATUS_OK);
	ck_assert_int_eq(acts_records(view, &records, &count, &persona, 0), STATUS_OK);
	ck_assert_int_eq(acts_of_records(view, &acts, records, count, &persona, false), STATUS_OK);
	if (acts.count + acts.voided_count == 0 || valid_day < fold_birth_day(&acts, &persona)) {
		return NULL;
	}
	ck_assert_int_eq(fold_begin(&fold, &persona, valid_day, view->arena), STATUS_OK);
	ck_assert_int_eq(fold_run(&fold, view, &acts, &span), STATUS_OK);
	ck_assert_int_eq(fold_compare_documents(&fold, view, &acts), STATUS_OK);
	ck_assert_int_eq(
	        persona_version(view, &fold.state->version, &fold.state->history_count, person),
	        STATUS_OK);
	return fold.state;
}

static struct hash hash_of(const Civil__V1__PersonState *state, struct arena *arena)
{
	struct hash none = { { 0 } };

	return state == NULL ? none : state_hash(state, arena);
}

void assert_same_state(const Civil__V1__PersonState *a, const Civil__V1__PersonState *b,
                       struct arena *arena, const char *what)
{
	struct hash left = hash_of(a, arena);
	struct hash right = hash_of(b, arena);
	struct state_difference *found;
	size_t count;

	if (hash_equal(&left, &right)) {
		return;
	}
	ck_assert_int_eq(state_compare(&found, &count, a, b, arena), STATUS_OK);
	ck_abort_msg("%s: %zu differences, first %s: '%s' '%s'", what, count,
	             count > 0 ? found[0].path : "in provenance", count > 0 ? found[0].before : "",
	             count > 0 ? found[0].after : "");
}
