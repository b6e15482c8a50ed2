/* Goal: an act means whom its ids stand for: of either id the same is true, a paper's identity
 * keeps what it won, and what an unmerge moves is read with whom it was moved to.
 * Method: two identities, acts under the one and under the other, the answers compared. */
#include "ledger/person/persona.h"
#include "tests/support/register_content.h"
#include "tests/support/register_filiation.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE   CIVIL__V1__SEX__SEX_FEMALE
#define MALE     CIVIL__V1__SEX__SEX_MALE
#define GROUP(n) CIVIL__V1__MERGE_GROUP__MERGE_GROUP_##n
#define SIDE(n)  CIVIL__V1__MERGE_SIDE__MERGE_SIDE_##n
#define CASE(n)  CIVIL__V1__CONTENT__KIND_##n

static struct reg *reg;
static struct id first;
static struct id second;

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	first = reg_paper_person(reg, MALE, "វុទ្ធី", "1988-02-02", "070803");
	second = reg_paper_person(reg, MALE, "វុទ្ធី", "1992-02-02", "070803");
	reg_on(reg, "2026-06-01");
}

static void teardown(void)
{
	reg_end(reg);
}

static const struct reg_part *two(Civil__V1__SubjectRole role_a, const struct id *a,
                                  Civil__V1__SubjectRole role_b, const struct id *b)
{
	static struct reg_part parts[3];

	parts[0] = (struct reg_part){ role_a, a };
	parts[1] = (struct reg_part){ role_b, b };
	parts[2] = (struct reg_part){ 0, NULL };
	return parts;
}

/* One side wins in every group. */
static Civil__V1__Content *merge(Civil__V1__MergeSide winner)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Merge *act = reg_new(reg, &civil__v1__merge__descriptor);

	content->kind_case = CASE(MERGE);
	content->merge = act;
	act->review_file = reg_text(reg, "r-1");
	act->winners = arena_array(&reg->arena, GROUP(NATIONALITY), sizeof(*act->winners));
	for (int group = GROUP(NAMES); group <= GROUP(NATIONALITY); group++) {
		Civil__V1__MergeWinner *side = reg_new(reg, &civil__v1__merge_winner__descriptor);

		side->group = (Civil__V1__MergeGroup)group;
		side->winner = winner;
		act->winners[act->n_winners] = side;
		act->n_winners++;
	}
	return content;
}

static struct hash merged(const struct id *survivor, const struct id *absorbed,
                          Civil__V1__MergeSide winner)
{
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_MERGE,
	                         two(ROLE(SURVIVOR), survivor, ROLE(ABSORBED), absorbed),
	                         merge(winner)),
	                 "");
	return reg_event(reg);
}

static Civil__V1__Content *unmerge(const struct hash *target)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CASE(UNMERGE);
	content->unmerge = reg_new(reg, &civil__v1__unmerge__descriptor);
	content->unmerge->target = reg_bytes(reg, bytes_of_hash(target));
	content->unmerge->date = reg_date(reg, reg->today);
	return content;
}

static const char *suspect(const struct id *a, const struct id *b)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DuplicateSuspected *act =
	        reg_new(reg, &civil__v1__duplicate_suspected__descriptor);

	content->kind_case = CASE(DUPLICATE_SUSPECTED);
	content->duplicate_suspected = act;
	act->rule = reg_text(reg, "p05");
	act->fields = arena_array(&reg->arena, 1, sizeof(char *));
	act->fields[0] = reg_text(reg, "name");
	act->n_fields = 1;
	act->date = reg_date(reg, reg->today);
	return reg_act(reg, "V.0708", KIND_DUPLICATE_SUSPECTED,
	               two(ROLE(SUBJECT), a, ROLE(SUBJECT), b), content);
}

static const char *clear(const struct id *a, const struct id *b)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CASE(DUPLICATE_CLEARED);
	content->duplicate_cleared = reg_new(reg, &civil__v1__duplicate_cleared__descriptor);
	content->duplicate_cleared->reason = reg_text(reg, "twins");
	content->duplicate_cleared->date = reg_date(reg, reg->today);
	return reg_act(reg, "V2.0708", KIND_DUPLICATE_CLEARED,
	               two(ROLE(SUBJECT), a, ROLE(SUBJECT), b), content);
}

START_TEST(s14_a_pair_is_the_two_persons_whatever_ids_name_them)
{
	struct id third = reg_paper_person(reg, MALE, "ដារា", "1985-05-05", "070803");

	ck_assert_str_eq(suspect(&second, &third), "");
	ck_assert_str_eq(clear(&first, &third), "S14"); /* another pair, still */
	(void)merged(&first, &second, SIDE(SURVIVOR));
	ck_assert_str_eq(clear(&first, &third), "");
	ck_assert_uint_eq(reg_state(reg, &first)->n_suspicions, 0);
	ck_assert_uint_eq(reg_state(reg, &third)->n_suspicions, 0);
	ck_assert_str_eq(suspect(&third, &second), "S14");
	ck_assert_str_eq(clear(&first, &second), "S16"); /* S14 has nothing to say */
}
END_TEST

START_TEST(s16_a_court_orders_about_either_id)
{
	(void)merged(&first, &second, SIDE(SURVIVOR));
	(void)reg_decided(reg, "2026-06-01", "divorce", &second, NULL, NULL);
	ck_assert_uint_eq(reg_size(reg), reg_state(reg, &first)->version);
}
END_TEST

START_TEST(s16_an_unmerge_names_the_two_of_its_merge)
{
	struct id third = reg_paper_person(reg, MALE, "វុទ្ធី", "1990-02-02", "070803");
	struct hash act = merged(&first, &second, SIDE(SURVIVOR));

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE,
	                         two(ROLE(SURVIVOR), &first, ROLE(ABSORBED), &third),
	                         unmerge(&act)),
	                 "S16");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE,
	                         two(ROLE(SURVIVOR), &second, ROLE(ABSORBED), &first),
	                         unmerge(&act)),
	                 "S16");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE,
	                         two(ROLE(SURVIVOR), &first, ROLE(ABSORBED), &second),
	                         unmerge(&act)),
	                 "");
}
END_TEST

START_TEST(a_death_under_the_other_id_leaves_a_widow)
{
	struct id bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1990-01-01", "070803");
	struct reg_case c;

	(void)reg_paper_marriage(reg, &first, &bride, "2015-03-03", "070803");
	struct hash act = merged(&first, &second, SIDE(SURVIVOR));
	c = reg_case_begin(reg, KIND_DEATH,
	                   two(ROLE(DECEASED), &second, ROLE(SURVIVING_SPOUSE), &bride));
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, "2026-05-30")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	ck_assert_int_eq(reg_state(reg, &bride)->civil_status->status,
	                 CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_WIDOWED);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE,
	                         two(ROLE(SURVIVOR), &first, ROLE(ABSORBED), &second),
	                         unmerge(&act)),
	                 "");
	ck_assert_int_eq(reg_state(reg, &bride)->civil_status->status,
	                 CIVIL__V1__CIVIL_STATUS__CIVIL_STATUS_WIDOWED); /* nobody names her */
}
END_TEST

START_TEST(papers_are_cancelled_on_the_day_of_the_record)
{
	(void)reg_card(reg, &first, "C1", "2026-05-01");
	Civil__V1__Content *content = merge(SIDE(SURVIVOR));

	content->common->date_of_declaration = reg_date(reg, "2026-05-20");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_MERGE,
	                         two(ROLE(SURVIVOR), &first, ROLE(ABSORBED), &second), content),
	                 "");
	ck_assert_int_eq(reg_state(reg, &first)->documents[0]->status_since->day, 1);
	ck_assert_int_eq(reg_state(reg, &first)->documents[0]->status_since->month, 6);
}
END_TEST

static struct id foreigner(void)
{
	static const struct reg_part new_subject[] = { { ROLE(SUBJECT), NULL }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ForeignerEnrolled *act =
	        reg_new(reg, &civil__v1__foreigner_enrolled__descriptor);

	content->kind_case = CASE(FOREIGNER_ENROLLED);
	content->foreigner_enrolled = act;
	act->person = reg_new(reg, &civil__v1__new_person__descriptor);
	act->person->role = ROLE(SUBJECT);
	act->person->name = reg_name(reg, "អាន", "Anh");
	act->person->sex = MALE;
	act->person->birth = reg_partial(reg, "1990");
	act->nationalities = arena_array(&reg->arena, 1, sizeof(*act->nationalities));
	act->nationalities[0] = reg_text(reg, "VNM");
	act->n_nationalities = 1;
	act->passport_number = reg_text(reg, "B1234567");
	act->country = reg_text(reg, "VNM");
	act->address = reg_address(reg, "07080301", "KH-2014");
	act->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "IM.immigration+R.070803", KIND_FOREIGNER_ENROLLED,
	                         new_subject, content),
	                 "");
	return reg_created(reg);
}

START_TEST(what_a_paper_told_stands_when_it_wins_over_a_birth)
{
	struct id alien = foreigner();

	(void)merged(&first, &alien, SIDE(ABSORBED));
	const Civil__V1__PersonState *state = reg_state(reg, &alien);

	ck_assert_uint_eq(state->n_names, 2);
	ck_assert_str_eq(state->names[0]->name->km_given, "អាន");
	ck_assert_int_eq(state->birth->date->year, 1990);
	ck_assert_uint_eq(state->n_nationalities, 1);
	ck_assert_str_eq(state->nationalities[0]->country, "VNM");
}
END_TEST

START_TEST(an_enrolment_that_lost_gives_no_nationality)
{
	struct id alien = foreigner();

	(void)merged(&first, &alien, SIDE(SURVIVOR));
	const Civil__V1__PersonState *state = reg_state(reg, &first);

	ck_assert_uint_eq(state->n_nationalities, 1);
	ck_assert_str_eq(state->nationalities[0]->country, "KHM");
	ck_assert_int_eq(state->names[1]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_ALIAS);
}
END_TEST

START_TEST(p03_a_merged_child_was_born_once)
{
	struct id mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1970-01-01", "070803");
	struct id child = reg_paper_child(reg, MALE, "សុភា", "1992-03-03", "070803", &mother);
	struct id again = reg_paper_child(reg, MALE, "ដារា", "1995-03-03", "070803", &mother);

	(void)merged(&child, &again, SIDE(SURVIVOR));
	struct id other = reg_paper_child(reg, MALE, "វុទ្ធី", "1995-06-06", "070803", &mother);

	ck_assert_uint_eq(reg_state(reg, &other)->n_parents, 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("persona");
	TCase *tcase = tcase_create("persona");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, s14_a_pair_is_the_two_persons_whatever_ids_name_them);
	tcase_add_test(tcase, s16_a_court_orders_about_either_id);
	tcase_add_test(tcase, s16_an_unmerge_names_the_two_of_its_merge);
	tcase_add_test(tcase, a_death_under_the_other_id_leaves_a_widow);
	tcase_add_test(tcase, papers_are_cancelled_on_the_day_of_the_record);
	tcase_add_test(tcase, what_a_paper_told_stands_when_it_wins_over_a_birth);
	tcase_add_test(tcase, an_enrolment_that_lost_gives_no_nationality);
	tcase_add_test(tcase, p03_a_merged_child_was_born_once);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
