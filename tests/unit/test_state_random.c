/* Goal: the cached state is the fold of all acts after every record, the state at an earlier
 * position is what a ledger of only those records says, and the order of registration does not
 * matter.
 * Method: random lives of a few persons from a seed: births, weddings, ends, moves, cards,
 * corrections, on random days, many of them partial, late or out of order. After every record the
 * cache of everybody is compared with a fold made by hand. Then prefixes of the same script are
 * replayed in fresh stores, and a set of acts is registered in many orders. */
#include "ledger/person/state.h"

#include "ledger/person/cache.h"
#include "tests/support/crowd.h"
#include "tests/support/fresh_fold.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { STEPS = 60 };

START_TEST(the_cached_state_is_the_fold_after_every_record) /* loop test: seeds */
{
	static struct crowd crowd;
	crowd_begin(&crowd, UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(_i + 1));

	for (int step = 0; step < STEPS; step++) {
		crowd_act(&crowd);
		struct view view = life_view(&crowd.life);

		for (size_t i = 0; i < crowd.persons; i++) {
			Civil__V1__PersonState *cached;

			ck_assert_int_eq(state_cached(&view, &cached, &crowd.person[i]), STATUS_OK);
			assert_same_state(cached,
			                  fresh_fold(&view, &crowd.person[i], STATE_VALID_ALL),
			                  view.arena, "cache");
		}
	}
	life_end(&crowd.life);
}
END_TEST

START_TEST(every_day_and_position_answers_like_the_fold) /* loop test: seeds */
{
	static struct crowd crowd;
	crowd_begin(&crowd, UINT64_C(0xD1B54A32D192ED03) * (uint64_t)(_i + 1));

	for (int step = 0; step < STEPS; step++) {
		crowd_act(&crowd);
	}
	for (int probe = 0; probe < 400; probe++) {
		struct view view =
		        life_view_at(&crowd.life, crowd_draw(&crowd, crowd.life.head.size + 1));
		const struct id *person = &crowd.person[crowd_person(&crowd)];
		int32_t day = life_day(crowd_day(&crowd, 1969, 2021, false));
		Civil__V1__PersonState *state = NULL;
		enum status status = state_at(&view, &state, person, day);

		ck_assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
		assert_same_state(state, fresh_fold(&view, person, day), view.arena, "grid");
	}
	life_end(&crowd.life);
}
END_TEST

START_TEST(an_earlier_position_is_a_ledger_of_fewer_records) /* loop test: seeds */
{
	static struct crowd whole;
	static struct crowd part;
	uint64_t seed = UINT64_C(0xA0761D6478BD642F) * (uint64_t)(_i + 1);

	crowd_begin(&whole, seed);
	crowd_begin(&part, seed);
	for (int step = 0; step < STEPS / 2; step++) {
		crowd_act(&whole);
		crowd_act(&part);
	}
	for (int step = 0; step < STEPS / 2; step++) {
		crowd_act(&whole);
	}
	struct view then = life_view_at(&whole.life, part.life.head.size);
	struct view alone = life_view(&part.life);

	for (size_t i = 0; i < part.persons; i++) {
		Civil__V1__PersonState *a = NULL;
		Civil__V1__PersonState *b = NULL;

		ck_assert_int_eq(state_at(&then, &a, &part.person[i], STATE_VALID_ALL), STATUS_OK);
		ck_assert_int_eq(state_at(&alone, &b, &part.person[i], STATE_VALID_ALL), STATUS_OK);
		assert_same_state(a, b, then.arena, "prefix");
	}
	life_end(&whole.life);
	life_end(&part.life);
}
END_TEST

/* What a life amounts to, without ids and indexes, which follow the order of registration. */
static void describe(char *out, size_t size, struct life *life, const struct id *person)
{
	static const char *const days[] = { "2001-01-01", "2006-03-01", "2008-06-01",
		                            "2011-01-01", "2013-01-01", "2019-01-01" };
	struct view view = life_view(life);
	size_t at = 0;

	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		Civil__V1__PersonState *state;

		ck_assert_int_eq(state_at(&view, &state, person, life_day(days[i])), STATUS_OK);
		at += (size_t)snprintf(out + at, size - at, "%d%d %s %zu %zu %d %zu;",
		                       state->civil_status->status, state->life->status,
		                       state->residence == NULL ? "-"
		                                                : state->residence->address->code,
		                       state->n_former_residences, state->n_documents,
		                       state->n_documents == 0 ? 0 : state->documents[0]->status,
		                       state->n_inconsistencies);
	}
}

START_TEST(the_order_of_registration_does_not_matter) /* loop test: orders */
{
	static struct crowd crowd;
	char sorted[600];
	char shuffled[600];

	for (int round = 0; round < 2; round++) {
		static const struct life_birth a = { .name = "A", .date = "1980-01-01" };
		static const struct life_birth b = { .name = "B", .date = "1982-01-01" };
		size_t order[] = { 0, 1, 2, 3, 4, 5 };
		struct id groom;
		struct id bride;
		struct hash marriage = { { 0 } };

		crowd_begin(&crowd, (uint64_t)_i + 1);
		(void)life_legacy_birth(&crowd.life, &groom, &a);
		(void)life_legacy_birth(&crowd.life, &bride, &b);
		for (size_t i = 5; round == 1 && i > 0; i--) {
			size_t j = (size_t)crowd_draw(&crowd, i + 1);
			size_t held = order[i];

			order[i] = order[j];
			order[j] = held;
		}
		for (size_t i = 0; i < 6; i++) {
			if (order[i] == 0) {
				marriage =
				        life_marriage(&crowd.life, &groom, &bride, "2006-02", NULL);
			} else if (order[i] == 1) {
				(void)life_arrival(&crowd.life, &groom, &crowd.unit[0],
				                   "2005-05-05");
			} else if (order[i] == 2) {
				(void)life_arrival(&crowd.life, &groom, &crowd.unit[1],
				                   "2008-05-05");
			} else if (order[i] == 3) {
				(void)life_card(&crowd.life, &groom, "K1", "2007-01-01",
				                "2017-01-01", "1981-01-01");
			} else if (order[i] == 4) {
				(void)life_number(&crowd.life, &groom, "2009-01-01");
			} else {
				(void)life_departure(&crowd.life, &groom, &crowd.unit[1],
				                     "2012-01-01");
			}
		}
		(void)life_card_verb(&crowd.life, &groom, CIVIL__V1__CONTENT__KIND_DOCUMENT_LOST,
		                     "K1", "2007");
		(void)life_divorce(&crowd.life, &groom, &bride, &marriage, "2010-10-10");
		describe(round == 0 ? sorted : shuffled, sizeof(sorted), &crowd.life, &groom);
		life_end(&crowd.life);
	}
	ck_assert_str_eq(sorted, shuffled);
}
END_TEST

static Suite *random_suite(void)
{
	Suite *suite = suite_create("state_random");
	TCase *tests = tcase_create("properties");

	tcase_set_timeout(tests, 300);
	tcase_add_loop_test(tests, the_cached_state_is_the_fold_after_every_record, 0, 30);
	tcase_add_loop_test(tests, every_day_and_position_answers_like_the_fold, 0, 20);
	tcase_add_loop_test(tests, an_earlier_position_is_a_ledger_of_fewer_records, 0, 20);
	tcase_add_loop_test(tests, the_order_of_registration_does_not_matter, 0, 40);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(random_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
