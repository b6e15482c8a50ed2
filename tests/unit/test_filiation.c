/* Goal: parents come by recognition and by decision of a court, never in a circle, never beside
 * another in the same place, and a child becomes legitimate by the marriage of both.
 * Method: a mother with a child whose father is unknown; each act refused in one respect and then
 * accepted; the child's state before and after. */
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE      CIVIL__V1__SEX__SEX_FEMALE
#define MALE        CIVIL__V1__SEX__SEX_MALE
#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name
#define CASE(name)  CIVIL__V1__CONTENT__KIND_##name

static struct reg *reg;
static struct id mother;
static struct id father;
static struct id child;
static struct reg_part family[4];
static struct reg_part of_father[3];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1999-09-09", "070803");
	father = reg_paper_person(reg, MALE, "វុទ្ធី", "1990-01-10", "070803");
	(void)reg_reside(reg, &mother, "07080301", "2020-02-10");
	child = reg_born(reg, "ពិសិដ្ឋ", "2020-06-06", &mother, NULL);
	family[0] = (struct reg_part){ ROLE(CHILD), &child };
	family[1] = (struct reg_part){ ROLE(MOTHER), &mother };
	family[2] = (struct reg_part){ ROLE(FATHER), &father };
	family[3] = (struct reg_part){ 0, NULL };
	of_father[0] = family[0];
	of_father[1] = family[2];
	of_father[2] = family[3];
	reg_on(reg, "2026-02-02");
}

static void teardown(void)
{
	reg_end(reg);
}

static Civil__V1__Content *recognition(Civil__V1__SubjectRole role, const char *on)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Recognition *act = reg_new(reg, &civil__v1__recognition__descriptor);

	content->kind_case = CASE(RECOGNITION);
	content->recognition = act;
	act->date = reg_date(reg, on);
	act->parent_role = role;
	act->form = CIVIL__V1__RECOGNITION_FORM__RECOGNITION_FORM_BEFORE_REGISTRAR;
	act->mother_consent = role == ROLE(FATHER);
	return content;
}

static const char *recognise(const struct reg_part *parts, Civil__V1__Content *content)
{
	return reg_act(reg, "R.070803", KIND_RECOGNITION, parts, content);
}

/* The court removes and sets one parent of a role; either may be NULL. */
static Civil__V1__Content *parentage(Civil__V1__SubjectRole role, const struct id *removed,
                                     const struct id *set, const struct hash *decision)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ParentageSet *act = reg_new(reg, &civil__v1__parentage_set__descriptor);
	const struct id *persons[] = { removed, set };
	Civil__V1__ParentLink **links[2];

	content->kind_case = CASE(PARENTAGE_SET);
	content->parentage_set = act;
	act->date_final = reg_date(reg, "2026-02-02");
	act->decision = reg_bytes(reg, bytes_of_hash(decision));
	for (size_t i = 0; i < 2; i++) {
		links[i] = arena_array(&reg->arena, 1, sizeof(*links[i]));
		links[i][0] = reg_new(reg, &civil__v1__parent_link__descriptor);
		links[i][0]->role = role;
		if (persons[i] != NULL) {
			links[i][0]->person_id = reg_bytes(reg, bytes_of_id(persons[i]));
		}
	}
	act->remove = links[0];
	act->n_remove = removed != NULL;
	act->set = links[1];
	act->n_set = set != NULL;
	return content;
}

static const char *set_parents(const struct reg_part *parts, Civil__V1__Content *content)
{
	return reg_act(reg, "R.140101", KIND_PARENTAGE_SET, parts, content);
}

static Civil__V1__Content *legitimation(const struct hash *marriage)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Legitimation *act = reg_new(reg, &civil__v1__legitimation__descriptor);

	content->kind_case = CASE(LEGITIMATION);
	content->legitimation = act;
	act->marriage = reg_bytes(reg, bytes_of_hash(marriage));
	act->date = reg_date(reg, "2026-02-02");
	return content;
}

static const char *legitimate(const struct hash *marriage)
{
	return reg_act(reg, "R.070803", KIND_LEGITIMATION, family, legitimation(marriage));
}

static const Civil__V1__PersonParent *parent_of(const struct id *person,
                                                Civil__V1__SubjectRole role)
{
	const Civil__V1__PersonState *state = reg_state(reg, person);
	const Civil__V1__PersonParent *found = NULL;

	for (size_t i = 0; i < state->n_parents; i++) {
		if (state->parents[i]->role == role) {
			ck_assert_ptr_null(found);
			found = state->parents[i];
		}
	}
	return found;
}

static void ck_assert_parent(Civil__V1__SubjectRole role, const struct id *person,
                             Civil__V1__ParentBasis basis)
{
	const Civil__V1__PersonParent *parent = parent_of(&child, role);

	ck_assert_ptr_nonnull(parent);
	ck_assert_mem_eq(parent->person_id.data, person->bytes, ID_BYTES);
	ck_assert_int_eq(parent->basis, basis);
}

START_TEST(who_recognises_a_child_is_a_parent_from_its_birth)
{
	Civil__V1__Content *content = recognition(ROLE(FATHER), "2026-02-01");

	content->recognition->new_name = reg_name(reg, "វិសាល", "Visal");
	ck_assert_str_eq(recognise(of_father, content), "");
	ck_assert_parent(ROLE(FATHER), &father, BASIS(RECOGNISED));
	ck_assert_parent(ROLE(MOTHER), &mother, BASIS(BIRTH));
	const Civil__V1__PersonParent *edge = parent_of(&child, ROLE(FATHER));
	struct hash act = reg_event(reg);

	ck_assert_int_eq(edge->provenance->valid_from->year, 2020);
	ck_assert_mem_eq(edge->act.data, act.bytes, HASH_BYTES);
	const Civil__V1__PersonState *state = reg_state(reg, &child);
	ck_assert_uint_eq(state->n_names, 2);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert_int_eq(state->names[0]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED);
	ck_assert_int_eq(state->names[1]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_FORMER);
	ck_assert_int_eq(state->names[1]->provenance->valid_to->year, 2026);
	ck_assert_uint_eq(reg_state(reg, &father)->n_children, 1);
}
END_TEST

START_TEST(the_registrar_of_a_home_signs)
{
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_RECOGNITION, of_father,
	                         recognition(ROLE(FATHER), "2026-02-01")),
	                 "S03");
	ck_assert_str_eq(reg_act(reg, "K.070803", KIND_RECOGNITION, of_father,
	                         recognition(ROLE(FATHER), "2026-02-01")),
	                 "S02");
}
END_TEST

START_TEST(l20_nobody_is_recognised_beside_another_father)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");

	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	of_father[1].person = &other;
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "L20");
	of_father[1].person = &father; /* again: nothing changes */
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	ck_assert_parent(ROLE(FATHER), &father, BASIS(RECOGNISED));
}
END_TEST

START_TEST(l21_a_living_mother_consents)
{
	Civil__V1__Content *content = recognition(ROLE(FATHER), "2026-02-01");

	content->recognition->mother_consent = false;
	ck_assert_str_eq(recognise(of_father, content), "L21");
	reg_on(reg, "2026-02-03");
	struct hash decision = reg_decided(reg, "2026-02-01", "recognition", &child, &father, NULL);
	content = recognition(ROLE(FATHER), "2026-02-01");
	content->recognition->mother_consent = false;
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(recognise(of_father, content), "L21");
	reg_override(reg, content, "L21");
	ck_assert_str_eq(recognise(of_father, content), "");
}
END_TEST

START_TEST(l21_a_dead_mother_is_not_asked)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &mother }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);
	Civil__V1__Content *content;

	reg_on(reg, "2026-02-04");
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, "2026-02-03")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	content = recognition(ROLE(FATHER), "2026-02-03");
	content->recognition->mother_consent = false;
	ck_assert_str_eq(recognise(of_father, content), "L21");
	content = recognition(ROLE(FATHER), "2026-02-04");
	content->recognition->mother_consent = false;
	ck_assert_str_eq(recognise(of_father, content), "");
}
END_TEST

START_TEST(s17_nobody_is_the_parent_of_an_ascendant)
{
	struct id grandmother = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1975-01-01", "070803");
	struct reg_part parts[] = { { ROLE(CHILD), &mother },
		                    { ROLE(MOTHER), &child },
		                    { 0, NULL } };
	struct hash decision =
	        reg_decided(reg, "2026-02-02", "parentage_set", &mother, &child, NULL);

	ck_assert_str_eq(set_parents(parts, parentage(ROLE(MOTHER), NULL, &child, &decision)),
	                 "S17");
	parts[1].role = ROLE(FATHER);
	ck_assert_str_eq(recognise(parts, recognition(ROLE(FATHER), "2026-02-01")), "S17 S23");
	parts[1] = (struct reg_part){ ROLE(MOTHER), &grandmother };
	ck_assert_str_eq(recognise(parts, recognition(ROLE(MOTHER), "2026-02-01")), "");
}
END_TEST

START_TEST(s23_and_p02_count_from_the_birth_of_the_child)
{
	static const struct {
		const char *born;
		const char *answer;
	} ages[] = {
		{ "2010-06-07", "S23" }, /* nine years and 364 days */
		{ "2010-06-06", "P02" }, /* ten years */
		{ "2007-06-07", "P02" },
		{ "2007-06-06", "" }, /* thirteen */
	};

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct id boy = reg_paper_person(reg, MALE, "ដារា", ages[i].born, "070803");

		reg_on(reg, "2026-02-02");
		of_father[1].person = &boy;
		ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")),
		                 ages[i].answer);
	}
}
END_TEST

START_TEST(a_dispute_marks_the_edges_that_it_names)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__ParentageDisputed *act =
	        reg_new(reg, &civil__v1__parentage_disputed__descriptor);
	struct hash decision = reg_decided(reg, "2026-02-02", "parentage_set", &child, NULL, NULL);

	content->kind_case = CASE(PARENTAGE_DISPUTED);
	content->parentage_disputed = act;
	act->date = reg_date(reg, "2026-02-02");
	act->court = reg_text(reg, "court-07");
	act->case_number = reg_text(reg, "1");
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	ck_assert_str_eq(reg_act(reg, "R.070803", KIND_PARENTAGE_DISPUTED, of_father, content),
	                 "S02");
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_PARENTAGE_DISPUTED, of_father, content),
	                 "");
	ck_assert(parent_of(&child, ROLE(FATHER))->disputed);
	ck_assert(!parent_of(&child, ROLE(MOTHER))->disputed);
	of_father[1] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_PARENTAGE_DISPUTED, of_father, content),
	                 "");
	ck_assert(parent_of(&child, ROLE(MOTHER))->disputed);
	ck_assert_str_eq(set_parents(of_father, parentage(ROLE(FATHER), &father, NULL, &decision)),
	                 "");
	ck_assert_ptr_null(parent_of(&child, ROLE(FATHER)));
	ck_assert(!parent_of(&child, ROLE(MOTHER))->disputed);
}
END_TEST

START_TEST(l09_a_court_says_who_the_parents_are)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");
	struct hash none = { { 7 } };
	struct hash decision =
	        reg_decided(reg, "2026-02-02", "parentage_set", &child, &other, NULL);

	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	of_father[1].person = &other;
	ck_assert_str_eq(set_parents(of_father, parentage(ROLE(FATHER), &father, &other, &none)),
	                 "L09");
	ck_assert_str_eq(set_parents(of_father, parentage(ROLE(FATHER), NULL, &father, &decision)),
	                 "S07");
	ck_assert_str_eq(
	        set_parents(of_father, parentage(ROLE(FATHER), &father, &other, &decision)), "");
	ck_assert_parent(ROLE(FATHER), &other, BASIS(COURT));
	ck_assert_int_eq(parent_of(&child, ROLE(FATHER))->provenance->certainty,
	                 CIVIL__V1__CERTAINTY__CERTAINTY_COURT);
	ck_assert_parent(ROLE(MOTHER), &mother, BASIS(BIRTH));
}
END_TEST

START_TEST(whom_a_court_sets_takes_the_place_of_another)
{
	struct hash decision =
	        reg_decided(reg, "2026-02-02", "parentage_set", &child, &father, NULL);
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");

	of_father[1].person = &other;
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	of_father[1].person = &father;
	ck_assert_str_eq(set_parents(of_father, parentage(ROLE(FATHER), NULL, &father, &decision)),
	                 "");
	ck_assert_parent(ROLE(FATHER), &father, BASIS(COURT));
}
END_TEST

START_TEST(s13_the_marriage_of_both_parents_makes_legitimate)
{
	struct id bride = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1991-01-01", "070803");
	struct id groom = reg_paper_person(reg, MALE, "ដារា", "1980-01-01", "070803");
	struct hash elsewhere = reg_paper_marriage(reg, &groom, &bride, "2015-01-01", "070803");
	struct hash wedding = reg_paper_marriage(reg, &father, &mother, "2019-12-01", "070803");

	reg_on(reg, "2026-02-02");
	ck_assert_str_eq(legitimate(&wedding), "S13"); /* he is no father yet */
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	struct hash recognised = reg_event(reg);

	ck_assert_str_eq(legitimate(&recognised), "S13");
	ck_assert_str_eq(legitimate(&elsewhere), "S13");
	ck_assert_ptr_null(reg_state(reg, &child)->legitimation);
	ck_assert_str_eq(legitimate(&wedding), "");
	ck_assert_ptr_nonnull(reg_state(reg, &child)->legitimation);
}
END_TEST

START_TEST(s14_an_ended_marriage_makes_nobody_legitimate)
{
	struct hash marriage = reg_paper_marriage(reg, &father, &mother, "2019-12-01", "070803");

	reg_on(reg, "2026-02-02");
	struct hash decision = reg_decided(reg, "2026-02-01", "divorce", &father, &mother, NULL);
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), &father },
		                           { ROLE(SPOUSE_B), &mother },
		                           { 0, NULL } };
	ck_assert_str_eq(recognise(of_father, recognition(ROLE(FATHER), "2026-02-01")), "");
	ck_assert_str_eq(reg_act(reg, "R.140101", KIND_DIVORCE, couple,
	                         reg_divorce(reg, &marriage, &decision, "2026-02-01")),
	                 "");
	ck_assert_str_eq(legitimate(&marriage), "S14");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S17, RULE_S23, RULE_L20,
		                              RULE_L21, RULE_P02, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("filiation");
	TCase *tcase = tcase_create("filiation");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, who_recognises_a_child_is_a_parent_from_its_birth);
	tcase_add_test(tcase, the_registrar_of_a_home_signs);
	tcase_add_test(tcase, l20_nobody_is_recognised_beside_another_father);
	tcase_add_test(tcase, l21_a_living_mother_consents);
	tcase_add_test(tcase, l21_a_dead_mother_is_not_asked);
	tcase_add_test(tcase, s17_nobody_is_the_parent_of_an_ascendant);
	tcase_add_test(tcase, s23_and_p02_count_from_the_birth_of_the_child);
	tcase_add_test(tcase, a_dispute_marks_the_edges_that_it_names);
	tcase_add_test(tcase, l09_a_court_says_who_the_parents_are);
	tcase_add_test(tcase, whom_a_court_sets_takes_the_place_of_another);
	tcase_add_test(tcase, s13_the_marriage_of_both_parents_makes_legitimate);
	tcase_add_test(tcase, s14_an_ended_marriage_makes_nobody_legitimate);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
