/* Goal: rules S07 to S10: what a content must say, names, the order of dates, areas in force.
 * Method: one valid birth, office or paper, and changes of one field: a value missing, a day too
 * late, a gazetteer of another time. Forms of single fields are tests/unit/test_constraint.c. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>

#define FEMALE CIVIL__V1__SEX__SEX_FEMALE
#define MALE   CIVIL__V1__SEX__SEX_MALE

static struct reg *reg;
static struct id mother;
static struct reg_case birth;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	const struct reg_part parts[] = { { ROLE(CHILD), NULL },
		                          { ROLE(MOTHER), &mother },
		                          { 0, NULL } };

	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1998-04-12", "070803");
	reg_on(reg, "2026-03-05");
	birth = reg_case_begin(reg, KIND_BIRTH, parts);
}

static void teardown(void)
{
	reg_end(reg);
}

START_TEST(s07_mandatory_fields_and_limits_are_kept)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-02");

	content->birth->sex = 0;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S07");
	ck_assert_str_eq(reg->result.verdict.findings[0]->path, "content.birth.sex");
	content->birth->sex = MALE;
	content->birth->weight_g = 15001;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S07");
	content->birth->weight_g = 15000;
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s07_class_and_step_fit_the_content)
{
	ck_assert_str_eq(reg_offer(reg, "K.070803", KIND_BIRTH,
	                           CIVIL__V1__EVENT_STEP__EVENT_STEP_VERIFIED, NULL, birth.parts,
	                           reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S02 S06 S07");
	ck_assert_str_eq(reg_offer(reg, "K.070803", KIND_DEATH,
	                           CIVIL__V1__EVENT_STEP__EVENT_STEP_DECLARED, NULL, birth.parts,
	                           reg_birth(reg, "សុភា", "2026-03-02")),
	                 "S07");
}
END_TEST

START_TEST(s07_a_marriage_of_the_dead_says_when_it_had_ended)
{
	struct id groom = reg_paper_person(reg, MALE, "វុទ្ធី", "1970-11-11", "070803");
	struct id bride = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1972-02-02", "070803");
	const struct reg_part deceased[] = { { ROLE(DECEASED), &groom }, { 0, NULL } };
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &groom },
		                           { ROLE(SPOUSE_B), &bride },
		                           { 0, NULL } };
	struct reg_case death = reg_case_begin(reg, KIND_DEATH, deceased);

	reg_on(reg, "2025-12-03");
	ck_assert_str_eq(reg_declare(reg, &death, "K.070803", reg_death(reg, "2025-12-01")), "");
	ck_assert_str_eq(reg_register(reg, &death, "R.070803"), "");
	reg_on(reg, "2026-02-10");
	struct hash paper = reg_paper(reg, "070803");
	Civil__V1__Content *content = reg_linked(reg, &paper);
	Civil__V1__Marriage *marriage =
	        reg_marriage(reg, CIVIL__V1__MARRIAGE_FORM__MARRIAGE_FORM_CUSTOMARY, "1993-04-04",
	                     "070803")
	                ->marriage;

	content->legacy_linked->act_case = CIVIL__V1__LEGACY_LINKED__ACT_MARRIAGE;
	content->legacy_linked->marriage = marriage;
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, couple, content),
	                 "S07");
	marriage->already_ended = reg_new(reg, &civil__v1__already_ended__descriptor);
	marriage->already_ended->on = reg_date(reg, "2025-12-01");
	marriage->already_ended->reason = CIVIL__V1__END_REASON__END_REASON_DEATH;
	marriage->already_ended->act = reg_bytes(reg, bytes_of_hash(&death.registered));
	ck_assert_str_eq(reg_act(reg, "V.0708+R.070803", KIND_LEGACY_LINKED, couple, content), "");
}
END_TEST

START_TEST(s08_names_are_written_as_section_h_says)
{
	Civil__V1__Content *content = reg_birth(reg, "Sophea", "2026-03-02");

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S08");
	content->birth->name->km_given = reg_text(reg, "សុភា ");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S08");
	content->birth->name->km_given = reg_text(reg, "");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S08");
	content->birth->name->km_given = reg_text(reg, "សុភា");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s09_nothing_happens_after_it_was_declared)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-06");

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S09");
	content->birth->date_of_birth = reg_partial(reg, "2026-03-05");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s09_a_year_that_has_not_ended_is_undecided)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026");

	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S09?");
	reg_override(reg, content, "S09");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S09?");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803+V2.0708", content), "");
}
END_TEST

START_TEST(s09_recording_may_lag_a_day_behind_the_office)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-02");

	content->common->date_of_declaration = reg_date(reg, "2026-03-07");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S09");
	content->common->date_of_declaration = reg_date(reg, "2026-03-06");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	ck_assert_str_eq(reg_verify(reg, &birth, "V.0708"), "");
	content = reg_registration(reg, &birth);
	ck_assert_str_eq(reg_register_as(reg, &birth, "R.070803", content), "S09");
	content->registration->date_of_registration = reg_date(reg, "2026-03-07");
	ck_assert_str_eq(reg_register_as(reg, &birth, "R.070803", content), "S09");
	content->registration->date_of_registration->month = 13; /* no day: nothing to compare */
	ck_assert_str_eq(reg_register_as(reg, &birth, "R.070803", content), "S07");
	content->registration->date_of_registration = reg_date(reg, "2026-03-06");
	ck_assert_str_eq(reg_register_as(reg, &birth, "R.070803", content), "");
}
END_TEST

START_TEST(s09_law_may_be_published_before_it_takes_effect)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CIVIL__V1__CONTENT__KIND_RULESET_PUBLISHED;
	content->ruleset_published = reg_new(reg, &civil__v1__ruleset_published__descriptor);
	content->ruleset_published->rule_set = ground_rule_set(reg, "KH-2024");
	content->ruleset_published->rule_set->version = reg_text(reg, "KH-2027");
	content->ruleset_published->rule_set->effective_on = reg_date(reg, "2027-01-01");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_RULESET_PUBLISHED, NULL, content), "");
}
END_TEST

START_TEST(s09_a_decision_is_not_final_before_it_was_made)
{
	const struct reg_part parts[] = { { ROLE(SUBJECT), &mother }, { 0, NULL } };
	Civil__V1__Content *content =
	        reg_decision(reg, "2026-03-05", "correction", &mother, NULL, NULL);

	content->court_decision->date_final = reg_date(reg, "2026-03-04");
	ck_assert_str_eq(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, parts, content), "S09");
	content->court_decision->date_final = reg_date(reg, "2026-03-05");
	ck_assert_str_eq(reg_act(reg, "CC.court-14", KIND_COURT_DECISION, parts, content), "");
}
END_TEST

START_TEST(s10_areas_are_of_the_gazetteer_of_their_day)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2026-03-02");

	content->birth->place_of_birth = reg_place(reg, "070801", "KH-H");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S10");
	content->birth->place_of_birth = reg_place(reg, "070809", "KH-2014");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S10");
	content->birth->place_of_birth = reg_place(reg, "070801", "KH-2099");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S10");
	content->birth->place_of_birth = reg_place(reg, "070801", "KH-2014");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s10_the_last_day_of_a_gazetteer_is_its_own)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "2013-12-31");

	birth.parts[1] = (struct reg_part){ 0, NULL };
	reg_mother_told(reg, content->birth, "1990");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
	content->birth->date_of_birth = reg_partial(reg, "2014-01-01");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S10");
}
END_TEST

START_TEST(s10_where_a_child_will_live_is_said_on_the_day_of_declaration)
{
	Civil__V1__Content *content = reg_birth(reg, "សុភា", "1999");

	birth.parts[1] = (struct reg_part){ 0, NULL };
	reg_mother_told(reg, content->birth, "1970");
	content->birth->child_address->gazetteer = reg_text(reg, "KH-H");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "S10");
	content->birth->child_address->gazetteer = reg_text(reg, "KH-2014");
	ck_assert_str_eq(reg_declare(reg, &birth, "K.070803", content), "");
}
END_TEST

START_TEST(s10_an_office_opens_for_areas_that_exist)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__OfficeOpened *opened = reg_new(reg, &civil__v1__office_opened__descriptor);

	content->kind_case = CIVIL__V1__CONTENT__KIND_OFFICE_OPENED;
	content->office_opened = opened;
	opened->office_id = reg_text(reg, "kampot-new");
	opened->sort = CIVIL__V1__OFFICE_SORT__OFFICE_SORT_COMMUNE;
	opened->date = reg_date(reg, reg->today);
	opened->areas = arena_array(&reg->arena, 1, sizeof(*opened->areas));
	opened->areas[0] = reg_text(reg, "070899");
	opened->n_areas = 1;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_OFFICE_OPENED, NULL, content), "S10");
	opened->areas[0] = reg_text(reg, "0708");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_OFFICE_OPENED, NULL, content), "");
}
END_TEST

START_TEST(s10_a_notified_place_exists_too)
{
	ck_assert_str_eq(reg_notify(reg, &birth, "N.hosp-0708", "2026-03-02", "070899"), "S10");
	ck_assert_str_eq(reg_notify(reg, &birth, "N.hosp-0708", "2026-03-02", "070801"), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S07, RULE_S08, RULE_S09, RULE_S10, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("structure_content");
	TCase *tcase = tcase_create("structure_content");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s07_mandatory_fields_and_limits_are_kept);
	tcase_add_test(tcase, s07_class_and_step_fit_the_content);
	tcase_add_test(tcase, s07_a_marriage_of_the_dead_says_when_it_had_ended);
	tcase_add_test(tcase, s08_names_are_written_as_section_h_says);
	tcase_add_test(tcase, s09_nothing_happens_after_it_was_declared);
	tcase_add_test(tcase, s09_a_year_that_has_not_ended_is_undecided);
	tcase_add_test(tcase, s09_recording_may_lag_a_day_behind_the_office);
	tcase_add_test(tcase, s09_law_may_be_published_before_it_takes_effect);
	tcase_add_test(tcase, s09_a_decision_is_not_final_before_it_was_made);
	tcase_add_test(tcase, s10_areas_are_of_the_gazetteer_of_their_day);
	tcase_add_test(tcase, s10_the_last_day_of_a_gazetteer_is_its_own);
	tcase_add_test(tcase, s10_where_a_child_will_live_is_said_on_the_day_of_declaration);
	tcase_add_test(tcase, s10_an_office_opens_for_areas_that_exist);
	tcase_add_test(tcase, s10_a_notified_place_exists_too);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
