/* Goal: rules L01, L02, L03, L11, L20, P04, P05 of deaths, P07 and W04: lives and deaths.
 * Method: births and deaths around one death, at the borders of lateness, age and days. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct id man;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1990-04-12", "070803");
	man = reg_paper_person(reg, MALE, "វុទ្ធី", "1960-01-20", "070803");
	reg_on(reg, "2026-03-05");
}

static void teardown(void)
{
	reg_end(reg);
}

static struct reg_case death_of(const struct id *person)
{
	const struct reg_part parts[] = { { ROLE(DECEASED), person }, { 0, NULL } };

	return reg_case_begin(reg, KIND_DEATH, parts);
}

/* Registers a death on the day after. */
static void dies(const struct id *person, const char *date, const char *registered)
{
	struct reg_case death = death_of(person);

	reg_on(reg, registered);
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, date)), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803+V.0708"), "");
}

START_TEST(l01_a_person_is_born_once)
{
	struct id stranger = reg_paper_person(reg, MALE, "សុភា", "1995-01-01", "070803");
	const struct reg_part parts[] = { { ROLE(CHILD), &stranger }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "1995-01-01");

	reg_mother_told(reg, content->birth, "1970");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "L01");
	reg_override(reg, content, "L01");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V.0708", content), "L01");
}
END_TEST

/* Marries the man to somebody whom only the paper knows; returns her. */
static struct id bride_of_paper(void)
{
	struct hash paper = reg_paper(reg, "070803");
	Civil__V1__Content *content = reg_linked(reg, &paper);
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &man },
		                           { ROLE(SPOUSE_B), NULL },
		                           { 0, NULL } };
	Civil__V1__NewPerson *bride = reg_new(reg, &civil__v1__new_person__descriptor);

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE;
	content->legacy_linked->marriage =
	        reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY, "1988-04-04",
	                     "070803")
	                ->marriage;
	bride->role = ROLE(SPOUSE_B);
	bride->name = reg_name(reg, "ស៊ីណា", "Sina");
	bride->sex = FEMALE;
	bride->birth = reg_partial(reg, "1965");
	content->legacy_linked->new_persons = arena_array(&reg->arena, 1, sizeof(void *));
	content->legacy_linked->new_persons[0] = bride;
	content->legacy_linked->n_new_persons = 1;
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, couple, content), "");
	return reg_created(reg);
}

START_TEST(l01_a_person_of_a_paper_has_no_birth_act_yet)
{
	struct id bride = bride_of_paper();
	const struct reg_part parts[] = { { ROLE(CHILD), &bride }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "1965-05-05");

	content->birth->sex = FEMALE;
	reg_mother_told(reg, content->birth, "1940");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.07"), "");
}
END_TEST

START_TEST(s21_a_birth_comes_before_what_the_person_has_done)
{
	static const struct {
		const char *born;
		const char *answer;
	} births[] = {
		{ "1988-04-05", "S21" }, /* the day after the wedding of the paper */
		{ "1988", "S21?" },      /* the year of the wedding */
		{ "1988-04-04", "" },    /* its day: S21 asks no more */
		{ "2026-03-02", "S21" }, /* after the own death */
	};
	struct id bride = bride_of_paper();
	const struct reg_part parts[] = { { ROLE(CHILD), &bride }, { 0, NULL } };
	const struct reg_part deceased[] = { { ROLE(DECEASED), &bride },
		                             { ROLE(SURVIVING_SPOUSE), &man },
		                             { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, deceased);

	reg_on(reg, "2026-03-05");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++) {
		struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
		Civil__V1__Content *content = reg_birth(reg, "សុភា", births[i].born);

		content->birth->sex = FEMALE;
		reg_mother_told(reg, content->birth, births[i].born[0] == '2' ? "1999" : "1960");
		ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), births[i].answer);
	}
}
END_TEST

START_TEST(l02_a_person_dies_once)
{
	struct reg_case death = death_of(&man);

	dies(&man, "2026-03-01", "2026-03-05");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "L02");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-02")),
	                 "L02 L03");
}
END_TEST

START_TEST(l03_the_day_of_death_itself_counts_as_alive)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &man }, { 0, NULL } };

	dies(&man, "2026-03-01", "2026-03-05");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-03-02")),
	                 "L03");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-03-01")),
	                 "");
}
END_TEST

START_TEST(l03_a_month_of_death_leaves_it_undecided)
{
	const struct reg_part holder[] = { { ROLE(HOLDER), &man }, { 0, NULL } };

	dies(&man, "2026-02", "2026-03-05");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-02-15")),
	                 "L03?");
	ck_assert_str_eq(reg_act(reg, "IC.id-cards", KIND_ID_CARD_APPLIED, holder,
	                         reg_card_applied(reg, "2026-03-01")),
	                 "L03");
	Civil__V1__Content *content = reg_card_applied(reg, "2026-02-15");

	reg_override(reg, content, "L03");
	ck_assert_str_eq(
	        reg_act(reg, "IC.id-cards+IC2.id-cards", KIND_ID_CARD_APPLIED, holder, content),
	        "");
}
END_TEST

static const char *registers(const char *born, const char *declared, const char *signers)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content;

	reg_on(reg, declared);
	content = reg_birth(reg, "សុភា", born);
	reg_mother_told(reg, content->birth, "1990");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	return reg_register(reg, &birth, signers);
}

START_TEST(l11_a_birth_is_late_for_a_year_and_then_very_late)
{
	ck_assert_str_eq(registers("2024-01-01", "2024-12-31", "R.070803"), "");    /* 365 */
	ck_assert_str_eq(registers("2024-01-01", "2025-01-01", "R.070803"), "L11"); /* 366 */
	ck_assert_str_eq(registers("2024-01-01", "2025-01-01", "R.070803+V.0708"), "L11");
	ck_assert_str_eq(registers("2024-01-01", "2025-01-01", "R.070803+P.07"), "");
}
END_TEST

START_TEST(l11_a_very_late_birth_has_two_witnesses)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "ស៊ីណា", "1968");

	reg_mother_told(reg, content->birth, "1940");
	content->birth->late->n_witnesses = 1;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.07"), "L11");
	content->birth->late->n_witnesses = 2;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.07"), "");
}
END_TEST

START_TEST(l11_a_death_is_in_time_for_15_days)
{
	struct reg_case death = death_of(&man);

	reg_on(reg, "2026-03-17");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "L11");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803+V.1401"), "S03");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-02")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
}
END_TEST

START_TEST(l11_a_late_death_takes_the_district)
{
	struct reg_case death = death_of(&man);

	reg_on(reg, "2026-03-17");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803+V.0708"), "");
}
END_TEST

START_TEST(l20_a_child_has_one_mother)
{
	struct id bride = bride_of_paper();
	struct id other = reg_paper_person(reg, FEMALE, "ម្តាយ", "1940-01-01", "070803");
	struct id third = reg_paper_person(reg, FEMALE, "យាយ", "1941-01-01", "070803");
	const struct reg_part parts[] = { { ROLE(CHILD), &bride },
		                          { ROLE(MOTHER), &other },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "1965-05-05")),
	                 "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	ck_assert_str_eq(reg_register(reg, &birth, "R.070803+P.07"), "");
	birth = reg_case_begin(reg, KIND_BIRTH, parts);
	birth.parts[1].person = &third;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "1965-05-05")),
	                 "L01 L20");
}
END_TEST

START_TEST(p04_a_mother_is_alive_at_the_birth)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	dies(&mother, "2026-03-01", "2026-03-05");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-02")),
	                 "P04");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-03-01")),
	                 "");
}
END_TEST

START_TEST(p04_a_father_died_at_most_300_days_before)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { ROLE(FATHER), &man },
		                          { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);

	dies(&man, "2026-01-01", "2026-01-05");
	reg_on(reg, "2026-10-29");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-10-29")),
	                 "P04");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", reg_birth(reg, "សុភា", "2026-10-28")),
	                 "");
}
END_TEST

START_TEST(p05_two_deaths_of_one_name_and_age_may_be_one)
{
	struct id twin = reg_paper_person(reg, MALE, "វុទ្ធី", "1961-01-20", "070803");
	struct id younger = reg_paper_person(reg, MALE, "វុទ្ធី", "1961-01-21", "070803");
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1960-01-20", "070803");
	struct reg_case death = death_of(&twin);

	dies(&man, "2026-03-01", "2026-03-10");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-06")), "P05");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-07")), "");
	death = death_of(&younger);
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-02")),
	                 "P05"); /* twin's case is open */
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
	death = death_of(&other);
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2026-03-01")), "");
}
END_TEST

START_TEST(p07_nobody_is_over_110)
{
	const struct reg_part parts[] = { { ROLE(CHILD), NULL }, { 0, NULL } };
	struct reg_case birth = reg_case_begin(reg, KIND_BIRTH, parts);
	Civil__V1__Content *content = reg_birth(reg, "ចាស់", "1915-03-05");

	reg_mother_told(reg, content->birth, "1890");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "P07");
	content->birth->date_of_birth = reg_partial(reg, "1915-03-06");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(w04_a_death_without_a_cause_is_watched)
{
	struct reg_case death = death_of(&man);
	Civil__V1__Content *content = reg_death(reg, "2026-03-01");
	Civil__V1__CauseLine *line = reg_new(reg, &civil__v1__cause_line__descriptor);

	line->line = reg_text(reg, "a");
	line->text = reg_text(reg, "fever");
	content->death->cause_chain = arena_array(&reg->arena, 1, sizeof(void *));
	content->death->cause_chain[0] = line;
	content->death->n_cause_chain = 1;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", content), "");
	ck_assert_uint_eq(reg->result.receipt->n_findings, 0);
	content->death->n_cause_chain = 0;
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", content), "");
	ck_assert_str_eq(reg->result.receipt->findings[0]->rule, "W04");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_L01, RULE_L02, RULE_L03, RULE_L11, RULE_L20,
		                              RULE_P04, RULE_P05, RULE_P07, RULE_W04, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("vital");
	TCase *tcase = tcase_create("vital");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, l01_a_person_is_born_once);
	tcase_add_test(tcase, l01_a_person_of_a_paper_has_no_birth_act_yet);
	tcase_add_test(tcase, s21_a_birth_comes_before_what_the_person_has_done);
	tcase_add_test(tcase, l02_a_person_dies_once);
	tcase_add_test(tcase, l03_the_day_of_death_itself_counts_as_alive);
	tcase_add_test(tcase, l03_a_month_of_death_leaves_it_undecided);
	tcase_add_test(tcase, l11_a_birth_is_late_for_a_year_and_then_very_late);
	tcase_add_test(tcase, l11_a_very_late_birth_has_two_witnesses);
	tcase_add_test(tcase, l11_a_death_is_in_time_for_15_days);
	tcase_add_test(tcase, l11_a_late_death_takes_the_district);
	tcase_add_test(tcase, l20_a_child_has_one_mother);
	tcase_add_test(tcase, p04_a_mother_is_alive_at_the_birth);
	tcase_add_test(tcase, p04_a_father_died_at_most_300_days_before);
	tcase_add_test(tcase, p05_two_deaths_of_one_name_and_age_may_be_one);
	tcase_add_test(tcase, p07_nobody_is_over_110);
	tcase_add_test(tcase, w04_a_death_without_a_cause_is_watched);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
