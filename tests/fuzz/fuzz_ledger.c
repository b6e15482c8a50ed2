/* Goal: no sequence of events, of any kind and by anybody, breaks the rules, the folds or the
 * questions: each is answered, and the state that is kept is the fold of the acts.
 * Method: the input is a stream of choices from which tests/support/any_event.h makes events over a
 * small register; at the end everybody's kept state is compared with a fold made by hand. */
#include "ledger/base/assert.h"
#include "tests/support/any_event.h"
#include "tests/support/fresh_fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { EVENTS_MAX = 40 };

static struct bytes input;

/* What the tests' register asserts, it asserts inside of a test. */
START_TEST(everybody_is_the_fold_of_what_was_accepted)
{
	static struct any any;
	struct ledger_view view;

	any_begin(&any, input, 0);
	while (any_goes_on(&any) && any.offered < EVENTS_MAX) {
		any_step(&any);
	}
	ck_assert_int_eq(ledger_view_begin(any.reg->ledger, &view), STATUS_OK);
	for (size_t i = 0; i < any.persons; i++) {
		Civil__V1__PersonState *kept = NULL;
		enum status status = state_cached(&view.view, &kept, &any.person[i]);

		ck_assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
		assert_same_state(kept, fresh_fold(&view.view, &any.person[i], STATE_VALID_ALL),
		                  view.view.arena, "kept");
	}
	ledger_view_end(&view);
	any_end(&any);
}
END_TEST

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Suite *suite = suite_create("fuzz_ledger");
	TCase *tcase = tcase_create("fuzz_ledger");
	SRunner *runner = srunner_create(suite);

	input = bytes_of(data, size);
	tcase_add_test(tcase, everybody_is_the_fold_of_what_was_accepted);
	suite_add_tcase(suite, tcase);
	srunner_set_fork_status(runner, CK_NOFORK);
	srunner_run_all(runner, CK_SILENT);
	ASSERT(srunner_ntests_failed(runner) == 0);
	srunner_free(runner);
	return 0;
}
