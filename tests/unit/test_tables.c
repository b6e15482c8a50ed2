/* Goal: a view that reads through kept tables reads what its snapshot holds, whatever governance
 * did since they were filled. Method: offices opened one by one, with views from before and after
 * begun in turn; each is compared with a bare view of its own snapshot. */
#include "ledger/authority/tables.h"

#include "ledger/authority/authority_value.h"
#include "ledger/authority/reference.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <stdio.h>
#include <stdlib.h>

enum { OFFICES = 12, VIEWS = 6 };

static struct reg *reg;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
}

static void teardown(void)
{
	reg_end(reg);
}

static void compare_with_bare(struct ledger_view *kept)
{
	struct view bare = { .store = kept->view.store,
		             .size = kept->view.size,
		             .arena = &kept->arena };
	const struct reference *ours;
	const struct reference *theirs;

	ck_assert_ptr_nonnull(kept->view.rows);
	for (int i = 0; i < OFFICES; i++) {
		struct office office;
		char id[16];

		(void)snprintf(id, sizeof(id), "post-%d", i);
		ck_assert_int_eq(authority_office(&kept->view, &office, id),
		                 authority_office(&bare, &office, id));
	}
	ck_assert_int_eq(reference_of(&kept->view, &ours), STATUS_OK);
	ck_assert_int_eq(reference_of(&bare, &theirs), STATUS_OK);
	ck_assert_uint_eq(ours->rule_set_count, theirs->rule_set_count);
	ck_assert_uint_eq(ours->version_count, theirs->version_count);
	ck_assert_uint_eq(ours->first_size, theirs->first_size);
}

START_TEST(views_before_and_after_a_change_read_their_own_moment)
{
	struct ledger_view views[VIEWS];

	for (int i = 0; i < OFFICES; i++) {
		char id[16];

		if (i >= VIEWS) {
			ledger_view_end(&views[i % VIEWS]);
		}
		ck_assert_int_eq(ledger_view_begin(reg->ledger, &views[i % VIEWS]), STATUS_OK);
		(void)snprintf(id, sizeof(id), "post-%d", i);
		ground_office(reg, id, CIVIL__V1__OFFICE_SORT__OFFICE_SORT_DISTRICT, "07");
		for (int v = 0; v < VIEWS && v <= i; v++) {
			compare_with_bare(&views[v]);
		}
	}
	for (int v = 0; v < VIEWS; v++) {
		ledger_view_end(&views[v]);
	}
}
END_TEST

START_TEST(what_governance_did_not_change_is_not_read_again)
{
	const struct reference *first;
	const struct reference *again;
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(reference_of(&view.view, &first), STATUS_OK);
	ledger_view_end(&view);
	(void)reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "ដារា", "1990-01-20", "070803");
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(reference_of(&view.view, &again), STATUS_OK);
	ck_assert_ptr_eq(first, again);
	ledger_view_end(&view);
}
END_TEST

START_TEST(a_reference_holds_for_sizes_that_saw_the_same_records)
{
	const struct reference *newest;
	const struct reference *earlier;
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(reference_of(&view.view, &newest), STATUS_OK);
	view.view.size = newest->first_size;
	ck_assert_int_eq(reference_of(&view.view, &earlier), STATUS_OK);
	ck_assert_ptr_eq(earlier, newest);
	view.view.size = newest->first_size - 1;
	ck_assert_int_eq(reference_of(&view.view, &earlier), STATUS_OK);
	ck_assert_ptr_ne(earlier, newest);
	ck_assert_uint_eq(earlier->last_size, newest->first_size - 1);
	view.view.size = newest->first_size;
	ck_assert_int_eq(reference_of(&view.view, &newest), STATUS_OK);
	ck_assert_ptr_ne(earlier, newest);
	ledger_view_end(&view);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tables");
	TCase *tcase = tcase_create("tables");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, views_before_and_after_a_change_read_their_own_moment);
	tcase_add_test(tcase, what_governance_did_not_change_is_not_read_again);
	tcase_add_test(tcase, a_reference_holds_for_sizes_that_saw_the_same_records);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
