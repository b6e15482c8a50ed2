/* Goal: how late an act was is judged by the law of its day of registration, as that law was known
 * before the act; addresses and number schemes come from earlier records alone.
 * Method: every class on both sides of its bounds; rule sets and units published before and after
 * the acts that would use them. */
#include "ledger/person/facts.h"

#include "ledger/person/state.h"
#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define DELAY(name) CIVIL__V1__DELAY_CLASS__DELAY_CLASS_##name

static struct life life;

static void setup(void)
{
	life_begin(&life);
}

static void teardown(void)
{
	life_end(&life);
}

static Civil__V1__PersonState *state_on(const struct id *person, const char *day)
{
	struct view view = life_view(&life);
	Civil__V1__PersonState *state;

	ck_assert_int_eq(state_at(&view, &state, person, life_day(day)), STATUS_OK);
	return state;
}

static const struct {
	enum kind_id kind;
	int32_t delay;
	Civil__V1__DelayClass expected;
} delays[] = {
	{ KIND_BIRTH, -1, DELAY(IN_TIME) },    { KIND_BIRTH, 30, DELAY(IN_TIME) },
	{ KIND_BIRTH, 31, DELAY(LATE) },       { KIND_BIRTH, 365, DELAY(LATE) },
	{ KIND_BIRTH, 366, DELAY(VERY_LATE) }, { KIND_DEATH, 15, DELAY(IN_TIME) },
	{ KIND_DEATH, 16, DELAY(LATE) },       { KIND_DEATH, 366, DELAY(VERY_LATE) },
	{ KIND_MARRIAGE, 20, DELAY(IN_TIME) }, { KIND_MARRIAGE, 21, DELAY(LATE) },
	{ KIND_MARRIAGE, 400, DELAY(LATE) },   { KIND_MARRIAGE, 401, DELAY(VERY_LATE) },
};

START_TEST(each_kind_has_its_bounds) /* loop test: delays */
{
	Civil__V1__RuleSet law;

	civil__v1__rule_set__init(&law);
	law.birth_in_time_days = 30;
	law.birth_late_days = 365;
	law.death_in_time_days = 15;
	law.death_late_days = 365;
	law.marriage_in_time_days = 20;
	law.marriage_late_days = 400;
	ck_assert_int_eq(facts_delay_class(&law, delays[_i].kind, 1000 + delays[_i].delay, 1000),
	                 delays[_i].expected);
}
END_TEST

START_TEST(a_partial_date_counts_from_its_last_day)
{
	const struct life_birth birth = { .name = "A", .date = "2019" };
	struct id person;

	life.declared_on = "2020-01-30";
	(void)life_birth(&life, &person, &birth);
	ck_assert_int_eq(state_on(&person, NULL)->birth->delay_class, DELAY(IN_TIME));
}
END_TEST

/* Publishes a set by which every birth is late. */
static void publish_strict_law(void)
{
	Civil__V1__Content *content = life_content(&life);
	Civil__V1__RulesetPublished published;
	Civil__V1__RuleSet law;
	char version[] = "KH-STRICT";

	civil__v1__ruleset_published__init(&published);
	civil__v1__rule_set__init(&law);
	law.version = version;
	law.effective_on = life_date(&life, "2015-01-01");
	law.birth_late_days = 100000;
	published.rule_set = &law;
	content->kind_case = CIVIL__V1__CONTENT__KIND_RULESET_PUBLISHED;
	content->ruleset_published = &published;
	(void)life_act(&life, CIVIL__V1__EVENT_CLASS__EVENT_CLASS_GOVERNANCE, NULL, 0, content);
}

START_TEST(a_law_published_later_changes_no_state)
{
	const struct life_birth birth = { .name = "A", .date = "2020-01-01" };
	struct id before;
	struct id after;

	(void)life_birth(&life, &before, &birth);
	publish_strict_law();
	(void)life_birth(&life, &after, &birth);
	/* Both from the cache, then both folded: the day lies before the act's last moment. */
	ck_assert_int_eq(state_on(&before, NULL)->birth->delay_class, DELAY(IN_TIME));
	ck_assert_int_eq(state_on(&after, NULL)->birth->delay_class, DELAY(LATE));
	(void)life_number(&life, &before, "2020-01-02");
	(void)life_number(&life, &after, "2020-01-02");
	ck_assert_int_eq(state_on(&before, "2020-01-01")->birth->delay_class, DELAY(IN_TIME));
	ck_assert_int_eq(state_on(&after, "2020-01-01")->birth->delay_class, DELAY(LATE));
}
END_TEST

START_TEST(a_unit_that_nobody_opened_has_no_address)
{
	const struct life_birth birth = { .name = "A", .date = "2020-01-01" };
	const struct id unit = { { 5 } };
	struct id person;

	(void)life_birth(&life, &person, &birth);
	(void)life_arrival(&life, &person, &unit, "2020-01-02");
	ck_assert_ptr_null(state_on(&person, NULL)->residence->address);
	ck_assert_mem_eq(state_on(&person, NULL)->residence->unit_id.data, unit.bytes, ID_BYTES);
}
END_TEST

static Suite *facts_suite(void)
{
	Suite *suite = suite_create("facts");
	TCase *tests = tcase_create("facts");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_loop_test(tests, each_kind_has_its_bounds, 0,
	                    (int)(sizeof(delays) / sizeof(delays[0])));
	tcase_add_test(tests, a_partial_date_counts_from_its_last_day);
	tcase_add_test(tests, a_law_published_later_changes_no_state);
	tcase_add_test(tests, a_unit_that_nobody_opened_has_no_address);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(facts_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
