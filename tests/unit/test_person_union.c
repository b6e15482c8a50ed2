/* Goal: weddings, divorces and deaths give each spouse the civil status of each day, also when
 * dates are known in part and acts are registered out of order. Method: a couple known from papers;
 * each way a marriage begins and ends, asked on both sides of its days and for both spouses. */
#include "ledger/person/state.h"

#include "ledger/base/crypto.h"
#include "tests/support/life_act.h"

#include <check.h>
#include <stdlib.h>

#define CIVIL(name) CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_##name
#define ALIVE(name) CIVIL__V1__LIFE_STATUS__LIFE_STATUS_##name
#define SEX(name)   CIVIL__V1__SEX__SEX_##name

static struct life life;

static void setup(void)
{
	life_begin(&life);
}

static void teardown(void)
{
	life_end(&life);
}

/* State at (valid, known); NULL when NOT_FOUND. */
static Civil__V1__PersonState *state_known(const struct id *person, const char *valid,
                                           uint64_t known)
{
	struct view view = life_view_at(&life, known);
	Civil__V1__PersonState *state = NULL;
	enum status status = state_at(&view, &state, person, life_day(valid));

	ck_assert_msg(status == STATUS_OK || status == STATUS_NOT_FOUND, "%s", status_name(status));
	return status == STATUS_OK ? state : NULL;
}

static Civil__V1__PersonState *state_on(const struct id *person, const char *valid)
{
	Civil__V1__PersonState *state = state_known(person, valid, life.head.size);

	ck_assert_ptr_nonnull(state);
	return state;
}

static void ck_assert_civil(const struct id *person, const char *valid,
                            Civil__V1__CivilStatus status)
{
	ck_assert_int_eq(state_on(person, valid)->civil_status->status, status);
}

/* A woman and a man of whom papers tell. */
static struct id woman;
static struct id man;

static void setup_couple(void)
{
	setup();
	const struct life_birth her = {
		.name = "Her", .sex = SEX(FEMALE), .date = "1987-07-07", .address = "07080301"
	};
	const struct life_birth him = { .name = "Him", .sex = SEX(MALE), .date = "1985-03-03" };

	(void)life_legacy_birth(&life, &woman, &her);
	(void)life_legacy_birth(&life, &man, &him);
}

START_TEST(a_marriage_and_its_divorce_change_the_status_on_their_days)
{
	struct hash marriage = life_marriage(&life, &man, &woman, "2010-12-20", NULL);
	uint64_t married = life.head.size;
	(void)life_divorce(&life, &man, &woman, &marriage, "2016-06-01");

	ck_assert_civil(&man, "2010-12-19", CIVIL(NEVER_MARRIED));
	ck_assert_civil(&man, "2010-12-20", CIVIL(MARRIED));
	ck_assert_civil(&man, "2016-05-31", CIVIL(MARRIED));
	ck_assert_civil(&woman, "2016-06-01", CIVIL(DIVORCED));
	ck_assert_int_eq(state_known(&man, NULL, married)->civil_status->status, CIVIL(MARRIED));
	const Civil__V1__PersonMarriage *ended = state_on(&woman, NULL)->marriages[0];

	ck_assert_int_eq(ended->status, CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_ENDED);
	ck_assert_int_eq(ended->end_reason, CIVIL__V1__END_REASON__END_REASON_DIVORCE);
	ck_assert_int_eq(ended->to->year, 2016);
	ck_assert_mem_eq(ended->spouse.data, man.bytes, ID_BYTES);
	ck_assert_int_eq(state_on(&woman, NULL)->civil_status->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
}
END_TEST

START_TEST(a_wedding_known_by_its_month_is_uncertain_within_it)
{
	(void)life_marriage(&life, &man, &woman, "2005-02", NULL);

	ck_assert_civil(&woman, "2005-01-31", CIVIL(NEVER_MARRIED));
	ck_assert_civil(&woman, "2005-02-01", CIVIL(MARRIED));
	ck_assert(state_on(&woman, "2005-02-15")->civil_status->provenance->uncertain_at_valid);
	ck_assert(state_on(&woman, "2005-02-27")->marriages[0]->provenance->uncertain_at_valid);
	ck_assert(!state_on(&woman, "2005-02-28")->civil_status->provenance->uncertain_at_valid);
}
END_TEST

START_TEST(a_wedding_takes_its_own_notice_down_and_no_other)
{
	struct id other;
	const struct life_birth birth = { .name = "Other",
		                          .sex = SEX(FEMALE),
		                          .date = "1990-01-01" };

	(void)life_legacy_birth(&life, &other, &birth);
	(void)life_notice(&life, &man, &other, "2020-02-01");
	ck_assert_uint_eq(state_on(&man, NULL)->n_notices, 1);
	ck_assert_uint_eq(state_on(&man, "2020-01-31")->n_notices, 0);
	(void)life_marriage(&life, &man, &woman, "2020-02-20", NULL);
	ck_assert_uint_eq(state_on(&man, NULL)->n_notices, 1);
}
END_TEST

START_TEST(death_ends_the_marriage_and_widows_the_spouse)
{
	(void)life_marriage(&life, &man, &woman, "2010-12-20", NULL);
	life.recorded_on = "2020-03-10";
	struct hash death = life_death(&life, &man, &woman, "2020-03-01");

	ck_assert_civil(&woman, "2020-02-29", CIVIL(MARRIED));
	ck_assert_civil(&woman, "2020-03-01", CIVIL(WIDOWED));
	ck_assert_int_eq(state_on(&man, "2020-02-29")->life->status, ALIVE(ALIVE));
	ck_assert_int_eq(state_on(&man, "2020-03-01")->life->status, ALIVE(DEAD));
	ck_assert_int_eq(state_on(&man, NULL)->marriages[0]->end_reason,
	                 CIVIL__V1__END_REASON__END_REASON_DEATH);
	ck_assert_mem_eq(state_on(&woman, NULL)->marriages[0]->end_act.data, death.bytes,
	                 HASH_BYTES);
	ck_assert_ptr_null(state_on(&man, NULL)->residence);
}
END_TEST

START_TEST(a_death_of_a_year_ends_a_wedding_of_that_year_for_both)
{
	(void)life_marriage(&life, &man, &woman, "2019-03-05", NULL);
	(void)life_death(&life, &man, &woman, "2019");

	ck_assert_civil(&woman, NULL, CIVIL(WIDOWED));
	ck_assert_int_eq(state_on(&man, NULL)->marriages[0]->status,
	                 CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_ENDED);
	ck_assert_int_eq(state_on(&man, "2019-03-05")->life->status, ALIVE(DEAD));
	ck_assert(state_on(&man, "2019-03-05")->life->provenance->uncertain_at_valid);
}
END_TEST

START_TEST(a_marriage_registered_after_its_end_ends_on_the_day_named)
{
	(void)life_death(&life, &man, NULL, "2019-12-01");
	(void)life_marriage(&life, &man, &woman, "1993-04-04", "2019-12-01");

	ck_assert_civil(&woman, "2000-01-01", CIVIL(MARRIED));
	ck_assert_civil(&woman, "2019-11-30", CIVIL(MARRIED));
	ck_assert_civil(&woman, "2019-12-01", CIVIL(WIDOWED));
	ck_assert_int_eq(state_on(&man, NULL)->marriages[0]->status,
	                 CIVIL__V1__MARRIAGE_STATUS__MARRIAGE_STATUS_ENDED);
}
END_TEST

START_TEST(the_end_of_one_of_two_marriages_leaves_the_other)
{
	struct id second;
	const struct life_birth birth = { .name = "Two", .sex = SEX(FEMALE), .date = "1990-01-01" };
	struct hash marriage = life_marriage(&life, &man, &woman, "2010-12-20", NULL);

	(void)life_legacy_birth(&life, &second, &birth);
	(void)life_marriage(&life, &man, &second, "2015-05-05", NULL);
	(void)life_divorce(&life, &man, &woman, &marriage, "2018-01-01");
	ck_assert_civil(&man, NULL, CIVIL(MARRIED));
	ck_assert_int_eq(state_on(&man, NULL)->civil_status->provenance->valid_from->year, 2015);
	ck_assert_ptr_null(state_on(&man, NULL)->civil_status->provenance->valid_to);
}
END_TEST

START_TEST(a_paper_marriage_creates_its_bride_on_her_day_of_birth)
{
	struct id bride;
	(void)life_legacy_marriage(&life, &bride, &man, "2007-01-01", "1986-05-05");
	const Civil__V1__PersonState *state = state_on(&bride, "2000-01-01");

	ck_assert_str_eq(state->names[0]->name->latin_given, "Bride");
	ck_assert_int_eq(state->civil_status->status, CIVIL(NEVER_MARRIED));
	ck_assert_int_eq(state->birth->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_LEGACY);
	ck_assert_civil(&bride, "2007-01-01", CIVIL(MARRIED));
	ck_assert_ptr_null(state_known(&bride, "1986-05-04", life.head.size));
}
END_TEST

static Suite *union_suite(void)
{
	Suite *suite = suite_create("person_union");
	TCase *tests = tcase_create("unions");

	tcase_add_checked_fixture(tests, setup_couple, teardown);
	tcase_add_test(tests, a_marriage_and_its_divorce_change_the_status_on_their_days);
	tcase_add_test(tests, a_wedding_known_by_its_month_is_uncertain_within_it);
	tcase_add_test(tests, a_wedding_takes_its_own_notice_down_and_no_other);
	tcase_add_test(tests, death_ends_the_marriage_and_widows_the_spouse);
	tcase_add_test(tests, a_death_of_a_year_ends_a_wedding_of_that_year_for_both);
	tcase_add_test(tests, a_marriage_registered_after_its_end_ends_on_the_day_named);
	tcase_add_test(tests, the_end_of_one_of_two_marriages_leaves_the_other);
	tcase_add_test(tests, a_paper_marriage_creates_its_bride_on_her_day_of_birth);
	suite_add_tcase(suite, tests);
	return suite;
}

int main(void)
{
	SRunner *runner = srunner_create(union_suite());

	srunner_run_all(runner, CK_NORMAL);
	const int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
