/* Goal: a full adoption looks like a birth to whoever may not know of it, on every day and at every
 * position, while rules and warranted readers see all of it.
 * Method: a child adopted under another name; states, histories and numbers put by readers with and
 * without the warrant; a second adoption, the end of one, a merged child. */
#include "ledger/person/veil.h"

#include "ledger/rules/rule.h"
#include "tests/support/adopted.h"
#include "tests/support/register_amendment.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define BASIS(name) CIVIL__V1__PARENT_BASIS__PARENT_BASIS_##name
#define FULL        CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_FULL
#define SIMPLE      CIVIL__V1__ADOPTION_FORM__ADOPTION_FORM_SIMPLE
#define CASE(name)  CIVIL__V1__CONTENT__KIND_##name

static struct adopted ground;
static struct reg *reg;

static void setup(void)
{
	adopted_begin(&ground);
	reg = ground.reg;
}

static void teardown(void)
{
	adopted_end(&ground);
}

/* Wife and husband, by birth, whoever else there was. */
static void ck_assert_veiled(const char *day, uint64_t size)
{
	const Civil__V1__PersonState *state = adopted_state(&ground, &ground.child, day, size);

	ck_assert_ptr_nonnull(state);
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_mem_eq(state->parents[0]->person_id.data, ground.wife.bytes, ID_BYTES);
	ck_assert_mem_eq(state->parents[1]->person_id.data, ground.husband.bytes, ID_BYTES);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_int_eq(state->parents[i]->basis, BASIS(BIRTH));
		ck_assert_uint_eq(state->parents[i]->act.len, 0);
		ck_assert_uint_eq(state->parents[i]->provenance->source, ground.index);
	}
	ck_assert_int_eq(state->parents[0]->role, ROLE(MOTHER));
	ck_assert_int_eq(state->parents[1]->role, ROLE(FATHER));
	ck_assert_uint_eq(state->n_former_parents, 0);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert_mem_eq(state->birth->act.data, ground.act.bytes, HASH_BYTES);
	ck_assert_ptr_null(state->birth->registration_number);
	ck_assert_uint_eq(state->birth->provenance->source, ground.index);
	ck_assert_uint_eq(state->n_numbers, 1);
	ck_assert_uint_eq(state->numbers[0]->provenance->source, ground.index);
}

static void ck_assert_real(void)
{
	const Civil__V1__PersonState *state =
	        adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW);

	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_int_eq(state->parents[0]->basis, BASIS(ADOPTIVE_FULL));
	ck_assert_uint_eq(state->n_former_parents, 1);
	ck_assert_uint_eq(state->n_names, 2);
	ck_assert_mem_eq(state->birth->act.data, ground.birth.bytes, HASH_BYTES);
}

START_TEST(an_adopted_child_was_born_to_the_adopters)
{
	struct stored_record record;

	adopted_by_couple(&ground);
	adopted_read(&ground, NULL);
	ck_assert_veiled(NULL, ADOPTED_NOW);
	ck_assert_veiled("2021-01-01", ADOPTED_NOW);
	ck_assert_veiled("2026-02-02", ground.index);
	ck_assert_veiled("2021-01-01", ground.index);
	ck_assert_ptr_null(adopted_state(&ground, &ground.child, "2020-06-05", ADOPTED_NOW));
	ck_assert_int_eq(
	        view_record_by_event(&ground.view.view, &record, bytes_of_hash(&ground.birth)),
	        STATUS_NOT_FOUND);
	ck_assert_int_eq(
	        view_record_by_event(&ground.view.view, &record, bytes_of_hash(&ground.act)),
	        STATUS_NOT_FOUND);
	adopted_read_end(&ground);
}
END_TEST

START_TEST(the_parents_know_of_their_children_and_no_others)
{
	adopted_by_couple(&ground);
	adopted_read(&ground, NULL);
	ck_assert(adopted_has_child(&ground, &ground.wife, &ground.child, ADOPTED_NOW));
	ck_assert(adopted_has_child(&ground, &ground.husband, &ground.child, ground.index));
	ck_assert(!adopted_has_child(&ground, &ground.mother, &ground.child, ADOPTED_NOW));
	ck_assert(!adopted_has_child(&ground, &ground.mother, &ground.child, ground.index));
	ck_assert(adopted_has_child(&ground, &ground.mother, &ground.sister, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(no_history_tells_of_it)
{
	static const char *const kinds[] = { "birth", "adoption", "court_decision" };

	adopted_read(&ground, NULL);
	ck_assert(adopted_tells(&ground, &ground.child, "birth"));
	adopted_read_end(&ground);
	ground.act = reg_adopted(reg, FULL, ground.parts, "វិសាល");
	adopted_read(&ground, NULL);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		ck_assert(!adopted_tells(&ground, &ground.child, kinds[i]));
		ck_assert(!adopted_tells(&ground, &ground.husband, kinds[i]));
	}
	ck_assert(adopted_tells(&ground, &ground.mother, "birth")); /* of the sister */
	adopted_read_end(&ground);
}
END_TEST

START_TEST(the_child_is_unknown_before_the_birth_was_registered)
{
	uint64_t size = reg_size(reg);
	struct id young = reg_born(reg, "ដារា", "2025-06-06", &ground.mother, NULL);

	reg_on(reg, "2026-02-02");
	ground.parts[0].person = &young;
	(void)reg_adopted(reg, FULL, ground.parts, NULL);
	adopted_read(&ground, NULL);
	ck_assert_ptr_null(adopted_state(&ground, &young, NULL, size));
	ck_assert(!adopted_has_child(&ground, &ground.wife, &young, size));
	ck_assert_str_eq(
	        adopted_state(&ground, &young, NULL, ADOPTED_NOW)->names[0]->name->km_given,
	        "ដារា");
	adopted_read_end(&ground);
}
END_TEST

START_TEST(rules_and_warranted_readers_see_all_of_it)
{
	const struct reg_part alone[] = { { ROLE(SUBJECT), &ground.child }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__SealOpened *opened = reg_new(reg, &civil__v1__seal_opened__descriptor);
	struct hash decision;

	adopted_by_couple(&ground);
	decision = reg_decided_for(reg, "seal_opened", alone, &ground.act);
	content->kind_case = CASE(SEAL_OPENED);
	content->seal_opened = opened;
	opened->target = reg_bytes(reg, bytes_of_hash(&ground.act));
	opened->reader = reg_text(reg, "investigator");
	opened->warrant = reg_text(reg, "warrant 12");
	opened->date = reg_date(reg, reg->today);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "L09");
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "");
	ck_assert_uint_eq(reg_state(reg, &ground.child)->n_former_parents, 1);
	adopted_read(&ground, "warrant 12");
	ck_assert_real();
	ck_assert(adopted_tells(&ground, &ground.child, "adoption"));
	ck_assert(adopted_tells(&ground, &ground.child, "birth"));
	adopted_read_end(&ground);
	adopted_read(&ground, "warrant 13");
	ck_assert_veiled(NULL, ADOPTED_NOW);
	ck_assert(!adopted_tells(&ground, &ground.child, "seal_opened"));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(a_simple_adoption_seals_nothing)
{
	const struct reg_part alone[] = { { ROLE(SUBJECT), &ground.child }, { 0, NULL } };
	Civil__V1__Content *content = reg_content(reg);
	struct hash simple = reg_adopted(reg, SIMPLE, ground.parts, NULL);

	adopted_read(&ground, NULL);
	ck_assert(!ground.reader.is_needed);
	ck_assert_uint_eq(adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW)->n_parents, 3);
	adopted_read_end(&ground);
	struct hash decision = reg_decided_for(reg, "seal_opened", alone, &simple);

	content->kind_case = CASE(SEAL_OPENED);
	content->seal_opened = reg_new(reg, &civil__v1__seal_opened__descriptor);
	content->seal_opened->target = reg_bytes(reg, bytes_of_hash(&simple));
	content->seal_opened->reader = reg_text(reg, "investigator");
	content->seal_opened->warrant = reg_text(reg, "warrant 12");
	content->seal_opened->date = reg_date(reg, reg->today);
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "CC.court-07", KIND_SEAL_OPENED, alone, content), "S14");
}
END_TEST

START_TEST(the_end_of_an_adoption_unseals)
{
	adopted_by_couple(&ground);
	ck_assert_str_eq(reg_adoption_ended(reg, &ground.act, ground.parts), "");
	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state =
	        adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW);

	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_mem_eq(state->parents[0]->person_id.data, ground.mother.bytes, ID_BYTES);
	ck_assert(adopted_tells(&ground, &ground.child, "adoption"));
	ck_assert(adopted_has_child(&ground, &ground.mother, &ground.child, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(the_last_of_two_adoptions_has_the_face)
{
	struct id other =
	        reg_paper_person(reg, CIVIL__V1__SEX__SEX_FEMALE, "ដារា", "1985-01-01", "070803");
	const struct reg_part again[] = { { ROLE(CHILD), &ground.child },
		                          { ROLE(ADOPTER_A), &other },
		                          { 0, NULL } };

	reg_on(reg, "2026-02-02");
	adopted_by_couple(&ground);
	struct hash second = reg_adopted(reg, FULL, again, NULL);

	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state =
	        adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW);
	ck_assert_uint_eq(state->n_parents, 1);
	ck_assert_mem_eq(state->parents[0]->person_id.data, other.bytes, ID_BYTES);
	ck_assert_uint_eq(state->n_names, 1);
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert(!adopted_has_child(&ground, &ground.wife, &ground.child, ADOPTED_NOW));
	adopted_read_end(&ground);
	ck_assert_str_eq(reg_adoption_ended(reg, &second, again), "");
	adopted_read(&ground, NULL);
	ck_assert_veiled(NULL, ADOPTED_NOW);
	ck_assert(adopted_has_child(&ground, &ground.wife, &ground.child, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(an_adopted_child_may_adopt)
{
	struct id baby = reg_paper_child(reg, CIVIL__V1__SEX__SEX_MALE, "ដារា", "2019-01-01",
	                                 "070803", &ground.mother);
	const struct reg_part parts[] = { { ROLE(CHILD), &baby },
		                          { ROLE(ADOPTER_A), &ground.child },
		                          { 0, NULL } };

	reg_on(reg, "2026-02-02");
	adopted_by_couple(&ground);
	(void)reg_adopted(reg, FULL, parts, NULL);
	adopted_read(&ground, NULL);
	ck_assert_veiled(NULL, ADOPTED_NOW);
	ck_assert(adopted_has_child(&ground, &ground.husband, &ground.child, ADOPTED_NOW));
	ck_assert(adopted_has_child(&ground, &ground.child, &baby, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(what_a_court_sealed_beside_stays_shut)
{
	const struct reg_part both[] = { { ROLE(SUBJECT), &ground.child },
		                         { ROLE(SUBJECT), &ground.mother },
		                         { 0, NULL } };
	struct hash decision = reg_decided_for(reg, "seal", both, NULL);
	Civil__V1__Content *content = reg_seal(reg, &ground.birth, NULL);

	adopted_by_couple(&ground);
	reg_cite(reg, content, &decision);
	ck_assert_str_eq(reg_act(reg, "G1+J.court-07", KIND_SEAL, both, content), "");
	adopted_read(&ground, NULL);
	ck_assert_ptr_null(adopted_state(&ground, &ground.child, NULL, ADOPTED_NOW));
	ck_assert(!adopted_has_child(&ground, &ground.wife, &ground.child, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

START_TEST(a_merged_child_keeps_its_face)
{
	struct id other =
	        reg_paper_person(reg, CIVIL__V1__SEX__SEX_MALE, "ដារា", "2019-01-01", "070803");
	const struct reg_part pair[] = { { ROLE(SURVIVOR), &other },
		                         { ROLE(ABSORBED), &ground.child },
		                         { 0, NULL } };
	static const Civil__V1__MergeGroup groups[] = {
		CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES,
		CIVIL__V1__MERGE_GROUP__MERGE_GROUP_SEX,
		CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH,
	};
	Civil__V1__Content *content;

	reg_on(reg, "2026-02-02");
	adopted_by_couple(&ground);
	content = reg_content(reg);
	content->kind_case = CASE(MERGE);
	content->merge = reg_new(reg, &civil__v1__merge__descriptor);
	content->merge->review_file = reg_text(reg, "r-1");
	content->merge->winners = arena_array(&reg->arena, 3, sizeof(void *));
	for (size_t i = 0; i < 3; i++) {
		Civil__V1__MergeWinner *winner = reg_new(reg, &civil__v1__merge_winner__descriptor);

		winner->group = groups[i];
		winner->winner = CIVIL__V1__MERGE_SIDE__MERGE_SIDE_ABSORBED;
		content->merge->winners[i] = winner;
	}
	content->merge->n_winners = 3;
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_MERGE, pair, content), "");
	adopted_read(&ground, NULL);
	const Civil__V1__PersonState *state = adopted_state(&ground, &other, NULL, ADOPTED_NOW);
	ck_assert_uint_eq(state->n_parents, 2);
	ck_assert_mem_eq(state->parents[0]->person_id.data, ground.wife.bytes, ID_BYTES);
	ck_assert_int_eq(state->parents[0]->basis, BASIS(BIRTH));
	ck_assert_str_eq(state->names[0]->name->latin_given, "Visal");
	ck_assert_int_eq(state->birth->date->year, 2020);
	ck_assert(adopted_has_child(&ground, &ground.wife, &other, ADOPTED_NOW));
	ck_assert(!adopted_has_child(&ground, &ground.mother, &other, ADOPTED_NOW));
	adopted_read_end(&ground);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("veil");
	TCase *tcase = tcase_create("veil");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, an_adopted_child_was_born_to_the_adopters);
	tcase_add_test(tcase, the_parents_know_of_their_children_and_no_others);
	tcase_add_test(tcase, no_history_tells_of_it);
	tcase_add_test(tcase, the_child_is_unknown_before_the_birth_was_registered);
	tcase_add_test(tcase, rules_and_warranted_readers_see_all_of_it);
	tcase_add_test(tcase, a_simple_adoption_seals_nothing);
	tcase_add_test(tcase, the_end_of_an_adoption_unseals);
	tcase_add_test(tcase, the_last_of_two_adoptions_has_the_face);
	tcase_add_test(tcase, an_adopted_child_may_adopt);
	tcase_add_test(tcase, what_a_court_sealed_beside_stays_shut);
	tcase_add_test(tcase, a_merged_child_keeps_its_face);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
