/* Goal: whatever is offered, of any kind and by anybody, the register stands: it answers with rules
 * or with a record, and what it keeps of a person is the fold of that person's acts.
 * Method: random events of all kinds from seeds (tests/support/any_event.h); time
 * and again the kept states of everybody are compared with folds made by hand. */
#include "tests/support/any_event.h"

#include "tests/support/fresh_fold.h"

#include <stdlib.h>

enum { SEEDS = 24, STEPS = 200, CHECK_EACH = 10 };

static void check_states(struct any *any)
{
	struct ledger_view view;

	ck_assert_int_eq(ledger_view_begin(any->reg->ledger, &view), STATUS_OK);
	for (size_t i = 0; i < any->persons; i++) {
		Civil__V1__PersonState *kept = NULL;
		enum status status = state_cached(&view.view, &kept, &any->person[i]);

		ck_assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
		assert_same_state(kept, fresh_fold(&view.view, &any->person[i], STATE_VALID_ALL),
		                  view.view.arena, "kept");
	}
	ledger_view_end(&view);
}

START_TEST(what_is_kept_is_the_fold_whatever_was_offered) /* loop test: seeds */
{
	static struct any any;

	any_begin(&any, bytes_of(NULL, 0), UINT64_C(0xD1B54A32D192ED03) * (uint64_t)(_i + 1));
	for (int step = 0; step < STEPS; step++) {
		size_t accepted = any.accepted;

		any_step(&any);
		if (any.accepted > accepted && any.accepted % CHECK_EACH == 0) {
			check_states(&any);
		}
	}
	check_states(&any);
	ck_assert_uint_gt(any.accepted, 0);
	any_end(&any);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("any_event");
	TCase *tcase = tcase_create("any_event");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, what_is_kept_is_the_fold_whatever_was_offered, 0, SEEDS);
	suite_add_tcase(suite, tcase);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
