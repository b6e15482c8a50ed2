/* Goal: adopters become parents by decision of a court, in the place of all others or beside them;
 * the end of an adoption gives the earlier ones back; kin by blood and by adoption do not marry.
 * Method: a mother's child adopted by a couple; each act refused in one respect and then accepted;
 * the child's state on the days around, and weddings of brothers and sisters of both sorts. */
#include "ledger/person/state.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_filiation.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE      CIVIL__V1__SEX__SEX_FEMALE
#define MALE        CIVIL__V1__SEX__SEX_MALE
#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name
#define FORM(name)  CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_##name

static struct reg *reg;
static struct id mother;
static struct id wife;
static struct id husband;
static struct id child;
static struct reg_part parts[4];

static void setup(void)
{
	reg = reg_begin();
	ground_lay(reg);
	mother = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1980-09-09", "070803");
	wife = reg_paper_person(reg, FEMALE, "ស៊ីណា", "1978-08-08", "140101");
	husband = reg_paper_person(reg, MALE, "វុទ្ធី", "1976-06-06", "140101");
	child = reg_paper_child(reg, MALE, "ពិសិដ្ឋ", "2005-06-06", "070803", &mother);
	parts[0] = (struct reg_part){ ROLE(CHILD), &child };
	parts[1] = (struct reg_part){ ROLE(ADOPTER_A), &wife };
	parts[2] = (struct reg_part){ ROLE(ADOPTER_B), &husband };
	parts[3] = (struct reg_part){ 0, NULL };
	reg_on(reg, "2020-03-01");
}

static void teardown(void)
{
	reg_end(reg);
}

static struct hash decided(const char *kind, const struct hash *target)
{
	return reg_decided_for(reg, kind, parts, target);
}

static Civil__V1__Content *adoption(Civil__V1__AdoptionForm form, const struct hash *decision)
{
	return reg_adoption(reg, form, decision);
}

static const char *adopt(Civil__V1__Content *content)
{
	return reg_act(reg, "R.070803", KIND_ADOPTION, parts, content);
}

static struct hash adopted(Civil__V1__AdoptionForm form)
{
	return reg_adopted(reg, form, parts, NULL);
}

static const char *revoke(const struct hash *target)
{
	return reg_adoption_ended(reg, target, parts);
}

static const Civil__V1__PersonParent *edge(const Civil__V1__PersonState *state,
                                           const struct id *person)
{
	for (size_t i = 0; i < state->n_parents; i++) {
		if (memcmp(state->parents[i]->person_id.data, person->bytes, ID_BYTES) == 0) {
			return state->parents[i];
		}
	}
	ck_abort_msg("no such parent");
}

static const char *notice(const struct id *groom, const struct id *bride)
{
	const struct reg_part couple[] = { { ROLE(SPOUSE_A), groom },
		                           { ROLE(SPOUSE_B), bride },
		                           { 0, NULL } };

	return reg_act(reg, "R.070803", KIND_MARRIAGE_NOTICE, couple, reg_notice(reg, reg->today));
}

START_TEST(adopters_take_the_place_of_the_parents)
{
	struct hash decision = decided("adoption", NULL);
	Civil__V1__Content *content = adoption(FORM(FULL), &decision);

	content->adoption->new_name = reg_name(reg, "វិសាល", "Visal");
	ck_assert_str_eq(adopt(content), "");
	const Civil__V1__PersonState *state = reg_state(reg, &child);

	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_int_eq(edge(state, &wife)->role, ROLE(MOTHER));
	ck_assert_int_eq(edge(state, &husband)->role, ROLE(FATHER));
	ck_assert_int_eq(edge(state, &wife)->basis, BASIS(ADOPTIVE_FULL));
	ck_assert_int_eq(edge(state, &wife)->provenance->valid_from->year, 2020);
	ck_assert_uint_eq(state->n_former_parents, 1);
	ck_assert_mem_eq(state->former_parents[0]->person_id.data, mother.bytes, ID_BYTES);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert_uint_eq(reg_state(reg, &husband)->n_children, 1);
}
END_TEST

START_TEST(a_simple_adoption_adds_parents)
{
	(void)adopted(FORM(SIMPLE));
	const Civil__V1__PersonState *state = reg_state(reg, &child);

	ck_assert_uint_eq(state->n_parents, 3);
	ck_assert_uint_eq(state->n_former_parents, 0);
	ck_assert_int_eq(edge(state, &mother)->basis, BASIS(BIRTH));
	ck_assert_int_eq(edge(state, &husband)->basis, BASIS(ADOPTIVE_SIMPLE));
}
END_TEST

START_TEST(one_person_adopts_alone)
{
	parts[2] = (struct reg_part){ 0, NULL };
	(void)adopted(FORM(FULL));
	ck_assert_uint_eq(reg_state(reg, &child)->n_parents, 1);
}
END_TEST

START_TEST(l09_a_court_orders_it_for_these_persons)
{
	struct hash decision = decided("adoption", NULL);
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1975-01-01", "070803");

	reg_on(reg, "2020-03-01");
	ck_assert_str_eq(adopt(adoption(FORM(FULL), NULL)), "S07");
	parts[2].person = &other;
	ck_assert_str_eq(adopt(adoption(FORM(FULL), &decision)), "L09");
	parts[2].person = &husband;
	ck_assert_str_eq(adopt(adoption(FORM(FULL), &decision)), "");
}
END_TEST

START_TEST(s17_a_descendant_does_not_adopt)
{
	struct id grandchild = reg_paper_child(reg, FEMALE, "ដារា", "2019-01-01", "070803", &wife);

	reg_on(reg, "2020-03-01");
	parts[0].person = &wife;
	parts[1].person = &grandchild;
	parts[2] = (struct reg_part){ 0, NULL };
	struct hash decision = reg_decided(reg, "2020-03-01", "adoption", &wife, &grandchild, NULL);
	ck_assert_str_eq(adopt(adoption(FORM(SIMPLE), &decision)), "S17");
}
END_TEST

START_TEST(l03_a_dead_person_does_not_adopt)
{
	const struct reg_part deceased[] = { { ROLE(DECEASED), &husband }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_DEATH, deceased);
	struct hash decision;

	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_death(reg, "2020-02-29")), "");
	ck_assert_str_eq(reg_register(reg, &c, "R.070803"), "");
	decision = decided("adoption", NULL);
	ck_assert_str_eq(adopt(adoption(FORM(FULL), &decision)), "L03");
}
END_TEST

START_TEST(l21_a_child_of_fifteen_consents)
{
	struct hash decision;
	Civil__V1__Content *content;

	reg_on(reg, "2020-06-05");
	decision = decided("adoption", NULL);
	Civil__V1__Content *before = adoption(FORM(SIMPLE), &decision);

	reg_on(reg, "2020-06-06");
	content = adoption(FORM(SIMPLE), &decision);
	ck_assert_str_eq(adopt(content), "L21");
	content->adoption->consents = arena_array(&reg->arena, 1, sizeof(void *));
	content->adoption->consents[0] = reg_new(reg, &civil__v1__adoption_consent__descriptor);
	content->adoption->n_consents = 1;
	content->adoption->consents[0]->date = reg_date(reg, "2020-06-06");
	content->adoption->consents[0]->role = ROLE(MOTHER);
	ck_assert_str_eq(adopt(content), "L21");
	content->adoption->consents[0]->role = ROLE(CHILD);
	ck_assert_str_eq(adopt(content), "");
	ck_assert_str_eq(adopt(before), ""); /* fourteen, the day before */
}
END_TEST

START_TEST(l22_adopters_of_another_country_are_of_an_age)
{
	static const struct {
		const char *born; /* the child on 2005-06-06, the adoption on 2020-03-01 */
		const char *answer;
	} ages[] = {
		{ "1983-06-07", "L22" }, /* not quite 22 years older */
		{ "1983-06-06", "" },
		{ "1959-06-07", "" },
		{ "1959-06-06", "L22" }, /* 46 years older */
	};
	Civil__V1__Content *content;
	struct hash decision;

	for (size_t i = 0; i < sizeof(ages) / sizeof(ages[0]); i++) {
		struct id man = reg_paper_person(reg, MALE, "ដារា", ages[i].born, "070803");

		reg_on(reg, "2020-03-01");
		parts[2].person = &man;
		decision = decided("adoption", NULL);
		content = adoption(FORM(SIMPLE), &decision);
		content->adoption->inter_country = true;
		ck_assert_str_eq(adopt(content), ages[i].answer);
	}
	parts[2] = (struct reg_part){ 0, NULL };
	decision = decided("adoption", NULL);
	content = adoption(FORM(SIMPLE), &decision);
	content->adoption->inter_country = true;
	ck_assert_str_eq(adopt(content), "L22");
	reg_override(reg, content, "L22");
	ck_assert_str_eq(adopt(content), "");
}
END_TEST

START_TEST(l22_adopters_of_another_country_are_thirty)
{
	struct id young = reg_paper_child(reg, FEMALE, "ដារា", "2013-01-01", "070803", &mother);
	struct id man = reg_paper_person(reg, MALE, "ដារា", "1990-03-02", "070803");
	Civil__V1__Content *content;
	struct hash decision;

	parts[0].person = &young;
	child = young;
	parts[2].person = &man;
	reg_on(reg, "2020-03-01");
	decision = decided("adoption", NULL);
	content = adoption(FORM(SIMPLE), &decision);
	content->adoption->inter_country = true;
	ck_assert_str_eq(adopt(content), "L22");
	reg_on(reg, "2020-03-02");
	content->adoption->date_final = reg_date(reg, "2020-03-02");
	content->common->date_of_declaration = reg_date(reg, "2020-03-02");
	ck_assert_str_eq(adopt(content), "");
}
END_TEST

START_TEST(the_end_of_an_adoption_gives_the_parents_back)
{
	struct hash first = adopted(FORM(FULL));

	reg_on(reg, "2021-03-01");
	ck_assert_str_eq(revoke(&first), "");
	const Civil__V1__PersonState *state = reg_state(reg, &child);
	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_uint_eq(state->n_former_parents, 0);
	ck_assert_int_eq(edge(state, &mother)->basis, BASIS(BIRTH));
	ck_assert_ptr_null(edge(state, &mother)->provenance->valid_to);
	ck_assert_str_eq(revoke(&first), "S14");
}
END_TEST

START_TEST(s13_s14_s16_only_the_adoption_in_force_ends_for_all_of_it)
{
	struct hash first = adopted(FORM(FULL));
	struct hash decision = decided("adoption", NULL);

	ck_assert_str_eq(revoke(&decision), "S13");
	parts[2] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(revoke(&first), "S16");
	reg_on(reg, "2020-04-01");
	struct hash second = adopted(FORM(FULL));

	parts[2] = (struct reg_part){ ROLE(ADOPTER_B), &husband };
	ck_assert_str_eq(revoke(&first), "S14");
	parts[2] = (struct reg_part){ 0, NULL };
	ck_assert_str_eq(revoke(&second), "");
	parts[2] = (struct reg_part){ ROLE(ADOPTER_B), &husband };
	ck_assert_int_eq(edge(reg_state(reg, &child), &husband)->basis, BASIS(ADOPTIVE_FULL));
	ck_assert_str_eq(revoke(&first), "");
	ck_assert_ptr_nonnull(edge(reg_state(reg, &child), &mother));
}
END_TEST

START_TEST(s13_an_adoption_is_not_revoked_by_the_office)
{
	struct hash act = adopted(FORM(FULL));

	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_REVOCATION, parts, reg_revocation(reg, &act, false)),
	        "S13");
}
END_TEST

START_TEST(s07_the_form_of_an_adoption_is_not_corrected)
{
	struct hash act = adopted(FORM(FULL));
	struct hash decision = decided("correction", &act);
	Civil__V1__Content *content = reg_correction(reg, &act, true);
	reg_change(reg, content, "adoption.form", reg_value_text(reg, "ADOPTION_FORM_FULL"),
	           reg_value_text(reg, "ADOPTION_FORM_SIMPLE"));
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, parts, content), "S07");
	content = reg_correction(reg, &act, true);
	reg_change(reg, content, "adoption.authority", NULL, reg_value_text(reg, "Paris"));
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "R.070803+V.0708", KIND_CORRECTION, parts, content), "");
}
END_TEST

START_TEST(l06_kin_of_both_sorts_do_not_marry)
{
	struct id sister = reg_paper_child(reg, FEMALE, "ស៊ីណា", "2001-01-01", "070803", &mother);
	struct id other = reg_paper_child(reg, FEMALE, "ស៊ីណា", "2001-02-02", "140101", &wife);
	struct id stranger = reg_paper_person(reg, FEMALE, "ស៊ីណា", "2001-03-03", "070803");
	const struct id *brides[] = { &sister, &other, &stranger };

	(void)reg_reside(reg, &child, "07080301", "2020-02-10");
	reg_on(reg, "2020-03-01");
	(void)adopted(FORM(FULL));
	reg_on(reg, "2024-03-01");
	for (size_t i = 0; i < 3; i++) {
		ck_assert_str_eq(notice(&child, brides[i]), i < 2 ? "L06" : "");
	}
}
END_TEST

START_TEST(a_birth_stays_one_of_the_mother_who_gave_it)
{
	struct reg_part born[] = { { ROLE(CHILD), NULL }, { ROLE(MOTHER), &wife }, { 0, NULL } };
	struct reg_case c = reg_case_begin(reg, KIND_BIRTH, born);

	(void)reg_reside(reg, &wife, "07080301", "2020-02-10");
	reg_on(reg, "2020-03-01");
	(void)adopted(FORM(FULL));
	ck_assert_str_eq(reg_declare(reg, &c, "K.070803", reg_birth(reg, "ដារា", "2020-02-28")),
	                 "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S17, RULE_L06, RULE_L09,
		                              RULE_L21, RULE_L22, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("adoption");
	TCase *tcase = tcase_create("adoption");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, adopters_take_the_place_of_the_parents);
	tcase_add_test(tcase, a_simple_adoption_adds_parents);
	tcase_add_test(tcase, one_person_adopts_alone);
	tcase_add_test(tcase, l09_a_court_orders_it_for_these_persons);
	tcase_add_test(tcase, s17_a_descendant_does_not_adopt);
	tcase_add_test(tcase, l03_a_dead_person_does_not_adopt);
	tcase_add_test(tcase, l21_a_child_of_fifteen_consents);
	tcase_add_test(tcase, l22_adopters_of_another_country_are_of_an_age);
	tcase_add_test(tcase, l22_adopters_of_another_country_are_thirty);
	tcase_add_test(tcase, the_end_of_an_adoption_gives_the_parents_back);
	tcase_add_test(tcase, s13_s14_s16_only_the_adoption_in_force_ends_for_all_of_it);
	tcase_add_test(tcase, s13_an_adoption_is_not_revoked_by_the_office);
	tcase_add_test(tcase, s07_the_form_of_an_adoption_is_not_corrected);
	tcase_add_test(tcase, l06_kin_of_both_sorts_do_not_marry);
	tcase_add_test(tcase, a_birth_stays_one_of_the_mother_who_gave_it);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
