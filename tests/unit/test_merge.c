/* Goal: two identities of one person become one and can become two again, at every known position;
 * what a merge must keep (S17, L27, winners), and pairs under suspicion (S05, S14).
 * Method: pairs that differ in one respect; chains of merges; acts recorded under the wrong one. */
#include "ledger/person/persona.h"
#include "ledger/rules/rule.h"
#include "tests/support/register_content.h"
#include "tests/support/register_ground.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define FEMALE    CIVIL__V1__SEX__SEX_FEMALE
#define MALE      CIVIL__V1__SEX__SEX_MALE
#define NAMES     CIVIL__V1__MERGE_GROUP__MERGE_GROUP_NAMES
#define SEX       CIVIL__V1__MERGE_GROUP__MERGE_GROUP_SEX
#define BIRTH     CIVIL__V1__MERGE_GROUP__MERGE_GROUP_BIRTH
#define CASE(n)   CIVIL__V1__CONTENT__KIND_##n
#define STATUS(n) CIVIL__V1__DOCUMENT_STATUS__DOCUMENT_STATUS_##n

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

static const struct reg_part *pair(const struct id *survivor, const struct id *absorbed)
{
	static struct reg_part parts[3];

	parts[0] = (struct reg_part){ ROLE(SURVIVOR), survivor };
	parts[1] = (struct reg_part){ ROLE(ABSORBED), absorbed };
	parts[2] = (struct reg_part){ 0, NULL };
	return parts;
}

/* `winners` pairs of group and side, ended by 0. */
static Civil__V1__Content *merge(const int *winners)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__Merge *act = reg_new(reg, &civil__v1__merge__descriptor);

	content->kind_case = CASE(MERGE);
	content->merge = act;
	act->review_file = reg_text(reg, "r-1");
	act->winners = arena_array(&reg->arena, 4, sizeof(*act->winners));
	for (size_t i = 0; winners[i] != 0; i += 2) {
		Civil__V1__MergeWinner *winner = reg_new(reg, &civil__v1__merge_winner__descriptor);

		winner->group = (Civil__V1__MergeGroup)winners[i];
		winner->winner = (Civil__V1__MergeSide)winners[i + 1];
		act->winners[act->n_winners] = winner;
		act->n_winners++;
	}
	return content;
}

static const int by_birth[] = { BIRTH, CIVIL__V1__MERGE_SIDE__MERGE_SIDE_SURVIVOR, 0 };
static const int by_all[] = { NAMES, CIVIL__V1__MERGE_SIDE__MERGE_SIDE_ABSORBED,
	                      SEX,   CIVIL__V1__MERGE_SIDE__MERGE_SIDE_SURVIVOR,
	                      BIRTH, CIVIL__V1__MERGE_SIDE__MERGE_SIDE_ABSORBED,
	                      0 };

static const char *merged(const struct id *survivor, const struct id *absorbed,
                          Civil__V1__Content *content)
{
	return reg_act(reg, "G1+G2", KIND_MERGE, pair(survivor, absorbed), content);
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

static void reassign(Civil__V1__Content *content, uint64_t index, const struct id *person)
{
	Civil__V1__Reassignment *move = reg_new(reg, &civil__v1__reassignment__descriptor);

	move->record_index = index;
	move->person_id = reg_bytes(reg, bytes_of_id(person));
	content->unmerge->reassign = arena_array(&reg->arena, 1, sizeof(move));
	content->unmerge->reassign[0] = move;
	content->unmerge->n_reassign = 1;
}

static bool is(const Civil__V1__PersonState *state, const struct id *person)
{
	return bytes_equal(bytes_of(state->person_id.data, state->person_id.len),
	                   bytes_of_id(person));
}

START_TEST(two_offices_of_the_nation_sign)
{
	ck_assert_str_eq(reg_act(reg, "G1", KIND_MERGE, pair(&first, &second), merge(by_birth)),
	                 "S05");
	ck_assert_str_eq(reg_act(reg, "G1+G3", KIND_MERGE, pair(&first, &second), merge(by_birth)),
	                 "S05");
	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
}
END_TEST

START_TEST(both_ids_and_both_numbers_are_one_person)
{
	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
	const Civil__V1__PersonState *state = reg_state(reg, &second);

	ck_assert(is(state, &first));
	ck_assert_uint_eq(state->n_absorbed, 1);
	ck_assert_uint_eq(state->n_numbers, 2);
	ck_assert_int_eq(state->numbers[0]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_LIVE);
	ck_assert_int_eq(state->numbers[1]->status, CIVIL__V1__NUMBER_STATUS__NUMBER_STATUS_ALIAS);
	ck_assert_int_eq(state->birth->date->year, 1988);
	ck_assert_uint_eq(state->history_count, reg_state(reg, &first)->history_count);
}
END_TEST

START_TEST(s07_each_difference_has_one_winner)
{
	static const int none[] = { 0 };
	static const int twice[] = { BIRTH, 1, BIRTH, 2, 0 };
	struct id woman = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1988-02-02", "070803");

	ck_assert_str_eq(merged(&first, &second, merge(none)), "S07");
	ck_assert_str_eq(merged(&first, &second, merge(twice)), "S07");
	ck_assert_str_eq(merged(&first, &woman, merge(by_birth)), "S07");
	ck_assert_str_eq(merged(&first, &woman, merge(by_all)), "L27"); /* of another sex */
	Civil__V1__Content *unreviewed = merge(by_birth);
	unreviewed->merge->review_file = reg_text(reg, "");
	ck_assert_str_eq(merged(&first, &second, unreviewed), "S07");
	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
}
END_TEST

START_TEST(the_winner_of_a_group_gives_its_attributes)
{
	struct id other = reg_paper_person(reg, MALE, "ដារា", "1985-05-05", "070803");

	ck_assert_str_eq(merged(&first, &other, merge(by_all)), "");
	const Civil__V1__PersonState *state = reg_state(reg, &first);

	ck_assert_str_eq(state->names[0]->name->km_given, "ដារា");
	ck_assert_int_eq(state->names[0]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_REGISTERED);
	ck_assert_str_eq(state->names[1]->name->km_given, "វុទ្ធី");
	ck_assert_int_eq(state->names[1]->sort, CIVIL__V1__NAME_SORT__NAME_SORT_ALIAS);
	ck_assert_int_eq(state->birth->date->year, 1985);
}
END_TEST

START_TEST(papers_that_are_not_named_are_cancelled_and_stay_so)
{
	(void)reg_card(reg, &first, "C1", "2026-05-01");
	(void)reg_card(reg, &second, "C2", "2026-05-01");
	Civil__V1__Content *content = merge(by_birth);
	Civil__V1__MergeDocument *kept = reg_new(reg, &civil__v1__merge_document__descriptor);

	kept->document_class = reg_text(reg, "id_card");
	kept->number = reg_text(reg, "C2");
	content->merge->live_documents = arena_array(&reg->arena, 1, sizeof(kept));
	content->merge->live_documents[0] = kept;
	content->merge->n_live_documents = 1;
	ck_assert_str_eq(merged(&first, &second, content), "");
	struct hash act = reg_event(reg);
	const Civil__V1__PersonState *state = reg_state(reg, &first);

	ck_assert_int_eq(state->documents[0]->status, STATUS(CANCELLED));
	ck_assert_int_eq(state->documents[1]->status, STATUS(LIVE));
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &second), unmerge(&act)),
	                 "");
	ck_assert_int_eq(reg_state(reg, &first)->documents[0]->status, STATUS(CANCELLED));
	ck_assert_int_eq(reg_state(reg, &second)->documents[0]->status, STATUS(LIVE));
}
END_TEST

START_TEST(an_act_under_either_id_is_one_of_the_person)
{
	struct id bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1990-01-01", "070803");

	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
	struct hash act = reg_event(reg);
	(void)reg_paper_marriage(reg, &second, &bride, "2015-03-03", "070803");
	ck_assert_uint_eq(reg_state(reg, &first)->n_marriages, 1);
	ck_assert(bytes_equal(bytes_of(reg_state(reg, &bride)->marriages[0]->spouse.data, ID_BYTES),
	                      bytes_of_id(&first)));
	uint64_t wedding = reg_state(reg, &first)->marriages[0]->provenance->known_from;
	Civil__V1__Content *content = unmerge(&act);
	reassign(content, wedding, &first);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &second), content), "");
	ck_assert_uint_eq(reg_state(reg, &first)->n_marriages, 1);
	ck_assert_uint_eq(reg_state(reg, &second)->n_marriages, 0);
	ck_assert(is(reg_state(reg, &second), &second));
	ck_assert(bytes_equal(bytes_of(reg_state(reg, &bride)->marriages[0]->spouse.data, ID_BYTES),
	                      bytes_of_id(&first)));
}
END_TEST

/* A record of the future, one that names neither, one of governance, and a stranger as its person.
 */
START_TEST(s16_what_is_reassigned_is_an_act_of_the_two_and_goes_to_one_of_them) /* loop test */
{
	struct id bride = reg_paper_person(reg, FEMALE, "កញ្ញា", "1992-02-02", "070803");
	uint64_t own = reg_state(reg, &second)->sex->provenance->known_from;
	uint64_t others = reg_state(reg, &bride)->sex->provenance->known_from;
	const uint64_t records[] = { INT64_MAX, 1000000, others, 1, own };

	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
	struct hash act = reg_event(reg);
	Civil__V1__Content *content = unmerge(&act);
	reassign(content, records[_i], _i == 4 ? &bride : &first);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &second), content),
	                 "S16");
	content = unmerge(&act);
	reassign(content, own, &first);
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &second), content), "");
	ck_assert(is(reg_state(reg, &first), &first));
}
END_TEST

START_TEST(merges_form_chains_that_come_apart_one_by_one)
{
	struct id third = reg_paper_person(reg, MALE, "វុទ្ធី", "1990-02-02", "070803");

	ck_assert_str_eq(merged(&second, &third, merge(by_birth)), "");
	struct hash inner = reg_event(reg);
	ck_assert_str_eq(merged(&first, &third, merge(by_birth)), ""); /* third is second by now */
	struct hash outer = reg_event(reg);

	ck_assert(is(reg_state(reg, &third), &first));
	ck_assert_uint_eq(reg_state(reg, &third)->n_absorbed, 2);
	ck_assert_uint_eq(reg_state(reg, &first)->n_numbers, 3);
	ck_assert_str_eq(merged(&first, &third, merge(by_birth)), "S16");
	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&second, &third), unmerge(&inner)), "");
	ck_assert(is(reg_state(reg, &second), &second));
	ck_assert_str_eq(
	        reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&second, &third), unmerge(&inner)), "S14");
	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &third), unmerge(&outer)),
	                 "");
	ck_assert(is(reg_state(reg, &third), &third));
	ck_assert_uint_eq(reg_state(reg, &first)->n_absorbed, 0);
}
END_TEST

START_TEST(s13_what_is_undone_is_a_merge)
{
	struct hash card = reg_card(reg, &first, "C1", "2026-06-01");

	ck_assert_str_eq(reg_act(reg, "G1+G2", KIND_UNMERGE, pair(&first, &second), unmerge(&card)),
	                 "S13");
}
END_TEST

START_TEST(s17_a_person_is_not_the_own_parent_or_spouse)
{
	struct id bride = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1990-01-01", "070803");
	static const int all[] = { NAMES, 1, SEX, 1, BIRTH, 1, 0 };

	(void)reg_paper_marriage(reg, &first, &bride, "2015-03-03", "070803");
	ck_assert_str_eq(merged(&first, &bride, merge(all)), "S17");
	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "");
}
END_TEST

START_TEST(l27_two_lives_of_one_person_fit_together)
{
	struct id old = reg_paper_person(reg, MALE, "វុទ្ធី", "1973-02-01", "070803");
	struct id near = reg_paper_person(reg, MALE, "វុទ្ធី", "1973-02-02", "070803");
	struct id wife = reg_paper_person(reg, FEMALE, "ម៉ាលា", "1990-01-01", "070803");
	struct id bride = reg_paper_person(reg, FEMALE, "សុភា", "1990-01-01", "070803");

	ck_assert_str_eq(merged(&first, &old, merge(by_birth)), "L27"); /* 15 years and a day */
	(void)reg_paper_marriage(reg, &first, &wife, "2015-03-03", "070803");
	(void)reg_paper_marriage(reg, &second, &bride, "2016-03-03", "070803");
	ck_assert_str_eq(merged(&first, &second, merge(by_birth)), "L27"); /* two wives */
	ck_assert_str_eq(merged(&first, &near, merge(by_birth)), "");
}
END_TEST

static Civil__V1__Content *suspected(const char *rule)
{
	Civil__V1__Content *content = reg_content(reg);
	Civil__V1__DuplicateSuspected *act =
	        reg_new(reg, &civil__v1__duplicate_suspected__descriptor);

	content->kind_case = CASE(DUPLICATE_SUSPECTED);
	content->duplicate_suspected = act;
	act->rule = reg_text(reg, rule);
	act->fields = arena_array(&reg->arena, 1, sizeof(char *));
	act->fields[0] = reg_text(reg, "name");
	act->n_fields = 1;
	act->date = reg_date(reg, reg->today);
	return content;
}

static Civil__V1__Content *cleared(void)
{
	Civil__V1__Content *content = reg_content(reg);

	content->kind_case = CASE(DUPLICATE_CLEARED);
	content->duplicate_cleared = reg_new(reg, &civil__v1__duplicate_cleared__descriptor);
	content->duplicate_cleared->reason = reg_text(reg, "twins");
	content->duplicate_cleared->date = reg_date(reg, reg->today);
	return content;
}

static const struct reg_part *both(void)
{
	static struct reg_part parts[3];

	parts[0] = (struct reg_part){ ROLE(SUBJECT), &first };
	parts[1] = (struct reg_part){ ROLE(SUBJECT), &second };
	return parts;
}

START_TEST(s14_a_pair_is_cleared_once_on_the_same_evidence)
{
	ck_assert_str_eq(reg_act(reg, "V.0708", KIND_DUPLICATE_CLEARED, both(), cleared()), "S14");
	ck_assert_str_eq(reg_act(reg, "V.0708", KIND_DUPLICATE_SUSPECTED, both(), suspected("p05")),
	                 "");
	ck_assert_uint_eq(reg_state(reg, &first)->n_suspicions, 1);
	ck_assert_uint_eq(reg_state(reg, &second)->n_suspicions, 1);
	ck_assert_str_eq(reg_act(reg, "V.0708", KIND_DUPLICATE_CLEARED, both(), cleared()), "S05");
	ck_assert_str_eq(reg_act(reg, "V2.0708", KIND_DUPLICATE_CLEARED, both(), cleared()), "");
	ck_assert_uint_eq(reg_state(reg, &first)->n_suspicions, 0);
	ck_assert_str_eq(reg_act(reg, "V.0708", KIND_DUPLICATE_SUSPECTED, both(), suspected("p05")),
	                 "S14");
	ck_assert_str_eq(
	        reg_act(reg, "V.0708", KIND_DUPLICATE_SUSPECTED, both(), suspected("photo")), "");
}
END_TEST

START_TEST(every_rule_of_this_file_was_seen_broken_and_holding)
{
	static const enum rule_id rules[] = { RULE_S17, RULE_L27, RULE_NONE };

	reg_assert_seen(rules);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("merge");
	TCase *tcase = tcase_create("merge");

	tcase_set_timeout(tcase, 120);
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, two_offices_of_the_nation_sign);
	tcase_add_test(tcase, both_ids_and_both_numbers_are_one_person);
	tcase_add_test(tcase, s07_each_difference_has_one_winner);
	tcase_add_test(tcase, the_winner_of_a_group_gives_its_attributes);
	tcase_add_test(tcase, papers_that_are_not_named_are_cancelled_and_stay_so);
	tcase_add_test(tcase, an_act_under_either_id_is_one_of_the_person);
	tcase_add_loop_test(
	        tcase, s16_what_is_reassigned_is_an_act_of_the_two_and_goes_to_one_of_them, 0, 5);
	tcase_add_test(tcase, merges_form_chains_that_come_apart_one_by_one);
	tcase_add_test(tcase, s13_what_is_undone_is_a_merge);
	tcase_add_test(tcase, s17_a_person_is_not_the_own_parent_or_spouse);
	tcase_add_test(tcase, l27_two_lives_of_one_person_fit_together);
	tcase_add_test(tcase, s14_a_pair_is_cleared_once_on_the_same_evidence);
	tcase_add_test(tcase, every_rule_of_this_file_was_seen_broken_and_holding);
	suite_add_tcase(suite, tcase);
	return reg_run(suite);
}
