/* Goal: a foetal death is registered of the mother, makes no person, stands between her births, and
 * is counted apart from them.
 * Method: a mother; the act refused in one respect and then accepted; births near it; the
 * statistics of births and of foetal deaths. */
#include "ledger/query/count_acts.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define CASE(name) CIVIL__V1__CONTENT__KIND_##name

static struct reg *reg;
static struct id mother;
static struct reg_part of_mother[2];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ម៉ាលា", "1999-09-09", "070803");
	of_mother[0] = (struct reg_part){ ROLE(MOTHER), &mother };
	of_mother[1] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2026-02-02");
}

static void teardown(void)
{
	reg_end(reg);
}

static Civil__V1__Content *foetal_death(const char *date, int weeks, int grams)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__FoetalDeath *act = reg_new(reg, &civil__v1__foetal_death__descriptor);

	content->kind_case = CASE(FOETAL_DEATH);
	content->foetal_death = act;
	act->date = reg_partial(reg, date);
	act->place = reg_place(reg, "070803", "KH-2014");
	act->gestation_weeks = weeks;
	act->weight_g = grams;
	act->sex = CIVIL__V1__SEX__SEX_MALE;
	return content;
}

/* Notified, declared and registered; its event id. */
static struct hash registered(const char *date)
{
	struct reg_case c = reg_case_begin(reg, KIND_FOETAL_DEATH, of_mother);

	ck_assert_str_eq(reg_notify(reg, &c, "N.hosp-0708", date, "070803"), "");
	ck_assert_str_eq(reg_declare(reg, &c, "R.070803", foetal_death(date, 30, 0)), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	return reg_event(reg);
}

static const char *declared(Civil__V1__Content *content)
{
	struct reg_case c = reg_case_begin(reg, KIND_FOETAL_DEATH, of_mother);

	return reg_declare(reg, &c, "R.070803", content);
}

/* By occurrence in 2026, as known now. */
static uint64_t counted(Civil__V1__StatisticKind kind)
{
	Civil__V1__CountActsRequest request;
	Civil__V1__CountActsResponse *response;
	Civil__V1__YearMonth year;
	struct ledger_view view;
	uint64_t total;

	civil__v1__year_month__init(&year);
	year.year = 2026;
	civil__v1__count_acts_request__init(&request);
	request.kind = kind;
	request.basis = CIVIL__V1__STATISTIC_BASIS__STATISTIC_BASIS_OCCURRENCE;
	request.from = &year;
	request.to = &year;
	request.exact = true;
	ck_assert_int_eq(ledger_view_begin(reg->ledger, &view), STATUS_OK);
	ck_assert_int_eq(query_count_acts(&view.view, &response, &request), STATUS_OK);
	total = response->total;
	ledger_view_end(&view);
	return total;
}

START_TEST(the_mother_alone_keeps_it)
{
	struct reg_case c = reg_case_begin(reg, KIND_FOETAL_DEATH, of_mother);

	ck_assert_str_eq(reg_notify(reg, &c, "N.hosp-0708", "2026-02-01", "070803"), "");
	ck_assert_str_eq(reg_declare(reg, &c, "R.070803", foetal_death("2026-02-01", 22, 0)), "");
	ck_assert_uint_eq(reg_state(reg, &mother)->n_foetal_deaths, 0);
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	struct hash act = reg_event(reg);
	const Civil__V1__PersonState *state = reg_state(reg, &mother);

	ck_assert_uint_eq(state->n_foetal_deaths, 1);
	ck_assert_uint_eq(state->n_children, 0);
	ck_assert_mem_eq(state->foetal_deaths[0]->act.data, act.bytes, HASH_BYTES);
	ck_assert_ptr_nonnull(state->foetal_deaths[0]->registration_number);
	ck_assert_int_eq(state->foetal_deaths[0]->date->day, 1);
	ck_assert_int_eq(state->foetal_deaths[0]->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_REGISTERED);
	ck_assert_uint_eq(reg_state_at(reg, &mother, "2026-01-31", UINT64_MAX)->n_foetal_deaths, 0);
}
END_TEST

START_TEST(s05_two_officers_register_it)
{
	struct reg_case c = reg_case_begin(reg, KIND_FOETAL_DEATH, of_mother);

	ck_assert_str_eq(reg_enrol(reg, "P.07+V.0708", "R2.070803", NULL), "");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", foetal_death("2026-02-01", 22, 0)),
	                 "S02");
	ck_assert_str_eq(reg_declare(reg, &c, "R.140101", foetal_death("2026-02-01", 22, 0)),
	                 "S03");
	ck_assert_str_eq(reg_declare(reg, &c, "R.070803", foetal_death("2026-02-01", 22, 0)), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "S05");
	ck_assert_str_eq(reg_register(reg, &c, "R2.070803"), "");
}
END_TEST

START_TEST(s07_what_comes_earlier_is_not_registered)
{
	ck_assert_str_eq(declared(foetal_death("2026-02-01", 21, 499)), "S07");
	ck_assert_str_eq(declared(foetal_death("2026-02-01", 0, 0)), "S07");
	ck_assert_str_eq(declared(foetal_death("2026-02-01", 0, 500)), "");
	ck_assert_str_eq(declared(foetal_death("2026-02-01", 22, 0)), "");
}
END_TEST

START_TEST(s23_p01_the_age_of_the_mother_is_judged)
{
	static const struct {
		const char *born;
		const char *answer;
	} ages[] = {
		{ "2017-02-02", "S23" }, { "2017-02-01", "P01" }, { "2014-02-02", "P01" },
		{ "2014-02-01", "" },    { "1970-02-02", "" },    { "1970-02-01", "P01" },
	};

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct id other = reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ស៊ីណា",
		                                   ages[i].born, "070803");

		reg_on(reg, "2026-02-02");
		of_mother[0].person = &other;
		ck_assert_str_eq(declared(foetal_death("2026-02-01", 30, 0)), ages[i].answer);
	}
}
END_TEST

START_TEST(p04_the_mother_was_alive)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &mother }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);

	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, "2026-01-20")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	ck_assert_str_eq(declared(foetal_death("2026-01-21", 30, 0)), "P04");
	ck_assert_str_eq(declared(foetal_death("2026-01-20", 30, 0)), "");
}
END_TEST

START_TEST(p03_p05_births_keep_their_distance)
{
	const struct reg_part born[] = { { ROLE(CHILD), NULL },
		                         { ROLE(MOTHER), &mother },
		                         { 0, NULL } };
	static const struct {
		const char *date;
		const char *answer;
	} births[] = {
		{ "2025-08-03", "P03" }, /* 179 days after */
		{ "2025-08-04", "P05" }, /* 180 days: possible, seldom */
		{ "2025-11-01", "P05" }, /* 269 days */
		{ "2025-11-02", "" },    /* 270 days */
		{ "2024-08-12", "P03" }, /* before */
		{ "2024-05-11", "" },
	};

	reg_on(reg, "2025-02-10");
	struct hash act = registered("2025-02-05");
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++) {
		struct reg_case c = reg_case_begin(reg, KIND_BIRTH, born);

		reg_on(reg, "2025-11-10");
		ck_assert_str_eq(
		        reg_declare(reg, &c, "K.070803", reg_birth(reg, "ពិសិដ្ឋ", births[i].date)),
		        births[i].answer);
		if (births[i].answer[0] == '\0') {
			ck_assert_str_eq(reg_refuse(reg, &c, "R.070803"), "");
		}
	}
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, born);

	(void)reg_revoked(reg, &act, of_mother, false);
	ck_assert_uint_eq(reg_state(reg, &mother)->n_foetal_deaths, 0);
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_birth(reg, "ពិសិដ្ឋ", births[0].date)),
	                 "");
}
END_TEST

START_TEST(statistics_count_it_apart_from_births)
{
	(void)registered("2026-01-20");
	ck_assert_uint_eq(counted(CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_FOETAL_DEATHS), 1);
	ck_assert_uint_eq(counted(CIVIL__V1__STATISTIC_KIND__STATISTIC_KIND_BIRTHS), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("foetal_death");
	TCase *tcase = tcase_create("foetal_death");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, the_mother_alone_keeps_it);
	tcase_add_test(tcase, s05_two_officers_register_it);
	tcase_add_test(tcase, s07_what_comes_earlier_is_not_registered);
	tcase_add_test(tcase, s23_p01_the_age_of_the_mother_is_judged);
	tcase_add_test(tcase, p04_the_mother_was_alive);
	tcase_add_test(tcase, p03_p05_births_keep_their_distance);
	tcase_add_test(tcase, statistics_count_it_apart_from_births);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
