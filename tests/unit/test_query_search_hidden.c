/* Goal: an erased name finds nobody, and its rows are gone, also those that a merge gave to others;
 * ranges of births do not tell a birth that is sealed.
 * Method: names erased and sealed in a register, the rows of the index counted. Else as
 * test_query_search.c.
 */
#include "ledger/event/name_fold.h"
#include "ledger/event/partial_date.h"
#include "ledger/sealing.h"
#include "ledger/store/keys.h"
#include "tests/support/erasure.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"
#include "tests/support/searching.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define MALE CIVIL__V1__SEX__SEX_MALE

/* Rows of the index with this given name. */
static size_t rows_of(struct store_view *store, const char *given)
{
	struct arena arena;
	struct bytes folded;
	struct key prefix;
	size_t count = 0;

	arena_init(&arena, 4096);
	ck_assert(name_fold(&folded, given, &arena));
	key_named_prefix(&prefix, name_fold_hash(folded), NULL);
	struct store_cursor *cursor =
	        store_cursor_open(store, STORE_NAME, key_bytes(&prefix), bytes_of(NULL, 0));
	for (; store_cursor_valid(cursor); store_cursor_next(cursor)) {
		count++;
	}
	store_cursor_close(cursor);
	arena_fini(&arena);
	return count;
}

START_TEST(an_erased_name_finds_nobody_and_leaves_no_row) /* loop test: corrected before */
{
	const char *corrected = "ពិសិដ្ឋកែតម្រូវ";
	struct erasure erasure;

	erasure_begin(&erasure, NULL);
	searching_in(erasure.reg->ledger, "2027-01-01");
	ask_anew(erasure_secret);
	ck_assert(finds(&erasure.child, erasure_secret));
	ck_assert_uint_eq(rows_of(searching.view.view.store, erasure_secret), 1);
	if (_i == 1) {
		ck_assert_str_eq(erasure_correct(&erasure, erasure_secret, corrected), "");
		ck_assert(finds(&erasure.child, corrected));
	}
	ck_assert_str_eq(erasure_erase(&erasure, "2026-02-02"), "");
	ck_assert(!finds(&erasure.child, erasure_secret));
	ck_assert_uint_eq(rows_of(searching.view.view.store, erasure_secret), 0);
	ck_assert_uint_eq(rows_of(searching.view.view.store, corrected), 0);
	ck_assert(finds(&erasure.child, erasure_left));
	ledger_view_end(&searching.view);
	erasure_end(&erasure);
}
END_TEST

static void add_winner(Civil__V1__Merge *merge, Civil__V1__MergeGroup group)
{
	Civil__V1__MergeWinner *winner =
	        reg_new(searching.reg, &civil__v1__merge_winner__descriptor);

	winner->group = group;
	winner->winner = CIVIL__V1__MERGE_SIDE__MERGE_SIDE_ABSORBED;
	merge->winners[merge->n_winners] = winner;
	merge->n_winners++;
}

/* Merges two persons, the second one's name and birth winning, and takes that back. */
static void merge_and_unmerge(const struct id *survivor, const struct id *absorbed, bool renamed)
{
	const struct reg_part pair[] = { { ROLE(SURVIVOR), survivor },
		                         { ROLE(ABSORBED), absorbed },
		                         { 0, NULL } };
	Civil__V1__Content *content = reg_content(searching.reg);
	Civil__V1__Merge *merge = reg_new(searching.reg, &civil__v1__merge__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_MERGE;
	content->merge = merge;
	merge->review_file = reg_text(searching.reg, "r-1");
	merge->winners = arena_array(&searching.reg->arena, 2, sizeof(*merge->winners));
	if (renamed) {
		add_winner(merge, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES);
	}
	add_winner(merge, CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH);
	ck_assert_str_eq(reg_act(searching.reg, "G1+G2", KIND_MERGE, pair, content), "");
	struct hash act = reg_event(searching.reg);
	content = reg_content(searching.reg);
	content->kind_case = CIVIL__V1__CONTENT__KIND_UNMERGE;
	content->unmerge = reg_new(searching.reg, &civil__v1__unmerge__descriptor);
	content->unmerge->target = reg_bytes(searching.reg, bytes_of_hash(&act));
	content->unmerge->date = reg_date(searching.reg, searching.reg->today);
	ck_assert_str_eq(reg_act(searching.reg, "G1+G2", KIND_UNMERGE, pair, content), "");
}

START_TEST(an_erased_name_leaves_no_row_of_a_former_twin) /* loop test: of another name, of it */
{
	struct erasure erasure;

	erasure_begin(&erasure, NULL);
	searching.reg = erasure.reg;
	searching_in(searching.reg->ledger, "2027-01-01");
	ask_anew("");
	const char *name = _i == 0 ? "ដារា" : erasure_secret;
	struct id twin = reg_paper_person(searching.reg, MALE, name, "2019-01-01", "070803");
	merge_and_unmerge(&twin, &erasure.child, _i == 0);
	ck_assert(finds(&twin, name));
	ck_assert_uint_ge(rows_of(searching.view.view.store, erasure_secret), 2);
	ck_assert_str_eq(erasure_erase(&erasure, "2026-02-02"), "");
	ck_assert(finds(&twin, name));
	ck_assert_uint_eq(rows_of(searching.view.view.store, erasure_secret), _i == 0 ? 0 : 1);
	ledger_view_end(&searching.view);
	erasure_end(&erasure);
}
END_TEST

static Civil__V1__Content *renaming(const char *before, const char *after, const char *on)
{
	Civil__V1__Content *content = reg_content(searching.reg);
	Civil__V1__NameChange *act = reg_new(searching.reg, &civil__v1__name_change__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_NAME_CHANGE;
	content->name_change = act;
	act->old_name = reg_name(searching.reg, before, "Sokha");
	act->new_name = reg_name(searching.reg, after, "Sokha");
	act->sort = CIVIL__V1__NAME_CHANGE_SORT__NAME_CHANGE_SORT_USAGE;
	act->effective_on = reg_date(searching.reg, on);
	return content;
}

static void seal_act(const struct hash *act, const struct id *person)
{
	const struct reg_part alone[] = { { ROLE(SUBJECT), person }, { 0, NULL } };
	struct hash decision =
	        reg_decided(searching.reg, searching.reg->today, "seal", person, NULL, NULL);
	Civil__V1__Content *content = reg_seal(searching.reg, act, NULL);

	reg_cite(searching.reg, content, &decision);
	ck_assert_str_eq(reg_act(searching.reg, "G1+J.court-14", KIND_SEAL, alone, content), "");
}

static struct hash birth_of(const struct id *person)
{
	const Civil__V1__PersonState *state =
	        reg_state_at(searching.reg, person, "2026-12-31", UINT64_MAX);
	struct stored_record record;

	ledger_view_end(&searching.view);
	ck_assert_int_eq(ledger_view_begin(searching.ledger, &searching.view), STATUS_OK);
	ck_assert_int_eq(
	        view_record(&searching.view.view, &record, state->birth->provenance->source),
	        STATUS_OK);
	return record.event.id;
}

/* Whether a reader without rights finds the person among those born in a year. */
static bool reader_finds(const struct id *person, const char *given, const char *first,
                         const char *last)
{
	struct reader reader = { .today = searching.today, .warrant = "" };
	Civil__V1__SearchPersonResponse *response = NULL;
	bool is_there = false;

	ledger_view_end(&searching.view);
	ck_assert_int_eq(ledger_view_begin(searching.ledger, &searching.view), STATUS_OK);
	ck_assert_int_eq(reader_begin(&reader, &searching.view.view), STATUS_OK);
	searching.view.view.reader = &reader;
	ask_anew(given);
	searching.request.born_from = reg_date(searching.reg, first);
	searching.request.born_to = reg_date(searching.reg, last);
	ck_assert_int_eq(query_search_person(&searching.view.view, &response, &searching.request,
	                                     searching.today),
	                 STATUS_OK);
	for (size_t i = 0; i < response->n_hits; i++) {
		is_there = is_there ||
		           memcmp(response->hits[i]->person_id.data, person->bytes, ID_BYTES) == 0;
	}
	return is_there;
}

START_TEST(a_sealed_birth_is_not_told_by_ranges) /* loop test: named before or after the seal */
{
	searching_begin();
	struct id person = reg_paper_person(searching.reg, MALE, "វុទ្ធី", "1976-06-15", "070803");
	const struct reg_part holder[] = { { ROLE(HOLDER), &person }, { 0, NULL } };
	struct hash birth = birth_of(&person);

	reg_on(searching.reg, "2026-06-20");
	if (_i == 1) {
		seal_act(&birth, &person);
	}
	ck_assert_str_eq(reg_act(searching.reg, "R.070803", KIND_NAME_CHANGE, holder,
	                         renaming("វុទ្ធី", "ម៉ាលា", "2026-06-20")),
	                 "");
	ck_assert(reader_finds(&person, "ម៉ាលា", "1976-01-01", "1976-12-31"));
	if (_i == 0) {
		ck_assert(!reader_finds(&person, "ម៉ាលា", "1990-01-01", "1990-12-31"));
		seal_act(&birth, &person);
	}
	ck_assert(reader_finds(&person, "ម៉ាលា", "1976-01-01", "1976-12-31"));
	ck_assert(reader_finds(&person, "ម៉ាលា", "1990-01-01", "1990-12-31"));
	searching_end();
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("query_search_hidden");
	TCase *tcase = tcase_create("query_search_hidden");

	tcase_add_loop_test(tcase, an_erased_name_finds_nobody_and_leaves_no_row, 0, 2);
	tcase_add_loop_test(tcase, an_erased_name_leaves_no_row_of_a_former_twin, 0, 2);
	tcase_add_loop_test(tcase, a_sealed_birth_is_not_told_by_ranges, 0, 2);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
